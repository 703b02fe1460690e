"""Requests with what follows from their events: status, clocks, what comes next."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from casefile.domain.answer_limits import answer_clocks
from casefile.domain.clocks import STATED, Clock, Happening, clocks, stated
from casefile.domain.laws import Law
from casefile.domain.request_matter import if_received, letters, matter, unreceived, without_appeal
from casefile.domain.request_status import (
    ENDED,
    NextStep,
    Status,
    ended_on,
    late_clock,
    leading_clock,
    next_step,
    status,
)
from casefile.domain.requests import Agency, EventKind, Request, RequestEvent, in_order
from casefile.domain.standing import Standing, standings
from casefile.domain.working_days import WorkingDays
from casefile.services import laws
from casefile.services.requests import agency_of
from casefile.store import requests

if TYPE_CHECKING:
    from casefile.services.case import Case

#: After a reminder another one is the next thing to do only when this has gone by.
PATIENCE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class RequestView:
    """One request on one day; ``events`` stand in the order of the timeline.

    ``law`` is the law with the rules in force when the request was received; None where it is not
    one that Casefile knows: then there are no clocks but those of letters. ``leading`` is the clock
    to show where there is room for one, ``late_since`` the first day on which the agency was late,
    ``reminded`` when it was last reminded of that, ``snoozed_until`` the day to look again.
    ``standing`` says turn by turn whether suit is open; the last one holds today.
    """

    request: Request
    agency: Agency
    events: tuple[RequestEvent, ...]
    status: Status
    law: Law | None = None
    clocks: tuple[Clock, ...] = ()
    leading: Clock | None = None
    next_step: NextStep = NextStep.NOTHING
    late_since: date | None = None
    reminded: date | None = None
    snoozed_until: date | None = None
    standing: tuple[Standing, ...] = ()


def overview(case: Case, today: date, *, only: frozenset[str] | None = None) -> list[RequestView]:
    """Every request outside the trash, or ``only`` those, computed anew: some milliseconds each.
    For lists see ``request_list``."""
    reader = case.reader()
    chosen = requests.listing(reader) if only is None else requests.some(reader, only)
    events = requests.every_event(reader, only)
    offices = {agency.id: agency for agency in requests.agencies(reader)}
    rules = requests.rules(reader, {each.rules_id for each in chosen if each.rules_id})
    return [
        _view(each, _office(each, offices), events.get(each.id, []), rules, today)
        for each in chosen
        if each.deleted_at is None
    ]


def view(case: Case, request_id: str, today: date) -> RequestView:
    """One request. Raises ``UserError("request.not_found")``."""
    reader = case.reader()
    request = requests.get(reader, request_id)
    events = requests.events_of(reader, request_id)
    rules = requests.rules(reader, [request.rules_id] if request.rules_id else [])
    return _view(request, agency_of(case, request), events, rules, today)


def last_day(view: RequestView, today: date) -> date:
    """Today, or the day on which the request ended."""
    ended = ended_on(view.events)
    return today if ended is None else min(ended, today)


def clocks_until_the_end(view: RequestView, today: date) -> tuple[Clock, ...]:
    """The clocks of a request; of one that has ended, where nothing runs any more, as they stood
    on the day on which it did."""
    if view.status not in ENDED:
        return view.clocks
    last = last_day(view, today)
    return _counted(view.request, view.agency, view.law, view.events, last)


def _office(request: Request, offices: dict[str, Agency]) -> Agency:
    known = offices.get(request.agency_id or "")
    return known or Agency(id="", name=request.agency)


def _view(
    request: Request,
    agency: Agency,
    logged: list[RequestEvent],
    rules: dict[str, str],
    today: date,
) -> RequestView:
    events = tuple(in_order(logged))
    law = _law_of(request, rules)
    running = _clocks(request, agency, law, events, today)
    late = late_clock(running, law) if law and running else None
    reminded = _last(events, EventKind.REMINDER)
    reached = status(events, late=late is not None)
    snoozed = [e.until for e in events if e.kind is EventKind.SNOOZED and e.until]
    return RequestView(
        request,
        agency,
        events,
        reached,
        law,
        running,
        leading_clock(running),
        next_step(
            reached,
            running,
            late=late is not None,
            remind=reminded is None or reminded + PATIENCE < today,
        ),
        late.last + timedelta(days=1) if late and late.last else None,
        reminded,
        date.fromisoformat(snoozed[-1]) if snoozed else None,
        tuple(standings(law, events, running, today)) if law else (),
    )


def _clocks(
    request: Request,
    agency: Agency,
    law: Law | None,
    events: tuple[RequestEvent, ...],
    today: date,
) -> tuple[Clock, ...]:
    return () if status(events) in ENDED else _counted(request, agency, law, events, today)


def _counted(
    request: Request,
    agency: Agency,
    law: Law | None,
    events: tuple[RequestEvent, ...],
    today: date,
) -> tuple[Clock, ...]:
    if law is None:
        return _of_letters(events, today)
    what = matter(request, agency, law, events)
    calendar = laws.calendar(law, agency.holidays)
    days = WorkingDays(law, calendar, what.closures)
    answers = answer_clocks(events, days, today)
    shown = {clock.started_by.id for clock in answers if clock.started_by}
    counted = without_appeal(events, clocks(what, today, calendar))
    if (sent := unreceived(what, events)) is not None:
        had = replace(
            what, happenings=(*what.happenings, Happening(event="received", received=sent))
        )
        counted = if_received(counted, clocks(had, today, calendar), sent)
    return (*answers, *(each for each in counted if not _is_in(shown, each)))


def _of_letters(events: tuple[RequestEvent, ...], today: date) -> tuple[Clock, ...]:
    """The limits that letters name, all that is known of a law in words."""
    answers = answer_clocks(events, None, today)
    shown = {clock.started_by.id for clock in answers if clock.started_by}
    let_go = [e for e in events if e.kind is EventKind.GIVEN_UP and e.clock == STATED]

    def given_up(letter: Happening) -> bool:
        return any(e.answers in (None, "", letter.id) for e in let_go)

    named = stated(letters(events), (), given_up, today)
    return (*answers, *(each for each in named if not _is_in(shown, each)))


def _is_in(shown: set[str], clock: Clock) -> bool:
    """Whether this is a letter's own limit that is shown as the answer it wants."""
    return clock.rule.id == STATED and clock.started_by is not None and clock.started_by.id in shown


def _law_of(request: Request, rules: dict[str, str]) -> Law | None:
    """The rules kept with the request, else the present ones."""
    kept = rules.get(request.rules_id or "")
    return laws.read(kept) if kept is not None else laws.known(request.law)


def _last(events: tuple[RequestEvent, ...], kind: EventKind) -> date | None:
    return max((event.on for event in events if event.kind is kind), default=None)
