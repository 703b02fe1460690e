"""Counts a period day by day, and says of every day why it counts or does not."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from casefile.domain.clock_words import day_words, length, number
from casefile.domain.laws import Unit
from casefile.domain.matters import Step
from casefile.domain.working_days import MONTHS, ONE_DAY, WEEKEND, WorkingDays

#: Up to so many counted days each has its own line; beyond, runs of them share one.
LISTED_UP_TO: Final = 60
#: Beyond these years nobody knows the holidays, and so no date.
FIRST_YEAR, LAST_YEAR = 1950, 2090
#: The days that some months have not.
_ORDINALS: Final = {29: "29th", 30: "30th", 31: "31st"}
#: No law counts further; a calendar without a working day would be counted for ever.
_LONGEST = 40 * 366


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Days that a pause takes out of the count, both included; ``last`` None: it goes on."""

    first: date
    last: date | None
    why: str

    def holds(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Leg:
    """A stretch of the period. A second leg, in another unit, runs from the end of the first."""

    amount: int
    unit: Unit
    first_day_counts: bool = False

    @property
    def days(self) -> int:
        return self.amount * 7 if self.unit is Unit.WEEKS else self.amount


@dataclass(frozen=True, slots=True)
class Counted:
    """``unrolled`` is None while an open pause keeps the count from ending; ``used`` counts up to
    the day it was asked for."""

    unrolled: date | None
    due: date | None
    steps: tuple[Step, ...]
    used: int | None
    of: int | None


def count(
    start: date,
    legs: Sequence[Leg],
    days: WorkingDays,
    roll: tuple[str, ...],
    *,
    left_out: Sequence[LeftOut] = (),
    today: date = date.max,
) -> Counted:
    """The last day of a period that starts on ``start``, unrolled and as the law rolls it."""
    if not FIRST_YEAR <= start.year <= LAST_YEAR:
        return Counted(
            None, None, (Step(start, "no holiday calendar covers that year"),), None, None
        )
    steps: list[Step] = []
    end: date | None = start
    used: int | None = 0
    for at, leg in enumerate(legs):
        if end is None:
            break
        if at:
            more_days = length(leg.amount, leg.unit)
            steps.append(Step(end, f"from here {more_days} more; this day is not counted", 0))
        if leg.unit is Unit.MONTHS:
            end, more = _months(end, leg, left_out)
            used = None
        else:
            marks = list(_marks(end, leg, days, left_out))
            counted = [mark for mark in marks if mark.number]
            if used is not None:
                used += sum(1 for mark in counted if mark.day <= today)
            end = counted[-1].day if counted and counted[-1].number == leg.days else None
            more = list(_lines(marks, grouped=leg.days > LISTED_UP_TO))
        steps.extend(more)
    of = None if used is None else sum(leg.days for leg in legs)
    if end is None:
        return Counted(None, None, tuple(steps), used, of)
    due, rolled = _rolled(end, legs[-1], days, roll)
    return Counted(end, due, (*steps, *rolled), used, of)


def add_months(day: date, months: int) -> date:
    """The day with the same number so many months later; the month's last day where it has none."""
    at = day.month - 1 + months
    year, month = day.year + at // 12, at % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


@dataclass(frozen=True, slots=True)
class _Mark:
    day: date
    number: int  # 0: not counted
    why: str = ""


def _marks(
    start: date, leg: Leg, days: WorkingDays, left_out: Sequence[LeftOut]
) -> Iterator[_Mark]:
    """Every day of the leg with its number, or why it has none."""
    business = leg.unit is Unit.BUSINESS_DAYS
    wanted = leg.days
    day = start if leg.first_day_counts else start + ONE_DAY
    counted = 0
    for _ in range(_LONGEST):
        pause = next((each for each in left_out if each.holds(day)), None) if left_out else None
        why = days.closed(day) if business and pause is None else ""
        if pause is not None:
            yield _Mark(day, 0, pause.why)
            if pause.last is None:
                return
        elif why:
            yield _Mark(day, 0, why)
        else:
            counted += 1
            yield _Mark(day, counted)
            if counted == wanted:
                return
        day += ONE_DAY


def _lines(marks: Sequence[_Mark], *, grouped: bool) -> Iterator[Step]:
    """One line a counted day, or a run of them; days left out for one reason share a line."""
    at = 0
    while at < len(marks):
        first, last = marks[at], at
        while (
            last + 1 < len(marks)
            and bool(marks[last + 1].number) == bool(first.number)
            and (grouped if first.number else marks[last + 1].why == first.why)
        ):
            last += 1
        yield _line(first, marks[last])
        at = last + 1


def _line(first: _Mark, last: _Mark) -> Step:
    to = "" if first is last else f" to {day_words(last.day)}"
    if not first.number:
        named = "weekend" if first.why == WEEKEND else first.why
        return Step(first.day, f"{named}, not counted{to and f' (up{to})'}")
    if first is last:
        return Step(first.day, f"day {first.number}", first.number)
    return Step(first.day, f"days {first.number} to {last.number}, up{to}", last.number)


def _months(start: date, leg: Leg, left_out: Sequence[LeftOut]) -> tuple[date | None, list[Step]]:
    end = add_months(start, leg.amount)
    words = f"{number(leg.amount, 'month')} after {day_words(start)}"
    if end.day != start.day:
        month = MONTHS[end.month - 1]
        words += f"; {month} has no {_ORDINALS[start.day]}, so its last day counts"
    if leg.first_day_counts:
        end -= ONE_DAY
        words += "; the first day counts, so the period ends the day before"
    steps = [Step(end, words, leg.amount)]
    free = start + ONE_DAY  # the first day that no pause before took out
    for pause in sorted(left_out, key=lambda each: each.first):
        first = max(pause.first, free)
        if first > end:
            continue
        if pause.last is None:
            return None, [Step(first, f"{pause.why}, not counted")]
        if (out := (pause.last - first).days + 1) > 0:
            free = pause.last + ONE_DAY
            end += timedelta(days=out)
            added = f"{number(out, 'day')} left out from {day_words(first)}: {pause.why}"
            steps.append(Step(end, f"moved here by {added}"))
    return end, steps


def _rolled(
    end: date, leg: Leg, days: WorkingDays, roll: tuple[str, ...]
) -> tuple[date, list[Step]]:
    """Moves an end in days, weeks or months off a day on which no period ends."""
    if leg.unit is Unit.BUSINESS_DAYS or not (why := days.bars_an_end(end, roll)):
        return end, []
    steps = []
    day = end
    while why:
        steps.append(Step(day, f"{why}: the law moves the last day on to the next day"))
        day += ONE_DAY
        why = days.bars_an_end(day, roll)
    steps.append(Step(day, "the first day on which the period may end"))
    return day, steps
