"""Where the files of a bundle go while it is made: into a folder, or straight into a ZIP.

Either way no file of a bundle is written anywhere but in the bundle.
"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from casefile.services.leaving.bagit_manifest import HashingWriter, Writable

#: The earliest time a ZIP can hold: the same bundle gives the same bytes.
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


class Sink(Protocol):
    """Takes files one after the other; names use ``/``."""

    def put(self, name: str, chunks: Iterable[bytes]) -> tuple[str, int]:
        """Write a file; returns its SHA-256 and length."""
        ...

    def discard(self, name: str) -> bool:
        """Remove the file whose ``put`` has just failed; False where that cannot be done."""
        ...


class FolderSink:
    """Writes into an empty folder; each file is durable before the next begins."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, name: str, chunks: Iterable[bytes]) -> tuple[str, int]:
        path = self._root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            written = _copy(chunks, file)
            file.flush()
            os.fsync(file.fileno())
        return written

    def discard(self, name: str) -> bool:
        (self._root / name).unlink(missing_ok=True)
        return True


class ZipSink:
    """Writes a ZIP with one folder around everything (RFC 8493, section 4)."""

    def __init__(self, archive: zipfile.ZipFile, folder: str) -> None:
        self._archive = archive
        self._folder = folder

    def put(self, name: str, chunks: Iterable[bytes]) -> tuple[str, int]:
        info = zipfile.ZipInfo(f"{self._folder}/{name}", _ZIP_TIME)
        info.create_system = 3
        info.external_attr = 0o100644 << 16
        packed = not name.endswith(".pdf")
        info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        with self._archive.open(info, "w") as file:
            return _copy(chunks, file)

    def discard(self, name: str) -> bool:
        return f"{self._folder}/{name}" not in self._archive.NameToInfo


def _copy(chunks: Iterable[bytes], file: Writable) -> tuple[str, int]:
    writer = HashingWriter(file)
    for chunk in chunks:
        writer.write(chunk)
    return writer.hexdigest(), writer.length
