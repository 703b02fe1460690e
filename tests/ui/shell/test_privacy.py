"""What must not be left behind: on the clipboard, in Qt's own files, in a bug report."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QSettings, Qt, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from casefile.ui import clipboard, file_dialog
from casefile.ui.bug_report import BugReporter, report
from casefile.ui.idle import IdleWatch, SessionWatch
from casefile.ui.start.passphrase_field import PassphraseField


def test_sensitive_words_ask_not_to_be_kept_and_go(qtbot: QtBot, qapp: QApplication) -> None:
    keeper = clipboard.keeper()
    board = QGuiApplication.clipboard()
    keeper.seconds = 0
    keeper.put("nobody wrote it down", sensitive=True)
    data = board.mimeData()
    assert data is not None
    assert data.data("x-kde-passwordManagerHint").data() == b"secret"
    qtbot.waitUntil(lambda: board.text() == "")
    keeper.seconds = 60


def test_words_of_others_are_left_alone(qapp: QApplication) -> None:
    keeper = clipboard.keeper()
    keeper.put("ours", sensitive=False)
    QGuiApplication.clipboard().setText("theirs")
    keeper.clear()
    assert QGuiApplication.clipboard().text() == "theirs"


def test_selecting_text_hands_it_to_nobody(qtbot: QtBot, qapp: QApplication) -> None:
    clipboard.keeper()
    board = QGuiApplication.clipboard()
    if not board.supportsSelection():
        board.setText("x", QClipboard.Mode.Clipboard)
        return
    board.setText("case text", QClipboard.Mode.Selection)
    qtbot.waitUntil(lambda: board.text(QClipboard.Mode.Selection) == "")


@pytest.fixture
def qt_settings(tmp_path: Path) -> Iterator[Path]:
    kind, scope = QSettings.Format.NativeFormat, QSettings.Scope.UserScope
    before = Path(QSettings("QtProject").fileName()).parent
    QSettings.setPath(kind, scope, str(tmp_path))
    yield tmp_path
    QSettings.setPath(kind, scope, str(before))


def test_the_file_dialog_leaves_no_history(qtbot: QtBot, qt_settings: Path, tmp_path: Path) -> None:
    secret = tmp_path / "leak from HERON"
    secret.mkdir()
    parent = QWidget()
    qtbot.addWidget(parent)

    def accept() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        assert dialog.testOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.done(1)

    QTimer.singleShot(0, accept)
    assert file_dialog.choose_folder(parent, "A folder", secret) == secret
    for written in qt_settings.rglob("*"):
        if written.is_file():
            assert "HERON" not in written.read_text("utf-8", errors="replace")


def test_a_bug_report_tells_where_and_never_what(qtbot: QtBot, qapp: QApplication) -> None:
    def inner(secret: str) -> None:
        raise ValueError(secret)

    def outer() -> None:
        try:
            inner("Jane Roe is HERON")
        except ValueError as error:
            raise RuntimeError("could not show Jane Roe") from error

    try:
        outer()
    except RuntimeError as error:
        text = report(type(error), error)
    assert "RuntimeError" in text
    assert "while handling ValueError" in text
    assert "in outer" in text
    assert "Jane" not in text
    assert "HERON" not in text
    assert str(Path.home()) + "/" not in text


def test_a_bug_leaves_the_window_and_offers_the_report(qtbot: QtBot, qapp: QApplication) -> None:
    reporter = BugReporter(qapp)
    reporter.install()
    try:
        sys.excepthook(ValueError, ValueError("secret"), None)
        qtbot.waitUntil(lambda: reporter._dialog is not None and reporter._dialog.isVisible())
        sys.excepthook(KeyError, KeyError("another"), None)
        qapp.sendPostedEvents(reporter)  # else it would be told when the first dialog has gone
        assert len(reporter.reports) == 2
        assert reporter._dialog is not None
        assert "secret" not in reporter._dialog.text.toPlainText()
        reporter._dialog.accept()
    finally:
        reporter.remove()
        reporter.deleteLater()


def test_the_time_without_input_is_counted(
    qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    watch = IdleWatch(qapp, minutes=2)
    left: list[int] = []
    remaining: list[int] = []
    watch.left.connect(lambda: left.append(1))
    watch.remaining.connect(remaining.append)
    watch.start()
    clock[0] += 70
    watch.look()
    assert remaining == [2, 1]
    field = QLineEdit()
    qtbot.addWidget(field)
    press = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
    QApplication.sendEvent(field, press)
    clock[0] += 110
    watch.look()
    assert left == []
    clock[0] += 11
    watch.look()
    assert left == [1]
    watch.stop()
    watch.deleteLater()


def test_only_leaving_counts_as_leaving(qapp: QApplication) -> None:
    watch = SessionWatch()
    heard: list[str] = []
    watch.leaving.connect(heard.append)
    watch.sleeps(False)
    watch.blanks(False)
    assert heard == []
    watch.sleeps(True)
    watch.locks()
    watch.blanks(True)
    assert len(heard) == 3


@pytest.mark.parametrize(
    ("letter", "shift", "hinted"),
    [("A", False, True), ("a", False, False), ("A", True, False), ("a", True, True),
     ("1", False, False)],
)  # fmt: skip
def test_caps_lock_is_hinted_at(qtbot: QtBot, letter: str, shift: bool, hinted: bool) -> None:
    field = PassphraseField("Passphrase")
    qtbot.addWidget(field)
    modifiers = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    key = QKeyEvent(QEvent.Type.KeyPress, ord(letter.upper()), modifiers, letter)
    QApplication.sendEvent(field.edit, key)
    assert field.caps.isVisibleTo(field) is hinted


def test_show_shows_and_clearing_hides_again(qtbot: QtBot) -> None:
    field = PassphraseField("Passphrase")
    qtbot.addWidget(field)
    field.edit.setText("horse\u2029")
    assert field.text() == "horse"
    field.show_button.click()
    assert field.edit.echoMode() is QLineEdit.EchoMode.Normal
    field.clear()
    assert field.edit.echoMode() is QLineEdit.EchoMode.Password
    hints = field.edit.inputMethodHints()
    assert hints & Qt.InputMethodHint.ImhSensitiveData
    assert hints & Qt.InputMethodHint.ImhNoPredictiveText
