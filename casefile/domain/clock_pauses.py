"""Pauses: what the law lets stop a clock, and what only the body says does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from casefile.domain.clock_words import ground_words
from casefile.domain.counting import LeftOut
from casefile.domain.laws import ClockKind, ClockRule, StopRule
from casefile.domain.matters import Party, Pause
from casefile.domain.working_days import ONE_DAY

_CLAIMABLE: Final = frozenset({ClockKind.RESPONSE, ClockKind.APPEAL_DECISION})
_MUST_ACT: Final = {
    "third_party_consultation": Party.THIRD_PARTY,
    "commissioner_suspension": Party.REVIEWER,
}


@dataclass(frozen=True, slots=True)
class Stop:
    """A pause as it bears on one clock. ``lawful`` False: the body claims it, the law does not give
    it; ``why_not`` says why."""

    pause: Pause
    ground: str
    rule: StopRule
    lawful: bool
    why_not: str = ""

    @property
    def restarts(self) -> bool:
        return self.rule.mode == "restart"

    def left_out(self, rule: ClockRule) -> LeftOut:
        both_ends = rule.pause_span == "both_ends"
        first = self.pause.start if both_ends else self.pause.start + ONE_DAY
        last = self.pause.end
        return LeftOut(first, last, ground_words(self.ground))


def stops(rule: ClockRule, pauses: Sequence[Pause]) -> list[Stop]:
    """The pauses that bear on this clock, in the order in which they began."""
    found = []
    seen: Counter[str] = Counter()
    for pause in sorted(pauses, key=lambda each: each.start):
        if pause.clock not in ("", rule.id):
            continue
        ground = pause.ground or (rule.stops_for[0] if rule.stops_for else "")
        given = rule.stop_rule(ground)
        why_not = _why_not(pause, given, seen[ground])
        if not why_not:
            seen[ground] += 1
        elif pause.clock != rule.id and rule.kind not in _CLAIMABLE:
            continue
        stop = given or StopRule(ground, "pause", "not_stated")
        found.append(Stop(pause, ground, stop, not why_not, why_not))
    return found


def who_must_act(ground: str) -> Party:
    """Who ends a pause."""
    return _MUST_ACT.get(ground, Party.REQUESTER)


def open_stop(found: Sequence[Stop], due_without: date | None, today: date) -> Stop | None:
    """The lawful pause that still goes on, if one began while the clock ran."""
    for stop in found:
        began = stop.pause.start <= today and (
            due_without is None or stop.pause.start <= due_without
        )
        if stop.lawful and stop.pause.end is None and began:
            return stop
    return None


def _why_not(pause: Pause, given: StopRule | None, before: int) -> str:
    if given is None:
        return "the law names no such ground for this clock"
    if not pause.confirmed:
        return "the pause is the body's claim and was not confirmed"
    if isinstance(given.times, int) and before >= given.times:
        return f"the law allows this ground only {'once' if given.times == 1 else given.times}"
    return ""
