"""How long a clock runs: its own length, extensions, pauses and restarts, counted to its last
day as the law counts and as the body says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from casefile.domain.clock_pauses import Stop, open_stop, stops
from casefile.domain.clock_starts import Start, decided_before, restarting
from casefile.domain.clock_words import clock_name, event_words, ground_words, length
from casefile.domain.counting import LAST_YEAR, Counted, Leg, count
from casefile.domain.laws import ClockRule, Law, Unit
from casefile.domain.matters import Extension, Happening, Matter, Pause, Step
from casefile.domain.working_days import WorkingDays


@dataclass(frozen=True, slots=True)
class Reckoned:
    """``day_0`` is the start of the period that counts in the end; ``replaced_by`` the clock that
    runs instead; ``paused`` the open pause; ``stops`` every pause that was looked at; ``late`` the
    extensions that were announced when the time was over, ``plain`` the last day without any."""

    counted: Counted
    day_0: date
    before: tuple[Step, ...] = ()
    replaced_by: str = ""
    paused: Stop | None = None
    stops: tuple[Stop, ...] = ()
    late: tuple[Extension, ...] = ()
    plain: date | None = None

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
    """The stretches of the period, extensions included. The law gives each of them once: a further
    letter on the same one only names another date."""
    base = _leg(rule, rule.amount)
    once = {each.clock: each for each in extensions}.values()
    added = [(law.rule(each.clock), each.left) for each in once]
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
    pauses = [each for each in matter.pauses if _is_real(each, today)]
    found = [each for each in stops(rule, pauses) if _bears_on(each, start.day)]
    taken = [each for each in found if each.lawful or claims]
    out = [each.left_out(rule) for each in taken if not (each.restarts and each.pause.end)]
    invoked = invoked_for(rule, matter, start)
    anew = _restarts(rule, taken, happened, start)

    def run(extensions: Sequence[Extension]) -> _Run:
        stretches = legs(rule, law, extensions)

        def counted_from(day: date) -> Counted:
            return count(day, stretches, days, roll, left_out=out, today=today)

        return _run(counted_from, start.day, anew)

    plain = run(()).counted.due if invoked else None
    in_time: list[Extension] = []
    late: list[Extension] = []
    for each in invoked:
        over = each.told_on and each.told_on > (_named(law, in_time, run) or date.max)
        (late if over else in_time).append(each)
    ran = run(invoked if claims else in_time)
    stretches = legs(rule, law, invoked if claims else in_time)
    result, day_0 = ran.counted, ran.day_0
    paused = None
    if not ran.replaced_by:
        running = _without_open(rule, result, day_0, stretches, days, roll, taken)
        paused = open_stop(taken, running, today)
    return Reckoned(
        result, day_0, ran.before, ran.replaced_by, paused, tuple(found), tuple(late), plain
    )


@dataclass(frozen=True, slots=True)
class _Run:
    """A count with what started it anew."""

    counted: Counted
    day_0: date
    before: tuple[Step, ...]
    replaced_by: str = ""


def _run(counted_from: Callable[[date], Counted], day_0: date, anew: Sequence[_Anew]) -> _Run:
    before: list[Step] = []
    result = counted_from(day_0)
    for each in anew:
        if each.asked < day_0 or (result.due is not None and each.asked > result.due):
            continue
        if each.then:
            return _Run(result, day_0, tuple(before), each.then)
        if each.known:
            before.append(Step(each.asked, "the body asked; the period stops"))
        words = f"{each.why}: a full new period starts; this day is not counted"
        before.append(Step(each.answered, words, 0))
        day_0 = each.answered
        result = counted_from(day_0)
    return _Run(result, day_0, tuple(before))


def _named(
    law: Law,
    in_time: Sequence[Extension],
    run: Callable[[Sequence[Extension]], _Run],
) -> date | None:
    """The last day as the extension letters so far have it."""
    due = run(in_time).counted.due
    if due is None or not in_time:
        return due
    return by_the_letters(law, in_time, due, run(()).counted.due or due)[0]


def by_the_letters(
    law: Law, extensions: Sequence[Extension], most: date, plain: date
) -> tuple[date, date | None, list[Step]]:
    """The last day with the dates that extension letters name, the body's own where it is later
    than ``most``, which is all that the law gives, and the words for both. No letter takes away
    what the law gives without it, ``plain``."""
    due, agency, words = most, None, []
    for each in extensions:
        if each.until is None:
            continue
        added = law.rule(each.clock)
        if added.amount is None and added.total is None:
            due = max(due, each.until)
            words.append(Step(due, "the date that the extension letter names"))
        elif each.until <= most:
            due = max(each.until, plain)
            words.append(Step(due, "the extension letter names this earlier date"))
        else:
            due, agency = most, each.until
            words.append(Step(agency, "the extension letter names this; the law gives less"))
    return due, agency, words


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
        if each.restarts
        and each.pause.end is not None
        and not decided_before(happened, each.pause.end)
    ]
    answered = {each.answered for each in found}
    for happening, day, stop in restarting(rule, happened):
        if happening is not start.by and day not in answered:
            found.append(_Anew(day, day, stop.then, event_words(happening.event), known=False))
    return sorted(found, key=lambda each: each.answered)


def _is_real(pause: Pause, today: date) -> bool:
    """Whether it has begun or its end is known, in years that a calendar covers."""
    known = pause.end is not None and pause.end.year <= LAST_YEAR
    return pause.start <= today if pause.end is None else known


def _bears_on(stop: Stop, start: date) -> bool:
    """Whether the pause was not over before the clock started."""
    return stop.pause.end is None or stop.pause.end > start


def invoked_for(rule: ClockRule, matter: Matter, start: Start) -> list[Extension]:
    """The extensions of this clock that were announced, in their order. Where every appeal has its
    own clock, a letter that came before the appeal is about another one."""
    of_rule = {each.id for each in matter.law.clocks if each.adds_to == rule.id}
    found = [
        each
        for each in matter.extensions
        if each.clock in of_rule
        and each.event in ("", start.by.id)
        and not (each.told_on and start.apart and each.told_on < start.day)
    ]
    return sorted(found, key=lambda each: each.told_on or date.min)


def claim_words(stop: Stop) -> str:
    """A pause that the law does not give, in words."""
    return f"the body counts it as {ground_words(stop.ground)}; {stop.why_not}"
