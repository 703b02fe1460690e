"""What a search found, in groups: pages first, then what the reporter wrote."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

from casefile.ui.models.columns import Column
from casefile.ui.models.tree import Node
from casefile.ui.models.words import KINDS, one_line, visible

if TYPE_CHECKING:
    from casefile.services.searching import SearchHit

#: Around a hit within a snippet, as the store marks them.
BEGINS, ENDS = "\x02", "\x03"

#: The groups in their order, each with the kinds of hits it holds.
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Pages", ("page",)),
    ("Documents", ("document",)),
    ("Quotes", ("quote",)),
    ("Sources", ("source",)),
    ("Marks", ("annotation",)),
    ("Follow-ups", ("followup",)),
    ("Requests", ("request", "request_event", "letter")),
)

#: What belongs to a request: a hit names its agency.
OF_REQUESTS = frozenset({"request", "request_event", "letter"})

_MARKED = re.compile(f"{BEGINS}([^{ENDS}]*){ENDS}")
_NEXT_TO = re.compile(f"{ENDS}(\\s+){BEGINS}")


@dataclass(frozen=True, slots=True)
class Hits:
    """What one query found. ``total`` is a lower bound unless ``exact``; ``page_total`` and
    ``pages_exact`` are the same for pages alone."""

    query: str
    hits: tuple[SearchHit, ...] = ()
    page_total: int = 0
    pages_exact: bool = True
    other_total: int = 0
    others_exact: bool = True

    @property
    def total(self) -> int:
        return self.page_total + self.other_total

    @property
    def total_words(self) -> str:
        """``48 hits``, ``1,000+ hits``."""
        number = QLocale().toString(self.total)
        plus = "" if self.pages_exact and self.others_exact else "+"
        return f"{number}{plus} hit{'' if self.total == 1 and not plus else 's'}"


@dataclass(frozen=True, slots=True)
class HitRow:
    """One hit as a row."""

    hit: SearchHit

    @property
    def where(self) -> str:
        """``Audit-2023.pdf, page 41``; of other kinds, what it is."""
        hit, kind = self.hit, KINDS.get(self.hit.kind, self.hit.kind)
        title = visible(hit.title)
        if hit.kind == "page":
            return f"{title}, page {hit.page}"
        if hit.kind == "document":
            return "Document title"
        if title and (hit.document_id or hit.kind in OF_REQUESTS):
            page = f", page {hit.page}" if hit.page else ""
            return f"{kind} · {title}{page}"
        return kind

    @property
    def words(self) -> str:
        """The snippet in one line, hits still marked."""
        return one_line(self.hit.snippet, 2000)


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group's heading; ``count`` is how many hits it has, shown or not."""

    name: str
    count: str


Row = HitRow | GroupRow


def plain(snippet: str) -> str:
    """A snippet without its marks."""
    return snippet.replace(BEGINS, "").replace(ENDS, "")


def segments(snippet: str) -> list[tuple[str, bool]]:
    """A snippet as pieces of text, each with whether it is a hit."""
    pieces: list[tuple[str, bool]] = []
    place = 0
    for match in _MARKED.finditer(snippet):
        if match.start() > place:
            pieces.append((plain(snippet[place : match.start()]), False))
        pieces.append((match[1], True))
        place = match.end()
    if place < len(snippet):
        pieces.append((plain(snippet[place:]), False))
    return [(text, hit) for text, hit in pieces if text]


def found_words(snippet: str) -> str:
    """The longest run of words that were hit: what the reader looks for on the page."""
    joined = _NEXT_TO.sub(r"\1", snippet)
    runs = [match[1] for match in _MARKED.finditer(joined)]
    return max(runs, key=len, default="")


def as_groups(hits: Hits) -> list[Node[Row]]:
    """Groups with what they hold; only those with hits."""
    nodes: list[Node[Row]] = []
    for name, kinds in GROUPS:
        rows = [HitRow(hit) for hit in hits.hits if hit.kind in kinds]
        if rows:
            below: list[Node[Row]] = [Node(_key(row), row) for row in _without_repeats(rows)]
            nodes.append(
                Node(f"group {name}", GroupRow(name, _count(hits, name, below)), tuple(below))
            )
    return nodes


def _key(row: HitRow) -> str:
    hit = row.hit
    return f"{hit.kind} {hit.id} {hit.page or 0}"


def _without_repeats(rows: Iterable[HitRow]) -> list[HitRow]:
    return list({_key(row): row for row in rows}.values())


def _count(hits: Hits, name: str, rows: Sequence[Node[Row]]) -> str:
    if name != "Pages":
        return str(len(rows)) if hits.others_exact else f"{len(rows)}+"
    plus = "" if hits.pages_exact else "+"
    return f"{QLocale().toString(hits.page_total)}{plus}"


def _text(row: Row) -> str:
    return f"{row.name}  {row.count}" if isinstance(row, GroupRow) else plain(row.words)


def _spoken(row: Row) -> str:
    if isinstance(row, GroupRow):
        return f"{row.name}, {row.count}"
    return f"{row.where}: {plain(row.words)}"


COLUMNS: tuple[Column[Row], ...] = (
    Column("Hit", _text, spoken=_spoken, strong=lambda row: isinstance(row, GroupRow)),
)
