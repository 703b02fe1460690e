"""What Today shows: what is late, what comes next, what is unchecked, unread, new."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from casefile.domain.documents import DocumentState
from casefile.domain.followups import FollowUp
from casefile.domain.quotes import Quote, QuoteState
from casefile.services import agenda_clocks, request_list
from casefile.services.agenda_clocks import Agenda, Totals, agenda, asking, first
from casefile.services.documents import DocumentRow
from casefile.services.documents import listing as document_rows
from casefile.store import annotations as marks
from casefile.store import asks, followups, quotes, requests, sources

if TYPE_CHECKING:
    from casefile.services.case import Case

#: Days ahead that count as "next".
NEXT_DAYS: Final = 14
_MOST: Final = 8


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is in the case, outside the trash."""

    documents: int
    pages: int
    sources: int
    quotes: int
    followups: int
    requests: int
    annotations: int
    pages_awaiting_ocr: int


@dataclass(frozen=True, slots=True)
class Today:
    """``unread`` are documents with pages not read yet, those begun first; ``clocks`` what requests
    ask of the reporter."""

    overdue: list[FollowUp]
    due_soon: list[FollowUp]
    undated: list[FollowUp]
    unverified: list[Quote]
    unread: list[DocumentRow]
    recent: list[DocumentRow]
    counts: Counts
    clocks: Agenda


def today(case: Case, day: date) -> Today:
    """Everything that Today shows on ``day``, the reporter's own."""
    reader = case.reader()
    rows = document_rows(case)
    todo = [each for each in followups.listing(reader) if each.done_at is None]
    now, horizon = day.isoformat(), (day + timedelta(days=NEXT_DAYS)).isoformat()
    every_quote = quotes.listing(reader)
    unread = [
        row
        for row in rows
        if row.document.state == DocumentState.READY and row.pages_read < row.document.pages
    ]
    return Today(
        overdue=[each for each in todo if each.due is not None and each.due < now],
        due_soon=[each for each in todo if each.due is not None and now <= each.due <= horizon],
        undated=[each for each in todo if each.due is None][:_MOST],
        unverified=[q for q in every_quote if q.state == QuoteState.UNVERIFIED],
        unread=sorted(unread, key=lambda row: row.pages_read == 0)[:_MOST],
        recent=list(reversed(rows))[:_MOST],
        counts=_counts(case, rows, len(every_quote), len(todo)),
        clocks=clocks(case, day),
    )


def clocks(case: Case, day: date) -> Agenda:
    """What the clocks of all requests ask: the first lines of each kind, and how many there are."""
    reader = case.reader()
    if request_list.bring_up(case, day):  # not everything is kept: look at every request
        return first(_agenda(case, day, None))
    page = agenda_clocks.page_of(day)
    found = _agenda(case, day, asks.first(reader, page))
    return first(replace(found, totals=Totals(**asks.totals(reader, page))))


def _agenda(case: Case, day: date, only: list[str] | None) -> Agenda:
    rows = request_list.with_clocks(case, day, only)
    return agenda(rows, requests.every_event(case.reader(), asking(rows)), day)


def is_due(case: Case, day: date) -> bool:
    """Whether a limit of the reporter's own ends on this day: the safe day, or the last one."""
    return any(day in (each.on, each.last) for each in clocks(case, day).own)


def waiting(case: Case, day: date) -> int:
    """How many things Today asks for now: follow-ups that are late, limits that are near, the
    agencies' questions."""
    now = day.isoformat()
    todo = followups.listing(case.reader())
    late = [each for each in todo if each.done_at is None and each.due and each.due < now]
    return len(late) + clocks(case, day).waiting


def counts(case: Case) -> Counts:
    """How much there is in the case; follow-ups that are done count too."""
    reader = case.reader()
    return _counts(
        case,
        document_rows(case),
        len(quotes.listing(reader)),
        len(followups.listing(reader)),
    )


def _counts(case: Case, rows: list[DocumentRow], quoted: int, todo: int) -> Counts:
    reader = case.reader()
    return Counts(
        documents=len(rows),
        pages=sum(row.document.pages for row in rows),
        sources=len(sources.listing(reader)),
        quotes=quoted,
        followups=todo,
        requests=requests.count(reader),
        annotations=sum(marks.counts(reader).values()),
        pages_awaiting_ocr=sum(row.document.pages_awaiting_ocr for row in rows),
    )
