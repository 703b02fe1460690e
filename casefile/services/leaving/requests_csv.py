"""All records requests as a table for a spreadsheet (RFC 4180, UTF-8)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from casefile.domain.clock_words import clock_name
from casefile.domain.money import figures
from casefile.domain.requests import EventKind
from casefile.services import deadlines
from casefile.services.leaving import door
from casefile.services.leaving.quotes_csv import harmless
from casefile.services.standing_words import sentence

if TYPE_CHECKING:
    from casefile.domain.clocks import Clock
    from casefile.domain.requests import Request
    from casefile.services.case import Case
    from casefile.services.deadlines import RequestView

COLUMNS = (
    "request", "agency", "law", "subject", "tracking_numbers", "requester", "on_behalf_of",
    "scope", "from", "to", "category", "fee_ceiling", "currency", "waiver", "expedited",
    "status", "next_step", "sent", "received", "last_event", "last_event_on", "late_since",
    "next_limit", "next_limit_on", "next_limit_of", "clocks", "suit",
)  # fmt: skip


def save(case: Case, path: Path, *, today: date, force: bool = False) -> Path:
    """Write the table to ``path``. Raises the errors of ``door.leave_file``."""
    table = requests_csv(deadlines.overview(case, today))
    departure = door.Departure("requests")
    return door.leave_file(case, departure, path, lambda file: file.write(table), force=force)


def requests_csv(views: Iterable[RequestView]) -> bytes:
    """One line a request, a header line first. ``clocks`` has every clock with a day, the day that
    counts for the reporter first."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for view in views:
        cells = [*_asked(view.request), *_stands(view)]
        writer.writerow(harmless(each) for each in cells)
    return out.getvalue().encode("utf-8")


def _asked(request: Request) -> Iterator[str]:
    ceiling = request.fee_ceiling
    yield from (request.id, request.agency, request.law, request.subject)
    yield "; ".join(request.tracking_numbers)
    yield from (request.requester, request.on_behalf_of, request.scope)
    yield from (request.period_from or "", request.period_to or "", request.category)
    yield "" if ceiling is None else figures(ceiling)
    yield request.currency
    yield "yes" if request.waiver_asked else "no"
    yield "yes" if request.expedited_asked else "no"


def _stands(view: RequestView) -> Iterator[str]:
    leading = view.leading
    last = view.events[-1] if view.events else None
    yield from (view.status.value, view.next_step.value)
    yield _first(view, EventKind.SENT, "sent")
    yield _first(view, EventKind.RECEIVED, "received") or _first(view, EventKind.SENT, "received")
    yield from (last.kind.value, last.day) if last else ("", "")
    yield _day(view.late_since)
    yield clock_name(leading.rule) if leading else ""
    yield _day(leading.drives or leading.due) if leading else ""
    yield leading.party.value if leading else ""
    yield "; ".join(_told(each) for each in view.clocks if each.drives or each.due)
    yield sentence(view.standing[-1]) if view.standing else ""


def _first(view: RequestView, kind: EventKind, field: str) -> str:
    days = [getattr(each, field) for each in view.events if each.kind is kind]
    return next((day for day in days if day), "")


def _told(clock: Clock) -> str:
    """``appeal filing 2026-04-03 (running; law 2026-04-06)``."""
    differs = clock.drives and clock.due and clock.drives != clock.due
    more = f"; law {_day(clock.due)}" if differs else ""
    return f"{clock_name(clock.rule)} {_day(clock.drives or clock.due)} ({clock.state.value}{more})"


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
