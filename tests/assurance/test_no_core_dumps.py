"""What Casefile's processes hold in memory stays there when they die, and from their neighbours."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.assurance.conftest import PROGRAM, Journey, environment_of

SECONDS_TO_START = 30
WANTING_CORE_FILES = 'ulimit -c "$(ulimit -H -c)"; exec "$0" info case --passphrase-file -'


def test_every_process_of_a_journey_is_closed_to_others(journey: Journey) -> None:
    """Each program that holds keys or documents tells the kernel; what it forks inherits it."""
    record = journey.record
    own = record.running("casefile.pdf.template")
    own += [p for p in record.running(str(PROGRAM)) if p.commands[-1][0] == str(PROGRAM)]
    own += record.running("tests.assurance.window_journey")
    assert len(own) > 1
    closed = {number for process in own for number in record.under(process.number)}
    helpers = {p.number for p in record.processes.values() if _only_before_serving(p.commands)}
    for number in closed - helpers:
        process = record.processes[number]
        assert process.not_dumpable, process.commands
        assert process.no_core_files, process.commands


def _only_before_serving(commands: list[list[str]]) -> bool:
    """Python's ctypes asks these where libraries are, before anything of a case is known."""
    return bool(commands) and Path(commands[-1][0]).name in ("ldconfig", "gcc", "cc", "ld", "sh")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="core dumps as Linux makes them")
def test_a_crash_leaves_no_core_file(tmp_path: Path) -> None:
    """The program is shot while it waits for the passphrase, with core files wanted by the user."""
    for folder in ("home", "tmp", "case"):
        (tmp_path / folder).mkdir()
    program = subprocess.Popen(
        ["/bin/sh", "-c", WANTING_CORE_FILES, str(PROGRAM)],
        cwd=tmp_path,
        env=environment_of(tmp_path),
        stdin=subprocess.PIPE,
    )
    try:
        _wait_for_core_limit(program.pid, "0")
        program.send_signal(signal.SIGABRT)
        _, status = os.waitpid(program.pid, 0)
        program.returncode = 0
    finally:
        if program.stdin is not None:
            program.stdin.close()
        if program.returncode is None:
            program.kill()
            program.wait()
    assert os.WIFSIGNALED(status)
    assert not os.WCOREDUMP(status)
    assert not list(tmp_path.glob("core*"))


def _wait_for_core_limit(pid: int, wanted: str) -> None:
    """Until the kernel says that ``pid`` may write core files of ``wanted`` bytes."""
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until:
        limits = Path(f"/proc/{pid}/limits").read_text()
        line = next(line for line in limits.splitlines() if line.startswith("Max core file size"))
        if line.split()[4] == wanted:
            return
        os.sched_yield()
    raise AssertionError("the program never refused core files")
