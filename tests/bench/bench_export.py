"""Export: a bundle's copy of 1,000 pages with a mark on each; against ``mutool clean``."""

from __future__ import annotations

import subprocess
from pathlib import Path

from casefile.domain.geometry import Box
from casefile.pdf.values import MarkToWrite, PlainFile
from casefile.pdf.workers import PdfWorkers
from tests.bench.figures import Figure, median_of
from tests.bench.material import text_release

PAGES, RUNS = 1_000, 5
PLACE = Box(72, 80, 300, 94).quad()


def measure(workspace: Path) -> list[Figure]:
    source = text_release(workspace / "release.pdf", PAGES, 1)
    marks = [
        MarkToWrite(number, "highlight", "#FAE96A", [PLACE], "see this")
        for number in range(1, PAGES + 1)
    ]
    with PdfWorkers() as workers, workers.open(PlainFile(source)) as session:
        ours = median_of(RUNS, lambda: b"".join(session.annotated(marks)))
    # What a copy needs too: nothing left over from earlier revisions, everything packed.
    clean = ["mutool", "clean", "-gggz", source, workspace / "clean.pdf"]
    theirs = median_of(RUNS, lambda: subprocess.run(clean, check=True))
    return [
        Figure(
            f"export {PAGES:,} annotated pages", "s", ours, "mutool clean -gggz", theirs,
            ours / theirs, "<= 2", ours / theirs <= 2,
        )
    ]  # fmt: skip
