"""What Today and the rail show, read from the case and put into words. No Qt widgets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from casefile.domain.followups import FollowUp
from casefile.domain.quotes import Quote
from casefile.ui.models import words
from casefile.ui.today import request_lines
from casefile.ui.today.entries import Entry

if TYPE_CHECKING:
    from casefile.services.case import Case
    from casefile.services.today import Today

#: How many of each are listed; the places themselves have them all.
MOST = 8


@dataclass(frozen=True)
class Shown:
    """Everything on the page."""

    case_name: str
    day: date
    entries: tuple[Entry, ...]
    is_new: bool


def rail_counts(case: Case) -> dict[str, int]:
    """How much is in each place of the rail."""
    from casefile.services.today import counts, waiting

    all_counts = counts(case)
    return {
        "today": waiting(case, words.today()),
        "documents": all_counts.documents,
        "quotes": all_counts.quotes,
        "sources": all_counts.sources,
        "requests": all_counts.requests,
        "followups": all_counts.followups,
    }


def read(case: Case, day: date) -> Shown:
    """Gather the page for ``day``."""
    from casefile.services import sources
    from casefile.services.labels import labels
    from casefile.services.today import today

    found = today(case, day)
    speakers = sources.speaker_labels(case)
    quoted = [quote.document_id for quote in found.unverified[:MOST] if quote.document_id]
    names = labels(case, [("document", one) for one in quoted])
    clocks = found.clocks
    entries = [
        *_whole_section("Your limits", request_lines.own_limits(clocks, day)),
        *_whole_section("Your reply is awaited", request_lines.questions(clocks, day)),
        *_section("Overdue", [followup_entry(each, day) for each in found.overdue]),
        *_section("Next", [followup_entry(each, day) for each in found.due_soon]),
        *_whole_section("Late agencies", request_lines.late(clocks, day)),
        *_section("To be told", request_lines.facts(clocks)),
        *_section("Agencies' dates", request_lines.expected(clocks, day)),
        *_section(
            "Unverified quotes", [_quote(each, speakers, names) for each in found.unverified]
        ),
        *_section("Unread", _unread(found)),
        *_section("Recently added", _recent(found)),
    ]
    counts = found.counts
    is_new = not (
        counts.documents or counts.sources or counts.quotes or counts.followups or counts.requests
    )
    return Shown(case.name, day, tuple(entries), is_new)


def _section(name: str, entries: list[Entry]) -> list[Entry]:
    return [Entry("heading", name), *entries[:MOST]] if entries else []


def _whole_section(name: str, entries: list[Entry]) -> list[Entry]:
    return [Entry("heading", name), *entries] if entries else []


def followup_entry(item: FollowUp, day: date) -> Entry:
    due = words.as_date(item.due)
    late = due is not None and due < day
    near = due is not None and not late and (due - day).days <= 3
    return Entry(
        "followup",
        words.one_line(item.text),
        item.id,
        words.due_words(item.due, day),
        "triangle-alert" if late else "hourglass" if near else "circle",
        "danger" if late else "warning" if near else "muted",
    )


def _quote(quote: Quote, speakers: dict[str, str], names: dict[tuple[str, str], str]) -> Entry:
    speaker = speakers.get(quote.source_id or "", "")
    where = ""
    if quote.document_id:
        where = (
            f"{words.one_line(names.get(('document', quote.document_id), ''), 40)} p. {quote.page}"
        )
    tail = " · ".join(part for part in (speaker, where) if part)
    return Entry(
        "quote",
        words.in_quotes(quote.text),
        quote.id,
        tail,
        "circle-dashed",
        "warning",
        captured=True,
        document_id=quote.document_id or "",
        page=quote.page,
    )


def _unread(found: Today) -> list[Entry]:
    begun = sorted(found.unread, key=lambda row: row.pages_read == 0)
    return [
        Entry(
            "document",
            words.one_line(row.document.title),
            row.document.id,
            f"{row.pages_read} of {words.counted(row.document.pages, 'page')}"
            if row.pages_read
            else words.counted(row.document.pages, "page"),
            "file-text",
            "muted",
        )
        for row in begun
    ]


def _recent(found: Today) -> list[Entry]:
    unread = {row.document.id for row in found.unread[:MOST]}
    return [
        Entry(
            "document",
            words.one_line(row.document.title),
            row.document.id,
            words.day(row.document.added_at, words.today()),
            "file-text",
            "muted",
        )
        for row in found.recent
        if row.document.id not in unread
    ]
