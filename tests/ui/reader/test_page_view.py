"""The page view: what it asks to have drawn, what it shows meanwhile, where it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from casefile.ui import theme
from casefile.ui.reader.document import OpenDocument
from casefile.ui.reader.history import Place
from casefile.ui.reader.layout import Spot
from casefile.ui.reader.page_message import PageMessage
from casefile.ui.reader.page_view import PageView
from casefile.ui.reader.tiles import TileMemory
from tests.ui.reader.pretending import PretendedPages, document, shapes

Make = Callable[..., PageView]


@pytest.fixture
def pages() -> PretendedPages:
    return PretendedPages()


@pytest.fixture
def make(qtbot: QtBot, qapp: QApplication, pages: PretendedPages) -> Iterator[Make]:
    theme.current()
    made: list[OpenDocument] = []

    def build(
        count: int = 100, budget: int = 64 * 2**20, width: int = 800, height: int = 600
    ) -> PageView:
        memory: TileMemory[QImage] = TileMemory(budget)
        opened = OpenDocument(document(count), shapes(count), pages, memory)
        made.append(opened)
        view = PageView(opened)
        qtbot.addWidget(view)
        view.resize(width, height)
        with qtbot.waitExposed(view):
            view.show()
        view.setFocus()
        return view

    yield build
    pages.gate.set()
    for each in made:
        each.wipe()
        assert each.thread_.wait(10)


def at_rest(qtbot: QtBot, view: PageView, pages: PretendedPages) -> None:
    """Until everything that is wanted has been drawn."""

    def quiet() -> bool:
        thread = view.document.thread_
        return not view._plan_soon.isActive() and not thread._plan and not thread._under_way

    qtbot.waitUntil(quiet, timeout=20_000)


def test_five_thousand_pages_ask_for_as_little_as_five(
    qtbot: QtBot, make: Make, pages: PretendedPages
) -> None:
    view = make(5)
    at_rest(qtbot, view, pages)
    few = len(pages.asked)
    pages.asked.clear()
    view = make(5000)
    at_rest(qtbot, view, pages)
    assert len(pages.asked) <= few
    view.go_to_page(4321)
    assert view.page == 4321
    at_rest(qtbot, view, pages)
    assert set(pages.sharp()) <= {1, 2, 3, 4320, 4321, 4322, 4323}


def test_what_has_scrolled_away_is_never_drawn(
    qtbot: QtBot, make: Make, pages: PretendedPages
) -> None:
    view = make(1000)
    at_rest(qtbot, view, pages)
    pages.asked.clear()
    pages.gate.clear()
    for page in range(50, 900, 10):
        view.go_to_page(page)
        qtbot.wait(1)
    pages.gate.set()
    at_rest(qtbot, view, pages)
    drawn = set(pages.sharp())
    assert {890, 891} <= drawn
    assert len(drawn) <= 6, "one page may have been under way, the rest is where the reader is"


def test_nothing_is_drawn_twice(qtbot: QtBot, make: Make, pages: PretendedPages) -> None:
    view = make(20)
    at_rest(qtbot, view, pages)
    drawn = view.document.renders
    assert drawn == len(view.document.memory)
    view.viewport().update()
    view.go_to_page(1)
    at_rest(qtbot, view, pages)
    assert view.document.renders == drawn


def test_the_window_goes_on_while_a_page_is_being_drawn(
    qtbot: QtBot, make: Make, pages: PretendedPages
) -> None:
    pages.gate.clear()
    view = make(50)
    view.go_to_page(7)
    assert view.page == 7
    middle = view.page_rect(7).center().toPoint()
    assert view.viewport().grab().toImage().pixelColor(middle.x(), 100).name() == "#ffffff"
    pages.gate.set()
    at_rest(qtbot, view, pages)
    qtbot.waitUntil(
        lambda: view.viewport().grab().toImage().pixelColor(middle.x(), 100).name() == "#cccccc"
    )


def test_another_zoom_shows_the_old_picture_until_it_is_sharp(
    qtbot: QtBot, make: Make, pages: PretendedPages
) -> None:
    view = make(50)
    at_rest(qtbot, view, pages)
    pages.gate.clear()
    view.set_zoom(2.5)
    assert view.viewport().grab().toImage().pixelColor(400, 300).name() == "#cccccc"
    pages.gate.set()


def test_memory_stays_within_its_budget_and_is_overwritten_when_let_go(
    qtbot: QtBot, make: Make, pages: PretendedPages
) -> None:
    budget = 8 * 2**20
    view = make(300, budget=budget)
    for page in range(1, 300, 7):
        view.go_to_page(page)
        at_rest(qtbot, view, pages)
        assert view.document.memory.bytes <= budget
    view.document.wipe()
    assert view.document.memory.bytes == 0
    assert view.document._texts == {}


def test_a_page_that_cannot_be_drawn_says_so_and_the_others_come(
    qtbot: QtBot, make: Make, pages: PretendedPages
) -> None:
    pages.broken = {2}
    view = make(5, height=1500)
    at_rest(qtbot, view, pages)
    messages = view.findChildren(PageMessage)
    assert [message.page for message in messages] == [2]
    assert "could not be drawn" in messages[0].accessibleName()
    assert view.page_rect(2).contains(QPointF(messages[0].geometry().center()))
    asked = [page for page, _ in pages.asked]
    assert asked.count(2) == 1, "a page that failed is not asked for again and again"
    assert {1, 3} <= set(pages.sharp())
    pages.broken.clear()
    qtbot.mouseClick(messages[0].again, Qt.MouseButton.LeftButton)
    at_rest(qtbot, view, pages)
    assert 2 in pages.sharp()
    qtbot.waitUntil(lambda: not view.findChildren(PageMessage))
    assert view.hasFocus()


def test_the_message_moves_with_its_page(qtbot: QtBot, make: Make, pages: PretendedPages) -> None:
    pages.broken = {1}
    view = make(5)
    at_rest(qtbot, view, pages)
    message = view.findChildren(PageMessage)[0]
    before = message.y()
    view.scroll_by(lines=1)
    assert message.y() < before
    view.go_to_page(4)
    qtbot.waitUntil(lambda: not view.findChildren(PageMessage))
    view.go_to_page(1)
    assert len(view.findChildren(PageMessage)) == 1


def test_zooming_with_the_wheel_keeps_what_is_under_the_cursor(qtbot: QtBot, make: Make) -> None:
    view = make(50)
    view.go_to_page(10)
    cursor = QPointF(500, 200)
    spot = view.spot_at(cursor)
    before = view.zoom
    wheel(view, cursor, 120, Qt.KeyboardModifier.ControlModifier)
    assert view.zoom == pytest.approx(before * 1.15)
    after = view.position_of(spot)
    assert (after.x(), after.y()) == pytest.approx((cursor.x(), cursor.y()), abs=1.5)


def test_the_wheel_scrolls_and_shift_scrolls_sideways(qtbot: QtBot, make: Make) -> None:
    view = make(50)
    wheel(view, QPointF(100, 100), -120)
    assert view.verticalScrollBar().value() == 120
    view.set_zoom(3)
    side = view.horizontalScrollBar().value()
    wheel(view, QPointF(100, 100), -120, Qt.KeyboardModifier.ShiftModifier)
    assert view.horizontalScrollBar().value() == side + 120


def wheel(
    view: PageView,
    at: QPointF,
    turned: int,
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    event = QWheelEvent(
        at, view.viewport().mapToGlobal(at), QPoint(), QPoint(0, turned),
        Qt.MouseButton.NoButton, modifiers, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view.viewport(), event)


def test_fits_follow_the_size_of_the_window(qtbot: QtBot, make: Make) -> None:
    view = make(50)
    view.go_to_page(20)
    view.set_fit("width")
    assert view.page_rect(20).width() == pytest.approx(view.viewport().width() - 32, abs=1)
    view.resize(1000, 600)
    assert view.page_rect(20).width() == pytest.approx(view.viewport().width() - 32, abs=1)
    assert view.page == 20
    view.set_fit("page")
    assert view.page_rect(20).height() == pytest.approx(view.viewport().height() - 32, abs=1)
    view.set_zoom(1.0)
    width = view.page_rect(20).width()
    view.resize(700, 500)
    assert view.page_rect(20).width() == width


def test_a_page_that_fits_stands_in_the_middle_whatever_the_window_does(
    qtbot: QtBot, make: Make
) -> None:
    view = make(5)
    view.set_fit("width")
    for width in (700, 1100, 640, 900):
        view.resize(width, 500)
        sheet = view.page_rect(view.page)
        assert sheet.center().x() == pytest.approx(view.viewport().width() / 2, abs=1)
        assert not view.horizontalScrollBar().isVisible()


def test_keys_scroll(qtbot: QtBot, make: Make) -> None:
    view = make(50)
    bar, shift = view.verticalScrollBar(), Qt.KeyboardModifier.ShiftModifier
    steps: list[int] = []
    for key, modifiers in (
        (Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Space, shift),
        (Qt.Key.Key_PageDown, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_PageUp, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_J, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_K, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_End, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Home, Qt.KeyboardModifier.NoModifier),
    ):
        qtbot.keyClick(view, key, modifiers)
        steps.append(bar.value())
    screen = view.viewport().height() - 40
    assert steps == [screen, 0, screen, 0, 40, 0, bar.maximum(), 0]


def test_the_last_page_is_the_page_even_where_it_cannot_reach_the_top(
    qtbot: QtBot, make: Make
) -> None:
    view = make(50)
    view.set_zoom(0.25)
    view.go_to_page(50)
    assert view.page == 50
    view.scroll_by(lines=-1)
    assert view.page < 50


def test_a_place_is_returned_to_exactly_also_after_resizing(qtbot: QtBot, make: Make) -> None:
    view = make(50)
    view.set_zoom(1.7)
    view.go_to_place(Place(31, 20.0, 333.0, 1.7, ""))
    place = view.place()
    assert place.page == 31
    assert place.y == pytest.approx(333, abs=1)
    view.go_to_page(2)
    view.go_to_place(place)
    assert view.place() == place
    view.resize(640, 480)
    assert view.place().y == pytest.approx(333, abs=1)


def test_on_a_dense_screen_tiles_have_as_many_pixels_as_the_screen(
    qtbot: QtBot, make: Make, pages: PretendedPages, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PageView, "devicePixelRatioF", lambda _view: 2.0)
    view = make(5)
    at_rest(qtbot, view, pages)
    unit = view.logicalDpiY() / 72
    scales = {scale for _, scale in pages.asked if scale > 0.5}
    assert list(scales) == pytest.approx([view.zoom * unit * 2])
    assert view.page_rect(1).width() == pytest.approx(view.viewport().width() - 32, abs=1)
    spot = view.spot_at(QPointF(100, 100))
    back = view.position_of(spot)
    assert (back.x(), back.y()) == pytest.approx((100, 100))


def test_texts_are_fetched_when_the_view_has_come_to_rest(
    qtbot: QtBot, make: Make, pages: PretendedPages
) -> None:
    view = make(200)
    for page in range(1, 200, 3):
        view.go_to_page(page)
    qtbot.waitUntil(lambda: bool(pages.texts), timeout=5_000)
    at_rest(qtbot, view, pages)
    assert set(pages.texts) <= set(range(195, 201))


def test_autoscroll_goes_on_while_the_mouse_is_beyond_the_edge(qtbot: QtBot, make: Make) -> None:
    from casefile.ui.reader.pointer import Pointer

    view = make(50)
    Pointer(view)
    qtbot.waitUntil(lambda: view.document.text(1) is not None)
    port, left = view.viewport(), Qt.MouseButton.LeftButton
    qtbot.mousePress(port, left, pos=view.position_of(Spot(1, 80, 95)).toPoint())
    qtbot.mouseMove(port, QPoint(200, 300))
    qtbot.mouseMove(port, QPoint(200, port.height() + 60))
    qtbot.waitUntil(lambda: view.page > 2, timeout=10_000)
    qtbot.mouseRelease(port, left, pos=QPoint(200, port.height() + 60))
    stopped = view.verticalScrollBar().value()
    qtbot.wait(100)
    assert view.verticalScrollBar().value() == stopped
    ends = view.selection.ends
    assert ends is not None
    assert ends[0].page == 1
    qtbot.waitUntil(lambda: (view.selection.ends or ends)[1].page > 1, timeout=5_000)


def test_pages_are_not_mirrored_where_the_window_reads_from_right_to_left(
    qtbot: QtBot, make: Make, qapp: QApplication
) -> None:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        view = make(3)
        view.set_zoom(3)
        bar = view.horizontalScrollBar()
        bar.setValue(bar.minimum())
        assert bar.layoutDirection() is Qt.LayoutDirection.LeftToRight
        assert view.page_rect(1).left() > 0
        left = view.spot_at(QPointF(100, 100)).x
        assert view.spot_at(QPointF(200, 100)).x > left
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
