"""The entries of a page ledger as rows, and what its section reads of a case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casefile.domain.page_numbers import numbered
from casefile.domain.requests import Bucket, LedgerEntry
from casefile.services import page_ledger
from casefile.services.page_ledger import Proposed, Totals
from casefile.ui.models.columns import Column
from casefile.ui.models.words import counted, one_line, visible
from casefile.ui.requests.pages.words import LOOKS, figure

if TYPE_CHECKING:
    from casefile.services.case import Case

_ORDER = list(LOOKS)


@dataclass(frozen=True, slots=True)
class PageEntry:
    """One row: an entry with the title of the document that it names."""

    entry: LedgerEntry
    title: str = ""

    @property
    def id(self) -> str:
        return self.entry.id

    @property
    def bucket(self) -> Bucket:
        return self.entry.bucket

    @property
    def numbers(self) -> str:
        """``EPA-0012–EPA-0020``, as far as they are known."""
        ends = dict.fromkeys(end for end in (self.entry.first, self.entry.last) if end)
        return "–".join(ends)

    @property
    def more(self) -> str:
        """To whom, duplicate of what, in which document, and the note."""
        entry = self.entry
        parts = (
            f"to {entry.to_whom}" if entry.to_whom else "",
            f"duplicate of {entry.duplicate_of}" if entry.duplicate_of else "",
            self.title,
            entry.note,
        )
        return " · ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Ledger:
    """``documents`` are the titles of those released for the request, by id; ``proposed`` is what
    they say and the ledger does not."""

    totals: Totals
    entries: tuple[PageEntry, ...]
    documents: Mapping[str, str]
    proposed: Proposed


def read(case: Case, request_id: str) -> Ledger:
    """Raises ``UserError("request.not_found")``."""
    from casefile.services.labels import labels

    entries = page_ledger.listing(case, request_id)
    named = {each.document_id for each in entries if each.document_id}
    titles = labels(case, [("document", each) for each in sorted(named)])
    return Ledger(
        page_ledger.totals(case, request_id),
        tuple(
            PageEntry(each, titles.get(("document", each.document_id or ""), ""))
            for each in entries
        ),
        {each.id: each.title for each in page_ledger.released(case, request_id)},
        page_ledger.proposed(case, request_id),
    )


def _whole(row: PageEntry) -> str:
    head = counted(row.entry.pages, "page")
    return ": ".join(
        part for part in (f"{head}, {LOOKS[row.bucket].word.lower()}", _words(row)) if part
    )


def _words(row: PageEntry) -> str:
    return visible(one_line(" · ".join(part for part in (row.numbers, row.more) if part)))


def _sorted_numbers(row: PageEntry) -> str:
    """Numbers in their order: 9 before 10, series by series; what has none comes last."""
    known = numbered(row.entry.first or row.entry.last)
    if known is None:
        return f"\U0010ffff{row.numbers or row.more}"
    return f"{known.before.casefold()}\t{known.value:012d}"


COLUMNS: tuple[Column[PageEntry], ...] = (
    Column(
        "Where",
        lambda e: LOOKS[e.bucket].word,
        tip=_whole,
        sort=lambda e: _ORDER.index(e.bucket),
        icon=lambda e: LOOKS[e.bucket].icon,
        tone=lambda e: LOOKS[e.bucket].token,
        sample="Referred elsewhere ----",
    ),
    Column(
        "How many",
        lambda e: figure(e.entry.pages),
        tip=_whole,
        sort=lambda e: e.entry.pages,
        right=True,
        sample="How many",
    ),
    Column(
        "Which pages",
        lambda e: _words(e) or "—",
        spoken=lambda e: _words(e) or "not said",
        tip=_whole,
        sort=_sorted_numbers,
    ),
)
#: The column that rows stand ordered by at first: what needs attention comes first.
WHERE = 0
