"""Start to the unlock screen, a cold process, against a bare PySide6 window; under Xvfb."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from pathlib import Path

from tests.bench.cases import new_case
from tests.bench.figures import Figure, seconds

RUNS = 9
ROOT = Path(__file__).parents[2]


def measure(workspace: Path) -> list[Figure]:
    new_case(workspace / "case").close()
    program = [sys.executable, str(Path(__file__).with_name("until_painted.py"))]
    ours = [*program, "open", str(workspace / "case")]
    bare = [*program, "bare"]
    xvfb = [sys.executable, str(ROOT / "packaging" / "under_xvfb.py")]
    answer = subprocess.run(
        [*xvfb, sys.executable, "-m", "tests.bench.bench_start", repr((ours, bare))],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "xcb", "HOME": str(workspace)},
        check=True,
        capture_output=True,
        text=True,
    )
    taken, peer = (float(word) for word in answer.stdout.split())
    return [
        Figure(
            "start to the unlock screen", "s", taken, "a bare PySide6 window", peer, taken / peer,
            "<= peer + 0.150 s", taken <= peer + 0.15,
        )
    ]  # fmt: skip


def _alternate(ours: list[str], bare: list[str]) -> None:
    """Print the median seconds of each, taken in turn."""
    times: dict[int, list[float]] = {0: [], 1: []}
    for run in range(2 * RUNS + 2):
        command = (ours, bare)[run % 2]
        taken = seconds(lambda command=command: subprocess.run(command, check=True))
        if run >= 2:
            times[run % 2].append(taken)
    print(statistics.median(times[0]), statistics.median(times[1]))


if __name__ == "__main__":
    import ast

    _alternate(*ast.literal_eval(sys.argv[1]))
