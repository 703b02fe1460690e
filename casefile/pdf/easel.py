"""The easel: memory that one worker draws into and the window's process copies out of.

A picture of a page goes twice through a pipe's buffers otherwise, which takes longer than drawing
it. The easel holds a few sheets; whoever asks for a picture names the sheet for it and may use the
sheet again once the answer was copied. The file behind it lies in the computer's memory alone, has
no name by the time a document is opened, and is as long as it ever will be: a worker, which has no
descriptor of it, can neither cut it short nor make it longer. What a worker writes after its answer
spoils its own picture, nothing else: sizes come from the checked answer.
"""

from __future__ import annotations

import mmap
import os
import sys
from pathlib import Path

#: As many pictures can be under way; the next one is drawn while one is copied.
SHEETS = 2
#: A tile in colour. What is larger goes through the pipe.
SHEET_BYTES = 3 * 1024 * 1024
#: Where Linux keeps files in memory.
_IN_MEMORY = "/dev/shm"  # noqa: S108 - private folders with random names are made in it


def folder_in_memory() -> str | None:
    """Where files lie in memory, never on a disk; None where there is no such place."""
    usable = sys.platform == "linux" and Path(_IN_MEMORY).is_mount()
    return _IN_MEMORY if usable and os.access(_IN_MEMORY, os.W_OK | os.X_OK) else None


class Easel:
    """A mapping of ``SHEETS`` sheets; the file at ``path`` can be removed once both sides have
    it."""

    def __init__(self, mapping: mmap.mmap) -> None:
        self._mapping = mapping

    @classmethod
    def make(cls, path: str) -> Easel | None:
        """The window's side. All of its memory is reserved now, so that drawing never finds none;
        None where there is not enough."""
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            os.posix_fallocate(descriptor, 0, SHEETS * SHEET_BYTES)
            return cls(mmap.mmap(descriptor, SHEETS * SHEET_BYTES, prot=mmap.PROT_READ))
        except OSError:
            Path(path).unlink()
            return None
        finally:
            os.close(descriptor)

    @classmethod
    def join(cls, path: str) -> Easel | None:
        """The worker's side, before it has seen a document."""
        try:
            descriptor = os.open(path, os.O_RDWR)
        except OSError:
            return None
        try:
            return cls(mmap.mmap(descriptor, SHEETS * SHEET_BYTES))
        finally:
            os.close(descriptor)

    def sheet(self, number: int) -> memoryview:
        """The memory of a sheet, counted from 0."""
        return memoryview(self._mapping)[number * SHEET_BYTES : (number + 1) * SHEET_BYTES]

    def copied(self, number: int, length: int) -> bytearray:
        """The first ``length`` bytes of a sheet."""
        with memoryview(self._mapping) as all_of_it:
            start = number * SHEET_BYTES
            return bytearray(all_of_it[start : start + min(length, SHEET_BYTES)])

    def close(self) -> None:
        self._mapping.close()
