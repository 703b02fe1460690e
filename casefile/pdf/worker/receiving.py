"""Takes a document from the pipe, opening its ciphertext on the way.

The document comes to lie in one anonymous mapping, in huge pages where the kernel has them: with
ordinary pages their faults take longer than everything else. Each segment is decrypted to where it
stays.
"""

from __future__ import annotations

import mmap

from casefile.domain.errors import UserError
from casefile.pdf import protocol
from casefile.security.cipher import SEGMENT_BYTES, TAG_BYTES, Opener

#: Magic and salt of a sealed file (``security.cipher``).
PREFIX_BYTES = 40


def document(pipe: int, length: int, key: bytearray, document_id: str) -> memoryview:
    """Read exactly ``length`` bytes and return the document in them: sealed with ``key``, or plain
    where that is empty. The key is wiped. Raises ``DamagedFile`` after everything has been read,
    so that the next request is found; ``protocol.Closed``."""
    room = _room(length)
    if not key:
        _read(pipe, room)
        return room.toreadonly()
    opener = Opener(key, document_id, room)
    key[:] = bytes(len(key))
    failure: UserError | None = None
    buffer = memoryview(bytearray(SEGMENT_BYTES + TAG_BYTES))
    # What comes before the segments, then segment by segment: so the opener copies nothing.
    size = min(length, PREFIX_BYTES)
    while length:
        piece = buffer[:size]
        _read(pipe, piece)
        length -= size
        size = min(length, len(buffer))
        if failure is None:
            try:
                opener.feed(piece)
            except UserError as error:
                failure = error
    if failure is not None:
        raise failure
    opener.finish()
    return opener.whole().toreadonly()


def _room(length: int) -> memoryview:
    """Memory for ``length`` bytes; the view keeps the mapping alive."""
    size = max(length, 1)
    if not hasattr(mmap, "MAP_PRIVATE"):
        return memoryview(mmap.mmap(-1, size))[:length]
    # Private, because memory that could be shared with a child has no huge pages as a rule.
    mapping = mmap.mmap(-1, size, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    if hasattr(mmap, "MADV_HUGEPAGE"):
        mapping.madvise(mmap.MADV_HUGEPAGE)
    return memoryview(mapping)[:length]


def _read(pipe: int, view: memoryview) -> None:
    done = 0
    while done < len(view):
        count = protocol.read_into(pipe, view[done:])
        if count == 0:
            raise protocol.Closed
        done += count
