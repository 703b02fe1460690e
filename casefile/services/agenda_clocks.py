"""What the clocks of requests ask of the reporter on a day: for Today, the calendar and the rail.

Reads nothing: it looks at the rows that ``request_list`` gives, so that thousands take no time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from casefile.domain.clocks import ClockState, Party
from casefile.domain.laws import ClockKind
from casefile.domain.request_status import Status, open_questions
from casefile.domain.requests import RequestEvent
from casefile.services.request_list import ClockLine, RequestRow

#: Days ahead within which the agencies' dates are shown on Today.
NEXT_DAYS: Final = 14
#: Days ahead from which a limit of the reporter's own counts as near.
NEAR_DAYS: Final = 3
#: A window of years, such as that for a suit, stands on Today only in its last days.
_WINDOW_DAYS: Final = 60
_OPEN: Final = frozenset({
    ClockState.RUNNING, ClockState.LAPSED, ClockState.NO_DATE, ClockState.NO_NUMBER,
})  # fmt: skip
_QUESTIONS: Final = frozenset({Status.QUESTION, Status.PAYMENT})


@dataclass(frozen=True, slots=True)
class Limit:
    """A date by which the reporter must act: ``on`` is the safe day, ``left`` the days until then.
    ``missed`` says that the last day of all is over too."""

    row: RequestRow
    line: ClockLine
    on: date
    left: int
    missed: bool

    @property
    def near(self) -> bool:
        return self.left <= NEAR_DAYS

    @property
    def by_hand(self) -> bool:
        """Whether the reporter set another date than the one that was computed."""
        return self.on != _computed(self.line)

    @property
    def last(self) -> date:
        """The last day by law, or the one set by hand; by the letter where the law sets none."""
        return _last_day(self.line, self.on)


@dataclass(frozen=True, slots=True)
class Question:
    """What the agency asked and nobody answered; ``paused`` is the clock that waits for it."""

    row: RequestRow
    event: RequestEvent
    paused: ClockLine | None


@dataclass(frozen=True, slots=True)
class Late:
    """What an agency is late with, folded to one line a request."""

    row: RequestRow
    since: date

    @property
    def look_again(self) -> date | None:
        return self.row.snoozed_until


@dataclass(frozen=True, slots=True)
class Asked:
    """Facts that the clocks of a request ask, in the order of its law."""

    row: RequestRow
    lines: tuple[ClockLine, ...]


@dataclass(frozen=True, slots=True)
class Expected:
    """A date of the agency's, or one on which a step opens for the reporter."""

    row: RequestRow
    line: ClockLine
    on: date


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
        return sum(each.near for each in self.own) + len(self.questions)

    @property
    def next_limit(self) -> Limit | None:
        """The limit to look at next: the first that is not missed, else the one missed last."""
        last = next(reversed(self.own), None)
        return next((each for each in self.own if not each.missed), last)


@dataclass(frozen=True, slots=True)
class Dates:
    """Every clock that has a date, for the calendar: those met or given up are gone."""

    own: tuple[Limit, ...] = ()
    agencies: tuple[Expected, ...] = ()


def asking(rows: Iterable[RequestRow]) -> list[str]:
    """The requests whose agency waits for an answer: ``agenda`` wants their events."""
    return [row.id for row in rows if row.status in _QUESTIONS]


def agenda(
    rows: Iterable[RequestRow], events: Mapping[str, Sequence[RequestEvent]], today: date
) -> Agenda:
    """All that the clocks ask on ``today``; ``events`` are those of the requests ``asking``."""
    own: list[Limit] = []
    questions: list[Question] = []
    late: list[Late] = []
    asked: list[Asked] = []
    coming: list[Expected] = []
    for row in rows:
        lines = row.lines
        own += [limit for limit in _limits(row, lines, today) if _shown(limit)]
        questions += _questions(row, lines, events.get(row.id, ()))
        late += _late(row, lines)
        asked += _asked(row, lines)
        coming += _expected(row, lines, today)
    late.sort(key=lambda each: (each.since, each.row.label))
    back = {each.row.id: each.look_again for each in late}
    hidden = {request for request, day in back.items() if day is not None and day > today}
    put_off = [each for each in late if each.row.id in hidden]
    return Agenda(
        own=tuple(sorted(own, key=_by_day)),
        questions=tuple(questions),
        late=tuple(each for each in late if each.row.id not in hidden),
        put_off=tuple(sorted(put_off, key=lambda each: each.look_again or today)),
        asked=tuple(asked),
        expected=tuple(sorted(coming, key=_by_day)),
    )


def dates(rows: Iterable[RequestRow], today: date) -> Dates:
    own: list[Limit] = []
    agencies: list[Expected] = []
    for row in rows:
        lines = row.lines
        own += _limits(row, lines, today)
        agencies += [
            Expected(row, line, on) for line in lines if (on := _agencys(line)) is not None
        ]
    return Dates(tuple(own), tuple(agencies))


def _limits(row: RequestRow, lines: Iterable[ClockLine], today: date) -> list[Limit]:
    """The reporter's own limits that are neither met nor given up."""
    return [
        Limit(row, line, on, (on - today).days, _last_day(line, on) < today)
        for line in lines
        if line.party is Party.REQUESTER and line.state in _OPEN and (on := line.drives) is not None
    ]


def _agencys(line: ClockLine) -> date | None:
    if line.state is ClockState.NOT_YET:
        return line.drives
    waits = line.state in (ClockState.RUNNING, ClockState.LAPSED)
    return line.drives if waits and line.party is not Party.REQUESTER else None


def _computed(line: ClockLine) -> date | None:
    return min((day for day in (line.send_by or line.due, line.stated) if day), default=None)


def _last_day(line: ClockLine, on: date) -> date:
    return on if on != _computed(line) else line.due or line.stated or on


def _shown(limit: Limit) -> bool:
    return limit.line.kind is not ClockKind.LITIGATION_WINDOW or limit.left <= _WINDOW_DAYS


def _questions(
    row: RequestRow, lines: Iterable[ClockLine], events: Sequence[RequestEvent]
) -> list[Question]:
    """Open questions that name no day: those that do are limits."""
    paused = next((line for line in lines if line.state is ClockState.PAUSED), None)
    return [
        Question(row, event, paused if event.ground else None)
        for event in open_questions(events)
        if not event.limit_on
    ]


def _late(row: RequestRow, lines: Iterable[ClockLine]) -> list[Late]:
    lapsed = [
        line.due + timedelta(days=1)
        for line in lines
        if line.state is ClockState.LAPSED
        and line.party in (Party.REVIEWER, Party.COURT)
        and line.due is not None
    ]
    since = row.late_since or min(lapsed, default=None)
    return [Late(row, since)] if since is not None else []


def _asked(row: RequestRow, lines: Iterable[ClockLine]) -> list[Asked]:
    asks = tuple(line for line in lines if line.state is ClockState.ASKS)
    return [Asked(row, asks)] if asks else []


def _expected(row: RequestRow, lines: Iterable[ClockLine], today: date) -> list[Expected]:
    """The next date of the agency's within two weeks, if any."""
    horizon = today + timedelta(days=NEXT_DAYS)
    coming = [
        Expected(row, line, on)
        for line in lines
        if (on := _agencys(line)) is not None and today <= on <= horizon
    ]
    return sorted(coming, key=_by_day)[:1]


def _by_day(each: Limit | Expected) -> tuple[date, str]:
    return each.on, each.row.label
