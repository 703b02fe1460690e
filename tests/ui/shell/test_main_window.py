"""From first launch to a case and back behind the lock, as a reporter does it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from casefile.services import settings
from casefile.services.case import Passphrase, open_case
from casefile.ui import clipboard
from casefile.ui.announce import announcer
from casefile.ui.main_window import MainWindow
from casefile.ui.start.making import NewCase
from casefile.ui.start.recovery_page import RecoveryPage
from tests.ui.conftest import PASSPHRASE


def visible_text(root: QWidget) -> str:
    """Everything a camera over the shoulder could read."""
    parts = [w.text() for w in root.findChildren(QLabel) if w.isVisible()]
    parts += [w.text() for w in root.findChildren(QLineEdit) if w.isVisible()]
    return "\n".join([root.windowTitle(), *parts])


def test_first_launch_makes_a_case_with_the_keyboard_alone(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    assert window.start_page.new_button.hasFocus()
    qtbot.keyClick(window.start_page.new_button, Qt.Key.Key_Space)
    page = window.pages.currentWidget()
    assert isinstance(page, NewCase)
    qtbot.waitUntil(lambda: page.folder.text() != "")
    assert page.folder.text().startswith("Case 20")
    page.location.setText(str(tmp_path))
    page.name.setFocus()
    qtbot.keyClicks(page.name, "Harbor Cooling")
    for field in (page.passphrase.edit, page.again.edit):
        field.setFocus()
        qtbot.keyClicks(field, PASSPHRASE)
    assert not page.create_button.isEnabled()
    qtbot.keyClick(page.understood, Qt.Key.Key_Space)
    assert page.create_button.isEnabled()
    qtbot.waitUntil(lambda: page.strength.text() != "")
    with qtbot.waitSignal(window.case_opened, timeout=20_000):
        qtbot.keyClick(page.again.edit, Qt.Key.Key_Return)
    assert window.session is not None
    assert window.session.case.name == "Harbor Cooling"
    assert window.windowTitle() == "Casefile"
    assert QApplication.focusWidget() is not None


def test_a_new_case_is_refused_where_one_is_already(
    qtbot: QtBot, window: MainWindow, case_folder: Path
) -> None:
    window.show_new_case()
    page = window.pages.currentWidget()
    assert isinstance(page, NewCase)
    page.location.setText(str(case_folder.parent))
    page.folder.setText(case_folder.name)
    page.passphrase.edit.setText("one two three")
    page.again.edit.setText("one two three")
    page.understood.setChecked(True)
    with qtbot.waitSignal(window.doorkeeper.refused, timeout=20_000):
        page.create_button.click()
    assert page.notice.text
    assert window.session is None


def test_a_wrong_passphrase_keeps_the_focus_and_says_that_nothing_changed(
    qtbot: QtBot, window: MainWindow, case_folder: Path
) -> None:
    window.show_unlock(case_folder)
    field = window.unlock_page.passphrase
    assert field.edit.hasFocus()
    qtbot.keyClicks(field.edit, "wrong")
    with qtbot.waitSignal(window.doorkeeper.refused, timeout=20_000):
        qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    assert "did not open" in window.unlock_page.notice.text
    assert "othing" in window.unlock_page.notice.text
    assert field.edit.hasFocus()
    assert field.edit.selectedText() == field.edit.text()


def test_a_pasted_passphrase_opens_with_enter(
    qtbot: QtBot, window: MainWindow, case_folder: Path
) -> None:
    window.show_unlock(case_folder)
    QGuiApplication.clipboard().setText(PASSPHRASE + "\n")
    field = window.unlock_page.passphrase.edit
    qtbot.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(window.case_opened, timeout=20_000):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == ""


def test_cancelling_an_unlock_opens_nothing(
    qtbot: QtBot, window: MainWindow, case_folder: Path
) -> None:
    window.unlock_with(case_folder, PASSPHRASE)
    page = window.unlock_page
    assert page.cancel_button.isVisible()
    qtbot.mouseClick(page.cancel_button, Qt.MouseButton.LeftButton)
    assert not page.cancel_button.isVisible()
    window.doorkeeper.tasks.run(lambda: None, lane="edit").finished.wait(20)
    with qtbot.waitSignal(window.case_opened, timeout=20_000):
        window.unlock_with(case_folder, PASSPHRASE)
    assert window.session is not None


def test_a_folder_without_a_case_is_told(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    with qtbot.waitSignal(window.doorkeeper.refused, timeout=20_000):
        window.unlock_with(tmp_path, PASSPHRASE)
    assert window.unlock_page.notice.text
    assert window.unlock_page.unlock_button.isEnabled()


def test_locking_blanks_at_once_and_unlocking_brings_everything_back(
    qtbot: QtBot, open_window: MainWindow, case_folder: Path
) -> None:
    window = open_window
    assert window.session is not None
    assert window.desk is not None
    session, desk = window.session, window.desk
    desk.go("sources")
    session.about_to_lock.connect(lambda: session.keep_draft("followup.new", "call HERON"))
    clipboard.keeper().put("words of a source", sensitive=True)
    with qtbot.waitSignal(window.doorkeeper.closed, timeout=20_000):
        qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        assert window.pages.currentWidget() is window.unlock_page
        assert window.session is None
        assert "Harbor" not in visible_text(window)
        assert case_folder.name not in visible_text(window)
        assert QGuiApplication.clipboard().text() == ""
    with qtbot.waitSignal(window.case_opened, timeout=20_000):
        qtbot.keyClicks(window.unlock_page.passphrase.edit, PASSPHRASE)
        qtbot.keyClick(window.unlock_page.passphrase.edit, Qt.Key.Key_Return)
    assert window.session is not None
    assert window.desk is not None
    assert window.session is not session
    assert window.desk.here == "sources"
    assert window.session.draft("followup.new") == "call HERON"


def test_a_dialog_goes_with_the_lock(qtbot: QtBot, open_window: MainWindow) -> None:
    open_window.show_import([])
    assert open_window.sheet is not None
    with qtbot.waitSignal(open_window.doorkeeper.closed, timeout=20_000):
        open_window.lock()
        assert not any(dialog.isVisible() for dialog in open_window.findChildren(QDialog))


def test_closing_the_window_keeps_drafts(open_window: MainWindow, case_folder: Path) -> None:
    assert open_window.session is not None
    open_window.session.keep_draft("note", "half a thought")
    open_window.close()
    with open_case(case_folder, Passphrase(PASSPHRASE)) as case:
        assert settings.drafts(case) == {"note": "half a thought"}


def test_idle_locks(qtbot: QtBot, open_window: MainWindow) -> None:
    with qtbot.waitSignal(open_window.doorkeeper.closed, timeout=20_000):
        open_window.idle.left.emit()
        assert open_window.session is None
    assert "without input" in visible_text(open_window)


def test_sleep_and_screen_lock_lock_the_case(qtbot: QtBot, open_window: MainWindow) -> None:
    open_window.session_watch.sleeps(False)
    open_window.session_watch.blanks(False)
    assert open_window.session is not None
    with qtbot.waitSignal(open_window.doorkeeper.closed, timeout=20_000):
        open_window.session_watch.sleeps(True)
        assert open_window.session is None


def test_the_recovery_code_opens_the_case_with_a_new_passphrase(
    qtbot: QtBot, window: MainWindow, case_folder: Path
) -> None:
    from casefile.services import keys

    with open_case(case_folder, Passphrase(PASSPHRASE)) as case:
        code = keys.new_recovery_code(case)
    window.open_at_start(case_folder)
    qtbot.waitUntil(window.unlock_page.recovery_button.isVisible)
    window.unlock_page.recovery_button.click()
    page = window.pages.currentWidget()
    assert isinstance(page, RecoveryPage)
    page.code.setText("wrong")
    page.passphrase.edit.setText("another one")
    page.again.edit.setText("another one")
    with qtbot.waitSignal(window.doorkeeper.refused, timeout=20_000):
        page.open_button.click()
    assert page.notice.text
    page.code.setText(code.lower())
    with qtbot.waitSignal(window.case_opened, timeout=20_000):
        page.open_button.click()
    open_case_again = window.session
    assert open_case_again is not None


def test_a_case_open_in_another_window_is_told(
    qtbot: QtBot, window: MainWindow, case_folder: Path
) -> None:
    with open_case(case_folder, Passphrase(PASSPHRASE)):
        with qtbot.waitSignal(window.doorkeeper.refused, timeout=20_000):
            window.unlock_with(case_folder, PASSPHRASE)
        assert window.unlock_page.notice.text


def test_recent_cases_are_listed_only_when_wanted(
    qtbot: QtBot,
    window: MainWindow,
    unlock: Callable[[Path], MainWindow],
    case_folder: Path,
    tmp_path: Path,
) -> None:
    unlock(case_folder)
    assert str(case_folder) not in (tmp_path / "preferences.json").read_text()
    assert window.session is not None
    window.preferences.remember_recent = True
    window.preferences.note_recent(case_folder)
    window.save_preferences()
    assert str(case_folder) in (tmp_path / "preferences.json").read_text()
    window.lock()
    window.show_start()
    assert case_folder.name in "".join(
        button.text()
        for button in window.start_page.findChildren(type(window.start_page.new_button))
    )


def test_places_and_back_by_keys(qtbot: QtBot, open_window: MainWindow) -> None:
    desk = open_window.desk
    assert desk is not None
    assert desk.here == "today"
    control, alt = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
    said: list[str] = []
    announcer.said.connect(said.append)
    qtbot.keyClick(open_window, Qt.Key.Key_2, control)
    assert desk.here == "documents"
    qtbot.keyClick(open_window, Qt.Key.Key_4, control)
    assert desk.here == "sources"
    qtbot.keyClick(open_window, Qt.Key.Key_Left, alt)
    assert desk.here == "documents"
    qtbot.keyClick(open_window, Qt.Key.Key_Right, alt)
    assert desk.here == "sources"
    assert said[:2] == ["Documents", "Sources"]
    announcer.said.disconnect(said.append)


@pytest.mark.parametrize("place", ["documents", "quotes", "sources", "followups", "trash"])
def test_f6_goes_round_and_never_loses_the_focus(
    qtbot: QtBot, open_window: MainWindow, place: str
) -> None:
    desk = open_window.desk
    assert desk is not None
    desk.enter(place)
    seen = set()
    for _ in range(6):
        qtbot.keyClick(open_window, Qt.Key.Key_F6)
        focus = QApplication.focusWidget()
        assert focus is not None
        assert focus.isVisible()
        seen.add(focus)
    assert len(seen) >= 3


def test_undo_and_redo_go_through_the_services(qtbot: QtBot, open_window: MainWindow) -> None:
    from casefile.services import followups

    session = open_window.session
    assert session is not None
    case = session.case
    control = Qt.KeyboardModifier.ControlModifier
    with qtbot.waitSignal(session.changed, timeout=10_000):
        session.tasks.edit(lambda: followups.add(case, "call HERON"))
    qtbot.waitUntil(session.undo_stack.canUndo)
    assert [item.text for item in followups.listing(case)] == ["call HERON"]
    with qtbot.waitSignal(session.changed, timeout=10_000):
        qtbot.keyClick(open_window, Qt.Key.Key_Z, control)
    assert followups.listing(case) == []
    with qtbot.waitSignal(session.changed, timeout=10_000):
        qtbot.keyClick(open_window, Qt.Key.Key_Z, control | Qt.KeyboardModifier.ShiftModifier)
    assert [item.text for item in followups.listing(case)] == ["call HERON"]
