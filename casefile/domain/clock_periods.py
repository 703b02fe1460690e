"""How long a clock runs: its own length, extensions, pauses and restarts, counted to its last
day as the law counts and as the body says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from casefile.domain.clock_pauses import Stop, open_stop, stops
from casefile.domain.clock_starts import Start, restarting
from casefile.domain.clock_words import clock_name, event_words, ground_words, length
from casefile.domain.counting import Counted, Leg, count
from casefile.domain.laws import ClockRule, Law, Unit
from casefile.domain.matters import Extension, Happening, Matter, Step
from casefile.domain.working_days import WorkingDays


@dataclass(frozen=True, slots=True)
class Reckoned:
    """``day_0`` is the start of the period that counts in the end; ``replaced_by`` the clock that
    runs instead; ``paused`` the open pause; ``stops`` every pause that was looked at; ``late`` the
    extensions that were announced when the time was over."""

    counted: Counted
    day_0: date
    before: tuple[Step, ...] = ()
    replaced_by: str = ""
    paused: Stop | None = None
    stops: tuple[Stop, ...] = ()
    late: tuple[Extension, ...] = ()

    @property
    def disputed(self) -> bool:
        """Whether the body counts more than the law gives it."""
        return bool(self.late) or any(not stop.lawful for stop in self.stops)


@dataclass(frozen=True, slots=True)
class _Anew:
    """A restart: when the question was put, when the answer came, what runs then."""

    asked: date
    answered: date
    then: str
    why: str
    known: bool


def legs(rule: ClockRule, law: Law, extensions: Sequence[Extension]) -> list[Leg]:
    """The stretches of the period, extensions included."""
    base = _leg(rule, rule.amount)
    added = [(law.rule(each.clock), each.left) for each in extensions]
    totals = [each for each, _left in added if each.total is not None]
    if totals:
        longest = max(totals, key=lambda each: each.total or 0)
        return [Leg(longest.total or 0, longest.unit, rule.first_day_counts)]
    same, others = base.amount, []
    for each, left in added:
        if each.amount is None:
            continue
        leg = _leg(each, each.amount if left is None else left)
        if leg.unit is base.unit:
            same += leg.amount
        else:
            others.append(Leg(leg.amount, leg.unit))
    return [Leg(same, base.unit, rule.first_day_counts), *others]


def length_steps(
    rule: ClockRule, law: Law, extensions: Sequence[Extension], late: Sequence[Extension]
) -> Iterator[Step]:
    """What the law gives, in words."""
    written = length(rule.amount or 0, rule.unit)
    if rule.hours:
        written = f"{rule.hours} hours, read as {written}"
    if rule.as_business_days:
        written += f", which here means {length(rule.as_business_days, Unit.BUSINESS_DAYS)}"
    yield Step(None, f"the law gives {written}")
    for each in extensions:
        if each in late:
            words = f"the {clock_name(law.rule(each.clock))} was announced after the last day"
            yield Step(each.told_on, f"{words}: it lengthens nothing")
            continue
        added = law.rule(each.clock)
        if added.total is not None:
            words = f"makes it {length(added.total, added.unit)} in all"
        elif each.left is not None and added.amount is not None:
            used = f"{length(added.amount - each.left, added.unit)} of {added.amount} were used"
            before = clock_name(law.rule(added.shares_with))
            words = f"adds {length(each.left, added.unit)}: {used} by the {before}"
        elif added.amount is not None:
            words = f"adds {length(added.amount, added.unit)}"
        else:
            words = f"adds no fixed number ({added.standard or 'the law sets none'})"
        yield Step(each.told_on, f"the {clock_name(added)} {words} ({added.citation})")
        if added.note:
            yield Step(None, f"on that: {added.note}")


def _leg(rule: ClockRule, amount: int | None) -> Leg:
    if rule.as_business_days is not None:
        return Leg(rule.as_business_days, Unit.BUSINESS_DAYS, rule.first_day_counts)
    return Leg(amount or 0, rule.unit, rule.first_day_counts)


def reckon(
    rule: ClockRule,
    start: Start,
    matter: Matter,
    happened: Sequence[Happening],
    days: WorkingDays,
    today: date,
    *,
    claims: bool = False,
) -> Reckoned:
    """Count the clock to its last day; with ``claims`` as the body counts, all its pauses taken."""
    law = matter.law
    roll = law.roll if rule.roll is None else rule.roll
    found = [each for each in stops(rule, matter.pauses) if _bears_on(each, start.day)]
    taken = [each for each in found if each.lawful or claims]
    out = [each.left_out(rule) for each in taken if not (each.restarts and each.pause.end)]
    invoked = invoked_for(rule, matter)
    plain = date.max
    if any(each.told_on for each in invoked):
        plain = count(start.day, legs(rule, law, ()), days, roll, left_out=out).due or date.max
    late = tuple(each for each in invoked if each.told_on and each.told_on > plain)
    in_time = [each for each in invoked if claims or each not in late]
    stretches = legs(rule, law, in_time)

    def counted_from(day: date) -> Counted:
        return count(day, stretches, days, roll, left_out=out, today=today)

    day_0 = start.day
    before: list[Step] = []
    result = counted_from(day_0)
    for anew in _restarts(rule, taken, happened, start):
        if anew.asked < day_0 or (result.due is not None and anew.asked > result.due):
            continue
        if anew.then:
            return Reckoned(result, day_0, tuple(before), anew.then, None, tuple(found), late)
        if anew.known:
            before.append(Step(anew.asked, "the body asked; the period stops"))
        words = f"{anew.why}: a full new period starts; this day is not counted"
        before.append(Step(anew.answered, words, 0))
        day_0 = anew.answered
        result = counted_from(day_0)
    paused = open_stop(
        taken, _without_open(rule, result, day_0, stretches, days, roll, taken), today
    )
    return Reckoned(result, day_0, tuple(before), "", paused, tuple(found), late)


def _without_open(
    rule: ClockRule,
    result: Counted,
    day_0: date,
    stretches: Sequence[Leg],
    days: WorkingDays,
    roll: tuple[str, ...],
    taken: Sequence[Stop],
) -> date | None:
    """The last day if the open pause were none: a pause that began later stops nothing."""
    if result.due is not None:
        return result.due
    closed = [each.left_out(rule) for each in taken if each.pause.end and not each.restarts]
    return count(day_0, stretches, days, roll, left_out=closed).due


def _restarts(
    rule: ClockRule, taken: Sequence[Stop], happened: Sequence[Happening], start: Start
) -> list[_Anew]:
    found = [
        _Anew(each.pause.start, each.pause.end, each.rule.then, "the answer arrived", known=True)
        for each in taken
        if each.restarts and each.pause.end is not None
    ]
    answered = {each.answered for each in found}
    for happening, day, stop in restarting(rule, happened):
        if happening is not start.by and day not in answered:
            found.append(_Anew(day, day, stop.then, event_words(happening.event), known=False))
    return sorted(found, key=lambda each: each.answered)


def _bears_on(stop: Stop, start: date) -> bool:
    """Whether the pause was not over before the clock started."""
    return stop.pause.end is None or stop.pause.end > start


def invoked_for(rule: ClockRule, matter: Matter) -> list[Extension]:
    """The extensions of this clock that were announced."""
    of_rule = {each.id for each in matter.law.clocks if each.adds_to == rule.id}
    return [each for each in matter.extensions if each.clock in of_rule]


def claim_words(stop: Stop) -> str:
    """A pause that the law does not give, in words."""
    return f"the body counts it as {ground_words(stop.ground)}; {stop.why_not}"
