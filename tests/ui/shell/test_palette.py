"""The palette: everything that can be done here, found by a few letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from casefile.services import sources
from casefile.ui.announce import announcer
from casefile.ui.main_window import MainWindow
from casefile.ui.palette.matching import fit
from casefile.ui.palette.palette import Palette

_Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


def best(typed: str, *names: str) -> str:
    ranked = [(rank, name) for name in names if (rank := fit(typed, name)) is not None]
    return min(ranked, key=lambda pair: pair[0])[1] if ranked else ""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("quo", "Quote"),
        ("hi yel", "Highlight yellow"),
        ("hy", "Highlight yellow"),
        ("zm in", "Zoom in"),
        ("étroit", "Etroit"),
        ("nothing of this", ""),
    ],
)
def test_a_few_letters_find_what_is_meant(typed: str, meant: str) -> None:
    names = ("Highlight yellow", "Highlight pink", "Zoom in", "Quotes board", "Quote", "Etroit")
    assert best(typed, "Quote", *names) == meant


@given(st.text(max_size=20), st.text(max_size=40))
def test_every_name_fits_itself_and_what_it_begins_with(typed: str, rest: str) -> None:
    assert fit(typed, typed + rest) is not None
    assert fit("", rest) is not None


@pytest.fixture
def palette(qtbot: QtBot, open_window: MainWindow) -> Palette:
    assert open_window.session is not None
    sources.add(open_window.session.case, name="Water board")
    desk = open_window.desk
    assert desk is not None
    desk.enter("sources")
    screen = desk.screen_of("sources")
    qtbot.waitUntil(lambda: screen.view.rows.rowCount() == 1, timeout=10_000)
    desk.focus_middle()
    return opened(qtbot, open_window)


def opened(qtbot: QtBot, window: MainWindow) -> Palette:
    qtbot.keyClick(QApplication.focusWidget() or window, _Key.Key_K, CONTROL)
    (found,) = [p for p in window.findChildren(Palette) if p.isVisible()]
    qtbot.waitUntil(found.isActiveWindow)
    assert found.field.hasFocus()
    return found


def rows(palette: Palette) -> list[tuple[str, str, str]]:
    return [(each.words, each.group, each.keys) for each in palette._rows.entries]


def test_it_begins_with_the_menu_of_what_is_selected_and_tells_every_key(
    palette: Palette, open_window: MainWindow
) -> None:
    assert open_window.desk is not None
    menu = open_window.desk.screen_of("sources").menu_for_chosen()
    verbs = [each.text().split("\t")[0] for each in menu.actions() if not each.isSeparator()]
    menu.deleteLater()
    shown = rows(palette)
    assert [words for words, group, _keys in shown if group == "Selection"] == verbs
    assert shown[0][1] == "Selection"
    assert ("Delete", "Selection", "Del") in shown
    assert ("Lock", "Window", "Ctrl+L") in shown
    assert ("Quotes", "Place", "Ctrl+3") in shown
    groups = [group for _words, group, _keys in shown]
    assert groups == sorted(groups, key=["Selection", "Here", "Window", "Place"].index)
    assert "Undo" not in [words for words, _group, _keys in shown], "nothing can be undone yet"


def test_arrows_and_enter_do_it_and_escape_does_nothing(
    qtbot: QtBot, palette: Palette, open_window: MainWindow, accessible: None
) -> None:
    desk = open_window.desk
    assert desk is not None
    before = desk.screen_of("sources").view
    said: list[str] = []
    announcer.said.connect(said.append)
    qtbot.keyClicks(palette.field, "quo")
    assert said[-1] == "Quotes, Ctrl+3, Place"
    qtbot.keyClick(palette.field, _Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is before)
    assert desk.here == "sources"
    again = opened(qtbot, open_window)
    qtbot.keyClicks(again.field, "b")
    first = again.list.currentIndex().row()
    qtbot.keyClick(again.field, _Key.Key_Down)
    assert again.list.currentIndex().row() == first + 1
    again.field.clear()
    qtbot.keyClicks(again.field, "quotes")
    qtbot.keyClick(again.field, _Key.Key_Return)
    assert desk.here == "quotes"
    announcer.said.disconnect(said.append)


def test_what_fits_nothing_says_so(qtbot: QtBot, palette: Palette) -> None:
    qtbot.keyClicks(palette.field, "xqzxq")
    assert palette.nothing.isVisible()
    assert not palette.list.isVisible()
    qtbot.keyClick(palette.field, _Key.Key_Return)
    assert palette.isVisible()


def test_each_row_is_heard_with_its_key(palette: Palette, accessible: None) -> None:
    heard = QAccessible.queryAccessibleInterface(palette.list)
    assert heard is not None
    texts = [heard.child(n).text(QAccessible.Text.Name) for n in range(heard.childCount())]
    assert "Lock, Ctrl+L, Window" in texts


def test_it_goes_with_the_lock(qtbot: QtBot, palette: Palette, open_window: MainWindow) -> None:
    with qtbot.waitSignal(open_window.doorkeeper.closed, timeout=20_000):
        open_window.lock()
        visible: list[QWidget] = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
        assert visible == [open_window]
