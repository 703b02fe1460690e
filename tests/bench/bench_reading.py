"""The reader on a document of 5,000 pages and 50 MB, in the real window: opening it, scrolling it
from end to end, the first hit of find, and 10,000 marks in it."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from casefile.domain.annotations import AnnotationKind
from casefile.domain.geometry import Box
from casefile.security.cipher import open_sealed
from casefile.services import annotating
from casefile.services.annotating import MarkPart
from casefile.services.case import Case
from casefile.store import documents as rows
from tests.bench.cases import bring_in, new_case
from tests.bench.display import Memory, display, settled
from tests.bench.figures import Figure, percentile, seconds
from tests.bench.in_window import Running, run
from tests.bench.material import long_release

PAGES, MARKS, DPI = 5_000, 10_000, 96
ROUNDS = 7
#: Needles on the last page, in the middle and on the first.
NEEDLES = ("BENCH-005000", "BENCH-004990", "BENCH-002500", "BENCH-000001")


def measure(workspace: Path) -> list[Figure]:
    plain = long_release(workspace / "long.pdf", PAGES)
    folder = workspace / "case"
    with new_case(folder) as case:
        document_id = bring_in(case, [plain]).imported[0].document.id
        decrypting = min(seconds(lambda: _decrypt(case, document_id)) for _ in range(ROUNDS))
    figures = [
        _opening(folder, document_id, plain, decrypting),
        *_scrolling(folder, document_id, plain),
        _finding(folder, document_id),
    ]
    return [*figures, *_marking(workspace, folder, document_id)]


def _opening(case: Path, document_id: str, plain: Path, decrypting: float) -> Figure:
    """The quickest of several on both sides: whatever else the machine does only adds."""
    taken = min(run(case, "opening", document_id))
    peer = min(seconds(lambda: _mutool(plain)) for _ in range(ROUNDS)) + decrypting
    return Figure(
        f"open {PAGES:,} pages, {plain.stat().st_size // 1_000_000} MB, to the first page painted",
        "s", taken, "mutool draw page 1 + decryption", peer, taken / peer, "<= peer + 0.050 s",
        taken <= peer + 0.05,
    )  # fmt: skip


def _scrolling(case: Path, document_id: str, plain: Path) -> list[Figure]:
    with (
        display() as screen,
        Running(case, "scrolling", screen, document_id, "0.9") as ours,
        Memory(ours.pid) as memory,
    ):
        told: dict[str, Any] = ours.result()
    taken = memory.peak / 2**20
    peer = _okular(plain) / 2**20 if shutil.which("okular") and shutil.which("xdotool") else 0.0
    return [
        Figure(
            f"late frames scrolling {PAGES:,} pages, of {told['turns']:,}", "frames", told["late"],
            "none", 0, told["late"], "no turn over 33 ms", told["late"] == 0,
        ),
        Figure(
            "the longest work at a stretch meanwhile", "ms", told["longest"] * 1000,
            "a frame of 30 a second", 33, told["longest"] / 0.033, "<= 33 ms",
            told["longest"] <= 0.033,
        ),
        Figure(
            "memory of all processes, scrolled to the end", "MB", taken,
            "Okular" if peer else "Okular is not installed", peer, taken / peer if peer else 0.0,
            "<= 0.5", taken <= peer / 2,
        ),
    ]  # fmt: skip


def _okular(plain: Path) -> float:
    """Okular's peak, scrolled by screens from the first page to the last."""
    with display() as screen:
        home = plain.parent / "home"
        home.mkdir(exist_ok=True)
        environment = {**os.environ, **screen, "HOME": str(home), "XDG_RUNTIME_DIR": str(home)}
        okular = subprocess.Popen(
            ["okular", str(plain)], env=environment,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

        def xdotool(*words: str) -> str:
            command = ["xdotool", *words]
            answer = subprocess.run(
                command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                text=True, check=False,
            )  # fmt: skip
            return answer.stdout.strip()

        try:
            with Memory(okular.pid) as memory:
                window = _once(lambda: xdotool("search", "--onlyvisible", "--pid", str(okular.pid)))
                settled(okular.pid)
                for _ in range(2 * PAGES // 100):
                    xdotool("windowfocus", window)
                    xdotool("key", "--repeat", "100", "--delay", "8", "--window", window, "Next")
                settled(okular.pid)
        finally:
            okular.kill()
            okular.wait()
    return memory.peak


def _once(found: Callable[[], str]) -> str:
    """The last line of what ``found`` says, as soon as it says anything."""
    until = time.monotonic() + 60
    while not (said := found()):
        if time.monotonic() > until:
            raise TimeoutError("no window")
        time.sleep(0.2)
    return said.splitlines()[-1]


def _finding(case: Path, document_id: str) -> Figure:
    taken = max(run(case, "finding", document_id, *NEEDLES)) * 1000
    return Figure(
        f"find in {PAGES:,} pages: the last letter to the first hit, the slowest of {len(NEEDLES)}",
        "ms", taken, "the bound", 300, taken / 300, "<= 300 ms", taken <= 300,
    )  # fmt: skip


def _marking(workspace: Path, case: Path, document_id: str) -> list[Figure]:
    """The same edits in the document without marks and with many."""
    full = workspace / "marked"
    shutil.copytree(case, full)
    _mark(full, document_id)
    without = run(case, "marking", document_id, "0")
    told = run(full, "marking", document_id, str(MARKS))
    p95, peer = percentile(told["taken"], 95) * 1000, percentile(without["taken"], 95) * 1000
    return [
        Figure(
            f"highlight a line among {MARKS:,} marks, verb to paint, p95", "ms", p95,
            "without any marks", peer, p95 / peer, "p95 <= 50 ms", p95 <= 50,
        ),
        Figure(
            "the same, median", "ms", statistics.median(told["taken"]) * 1000, "without any marks",
            statistics.median(without["taken"]) * 1000,
            statistics.median(told["taken"]) / statistics.median(without["taken"]),
            "<= 1.5 x", statistics.median(told["taken"])
            <= 1.5 * statistics.median(without["taken"]),
        ),
    ]  # fmt: skip


def _mark(folder: Path, document_id: str) -> None:
    from casefile.services.case import Passphrase, open_case
    from tests.bench.cases import PASSPHRASE

    parts = [
        MarkPart(
            n // 2 + 1, (Box(72, 70 + 200 * (n % 2), 400, 82 + 200 * (n % 2)).quad(),), f"mark {n}"
        )
        for n in range(MARKS)
    ]
    with open_case(folder, Passphrase(PASSPHRASE)) as case:
        for start in range(0, MARKS, 1_000):
            part = parts[start : start + 1_000]
            annotating.add_many(case, document_id, AnnotationKind.HIGHLIGHT, part, merge=False)


def _mutool(plain: Path) -> None:
    command = ["mutool", "draw", "-q", "-r", str(DPI), "-F", "ppm", "-o", "/dev/null"]
    subprocess.run([*command, plain, "1"], check=True, stderr=subprocess.DEVNULL)


def _decrypt(case: Case, document_id: str) -> None:
    sealed = case.vault.open(rows.shown_file(case.reader(), document_id))
    with sealed.path.open("rb") as source:
        for _ in open_sealed(source, sealed.key, document_id):
            pass
