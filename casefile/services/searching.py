"""Searching everything in the case."""

from __future__ import annotations

import threading
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casefile.domain.errors import UserError
from casefile.store import documents, search
from casefile.store.search import HIT_BEGINS, HIT_ENDS, KINDS, SearchHit, SearchResult

if TYPE_CHECKING:
    from casefile.services.case import Case
    from casefile.store.reader import Reader

__all__ = [
    "HIT_BEGINS",
    "HIT_ENDS",
    "KINDS",
    "NotSearched",
    "SearchHit",
    "SearchResult",
    "Searcher",
    "not_searched",
    "search_case",
]


@dataclass(frozen=True, slots=True)
class NotSearched:
    """A document with pages that have no text yet."""

    document_id: str
    title: str
    pages: int


def search_case(
    case: Case,
    query: str,
    limit: int = 50,
    kinds: Collection[str] | None = None,
    count_all: bool = False,
) -> SearchResult:
    """The first hits of ``query`` (see ``domain.searching``) in pages and in what the reporter
    wrote; only in ``kinds`` (of ``KINDS``) if given. Raises ``UserError("search.kind")``."""
    return search.search(
        case.reader(), query, limit=limit, kinds=_kinds(kinds), count_all=count_all
    )


class Searcher:
    """A search that can be interrupted: ``search`` runs on one thread, ``interrupt`` comes from
    another when the reporter types on; what ran then raises ``Cancelled``."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._lock = threading.Lock()
        self._reader: Reader | None = None

    def search(
        self, query: str, limit: int = 200, kinds: Collection[str] | None = None
    ) -> SearchResult:
        """Like ``search_case``. Raises ``Cancelled`` when interrupted."""
        reader = self._case.reader()
        with self._lock:
            self._reader = reader
        try:
            return search.search(reader, query, limit=limit, kinds=_kinds(kinds))
        finally:
            with self._lock:
                self._reader = None

    def interrupt(self) -> None:
        """Stop the search that runs at this moment, if any."""
        with self._lock:
            if self._reader is not None:
                self._reader.interrupt()

    def close(self) -> None:
        """Stop what runs; the case closes the rest."""
        self.interrupt()


def not_searched(case: Case) -> list[NotSearched]:
    """Documents outside the trash with pages that wait for OCR: no search finds what they say."""
    return [
        NotSearched(document.id, document.title, document.pages_awaiting_ocr)
        for document in documents.listing(case.reader())
        if document.pages_awaiting_ocr
    ]


def _kinds(kinds: Collection[str] | None) -> Collection[str]:
    if kinds is None:
        return KINDS
    for kind in kinds:
        if kind not in KINDS:
            raise UserError("search.kind", kind=kind, kinds=", ".join(KINDS))
    return kinds
