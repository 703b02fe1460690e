"""Runs of printed page numbers, series by series: what they hold and what lies outside them."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice

#: What stands before a number, what after it, and the document that it counts in ("" for all).
Series = tuple[str, str, str]


class Runs:
    """Begins with (series, low, high), which may overlap; ``add`` brings in more."""

    def __init__(self, runs: Iterable[tuple[Series, int, int]] = ()) -> None:
        self._held: defaultdict[Series, list[tuple[int, int]]] = defaultdict(list)
        for series, low, high in sorted(runs):
            self.add(series, low, high)

    def add(self, series: Series, low: int, high: int) -> None:
        """Runs that meet become one."""
        held = self._held[series]
        first = self._at(held, low - 1)
        last = first
        while last < len(held) and held[last][0] <= high + 1:
            low, high = min(low, held[last][0]), max(high, held[last][1])
            last += 1
        held[first:last] = [(low, high)]

    def holds(self, series: Series, value: int) -> bool:
        held = self._held.get(series, [])
        at = self._at(held, value)
        return at < len(held) and held[at][0] <= value

    def outside(self, series: Series, low: int, high: int) -> Iterator[tuple[int, int]]:
        """The parts of low to high that no run holds."""
        held = self._held.get(series, [])
        for start, end in islice(held, self._at(held, low), None):
            if start > high:
                break
            if start > low:
                yield low, start - 1
            low = max(low, end + 1)
        if low <= high:
            yield low, high

    @staticmethod
    def _at(held: list[tuple[int, int]], value: int) -> int:
        """The place of the first run that ends at ``value`` or later."""
        return bisect_left(held, value, key=lambda run: run[1])
