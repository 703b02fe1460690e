"""The walls around a worker, raised from inside before it reads the first byte of a document.

On Linux: an address-space limit fitted to the document, limits on CPU time, files and cores, no
debugger and no core (PR_SET_DUMPABLE), Landlock (no writing anywhere, reading only where Python and
the program lie, no TCP, no signals and no abstract sockets across it), then seccomp: a list of the
system calls that reading a document needs; everything else fails with EPERM. A kernel or a system
library that lacks one of them leaves the others standing, and the wall is reported as off.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import site
import sys
from functools import cache
from pathlib import Path
from typing import Any

from casefile.pdf import languages, syscalls

#: Name, whether it stands, and a note.
Wall = tuple[str, bool, str]

MEMORY_FACTOR = 3
MEMORY_BASE = 512 * 1024 * 1024
CPU_SECONDS = 900
OPEN_FILES = 32

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 1, 4, 38
_SIGKILL = 9
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3
_LINUX = sys.platform == "linux"


def harden_process() -> None:
    """For the template and every worker: nothing in the environment; on Linux no core and no
    debugger."""
    os.environ.clear()
    if not _LINUX:
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _prctl(_PR_SET_DUMPABLE, 0)
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)


def die_with_parent() -> None:
    """End this process when the thread that forked it ends."""
    if _LINUX:
        _prctl(_PR_SET_PDEATHSIG, _SIGKILL)


def enter(document_length: int) -> list[Wall]:
    """Raise every wall this system has; returns what stands. Not to be undone."""
    if not _LINUX:
        return [
            ("memory", False, "this system has no limit for one process"),
            ("files", False, "Landlock is part of Linux"),
            ("calls", False, "seccomp is part of Linux"),
        ]
    memory = _limit(document_length)
    landlock = _landlock()
    return [memory, landlock, _seccomp(reading=landlock[1])]


def _limit(document_length: int) -> Wall:
    import resource

    allowed = _address_space() + MEMORY_FACTOR * document_length + MEMORY_BASE
    try:
        resource.setrlimit(resource.RLIMIT_AS, (allowed, allowed))
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    except (ValueError, OSError) as error:
        return "memory", False, str(error)
    return "memory", True, ""


def _address_space() -> int:
    """What this process has mapped already, in bytes."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    return pages * os.sysconf("SC_PAGE_SIZE")


@cache
def readable_folders() -> tuple[str, ...]:
    """Where a late import may look: Python's library, the installed packages, the program; and the
    models of OCR, which are loaded when a page is first read. (Not asked of ``sysconfig``, which
    asks the user database, over a socket, for a home folder.)"""
    found = {str(Path(os.__file__).parent), str(Path(__file__).parent.parent)}
    found.update(site.getsitepackages())
    found.update(str(folder) for folder in languages.folders())
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen:
        found.add(str(frozen))
    return tuple(sorted(path for path in found if Path(path).is_dir()))


def _landlock() -> Wall:
    try:
        import landlock
    except ImportError:
        return "files", False, "the landlock package is missing"
    try:
        ctypes.set_errno(0)  # the package takes an old error number for a new failure
        version = landlock.landlock_abi_version()
        rules = landlock.Ruleset()
        reading = landlock.FSAccess.READ_FILE | landlock.FSAccess.READ_DIR
        for folder in readable_folders():
            ctypes.set_errno(0)
            rules.allow(folder, rules=reading)
        ctypes.set_errno(0)
        rules.apply()
        os.close(rules._fd)  # the package leaves it open
        if version >= 4:
            _scope(version)
    except (landlock.LandlockError, OSError) as error:
        return "files", False, f"Landlock: {getattr(error, 'strerror', None) or error}"
    return "files", True, f"Landlock {version}"


def _scope(version: int) -> None:
    """What the package does not know: no TCP (ABI 4), no signals and no abstract sockets to
    anybody outside (ABI 6). struct landlock_ruleset_attr of linux/landlock.h."""
    from landlock.plumbing import RulesetAttr, get_create_ruleset, get_restrict_self

    class Scopes(RulesetAttr):  # type: ignore[misc] # the package has no types
        _fields_ = (
            ("handled_access_net", ctypes.c_uint64),
            ("scoped", ctypes.c_uint64),
        )

    scopes = Scopes(0, 0b11, 0b11 if version >= 6 else 0)
    ctypes.set_errno(0)
    size = ctypes.sizeof(scopes) if version >= 6 else ctypes.sizeof(scopes) - 8
    descriptor = get_create_ruleset()(ctypes.byref(scopes), size, 0)
    get_restrict_self()(descriptor, 0)
    os.close(descriptor)


@cache
def _filter(*, reading: bool) -> Any:
    """The seccomp filter, or the reason why there is none. Finding libseccomp starts a program
    and reads files, so this is called before the walls are up."""
    try:
        import pyseccomp

        return syscalls.rules(pyseccomp, reading=reading)
    except (ImportError, RuntimeError, OSError):
        return "libseccomp is missing"


def warm() -> None:
    """Do what cannot be done once a wall stands. For the template and for workers of their own."""
    if not _LINUX:
        return
    with contextlib.suppress(ImportError):
        import landlock.plumbing  # noqa: F401 - only loaded
    import resource  # noqa: F401 - only loaded

    for reading in (True, False):
        _filter(reading=reading)
    readable_folders()
    _keep_memory()


def _keep_memory() -> None:
    """Let the C library keep what pictures used for the next picture: fetching fresh memory from
    the kernel for each costs a quarter of the time of drawing it. glibc only (mallopt(3))."""
    libc = ctypes.CDLL(None)
    if hasattr(libc, "mallopt"):
        libc.mallopt(_M_MMAP_THRESHOLD, 32 * 1024 * 1024)
        libc.mallopt(_M_TRIM_THRESHOLD, 64 * 1024 * 1024)


def _seccomp(*, reading: bool) -> Wall:
    made = _filter(reading=reading)
    if isinstance(made, str):
        return "calls", False, made
    try:
        made.load()
    except OSError as error:
        return "calls", False, f"seccomp: {error.strerror}"
    return "calls", True, ""


def _prctl(option: int, value: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(option, value, 0, 0, 0)
