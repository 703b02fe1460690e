"""Requests as lists show them: quick however many there are.

What is shown of a request on a day holds until the next of its dates. It is kept in the store until
then (``store.summaries``), so that a list of thousands is read, not computed, and that Today reads
no more than it shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Final

import casefile
from casefile.domain.clocks import ClockState
from casefile.domain.errors import UserError
from casefile.services import agenda_clocks, deadlines
from casefile.services.deadlines import RequestView
from casefile.services.request_rows import RequestClocks, RequestRow, rest_of, short_of
from casefile.store import requests, summaries
from casefile.store.summaries import Kept

if TYPE_CHECKING:
    from casefile.services.case import Case

#: Whatever changes how a summary is made or read changes this.
_FORMAT: Final = 11
_MADE_BY: Final = f"{casefile.__version__}/{_FORMAT}"
_AT_ONCE: Final = 100
_FOREVER: Final = "9999-12-31"


def rows(case: Case, today: date) -> list[RequestRow]:
    """Every request outside the trash, in the order in which they were made."""
    if made := bring_up(case, today):
        return list(_merged(case, today, made))
    return [RequestRow(values) for values in summaries.all_short(case.reader())]


def with_clocks(case: Case, today: date, only: Iterable[str] | None = None) -> list[RequestClocks]:
    """The same with their clocks, or ``only`` those."""
    if made := bring_up(case, today):
        chosen = None if only is None else frozenset(only)
        return [row for row in _merged(case, today, made) if chosen is None or row.id in chosen]
    found = summaries.whole(case.reader(), today.isoformat(), _MADE_BY, only)
    return [RequestClocks(*both) for both in found]


def bring_up(case: Case, today: date) -> list[Kept]:
    """Compute what does not hold on this day and keep it. Gives what could not be kept (the case is
    open for reading only, the disk full, the request edited meanwhile): as a rule nothing."""
    day, reader = today.isoformat(), case.reader()
    missing = summaries.lacking(reader, day, _MADE_BY)
    if not missing:
        return []
    stamps = summaries.stamps(reader, missing)
    made = [
        _kept(view, stamps[view.request.id], today)
        for view in deadlines.overview(case, today, only=frozenset(missing))
        if view.request.id in stamps
    ]
    _keep(case, made)
    still = frozenset(summaries.lacking(reader, day, _MADE_BY, stamps))
    return [each for each in made if each.request_id in still]


def _merged(case: Case, today: date, made: list[Kept]) -> list[RequestClocks]:
    """What the store holds, and what it could not keep."""
    reader = case.reader()
    held = summaries.whole(reader, today.isoformat(), _MADE_BY)
    known = {row.id: row for row in (RequestClocks(*both) for both in held)}
    known |= {each.request_id: RequestClocks(each.short, each.rest) for each in made}
    return [known[each] for each in requests.order(reader) if each in known]


def _keep(case: Case, made: list[Kept]) -> None:
    """In small transactions, so that no edit waits; not at all where nothing can be written."""
    if case.read_only:
        return
    try:
        for some in _slices(iter(made)):
            case.store.write(lambda tx, some=some: summaries.keep(tx, _MADE_BY, some), job=True)  # type: ignore[misc]
    except UserError:
        return  # a full disk, a case that closes: they are computed again next time


def _slices(made: Iterator[Kept]) -> Iterator[list[Kept]]:
    while some := list(islice(made, _AT_ONCE)):
        yield some


def _kept(view: RequestView, stamp: str, today: date) -> Kept:
    short, rest = short_of(view), rest_of(view)
    asks = tuple(agenda_clocks.asks(RequestClocks(short, rest), view.events))
    return Kept(view.request.id, stamp, today.isoformat(), _until(view, today), short, rest, asks)


def _until(view: RequestView, today: date) -> str:
    """The first day on which something of it may be different: the day after one of its dates, or
    tomorrow while a clock stands still and its date moves on."""
    if any(clock.state is ClockState.PAUSED for clock in view.clocks):
        return (today + timedelta(days=1)).isoformat()
    dates = {
        each
        for clock in view.clocks
        for each in (clock.due, clock.send_by, clock.stated, clock.drives, clock.agency_due)
        if each is not None
    }
    for event in view.events:
        for text in (event.dated, event.sent, event.received, event.until, event.limit_on):
            if text:
                dates |= {date.fromisoformat(text) - timedelta(days=1), date.fromisoformat(text)}
    if view.reminded is not None:
        dates.add(view.reminded + deadlines.PATIENCE)
    if view.snoozed_until is not None:
        dates.add(view.snoozed_until - timedelta(days=1))
    ahead = [each + timedelta(days=1) for each in dates if each >= today]
    return min(ahead).isoformat() if ahead else _FOREVER
