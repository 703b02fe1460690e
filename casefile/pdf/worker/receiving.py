"""Takes a document from the pipe, opening its ciphertext on the way.

The document is gathered in one anonymous mapping, in huge pages where the kernel has them: with
ordinary memory the page faults of a large document take longer than decrypting it.
"""

from __future__ import annotations

import mmap

from casefile.domain.errors import UserError
from casefile.pdf import protocol
from casefile.security.cipher import SEGMENT_BYTES, TAG_BYTES, Opener


class Gathered:
    """A growing run of bytes inside a mapping of fixed size."""

    def __init__(self, most: int) -> None:
        self._mapping = mmap.mmap(-1, max(most, 1))
        if hasattr(mmap, "MADV_HUGEPAGE"):
            self._mapping.madvise(mmap.MADV_HUGEPAGE)
        self._view = memoryview(self._mapping)
        self._length = 0

    def room(self, most: int) -> memoryview:
        """Where the next bytes may be written; tell ``grow`` how many were."""
        return self._view[self._length : self._length + most]

    def grow(self, count: int) -> None:
        self._length += count

    def add(self, data: bytes) -> None:
        self._view[self._length : self._length + len(data)] = data
        self._length += len(data)

    def whole(self) -> memoryview:
        """What was gathered; it keeps the mapping alive."""
        return self._view[: self._length].toreadonly()


def document(pipe: int, length: int, key: bytearray, document_id: str) -> memoryview:
    """Read exactly ``length`` bytes and return the document in them: sealed with ``key``, or plain
    where that is empty. The key is wiped. Raises ``DamagedFile`` after everything has been read,
    so that the next request is found; ``protocol.Closed``."""
    gathered = Gathered(length)
    if not key:
        _read(pipe, gathered.room(length))
        gathered.grow(length)
        return gathered.whole()
    opener = Opener(key, document_id)
    key[:] = bytes(len(key))
    failure: UserError | None = None
    buffer = memoryview(bytearray(SEGMENT_BYTES + TAG_BYTES))
    # The opener copies least when it gets what comes before the segments, then segment by segment.
    size = min(length, PREFIX_BYTES)
    while length:
        piece = buffer[:size]
        _read(pipe, piece)
        length -= size
        size = min(length, len(buffer))
        if failure is None:
            try:
                gathered.add(opener.feed(piece))
            except UserError as error:
                failure = error
    if failure is not None:
        raise failure
    gathered.add(opener.finish())
    return gathered.whole()


#: Magic and salt of a sealed file (``security.cipher``).
PREFIX_BYTES = 40


def _read(pipe: int, view: memoryview) -> None:
    done = 0
    while done < len(view):
        count = protocol.read_into(pipe, view[done:])
        if count == 0:
            raise protocol.Closed
        done += count
