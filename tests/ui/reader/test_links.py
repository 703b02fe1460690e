"""Links in the reader: followed inside the document, with a way back; shown, never opened."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from casefile.services.case import Case
from casefile.store import custody
from casefile.ui.reader.layout import Spot
from casefile.ui.reader.reading_desk import ReadingDesk
from tests.ui.reader.conftest import point

Open = Callable[[str], ReadingDesk]
ADDRESS = "https://example.org/?a=<b>"
INSIDE, OUTSIDE = (100, 195), (100, 295)


@pytest.fixture
def desk(qtbot: QtBot, opened: Open) -> ReadingDesk:
    made = opened("linked")
    qtbot.waitUntil(lambda: made.document.links.on(1) is not None, timeout=10_000)
    return made


def place(desk: ReadingDesk, at: tuple[int, int]) -> QPoint:
    return point(desk.view, 1, *at)


def click(qtbot: QtBot, desk: ReadingDesk, at: tuple[int, int]) -> None:
    qtbot.mouseClick(desk.view.viewport(), Qt.MouseButton.LeftButton, pos=place(desk, at))


def test_a_click_follows_a_link_and_back_leads_exactly_back(
    qtbot: QtBot, desk: ReadingDesk
) -> None:
    desk.view.set_zoom(1.3)
    qtbot.mouseMove(desk.view.viewport(), place(desk, INSIDE))
    assert desk.view.viewport().cursor().shape() is Qt.CursorShape.PointingHandCursor
    before = desk.view.place()
    click(qtbot, desk, INSIDE)
    assert desk.view.page == 4
    assert desk.view.position_of(Spot(4, 0, 400)).y() == pytest.approx(16, abs=2)
    assert desk.back()
    assert desk.view.place() == before
    assert desk.forward()
    assert desk.view.page == 4


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_links_are_where_they_are_seen_on_turned_pages(
    qtbot: QtBot, desk: ReadingDesk, turns: int
) -> None:
    for _ in range(turns):
        qtbot.keyClick(desk.view, Qt.Key.Key_O)
    desk.view.set_fit("page")
    desk.view.go_to_page(1)
    click(qtbot, desk, INSIDE)
    assert desk.view.page == 4
    assert desk.view.viewport().rect().contains(point(desk.view, 4, 10, 400))


def test_an_address_is_shown_and_copied_through_the_door_but_not_opened(
    qtbot: QtBot, desk: ReadingDesk, case: Case
) -> None:
    before = desk.view.place()
    click(qtbot, desk, OUTSIDE)
    assert ADDRESS in desk.following.notice.text
    assert desk.view.place().page == before.page
    button = desk.following.notice.findChild(type(desk.following.notice._offered[0]))
    assert button is not None
    assert button.hasFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == ADDRESS, timeout=10_000)
    assert custody.listing(case.reader(), limit=1)[0].detail["detail"] == "page 1, an address"
    assert desk.following.notice.isHidden()
    assert desk.view.hasFocus()


def test_esc_takes_the_address_away(qtbot: QtBot, desk: ReadingDesk) -> None:
    for on_page in (True, False):
        click(qtbot, desk, OUTSIDE)
        if on_page:
            desk.view.setFocus()
        focus = QApplication.focusWidget()
        assert focus is not None
        qtbot.keyClick(focus, Qt.Key.Key_Escape)
        assert desk.following.notice.isHidden()
        assert desk.view.hasFocus()


def test_a_menu_lists_the_links_for_the_keyboard(qtbot: QtBot, desk: ReadingDesk) -> None:
    desk.view.set_fit("page")
    qtbot.waitUntil(lambda: desk.document.text(1) is not None, timeout=10_000)
    qtbot.keyClick(desk.view, Qt.Key.Key_L)
    qtbot.waitUntil(lambda: any(m.isVisible() for m in desk.view.findChildren(QMenu)))
    menus = [menu for menu in desk.view.findChildren(QMenu) if menu.isVisible()]
    (menu,) = menus
    words = [action.text() for action in menu.actions()]
    assert words == [
        "&1  see leaf four: p. 4",
        f"&2  the register <b>online</b>: outside: {ADDRESS}",
    ]
    menu.actions()[0].trigger()
    menu.close()
    assert desk.view.page == 4
    view = desk.view
    qtbot.waitUntil(lambda: desk.document.links.on(view.page) is not None, timeout=10_000)
    with qtbot.waitSignal(desk.session.toast, timeout=10_000) as told:
        qtbot.keyClick(view, Qt.Key.Key_L)
    assert told.args[0] == "There are no links on this page."
