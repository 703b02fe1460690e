"""What the clocks of requests ask of the reporter on a day: for Today, the calendar and the rail.

Reads nothing: it looks at the views that ``deadlines.overview`` gives.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from casefile.domain.clocks import Clock, ClockState, Party
from casefile.domain.laws import ClockKind
from casefile.domain.request_status import Status, open_questions
from casefile.domain.requests import RequestEvent
from casefile.services.deadlines import RequestView
from casefile.services.requests import label

#: Days ahead within which the agencies' dates are shown on Today.
NEXT_DAYS: Final = 14
#: Days ahead from which a limit of the reporter's own counts as near.
NEAR_DAYS: Final = 3
#: A window of years, such as that for a suit, stands on Today only in its last days.
_WINDOW_DAYS: Final = 60
_OPEN: Final = frozenset({
    ClockState.RUNNING, ClockState.LAPSED, ClockState.NO_DATE, ClockState.NO_NUMBER,
})  # fmt: skip


class Whose(StrEnum):
    """Who must act by a date."""

    OWN = "own"
    AGENCY = "agency"


@dataclass(frozen=True, slots=True)
class Limit:
    """A date by which the reporter must act: ``on`` is the safe day, ``left`` the days until then.
    ``missed`` says that the last day of all is over too."""

    view: RequestView
    clock: Clock
    on: date
    left: int
    missed: bool

    @property
    def near(self) -> bool:
        return self.left <= NEAR_DAYS

    @property
    def last(self) -> date | None:
        """The last day by law, or the one set by hand; by the letter where the law sets none."""
        return _last_day(self.clock)


@dataclass(frozen=True, slots=True)
class Question:
    """What the agency asked and nobody answered; ``paused`` is the clock that waits for it."""

    view: RequestView
    event: RequestEvent
    paused: Clock | None


@dataclass(frozen=True, slots=True)
class Late:
    """What an agency is late with, folded to one line a request."""

    view: RequestView
    since: date

    @property
    def reminded(self) -> date | None:
        return self.view.reminded

    @property
    def look_again(self) -> date | None:
        return self.view.snoozed_until


@dataclass(frozen=True, slots=True)
class Asked:
    """Facts that the clocks of a request ask, in the order of its law."""

    view: RequestView
    clocks: tuple[Clock, ...]


@dataclass(frozen=True, slots=True)
class Expected:
    """A date of the agency's, or one on which a step opens for the reporter (``opens``)."""

    view: RequestView
    clock: Clock
    on: date
    opens: bool


@dataclass(frozen=True, slots=True)
class Agenda:
    """``own`` by date; ``late`` longest first, those put off in ``put_off`` by the day on which
    they come back."""

    own: tuple[Limit, ...] = ()
    questions: tuple[Question, ...] = ()
    late: tuple[Late, ...] = ()
    put_off: tuple[Late, ...] = ()
    asked: tuple[Asked, ...] = ()
    expected: tuple[Expected, ...] = ()

    @property
    def waiting(self) -> int:
        """How many lines are the reporter's to deal with now."""
        near = [each for each in self.own if each.near]
        return len(near) + len(self.questions)

    @property
    def next_limit(self) -> Limit | None:
        """The limit to look at next: the first that is not missed, else the one missed last."""
        ahead = [each for each in self.own if not each.missed]
        return ahead[0] if ahead else next(reversed(self.own), None)


@dataclass(frozen=True, slots=True)
class Dated:
    """A clock on its day in the calendar."""

    view: RequestView
    clock: Clock
    on: date
    whose: Whose
    late: bool = False


def agenda(views: Iterable[RequestView], today: date) -> Agenda:
    """All that the clocks ask on ``today``."""
    every = list(views)
    late = sorted(filter(None, map(_late, every)), key=lambda each: (each.since, _name(each.view)))
    put_off = [each for each in late if each.look_again and each.look_again > today]
    own = [limit for view in every for limit in limits(view, today)]
    coming = filter(None, (_expected(view, today) for view in every))
    return Agenda(
        own=tuple(sorted((each for each in own if _shown(each, today)), key=_by_day)),
        questions=tuple(question for view in every for question in _questions(view)),
        late=tuple(each for each in late if each not in put_off),
        put_off=tuple(sorted(put_off, key=lambda each: each.look_again or today)),
        asked=tuple(filter(None, map(_asked, every))),
        expected=tuple(sorted(coming, key=_by_day)),
    )


def limits(view: RequestView, today: date) -> list[Limit]:
    """The reporter's own limits that are neither met nor given up."""
    return [
        Limit(view, clock, clock.drives, (clock.drives - today).days, _missed(clock, today))
        for clock in view.clocks
        if clock.party is Party.REQUESTER
        and clock.state in _OPEN
        and clock.drives is not None
        and not clock.rule.not_before
    ]


def dated(views: Iterable[RequestView], today: date) -> list[Dated]:
    """Every clock that has a date, for the calendar: those met or given up are gone."""
    return [found for view in views for found in _dated(view, today)]


def _dated(view: RequestView, today: date) -> list[Dated]:
    own = [
        Dated(view, each.clock, each.on, Whose.OWN, each.missed or each.on < today)
        for each in limits(view, today)
    ]
    agency = [
        Dated(view, clock, on, Whose.AGENCY, clock.state is ClockState.LAPSED)
        for clock in view.clocks
        if (on := _agencys(clock)) is not None
    ]
    return own + agency


def _agencys(clock: Clock) -> date | None:
    if clock.rule.not_before:
        return clock.drives if clock.state in (ClockState.NOT_YET, ClockState.OPEN) else None
    if clock.party is Party.REQUESTER or clock.state not in (ClockState.RUNNING, ClockState.LAPSED):
        return None
    return clock.drives


def _missed(clock: Clock, today: date) -> bool:
    last = _last_day(clock)
    return last is not None and last < today


def _last_day(clock: Clock) -> date | None:
    if clock.override is not None:
        return clock.override.due
    return clock.due or clock.stated


def _shown(limit: Limit, today: date) -> bool:
    window = limit.clock.rule.kind is ClockKind.LITIGATION_WINDOW
    return not window or limit.on <= today + timedelta(days=_WINDOW_DAYS)


def _questions(view: RequestView) -> list[Question]:
    """Open questions that name no day: those that do are limits."""
    if view.status in (Status.CLOSED, Status.WITHDRAWN):
        return []
    waits = [clock for clock in view.clocks if clock.state is ClockState.PAUSED]
    paused = max(waits, key=lambda clock: clock.rule.id == _headline(view), default=None)
    return [
        Question(view, event, paused if event.ground else None)
        for event in open_questions(view.events)
        if not event.limit_on
    ]


def _headline(view: RequestView) -> str:
    return view.law.headline if view.law else ""


def _late(view: RequestView) -> Late | None:
    lapsed = [
        clock.due + timedelta(days=1)
        for clock in view.clocks
        if clock.state is ClockState.LAPSED
        and clock.party in (Party.REVIEWER, Party.COURT)
        and clock.due is not None
    ]
    since = view.late_since or min(lapsed, default=None)
    return Late(view, since) if since is not None else None


def _asked(view: RequestView) -> Asked | None:
    asking = tuple(clock for clock in view.clocks if clock.state is ClockState.ASKS)
    return Asked(view, asking) if asking else None


def _expected(view: RequestView, today: date) -> Expected | None:
    """The next date of the agency's within two weeks, if any."""
    coming = [
        Expected(view, clock, on, clock.rule.not_before)
        for clock in view.clocks
        if (on := _agencys(clock)) is not None
        and today <= on <= today + timedelta(days=NEXT_DAYS)
        and clock.state is not ClockState.LAPSED
    ]
    return min(coming, key=_by_day, default=None)


def _by_day(each: Limit | Expected) -> tuple[date, str]:
    return each.on, _name(each.view)


def _name(view: RequestView) -> str:
    return label(view.request).casefold()
