"""Brings a document's bytes to its worker: ciphertext straight from the disk to the pipe."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from casefile.domain.errors import UserError
from casefile.pdf import protocol
from casefile.pdf.values import PlainFile
from casefile.security.cipher import Sealed, sealed_length

#: Larger documents are kept, not read.
LARGEST = 1024**3


class Feed:
    """A sealed file with its key, or a plain one; opened anew for every worker."""

    def __init__(self, source: Sealed | PlainFile) -> None:
        self._source = source

    @property
    def _path(self) -> Path:
        return self._source.path

    @property
    def name(self) -> str:
        """The file's name, where it tells the format (a sealed file's is random)."""
        return self._path.name if isinstance(self._source, PlainFile) else ""

    @property
    def document_id(self) -> str:
        return "" if isinstance(self._source, PlainFile) else self._source.document_id

    def key(self) -> bytes:
        return b"" if isinstance(self._source, PlainFile) else bytes(self._source.key)

    def length(self) -> int:
        """Bytes on disk. Raises ``OSError``, ``UserError("document.too_large")``."""
        length = self._path.stat().st_size
        plain = isinstance(self._source, PlainFile)
        if length > (LARGEST if plain else sealed_length(LARGEST)):
            raise UserError("document.too_large")
        return length

    def write(self, pipe: int) -> None:
        """Send exactly ``length()`` bytes. Raises ``protocol.Closed`` when the worker is gone,
        also when the file has become shorter (the worker then waits for nothing any more)."""
        with self._path.open("rb", buffering=0) as file:
            left = os.fstat(file.fileno()).st_size
            while left:
                sent = _send_some(file.fileno(), pipe, left)
                if sent == 0:
                    raise protocol.Closed
                left -= sent


def _send_some(file: int, pipe: int, most: int) -> int:
    """Linux moves pages from its cache into the pipe without copying them here."""
    if sys.platform == "linux":
        try:
            return os.splice(file, pipe, most)
        except BrokenPipeError as error:
            raise protocol.Closed from error
        except OSError:
            pass  # some file systems cannot splice
    data = os.read(file, min(most, protocol.PIPE_SIZE))
    protocol.write_all(pipe, data)
    return len(data)
