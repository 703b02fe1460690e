"""Pushing, pinching, the mouse's own keys, and arrows from page to page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QNativeGestureEvent, QPointingDevice
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from casefile.ui.reader.reading_desk import ReadingDesk

Open = Callable[[str], ReadingDesk]
MIDDLE = Qt.MouseButton.MiddleButton


def test_the_middle_button_pushes_the_pages(qtbot: QtBot, opened: Open) -> None:
    view = opened("letter").view
    view.set_zoom(3)
    view.go_to_page(4)
    port, held = view.viewport(), view.spot_at(QPointF(300, 300))
    qtbot.mousePress(port, MIDDLE, pos=QPoint(300, 300))
    assert port.cursor().shape() is Qt.CursorShape.ClosedHandCursor
    qtbot.mouseMove(port, QPoint(250, 180))
    qtbot.mouseRelease(port, MIDDLE, pos=QPoint(250, 180))
    at = view.position_of(held)
    assert (at.x(), at.y()) == pytest.approx((250, 180), abs=1.5)
    assert view.selection.ends is None
    qtbot.mouseMove(port, QPoint(10, 10))
    assert view.position_of(held) == at


def test_pinching_zooms_where_the_fingers_are(qtbot: QtBot, opened: Open) -> None:
    view = opened("letter").view
    view.set_zoom(1.0)
    view.go_to_page(4)
    at = QPointF(200, 300)
    spot = view.spot_at(at)
    kind = Qt.NativeGestureType.ZoomNativeGesture
    device = QPointingDevice.primaryPointingDevice()
    everywhere = view.viewport().mapToGlobal(at)
    event = QNativeGestureEvent(kind, device, 2, at, at, everywhere, 0.2, QPointF())
    QApplication.sendEvent(view.viewport(), event)
    assert view.zoom == pytest.approx(1.2)
    after = view.position_of(spot)
    assert (after.x(), after.y()) == pytest.approx((200, 300), abs=1.5)


def test_the_mouses_own_keys_lead_back_and_forward(qtbot: QtBot, opened: Open) -> None:
    desk = opened("letter")
    before = desk.view.place()
    desk.go_to_page(20)
    qtbot.mouseClick(desk.view.viewport(), Qt.MouseButton.BackButton)
    assert desk.view.place() == before
    qtbot.mouseClick(desk.view.viewport(), Qt.MouseButton.ForwardButton)
    assert desk.view.page == 20


def test_arrows_go_from_page_to_page_where_nothing_lies_beside(qtbot: QtBot, opened: Open) -> None:
    view = opened("letter").view
    view.set_fit("width")
    for key, page in (
        (Qt.Key.Key_Right, 2), (Qt.Key.Key_Right, 3), (Qt.Key.Key_Left, 2), (Qt.Key.Key_Left, 1),
        (Qt.Key.Key_Left, 1),
    ):  # fmt: skip
        qtbot.keyClick(view, key)
        assert view.page == page
    view.set_zoom(4)
    side = view.horizontalScrollBar().value()
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.page == 1
    assert view.horizontalScrollBar().value() > side
