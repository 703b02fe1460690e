"""The sealed document file: how one document lies in ``documents/``.

On disk, all numbers big-endian::

    offset 0    8 bytes   magic: 43 46 53 45 41 4C 00 01 ("CFSEAL", 0, format version 1)
    offset 8   32 bytes   salt, random for every file
    offset 40             segments, one after the other

Each segment is AES-256-GCM: up to 1,048,576 bytes of ciphertext and its 16-byte tag. Every segment
but the last is full. The construction is STREAM (Hoang, Reyhanitabar, Rogaway, Vizar: "Online
Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance", CRYPTO 2015):

- key: HKDF-SHA256(input key = the document's own key, salt = the file's salt, info =
  ``casefile/1/sealed-document``, 32 bytes), so that even a key used twice never meets the same
  nonce under the same derived key;
- nonce, 12 bytes: the segment's number from 0 in 11 bytes, then 01 for the last segment, else 00;
- associated data: the 8 bytes of magic (hence the format version), then the document id in UTF-8.

Inside the cipher: the document's true length in 8 bytes, the document, zeros. The whole is padded
to the next rung of a ladder, rung n = floor(65536 x 5^n / 4^n) bytes for n = 0, 1, 2..., so that a
file's size tells its size class and nothing finer. No rung is a multiple of 1 MiB: the last segment
is never full, and a file has one segment exactly when it is shorter than a full one.

A flipped bit fails a tag; a swapped, repeated or moved segment has the wrong number; a file cut at
a segment's end lacks the segment that carries the last-flag; bytes after the end do not fit the
length in the first segment; another document's file has another key and id.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, Literal, TypeAlias

from casefile.domain.errors import UserError
from casefile.security.keys import KEY_BYTES, KeyBytes, hkdf
from casefile.security.wiping import wipe

MAGIC: Final = b"CFSEAL\x00\x01"
SALT_BYTES: Final = 32
SEGMENT_BYTES: Final = 1 << 20
TAG_BYTES: Final = 16
_PREFIX_BYTES: Final = len(MAGIC) + SALT_BYTES
_SEALED_SEGMENT_BYTES: Final = SEGMENT_BYTES + TAG_BYTES
_LENGTH_BYTES: Final = 8
_FIRST_RUNG: Final = 64 * 1024
LONGEST: Final = 1 << 44
"""Bytes; a longer true length is refused (16 TiB: no document, but no endless ladder either)."""

Bytes: TypeAlias = bytes | bytearray | memoryview
Damage: TypeAlias = Literal["altered", "cut", "lengthened", "not_sealed", "newer_version"]


_TOLD: Final[dict[Damage, str]] = {
    "altered": "some of its bytes are not as they were written",
    "cut": "its end is missing",
    "lengthened": "something was added to its end",
    "not_sealed": "it is not a file that Casefile sealed",
    "newer_version": "it was written by a newer version of Casefile",
}


class DamagedFile(UserError):
    """A sealed file that is not as it was written. ``reason``:

    - ``altered``: some bytes are others, or it is another document's file;
    - ``cut``: the end is missing; ``lengthened``: something was added after the end;
    - ``not_sealed``: it does not begin like a sealed file; ``newer_version``: a later format.
    """

    def __init__(self, reason: Damage) -> None:
        super().__init__("document.damaged", reason=_TOLD[reason])
        self.reason: Damage = reason


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed file and what opens it; the key never shows when this is printed."""

    path: Path
    key: KeyBytes
    document_id: str

    def __repr__(self) -> str:
        return f"Sealed(document_id={self.document_id!r})"


def padded_length(true_length: int) -> int:
    """Bytes inside the cipher (length field, document, padding) for a document of this length."""
    if not 0 <= true_length <= LONGEST:
        raise ValueError("no document has this length")
    needed = true_length + _LENGTH_BYTES
    rung, step = _FIRST_RUNG, 0
    while rung < needed:
        step += 1
        rung = _FIRST_RUNG * 5**step // 4**step
    return rung


def sealed_length(true_length: int) -> int:
    """Bytes on disk for a document of this length: known before anything is written."""
    padded = padded_length(true_length)
    return _PREFIX_BYTES + padded + TAG_BYTES * (padded // SEGMENT_BYTES + 1)


class _Segments:
    """One file's derived key, bound to its associated data; opens or closes a numbered segment."""

    def __init__(self, key: KeyBytes, document_id: str, salt: bytes) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        if len(key) != KEY_BYTES:
            raise ValueError("a document key has 32 bytes")
        derived = hkdf(key, salt, b"casefile/1/sealed-document")
        self._cipher = AESGCM(derived)
        wipe(derived)
        self._bound = MAGIC + document_id.encode("utf-8")

    @staticmethod
    def _nonce(number: int, last: bool) -> bytes:
        return number.to_bytes(11, "big") + (b"\x01" if last else b"\x00")

    def close(self, number: int, plain: bytearray | memoryview, last: bool) -> bytes:
        return self._cipher.encrypt(self._nonce(number, last), plain, self._bound)

    def open(self, number: int, sealed: Bytes, last: bool, room: memoryview | None = None) -> Bytes:
        """The plaintext; inside ``room``, from its beginning, if that is given."""
        from cryptography.exceptions import InvalidTag

        nonce = self._nonce(number, last)
        try:
            if room is None:
                return self._cipher.decrypt(nonce, sealed, self._bound)
            plain = room[: len(sealed) - TAG_BYTES]
            self._cipher.decrypt_into(nonce, sealed, self._bound, plain)
        except InvalidTag:
            raise DamagedFile("altered") from None
        return plain


def _pieces(plain: BinaryIO | Iterable[bytes]) -> Iterator[bytes | memoryview]:
    """Pieces of at most 1 MiB, whatever the source hands out at once."""
    if hasattr(plain, "read"):
        while piece := plain.read(SEGMENT_BYTES):
            yield piece
        return
    for piece in plain:
        for start in range(0, len(piece), SEGMENT_BYTES):
            yield memoryview(piece)[start : start + SEGMENT_BYTES]


def _write_whole(out: BinaryIO, data: bytes) -> None:
    """An unbuffered file may take less than it was given; go on until it has all."""
    rest = memoryview(data)
    while rest:
        rest = rest[out.write(rest) :]


def seal(
    plain: BinaryIO | Iterable[bytes],
    true_length: int,
    key: KeyBytes,
    document_id: str,
    out: BinaryIO,
) -> None:
    """Write the sealed form of ``plain``, ``true_length`` bytes, to ``out``; streams, holding about
    2 MiB. Making it durable (fsync, rename) is the caller's part.

    Raises ``UserError("document.changed_while_read")`` when ``plain`` holds more or fewer bytes
    than ``true_length``: what was written then is worthless. ``OSError`` from ``out`` passes.
    """
    padded = padded_length(true_length)
    salt = secrets.token_bytes(SALT_BYTES)
    segments = _Segments(key, document_id, salt)
    _write_whole(out, MAGIC + salt)
    waiting = bytearray(true_length.to_bytes(_LENGTH_BYTES, "big"))
    number, seen = 0, 0
    for piece in _pieces(plain):
        seen += len(piece)
        if seen > true_length:
            raise UserError("document.changed_while_read")
        waiting += piece
        while len(waiting) >= SEGMENT_BYTES:
            with memoryview(waiting) as view:
                closed = segments.close(number, view[:SEGMENT_BYTES], last=False)
            _write_whole(out, closed)
            del waiting[:SEGMENT_BYTES]
            number += 1
    if seen != true_length:
        raise UserError("document.changed_while_read")
    left = padded - number * SEGMENT_BYTES
    while left > SEGMENT_BYTES:
        waiting += bytes(SEGMENT_BYTES - len(waiting))
        _write_whole(out, segments.close(number, waiting, last=False))
        waiting = bytearray()
        number += 1
        left -= SEGMENT_BYTES
    waiting += bytes(left - len(waiting))
    _write_whole(out, segments.close(number, waiting, last=True))


class Opener:
    """Opens a sealed file piece by piece, from whatever brings the bytes: the worker reads them
    from a pipe and can open no file.

    ``feed`` returns what has become readable so far; every byte it returns is authentic, but only
    ``finish()`` proves that the document is whole, so nothing may be kept before that. Both raise
    ``DamagedFile``; afterwards the opener is of no more use.

    With ``room`` (as many bytes as the sealed file has) the plaintext is written there, once, and
    nothing is returned: the document is ``whole()`` after ``finish()``.
    """

    def __init__(self, key: KeyBytes, document_id: str, room: memoryview | None = None) -> None:
        self._key = bytearray(key)
        self._document_id = document_id
        self._room = room
        self._written = 0
        self._waiting = bytearray()
        self._segments: _Segments | None = None
        self._number = 0
        self._sealed_left: int | None = None  # bytes of segments still to come; None: not yet known
        self._plain_left = 0
        self.true_length: int | None = None
        """Known, and authentic, from the first segment on."""

    def feed(self, data: Bytes) -> bytes:
        """The next bytes of the file, any number of them; returns plaintext, maybe none."""
        rest = memoryview(data)
        opened: list[Bytes] = []
        while (size := self._next_size()) and len(self._waiting) + len(rest) >= size:
            missing = size - len(self._waiting)
            if self._waiting:
                self._waiting += rest[:missing]
                opened.append(self._step(self._waiting))
                self._waiting = bytearray()
            else:  # pieces that arrive as they were sealed are not even copied
                opened.append(self._step(rest[:missing]))
            rest = rest[missing:]
        self._waiting += rest
        if self._sealed_left == 0 and self._waiting:
            raise DamagedFile("lengthened")
        return b"".join(opened) if self._room is None else b""

    def finish(self) -> bytes:
        """The end of the file has come; returns the last plaintext and proves the whole."""
        if self._segments is None:
            begins_well = MAGIC.startswith(bytes(self._waiting[: len(MAGIC)]))
            raise DamagedFile("cut" if begins_well else "not_sealed")
        if self._sealed_left is None:
            last = self._only(self._segments)
            return bytes(last) if self._room is None else b""
        if self._sealed_left:
            raise DamagedFile("cut")
        return b""

    def whole(self) -> memoryview:
        """The document inside ``room``, after ``finish()``."""
        if self._room is None or self.true_length is None:
            raise ValueError("nothing was opened into a room")
        return self._room[_LENGTH_BYTES : _LENGTH_BYTES + self.true_length]

    def _next_size(self) -> int:
        """How many bytes the next step takes; 0 when the last segment was opened."""
        if self._segments is None:
            return _PREFIX_BYTES
        left = self._sealed_left
        return _SEALED_SEGMENT_BYTES if left is None else min(left, _SEALED_SEGMENT_BYTES)

    def _step(self, data: Bytes) -> Bytes:
        """The prefix, the first segment, or the next one; returns what it holds of the document."""
        if self._segments is None:
            self._segments = self._begin(bytes(data))
            return b""
        if self._sealed_left is None:
            return self._first(self._open(self._segments, data, last=False), last=False)
        left = self._sealed_left - len(data)
        plain = self._open(self._segments, data, last=left == 0)
        self._sealed_left = left
        return self._release(plain)

    def _open(self, segments: _Segments, sealed: Bytes, *, last: bool) -> Bytes:
        room = None if self._room is None else self._room[self._written :]
        plain = segments.open(self._number, sealed, last, room)
        self._number += 1
        self._written += len(plain)
        return plain

    def _begin(self, prefix: bytes) -> _Segments:
        """Magic and salt."""
        if not prefix.startswith(MAGIC[:-1]):
            raise DamagedFile("not_sealed")
        if prefix[len(MAGIC) - 1] > MAGIC[-1]:
            raise DamagedFile("newer_version")
        if not prefix.startswith(MAGIC):
            raise DamagedFile("not_sealed")
        segments = _Segments(self._key, self._document_id, prefix[len(MAGIC) :])
        wipe(self._key)
        return segments

    def _only(self, segments: _Segments) -> Bytes:
        """The one segment of a short file. Its length must be a rung; if it is not, what lies
        under the next rung down tells a lengthened file from a cut one."""
        sealed, self._waiting = self._waiting, bytearray()
        rung = _rung_at_most(len(sealed) - TAG_BYTES)
        if rung is None:
            raise DamagedFile("cut")
        whole = rung + TAG_BYTES == len(sealed)
        try:
            plain = self._open(segments, sealed[: rung + TAG_BYTES], last=True)
        except DamagedFile:
            raise DamagedFile("altered" if whole else "cut") from None
        if not whole:
            raise DamagedFile("lengthened")
        return self._first(plain, last=True)

    def _first(self, plain: Bytes, last: bool) -> Bytes:
        """The first segment: learn from it how much must follow."""
        length = int.from_bytes(plain[:_LENGTH_BYTES], "big")
        if length > LONGEST:
            raise DamagedFile("altered")
        left = sealed_length(length) - _PREFIX_BYTES - len(plain) - TAG_BYTES
        if (left == 0) != last or left < 0:
            raise DamagedFile("altered")
        self.true_length, self._sealed_left, self._plain_left = length, left, length
        return self._release(plain[_LENGTH_BYTES:])

    def _release(self, plain: Bytes) -> Bytes:
        """What of a segment is document and not padding."""
        kept = plain[: self._plain_left]
        self._plain_left -= len(kept)
        return kept


def _rung_at_most(length: int) -> int | None:
    """The highest rung of the ladder that is not above ``length``."""
    found, step, rung = None, 0, _FIRST_RUNG
    while rung <= length:
        found, step = rung, step + 1
        rung = _FIRST_RUNG * 5**step // 4**step
    return found


def open_sealed(source: BinaryIO, key: KeyBytes, document_id: str) -> Iterator[bytes]:
    """The document in a sealed file, in pieces of up to 1 MiB; needs no seeking.

    Raises ``DamagedFile``, possibly after pieces have been given out: each of them is authentic,
    but only when the iterator ends by itself is the document whole.
    """
    opener = Opener(key, document_id)
    opener.feed(source.read(_PREFIX_BYTES))  # then whole segments: nothing is copied to align them
    while data := source.read(_SEALED_SEGMENT_BYTES):
        if piece := opener.feed(data):
            yield piece
    if piece := opener.finish():
        yield piece
