"""A 50 MB release to its first page drawn, against ``mutool draw`` of page 1 from the plain file
plus the time to decrypt it; and pages drawn in a row, against ``mutool draw`` on one thread."""

from __future__ import annotations

import statistics
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from casefile.security.cipher import open_sealed
from casefile.services import documents
from casefile.services.case import Case
from casefile.store import documents as rows
from tests.bench.cases import bring_in, new_case
from tests.bench.figures import Figure, median_of, seconds
from tests.bench.material import heavy_release, text_release

DPI, RUNS, ROW = 96, 7, 120


def measure(workspace: Path) -> list[Figure]:
    heavy = heavy_release(workspace / "heavy.pdf")
    light = text_release(workspace / "light.pdf", ROW)
    with new_case(workspace / "case") as case:
        report = bring_in(case, [heavy, light])
        ids = {done.path.name: done.document.id for done in report.imported}
        return [
            _first_page(case, ids["heavy.pdf"], heavy),
            _row(case, ids["light.pdf"], light, "draw text pages in a row"),
        ]


def _first_page(case: Case, document_id: str, plain: Path) -> Figure:
    def ours() -> None:
        case.session(document_id).render(1, DPI / 72)
        case.forget_session(document_id)

    peer = median_of(RUNS, lambda: _mutool(plain, "1")) + median_of(
        RUNS, lambda: _decrypt(case, document_id)
    )
    taken = median_of(RUNS, ours)
    return Figure(
        f"open {documents.get(case, document_id).bytes // 1_000_000} MB to its first page", "s",
        taken, "mutool draw page 1 + decryption", peer, taken / peer, "<= peer + 0.100 s",
        taken <= peer + 0.1,
    )  # fmt: skip


def _row(case: Case, document_id: str, plain: Path, name: str) -> Figure:
    session = case.session(document_id)

    def draw(page: int) -> None:
        session.render(page, DPI / 72)

    def ours() -> None:  # as the reader does: the next page is asked for before this one is in
        with ThreadPoolExecutor(2) as askers:
            for _ in askers.map(draw, range(1, ROW + 1)):
                pass

    rounds = [(seconds(ours), seconds(lambda: _mutool(plain, f"1-{ROW}"))) for _ in range(4)][1:]
    ratio = statistics.median(peer / taken for taken, peer in rounds)
    return Figure(
        name, "pages/s", ROW / statistics.median(r[0] for r in rounds), "mutool draw, one thread",
        ROW / statistics.median(r[1] for r in rounds), ratio, ">= 0.9", ratio >= 0.9,
    )  # fmt: skip


def _mutool(plain: Path, pages: str) -> None:
    command = ["mutool", "draw", "-q", "-r", str(DPI), "-F", "ppm", "-o", "/dev/null"]
    subprocess.run([*command, plain, pages], check=True, stdout=subprocess.DEVNULL)


def _decrypt(case: Case, document_id: str) -> None:
    sealed = case.vault.open(rows.shown_file(case.reader(), document_id))
    with sealed.path.open("rb") as source:
        for _ in open_sealed(source, sealed.key, document_id):
            pass
