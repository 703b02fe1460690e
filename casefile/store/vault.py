"""The sealed files of ``documents/``: each document's original and, where there is one, its
rendition as PDF.

A file is sealed under a temporary name with a fresh random key, made durable and then renamed; only
a row committed after that makes it part of the case. Names are random, and every file carries the
same time: neither tells which document it is.
"""

from __future__ import annotations

import hashlib
import io
import os
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from casefile.domain.errors import UserError
from casefile.security.cipher import DamagedFile, Sealed, open_sealed, seal
from casefile.security.keys import KeyBytes, new_key
from casefile.security.wrapping import unwrap_key, wrap_key
from casefile.store.database import write_failure
from casefile.store.folder import CaseFolder, flush_folder

#: Seconds since 1970: the first moment of 2000, on every file.
ONE_TIME = 946_684_800
_NEW = ".new-"


@dataclass(frozen=True, slots=True)
class VaultFile:
    """A row of ``vault_file``. ``length`` and ``sha256`` are the plaintext's; ``role`` is
    ``original`` or ``rendition``."""

    name: str
    document_id: str
    role: str
    wrapped_key: bytes
    length: int
    sha256: str


class Vault:
    """Seals files into a case folder and opens them again. ``wrapping_key`` is the case's
    sub-key for documents; ``close`` wipes it."""

    def __init__(self, folder: CaseFolder, wrapping_key: KeyBytes) -> None:
        self._folder = folder
        self._wrapping_key = bytearray(wrapping_key)

    def add(
        self,
        plain: bytes | bytearray | BinaryIO | Iterable[bytes],
        document_id: str,
        role: str,
        *,
        length: int | None = None,
    ) -> VaultFile:
        """Seal ``plain`` durably and say what its row must hold; streams.

        ``length`` in bytes must be given unless ``plain`` is bytes or a file of the system.
        Raises ``UserError``: ``store.full``, ``store.unreachable``, ``case.read_only``,
        ``document.changed_while_read``; an ``OSError`` of ``plain`` itself passes. Nothing is left
        behind then.
        """
        if isinstance(plain, (bytes, bytearray)):
            length, plain = len(plain), io.BytesIO(plain)
        if length is None:
            length = os.fstat(cast("BinaryIO", plain).fileno()).st_size
        name, key = secrets.token_hex(16), new_key()
        temporary = self._folder.documents / (_NEW + name)
        digest = hashlib.sha256()
        try:
            with _writes_told():
                raw = io.FileIO(temporary, "xb", opener=_privately)
            with raw:
                out = cast("BinaryIO", _Out(raw))  # sealing only writes
                seal(_hashed(plain, digest), length, key, document_id, out)
                with _writes_told():
                    os.fsync(raw.fileno())
            with _writes_told():
                os.utime(temporary, (ONE_TIME, ONE_TIME))
                temporary.rename(self._folder.documents / name)
                flush_folder(self._folder.documents)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        wrapped = wrap_key(self._wrapping_key, key, document_id, role)
        return VaultFile(name, document_id, role, wrapped, length, digest.hexdigest())

    def open(self, file: VaultFile) -> Sealed:
        """The sealed file and its key, for whoever reads it. Raises ``DamagedFile`` if the row's
        key was tampered with, ``UserError("document.file_missing")`` if the file is gone."""
        path = self._folder.documents / file.name
        if not path.is_file():
            raise UserError("document.file_missing", id=file.document_id)
        key = unwrap_key(self._wrapping_key, file.wrapped_key, file.document_id, file.role)
        return Sealed(path, key, file.document_id)

    def read(self, file: VaultFile) -> Iterator[bytes]:
        """The plaintext in pieces of up to 1 MiB. Raises ``DamagedFile``, at the latest at the
        end: what came before it must not be kept. Also raised if the content is not what the row
        says (its hash)."""
        sealed = self.open(file)
        digest = hashlib.sha256()
        try:
            with sealed.path.open("rb") as source:
                for piece in open_sealed(source, sealed.key, sealed.document_id):
                    digest.update(piece)
                    yield piece
        except OSError as error:
            raise UserError("document.unreadable_disk", reason=error.strerror or "") from error
        if digest.hexdigest() != file.sha256:
            raise DamagedFile("altered")

    def verify(self, file: VaultFile) -> None:
        """Read the whole file. Raises as ``read`` does."""
        for _piece in self.read(file):
            pass

    def remove(self, file: VaultFile) -> None:
        """Remove a file whose row is gone."""
        (self._folder.documents / file.name).unlink(missing_ok=True)

    def sweep(self, known: Iterable[str]) -> int:
        """Remove files that no row knows: leftovers of a killed import. Only for the holder of
        the writer's lock, before any import begins. Returns how many were removed."""
        names = set(known)
        removed = 0
        for path in self._folder.documents.iterdir():
            if path.name not in names and (_is_name(path.name) or path.name.startswith(_NEW)):
                path.unlink(missing_ok=True)
                removed += 1
        return removed

    def strangers(self, known: Iterable[str]) -> list[str]:
        """Names in ``documents/`` that no row knows."""
        names = set(known)
        try:
            return sorted(p.name for p in self._folder.documents.iterdir() if p.name not in names)
        except OSError:
            return []

    def close(self) -> None:
        """Wipe the key."""
        self._wrapping_key[:] = bytes(len(self._wrapping_key))


def _privately(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


class _Out:
    """Writes with failures in the reporter's words, apart from failures to read the source."""

    def __init__(self, raw: io.FileIO) -> None:
        self._raw = raw

    def write(self, data: bytes | memoryview) -> int:
        with _writes_told():
            return self._raw.write(data)


class _writes_told:  # noqa: N801 - used as a statement
    """``OSError`` within becomes ``UserError``."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, OSError):
            raise write_failure(error) from error


def _hashed(plain: BinaryIO | Iterable[bytes], digest: Any) -> Iterator[bytes]:
    pieces = iter(lambda: plain.read(1 << 20), b"") if hasattr(plain, "read") else iter(plain)
    for piece in pieces:
        digest.update(piece)
        yield piece


def _is_name(name: str) -> bool:
    return len(name) == 32 and set(name) <= set("0123456789abcdef")


def names_in(folder: Path) -> set[str]:
    """The names of sealed files in a ``documents/`` folder."""
    return {path.name for path in folder.iterdir() if _is_name(path.name)}
