"""Search over a generated case, against the same statements on plain sqlite3.

``CASEFILE_BENCH_PAGES`` sets how many pages are generated (100,000 unless told).
"""

from __future__ import annotations

import os
import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from casefile.domain.documents import Document, DocumentState, Page, PageState, Provenance
from casefile.store import documents, search
from casefile.store.folder import CaseFolder
from casefile.store.ids import new_id, now
from casefile.store.reader import Reader
from casefile.store.store import Store
from tests.bench.figures import Figure, percentile, seconds

PAGES = int(os.environ.get("CASEFILE_BENCH_PAGES", "100000"))
WORDS_ON_A_PAGE = 350
_PARAGRAPH, _PARAGRAPHS, _VOCABULARY = 50, 3_000, 40_000
_PAGES_IN_A_DOCUMENT = 500
_SLICE = 250
ROUNDS = 3
_KEY = bytes(range(32))


def measure(workspace: Path) -> list[Figure]:
    material = Material(random.Random(2026))
    store = build(CaseFolder.create(workspace / "case"), material)
    try:
        plain = Plain(store, workspace / "plain.db")
        reader = store.reader()
        figures = []
        for kind, queries in material.queries().items():
            sealed, peer = _times(reader, queries), _times(cast("Reader", plain), queries)
            ours, theirs = percentile(sealed, 95) * 1000, percentile(peer, 95) * 1000
            ratio = sum(sealed) / sum(peer)
            figures.append(
                Figure(
                    f"search {PAGES:,} pages, {kind}, p95 of {len(sealed)}", "ms", ours,
                    "the same statements, plain sqlite3", theirs, ratio,
                    "p95 <= 50 ms and total <= 1.2 x", ours <= 50 and ratio <= 1.2,
                )
            )  # fmt: skip
        plain.close()
        return figures
    finally:
        store.close()


def _times(reader: Reader, queries: list[str]) -> list[float]:
    """Seconds of every query, each run ``ROUNDS`` times in shuffled order, caches warm."""
    for query in queries:
        search.search(reader, query)
    order = queries * ROUNDS
    random.Random(7).shuffle(order)
    return [seconds(lambda q=query: search.search(reader, q)) for query in order]


class Material:
    """Words whose frequencies follow Zipf's law, in paragraphs that come back on many pages, so
    that phrases have tens to hundreds of hits."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        letters = "etaoinshrdlucmfwypvbgk"
        words: set[str] = set()
        while len(words) < _VOCABULARY:
            words.add("".join(chance.choices(letters, k=chance.randint(3, 11))))
        self._words = sorted(words)
        chance.shuffle(self._words)
        weights = [1 / (rank + 1) for rank in range(_VOCABULARY)]
        self._paragraphs = [
            chance.choices(self._words, weights, k=_PARAGRAPH) for _ in range(_PARAGRAPHS)
        ]
        self._lines = [" ".join(paragraph) for paragraph in self._paragraphs]

    def page(self) -> str:
        count = WORDS_ON_A_PAGE // _PARAGRAPH
        return "\n".join(self._chance.choices(self._lines, k=count))

    def queries(self) -> dict[str, list[str]]:
        used = sorted({word for paragraph in self._paragraphs for word in paragraph})
        rank = {word: at for at, word in enumerate(self._words)}
        used.sort(key=rank.__getitem__)
        common, middle, rare = used[:20], used[200:600:10], used[-400::10]
        phrases = []
        for paragraph in self._paragraphs[:60]:
            at = self._chance.randrange(_PARAGRAPH - 4)
            length = self._chance.randint(2, 4)
            phrases.append('"' + " ".join(paragraph[at : at + length]) + '"')
        pairs = [
            " ".join(self._chance.sample(paragraph, 2)) for paragraph in self._paragraphs[60:100]
        ]
        prefixes = sorted({word[:2] + "*" for word in common + middle + rare})
        return {
            "terms": common + middle + rare,
            "two words": pairs,
            "prefixes of two letters": prefixes,
            "phrases": phrases,
        }


def build(folder: CaseFolder, material: Material, pages: int = PAGES) -> Store:
    """A case with so many generated pages and no files."""
    store = Store.create(folder, _KEY, _KEY)
    for start in range(0, pages, _PAGES_IN_A_DOCUMENT):
        document = Document(
            new_id(), f"Release {start}", f"{start}.pdf", f"{start:064x}", 1, "pdf",
            Provenance.RELEASED, None, None, None, DocumentState.READY, None, 0, 0, 0, False,
            now(), None,
        )  # fmt: skip
        store.write(lambda tx, new=document: documents.begin_import(tx, new))
        for first in range(1, _PAGES_IN_A_DOCUMENT + 1, _SLICE):
            new = [
                Page(document.id, n, str(n), 612, 792, material.page(), False, PageState.TEXT)
                for n in range(first, first + _SLICE)
            ]
            store.write(_inserting(document.id, new), job=True)
        store.write(lambda tx, i=document.id: documents.finish_import(tx, i))
    return store


def _inserting(document_id: str, pages: list[Page]) -> Callable[[Any], None]:
    return lambda tx: documents.insert_pages(tx, document_id, pages)


class Plain:
    """The same tables, unencrypted, behind the standard library's sqlite3; answers like a
    ``Reader``."""

    def __init__(self, store: Store, path: Path) -> None:
        connection = store.connect_copying()
        connection.execute("ATTACH ? AS plain KEY ''", (str(path),))
        connection.execute("SELECT sqlcipher_export('plain')")
        connection.execute("DETACH plain")
        connection.close()
        self._connection = sqlite3.connect(path)
        self._connection.execute("PRAGMA cache_size = -32768")

    def query(self, sql: str, parameters: Any = ()) -> list[dict[str, Any]]:
        cursor = self._connection.execute(sql, parameters)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]

    def one(self, sql: str, parameters: Any = ()) -> dict[str, Any] | None:
        return next(iter(self.query(sql, parameters)), None)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        yield

    def close(self) -> None:
        self._connection.close()
