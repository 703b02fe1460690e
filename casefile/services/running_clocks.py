"""The clocks that run on open requests, soonest first."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from casefile.domain.clocks import Clock, ClockState
from casefile.domain.requests import Request
from casefile.services import deadlines

if TYPE_CHECKING:
    from casefile.services.case import Case

_RUNNING: Final = frozenset({
    ClockState.RUNNING, ClockState.PAUSED, ClockState.LAPSED, ClockState.NOT_YET, ClockState.OPEN,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class RunningClock:
    """``number`` tells the clocks of one rule apart, of which each letter starts its own."""

    request: Request
    clock: Clock
    number: int

    @property
    def day(self) -> date | None:
        """The day that counts for the reporter."""
        return self.clock.drives or self.clock.due

    def days_left(self, today: date) -> int | None:
        """Negative once the day is past."""
        return None if self.day is None else (self.day - today).days


def running(case: Case, today: date) -> list[RunningClock]:
    """Every clock that runs, waits, is paused or has lapsed, of requests that are not closed; those
    without a day come last."""
    found: list[RunningClock] = []
    for view in deadlines.overview(case, today):
        seen: Counter[str] = Counter()
        for clock in view.clocks:
            seen[clock.rule.id] += 1
            if clock.state in _RUNNING:
                found.append(RunningClock(view.request, clock, seen[clock.rule.id]))
    return sorted(found, key=lambda each: (each.day or date.max, each.request.agency))
