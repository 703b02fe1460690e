"""Requests as lists show them: quick however many there are.

What is shown of a request on a day holds until the next of its dates. It is kept in the store until
then (``store.summaries``), so that a list of thousands is read, not computed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import casefile
from casefile.domain.clocks import Clock, ClockState, Party
from casefile.domain.errors import UserError
from casefile.domain.laws import ClockKind, ClockRule
from casefile.domain.request_status import NextStep, Status
from casefile.domain.requests import called
from casefile.services import deadlines, laws
from casefile.services.deadlines import RequestView
from casefile.services.standing_words import sentence
from casefile.store import requests, summaries
from casefile.store.summaries import Kept

if TYPE_CHECKING:
    from casefile.services.case import Case

#: Whatever changes how a summary is made or read changes this.
_FORMAT: Final = 3
_MADE_BY: Final = f"{casefile.__version__}/{_FORMAT}"
_AT_ONCE: Final = 100
_FOREVER: Final = "9999-12-31"
_SHOWN: Final = frozenset({
    ClockState.RUNNING, ClockState.PAUSED, ClockState.LAPSED, ClockState.ASKS, ClockState.NOT_YET,
})  # fmt: skip
#: By value: calling an enum is five times as slow, and Today asks a hundred thousand times.
_KINDS: Final = {each.value: each for each in ClockKind}
_STATES: Final = {each.value: each for each in ClockState}
_PARTIES: Final = {each.value: each for each in Party}
_STATUSES: Final = {each.value: each for each in Status}
_STEPS: Final = {each.value: each for each in NextStep}


class ClockLine:
    """A clock in short. The names are those of ``Clock``; dates that it has not are None."""

    __slots__ = ("_values",)

    def __init__(self, values: list[Any]) -> None:
        self._values = values

    @property
    def rule_id(self) -> str:
        return str(self._values[0])

    @property
    def kind(self) -> ClockKind:
        return _KINDS[self._values[1]]

    @property
    def state(self) -> ClockState:
        return _STATES[self._values[2]]

    @property
    def party(self) -> Party:
        return _PARTIES[self._values[3]]

    @property
    def due(self) -> date | None:
        return _day(self._values[4])

    @property
    def send_by(self) -> date | None:
        return _day(self._values[5])

    @property
    def stated(self) -> date | None:
        return _day(self._values[6])

    @property
    def drives(self) -> date | None:
        return _day(self._values[7])

    @property
    def agency_due(self) -> date | None:
        return _day(self._values[8])

    @property
    def used(self) -> int | None:
        """Days used up, of a clock that stands still."""
        return self._values[9]  # type: ignore[no-any-return]

    @property
    def of(self) -> int | None:
        return self._values[10]  # type: ignore[no-any-return]

    @property
    def check_this(self) -> bool:
        return bool(self._values[11])

    @property
    def event_id(self) -> str:
        """The event that started it."""
        return str(self._values[12])


class RequestRow:
    """A request in short. ``standing`` is a sentence; ``lines`` are the clocks that ask for
    something, ``leading`` the first to show; see ``RequestView``."""

    __slots__ = ("_values",)

    def __init__(self, values: list[Any]) -> None:
        self._values = values

    @property
    def id(self) -> str:
        return str(self._values[0])

    @property
    def agency(self) -> str:
        return str(self._values[1])

    @property
    def law(self) -> str:
        return str(self._values[2])

    @property
    def subject(self) -> str:
        return str(self._values[3])

    @property
    def numbers(self) -> tuple[str, ...]:
        """Its tracking numbers, the one it is called by first."""
        return tuple(self._values[4])

    @property
    def number(self) -> str:
        return next(iter(self.numbers), "")

    @property
    def status(self) -> Status:
        return _STATUSES[self._values[5]]

    @property
    def next_step(self) -> NextStep:
        return _STEPS[self._values[6]]

    @property
    def late_since(self) -> date | None:
        return _day(self._values[7])

    @property
    def reminded(self) -> date | None:
        return _day(self._values[8])

    @property
    def snoozed_until(self) -> date | None:
        return _day(self._values[9])

    @property
    def standing(self) -> str:
        return str(self._values[10])

    @property
    def zone(self) -> str:
        return str(self._values[11])

    @property
    def closes_at(self) -> str:
        return str(self._values[12])

    @property
    def holidays(self) -> tuple[str, ...]:
        """Codes of the office's own calendar."""
        return tuple(self._values[15])

    @property
    def closures(self) -> tuple[date, ...]:
        """Days on which the office does not work."""
        return tuple(map(date.fromisoformat, self._values[16]))

    @property
    def lines(self) -> tuple[ClockLine, ...]:
        return tuple(map(ClockLine, self._values[14]))

    @property
    def leading(self) -> ClockLine | None:
        at = self._values[13]
        return None if at is None else ClockLine(self._values[14][at])

    @property
    def label(self) -> str:
        """ "EPA R9 #2291"."""
        return called(self.agency, self.number)


def rule_of(row: RequestRow, line: ClockLine) -> ClockRule | None:
    """The clock in the law as it is now, for its words; None for a letter's limit, and where the
    law is not known."""
    law = laws.known(row.law)
    found = law.clocks if law is not None else ()
    return next((rule for rule in found if rule.id == line.rule_id), None)


def rows(case: Case, today: date) -> list[RequestRow]:
    """Every request outside the trash, in the order in which they were made."""
    day = today.isoformat()
    reader = case.reader()
    missing = summaries.lacking(reader, day, _MADE_BY)
    if not missing:
        return [RequestRow(values) for values in summaries.holding(reader, day, _MADE_BY)]
    stamps = summaries.stamps(reader, missing)
    made = [
        Kept(view.request.id, stamps[view.request.id], day, _until(view, today), _summary(view))
        for view in deadlines.overview(case, today, only=frozenset(missing))
        if view.request.id in stamps
    ]
    _keep(case, made)
    known = {values[0]: values for values in summaries.holding(reader, day, _MADE_BY)}
    known |= {each.request_id: list(each.summary) for each in made}
    return [RequestRow(known[each]) for each in requests.order(reader) if each in known]


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


def _summary(view: RequestView) -> list[Any]:
    shown = [clock for clock in view.clocks if _is_shown(clock)]
    leading = view.leading
    return [
        view.request.id,
        view.request.agency,
        view.request.law,
        view.request.subject,
        list(view.request.tracking_numbers),
        view.status.value,
        view.next_step.value,
        _iso(view.late_since),
        _iso(view.reminded),
        _iso(view.snoozed_until),
        sentence(view.standing[-1]) if view.standing else "",
        view.agency.zone,
        view.agency.closes_at,
        next((at for at, clock in enumerate(shown) if clock is leading), None),
        [_line(clock) for clock in shown],
        list(view.agency.holidays),
        list(view.agency.closures),
    ]


def _is_shown(clock: Clock) -> bool:
    """Whether it asks for something; of those that the law leaves without a date, one for which
    the letter names a day does."""
    dateless = clock.state in (ClockState.NO_DATE, ClockState.NO_NUMBER)
    return clock.state in _SHOWN or (dateless and clock.drives is not None)


def _line(clock: Clock) -> list[Any]:
    still = clock.state is ClockState.PAUSED
    return [
        clock.rule.id,
        clock.rule.kind.value,
        clock.state.value,
        clock.party.value,
        _iso(clock.due),
        _iso(clock.send_by),
        _iso(clock.stated),
        _iso(clock.drives),
        _iso(clock.agency_due),
        clock.used if still else None,
        clock.of,
        int(clock.check_this),
        clock.started_by.id if clock.started_by else "",
    ]


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


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
