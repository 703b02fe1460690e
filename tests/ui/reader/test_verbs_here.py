"""Menus and the palette over a page: the same verbs, wherever the reader stands."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from casefile.ui.main_window import MainWindow
from casefile.ui.palette.palette import Palette
from casefile.ui.printing.sheet import PrintSheet
from casefile.ui.reader.bar import ToolButton
from casefile.ui.reader.reading_desk import ReadingDesk
from tests.ui.reader.conftest import wait_for_text
from tests.ui.reader.test_journeys import select_sentence
from tests.ui.reader.test_windows import main_area, open_called, readers, reading
from tests.ui.shell.test_access import check

__all__ = ["reading"]
Open = Callable[[str], ReadingDesk]
_Key = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def listed(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def palette_of(qtbot: QtBot) -> Palette:
    focus = QApplication.focusWidget()
    assert focus is not None
    qtbot.keyClick(focus, _Key.Key_P, CONTROL | SHIFT)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, Palette)
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def test_the_menu_key_shows_the_verbs_of_the_palette_at_the_selection(
    qtbot: QtBot, reading: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = main_area(reading).views[0]
    desk = view.desk
    assert desk is not None
    shown: list[tuple[list[str], QPoint]] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, at: shown.append((listed(menu), at)))
    qtbot.keyClick(desk.view, _Key.Key_F10, SHIFT)
    select_sentence(qtbot, desk)
    qtbot.keyClick(desk.view, _Key.Key_F10, SHIFT)
    (anywhere, _), (on_selection, at) = shown
    assert anywhere != on_selection
    place = desk.view.viewport().mapFromGlobal(at)
    _, (_, foot) = desk.view.selection.bar(1) or ((0, 0), (0, 0))
    assert desk.view.spot_at(place.toPointF()).y == pytest.approx(foot, abs=4)
    palette = palette_of(qtbot)
    entries = palette._rows.entries
    assert [each.words for each in entries if each.group == "Selection"] == on_selection
    assert {each.words: each.keys for each in entries}["Quote"] == "Q"
    names = [(each.words, each.group) for each in entries]
    assert ("letter.pdf", "Document") in names
    assert len(names) == len(set(names)), "no verb twice"
    qtbot.keyClicks(palette.field, "highl pink")
    qtbot.keyClick(palette.field, _Key.Key_Return)
    qtbot.waitUntil(lambda: len(desk.document.marks.all) == 1, timeout=10_000)
    assert desk.document.marks.all[0].colour == "pink"
    desk.view.select_mark(desk.document.marks.all[0])
    assert listed(desk.menu_for_chosen())[-1] == "Delete mark", "what destroys comes last"


def test_the_palette_of_a_second_window_works_there(qtbot: QtBot, reading: MainWindow) -> None:
    turned = open_called(qtbot, reading, "turned")
    qtbot.keyClick(turned.view, _Key.Key_F8, SHIFT)
    (window,) = readers(reading).windows
    qtbot.waitUntil(lambda: QApplication.focusWidget() is turned.view)
    wait_for_text(qtbot, turned, 1)
    palette = palette_of(qtbot)
    assert palette.parent() is window
    qtbot.keyClicks(palette.field, "split view")
    qtbot.keyClick(palette.field, _Key.Key_Return)
    assert window.area.is_split
    assert not main_area(reading).is_split
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    palette = palette_of(qtbot)
    qtbot.keyClicks(palette.field, "letter")
    qtbot.keyClick(palette.field, _Key.Key_Return)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is reading)
    assert main_area(reading).current is main_area(reading).views[0]


@pytest.mark.parametrize("percent", [100, 200])
def test_palette_print_sheet_text_and_second_window_can_be_used_by_everyone(
    qtbot: QtBot, reading: MainWindow, accessible: None, percent: int
) -> None:
    reading.resize(1280, 720)
    reading.preferences.text_percent = percent
    reading.apply_preferences()
    desk = main_area(reading).views[0].desk
    assert desk is not None
    palette = palette_of(qtbot)
    check(palette)
    palette.reject()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is desk.view)
    qtbot.keyClick(desk.view, _Key.Key_P, CONTROL)
    sheet = QApplication.activeModalWidget()
    assert isinstance(sheet, PrintSheet)
    check(sheet)
    sheet.reject()
    reading.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is desk.view)
    qtbot.keyClick(desk.view, _Key.Key_F7)
    qtbot.waitUntil(lambda: desk.text.edit.toPlainText() != "", timeout=10_000)
    check(desk.text)
    qtbot.keyClick(desk.text.edit, _Key.Key_F8, SHIFT)
    (window,) = readers(reading).windows
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    for width in (1300, 1000, 900, 840, 700):
        window.resize(width, 700)
        QApplication.processEvents()
        cut = [
            tool.accessibleName()
            for tool in desk.bar.findChildren(ToolButton)
            if tool.isVisible() and tool.width() < tool.sizeHint().width()
        ]
        assert cut == [], width
