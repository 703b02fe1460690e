"""What a program and everything it starts did to files and sockets, as told by strace(1).

Descriptors are followed by hand: strace's own ``-y`` reads ``/proc/PID/fd``, which an ordinary user
may not do for a process that is not dumpable, and Casefile's processes are not.
"""

from __future__ import annotations

import codecs
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

_MAKES_DESCRIPTORS = (
    "creat", "dup", "dup2", "dup3", "epoll_create", "epoll_create1", "eventfd", "eventfd2",
    "fcntl", "inotify_init", "inotify_init1", "landlock_create_ruleset", "memfd_create", "open",
    "openat", "openat2", "pidfd_open", "pipe", "pipe2", "signalfd4", "timerfd_create",
    "io_uring_setup",
)  # fmt: skip
_SOCKETS = (
    "socket", "socketpair", "connect", "bind", "accept", "accept4",
)  # fmt: skip
_WRITES = (
    "write", "pwrite64", "writev", "pwritev", "pwritev2", "sendfile", "copy_file_range", "splice",
)  # fmt: skip
_NAMES = (
    "rename", "renameat", "renameat2", "link", "linkat", "symlink", "symlinkat", "mkdir", "mkdirat",
    "mknod", "mknodat", "truncate", "unlink", "unlinkat",
    "chdir", "fchdir",
)  # fmt: skip
_PROCESSES = ("clone", "clone3", "fork", "vfork", "execve", "prctl", "prlimit64", "setrlimit")
#: Does this machine's strace know a call? (``?`` lets it pass over those it does not.)
_FILTER = "trace=" + ",".join(
    f"?{name}" for name in (*_MAKES_DESCRIPTORS, *_SOCKETS, *_WRITES, *_NAMES, *_PROCESSES, "mmap")
)
#: More bytes of one call than strace shows would go unseen: no write is larger.
LONGEST_WRITE = 16 << 20

_LINE = re.compile(rb"^(\d+\.\d+) (\w+)\((.*)\)\s+= (-?\d+|\?|0x[0-9a-f]+)(?: .*)?$", re.DOTALL)
_STRING = re.compile(rb'"((?:[^"\\]|\\.)*)"(\.\.\.)?', re.DOTALL)
_CREATES = re.compile(rb"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND")


def is_easel(path: str) -> bool:
    """Whether a name is one of memory shared with a worker (``casefile/pdf/easel.py``)."""
    return re.fullmatch(r"/dev/shm/casefile-\w+/\d+/easel", path) is not None


def need(program: str, package: str) -> str:
    """Where ``program`` is. Without it the test is skipped with a line that names it; in
    continuous integration it fails."""
    found = shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if found is None and os.environ.get("CI") == "true":
        pytest.fail(f"missing program: {program} ({package})")
    if found is None:
        pytest.skip(f"missing program: {program} ({package})")
    return found


@dataclass
class WrittenFile:
    """A file opened for writing, once: by which process, and every byte written to it."""

    path: str
    process: int
    flags: str
    pieces: list[bytes] = field(default_factory=list)

    @property
    def data(self) -> bytes:
        return b"".join(self.pieces)


@dataclass(frozen=True)
class Copied:
    """A file written from another one inside the kernel (no bytes to see)."""

    source: str
    target: str


@dataclass(frozen=True)
class SocketCall:
    """``arguments`` as strace prints them."""

    process: int
    call: str
    arguments: str
    succeeded: bool


@dataclass
class Process:
    """One process (threads are counted to it); ``commands`` are the programs it ran."""

    number: int
    parent: int | None
    commands: list[list[str]] = field(default_factory=list)
    not_dumpable: bool = False
    no_core_files: bool = False


@dataclass
class Record:
    """Everything that was seen."""

    files: list[WrittenFile] = field(default_factory=list)
    copies: list[Copied] = field(default_factory=list)
    named: list[str] = field(default_factory=list)
    pipes: set[str] = field(default_factory=set)
    mapped: list[str] = field(default_factory=list)
    removed: dict[str, float] = field(default_factory=dict)
    """When a name was taken off the disk, last."""
    walled: dict[int, float] = field(default_factory=dict)
    """When a process gave up every further right, before it raised its walls."""
    memory_files: int = 0
    sockets: list[SocketCall] = field(default_factory=list)
    processes: dict[int, Process] = field(default_factory=dict)

    def under(self, process: int) -> set[int]:
        """``process`` and all its descendants."""
        found = {process}
        while more := {
            number
            for number, each in self.processes.items()
            if each.parent in found and number not in found
        }:
            found |= more
        return found

    def running(self, word: str) -> list[Process]:
        """The processes that ran a program with ``word`` among its arguments."""
        return [p for p in self.processes.values() if any(word in c for c in p.commands)]

    @property
    def regular(self) -> list[WrittenFile]:
        """What was written that is a file: neither a named pipe nor a device."""
        return [
            file
            for file in self.files
            if file.path not in self.pipes and not file.path.startswith(("/dev/", "/proc/"))
        ]

    @property
    def paths(self) -> set[str]:
        """Every name that was created, opened for writing or renamed to."""
        return {file.path for file in self.files} | set(self.named)


def run(
    command: Sequence[str],
    folder: Path,
    *,
    cwd: Path,
    environment: Mapping[str, str],
    stdin: bytes = b"",
    timeout: float = 100,
) -> tuple[subprocess.CompletedProcess[bytes], Record]:
    """Run ``command`` under strace, which writes into ``folder`` (made, must not exist)."""
    strace = need("strace", "strace")
    folder.mkdir()
    done = subprocess.run(
        [
            *(strace, "-ff", "-ttt", "-qq", "-s", str(LONGEST_WRITE), "-e", "signal=none"),
            *("-e", _FILTER, "-o", str(folder / "trace"), "--", *command),
        ],
        cwd=cwd,
        env=dict(environment),
        input=stdin,
        capture_output=True,
        timeout=timeout,
        check=False,
    )
    return done, Reader(folder, cwd).read()


@dataclass
class _Call:
    at: float
    thread: int
    name: str
    arguments: bytes
    result: int


class _Shared:
    """What threads of one process share: its number, open descriptors, working folder."""

    def __init__(self, number: int, descriptors: dict[int, WrittenFile | str | None], cwd: str):
        self.number, self.descriptors, self.cwd = number, descriptors, cwd


class Reader:
    """Puts the traces of all threads in order and follows their descriptors."""

    def __init__(self, folder: Path, cwd: Path) -> None:
        self._folder, self._cwd = folder, str(cwd)
        self._record = Record()
        self._threads: dict[int, _Shared] = {}
        self._born: dict[int, _Call] = {}

    def read(self) -> Record:
        calls = sorted(self._calls(), key=lambda call: call.at)
        for call in calls:
            if call.name in ("clone", "clone3", "fork", "vfork") and call.result > 0:
                self._born[call.result] = call
        for call in calls:
            shared = self._shared(call.thread)
            getattr(self, f"_on_{call.name}", self._on_other)(call, shared)
        return self._record

    def _calls(self) -> Iterator[_Call]:
        for path in self._folder.glob("trace.*"):
            thread = int(path.suffix[1:])
            # A string never holds a raw line end: strace writes it as \n.
            for line in path.read_bytes().split(b"\n"):
                match = _LINE.match(line)
                if match is None:
                    continue
                at, name, arguments, result = match.groups()
                number = int(result, 0) if result != b"?" else -1
                yield _Call(float(at), thread, name.decode(), arguments, number)

    def _shared(self, thread: int) -> _Shared:
        """The process of a thread, made at the first call that is seen of it."""
        if thread not in self._threads:
            born = self._born.get(thread)
            if born is None:
                made = _Shared(thread, {}, self._cwd)
                self._record.processes[thread] = Process(thread, None)
            else:
                parent = self._shared(born.thread)
                if b"CLONE_THREAD" in born.arguments:
                    made = parent
                else:
                    made = _Shared(thread, dict(parent.descriptors), parent.cwd)
                    of = self._record.processes[parent.number]
                    self._record.processes[thread] = Process(
                        thread,
                        parent.number,
                        not_dumpable=of.not_dumpable,
                        no_core_files=of.no_core_files,
                    )
            self._threads[thread] = made
        return self._threads[thread]

    # -- descriptors ------------------------------------------------------------------------

    def _on_openat(self, call: _Call, shared: _Shared) -> None:
        if call.result < 0:
            return
        path = self._path(call.arguments, shared)
        if _CREATES.search(call.arguments):
            flags = re.findall(r"O_\w+(?:\|O_\w+)*", call.arguments.decode("latin-1"))
            opened = WrittenFile(path, shared.number, flags[-1] if flags else "")
            self._record.files.append(opened)
            shared.descriptors[call.result] = opened
        else:
            shared.descriptors[call.result] = path

    _on_open = _on_openat2 = _on_openat

    def _on_creat(self, call: _Call, shared: _Shared) -> None:
        if call.result >= 0:
            opened = WrittenFile(self._path(call.arguments, shared), shared.number, "creat")
            self._record.files.append(opened)
            shared.descriptors[call.result] = opened

    def _on_dup(self, call: _Call, shared: _Shared) -> None:
        if call.result >= 0:
            shared.descriptors[call.result] = shared.descriptors.get(_first_number(call))

    _on_dup2 = _on_dup3 = _on_dup

    def _on_fcntl(self, call: _Call, shared: _Shared) -> None:
        if b"F_DUPFD" in call.arguments:
            self._on_dup(call, shared)

    def _on_pipe2(self, call: _Call, shared: _Shared) -> None:
        for number in re.findall(rb"\d+", call.arguments.partition(b"]")[0]):
            shared.descriptors[int(number)] = None

    _on_pipe = _on_pipe2

    def _on_memfd_create(self, call: _Call, shared: _Shared) -> None:
        self._record.memory_files += 1
        shared.descriptors[call.result] = None

    def _on_other(self, call: _Call, shared: _Shared) -> None:
        """The rest of the calls that answer with a descriptor, which is no file."""
        if call.name in _MAKES_DESCRIPTORS and call.result >= 0:
            shared.descriptors[call.result] = None

    # -- writing ----------------------------------------------------------------------------

    def _on_write(self, call: _Call, shared: _Shared) -> None:
        target = shared.descriptors.get(_first_number(call))
        if call.result > 0 and isinstance(target, WrittenFile):
            target.pieces += _strings(call.arguments)

    _on_pwrite64 = _on_writev = _on_pwritev = _on_pwritev2 = _on_write

    def _on_sendfile(self, call: _Call, shared: _Shared) -> None:
        numbers = [int(each) for each in re.findall(rb"(?:^|, )(\d+)", call.arguments)]
        self._copied(numbers[1], numbers[0], shared)

    def _on_copy_file_range(self, call: _Call, shared: _Shared) -> None:
        parts = call.arguments.split(b", ")
        self._copied(int(parts[0]), int(parts[2]), shared)

    _on_splice = _on_copy_file_range

    def _copied(self, source: int, target: int, shared: _Shared) -> None:
        to = shared.descriptors.get(target)
        if isinstance(to, WrittenFile):
            come = shared.descriptors.get(source)
            name = come.path if isinstance(come, WrittenFile) else come or "a pipe"
            self._record.copies.append(Copied(name, to.path))

    def _on_mmap(self, call: _Call, shared: _Shared) -> None:
        if b"PROT_WRITE" not in call.arguments or b"MAP_SHARED" not in call.arguments:
            return
        number = re.search(rb"MAP_\S+, (-?\d+), ", call.arguments)
        mapped = shared.descriptors.get(int(number[1])) if number else None
        if isinstance(mapped, WrittenFile):
            self._record.mapped.append(mapped.path)

    def _on_rename(self, call: _Call, shared: _Shared) -> None:
        if call.result < 0:
            return
        for name in _strings(call.arguments):
            self._record.named.append(_absolute(os.fsdecode(name), shared.cwd))

    _on_renameat = _on_renameat2 = _on_link = _on_linkat = _on_rename
    _on_symlink = _on_symlinkat = _on_mkdir = _on_mkdirat = _on_truncate = _on_rename

    def _on_unlinkat(self, call: _Call, shared: _Shared) -> None:
        if call.result == 0:
            self._record.removed[self._path(call.arguments, shared)] = call.at

    _on_unlink = _on_unlinkat

    def _on_mknodat(self, call: _Call, shared: _Shared) -> None:
        self._on_rename(call, shared)
        if b"S_IFIFO" in call.arguments:
            self._record.pipes.add(self._record.named[-1])

    _on_mknod = _on_mknodat

    def _on_chdir(self, call: _Call, shared: _Shared) -> None:
        if call.result == 0:
            shared.cwd = _absolute(os.fsdecode(_strings(call.arguments)[0]), shared.cwd)

    def _on_fchdir(self, call: _Call, shared: _Shared) -> None:
        folder = shared.descriptors.get(_first_number(call))
        if call.result == 0 and isinstance(folder, str):
            shared.cwd = folder

    # -- sockets and processes --------------------------------------------------------------

    def _on_socket(self, call: _Call, shared: _Shared) -> None:
        self._record.sockets.append(
            SocketCall(shared.number, call.name, call.arguments.decode("latin-1"), call.result >= 0)
        )
        if call.name == "socketpair":
            for number in re.findall(rb"\d+", call.arguments.rpartition(b"[")[2]):
                shared.descriptors[int(number)] = None
        elif call.name != "connect" and call.name != "bind" and call.result >= 0:
            shared.descriptors[call.result] = None

    _on_socketpair = _on_connect = _on_bind = _on_accept = _on_accept4 = _on_socket

    def _on_execve(self, call: _Call, shared: _Shared) -> None:
        if call.result == 0:
            process = self._record.processes[shared.number]
            listed = call.arguments.partition(b"[")[2]
            process.commands.append([os.fsdecode(word) for word in _strings(listed)])
            process.not_dumpable = False

    def _on_prctl(self, call: _Call, shared: _Shared) -> None:
        if b"PR_SET_NO_NEW_PRIVS" in call.arguments:
            self._record.walled.setdefault(shared.number, call.at)
        if b"PR_SET_DUMPABLE" in call.arguments and call.result == 0:
            off = b"SUID_DUMP_DISABLE" in call.arguments or b", 0" in call.arguments
            self._record.processes[shared.number].not_dumpable = off

    def _on_prlimit64(self, call: _Call, shared: _Shared) -> None:
        if b"RLIMIT_CORE" in call.arguments and b"rlim_max=0" in call.arguments:
            self._record.processes[shared.number].no_core_files = call.result == 0

    _on_setrlimit = _on_prlimit64

    def _path(self, arguments: bytes, shared: _Shared) -> str:
        name = os.fsdecode(_strings(arguments)[0])
        folder = shared.cwd
        if (number := re.match(rb"\s*(\d+), ", arguments)) is not None:
            known = shared.descriptors.get(int(number[1]))
            folder = known.path if isinstance(known, WrittenFile) else known or folder
        return _absolute(name, folder)


def _absolute(name: str, folder: str) -> str:
    return os.path.normpath(os.path.join(folder, name))  # noqa: PTH118 - names of another process


def _first_number(call: _Call) -> int:
    return int(call.arguments.partition(b",")[0])


def _strings(arguments: bytes) -> list[bytes]:
    """The quoted strings of a call, unescaped."""
    found = []
    for text, cut in _STRING.findall(arguments):
        assert not cut, "strace cut a string: LONGEST_WRITE is too small"
        found.append(codecs.escape_decode(text)[0] if b"\\" in text else text)
    return found
