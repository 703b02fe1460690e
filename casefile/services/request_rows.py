"""A request in short, as it is kept for lists: written and read in one place.

What a list shows is kept apart from the rest, so that ten thousand rows are read at once.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from casefile.domain.clocks import Clock, ClockState, Party
from casefile.domain.laws import ClockKind, ClockRule
from casefile.domain.request_status import NextStep, Status
from casefile.domain.requests import called
from casefile.services import laws
from casefile.services.standing_words import sentence

if TYPE_CHECKING:
    from casefile.services.deadlines import RequestView

_SHOWN: Final = frozenset({
    ClockState.RUNNING, ClockState.PAUSED, ClockState.LAPSED, ClockState.ASKS, ClockState.NOT_YET,
})  # fmt: skip
#: By value: calling an enum is five times as slow, and lists ask ten thousand times.
_KINDS: Final = {each.value: each for each in ClockKind}
_STATES: Final = {each.value: each for each in ClockState}
_PARTIES: Final = {each.value: each for each in Party}
_STATUSES: Final = {each.value: each for each in Status}
_STEPS: Final = {each.value: each for each in NextStep}


class _Line(NamedTuple):
    """A clock as JSON keeps it; days are ISO or None."""

    rule_id: str
    kind: str
    state: str
    party: str
    due: str | None
    send_by: str | None
    stated: str | None
    drives: str | None
    agency_due: str | None
    used: int | None
    of: int | None
    check_this: int
    event_id: str


class _Short(NamedTuple):
    """What a list shows, as JSON keeps it. What has parts is text that is read when it is asked
    for: ten thousand flat rows are read at once, and most are never looked at."""

    id: str
    agency: str
    law: str
    subject: str
    numbers: str
    status: str
    next_step: str
    goal: str | None
    leading: str
    office: str


class _Rest(NamedTuple):
    """What Today shows besides, as JSON keeps it."""

    late_since: str | None
    reminded: str | None
    snoozed_until: str | None
    standing: str
    zone: str
    closes_at: str
    lines: Sequence[Sequence[Any]]


class ClockLine:
    """A clock in short. The names are those of ``Clock``; dates that it has not are None."""

    __slots__ = ("_kept",)

    def __init__(self, values: Sequence[Any]) -> None:
        self._kept = _Line._make(values)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ClockLine) and self._kept == other._kept

    def __hash__(self) -> int:
        return hash(self._kept)

    @property
    def rule_id(self) -> str:
        return self._kept.rule_id

    @property
    def kind(self) -> ClockKind:
        return _KINDS[self._kept.kind]

    @property
    def state(self) -> ClockState:
        return _STATES[self._kept.state]

    @property
    def party(self) -> Party:
        return _PARTIES[self._kept.party]

    @property
    def due(self) -> date | None:
        return _day(self._kept.due)

    @property
    def send_by(self) -> date | None:
        return _day(self._kept.send_by)

    @property
    def stated(self) -> date | None:
        return _day(self._kept.stated)

    @property
    def drives(self) -> date | None:
        return _day(self._kept.drives)

    @property
    def agency_due(self) -> date | None:
        return _day(self._kept.agency_due)

    @property
    def used(self) -> int | None:
        """Days used up, of a clock that stands still."""
        return self._kept.used

    @property
    def of(self) -> int | None:
        return self._kept.of

    @property
    def check_this(self) -> bool:
        return bool(self._kept.check_this)

    @property
    def event_id(self) -> str:
        """The event that started it."""
        return self._kept.event_id


class RequestRow:
    """What a list shows of a request; ``leading`` is the first clock to show."""

    __slots__ = ("_kept",)

    def __init__(self, values: Sequence[Any]) -> None:
        self._kept = _Short._make(values)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RequestRow) and self._kept == other._kept

    def __hash__(self) -> int:
        return hash(self._kept.id)

    @property
    def id(self) -> str:
        return self._kept.id

    @property
    def agency(self) -> str:
        return self._kept.agency

    @property
    def law(self) -> str:
        return self._kept.law

    @property
    def subject(self) -> str:
        return self._kept.subject

    @property
    def numbers(self) -> tuple[str, ...]:
        """Its tracking numbers, the one it is called by first."""
        return tuple(self._kept.numbers.split("\n")) if self._kept.numbers else ()

    @property
    def status(self) -> Status:
        return _STATUSES[self._kept.status]

    @property
    def next_step(self) -> NextStep:
        return _STEPS[self._kept.next_step]

    @property
    def goal(self) -> date | None:
        """The day that the leading clock goes by."""
        return _day(self._kept.goal)

    @property
    def leading(self) -> ClockLine | None:
        return ClockLine(json.loads(self._kept.leading)) if self._kept.leading else None

    @property
    def office(self) -> tuple[tuple[str, ...], tuple[date, ...]]:
        """Codes of the office's own calendar, and the days on which it does not work."""
        if not self._kept.office:
            return (), ()
        holidays, closures = json.loads(self._kept.office)
        return tuple(holidays), tuple(map(date.fromisoformat, closures))

    @property
    def label(self) -> str:
        """ "EPA R9 #2291"."""
        return called(self._kept.agency, self._kept.numbers.partition("\n")[0])


class RequestClocks(RequestRow):
    """A request with the clocks that ask for something, ``lines``; ``standing`` is a sentence. See
    ``RequestView``."""

    __slots__ = ("_rest",)

    def __init__(self, values: Sequence[Any], rest: Sequence[Any]) -> None:
        super().__init__(values)
        self._rest = _Rest._make(rest)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, RequestClocks):
            return NotImplemented
        return super().__eq__(other) and self._rest == other._rest

    __hash__ = RequestRow.__hash__

    @property
    def late_since(self) -> date | None:
        return _day(self._rest.late_since)

    @property
    def reminded(self) -> date | None:
        return _day(self._rest.reminded)

    @property
    def snoozed_until(self) -> date | None:
        return _day(self._rest.snoozed_until)

    @property
    def standing(self) -> str:
        return self._rest.standing

    @property
    def zone(self) -> str:
        return self._rest.zone

    @property
    def closes_at(self) -> str:
        return self._rest.closes_at

    @property
    def lines(self) -> tuple[ClockLine, ...]:
        return tuple(map(ClockLine, self._rest.lines))


def rule_of(row: RequestRow, line: ClockLine) -> ClockRule | None:
    """The clock in the law as it is now, for its words; None for a letter's limit, and where the
    law is not known."""
    law = laws.known(row.law)
    found = law.clocks if law is not None else ()
    return next((rule for rule in found if rule.id == line.rule_id), None)


def short_of(view: RequestView) -> list[Any]:
    """What ``RequestRow`` reads."""
    leading, office = view.leading, view.agency
    goal = None if leading is None else leading.drives or leading.due
    return list(
        _Short(
            id=view.request.id,
            agency=view.request.agency,
            law=view.request.law,
            subject=view.request.subject,
            numbers="\n".join(" ".join(each.split()) for each in view.request.tracking_numbers),
            status=view.status.value,
            next_step=view.next_step.value,
            goal=_iso(goal),
            leading="" if leading is None else json.dumps(_line(leading)),
            office=json.dumps([office.holidays, office.closures])
            if office.holidays or office.closures
            else "",
        )
    )


def rest_of(view: RequestView) -> list[Any]:
    """What ``RequestClocks`` reads besides."""
    return list(
        _Rest(
            late_since=_iso(view.late_since),
            reminded=_iso(view.reminded),
            snoozed_until=_iso(view.snoozed_until),
            standing=sentence(view.standing[-1]) if view.standing else "",
            zone=view.agency.zone,
            closes_at=view.agency.closes_at,
            lines=[_line(clock) for clock in view.clocks if _is_shown(clock)],
        )
    )


def _is_shown(clock: Clock) -> bool:
    """Whether it asks for something; of those that the law leaves without a date, one for which
    the letter names a day does."""
    dateless = clock.state in (ClockState.NO_DATE, ClockState.NO_NUMBER)
    return clock.state in _SHOWN or (dateless and clock.drives is not None)


def _line(clock: Clock) -> list[Any]:
    still = clock.state is ClockState.PAUSED
    return list(
        _Line(
            rule_id=clock.rule.id,
            kind=clock.rule.kind.value,
            state=clock.state.value,
            party=clock.party.value,
            due=_iso(clock.due),
            send_by=_iso(clock.send_by),
            stated=_iso(clock.stated),
            drives=_iso(clock.drives),
            agency_due=_iso(clock.agency_due),
            used=clock.used if still else None,
            of=clock.of,
            check_this=int(clock.check_this),
            event_id=clock.started_by.id if clock.started_by else "",
        )
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
