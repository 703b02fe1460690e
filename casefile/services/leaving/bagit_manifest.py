"""BagIt 1.0 (RFC 8493) written while the files are written: hashes are streamed, nothing is read
twice."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
MANIFEST = "manifest-sha256.txt"
TAG_MANIFEST = "tagmanifest-sha256.txt"


class Writable(Protocol):
    """Anything bytes can be written to."""

    def write(self, data: bytes, /) -> object: ...


class HashingWriter:
    """Passes bytes on to ``out`` and keeps their SHA-256 and number."""

    def __init__(self, out: Writable) -> None:
        self._out = out
        self._hash = hashlib.sha256()
        self.length = 0

    def write(self, data: bytes) -> None:
        self._out.write(data)
        self._hash.update(data)
        self.length += len(data)

    def hexdigest(self) -> str:
        return self._hash.hexdigest()


@dataclass
class Bag:
    """Collects what was written; paths use ``/`` and are relative to the bag."""

    payload: dict[str, tuple[str, int]] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)

    def add(self, path: str, sha256: str, length: int) -> None:
        """Record a file that was written: payload under ``data/``, any other a tag file."""
        if path.startswith("data/"):
            self.payload[path] = (sha256, length)
        else:
            self.tags[path] = sha256

    def oxum(self) -> str:
        """``bytes.files`` of the payload."""
        return f"{sum(n for _, n in self.payload.values())}.{len(self.payload)}"

    def info(self, made_on: str, agent: str, note: str) -> bytes:
        """bag-info.txt."""
        fields = {
            "Bag-Software-Agent": agent,
            "Bagging-Date": made_on,
            "External-Description": note,
            "Payload-Oxum": self.oxum(),
        }
        return "".join(f"{name}: {value}\n" for name, value in fields.items()).encode()

    def manifest(self) -> bytes:
        return _lines({path: digest for path, (digest, _) in self.payload.items()})

    def tag_manifest(self) -> bytes:
        return _lines(self.tags)


def _lines(digests: Mapping[str, str]) -> bytes:
    return "".join(f"{digests[path]}  {encoded(path)}\n" for path in sorted(digests)).encode()


def encoded(path: str) -> str:
    """A path as a manifest holds it (RFC 8493, 2.1.3): CR, LF and % are percent-encoded."""
    return path.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def decoded(path: str) -> str:
    """The path that ``encoded`` stood for; other percent signs are left alone."""
    for code, character in (("%0D", "\r"), ("%0d", "\r"), ("%0A", "\n"), ("%0a", "\n")):
        path = path.replace(code, character)
    return path.replace("%25", "%")


def sha256_of(chunks: Iterable[bytes]) -> tuple[str, int]:
    """Hash and length of a stream."""
    digest, length = hashlib.sha256(), 0
    for chunk in chunks:
        digest.update(chunk)
        length += len(chunk)
    return digest.hexdigest(), length
