"""A file to be imported, as a stream: opened with care, read from its beginning."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from casefile.domain.errors import UserError

#: Bytes that are read, hashed and sealed at once.
PIECE: Final = 1 << 20


@contextlib.contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """A regular file, not what a link leads to, and without waiting for a pipe's other end."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    descriptor = os.open(path, flags | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(descriptor, "rb", buffering=0) as source:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise UserError("import.not_a_file", name=path.name)
        yield source


def from_the_start(head: bytes, source: BinaryIO) -> Iterator[bytes]:
    """The file from its beginning, of which ``head`` was read already."""
    if head:
        yield head
    while piece := source.read(PIECE):
        yield piece
