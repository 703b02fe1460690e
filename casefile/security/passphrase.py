"""From what the reporter typed, or put into a file, to the bytes that go into Argon2id."""

from __future__ import annotations

import unicodedata

from casefile.domain.errors import UserError

_LONGEST = 65_536
"""Bytes; far above any passphrase, so that a wrong file named by mistake is refused at once."""


def to_bytes(passphrase: str) -> bytearray:
    """The passphrase in Unicode normal form C, as UTF-8; nothing is trimmed or case-folded.

    Raises ``UserError``: ``passphrase.empty``, ``passphrase.too_long`` (over 64 KiB),
    ``passphrase.not_text`` (holds half a character, as from a file that is not UTF-8).
    """
    if not passphrase:
        raise UserError("passphrase.empty")
    if len(passphrase) > _LONGEST:
        raise UserError("passphrase.too_long")
    try:
        encoded = unicodedata.normalize("NFC", passphrase).encode("utf-8")
    except UnicodeEncodeError:
        raise UserError("passphrase.not_text") from None
    if len(encoded) > _LONGEST:
        raise UserError("passphrase.too_long")
    return bytearray(encoded)


def from_file(content: bytes) -> str:
    """The first line of a passphrase file, without a byte-order mark and without its line end
    (LF or CR LF); blanks belong to the passphrase.

    Raises ``UserError``: ``passphrase.not_text`` when it is not UTF-8, ``passphrase.empty``,
    ``passphrase.too_long``.
    """
    line = content.split(b"\n", 1)[0].removesuffix(b"\r")
    if len(line) > _LONGEST:
        raise UserError("passphrase.too_long")
    try:
        text = line.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UserError("passphrase.not_text") from None
    if not text:
        raise UserError("passphrase.empty")
    return text
