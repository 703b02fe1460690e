"""Reading scans: pages a minute and words right, against ``ocrmypdf`` on the same two cores.

The scans are those of the corpus whose words are known, several times over: a letter, a teletype
with handwriting, three dithered pages in columns, a page of clean print."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pymupdf

from casefile.services import documents
from casefile.services.case import Case
from casefile.services.ocr_run import run
from tests import words_right
from tests.bench.cases import bring_in, new_case
from tests.bench.figures import Figure, seconds
from tests.conftest import CORPUS

TIMES = 3
CORES = 2


def measure(workspace: Path) -> list[Figure]:
    """Nothing where ocrmypdf or the corpus is missing; it says so."""
    if shutil.which("ocrmypdf") is None or not CORPUS.is_dir():
        print(
            "ocr: left out: it needs ocrmypdf (the Debian package of that name) and the corpus"
            " beside this checkout",
            file=sys.stderr,
        )
        return []
    pages, plain = _scans(workspace / "scans.pdf")
    with new_case(workspace / "case") as case:
        report = bring_in(case, [plain])
        document_id = report.imported[0].document.id
        taken = seconds(lambda: run(case))
        ours = _words(case, document_id)
    out = workspace / "read.pdf"
    peer_taken = seconds(lambda: _ocrmypdf(plain, out))
    with pymupdf.open(out) as read:
        peer = [page.get_text() for page in read]
    count = len(pages)
    ratio = peer_taken / taken
    right, peer_right = (_share(pages, each) for each in (ours, peer))
    return [
        Figure(
            f"OCR of {count} scanned pages", "pages/min", count * 60 / taken,
            f"ocrmypdf -j {CORES}", count * 60 / peer_taken, ratio, ">= 1.3", ratio >= 1.3,
        ),
        Figure(
            "words right on these scans", "%", 100 * right, "ocrmypdf", 100 * peer_right,
            right / peer_right, ">= 1.0", right >= peer_right,
        ),
    ]  # fmt: skip


def _scans(path: Path) -> tuple[list[str], Path]:
    """A PDF of all known scans; for each page the name of its transcription."""
    names: list[str] = []
    made = pymupdf.open()
    for _ in range(TIMES):
        for name, (file, _truth) in words_right.KNOWN.items():
            with pymupdf.open(CORPUS / file) as scan:
                source = scan if scan.is_pdf else pymupdf.open("pdf", scan.convert_to_pdf())
                made.insert_pdf(source)
                names += [name] * source.page_count
    made.save(path)
    made.close()
    return names, path


def _share(pages: list[str], found: list[str]) -> float:
    """The mean over the transcriptions, each counted once."""
    shares = []
    for name in words_right.KNOWN:
        text = "\n".join(words for at, words in enumerate(found) if pages[at] == name)
        known = words_right.truth(CORPUS, name)
        shares.append(words_right.share_right(text, "\n".join([known] * TIMES)))
    return sum(shares) / len(shares)


def _words(case: Case, document_id: str) -> list[str]:
    return [page.text for page in documents.page_texts(case, document_id)]


def _ocrmypdf(plain: Path, out: Path) -> None:
    """In its usual way, giving way to other programs as our workers do, and without the final
    conversion to PDF/A."""
    command = ["nice", "-n", "10", "ocrmypdf", "-j", str(CORES), "--output-type", "pdf", "-q"]
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    subprocess.run(
        [*command, str(plain), str(out)], check=True, env=environment, stderr=subprocess.DEVNULL
    )
