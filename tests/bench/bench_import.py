"""Import: hash, seal, extract, index; against ``pdftotext`` alone on the same files."""

from __future__ import annotations

import statistics
import subprocess
from pathlib import Path

from tests.bench.cases import bring_in, new_case
from tests.bench.figures import Figure, seconds
from tests.bench.material import text_release

FILES, PAGES_EACH, RUNS = 6, 250, 3
RELEASES = Path(__file__).parents[3] / "shared" / "corpus" / "releases"


def measure(workspace: Path) -> list[Figure]:
    made = [text_release(workspace / f"r{n}.pdf", PAGES_EACH, n) for n in range(1, FILES + 1)]
    figures = [_compare(workspace / "made", "import text releases", made)]
    if RELEASES.is_dir():
        real = sorted(RELEASES.rglob("*.pdf"))
        figures.append(_compare(workspace / "real", "import real releases", real))
    return figures


def _compare(workspace: Path, name: str, files: list[Path]) -> Figure:
    ours, theirs, pages = [], [], 0
    for run in range(RUNS):
        taken, pages = _import(workspace.with_name(f"{workspace.name}-{run}"), files)
        ours.append(pages / taken)
        theirs.append(pages / seconds(lambda: _pdftotext(files)))
    ratio = statistics.median(a / b for a, b in zip(ours, theirs, strict=True))
    return Figure(
        f"{name} ({pages} pages)", "pages/s", statistics.median(ours), "pdftotext, one process",
        statistics.median(theirs), ratio, ">= 0.7", ratio >= 0.7,
    )  # fmt: skip


def _import(folder: Path, files: list[Path]) -> tuple[float, int]:
    """Seconds taken and pages brought in, into a new case."""
    with new_case(folder) as case:
        reports = []
        taken = seconds(lambda: reports.append(bring_in(case, files)))
        return taken, sum(done.document.pages for done in reports[0].imported)


def _pdftotext(files: list[Path]) -> None:
    for file in files:
        subprocess.run(["pdftotext", file, "-"], stdout=subprocess.DEVNULL, check=False)
