"""Pages drawn in a row at screen resolution, as the reader gets them: through decryption, sandbox
and process boundary, ready to be painted; against ``mutool draw`` of the plain file, one thread.

Rounds of ours and of the peer take turns, and the quickest of each count: whatever else the machine
does meanwhile only adds to both."""

from __future__ import annotations

import os
import resource
import subprocess
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pymupdf

from casefile.services import reading
from casefile.services.case import Case
from tests.bench.cases import bring_in, new_case
from tests.bench.display import processor_seconds, started_by
from tests.bench.figures import Figure, seconds
from tests.bench.material import text_release

DPI, ROUNDS, PAGES = 96, 9, 240


def measure(workspace: Path) -> list[Figure]:
    text = text_release(workspace / "text.pdf", PAGES)
    coloured = _coloured(text, workspace / "coloured.pdf")
    with new_case(workspace / "case") as case:
        report = bring_in(case, [text, coloured])
        ids = {done.path: done.document.id for done in report.imported}
        return [
            *_row(case, ids[text], text, "draw pages of text"),
            *_row(case, ids[coloured], coloured, "draw pages with a coloured rule"),
        ]


def _coloured(plain: Path, path: Path) -> Path:
    """The same pages with a blue line on each, which have to come in full colour."""
    with pymupdf.open(plain) as document:
        for page in document:
            page.draw_line((72, 50), (540, 50), color=(0.1, 0.2, 0.8), width=2)
        document.save(path, deflate=True)
    return path


def _row(case: Case, document_id: str, plain: Path, name: str) -> list[Figure]:
    from casefile.ui.reader.page_thread import as_image

    def draw(page: int) -> None:
        as_image(reading.render(case, document_id, page, DPI / 72, grey=True))

    def ours() -> None:  # as the reader does: the next page is asked for before this one is in
        with ThreadPoolExecutor(2) as askers:
            for _ in askers.map(draw, range(1, PAGES + 1)):
                pass

    case.session(document_id)
    rounds = [
        (seconds(ours), seconds(lambda: _mutool(plain)), _slower_side(ours), _computed(plain))
        for _ in range(ROUNDS)
    ]
    taken, peer, ours_alone, peer_alone = (PAGES / min(side) for side in zip(*rounds, strict=True))
    return [
        Figure(
            name, "pages/s", taken, "mutool draw, one thread", peer, taken / peer, ">= 0.9",
            taken >= 0.9 * peer,
        ),
        Figure(
            "the same by processor time, slower process", "pages/s", ours_alone,
            "mutool draw, processor time", peer_alone, ours_alone / peer_alone, ">= 0.9",
            ours_alone >= 0.9 * peer_alone,
        ),
    ]  # fmt: skip


def _slower_side(ours: Callable[[], None]) -> float:
    """Processor seconds of this process or of its worker, whichever takes more: with two cores the
    one waits for the other. On a busy machine this tells more than the clock."""

    def others() -> float:
        return sum(processor_seconds(pid) for pid in started_by(os.getpid()))

    here, there = time.process_time(), others()
    ours()
    return max(time.process_time() - here, others() - there)


def _computed(plain: Path) -> float:
    def children() -> float:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime

    before = children()
    _mutool(plain)
    return children() - before


def _mutool(plain: Path) -> None:
    command = ["mutool", "draw", "-q", "-r", str(DPI), "-F", "ppm", "-o", "/dev/null"]
    subprocess.run([*command, plain, f"1-{PAGES}"], check=True, stderr=subprocess.DEVNULL)
