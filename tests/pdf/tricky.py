"""A template whose workers can be told to misbehave. Tests alone start it; the program has no way
to: these operations exist in no table but this process's."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import mmap
import os
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from casefile.pdf import protocol, sandbox, template
from casefile.pdf.worker import serving

ROOT = Path(__file__).parent.parent.parent


def command(*flags: str) -> list[str]:
    """How ``PdfWorkers`` starts this template. ``flags``: ``no-seccomp``, ``no-landlock``."""
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); "
    code += "from tests.pdf import tricky; sys.exit(tricky.main())"
    return [sys.executable, "-I", "-B", "-X", "utf8", "-c", code, *flags]


def main() -> int:
    import socket  # noqa: F401 - loaded before the walls, as an attacker's code would be

    if "no-seccomp" in sys.argv:
        sandbox._filter = lambda **_: "libseccomp is missing"  # type: ignore[assignment]
    if "no-landlock" in sys.argv:
        sandbox._landlock = lambda: ("files", False, "switched off")
    serving.OPERATIONS["try"] = attempt
    serving.OPERATIONS["render"] = render
    extract = serving.OPERATIONS["extract"]
    serving.OPERATIONS["extract"] = lambda worker, header, body: deadly(
        extract(worker, header, body)
    )
    return template.main()


def attempt(_worker: object, header: protocol.Header, _body: bytearray) -> Iterator[Any]:
    """Try something; the answer is ``done`` or the name of the error."""
    what, argument = str(header["what"]), str(header.get("argument") or "")
    try:
        result = ATTEMPTS[what](argument)
        yield {"result": f"done {result}" if result else "done"}, b""
    except OSError as error:
        yield {"result": errno.errorcode.get(error.errno or 0, str(error))}, b""


def _socket(family: str, kind: str, address: Any = None, *, bind: bool = False) -> None:
    import socket

    with socket.socket(getattr(socket, family), getattr(socket, kind)) as made:
        made.settimeout(2)
        if address is not None:
            (made.bind if bind else made.connect)(address)


def _call(number: int, *arguments: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.syscall(number, *arguments) < 0:
        raise OSError(ctypes.get_errno(), "refused")


def _ptrace(pid: str) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.ptrace(16, int(pid), 0, 0) < 0:  # PTRACE_ATTACH
        raise OSError(ctypes.get_errno(), "refused")


def _write(path: str) -> None:
    Path(path).write_text("x", "ascii")


def _thread(_: str) -> None:
    thread = threading.Thread(target=lambda: None)
    thread.start()
    thread.join()


def _late_import(name: str) -> None:
    __import__(name)


def _abstract(name: str) -> None:
    _socket("AF_UNIX", "SOCK_STREAM", "\0" + name)


def _descriptors(_: str) -> str:
    found = []
    for number in range(64):
        with contextlib.suppress(OSError):
            os.fstat(number)
            found.append(number)
    return " ".join(map(str, found))


ATTEMPTS: dict[str, Callable[[str], Any]] = {
    "tcp": lambda port: _socket("AF_INET", "SOCK_STREAM", ("127.0.0.1", int(port))),
    "tcp listen": lambda _: _socket("AF_INET", "SOCK_STREAM", ("127.0.0.1", 0), bind=True),
    "udp": lambda port: _socket("AF_INET", "SOCK_DGRAM", ("127.0.0.1", int(port))),
    "raw": lambda _: _socket("AF_INET", "SOCK_RAW"),
    "netlink": lambda _: _socket("AF_NETLINK", "SOCK_DGRAM"),
    "unix": lambda path: _socket("AF_UNIX", "SOCK_STREAM", path),
    "unix listen": lambda path: _socket("AF_UNIX", "SOCK_STREAM", path, bind=True),
    "abstract": _abstract,
    "socketpair": lambda _: __import__("socket").socketpair() and None,
    "exec": lambda path: os.execv(path, [path]),  # noqa: S606 - meant to be refused
    "fork": lambda _: os.fork(),
    "signal": lambda pid: os.kill(int(pid), 0),
    "ptrace": _ptrace,
    "process_vm_readv": lambda pid: _call(310, int(pid), 0, 0, 0, 0, 0),
    "io_uring": lambda _: _call(425, 1, 0),
    "pidfd_open": lambda pid: _call(434, int(pid), 0),
    "bpf": lambda _: _call(321, 0, 0, 0),
    "userns": lambda _: _call(272, 0x10000000),
    "keyctl": lambda _: _call(250, 0, 0, 0),
    "read": lambda path: len(Path(path).read_bytes()) and None,
    "list": lambda path: len(list(Path(path).iterdir())) and None,
    "write": _write,
    "delete": lambda path: Path(path).unlink(),
    "pipe": lambda _: os.pipe(),
    "thread": _thread,
    "import": _late_import,
    "descriptors": _descriptors,
    "environment": lambda _: " ".join(sorted(os.environ)),
    "dumpable": lambda _: str(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0)),
}


def render(worker: serving.Worker, header: protocol.Header, body: bytearray) -> Iterator[Any]:
    """Drawing in which some pages are traps."""
    number = int(header["page"])
    if number in LIES:
        yield LIES[number]
        return
    spring(number)
    yield from worker.render(header, body)


def deadly(answers: Iterator[Any]) -> Iterator[Any]:
    """Extraction in which page 2 crashes, page 3 hangs, page 4 eats all memory."""
    for facts, data in answers:
        if isinstance(facts.get("page"), int):
            spring(facts["page"])
        yield facts, data


def spring(number: int) -> None:
    if number == 2:
        ctypes.string_at(0)
    if number == 3:
        while True:
            pass
    if number == 4:
        hoard = []
        while True:  # address space is what is limited: nothing needs to be touched
            hoard.append(mmap.mmap(-1, 64 * 1024 * 1024))


_SIZE = {"width": 10, "height": 10, "stride": 30}
LIES: dict[int, tuple[dict[str, Any], bytes]] = {
    11: ({**_SIZE, "width": 11}, bytes(300)),
    12: ({**_SIZE, "height": 10**9}, bytes(300)),
    13: ({**_SIZE, "stride": -30}, bytes(300)),
    14: ({**_SIZE, "width": "10"}, bytes(300)),
    15: ({}, b""),
    16: (_SIZE, bytes(299)),
    17: ({**_SIZE, "id": 4711}, bytes(300)),
    18: ({**_SIZE, "width": True}, bytes(300)),
    19: ({"end": True, "error": "case.read_only", "values": {}}, b""),
    20: ({"end": True, "error": ["page.absent"], "values": 3}, b""),
    21: ({**_SIZE, "drawn": 10**9}, b""),
    22: ({**_SIZE, "drawn": "300"}, b""),
    23: ({**_SIZE, "drawn": 299}, b""),
    24: ({**_SIZE, "stride": 10, "channels": 1, "drawn": 100}, b""),
}
