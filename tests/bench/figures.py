"""One measured figure, and how a table of them is printed."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """``ours`` and ``peer`` in ``unit``; ``goal`` is the bound in words and ``reached`` the
    verdict, computed by the benchmark from this run's own numbers."""

    name: str
    unit: str
    ours: float
    peer_name: str
    peer: float
    ratio: float
    goal: str
    reached: bool

    def as_json(self) -> dict[str, object]:
        return asdict(self)


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes, in seconds."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def median_of(runs: int, work: Callable[[], object]) -> float:
    """The median of several calls, in seconds, after one that is not counted."""
    work()
    return statistics.median(seconds(work) for _ in range(runs))


def percentile(values: Iterable[float], percent: float) -> float:
    """The value that ``percent`` of all values do not exceed (nearest rank)."""
    ordered = sorted(values)
    rank = max(0, -(-len(ordered) * percent // 100) - 1)
    return ordered[int(rank)]


def table(figures: Iterable[Figure]) -> str:
    lines = [
        f"{'what':46} {'ours':>10} {'peer':>10} {'ratio':>7}  {'goal':34} reached",
        "-" * 120,
    ]
    lines += [
        f"{f.name[:46]:46} {f.ours:>10.3g} {f.peer:>10.3g} {f.ratio:>7.2f}  {f.goal[:34]:34} "
        f"{'yes' if f.reached else 'NO'}   [{f.unit}; peer: {f.peer_name}]"
        for f in figures
    ]
    return "\n".join(lines)
