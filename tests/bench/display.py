"""A virtual display, and what the processes on it take of the computer's memory."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

SCREEN = "1600x1000x24"


@contextmanager
def display() -> Iterator[dict[str, str]]:
    """An X server of its own; what to add to the environment of programs that shall use it."""
    read_end, write_end = os.pipe()
    server = subprocess.Popen(
        [
            *("Xvfb", "-displayfd", str(write_end), "-screen", "0", SCREEN),
            *("-nolisten", "tcp", "-noreset", "-dpi", "96"),
        ],
        pass_fds=[write_end],
        stderr=subprocess.DEVNULL,
    )
    os.close(write_end)
    try:
        with os.fdopen(read_end) as numbers:
            number = numbers.readline().strip()
        yield {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
    finally:
        server.terminate()
        server.wait()


class Memory:
    """Watches a process and all that it started; ``peak`` and ``now()`` are bytes of proportional
    set size: what is shared with others counts in part."""

    def __init__(self, pid: int) -> None:
        self.peak = 0
        self._pid = pid
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def now(self) -> int:
        return sum(_pss(pid) for pid in _tree(self._pid))

    def parts(self) -> dict[str, int]:
        """The same, process by process."""
        return {f"{pid} {_name(pid)}": _pss(pid) for pid in _tree(self._pid)}

    def _watch(self) -> None:
        while not self._ended.is_set():
            self.peak = max(self.peak, self.now())
            self._ended.wait(0.25)


def processor_seconds(pid: int) -> float:
    """What a process has computed so far, all its threads together."""
    threads = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(thread.read_text().split()[0]) for thread in threads) / 1e9


def settled(pid: int, seconds: float = 0.5, patience: float = 60) -> None:
    """Wait until a process has computed nothing for a while."""
    until, last = time.monotonic() + patience, -1.0
    while time.monotonic() < until:
        now = processor_seconds(pid)
        if now - last < 0.02:
            return
        last = now
        time.sleep(seconds)


def started_by(pid: int) -> list[int]:
    """The processes that a process has started, and those that they have."""
    return _tree(pid)[1:]


def _tree(pid: int) -> list[int]:
    found = [pid]
    for parent in found:
        try:
            for thread in Path(f"/proc/{parent}/task").iterdir():
                found += map(int, (thread / "children").read_text().split())
        except OSError:
            continue
    return found


def _pss(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


def _name(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")[:60]
    except OSError:
        return "?"
