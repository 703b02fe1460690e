"""Keeps other processes and crash reports out of this one, and says whether the disk is encrypted.

On Linux a process that is not "dumpable" leaves no core file and cannot be read or traced by other
processes of the same user (prctl(2), ptrace(2)); on every POSIX system the core size limit is 0.
Not being dumpable also makes ``/proc/self/fd`` and the like root's own, and an ``execve`` undoes
it: every process of Casefile calls ``harden`` for itself, at its start.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import Final

_PR_GET_DUMPABLE: Final = 3
_PR_SET_DUMPABLE: Final = 4


@dataclass(frozen=True, slots=True)
class Protection:
    """One protection of this process: ``on``, or why not in ``note``."""

    name: str
    on: bool
    note: str = ""


def harden() -> tuple[Protection, ...]:
    """Turn on what this system offers and say what came of it; never raises."""
    return (_refuse_inspection(), _refuse_core_files())


def _refuse_inspection() -> Protection:
    name = "not readable by other processes"
    if not sys.platform.startswith("linux"):
        return Protection(name, on=False, note="only Linux offers this")
    import ctypes

    try:
        prctl = ctypes.CDLL(None, use_errno=True).prctl
    except (OSError, AttributeError):
        return Protection(name, on=False, note="the C library has no prctl")
    if prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0) != 0:
        return Protection(name, on=False, note=os.strerror(ctypes.get_errno()))
    return Protection(name, on=prctl(_PR_GET_DUMPABLE, 0, 0, 0, 0) == 0)


def _refuse_core_files() -> Protection:
    name = "no core files"
    try:
        import resource
    except ImportError:
        return Protection(name, on=False, note="only POSIX systems offer this")
    try:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (OSError, ValueError) as error:
        return Protection(name, on=False, note=str(error))
    return Protection(name, on=resource.getrlimit(resource.RLIMIT_CORE) == (0, 0))
