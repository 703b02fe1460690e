"""The fees of a request with the days that hang on them, and what a late answer does to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from casefile.domain.clocks import Clock, ClockState
from casefile.domain.fees import FeeThread, fee_thread
from casefile.domain.laws import ClockKind
from casefile.domain.request_status import ENDED
from casefile.services import deadlines

if TYPE_CHECKING:
    from casefile.services.deadlines import RequestView

_COUNTED = frozenset({
    ClockState.RUNNING, ClockState.PAUSED, ClockState.LAPSED, ClockState.MET, ClockState.GIVEN_UP,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class LateAnswer:
    """What the law says of fees after an answer that came after ``due``: ``words`` follow "the
    agency" and are something to check, no promise. ``answered`` is None while there is none;
    ``agency_due`` the later day up to which the answer is in time by the agency's own count."""

    due: date
    answered: date | None
    words: str
    citation: str
    agency_due: date | None = None


@dataclass(frozen=True, slots=True)
class Fees:
    """``answer_by`` are the clocks of open questions that name a day, ``appeals`` those against a
    letter, both by the id of the letter. ``late`` is None where the law says nothing of fees."""

    thread: FeeThread
    answer_by: dict[str, Clock]
    appeals: dict[str, Clock]
    late: LateAnswer | None


def of_request(view: RequestView, today: date) -> Fees:
    """Everything that is known about the fees of a request on a day. In one that has ended nothing
    is open and no limit runs; what a late answer cost the agency stays."""
    thread = fee_thread(view.request, view.events)
    if view.status in ENDED:
        thread = replace(thread, open=())
    return Fees(
        thread,
        _by_letter(view.clocks, ClockKind.ANSWER, {event.id for event in thread.open}),
        _by_letter(view.clocks, ClockKind.APPEAL_FILING, {event.id for event in thread.events}),
        _late(deadlines.clocks_until_the_end(view, today), deadlines.last_day(view, today)),
    )


def _by_letter(clocks: Iterable[Clock], kind: ClockKind, letters: set[str]) -> dict[str, Clock]:
    """The clock of each letter that starts one, the soonest where there are several."""
    found: dict[str, Clock] = {}
    for clock in sorted(clocks, key=lambda each: each.drives or each.due or date.max):
        letter = clock.started_by.id if clock.started_by else ""
        if clock.rule.kind is kind and clock.state in _COUNTED and letter in letters:
            found.setdefault(letter, clock)
    return found


def _late(clocks: Iterable[Clock], today: date) -> LateAnswer | None:
    """By the clock that a late answer ended, which the request itself no longer calls late."""
    for clock in clocks:
        due = clock.last
        if not clock.rule.fees_if_late or due is None:
            continue
        late = clock.state is ClockState.LAPSED or (clock.met_on is not None and clock.met_on > due)
        if late:
            until = clock.met_on or today
            in_time = clock.agency_due is not None and until <= clock.agency_due
            return LateAnswer(
                due,
                clock.met_on,
                clock.rule.fees_if_late,
                clock.rule.citation,
                clock.agency_due if in_time else None,
            )
    return None
