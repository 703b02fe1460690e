"""Where words in a row stand, over all pages at once: no page is read for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from casefile.domain.searching import Query, Term
from casefile.store.database import Queryable
from casefile.store.schema import PAGES_PER_DOCUMENT

#: Phrases asked for at once, and pages of one answer.
_AT_ONCE, _MOST_PAGES = 8, 4_000


def places(
    db: Queryable, phrases: Iterable[Sequence[str]]
) -> list[tuple[Sequence[str], list[tuple[str, int]]]]:
    """For each phrase (given as its spellings) the pages that hold it, as document and number, in
    the order of import. Pages of documents in the trash are among them."""
    ids = {row["seq"]: row["id"] for row in db.query("SELECT seq, id FROM document WHERE complete")}
    every = list(phrases)
    found = []
    for start in range(0, len(every), _AT_ONCE):
        some = every[start : start + _AT_ONCE]
        # Most phrases of a letter stand nowhere: several are asked for at once, and one by one
        # only where that finds anything.
        if not _rows(db, [spelt for each in some for spelt in each], most=1):
            continue
        for each in some:
            pages = [
                (ids[row // PAGES_PER_DOCUMENT], row % PAGES_PER_DOCUMENT)
                for row in _rows(db, each, most=_MOST_PAGES)
                if row // PAGES_PER_DOCUMENT in ids
            ]
            if pages:
                found.append((each, pages))
    return found


def _rows(db: Queryable, spellings: Sequence[str], *, most: int) -> list[int]:
    matches = [Query((Term(spelt),)).match for spelt in spellings]
    rows = db.query(
        "SELECT rowid AS id FROM page_fts WHERE page_fts MATCH ? ORDER BY rowid LIMIT ?",
        (" OR ".join(each for each in matches if each), most),
    )
    return [int(row["id"]) for row in rows]
