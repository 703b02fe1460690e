"""Printed page numbers that count: Bates numbers such as ``EPA-000123``, and plain ones."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBERED = re.compile(r"(.*?)(\d{1,12})(\D*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Numbered:
    """A page number taken apart: the last run of digits counts, the rest names the series."""

    before: str
    digits: str
    after: str

    @property
    def value(self) -> int:
        return int(self.digits)

    def same_series(self, other: Numbered) -> bool:
        return (self.before.casefold(), self.after.casefold()) == (
            other.before.casefold(),
            other.after.casefold(),
        )

    def at(self, value: int) -> str:
        """The page of this series with another number, written as wide."""
        return f"{self.before}{value:0{len(self.digits)}d}{self.after}"


def numbered(label: str) -> Numbered | None:
    """A printed page number taken apart; None where it holds no number."""
    match = _NUMBERED.fullmatch(label.strip())
    return Numbered(*match.groups()) if match else None


def count_between(first: str, last: str) -> int | None:
    """How many pages run from ``first`` to ``last``, both included; below 1 where they run
    backwards, None where they are not of one series."""
    start, end = numbered(first), numbered(last)
    if start is None or end is None or not start.same_series(end):
        return None
    return end.value - start.value + 1


def gap_between(label: str, following: str) -> tuple[str, str, int] | None:
    """The numbers that are missing between two pages that follow each other, first and last, and
    how many; None where none are."""
    here, there = numbered(label), numbered(following)
    if here is None or there is None or not here.same_series(there):
        return None
    missing = there.value - here.value - 1
    if missing < 1:
        return None
    return here.at(here.value + 1), here.at(there.value - 1), missing
