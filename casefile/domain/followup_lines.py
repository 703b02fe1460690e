"""Reads a follow-up typed as one line: ``call HERON fri`` is "call HERON", due next Friday.

Only words at the very end are taken for a date, and only when something to do stands before them,
so that the date can be shown before it is saved. English and German names are known; dates are read
as ISO (2026-11-27), day.month. (27.11. or 27.11.2026), day month (27 Nov) or month day (Nov 27).
A slash date is not read: 3/4 is March in one newsroom and April in another.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "mon monday mo montag",
            "tue tues tuesday di dienstag",
            "wed wednesday mi mittwoch",
            "thu thur thurs thursday do donnerstag",
            "fri friday fr freitag",
            "sat saturday sa samstag sonnabend",
            "sun sunday so sonntag",
        )
    )
    for name in names.split()
}
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar",
            "feb february februar",
            "mar march märz mrz",
            "apr april",
            "may mai",
            "jun june juni",
            "jul july juli",
            "aug august",
            "sep sept september",
            "oct october okt oktober",
            "nov november",
            "dec december dez dezember",
        ),
        start=1,
    )
    for name in names.split()
}
_NEAR = {
    "today": 0, "tonight": 0, "heute": 0,
    "tomorrow": 1, "tmr": 1, "tmrw": 1, "morgen": 1,
    "übermorgen": 2,
}  # fmt: skip
#: Two-letter German names are also words ("do", "so", "mi"): they need a full stop, as in "do.".
_NEEDS_STOP = {"mo", "di", "mi", "do", "fr", "sa", "so"}
_ARTICLES = {"the", "a", "an", "der", "die", "das", "this"}
_JOINERS = {"by", "on", "due", "until", "till", "before", "bis", "am", "at"}

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})?")
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th|\.)?")
#: "in" is needed: "read 3 days" may be about three days.
_SPAN = re.compile(r"in (\d{1,3}) ?(d|days?|tagen?|w|weeks?|wochen?|months?|monate?n?)")


def parse_line(line: str, today: date) -> tuple[str, date | None]:
    """What to do and when: the line without its date, and the date or ``None``.

    A weekday is the next one after ``today`` ("fri" on a Friday is a week ahead); "next fri" is the
    same; a day and month without a year is the next such day, today included.
    """
    words = line.split()
    for taken in (4, 3, 2, 1):
        rest, tail = words[:-taken], words[-taken:]
        if len(rest) < 1 or len(tail) < taken:
            continue
        due = _read(" ".join(tail).casefold().strip(",;!"), today)
        if due is None or _is_a_name(rest[-1], tail):
            continue
        while len(rest) > 1 and rest[-1].casefold().rstrip(":,") in _JOINERS:
            rest.pop()
        return " ".join(rest).rstrip(" ,;:–-"), due
    return " ".join(words), None


def _is_a_name(before: str, tail: list[str]) -> bool:
    """ "Read the Sun" is about a newspaper."""
    return len(tail) == 1 and before.casefold() in _ARTICLES


def _read(words: str, today: date) -> date | None:
    readers: tuple[Callable[[str, date], date | None], ...] = (
        _near, _weekday, _numbers, _day_and_month, _span,
    )  # fmt: skip
    for reader in readers:
        try:
            found = reader(words, today)
        except (ValueError, OverflowError):  # the 31st of June, the year 9999
            return None
        if found is not None:
            return found
    return None


def _near(words: str, today: date) -> date | None:
    if words in ("next week", "nächste woche"):
        return today + timedelta(days=7 - today.weekday())
    if words in ("next month", "nächsten monat"):
        return _months_later(today.replace(day=1), 1)
    days = _NEAR.get(words.rstrip("."))
    return None if days is None else today + timedelta(days=days)


def _weekday(words: str, today: date) -> date | None:
    stopped = words.endswith(".")
    name = words.rstrip(".")
    for lead in ("next ", "this ", "nächsten "):
        name = name.removeprefix(lead)
    number = _WEEKDAYS.get(name)
    if number is None or (name in _NEEDS_STOP and not stopped):
        return None
    return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)


def _numbers(words: str, today: date) -> date | None:
    if match := _ISO.fullmatch(words):
        return date(int(match[1]), int(match[2]), int(match[3]))
    if match := _DOTTED.fullmatch(words):
        if match[3]:
            return date(int(match[3]), int(match[2]), int(match[1]))
        return _next_such_day(int(match[1]), int(match[2]), today)
    return None


def _day_and_month(words: str, today: date) -> date | None:
    parts = [part for part in re.split(r"[\s,]+", words) if part]
    year = int(parts.pop()) if len(parts) == 3 and re.fullmatch(r"\d{4}", parts[2]) else None
    if len(parts) != 2:
        return None
    for day, month in (parts, parts[::-1]):
        number = _MONTHS.get(month.rstrip("."))
        counted = _DAY.fullmatch(day)
        if number and counted:
            day_number = int(counted[1])
            if year is not None:
                return date(year, number, day_number)
            return _next_such_day(day_number, number, today)
    return None


def _span(words: str, today: date) -> date | None:
    match = _SPAN.fullmatch(words)
    if match is None:
        return None
    count = int(match[1])
    if match[2].startswith("m"):
        return _months_later(today, count)
    return today + timedelta(days=count * (7 if match[2].startswith("w") else 1))


def _next_such_day(day: int, month: int, today: date) -> date:
    """The 29th of February waits for a leap year."""
    for year in range(today.year, today.year + 9):
        if day <= monthrange(year, month)[1] and (found := date(year, month, day)) >= today:
            return found
    raise ValueError("there is no such day")


def _months_later(start: date, months: int) -> date:
    index = start.year * 12 + start.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))
