"""``case.casefile``: the file that opens a case.

It is one JSON object in the canonical form of RFC 8785, in UTF-8, followed by one line feed; any
other bytes, even another blank, are damage. Members::

    format          "casefile"
    format_version  1
    case_id         the case's id, 16 to 64 characters of 0-9 a-f
    slots           list of 1 to 16 slots, at least one for a passphrase; slots.py says how a
                    slot is opened
    checksum        "sha256:" + 64 hex digits: SHA-256 over the canonical JSON of the other members

A slot has ``id`` (16 hex digits, random), ``kind`` (``passphrase``, ``recovery`` or ``keyring``),
``kdf``, ``nonce`` (12 bytes) and ``ciphertext`` (32 bytes and a 16-byte tag); bytes are lower-case
hex. ``kdf`` is, for a passphrase, ``{"algorithm": "argon2id", "memory_kib", "parallelism", "salt",
"time_cost", "version": 19}``, else ``{"algorithm": "hkdf-sha256", "salt"}``; salts have 16 bytes.

The checksum is no protection against an attacker, who can compute it too (the tags of the slots
are). It tells a spoiled file from a wrong passphrase: after it fits, a slot that does not open was
tried with the wrong secret. ``format`` and ``format_version`` keep their names and types in every
later format, so that a newer file is recognised as such by an older program.

An identical copy lies in ``backups/case.casefile`` and is offered when the first is spoiled.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from casefile.domain.errors import UserError
from casefile.security.header_slots import Slot, slot_from_json, slot_to_json

FORMAT_VERSION: Final = 1
FILE_NAME: Final = "case.casefile"
MOST_BYTES: Final = 64 * 1024
_MOST_SLOTS: Final = 16
_MEMBERS: Final = {"format", "format_version", "case_id", "slots", "checksum"}
_CASE_ID: Final = re.compile(r"[0-9a-f]{16,64}")


@dataclass(frozen=True, slots=True)
class CaseHeader:
    """What ``case.casefile`` says. Holds no secret; nothing in it tells what the case is about."""

    case_id: str
    slots: tuple[Slot, ...]
    format_version: int = FORMAT_VERSION

    def __post_init__(self) -> None:
        if not _CASE_ID.fullmatch(self.case_id):
            raise ValueError("a case id is 16 to 64 digits of 0-9 a-f")

    def of_kind(self, kind: str) -> tuple[Slot, ...]:
        return tuple(slot for slot in self.slots if slot.kind == kind)


def canonical_json(value: Any) -> bytes:
    """RFC 8785. ``value``: dicts with string keys, lists, strings, whole numbers to 2^53."""
    import rfc8785

    return rfc8785.dumps(value)


def _checksum(members: dict[str, Any]) -> str:
    summed = {name: value for name, value in members.items() if name != "checksum"}
    return "sha256:" + hashlib.sha256(canonical_json(summed)).hexdigest()


def to_bytes(header: CaseHeader) -> bytes:
    """The exact bytes of the file."""
    members: dict[str, Any] = {
        "format": "casefile",
        "format_version": header.format_version,
        "case_id": header.case_id,
        "slots": [slot_to_json(slot) for slot in header.slots],
    }
    members["checksum"] = _checksum(members)
    return canonical_json(members) + b"\n"


def from_bytes(data: bytes) -> CaseHeader:
    """Raises ``UserError``: ``header.too_large`` (over 64 KiB), ``header.damaged``,
    ``header.newer_version`` (value ``version``), ``header.refused`` (costs out of bounds)."""
    if len(data) > MOST_BYTES:
        raise UserError("header.too_large")
    try:
        return _from_json(data)
    except (ValueError, RecursionError):
        # ValueError covers JSON, UTF-8, numbers with thousands of digits and RFC 8785's refusals.
        raise UserError("header.damaged") from None


def _from_json(data: bytes) -> CaseHeader:
    members = json.loads(data.decode("utf-8"))
    if not isinstance(members, dict) or members.get("format") != "casefile":
        raise ValueError("not a Casefile header")
    _refuse_newer(members.get("format_version"))
    if members.get("checksum") != _checksum(members) or canonical_json(members) + b"\n" != data:
        raise ValueError("not as it was written")
    return _from_members(members)


def _refuse_newer(version: object) -> None:
    """Before the checksum, because a later format may reckon it otherwise."""
    if type(version) is int and version > FORMAT_VERSION:
        raise UserError("header.newer_version", version=version, known=FORMAT_VERSION)


def _from_members(members: dict[str, Any]) -> CaseHeader:
    if set(members) != _MEMBERS:
        raise ValueError("other members than format 1 has")
    version, case_id, slots = (members[m] for m in ("format_version", "case_id", "slots"))
    typed = type(version) is int and isinstance(case_id, str) and isinstance(slots, list)
    if not typed or version != FORMAT_VERSION or len(slots) > _MOST_SLOTS:
        raise ValueError("members of another kind than format 1 has")
    read = tuple(slot_from_json(slot) for slot in slots)
    if len({slot.id for slot in read}) != len(read):
        raise ValueError("two slots with one id")
    if not any(slot.kind == "passphrase" for slot in read):
        raise ValueError("a case keeps its passphrase")
    return CaseHeader(case_id, read, version)


def read_header(path: Path) -> CaseHeader:
    """Raises ``UserError``: ``header.missing``, ``header.unreadable`` (value ``reason``) and those
    of ``from_bytes``."""
    try:
        with path.open("rb") as file:
            return from_bytes(file.read(MOST_BYTES + 1))
    except (FileNotFoundError, NotADirectoryError):
        raise UserError("header.missing") from None
    except OSError as error:
        raise UserError("header.unreadable", reason=error.strerror or "") from None


def copy_path(path: Path) -> Path:
    """Where the copy of the header at ``path`` lies."""
    return path.parent / "backups" / FILE_NAME


def read_copy(path: Path) -> CaseHeader | None:
    """The sound copy of the header at ``path``, or None; what ``restore_copy`` would put back."""
    try:
        return read_header(copy_path(path))
    except UserError:
        return None


def write_header(path: Path, header: CaseHeader) -> None:
    """Replace the header at ``path`` at one stroke (written beside it, fsynced, renamed, the folder
    fsynced), then its copy if ``backups/`` is there. After a crash in between, the copy is older:
    ``refresh_copy`` at the next opening mends that.

    Raises ``UserError("header.not_written", reason=...)``: then the header is as it was.
    """
    data = to_bytes(header)
    with _told_to_the_reporter():
        _replace(path, data)
        if copy_path(path).parent.is_dir():
            _replace(copy_path(path), data)


def refresh_copy(path: Path) -> bool:
    """Make the copy like the sound header at ``path``; True if it was missing or another. An old
    copy would still open with an old passphrase."""
    data = to_bytes(read_header(path))
    copy = copy_path(path)
    if not copy.parent.is_dir() or (copy.is_file() and copy.read_bytes() == data):
        return False
    with _told_to_the_reporter():
        _replace(copy, data)
    return True


def restore_copy(path: Path) -> CaseHeader:
    """Put the copy in the place of a spoiled or missing header, whose bytes are kept beside it as
    ``case.casefile.damaged``. Raises ``UserError("header.no_copy")`` when there is no sound one."""
    header = read_copy(path)
    if header is None:
        raise UserError("header.no_copy")
    with _told_to_the_reporter():
        if path.is_file():
            path.replace(path.with_name(FILE_NAME + ".damaged"))
        _replace(path, to_bytes(header))
    return header


@contextmanager
def _told_to_the_reporter() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UserError("header.not_written", reason=error.strerror or "") from None


def _replace(path: Path, data: bytes) -> None:
    """Write and fsync a new file beside ``path``, rename it over, fsync the folder."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(temporary, flags, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    if hasattr(os, "O_DIRECTORY"):
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
