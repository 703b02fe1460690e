"""Bringing files in through the window: asked once, told per file, stopped at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from casefile.domain.documents import Provenance
from casefile.services import documents, sources
from casefile.services.import_values import FileProgress, FileState, ImportChoices
from casefile.ui.importing.file_rows import FileRows, NeedsYou
from casefile.ui.importing.jobs import ImportJob
from casefile.ui.importing.sheet import ImportSheet
from casefile.ui.main_window import MainWindow


def run_import(qtbot: QtBot, window: MainWindow, *paths: Path) -> ImportJob:
    assert window.jobs is not None
    job = window.jobs.start_import(paths, ImportChoices())
    with qtbot.waitSignal(job.ended, timeout=60_000):
        pass
    return job


@pytest.fixture
def text_file(tmp_path: Path) -> Path:
    path = tmp_path / "memo.txt"
    path.write_text("The waiver was approved on March 4.\n")
    return path


def test_files_dropped_on_the_window_come_in(
    qtbot: QtBot, open_window: MainWindow, text_file: Path
) -> None:
    desk = open_window.desk
    assert desk is not None
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(text_file))])
    actions, buttons, keys = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    enter = QDragEnterEvent(QPoint(50, 50), actions, data, buttons, keys)
    QApplication.sendEvent(desk, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(desk, QDropEvent(QPointF(50, 50), actions, data, buttons, keys))
    sheet = open_window.sheet
    assert isinstance(sheet, ImportSheet)
    assert sheet.list_label.whole_text == "memo.txt"
    assert not sheet.import_button.isEnabled(), "nobody said yet how it came"
    first = sheet.focusWidget()
    assert first is sheet.provenance.buttons()[0]
    qtbot.keyClick(first, Qt.Key.Key_Space)
    qtbot.keyClick(sheet, Qt.Key.Key_Return)
    assert open_window.jobs is not None
    job = open_window.jobs.all[0]
    if job.running:
        with qtbot.waitSignal(job.ended, timeout=60_000):
            pass
    assert open_window.session is not None
    [row] = documents.listing(open_window.session.case)
    assert row.document.provenance is Provenance.RELEASED
    assert job.summary == "1 added"
    assert desk.jobs_panel.isHidden()
    assert f"“{text_file.parent.name}”, unencrypted" in desk.toast.text
    assert f"“{text_file.parent.name}”" in desk.jobs_panel.blocks[0].originals_words.whole_text


def test_given_by_a_source_needs_the_source(
    qtbot: QtBot, open_window: MainWindow, text_file: Path
) -> None:
    session = open_window.session
    assert session is not None
    sources.add(session.case, name="Jane Roe", confidential=True, code_name="HERON")
    open_window.show_import([str(text_file)])
    sheet = open_window.sheet
    assert sheet is not None
    qtbot.waitUntil(lambda: sheet.source.count() == 2)
    assert sheet.source.itemText(1) == "HERON"
    sheet.choose(Provenance.GIVEN)
    assert not sheet.import_button.isEnabled()
    sheet.source.setCurrentIndex(1)
    assert sheet.import_button.isEnabled()
    assert sheet.choices.source_id == sheet.source.itemData(1)
    assert sheet.choices.provenance is Provenance.GIVEN
    sheet.reject()


def test_bad_files_are_listed_with_reasons_and_the_good_ones_are_in(
    qtbot: QtBot, open_window: MainWindow, text_file: Path, tmp_path: Path
) -> None:
    empty = tmp_path / "empty.pdf"
    empty.write_bytes(b"")
    again = tmp_path / "copy of memo.txt"
    again.write_bytes(text_file.read_bytes())
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7\nnot really\n")
    run_import(qtbot, open_window, text_file)
    job = run_import(qtbot, open_window, empty, again, broken)
    states = {row.path.name: row for row in job.files.rows}
    assert states["empty.pdf"].state is FileState.FAILED
    assert states["empty.pdf"].reason
    assert states["copy of memo.txt"].state is FileState.DUPLICATE
    assert "memo.txt" in states["copy of memo.txt"].words
    assert states["broken.pdf"].needs_you
    assert not any(dialog.isVisible() for dialog in open_window.findChildren(QDialog))
    desk = open_window.desk
    assert desk is not None
    block = desk.jobs_panel.blocks[0]
    assert not desk.jobs_panel.isHidden()
    assert block.only.isChecked()
    assert block.proxy.rowCount() == len([row for row in job.files.rows if row.needs_you])
    QGuiApplication.clipboard().clear()
    block.copy_button.click()
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() != "")
    report = QGuiApplication.clipboard().text()
    assert "empty.pdf" in report
    assert states["empty.pdf"].reason in report


def test_a_protected_file_gets_its_password_in_place(
    qtbot: QtBot, open_window: MainWindow, corpus: Path
) -> None:
    protected = next(corpus.rglob("enc_aes256_user.pdf"))
    job = run_import(qtbot, open_window, protected)
    desk = open_window.desk
    assert desk is not None
    block = desk.jobs_panel.blocks[0]
    assert block.password_row.isVisible()
    assert "enc_aes256_user.pdf" in block.password_label.whole_text
    block.password.edit.setFocus()
    qtbot.keyClicks(block.password.edit, "wrong")
    with qtbot.waitSignal(job.ended, timeout=60_000):
        qtbot.keyClick(block.password.edit, Qt.Key.Key_Return)
    assert job.files.rows[0].state is FileState.FAILED
    assert block.password_row.isVisible()
    qtbot.keyClicks(block.password.edit, "user")
    with qtbot.waitSignal(job.ended, timeout=60_000):
        qtbot.keyClick(block.password.edit, Qt.Key.Key_Return)
    assert job.files.rows[0].state is FileState.DONE
    assert not block.password_row.isVisible()


def test_a_file_can_be_skipped(qtbot: QtBot, open_window: MainWindow, corpus: Path) -> None:
    job = run_import(qtbot, open_window, next(corpus.rglob("enc_aes256_user.pdf")))
    desk = open_window.desk
    assert desk is not None
    block = desk.jobs_panel.blocks[0]
    block.skip_button.click()
    assert job.files.rows[0].words.startswith("Skipped")
    assert not block.password_row.isVisible()
    block.dismiss_button.click()
    assert desk.jobs_panel.isHidden()
    assert open_window.jobs is not None
    assert open_window.jobs.all == []


def test_cancel_stops_an_import_and_keeps_what_is_in(
    qtbot: QtBot, open_window: MainWindow, tmp_path: Path
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(200):
        (folder / f"{number:03}.txt").write_text(f"memo {number}\n")
    assert open_window.jobs is not None
    assert open_window.desk is not None
    job = open_window.jobs.start_import([folder], ImportChoices())
    qtbot.waitUntil(lambda: job.files.count(FileState.DONE) >= 1, timeout=60_000)
    with qtbot.waitSignal(job.ended, timeout=10_000):
        open_window.desk.jobs_panel.blocks[0].cancel_button.click()
        assert job.summary.startswith("Stopping")
    assert open_window.session is not None
    rows = documents.listing(open_window.session.case)
    assert 1 <= len(rows) < 200
    assert "stopped" in job.summary


def test_an_idle_lock_lets_an_import_finish_and_then_locks_fully(
    qtbot: QtBot, open_window: MainWindow, tmp_path: Path
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(40):
        (folder / f"{number:03}.txt").write_text(f"memo {number}\n")
    window = open_window
    assert window.jobs is not None
    job = window.jobs.start_import([folder], ImportChoices())
    qtbot.waitUntil(lambda: job.files.count(FileState.DONE) >= 1, timeout=60_000)
    with qtbot.waitSignal(window.doorkeeper.closed, timeout=60_000):
        window.idle.left.emit()
        assert window.desk is None
        assert window.session is not None
        assert window.unlock_page.working.isVisible()
    assert window.session is None
    with qtbot.waitSignal(window.case_opened, timeout=20_000):
        window._unlock("correct horse battery")
    assert window.session is not None
    assert len(documents.listing(window.session.case)) == 40


def test_the_passphrase_brings_the_desk_back_while_an_import_still_runs(
    qtbot: QtBot, open_window: MainWindow, tmp_path: Path
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(120):
        (folder / f"{number:03}.txt").write_text(f"memo {number}\n")
    window = open_window
    assert window.jobs is not None
    session, job = window.session, window.jobs.start_import([folder], ImportChoices())
    window.idle.left.emit()
    with qtbot.waitSignal(window.doorkeeper.refused, timeout=20_000):
        window._unlock("wrong")
    assert window.desk is None
    with qtbot.waitSignal(window.case_opened, timeout=20_000):
        window._unlock("correct horse battery")
    assert window.session is session
    assert window.desk is not None
    assert window.desk.jobs_panel.blocks[0].job is job
    job.cancel()
    with qtbot.waitSignal(job.ended, timeout=10_000):
        pass


def test_the_files_speak(qtbot: QtBot, qtmodeltester: object) -> None:
    model = FileRows()
    proxy = NeedsYou(model)
    qtmodeltester.check(proxy)  # type: ignore[attr-defined]  # pytest-qt's fixture has no stub
    model.take([FileProgress(Path(f"{n}.pdf"), FileState.QUEUED) for n in range(3)])
    model.take([FileProgress(Path("1.pdf"), FileState.READING, 3, 9)])
    model.give_reason(Path("2.pdf"), "document.needs_password", "It needs a password.")
    spoken = Qt.ItemDataRole.AccessibleTextRole
    assert model.index(1, 1).data(spoken) == "Reading, page 3 of 9"
    assert model.index(2, 1).data(spoken) == "It needs a password."
    proxy.show_only(only=True)
    assert proxy.rowCount() == 1
