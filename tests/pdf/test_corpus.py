"""Every file of the corpus, hostile ones included, through a real worker within limits."""

from __future__ import annotations

import csv
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from casefile.domain.documents import PageState
from casefile.domain.errors import UserError
from casefile.pdf.asking import Limits
from casefile.pdf.session import DocumentSession
from casefile.pdf.values import PlainFile, WorkerFailed
from casefile.pdf.workers import PdfWorkers
from tests.pdf.looking import places_of

LIMITS = Limits(page=2.0, whole=30.0)
MOST_PAGES = 40


def files(corpus: Path) -> Iterator[tuple[Path, dict[str, str]]]:
    with (corpus / "INDEX.tsv").open(encoding="utf-8", newline="") as index:
        for row in csv.DictReader(index, delimiter="\t"):
            path = corpus / row["path"]
            if path.is_file() and path.suffix not in {".json", ".xml"}:
                yield path, row


def opened(workers: PdfWorkers, path: Path, row: dict[str, str]) -> DocumentSession:
    password = row["password"] or None
    return workers.open(PlainFile(path), kind="auto", password=password, limits=LIMITS)


def test_every_file_is_read_or_refused_in_time(workers: PdfWorkers, corpus: Path) -> None:
    unread = set()
    for path, row in files(corpus):
        started = time.monotonic()
        try:
            with opened(workers, path, row) as session:
                look_at(session)
        except UserError as refused:
            unread.add((path.suffix, refused.code))
        # Five requests, each within its limit: not a speed, only the absence of a hang.
        assert time.monotonic() - started < 60, path
    assert unread == {(".msg", "document.unsupported"), (".pst", "document.unsupported")}


def look_at(session: DocumentSession) -> None:
    facts = session.facts()
    if not facts.is_pdf:
        made = b"".join(session.convert())
        assert made.startswith(b"%PDF-")
        assert made.rstrip().endswith(b"%%EOF")
        return
    pages = list(session.extract(1, min(facts.pages, MOST_PAGES)))
    assert [page.facts.number for page in pages] == list(range(1, len(pages) + 1))
    for page in pages:
        assert (page.state is PageState.TEXT) == bool(page.text)
        assert not any(ord(c) < 32 and c != "\n" for c in page.text)
    if pages[0].state is PageState.UNDRAWABLE:
        return
    assert session.render(1, 0.5).width > 0
    for page in pages[:5]:
        assert session.text(page.facts.number).text == page.text
    text = session.text(1)
    word = next((w for w in text.text.split() if w.isalpha() and len(w) > 3), None)
    assert word is None or places_of(session, 1, word)
    session.file_marks(1)


def test_pages_and_scans_are_told_apart(workers: PdfWorkers, corpus: Path) -> None:
    """The index says how many pages each PDF has, and which are scans without text."""
    for path, row in files(corpus):
        if path.suffix != ".pdf" or "bomb" in path.name or "html" in path.name:
            continue
        with opened(workers, path, row) as session:
            facts = session.facts()
            assert facts.pages == int(row["pages"]), path
            states = {page.state for page in session.extract(1, min(facts.pages, MOST_PAGES))}
            if row["has_text"] == "yes":
                assert PageState.TEXT in states, path
            elif row["scanned"] == "full":
                assert states == {PageState.AWAITING_OCR}, path


def test_a_decompression_bomb_is_cut_short(workers: PdfWorkers, corpus: Path) -> None:
    """Known by its length before anybody reads it."""
    bomb = corpus / "robust/synthetic/flate_bomb_content_1GiB.pdf"
    with workers.open(PlainFile(bomb)) as session:
        assert session.facts().pages == 1
        (page,) = session.extract(1, 1)
        assert page.state is PageState.UNDRAWABLE
        with pytest.raises(WorkerFailed) as failure:
            session.render(1, 1.0)
        assert failure.value.reason == "size"


def test_the_password_of_a_locked_file(workers: PdfWorkers, corpus: Path) -> None:
    locked = PlainFile(corpus / "robust/synthetic/enc_aes256_user.pdf")
    with workers.open(locked) as session:
        facts = session.facts()
        assert facts.needs_password
        assert facts.pages == 0
        for call in (lambda: session.render(1, 1.0), lambda: list(session.extract(1, 1))):
            with pytest.raises(UserError) as refused:
                call()
            assert refused.value.code == "document.needs_password"
    with pytest.raises(UserError) as refused:
        workers.open(locked, password="wrong")
    assert refused.value.code == "document.wrong_password"
    with workers.open(locked, password="user") as session:
        assert not session.facts().needs_password
        assert len(list(session.extract(1, 1))) == 1
        copy = b"".join(session.annotated([]))
        assert b"/Encrypt" not in copy


def test_words_broken_at_line_ends_are_found(workers: PdfWorkers, corpus: Path) -> None:
    path = corpus / "robust/synthetic/hyphenated_lines.pdf"
    with workers.open(PlainFile(path)) as session:
        for needle in ("confidential", "Freedom of Information Act", "well-known"):
            (hit,) = places_of(session, 1, needle)
            assert len(hit) == 2, needle
        assert places_of(session, 1, "wellknown")
        assert places_of(session, 1, "not there") == []


def test_ligatures_scripts_and_accents_are_found(workers: PdfWorkers, corpus: Path) -> None:
    path = corpus / "robust/synthetic/scripts_ligatures_hyphens.pdf"
    with workers.open(PlainFile(path)) as session:
        for needle in (
            "office affiliate", "EFFICIENT", "fjord", "confidential", "司法部决定", "情報公開法",
            "정보공개", "המסמכים", "Кириллица", "cestina", "čeština", "strasse", "straße",
            "Tư pháp", "angstrom", "'quotes'", "“here”",
        ):  # fmt: skip
            assert places_of(session, 1, needle), needle


def test_the_same_words_as_pdftotext(workers: PdfWorkers, corpus: Path) -> None:
    """Reading order and words, compared with another engine's: nearly all words in common."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is missing: apt-get install poppler-utils")
    path = corpus / "releases/pdfplumber/federal-register-2020-17221.pdf"
    done = subprocess.run(
        ["pdftotext", "-enc", "UTF-8", str(path), "-"], capture_output=True, check=True
    )
    theirs = set(done.stdout.decode("utf-8").split())
    with workers.open(PlainFile(path)) as session:
        ours = set(" ".join(page.text for page in session.extract(1, 15)).split())
    assert len(ours & theirs) > 0.97 * len(theirs)
