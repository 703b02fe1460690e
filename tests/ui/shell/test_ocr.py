"""Scanned pages in the window: read by themselves, paused, cancelled, shown where they matter."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from casefile.pdf.workers import PdfWorkers
from casefile.security.kdf import CHEAP
from casefile.services import documents, ocr
from casefile.services.case import create_case
from casefile.services.importing import ImportChoices, import_paths
from casefile.services.searching import search_case
from casefile.ui.importing import ocr_job
from casefile.ui.importing.ocr_job import OcrJob
from casefile.ui.main_window import MainWindow
from tests import scans
from tests.ui.conftest import PASSPHRASE

WORDS = "The waiver was never written down"
SECONDS = 60_000


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("scan")
    with PdfWorkers() as workers:
        path = folder / "Box-2.pdf"
        path.write_bytes(scans.scan(workers, folder / "typed", [WORDS] * 8))
    return path


@pytest.fixture(autouse=True)
def only_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading begins when a test wakes it, not some seconds after opening."""
    monkeypatch.setattr(ocr_job, "SOON", 10**8)


@pytest.fixture
def scan_case(tmp_path: Path, scan: Path) -> Path:
    """A closed case with eight scanned pages."""
    folder = tmp_path / "Case 2026-11"
    with create_case(folder, PASSPHRASE, "Harbor", CHEAP) as case:
        import_paths(case, [scan], ImportChoices())
    return folder


def job_of(window: MainWindow) -> OcrJob:
    assert window.session is not None
    return window.session.ocr


def test_scans_are_read_after_opening_and_their_words_are_found(
    qtbot: QtBot, unlock: Callable[[Path], MainWindow], scan_case: Path
) -> None:
    window = unlock(scan_case)
    job = job_of(window)
    job.wake(0)
    qtbot.waitUntil(lambda: job.running and job.done > 0, timeout=SECONDS)
    assert window.desk is not None
    block = window.desk.jobs_panel.ocr
    assert "Box-2.pdf" in block.words.whole_text
    assert "/8 pages" in block.words.whole_text
    assert "OCR" in window.desk.status.text
    assert window.desk.jobs_panel.isHidden(), "it works without asking for attention"
    qtbot.waitUntil(lambda: not job.running, timeout=SECONDS)
    assert job.waiting == 0
    assert window.session is not None
    assert search_case(window.session.case, "waiver").total == 8
    assert "OCR" not in window.desk.status.text


def test_cancelled_in_two_steps_and_finished_pages_stay(
    qtbot: QtBot, unlock: Callable[[Path], MainWindow], scan_case: Path
) -> None:
    window = unlock(scan_case)
    job, desk = job_of(window), window.desk
    assert desk is not None
    assert window.session is not None
    job.wake(0)
    qtbot.waitUntil(lambda: job.running and job.done > 0, timeout=SECONDS)
    desk.toggle_jobs()  # Ctrl+J: one
    block = desk.jobs_panel.ocr
    qtbot.waitUntil(block.cancel_button.hasFocus)
    qtbot.keyClick(block.cancel_button, Qt.Key.Key_Space)  # two
    qtbot.waitUntil(lambda: not job.running, timeout=SECONDS)
    read = search_case(window.session.case, "waiver").total
    assert 1 <= read < 8
    assert job.waiting == 8 - read
    assert block.pause_button.text() == "Read now"
    qtbot.keyClick(block.pause_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: job.waiting == 0 and not job.running, timeout=SECONDS)
    assert search_case(window.session.case, "waiver").total == 8


def test_paused_it_stays_paused_over_a_lock(
    qtbot: QtBot, unlock: Callable[[Path], MainWindow], scan_case: Path
) -> None:
    window = unlock(scan_case)
    job = job_of(window)
    job.wake(0)
    qtbot.waitUntil(lambda: job.running and job.done > 0, timeout=SECONDS)
    job.pause()
    qtbot.waitUntil(lambda: not job.running, timeout=SECONDS)
    with qtbot.waitSignal(window.doorkeeper.closed, timeout=SECONDS):
        window.lock()
    unlock(scan_case)
    job = job_of(window)
    job.wake(0)
    qtbot.waitUntil(lambda: job.waiting > 0, timeout=SECONDS)
    assert not job.running
    assert job.paused
    job.resume()
    qtbot.waitUntil(lambda: job.waiting == 0 and not job.running, timeout=SECONDS)


def test_the_page_in_view_says_that_it_waits_and_then_has_words(
    qtbot: QtBot, unlock: Callable[[Path], MainWindow], scan_case: Path
) -> None:
    window = unlock(scan_case)
    session = window.session
    assert session is not None
    assert window.desk is not None
    [row] = documents.listing(session.case)
    session.open_document(row.document.id, 8)
    qtbot.waitUntil(lambda: bool(window.desk and window.desk.readers.views), timeout=SECONDS)
    view = window.desk.readers.views[0]
    qtbot.waitUntil(lambda: view.desk is not None, timeout=SECONDS)
    desk = view.desk
    assert desk is not None
    qtbot.waitUntil(lambda: "Waiting for OCR" in desk.recognition.hint.text(), timeout=SECONDS)
    order: list[int] = []
    session.ocr.page_read.connect(lambda _document, page: order.append(page))
    session.ocr.look_at(row.document.id, 8)
    session.ocr.wake(0)
    qtbot.waitUntil(lambda: 8 in order, timeout=SECONDS)
    assert 8 in order[:6], order  # the last page would come last
    document = desk.document
    qtbot.waitUntil(lambda: document.confidence(8) is not None, timeout=SECONDS)
    assert desk.recognition.hint.isHidden()
    assert "OCR 9" in desk.inspecting.where(8)
    text = document.text(8)
    assert text is not None
    assert [line.text for line in text.lines] == [WORDS]
    qtbot.waitUntil(lambda: not session.ocr.running, timeout=SECONDS)


def test_switched_off_nothing_is_read(
    qtbot: QtBot, unlock: Callable[[Path], MainWindow], scan_case: Path
) -> None:
    window = unlock(scan_case)
    assert window.desk is not None
    assert window.session is not None
    window.desk.go("settings")
    part = window.desk.screen_of("settings").recognition  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: "English" in part.languages.text(), timeout=SECONDS)
    job = job_of(window)
    with qtbot.waitSignal(job.moved, timeout=SECONDS):  # what runs is stopped
        part.automatic.click()
    assert not ocr.automatic(window.session.case)
    job.wake(0)
    qtbot.waitUntil(lambda: job.waiting == 8, timeout=SECONDS)
    assert not job.running
