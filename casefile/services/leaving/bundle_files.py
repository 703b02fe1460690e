"""The files of a bundle, in a folder or in a ZIP, read without trusting either.

Both answer the same four questions: which names are there, how long is one, what are its bytes, and
what is wrong with the container. A container with a problem that makes reading it unsafe is not
``usable``; then no file in it is opened.
"""

from __future__ import annotations

import os
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

MOST_FILES = 100_000
MOST_DEPTH = 32
MOST_FILE_BYTES = 16 << 30
MOST_TOTAL_BYTES = 64 << 30
MOST_DIRECTORY_BYTES = 64 << 20

#: Deflate cannot exceed 1032:1; a real bundle stays far below this where files are large.
MOST_RATIO = 200
RATIO_COUNTS_FROM = 16 << 20

CHUNK = 1 << 20


class BundleFiles(Protocol):
    """What a bundle is made of."""

    problems: list[tuple[str, str]]
    usable: bool

    def names(self) -> list[str]: ...

    def length(self, name: str) -> int | None: ...

    def read(self, name: str) -> Iterator[bytes]: ...


class _Listing:
    """Names and lengths found, and the problems met on the way."""

    def __init__(self) -> None:
        self.problems: list[tuple[str, str]] = []
        self.usable = True
        self._lengths: dict[str, int] = {}
        self._folded: set[str] = set()
        self._total = 0
        self._seen = 0

    def names(self) -> list[str]:
        return sorted(self._lengths)

    def length(self, name: str) -> int | None:
        return self._lengths.get(name)

    def _refuse(self, code: str, name: str) -> None:
        self.problems.append((code, name))
        self.usable = False

    def _found(self, name: str, length: int) -> bool:
        """Take note of a file; False once the bundle has become too large to look at."""
        folded = unicodedata.normalize("NFC", name).casefold()
        if folded in self._folded:
            self._refuse("named_twice", name)
        self._folded.add(folded)
        self._lengths[name] = length
        self._total += length
        if (
            length > MOST_FILE_BYTES
            or self._total > MOST_TOTAL_BYTES
            or len(self._lengths) > MOST_FILES
        ):
            self._refuse("too_large", name)
            return False
        return True


class FolderFiles(_Listing):
    """A bundle that lies unpacked. Links and special files are problems and are never opened."""

    def __init__(self, root: Path) -> None:
        super().__init__()
        self._root = root
        self._walk(root, "", 0)

    def _walk(self, folder: Path, prefix: str, depth: int) -> bool:
        if depth > MOST_DEPTH:
            self._refuse("too_deep", prefix)
            return False
        with os.scandir(folder) as entries:
            for entry in entries:
                name = prefix + entry.name
                self._seen += 1
                if self._seen > MOST_FILES:
                    self._refuse("too_large", name)
                    return False
                mode = entry.stat(follow_symlinks=False).st_mode
                if stat.S_ISDIR(mode):
                    if not self._walk(Path(entry.path), name + "/", depth + 1):
                        return False
                elif stat.S_ISREG(mode):
                    if not self._found(name, entry.stat(follow_symlinks=False).st_size):
                        return False
                else:
                    self.problems.append(("link" if stat.S_ISLNK(mode) else "special", name))
        return True

    def read(self, name: str) -> Iterator[bytes]:
        """Raises ``OSError`` if the file has become a link since, or cannot be read."""
        flags = os.O_RDONLY | getattr(os, "O_BINARY", 0)
        flags |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        with os.fdopen(os.open(self._root / name, flags), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise OSError("no longer a plain file")
            left = self._lengths[name]
            while chunk := file.read(CHUNK):
                left -= len(chunk)
                if left < 0:
                    raise OSError("grew while it was read")
                yield chunk


class ZipFiles(_Listing):
    """A bundle in a ZIP, with or without one folder around everything (RFC 8493, section 4)."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._zip: zipfile.ZipFile | None = None
        self._entries: dict[str, zipfile.ZipInfo] = {}
        size = path.stat().st_size
        count, directory = central_directory(path)
        if count is None:
            self._refuse("not_a_bundle", path.name)
            return
        if count > MOST_FILES or directory > MOST_DIRECTORY_BYTES:
            self._refuse("too_large", path.name)
            return
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError):
            self._refuse("not_a_bundle", path.name)
            return
        self._list(self._zip.infolist(), size)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._zip is not None:
            self._zip.close()

    def _list(self, entries: list[zipfile.ZipInfo], size: int) -> None:
        # orig_filename is what the ZIP says; filename is already cut at a NUL by zipfile.
        names = [entry.orig_filename for entry in entries]
        files = [name for name in names if not name.endswith("/")]
        top = files[0].split("/", 1)[0] + "/" if files and "bagit.txt" not in files else ""
        if top and not all(name.startswith(top) for name in names):
            top = ""
        for entry, name in zip(entries, names, strict=True):
            if not self._acceptable(entry, name):
                continue
            if name.endswith("/"):
                continue
            inner = name[len(top) :]
            self._entries[inner] = entry
            if not self._found(inner, entry.file_size):
                return
        if sum(entry.compress_size for entry in entries) > size:
            self._refuse("overlapping", "")

    def _acceptable(self, entry: zipfile.ZipInfo, name: str) -> bool:
        mode = entry.external_attr >> 16
        code = None
        if not is_plain_path(name.removesuffix("/")):
            code = "unsafe_path"
        elif stat.S_ISLNK(mode):
            code = "link"
        elif mode and stat.S_IFMT(mode) not in {0, stat.S_IFREG, stat.S_IFDIR}:
            code = "special"
        elif entry.flag_bits & 0x1:
            code = "encrypted"
        elif entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            code = "unknown_compression"
        elif (
            entry.file_size > RATIO_COUNTS_FROM
            and entry.file_size > max(1, entry.compress_size) * MOST_RATIO
        ):
            code = "bomb"
        if code:
            self._refuse(code, name)
        return code is None

    def read(self, name: str) -> Iterator[bytes]:
        """Raises ``OSError`` for bytes that do not unpack, or are more than announced."""
        if self._zip is None:
            raise OSError("not open")
        entry = self._entries[name]
        left = entry.file_size
        try:
            with self._zip.open(entry) as file:
                while chunk := file.read(CHUNK):
                    left -= len(chunk)
                    if left < 0:
                        raise OSError("longer than announced")
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as e:
            raise OSError("cannot be unpacked") from e


def central_directory(path: Path) -> tuple[int | None, int]:
    """Number of entries and size of a ZIP's directory, from its end record alone (APPNOTE 4.3.14 to
    4.3.16): asked before ``zipfile`` reads the whole directory into memory. None: not a ZIP."""
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - (65535 + 22 + 20)))
        tail = file.read()
        at = tail.rfind(b"PK\x05\x06")
        if at < 0 or len(tail) - at < 22:
            return None, 0
        count, length = struct.unpack_from("<HI", tail, at + 10)
        if count == 0xFFFF or length == 0xFFFFFFFF:
            locator = tail[at - 20 : at] if at >= 20 else b""
            if not locator.startswith(b"PK\x06\x07"):
                return count, length
            (offset,) = struct.unpack_from("<Q", locator, 8)
            if offset + 56 > size:
                return None, 0
            file.seek(offset)
            record = file.read(56)
            if not record.startswith(b"PK\x06\x06"):
                return None, 0
            count, length = struct.unpack_from("<QQ", record, 32)
        return count, length


def is_plain_path(path: str) -> bool:
    """A relative path that stays where it is on every system."""
    if not path or len(path) > 1024 or path.startswith(("/", "~")) or "\\" in path or "\0" in path:
        return False
    parts = path.split("/")
    return not any(part in {"", ".", ".."} or ":" in part for part in parts)
