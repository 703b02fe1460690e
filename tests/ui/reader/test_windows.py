"""Two halves, a second window, full screen: what reading in more than one place must keep."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from casefile.domain.documents import Document
from casefile.services import annotating, documents
from casefile.ui.main_window import MainWindow
from casefile.ui.reader.reading_desk import ReadingDesk
from casefile.ui.reader_area import ReaderArea
from casefile.ui.reader_window import ReaderWindow
from casefile.ui.readers import Readers
from tests.ui.conftest import PASSPHRASE
from tests.ui.reader.conftest import desk_of
from tests.ui.reader.test_journeys import select_sentence

Press = Callable[[str], None]


@pytest.fixture
def reading(
    unlock: Callable[[Path], MainWindow], _made_case: Path, tmp_path: Path, qtbot: QtBot
) -> MainWindow:
    """The window with a case that holds documents, one of them open."""
    folder = tmp_path / "reading"
    shutil.copytree(_made_case, folder)
    window = unlock(folder)
    open_called(qtbot, window, "letter")
    return window


def open_called(qtbot: QtBot, window: MainWindow, name: str, page: int = 1) -> ReadingDesk:
    session = window.session
    assert session is not None
    found = called(window, name)
    session.open_document(found.id, page)
    view = next(v for v in readers(window).views if v.document_id == found.id)
    return desk_of(qtbot, view)


def called(window: MainWindow, name: str) -> Document:
    assert window.session is not None
    rows = documents.listing(window.session.case)
    return next(row.document for row in rows if row.document.file_name == f"{name}.pdf")


def readers(window: MainWindow) -> Readers:
    assert window.desk is not None
    return window.desk.readers


def main_area(window: MainWindow) -> ReaderArea:
    main = readers(window).main
    assert main is not None
    return main


def focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def test_two_places_of_one_document_stand_side_by_side(qtbot: QtBot, reading: MainWindow) -> None:
    area = main_area(reading)
    first = area.views[0]
    qtbot.keyClick(focus(), Qt.Key.Key_F8)
    assert area.is_split
    second = area.current
    assert second is not None
    assert second is not first
    desk = desk_of(qtbot, second)
    assert QApplication.focusWidget() is desk.view
    assert first.isVisible()
    assert second.isVisible()
    assert not reading.desk.middle.isVisible()
    desk.go_to_page(30)
    assert first.desk is not None
    assert first.desk.view.page == 1
    assert desk.document.memory is first.desk.document.memory
    case = reading.session.case
    assert case.session(second.document_id) is case.session(first.document_id)
    # a mark made here shows there, and the one undo stack takes it back in both
    select_sentence(qtbot, desk, 3)
    qtbot.keyClick(desk.view, Qt.Key.Key_2)
    for each in (desk, first.desk):
        qtbot.waitUntil(lambda each=each: len(each.document.marks.all) == 1, timeout=10_000)
    qtbot.keyClick(desk.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    for each in (desk, first.desk):
        qtbot.waitUntil(lambda each=each: not each.document.marks.all, timeout=10_000)
    # F6 reaches the other half, where keys then work
    qtbot.keyClick(focus(), Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget() is first.desk.view
    assert area.current is first
    # closing one place leaves the other alive, with its process
    there = case.session(first.document_id)
    qtbot.keyClick(focus(), Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    assert area.views == [second]
    assert not area.is_split
    qtbot.waitUntil(lambda: not reading.session.tasks._running, timeout=10_000)
    assert case.session(second.document_id) is there


def test_two_documents_side_by_side_and_back_in_one_row(qtbot: QtBot, reading: MainWindow) -> None:
    area = main_area(reading)
    open_called(qtbot, reading, "turned")
    qtbot.keyClick(focus(), Qt.Key.Key_F8)
    assert area.current is not None
    desk_of(qtbot, area.current).go_to_page(2)
    letter = called(reading, "letter")
    reading.session.open_document(letter.id)  # open in the left half: shown there
    assert area.tabs is area.rows[0]
    assert area.current.document_id == letter.id
    area.move_across()
    assert area.tabs is area.rows[1]
    assert [len(row.views) for row in area.rows] == [1, 2]
    turned_right = area.rows[1].views[0]
    area.show_view(turned_right)
    qtbot.keyClick(reading, Qt.Key.Key_F8)
    assert not area.is_split
    assert area.current is turned_right, "of two places the one that was worked in stays"
    assert sorted(v.title for v in area.views) == ["letter.pdf", "turned.pdf"]
    assert turned_right.desk.view.page == 2


def test_a_document_in_its_own_window_has_every_key_and_comes_back(
    qtbot: QtBot, reading: MainWindow
) -> None:
    turned = open_called(qtbot, reading, "turned")
    main = main_area(reading)
    qtbot.keyClick(focus(), Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    (window,) = readers(reading).windows
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    assert window.windowTitle() == "Casefile"
    (view,) = window.area.views
    assert view.desk is turned
    assert [v.title for v in main.views] == ["letter.pdf"]
    qtbot.waitUntil(lambda: QApplication.focusWidget() is turned.view)
    # marks made here are undone by the same key, here
    qtbot.keyClick(turned.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: turned.view.selection.ends is not None, timeout=10_000)
    qtbot.keyClick(turned.view, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: len(turned.document.marks.all) == 1, timeout=10_000)
    qtbot.keyClick(turned.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not turned.document.marks.all, timeout=10_000)
    assert annotating.listing(reading.session.case) == []
    # Find is this window's; a place of the rail is the first window's
    qtbot.keyClick(turned.view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.isAncestorOf(focus())
    qtbot.keyClick(focus(), Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is reading)
    assert reading.desk.here == "quotes"
    # asked for again, it is shown where it is
    reading.session.open_document(view.document_id, 3)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    assert turned.view.page == 3
    window.close()
    assert readers(reading).windows == []
    assert [v.title for v in main.views] == ["letter.pdf", "turned.pdf"]
    assert main.current is view
    assert view.isVisible()


def test_a_window_goes_with_its_last_document(qtbot: QtBot, reading: MainWindow) -> None:
    qtbot.keyClick(focus(), Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    (window,) = readers(reading).windows
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    assert not reading.desk.panes.has_page
    qtbot.keyClick(focus(), Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    assert readers(reading).windows == []
    assert readers(reading).views == []


def test_the_lock_takes_every_window_down_and_unlocking_puts_them_back(
    qtbot: QtBot, reading: MainWindow
) -> None:
    folder = reading.path
    open_called(qtbot, reading, "turned")
    qtbot.keyClick(focus(), Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    (window,) = readers(reading).windows
    window.setGeometry(60, 40, 700, 500)
    open_called(qtbot, reading, "letter").go_to_page(7)
    qtbot.keyClick(focus(), Qt.Key.Key_F8)
    right = main_area(reading).current
    assert right is not None
    desk_of(qtbot, right).go_to_page(21)
    with qtbot.waitSignal(reading.doorkeeper.closed, timeout=20_000):
        qtbot.keyClick(focus(), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        assert not window.isVisible()
        shown = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
        assert shown == [reading]
        assert reading.pages.currentWidget() is reading.unlock_page
    with qtbot.waitSignal(reading.case_opened, timeout=20_000):
        reading.unlock_with(folder, PASSPHRASE)
    (again,) = readers(reading).windows
    assert isinstance(again, ReaderWindow)
    assert again.isVisible()
    assert again.geometry().width() == 700
    assert [desk_of(qtbot, v).document.document.title for v in again.area.views] == ["turned.pdf"]
    area = main_area(reading)
    assert area.is_split
    assert [desk_of(qtbot, v).view.page for v in area.views] == [7, 21]
    assert area.current is area.views[1]


def test_full_screen_is_left_by_escape_once_there_is_nothing_else_to_leave(
    qtbot: QtBot, reading: MainWindow
) -> None:
    qtbot.keyClick(focus(), Qt.Key.Key_F11)
    qtbot.waitUntil(reading.isFullScreen)
    desk = main_area(reading).views[0].desk
    assert desk is not None
    select_sentence(qtbot, desk)
    qtbot.keyClick(desk.view, Qt.Key.Key_Escape)
    assert desk.view.selection.ends is None
    assert reading.isFullScreen()
    qtbot.keyClick(desk.view, Qt.Key.Key_Escape)
    assert not reading.isFullScreen()
    qtbot.keyClick(desk.view, Qt.Key.Key_F11)
    assert reading.isFullScreen()
    reading.desk.focus_middle()
    qtbot.keyClick(focus(), Qt.Key.Key_Escape)
    assert not reading.isFullScreen()


def test_list_and_panel_have_a_key_each(qtbot: QtBot, reading: MainWindow) -> None:
    desk = main_area(reading).views[0].desk
    assert desk is not None
    assert reading.desk.middle.isVisible()
    qtbot.keyClick(focus(), Qt.Key.Key_F9)
    assert not reading.desk.middle.isVisible()
    panel = desk.side.isHidden()
    qtbot.keyClick(desk.view, Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    assert desk.side.isHidden() is not panel


def test_what_stands_over_a_second_window_goes_with_the_lock_too(
    qtbot: QtBot, reading: MainWindow
) -> None:
    turned = open_called(qtbot, reading, "turned")
    qtbot.keyClick(focus(), Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is turned.view)
    qtbot.keyClick(turned.view, Qt.Key.Key_F7)
    qtbot.waitUntil(lambda: turned.text.edit.toPlainText() != "", timeout=10_000)
    edit = turned.text.edit
    qtbot.keyClick(edit, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(QApplication.activeModalWidget(), QDialog)
    menu = turned.menu_for_chosen()
    menu.popup(reading.mapToGlobal(reading.rect().center()))
    qtbot.waitUntil(menu.isVisible)
    with qtbot.waitSignal(reading.doorkeeper.closed, timeout=20_000):
        reading.lock()
        assert [w for w in QApplication.topLevelWidgets() if w.isVisible()] == [reading]
        assert edit.toPlainText() == "", "no text is kept"
