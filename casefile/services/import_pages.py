"""Writes pages while they are read, in slices so short that an edit never waits long for one."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from casefile.domain.documents import Page
from casefile.store import documents
from casefile.store.store import Store
from casefile.store.transaction import Transaction

#: What a slice aims at, in seconds; committing comes on top of it.
_AIM: Final = 0.018
_FIRST, _LEAST, _MOST = 8, 2, 48


class PageSlices:
    """Collects the pages of one document and writes them in transactions of ``job`` priority.

    How many pages go into a slice follows from how long the last one took: dense pages come in
    short slices, empty ones in long ones.
    """

    def __init__(self, store: Store, document_id: str, written: Callable[[int], None]) -> None:
        """``written`` is told how many pages are in after every slice."""
        self._store = store
        self._document_id = document_id
        self._written = written
        self._waiting: list[Page] = []
        self._size = _FIRST
        self._count = 0

    def add(self, page: Page) -> None:
        self._waiting.append(page)
        if len(self._waiting) >= self._size:
            self.flush()

    def flush(self) -> None:
        """Write what waits. Raises as ``Store.write``."""
        if not self._waiting:
            return
        pages, self._waiting = self._waiting, []

        def work(tx: Transaction) -> float:
            began = time.perf_counter()
            documents.insert_pages(tx, self._document_id, pages)
            return time.perf_counter() - began

        took = self._store.write(work, job=True)
        wanted = int(len(pages) * _AIM / max(took, 1e-6))
        self._size = max(_LEAST, min(_MOST, 2 * len(pages), wanted))
        self._count += len(pages)
        self._written(self._count)
