"""An edit while an import runs, against the same edit in an idle case."""

from __future__ import annotations

import threading
import time
from pathlib import Path

from casefile.services import followups
from casefile.services.case import Case
from tests.bench.cases import bring_in, new_case
from tests.bench.figures import Figure, percentile, seconds
from tests.bench.material import text_release

EDITS = 60


def measure(workspace: Path) -> list[Figure]:
    files = [text_release(workspace / f"{n}.pdf", 400, n) for n in range(1, 9)]
    with new_case(workspace / "case") as case:
        idle = [seconds(lambda: _edit(case)) for _ in range(EDITS)]
        importing = threading.Thread(target=bring_in, args=(case, files))
        importing.start()
        busy: list[float] = []
        while importing.is_alive():
            busy.append(seconds(lambda: _edit(case)))
            time.sleep(0.02)  # a reporter, not a flood
        importing.join()
    ours, peer = percentile(busy, 95) * 1000, percentile(idle, 95) * 1000
    return [
        Figure(
            f"an edit during an import, p95 of {len(busy)}", "ms", ours, "the same edit, idle",
            peer, ours / peer, "p95 <= 50 ms", ours <= 50,
        )
    ]  # fmt: skip


def _edit(case: Case) -> None:
    followups.add(case, "call HERON about the second memo", due="2026-11-27")
