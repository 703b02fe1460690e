"""Which contents are being imported at this moment, so that two equal files become one document."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class _Claim:
    def __init__(self) -> None:
        self.ended = threading.Event()


class Claims:
    """Shared by every import of a case."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._claims: dict[str, _Claim] = {}
        self._begun: set[str] = set()

    @contextmanager
    def claim(self, sha256: str) -> Iterator[None]:
        """Whoever comes second with the same content waits until the first has ended, and then
        looks whether it is in the case. A claim is never waited for while another is held, except
        by what contains it, so there is no ring."""
        while True:
            with self._lock:
                held = self._claims.get(sha256)
                if held is None:
                    mine = self._claims[sha256] = _Claim()
                    break
            held.ended.wait()
        try:
            yield
        finally:
            with self._lock:
                del self._claims[sha256]
            mine.ended.set()

    def begin(self, document_id: str) -> None:
        """A document whose rows are being written."""
        with self._lock:
            self._begun.add(document_id)

    def end(self, document_id: str) -> None:
        """It is complete, or given up."""
        with self._lock:
            self._begun.discard(document_id)

    def is_begun(self, document_id: str) -> bool:
        with self._lock:
            return document_id in self._begun
