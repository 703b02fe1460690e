"""Full-text search over pages and over everything the reporter wrote.

Ranking (BM25) reads the length of every hit, so only few hits are ranked; of many, the first ones
in the order of import and page are shown. Counting stops early for the same reason. Deleted things
and documents whose import has not finished never show.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from casefile.domain.searching import parse_query, unspaced
from casefile.store.reader import Reader
from casefile.store.schema import PAGES_PER_DOCUMENT

#: Counting stops here, and above it hits are not ranked.
MOST_COUNTED = 1_000
#: What can be found; "page" stands for the text of documents.
KINDS = (
    "page", "document", "quote", "source", "followup", "annotation", "request", "request_event",
    "letter",
)  # fmt: skip

#: Around a hit within a snippet.
HIT_BEGINS, HIT_ENDS = "\x02", "\x03"
_SNIPPET_WORDS = 16

_SHIFT = PAGES_PER_DOCUMENT.bit_length() - 1
_PAGES = f"""
    FROM page_fts CROSS JOIN document ON document.seq = page_fts.rowid >> {_SHIFT}
    WHERE page_fts MATCH :match AND document.complete = 1 AND document.deleted_at IS NULL
"""
_ITEMS = """
    FROM item_fts CROSS JOIN item_text ON item_text.id = item_fts.rowid
    WHERE item_fts MATCH :match AND instr(:kinds, ' ' || item_text.kind || ' ') > 0
    AND NOT (item_text.kind = 'annotation' AND EXISTS (
        SELECT 1 FROM annotation JOIN document ON document.id = annotation.document_id
        WHERE annotation.id = item_text.item_id AND document.deleted_at IS NOT NULL))
    AND NOT (item_text.kind = 'letter' AND EXISTS (
        SELECT 1 FROM letter JOIN request ON request.id = letter.request_id
        WHERE letter.id = item_text.item_id AND request.deleted_at IS NOT NULL))
    AND NOT (item_text.kind = 'request_event' AND EXISTS (
        SELECT 1 FROM request_event JOIN request ON request.id = request_event.request_id
        WHERE request_event.id = item_text.item_id AND request.deleted_at IS NOT NULL))
"""
#: Where a hit's document, page and source are found, by kind.
_PLACES = {
    "document": "SELECT id AS document_id, NULL AS page, source_id, title FROM document",
    "annotation": "SELECT document_id, page, document.source_id, document.title FROM annotation"
    " JOIN document ON document.id = document_id",
    "quote": "SELECT document_id, page, quote.source_id, document.title FROM quote"
    " LEFT JOIN document ON document.id = document_id",
    "source": "SELECT NULL AS document_id, NULL AS page, id AS source_id, NULL AS title"
    " FROM source",
    "followup": "SELECT CASE linked_kind WHEN 'document' THEN linked_id END AS document_id,"
    " linked_page AS page, NULL AS source_id, NULL AS title FROM followup",
    "request": "SELECT NULL AS document_id, NULL AS page, NULL AS source_id, NULL AS title"
    " FROM request",
    "request_event": "SELECT NULL AS document_id, NULL AS page, NULL AS source_id,"
    " request.agency AS title FROM request_event JOIN request ON request.id = request_id",
    "letter": "SELECT NULL AS document_id, NULL AS page, NULL AS source_id,"
    " request.agency AS title FROM letter JOIN request ON request.id = request_id",
}


@dataclass(frozen=True, slots=True)
class SearchHit:
    """``id`` is the thing found (of a page: its document). ``snippet`` is plain text in which hits
    stand between ``HIT_BEGINS`` and ``HIT_ENDS``. ``source_id`` is whose protection it shares."""

    kind: str
    id: str
    document_id: str | None
    title: str
    page: int | None
    snippet: str
    source_id: str | None = None


@dataclass(frozen=True, slots=True)
class SearchResult:
    """``counts`` tells how many of each group were found: "page", and "item" for the rest; without
    ``total_is_exact`` there are more."""

    total: int
    total_is_exact: bool
    hits: tuple[SearchHit, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)


def search(
    reader: Reader,
    query: str,
    *,
    limit: int = 50,
    kinds: Collection[str] = KINDS,
    count_all: bool = False,
) -> SearchResult:
    """The first ``limit`` hits of what was typed, pages before other things (which are left a
    quarter of the room). Whatever ``query`` is, no error; ``reader.interrupt()`` from another
    thread makes it raise ``Cancelled``."""
    match = parse_query(query).match
    if match is None:
        return SearchResult(0, total_is_exact=True)
    most = -1 if count_all else MOST_COUNTED + 1
    wanted = {"match": match, "kinds": f" {' '.join(kinds)} ", "most": most}
    with reader.snapshot():
        pages = _count(reader, _PAGES, wanted) if "page" in kinds else 0
        items = _count(reader, _ITEMS, wanted) if set(kinds) - {"page"} else 0
        room = min(items, limit - min(pages, limit - min(items, limit // 4)))
        hits = (
            *_page_hits(reader, wanted, pages, limit - room),
            *_item_hits(reader, wanted, items, room),
        )
    exact = count_all or (pages + items <= MOST_COUNTED)
    total = pages + items if count_all else min(pages + items, MOST_COUNTED)
    return SearchResult(total, exact, hits, {"page": pages, "item": items})


def in_document(
    reader: Reader, document_id: str, query: str, *, limit: int = MOST_COUNTED
) -> list[SearchHit]:
    """The pages of one document on which ``query`` is found, in order."""
    match = parse_query(query).match
    document = reader.one("SELECT seq, title, source_id FROM document WHERE id = ?", (document_id,))
    if match is None or document is None:
        return []
    rows = reader.query(
        f"SELECT rowid AS id, {_snippet('page_fts')} AS snippet FROM page_fts"  # noqa: S608
        " WHERE page_fts MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid LIMIT ?",
        (
            match,
            document["seq"] << _SHIFT,
            (document["seq"] << _SHIFT) + PAGES_PER_DOCUMENT - 1,
            limit,
        ),
    )
    return [
        SearchHit(
            "page", document_id, document_id, document["title"],
            row["id"] % PAGES_PER_DOCUMENT, unspaced(row["snippet"]), document["source_id"],
        )
        for row in rows
    ]  # fmt: skip


def _count(reader: Reader, found: str, wanted: Mapping[str, object]) -> int:
    row = reader.one(f"SELECT count(*) AS n FROM (SELECT 1 {found} LIMIT :most)", wanted)  # noqa: S608
    return 0 if row is None else int(row["n"])


def _snippet(table: str) -> str:
    return f"snippet({table}, -1, char(2), char(3), '…', {_SNIPPET_WORDS})"


def _order(found: int) -> str:
    return "ORDER BY rank" if found <= MOST_COUNTED else ""


def _page_hits(
    reader: Reader, wanted: Mapping[str, object], found: int, limit: int
) -> list[SearchHit]:
    if not found or limit <= 0:
        return []
    rows = reader.query(
        "SELECT page_fts.rowid AS page_id, document.id, document.title, document.source_id,"
        f" {_snippet('page_fts')} AS snippet {_PAGES} {_order(found)} LIMIT :limit",
        {**wanted, "limit": limit},
    )
    return [
        SearchHit(
            "page", row["id"], row["id"], row["title"], row["page_id"] % PAGES_PER_DOCUMENT,
            unspaced(row["snippet"]), row["source_id"],
        )
        for row in rows
    ]  # fmt: skip


def _item_hits(
    reader: Reader, wanted: Mapping[str, object], found: int, limit: int
) -> list[SearchHit]:
    if not found or limit <= 0:
        return []
    rows = reader.query(
        "SELECT item_text.kind, item_text.item_id, item_text.title,"
        f" {_snippet('item_fts')} AS snippet {_ITEMS} {_order(found)} LIMIT :limit",
        {**wanted, "limit": limit},
    )
    hits = []
    for row in rows:
        kind, item_id = row["kind"], row["item_id"]
        place = reader.one(f"{_PLACES[kind]} WHERE {kind}.id = ?", (item_id,)) or {}
        hits.append(
            SearchHit(
                kind, item_id, place.get("document_id"), place.get("title") or row["title"],
                place.get("page"), unspaced(row["snippet"]), place.get("source_id"),
            )
        )  # fmt: skip
    return hits
