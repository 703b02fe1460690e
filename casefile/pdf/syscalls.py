"""The system calls a worker may make: a list of what is allowed, for seccomp."""

from __future__ import annotations

import errno
import os
from typing import Any

#: Memory, its pipes, time, threads of its own, ending. Nothing that opens, sends or starts.
_ALLOWED = (
    "read", "readv", "pread64", "write", "writev", "close", "lseek", "fstat",
    "poll", "ppoll",
    "mmap", "munmap", "mremap", "mprotect", "madvise", "brk",
    "futex", "sched_yield", "sched_getaffinity", "getcpu",
    "set_robust_list", "get_robust_list", "rseq",
    "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sigaltstack", "restart_syscall",
    "clock_gettime", "clock_getres", "clock_nanosleep", "nanosleep", "gettimeofday", "time",
    "getrandom", "getpid", "gettid", "getuid", "geteuid", "getgid", "getegid",
    "getrlimit", "getrusage", "times", "uname", "sysinfo",
    "exit", "exit_group",
)  # fmt: skip
#: Reading files, where Landlock says which.
_READING = (
    "open", "openat", "stat", "lstat", "newfstatat", "fstatat64", "statx", "access", "faccessat",
    "faccessat2", "readlink", "readlinkat", "getdents64", "getcwd",
)  # fmt: skip
#: Answered as if the kernel were too old, so that the C library falls back to something listed.
_UNKNOWN = ("clone3", "openat2")
_CLONE_THREAD = 0x00010000
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def rules(pyseccomp: Any, *, reading: bool) -> Any:
    """A filter that allows the list and answers EPERM to everything else; ``load()`` raises it.

    With ``reading`` files can be opened for reading, which Landlock must then narrow down.
    Raises ``OSError`` where the kernel has no seccomp."""
    found = pyseccomp.SyscallFilter(pyseccomp.ERRNO(errno.EPERM))
    for name in _ALLOWED:
        _add(found, pyseccomp.ALLOW, name)
    for name in _UNKNOWN:
        _add(found, pyseccomp.ERRNO(errno.ENOSYS), name)
    thread = pyseccomp.Arg(0, pyseccomp.MASKED_EQ, _CLONE_THREAD, _CLONE_THREAD)
    _add(found, pyseccomp.ALLOW, "clone", thread)
    if reading:
        for name in _READING:
            at = {"open": 1, "openat": 2}.get(name)
            if at is None:
                _add(found, pyseccomp.ALLOW, name)
            else:
                _add(
                    found,
                    pyseccomp.ALLOW,
                    name,
                    pyseccomp.Arg(at, pyseccomp.MASKED_EQ, _WRITING, 0),
                )
    return found


def _add(found: Any, action: int, name: str, *arguments: Any) -> None:
    """A call that this processor's kernel does not have needs no rule."""
    try:
        found.add_rule(action, name, *arguments)
    except (ValueError, OSError, RuntimeError):
        return
