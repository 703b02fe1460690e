"""No socket but AF_UNIX is ever made, those only to the display, D-Bus and accessibility; the
processes that read documents make none at all, write no file and run no program."""

from __future__ import annotations

from tests.assurance import tracing
from tests.assurance.conftest import Journey

#: Whom the window may talk to, all of them on this computer.
NEIGHBOURS = ("/tmp/.X11-unix/", "/bus", "dbus", "at-spi", "wayland", "pulse/native")


def worker_processes(record: tracing.Record) -> set[int]:
    """The template and every worker forked from it."""
    found: set[int] = set()
    for template in record.running("casefile.pdf.template"):
        found |= record.under(template.number)
    return found


def test_every_socket_is_local_and_goes_to_a_neighbour(journey: Journey) -> None:
    for call in journey.record.sockets:
        if call.call in ("socket", "socketpair"):
            assert call.arguments.startswith(("AF_UNIX", "AF_LOCAL")), call
        if call.call == "connect":
            assert "sa_family=AF_UNIX" in call.arguments, call
            assert any(word in call.arguments for word in NEIGHBOURS), call
        assert call.call not in ("bind", "accept", "accept4"), call


def test_the_command_line_makes_no_socket(cli_journey: Journey) -> None:
    assert not cli_journey.record.sockets


def test_no_process_that_reads_documents_makes_a_socket(journey: Journey) -> None:
    workers = worker_processes(journey.record)
    assert len(workers) > 4
    assert not [call for call in journey.record.sockets if call.process in workers]


def test_no_worker_writes_a_file_or_runs_a_program(journey: Journey) -> None:
    """The template may run programs before it serves; workers write into their pipe, and into
    memory that they share with the window."""
    record = journey.record
    templates = {process.number for process in record.running("casefile.pdf.template")}
    workers = [
        number
        for number in worker_processes(record)
        if record.processes[number].parent in templates
    ]
    forked = [number for number in workers if not record.processes[number].commands]
    assert len(forked) > 4
    written = [file.path for file in record.files if file.process in forked]
    assert not [
        path
        for path in written
        if path not in record.pipes and path != "/dev/null" and not tracing.is_easel(path)
    ]
