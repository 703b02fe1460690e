"""Worker processes as the window's side sees them: two pipes and a way to end them.

``Forker`` asks the template for a child (Linux); ``Spares`` keeps one fresh process warm
(elsewhere). Either way a process reads one document and is then ended.
"""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from typing import Protocol

from casefile.pdf import protocol
from casefile.pdf.easel import Easel, folder_in_memory
from casefile.pdf.values import WorkerFailed

#: Importing MuPDF on a slow, cold disk.
START_SECONDS = 60.0


class Process(Protocol):
    """A worker: ``requests`` is written, ``answers`` is read, both blocking descriptors;
    ``easel`` is where it draws, if it shares memory."""

    requests: int
    answers: int
    easel: Easel | None

    def kill(self) -> None:
        """End it at once; safe to call again and from any thread. Descriptors stay open."""

    def close(self) -> None:
        """End it and give back everything, when nobody uses the descriptors any more."""


class Source(Protocol):
    """Where workers come from."""

    def new(self) -> Process:
        """A process that has said hello. Raises ``WorkerFailed``."""

    def close(self) -> None: ...


class ForkedProcess:
    """A child of the template, held by a pidfd so that a reused number is never hit."""

    def __init__(self, pid: int, requests: int, answers: int, easel: Easel | None) -> None:
        self.requests, self.answers, self.easel = requests, answers, easel
        self._lock = threading.Lock()
        try:
            self._handle: int | None = os.pidfd_open(pid)
        except ProcessLookupError:
            self._handle = None  # already gone: its pipe tells
        protocol.widen(requests)
        protocol.widen(answers)

    def kill(self) -> None:
        with self._lock:
            if self._handle is not None:
                with contextlib.suppress(ProcessLookupError):
                    signal.pidfd_send_signal(self._handle, signal.SIGKILL)

    def close(self) -> None:
        self.kill()
        with self._lock:
            if self._handle is not None:
                os.close(self._handle)
                self._handle = None
                os.close(self.requests)
                os.close(self.answers)
            elif self.requests >= 0:
                os.close(self.requests)
                os.close(self.answers)
            self.requests = self.answers = -1
            if self.easel is not None:
                self.easel.close()
                self.easel = None


class Forker:
    """Owns the template process."""

    def __init__(self, command: Sequence[str]) -> None:
        self._in_memory = folder_in_memory()
        self._folder = tempfile.mkdtemp(prefix="casefile-", dir=self._in_memory)
        self._template = _start(command)
        self._lock = threading.Lock()
        self._count = 0

    def new(self) -> Process:
        folder = self._name()
        os.mkdir(folder, 0o700)  # noqa: PTH102 - plain strings: they go to the template as they are
        requests, answers = f"{folder}/requests", f"{folder}/answers"
        opened: list[int] = []
        try:
            easel = Easel.make(f"{folder}/easel") if self._in_memory else None
            os.mkfifo(requests, 0o600)
            os.mkfifo(answers, 0o600)
            # Held open for reading and writing until the child has its end, so that neither side
            # waits for the other and the child never sees an end that is none.
            opened.append(os.open(requests, os.O_RDWR))
            opened.append(os.open(answers, os.O_RDONLY | os.O_NONBLOCK))
            self._ask(folder)
            pid = self._hello(opened[1])
            os.set_blocking(opened[1], True)
            writing = os.open(requests, os.O_WRONLY)
            os.close(opened.pop(0))
            return ForkedProcess(pid, writing, opened.pop(), easel)
        finally:
            for descriptor in opened:
                os.close(descriptor)
            # Nobody can reach the pipes by a name from here on.
            shutil.rmtree(folder, ignore_errors=True)

    def _name(self) -> str:
        with self._lock:
            self._count += 1
            return f"{self._folder}/{self._count}"

    def _ask(self, folder: str) -> None:
        stdin = self._template.stdin
        if stdin is None or self._template.poll() is not None:
            raise WorkerFailed("crash")
        try:
            with self._lock:
                protocol.write_all(stdin.fileno(), f"{folder}\n".encode())
        except (protocol.Closed, ValueError) as error:
            raise WorkerFailed("crash") from error

    def _hello(self, answers: int) -> int:
        """Wait for the child's first frame; while it waits, watch that the template lives."""
        waiting = select.poll()
        waiting.register(answers, select.POLLIN)
        if self._template.stdout is not None:
            waiting.register(self._template.stdout.fileno(), 0)  # its end is all that can come
        until = time.monotonic() + START_SECONDS
        while True:
            left = until - time.monotonic()
            events = waiting.poll(max(0.0, left) * 1000)
            if any(fd == answers for fd, _ in events):
                break
            if events or left <= 0:
                raise WorkerFailed("crash" if events else "timeout")
        os.set_blocking(answers, True)
        try:
            return _pid(answers)
        except (protocol.Closed, protocol.ProtocolError) as error:
            raise WorkerFailed("crash") from error

    def close(self) -> None:
        _end(self._template)
        shutil.rmtree(self._folder, ignore_errors=True)


class SpareProcess:
    """A process of its own with ordinary pipes."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        if process.stdin is None or process.stdout is None:
            raise WorkerFailed("crash")
        self._process = process
        self.requests, self.answers = process.stdin.fileno(), process.stdout.fileno()
        self.easel: Easel | None = None
        protocol.widen(self.requests)
        protocol.widen(self.answers)

    def kill(self) -> None:
        self._process.kill()

    def close(self) -> None:
        _end(self._process)


class Spares:
    """Keeps one fresh process warm, because starting one takes most of a second."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = command
        self._lock = threading.Lock()
        self._spare: subprocess.Popen[bytes] | None = _start(command)

    def new(self) -> Process:
        with self._lock:
            taken = self._spare or _start(self._command)
            self._spare = _start(self._command)
        process = SpareProcess(taken)
        watch = threading.Timer(START_SECONDS, process.kill)
        watch.start()
        try:
            _pid(process.answers)
        except (protocol.Closed, protocol.ProtocolError) as error:
            process.close()
            raise WorkerFailed("crash") from error
        finally:
            watch.cancel()
            watch.join()
        return process

    def close(self) -> None:
        with self._lock:
            if self._spare is not None:
                _end(self._spare)
                self._spare = None


def can_fork() -> bool:
    """Whether workers are forked from a template here, or started one by one."""
    return sys.platform == "linux" and hasattr(os, "pidfd_open")


def command(*, forking: bool) -> list[str]:
    """How the template, or a worker of its own, is started: isolated from environment and current
    folder; a frozen build starts itself with a flag."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--pdf-worker" if forking else "--pdf-spare"]
    module = "casefile.pdf.template" if forking else "casefile.pdf.worker"
    return [sys.executable, "-I", "-B", "-X", "utf8", "-m", module]  # -B: it writes no file at all


def _start(command: Sequence[str]) -> subprocess.Popen[bytes]:
    # Windows starts nothing without SystemRoot. Without HOME Python would ask the system's user
    # database for it, over a socket. The process empties its environment once it runs.
    if sys.platform == "win32":
        environment = {name: os.environ[name] for name in ("SystemRoot",) if name in os.environ}
    else:
        environment = {"HOME": "/nonexistent"}
    return subprocess.Popen(
        list(command),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
        env=environment,
        close_fds=True,
    )


def _pid(answers: int) -> int:
    header, _ = protocol.receive(answers)
    pid = header.get("hello")
    if not isinstance(pid, int) or isinstance(pid, bool) or pid <= 1:
        raise protocol.ProtocolError("no hello")
    return pid


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()
