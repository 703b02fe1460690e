"""What the deadline engine is given, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final, TypeVar

from casefile.domain.laws import DECISIONS, ClockRule, Law


class Party(StrEnum):
    """Who must act."""

    REQUESTER = "requester"
    BODY = "body"
    REVIEWER = "reviewer"
    COURT = "court"
    THIRD_PARTY = "third_party"


class ClockState(StrEnum):
    WAITING = "waiting"  # opens after something that has not happened
    RUNNING = "running"
    PAUSED = "paused"
    LAPSED = "lapsed"
    MET = "met"
    NO_DATE = "no_date"  # the stage is in doubt
    NO_NUMBER = "no_number"  # the law sets none
    ASKS = "asks"  # a fact must be told first
    OFF = "off"  # the fact does not hold, or another clock took its place
    NOT_YET = "not_yet"  # a waiting period that runs
    OPEN = "open"  # a waiting period that is over
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One event of a request's timeline. A letter has up to three dates, any other event one.

    ``event`` is a value of ``starts_from``, or one that starts nothing by itself: determination,
    interim_release, final_release, release, extension, consultation, referral, still_interested.
    ``limit`` is a date printed in the letter for the requester; ``answers`` the id of the
    happening, or of the clock, that this one answers, where there could be several. ``partial``
    says of a denial that it rules on a part only (pages, a fee, expedition): it opens its own
    appeal, and the response clock runs on. Acts of the requester that only end clocks:
    appeal_sent, review_sent, suit_filed, reply; of the body: answer_filed. ``after_hours``: it
    arrived when the office had closed, so it counts as received on the next working day.
    """

    event: str
    dated: date | None = None
    sent: date | None = None
    received: date | None = None
    notice: str = ""
    id: str = ""
    limit: date | None = None
    note: str = ""
    answers: str = ""
    partial: bool = False
    after_hours: bool = False

    @property
    def earliest(self) -> date | None:
        """The earliest date it can mean."""
        return min((d for d in (self.dated, self.sent, self.received) if d), default=None)


@dataclass(frozen=True, slots=True)
class Extension:
    """An extension clock that was invoked; ``until`` is the new date where the letter names one;
    ``left`` how much of it another extension has left, where the law gives one sum for both.
    ``clock`` may be the clock itself where its law knows no extension: then ``until`` is only the
    body's claim. ``event`` is the id of what started the clock, where several run."""

    clock: str
    told_on: date | None = None
    until: date | None = None
    left: int | None = None
    event: str = ""


@dataclass(frozen=True, slots=True)
class Pause:
    """The span from the body's question to its answer. ``clock`` empty: every clock whose law
    knows the ground. ``confirmed`` False: only the body claims it."""

    start: date
    end: date | None
    ground: str = ""
    clock: str = ""
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class Override:
    """A date that the reporter set by hand. ``event`` is the id of the letter whose clock it is;
    empty: every clock of this rule, but for those that a letter started which came afterwards
    (``letters`` are the ids of those there were; None: nobody knows)."""

    clock: str
    due: date
    reason: str
    made_on: date | None = None
    event: str = ""
    letters: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class GivenUp:
    """A limit that the reporter let go; ``event`` and ``letters`` as in ``Override``."""

    clock: str
    reason: str
    event: str = ""
    letters: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Matter:
    """All that the engine looks at. ``holidays`` are codes of other calendars than the law's;
    ``closures`` further closed days."""

    law: Law
    happenings: tuple[Happening, ...]
    extensions: tuple[Extension, ...] = ()
    pauses: tuple[Pause, ...] = ()
    facts: Mapping[str, bool] = field(default_factory=dict)
    overrides: tuple[Override, ...] = ()
    closures: tuple[date, ...] = ()
    holidays: tuple[str, ...] = ()
    given_up: tuple[GivenUp, ...] = ()
    zone: str = ""
    closes_at: str = ""

    def override_of(self, clock: str, by: Happening) -> Override | None:
        """The date set by hand for the clock that a letter started."""
        return _latest(self.overrides, clock, by)

    def given_up_of(self, clock: str, by: Happening) -> GivenUp | None:
        """Whether the reporter let the clock go that a letter started."""
        return _latest(self.given_up, clock, by)


@dataclass(frozen=True, slots=True)
class Step:
    """A line of the explanation, in plain words; ``count`` is the number the day got."""

    on: date | None
    what: str
    count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One time limit as it stands on a day.

    ``due`` is what the law says; ``unrolled`` the same before it moved off a closed day;
    ``send_by`` the safe day of a limit that the requester keeps; ``stated`` the limit printed in
    the letter; ``agency_due`` the date by the body's own count, where it claims more than the law
    gives (the later of the two says when suit is safe), ``agency_open`` that by its count the
    clock stands still; ``drives`` the date that Today goes by;
    ``met_on`` the day on which what it waits for was done.
    """

    rule: ClockRule
    state: ClockState
    party: Party
    started: date | None = None
    started_by: Happening | None = None
    due: date | None = None
    unrolled: date | None = None
    send_by: date | None = None
    stated: date | None = None
    agency_due: date | None = None
    agency_open: bool = False
    drives: date | None = None
    met_on: date | None = None
    override: Override | None = None
    opens_after: tuple[str, ...] = ()
    used: int | None = None
    of: int | None = None
    check_this: bool = False
    doubt: str = ""
    explanation: tuple[Step, ...] = ()
    checked: date | None = None
    source: str = ""

    @property
    def last(self) -> date | None:
        """The last day: the one that the reporter set by hand, else the law's."""
        return self.override.due if self.override is not None else self.due


#: Letters of which each starts a clock of its own.
_OWN_CLOCKS: Final = DECISIONS | {"appeal_received", "review_received", "notice_sent"}
_Decision = TypeVar("_Decision", Override, GivenUp)


def _latest(decisions: Sequence[_Decision], clock: str, by: Happening) -> _Decision | None:
    """The last decision on a clock; one on this very letter before one on any."""
    about = [each for each in decisions if each.clock == clock and _is_about(each, by)]
    return max(about, key=lambda each: bool(each.event), default=None)


def _is_about(decision: Override | GivenUp, by: Happening) -> bool:
    if decision.event:
        return decision.event == by.id
    known = decision.letters is None or not by.id or by.id in decision.letters
    return known or by.event not in _OWN_CLOCKS
