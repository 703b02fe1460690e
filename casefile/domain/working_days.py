"""Which days count: weekends of the place, its holidays, and further days on which it is closed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final, Protocol

from casefile.domain.laws import Law

WEEKDAYS: Final = (
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
)
MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
#: Feasts that a law may name, by their distance from Easter Sunday.
FEASTS: Final = {"Good Friday": -2, "Easter Monday": 1, "Ascension Day": 39, "Whit Monday": 50}
ONE_DAY: Final = timedelta(days=1)
WEEKEND: Final = "weekend"


class Holidays(Protocol):
    """The public holidays of a place, of one calendar or of several together."""

    def names(self, day: date) -> tuple[str, ...]:
        """The names of the holidays on that day; empty: none."""
        ...

    def lacks(self, year: int) -> bool:
        """Whether not all holidays of that year are known."""
        ...


class WorkingDays:
    """The working days of a law: says of any day whether it counts, and if not, why."""

    def __init__(self, law: Law, holidays: Holidays, closures: Iterable[date] = ()) -> None:
        self._law = law
        self._holidays = holidays
        self._closures = frozenset(closures)
        self._known: dict[date, str] = {}

    def closed(self, day: date) -> str:
        """Why that day is no working day, in words; empty: it is one."""
        if day not in self._known:
            weekend = WEEKEND if day.weekday() in self._law.weekend else ""
            self._known[day] = weekend or self.holiday(day)
        return self._known[day]

    def holiday(self, day: date) -> str:
        """The holiday or closure on that day, weekend or not; empty: none."""
        excluded = self._law.holiday_exclude
        if names := [name for name in self._holidays.names(day) if name not in excluded]:
            return " and ".join(names)
        for span in self._law.extra_closed:
            if _within(day, span):
                return "closed by this law every year " + _in_words(span)
        return "a closed day that you added" if day in self._closures else ""

    def unknown(self, first: date, last: date) -> int | None:
        """The first of these years whose holidays are not all known."""
        years = range(first.year, last.year + 1)
        return next((year for year in years if self._holidays.lacks(year)), None)

    def bars_an_end(self, day: date, roll: tuple[str, ...]) -> str:
        """Why a period may not end on that day under the rule ``roll``; empty: it may."""
        weekday = WEEKDAYS[day.weekday()]
        if weekday.casefold() in roll:
            return f"a {weekday}"
        if "holiday" not in roll:
            return ""
        for each in self._law.extra_roll_days:
            if feast_on(day, each):
                return each if each in FEASTS else f"{day.day} {MONTHS[day.month - 1]}"
        return self.holiday(day)

    def on_or_after(self, day: date) -> date:
        """The first working day from that day on."""
        while self.closed(day):
            day += ONE_DAY
        return day

    def on_or_before(self, day: date) -> date:
        """The last working day up to that day."""
        while self.closed(day):
            day -= ONE_DAY
        return day

    def after(self, day: date, count: int) -> date:
        """The working day that many working days after ``day``."""
        for _ in range(count):
            day = self.on_or_after(day + ONE_DAY)
        return day


def easter(year: int) -> date:
    """Easter Sunday of the western churches (the anonymous Gregorian reckoning)."""
    golden, century, in_century = year % 19, year // 100, year % 100
    moon = (19 * golden + century - century // 4 - (8 * century + 13) // 25 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (in_century // 4) - moon - in_century % 4) % 7
    late = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)


def feast_on(day: date, named: str) -> bool:
    """Whether ``named`` (``MM-DD`` or a feast) is that day."""
    if named in FEASTS:
        return day == easter(day.year) + timedelta(days=FEASTS[named])
    return _within(day, named)


def _within(day: date, span: str) -> bool:
    first, _, last = span.partition("..")
    here = f"{day.month:02}-{day.day:02}"
    last = last or first
    return first <= here <= last if first <= last else here >= first or here <= last


def _in_words(span: str) -> str:
    first, _, last = span.partition("..")
    return f"from {_month_day(first)} to {_month_day(last)}" if last else f"on {_month_day(first)}"


def _month_day(text: str) -> str:
    month, day = text.split("-")
    return f"{int(day)} {MONTHS[int(month) - 1]}"
