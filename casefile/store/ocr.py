"""Words read from pictures of pages: the queue of pages that wait, results, failures.

The queue is not kept but asked for: pages in the state ``awaiting_ocr``, and pages with text of
documents for which reading everything was wanted, less those that failed. Words and their places
are kept compressed beside the page (``page_ocr.words``): JSON with a list of lines, each
``{"b": block, "q": the eight numbers of its place, "e": the edges of its characters (the first,
then differences), "c": confidences of its words}``; the text itself is the page's.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from casefile.domain.documents import PageState
from casefile.domain.geometry import Quad
from casefile.domain.recognised import RecognisedLine, RecognisedPage
from casefile.store import documents
from casefile.store.database import Queryable
from casefile.store.rows import fetch
from casefile.store.schema import PAGES_PER_DOCUMENT
from casefile.store.transaction import Transaction

# Pages that wait, and pages with text of documents of which all pages are to be read. Two halves,
# so that each finds its pages by an index (a CROSS JOIN is
# done in the order in which it is written).
_PAGE = (
    "page.id AS row, document.id AS id, number, title, ocr_languages, facts, page.state AS state"
)
_HERE = "complete = 1 AND deleted_at IS NULL AND document.state = 'ready'"
_QUEUE = f"""
FROM (
    SELECT {_PAGE} FROM page JOIN document ON seq = document_seq
    WHERE page.state = 'awaiting_ocr' AND {_HERE}
    UNION ALL
    SELECT {_PAGE} FROM document CROSS JOIN page ON document_seq = seq
    WHERE facts ->> 'ocr' = 'all' AND page.state = 'text' AND {_HERE}
) LEFT JOIN page_ocr ON page_id = row
WHERE failed IS NULL AND (state = 'awaiting_ocr' OR page_id IS NULL)
"""  # noqa: S608 - constants
# Where nobody named documents, those that were brought in without OCR stay out.
_WANTED = (
    " AND ((?1 = 1 AND facts ->> 'ocr' IS NOT 'off') OR id IN (SELECT value FROM json_each(?2)))"
)


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """A page in the queue, and the languages it is to be read in (codes, ``eng+deu``)."""

    document_id: str
    page: int
    title: str
    languages: str


@dataclass(frozen=True, slots=True)
class FailedPage:
    """A page that could not be read, with a code of the message catalogue and its reason."""

    document_id: str
    title: str
    page: int
    reason: str


def waiting(
    db: Queryable, only: Collection[str] | None = None, *, limit: int = -1
) -> list[WaitingPage]:
    """The queue in reading order; of the documents named, or of all that want it."""
    rows = db.query(
        "SELECT id, number, title, ocr_languages" + _QUEUE + _WANTED + " ORDER BY row LIMIT ?3",
        (*_asked(only), limit),
    )
    return [WaitingPage(r["id"], r["number"], r["title"], r["ocr_languages"]) for r in rows]


def count_waiting(db: Queryable, only: Collection[str] | None = None) -> int:
    rows = db.query("SELECT count(*) AS n" + _QUEUE + _WANTED, _asked(only))
    count: int = rows[0]["n"]
    return count


def failed(db: Queryable, only: Collection[str] | None = None) -> list[FailedPage]:
    """The pages that could not be read, in reading order."""
    rows = db.query(
        "SELECT document.id, title, number, failed FROM page_ocr"
        " JOIN page ON page.id = page_id JOIN document ON seq = document_seq"
        " WHERE failed IS NOT NULL AND complete = 1 AND deleted_at IS NULL"
        " AND (?1 = 1 OR document.id IN (SELECT value FROM json_each(?2))) ORDER BY page_id",
        _asked(only),
    )
    return [FailedPage(r["id"], r["title"], r["number"], r["failed"]) for r in rows]


def page_waits(db: Queryable, document_id: str, number: int) -> bool:
    """Whether a page is in the queue, however its document came."""
    row_id = _row_id(db, document_id, number)
    return db.one("SELECT 1" + _QUEUE + " AND row = ?", (row_id,)) is not None


def result(db: Queryable, document_id: str, number: int) -> RecognisedPage | None:
    """The words that were read on a page; None where none were."""
    row = db.one(
        "SELECT text, turned, skew, engine, words FROM page_ocr JOIN page ON page.id = page_id"
        " WHERE page_id = ? AND ocr = 1 AND state = 'text' AND failed IS NULL",
        (_row_id(db, document_id, number),),
    )
    if row is None or row["words"] is None:
        return None
    return RecognisedPage(
        _unpacked(row["text"], row["words"]), row["turned"], row["skew"], row["engine"]
    )


def confidence(db: Queryable, document_id: str, number: int) -> float | None:
    """How sure OCR was of a page, from 0 to 100; None where the page has no words from it."""
    row = db.one(
        "SELECT confidence FROM page_ocr JOIN page ON page.id = page_id"
        " WHERE page_id = ? AND ocr = 1 AND state = 'text'",
        (_row_id(db, document_id, number),),
    )
    return None if row is None else row["confidence"]


def put(
    tx: Transaction, document_id: str, number: int, page: RecognisedPage, languages: Sequence[str]
) -> None:
    """Keep what was read: the words become the page's text, searchable at once. Without words the
    page is blank; but text it had before stays."""
    row_id = _row_id(tx, document_id, number)
    before = tx.one("SELECT state FROM page WHERE id = ?", (row_id,))
    if page.lines or before is None or before["state"] != PageState.TEXT:
        state = PageState.TEXT if page.lines else PageState.BLANK
        documents.set_page_text(tx, document_id, number, page.text, ocr=True, state=state)
    _keep(tx, row_id, {
        "failed": None, "engine": page.engine, "languages": "+".join(languages),
        "confidence": page.confidence, "turned": page.turned, "skew": page.skew,
        "words": _packed(page.lines) if page.lines else None,
    })  # fmt: skip


def fail(tx: Transaction, document_id: str, number: int, reason: str) -> None:
    """Note why a page could not be read: it leaves the queue until it is tried again."""
    _keep(tx, _row_id(tx, document_id, number), {"failed": reason})


def try_again(tx: Transaction, only: Collection[str] | None = None) -> int:
    """Put pages that failed back into the queue; returns how many."""
    pages = [(_row_id(tx, page.document_id, page.page),) for page in failed(tx, only)]
    tx.execute_many("DELETE FROM page_ocr WHERE page_id = ?", pages)
    return len(pages)


def read_again(tx: Transaction, document_id: str) -> int:
    """Put every page of a document that was read, or failed, back into the queue (in other
    languages, say); returns how many. Their present words stay until then."""
    seq = fetch(tx, "document", document_id)["seq"]
    reach = (seq * PAGES_PER_DOCUMENT, (seq + 1) * PAGES_PER_DOCUMENT - 1)
    tx.execute(
        "UPDATE page SET state = 'awaiting_ocr' WHERE ocr = 1 AND id IN"
        " (SELECT page_id FROM page_ocr WHERE page_id BETWEEN ? AND ?)",
        reach,
    )
    count = tx.execute("DELETE FROM page_ocr WHERE page_id BETWEEN ? AND ?", reach)
    documents.count_again(tx, document_id)
    return count


def _asked(only: Collection[str] | None) -> tuple[int, str]:
    return int(only is None), json.dumps(sorted(only or ()))


def _row_id(db: Queryable, document_id: str, number: int) -> int:
    row_id: int = fetch(db, "document", document_id)["seq"] * PAGES_PER_DOCUMENT + number
    return row_id


def _keep(tx: Transaction, row_id: int, values: Mapping[str, object]) -> None:
    tx.execute("DELETE FROM page_ocr WHERE page_id = ?", (row_id,))
    names = ", ".join(values)
    tx.execute(
        f"INSERT INTO page_ocr (page_id, {names})"  # noqa: S608 - constants
        f" VALUES (?{', ?' * len(values)})",
        (row_id, *values.values()),
    )


def _packed(lines: Sequence[RecognisedLine]) -> bytes:
    found = [
        {
            "b": line.block,
            "q": [round(number, 2) for number in line.place.numbers()],
            "e": [
                line.edges[0],
                *(b - a for a, b in zip(line.edges, line.edges[1:], strict=False)),
            ],
            "c": line.confidences,
        }
        for line in lines
    ]
    return zlib.compress(json.dumps(found, separators=(",", ":")).encode("ascii"), 6)


def _unpacked(text: str, packed: bytes) -> tuple[RecognisedLine, ...]:
    found: list[dict[str, Any]] = json.loads(zlib.decompress(packed))
    return tuple(
        RecognisedLine(
            words, Quad.of(line["q"]), tuple(accumulate(line["e"])), tuple(line["c"]), line["b"]
        )
        for words, line in zip(text.split("\n"), found, strict=True)
    )
