"""Requests with what follows from their events: status, clocks, what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from casefile.domain.clocks import Clock
from casefile.domain.request_status import NextStep, Status, status
from casefile.domain.requests import Request, RequestEvent, in_order
from casefile.store import requests

if TYPE_CHECKING:
    from casefile.services.case import Case


@dataclass(frozen=True, slots=True)
class RequestView:
    """One request on one day; ``events`` stand in the order of the timeline.

    ``leading`` is the clock to show where there is room for one, ``late_since`` the last day of the
    agency's own clock that lapsed, ``reminded`` when it was last reminded of that,
    ``snoozed_until`` the day to look again. ``standing`` says, sentence by sentence as it came
    about, whether suit is open; the last one holds today.
    """

    request: Request
    events: tuple[RequestEvent, ...]
    status: Status
    clocks: tuple[Clock, ...] = ()
    leading: Clock | None = None
    next_step: NextStep = NextStep.NOTHING
    late_since: date | None = None
    reminded: date | None = None
    snoozed_until: date | None = None
    standing: tuple[str, ...] = ()


def overview(case: Case, today: date) -> list[RequestView]:
    """Every request outside the trash."""
    reader = case.reader()
    events = requests.every_event(reader)
    return [_view(each, events.get(each.id, []), today) for each in requests.listing(reader)]


def view(case: Case, request_id: str, today: date) -> RequestView:
    """One request. Raises ``UserError("request.not_found")``."""
    reader = case.reader()
    return _view(requests.get(reader, request_id), requests.events_of(reader, request_id), today)


def _view(request: Request, events: list[RequestEvent], today: date) -> RequestView:
    _ = today
    return RequestView(request, tuple(in_order(events)), status(events))
