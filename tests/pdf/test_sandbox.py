"""The walls, tried from inside: what a worker that was taken over can still do."""

from __future__ import annotations

import os
import socket
import sys
import sysconfig
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from casefile.pdf import sandbox
from casefile.pdf.channel import Channel, once
from casefile.pdf.values import PlainFile
from casefile.pdf.workers import PdfWorkers
from tests.pdf import making, tricky

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the walls are Linux's")

Try = Callable[..., str]
DENIED = {"EPERM", "EACCES"}


def trying(workers: PdfWorkers) -> Iterator[Try]:
    """A worker behind its walls, and a way to make it try things."""
    channel: Channel = workers._channel()
    once(channel.ask({"do": "walls"}, limit=30))

    def attempt(what: str, argument: object = "") -> str:
        request = {"do": "try", "what": what, "argument": str(argument)}
        header, _ = once(channel.ask(request, limit=10))
        return str(header["result"])

    yield attempt
    channel.close()


@pytest.fixture(scope="module")
def tricky_workers() -> Iterator[PdfWorkers]:
    with PdfWorkers(forking=True, command=tricky.command()) as made:
        yield made


@pytest.fixture(scope="module")
def attempt(tricky_workers: PdfWorkers) -> Iterator[Try]:
    yield from trying(tricky_workers)


@pytest.fixture(scope="module")
def with_landlock_only() -> Iterator[Try]:
    with PdfWorkers(forking=True, command=tricky.command("no-seccomp")) as made:
        yield from trying(made)


@pytest.fixture
def listening() -> Iterator[int]:
    """A TCP port that answers, so that a refusal is the wall's."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture
def abstract() -> Iterator[str]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        name = f"casefile-test-{os.getpid()}"
        server.bind("\0" + name)
        server.listen()
        yield name


@pytest.fixture
def unix_path(tmp_path: Path) -> Iterator[Path]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind(str(tmp_path / "socket"))
        server.listen()
        yield tmp_path / "socket"


@pytest.mark.parametrize("what", ["raw", "netlink", "socketpair", "fork", "io_uring", "pipe"])
@pytest.mark.parametrize("_again", [1, 2])
def test_nothing_new_can_be_made(attempt: Try, what: str, _again: int) -> None:
    """Twice: a first refusal must not open the way for the second."""
    assert attempt(what) in DENIED


@pytest.mark.parametrize("what", ["bpf", "userns", "keyctl"])
def test_the_kernel_s_corners_are_closed(attempt: Try, what: str) -> None:
    assert attempt(what) in DENIED


def test_no_network(attempt: Try, listening: int) -> None:
    assert attempt("tcp", listening) in DENIED
    assert attempt("tcp listen") in DENIED
    assert attempt("udp", listening) in DENIED


def test_no_unix_sockets(attempt: Try, unix_path: Path, abstract: str, tmp_path: Path) -> None:
    assert attempt("unix", unix_path) in DENIED
    assert attempt("unix listen", tmp_path / "mine") in DENIED
    assert attempt("abstract", abstract) in DENIED


def test_no_program_is_started(attempt: Try) -> None:
    assert attempt("exec", "/bin/true") in DENIED
    assert attempt("exec", sys.executable) in DENIED


def test_no_other_process_is_touched(attempt: Try, tricky_workers: PdfWorkers) -> None:
    template = tricky_workers._source._template.pid  # type: ignore[union-attr]
    for pid in (os.getpid(), template, -1):
        assert attempt("signal", pid) in DENIED
    assert attempt("ptrace", template) in DENIED
    assert attempt("process_vm_readv", template) in DENIED
    assert attempt("pidfd_open", os.getpid()) in DENIED


def test_no_file_of_anybody_s(attempt: Try, tmp_path: Path, corpus: Path) -> None:
    neighbour = tmp_path / "neighbour.pdf"
    neighbour.write_bytes(b"secret")
    for path in (neighbour, corpus / "INDEX.tsv", Path("/etc/passwd"), Path("/proc/self/environ")):
        assert attempt("read", path) in DENIED, path
    for folder in (tmp_path, Path("/"), Path.home()):
        assert attempt("list", folder) in DENIED, folder
    assert attempt("write", tmp_path / "new") in DENIED
    assert attempt("write", neighbour) in DENIED
    assert attempt("delete", neighbour) in DENIED
    assert neighbour.read_bytes() == b"secret"
    library = Path(sysconfig.get_paths()["stdlib"])
    assert attempt("write", library / "casefile-was-here.py") in DENIED


def test_python_still_works(attempt: Try) -> None:
    """What reading a document needs: threads, and modules that are imported late."""
    assert attempt("thread") == "done"
    assert attempt("import", "colorsys") == "done"


def test_nothing_is_inherited(attempt: Try) -> None:
    _, *descriptors = attempt("descriptors").split()
    assert len(descriptors) == 5  # three that lead nowhere, and the two pipes
    assert attempt("environment") == "done"


def test_landlock_alone_still_holds(
    with_landlock_only: Try, listening: int, abstract: str, tmp_path: Path
) -> None:
    """Where libseccomp is missing: files, TCP, signals and abstract sockets stay closed."""
    neighbour = tmp_path / "neighbour.pdf"
    neighbour.write_bytes(b"secret")
    attempt = with_landlock_only
    assert attempt("read", neighbour) in DENIED
    assert attempt("write", tmp_path / "new") in DENIED
    assert attempt("exec", "/bin/true") in DENIED
    assert attempt("tcp", listening) in DENIED
    assert attempt("abstract", abstract) in DENIED
    assert attempt("signal", os.getpid()) in DENIED
    assert attempt("dumpable") == "done 0"


def test_what_is_missing_is_reported() -> None:
    with PdfWorkers(forking=True, command=tricky.command("no-seccomp")) as workers:
        walls = {wall.name: wall for wall in workers.protections()}
        assert walls["files"].on
        assert not walls["calls"].on
        assert walls["calls"].note == "libseccomp is missing"


def test_without_landlock_no_file_opens_at_all(tmp_path: Path, corpus: Path) -> None:
    """seccomp then closes every file, Python's own included; documents are read all the same."""
    with PdfWorkers(forking=True, command=tricky.command("no-landlock")) as workers:
        walls = {wall.name: wall.on for wall in workers.protections()}
        assert walls == {"process": True, "memory": True, "files": False, "calls": True}
        for attempt in trying(workers):
            assert attempt("read", sysconfig.get_paths()["stdlib"] + "/colorsys.py") in DENIED
            assert attempt("tcp", 9) in DENIED
        names = (
            "robust/synthetic/scripts_ligatures_hyphens.pdf",
            "other-formats/tika/testRFC822_multipart_attachments.eml",
            "other-formats/tika/testWORD_various.docx",
            "other-formats/tika/complex.mbox",
        )
        for name in names:
            with workers.open(PlainFile(corpus / name), kind="auto") as session:
                if session.facts().is_pdf:
                    assert len(list(session.extract(1, 1))) == 1
                    assert session.render(1, 0.3).width > 0
                else:
                    assert b"".join(session.convert()).startswith(b"%PDF")


def test_all_walls_stand_here(workers: PdfWorkers) -> None:
    """On the machine that runs this (CI has all of them)."""
    walls = workers.protections()
    assert [wall.name for wall in walls] == ["process", "memory", "files", "calls"]
    missing = [f"{wall.name}: {wall.note}" for wall in walls if not wall.on]
    if missing:
        pytest.skip(f"this machine lacks {missing}: apt-get install libseccomp2, kernel 5.13")


def test_the_walls_stand_around_a_document(workers: PdfWorkers, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(making.pages(["hello"]))
    with workers.open(PlainFile(path)) as session:
        assert [wall.on for wall in session.walls()] == [
            wall.on for wall in workers.protections() if wall.name != "process"
        ]


def test_only_python_and_the_program_are_readable() -> None:
    folders = [Path(folder) for folder in sandbox.readable_folders()]
    assert Path(sandbox.__file__).parent.parent in folders
    for private in (Path.home(), Path("/tmp"), Path("/etc")):
        assert not any(private.is_relative_to(folder) for folder in folders)


def test_the_test_s_operations_do_not_exist_in_production(workers: PdfWorkers) -> None:
    from casefile.pdf.values import WorkerFailed

    channel = workers._channel()
    try:
        with pytest.raises(WorkerFailed):
            once(channel.ask({"do": "try", "what": "read", "argument": "/etc/passwd"}, limit=10))
    finally:
        channel.close()
