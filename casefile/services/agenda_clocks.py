"""What the clocks of requests ask of the reporter on a day: for Today, the calendar and the rail.

Reads nothing: ``asks`` says of one request what ``store.summaries`` keeps to find it by, ``agenda``
looks at requests that were found, ``first`` cuts what is too much for a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from casefile.domain.clocks import ClockState, Party
from casefile.domain.laws import ClockKind
from casefile.domain.request_status import Status, open_questions
from casefile.domain.requests import RequestEvent
from casefile.services.request_rows import ClockLine, RequestClocks
from casefile.store.asks import Page
from casefile.store.summaries import Ask

#: Days ahead within which the agencies' dates are shown on Today.
NEXT_DAYS: Final = 14
#: Days ahead from which a limit of the reporter's own counts as near.
NEAR_DAYS: Final = 3
#: A window of years, such as that for a suit, stands on Today only in its last days.
_WINDOW_DAYS: Final = 60
#: Days ahead within which every limit is shown; of later ones the first few.
_SOON_DAYS: Final = 14
#: How many lines a page has of each.
MOST_MISSED, MOST_SOON, MOST_QUESTIONS, MOST = 20, 60, 30, 8
_OPEN: Final = frozenset({
    ClockState.RUNNING, ClockState.LAPSED, ClockState.NO_DATE, ClockState.NO_NUMBER,
})  # fmt: skip
_QUESTIONS: Final = frozenset({Status.QUESTION, Status.PAYMENT})


@dataclass(frozen=True, slots=True)
class Limit:
    """A date by which the reporter must act: ``on`` is the safe day, ``left`` the days until then.
    ``missed`` says that the last day of all is over too."""

    row: RequestClocks
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

    row: RequestClocks
    event: RequestEvent
    paused: ClockLine | None


@dataclass(frozen=True, slots=True)
class Late:
    """What an agency is late with, folded to one line a request."""

    row: RequestClocks
    since: date

    @property
    def look_again(self) -> date | None:
        return self.row.snoozed_until


@dataclass(frozen=True, slots=True)
class Asked:
    """Facts that the clocks of a request ask, in the order of its law."""

    row: RequestClocks
    lines: tuple[ClockLine, ...]


@dataclass(frozen=True, slots=True)
class Expected:
    """A date of the agency's, or one on which a step opens for the reporter."""

    row: RequestClocks
    line: ClockLine
    on: date


@dataclass(frozen=True, slots=True)
class Totals:
    """How many there are of each, shown or not. Own limits are ``missed``, ``soon`` or ``later``;
    ``near`` counts those within ``NEAR_DAYS``, missed ones too."""

    missed: int = 0
    soon: int = 0
    later: int = 0
    near: int = 0
    questions: int = 0
    late: int = 0
    put_off: int = 0
    asked: int = 0
    expected: int = 0


@dataclass(frozen=True, slots=True)
class Agenda:
    """``own`` by date; ``questions`` and ``late`` longest first, those put off in ``put_off`` by
    the day on which they come back. ``totals`` counts what a page has no room for too."""

    own: tuple[Limit, ...] = ()
    questions: tuple[Question, ...] = ()
    late: tuple[Late, ...] = ()
    put_off: tuple[Late, ...] = ()
    asked: tuple[Asked, ...] = ()
    expected: tuple[Expected, ...] = ()
    totals: Totals = Totals()

    @property
    def waiting(self) -> int:
        """How many things are the reporter's to deal with now."""
        return self.totals.near + self.totals.questions

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


def asking(rows: Iterable[RequestClocks]) -> list[str]:
    """The requests whose agency waits for an answer: ``agenda`` wants their events."""
    return [row.id for row in rows if row.status in _QUESTIONS]


def asks(row: RequestClocks, events: Sequence[RequestEvent]) -> Iterator[Ask]:
    """What a request asks, whatever the day, a line each. A limit's second day is its last."""
    lines = row.lines
    for line, on in _own(lines):
        section = "window" if line.kind is ClockKind.LITIGATION_WINDOW else "own"
        yield Ask(section, on.isoformat(), _last_day(line, on).isoformat())
    if row.status in _QUESTIONS:
        for question in _questions(row, lines, events):
            yield Ask("question", question.event.day)
    for late in _late(row, lines):
        yield Ask("late", late.since.isoformat(), _iso(late.look_again))
    for _asks in _asked(row, lines):
        yield Ask("fact")
    for line in lines:
        if (agencys := _agencys(line)) is not None:
            yield Ask("agency", agencys.isoformat())


def agenda(
    rows: Iterable[RequestClocks], events: Mapping[str, Sequence[RequestEvent]], today: date
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
    found = Agenda(
        own=tuple(sorted(own, key=_by_day)),
        questions=tuple(sorted(questions, key=lambda each: (each.event.day, each.row.label))),
        late=tuple(each for each in late if each.row.id not in hidden),
        put_off=tuple(sorted(put_off, key=lambda each: each.look_again or today)),
        asked=tuple(asked),
        expected=tuple(sorted(coming, key=_by_day)),
    )
    return replace(found, totals=_counted(found))


def page_of(today: date) -> Page:
    """Where ``asks`` that stand on a page of Today are looked for."""

    def until(days: int) -> str:
        return (today + timedelta(days=days)).isoformat()

    return Page(
        today=today.isoformat(), near=until(NEAR_DAYS), soon=until(_SOON_DAYS),
        horizon=until(NEXT_DAYS), window=until(_WINDOW_DAYS), most_missed=MOST_MISSED,
        most_soon=MOST_SOON, most_questions=MOST_QUESTIONS, most=MOST,
    )  # fmt: skip


def first(found: Agenda) -> Agenda:
    """As much of it as a page has room for; the totals stay. Of limits that were missed, the
    latest: they can still be argued about."""
    missed, soon, later = _parted(found.own)
    shown = sorted(missed, key=lambda each: each.last)[-MOST_MISSED:]
    return replace(
        found,
        own=tuple(sorted((*shown, *soon[:MOST_SOON], *later[:MOST]), key=_by_day)),
        questions=found.questions[:MOST_QUESTIONS],
        late=found.late[:MOST],
        put_off=found.put_off[:MOST],
        asked=found.asked[:MOST],
        expected=found.expected[:MOST],
    )


def _counted(found: Agenda) -> Totals:
    missed, soon, later = _parted(found.own)
    return Totals(
        missed=len(missed),
        soon=len(soon),
        later=len(later),
        near=sum(each.near for each in found.own),
        questions=len(found.questions),
        late=len(found.late),
        put_off=len(found.put_off),
        asked=len(found.asked),
        expected=len(found.expected),
    )


def _parted(own: Iterable[Limit]) -> tuple[list[Limit], list[Limit], list[Limit]]:
    """Limits missed, within the next days, and later."""
    missed: list[Limit] = []
    soon: list[Limit] = []
    later: list[Limit] = []
    for each in own:
        part = missed if each.missed else soon if each.left <= _SOON_DAYS else later
        part.append(each)
    return missed, soon, later


def dates(rows: Iterable[RequestClocks], today: date) -> Dates:
    own: list[Limit] = []
    agencies: list[Expected] = []
    for row in rows:
        lines = row.lines
        own += _limits(row, lines, today)
        agencies += [
            Expected(row, line, on) for line in lines if (on := _agencys(line)) is not None
        ]
    return Dates(tuple(own), tuple(agencies))


def _own(lines: Iterable[ClockLine]) -> Iterator[tuple[ClockLine, date]]:
    """The reporter's own limits that are neither met nor given up, each with its day."""
    for line in lines:
        if line.party is Party.REQUESTER and line.state in _OPEN:
            on = line.drives
            if on is not None:
                yield line, on


def _limits(row: RequestClocks, lines: Iterable[ClockLine], today: date) -> list[Limit]:
    return [
        Limit(row, line, on, (on - today).days, _last_day(line, on) < today)
        for line, on in _own(lines)
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
    row: RequestClocks, lines: Iterable[ClockLine], events: Sequence[RequestEvent]
) -> list[Question]:
    """Open questions that name no day: those that do are limits."""
    paused = next((line for line in lines if line.state is ClockState.PAUSED), None)
    return [
        Question(row, event, paused if event.ground else None)
        for event in open_questions(events)
        if not event.limit_on
    ]


def _late(row: RequestClocks, lines: Iterable[ClockLine]) -> list[Late]:
    lapsed = [
        line.due + timedelta(days=1)
        for line in lines
        if line.state is ClockState.LAPSED
        and line.party in (Party.REVIEWER, Party.COURT)
        and line.due is not None
    ]
    since = row.late_since or min(lapsed, default=None)
    return [Late(row, since)] if since is not None else []


def _asked(row: RequestClocks, lines: Iterable[ClockLine]) -> list[Asked]:
    asks = tuple(line for line in lines if line.state is ClockState.ASKS)
    return [Asked(row, asks)] if asks else []


def _expected(row: RequestClocks, lines: Iterable[ClockLine], today: date) -> list[Expected]:
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


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
