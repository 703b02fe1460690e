"""Runs of printed page numbers, series by series: what they hold and what lies outside them."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator

#: What stands before a number, what after it, and the document that it counts in ("" for all).
Series = tuple[str, str, str]


class Runs:
    """Built of (series, low, high), which may overlap."""

    def __init__(self, runs: Iterable[tuple[Series, int, int]]) -> None:
        self._held: defaultdict[Series, list[tuple[int, int]]] = defaultdict(list)
        for series, low, high in sorted(runs):
            held = self._held[series]
            if held and low <= held[-1][1] + 1:
                held[-1] = (held[-1][0], max(held[-1][1], high))
            else:
                held.append((low, high))

    def holds(self, series: Series, value: int) -> bool:
        held = self._held.get(series, [])
        at = bisect_right(held, value, key=lambda run: run[0]) - 1
        return at >= 0 and value <= held[at][1]

    def outside(self, series: Series, low: int, high: int) -> Iterator[tuple[int, int]]:
        """The parts of low to high that no run holds."""
        for start, end in self._held.get(series, []):
            if start > high:
                break
            if start > low:
                yield low, start - 1
            low = max(low, end + 1)
        if low <= high:
            yield low, high
