"""Pages side by side, one at a time, turned: everything stays where it belongs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QTransform, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from casefile.ui.reader.history import Place
from casefile.ui.reader.layout import Arrangement, PageColumn, PageLayout, PixelRect, Spot
from casefile.ui.reader.page_view import PageView
from casefile.ui.reader.reading_desk import ReadingDesk
from casefile.ui.reader.turning import TURNS
from casefile.ui.session import CaseSession
from casefile.ui.settings.reader import ReaderPart
from tests.ui.reader.conftest import LINES, drag, point, wait_for_text

Open = Callable[[str], ReadingDesk]
MIXED = [(612.0, 792.0), (842.0, 595.0), (306.0, 396.0), (612.0, 1008.0)] * 1250
sizes = st.tuples(st.floats(1, 2000), st.floats(1, 2000))


def laid(
    pages: list[tuple[float, float]], turn: int = 0, *, spread: bool = True, scale: float = 1.0
) -> PageLayout:
    return PageLayout(PageColumn(pages, turn, spread=spread), scale, 900)


@given(
    st.lists(sizes, min_size=1, max_size=12), st.sampled_from(TURNS), st.booleans(),
    st.floats(0.3, 4),
)  # fmt: skip
def test_a_point_of_a_page_survives_every_arrangement(
    pages: list[tuple[float, float]], turn: int, spread: bool, scale: float
) -> None:
    layout = laid(pages, turn, spread=spread, scale=scale)
    for page, (width, height) in enumerate(pages, 1):
        spot = Spot(page, width * 0.3, height * 0.6)
        x, y = layout.position(spot)
        rect = layout.rect(page)
        assert rect.x - 1 <= x <= rect.right + 1
        assert rect.y - 1 <= y <= rect.bottom + 1
        back = layout.spot_on(page, x, y)
        assert (back.x, back.y) == pytest.approx((spot.x, spot.y), abs=1e-6)
        whole = layout.part(page, rect)
        assert whole == PixelRect(0, 0, *layout.sheet(page))
        assert layout.placed(page, whole) == rect


def test_a_spread_lies_like_an_open_book() -> None:
    layout = laid([(600, 800)] * 6)
    cover, left, right, last = (layout.rect(page) for page in (1, 2, 3, 6))
    assert cover.x == right.x, "the first page is a right-hand page"
    assert left.y == right.y
    assert left.right + layout.fold == right.x
    assert last.x == left.x
    assert layout.spot(left.x + 5, left.y + 5).page == 2
    assert layout.spot(right.x + 5, right.y + 5).page == 3
    assert layout.pages_in(left.y, left.bottom) == range(2, 4)


def test_five_thousand_mixed_pages_in_spreads_neither_overlap_nor_get_lost() -> None:
    layout = laid(MIXED, 90)
    for page in range(2, 5000, 98):
        left, right = layout.rect(page), layout.rect(page + 1)
        assert left.right <= right.x
        assert max(left.bottom, right.bottom) + layout.gap == layout.rect(page + 2).y
        assert layout.page_at(left.y) == page
    assert layout.rect(5000).bottom + layout.margin <= layout.height


def still(qtbot: QtBot, desk: ReadingDesk) -> QImage:
    """The pages once all that is wanted has been drawn."""
    thread, view = desk.document.thread_, desk.view
    qtbot.waitUntil(
        lambda: not (view._plan_soon.isActive() or thread._plan or thread._under_way),
        timeout=15_000,
    )
    return view.viewport().grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)


def sheet_of(qtbot: QtBot, desk: ReadingDesk, page: int) -> QImage:
    picture = still(qtbot, desk)
    return picture.copy(desk.view.page_rect(page).toAlignedRect())


def ink_lost(one: QImage, other: QImage) -> float:
    """The share of the dark pixels of one picture that are light in the other."""
    assert one.size() == other.size()
    spots = [(x, y) for x in range(one.width()) for y in range(one.height())]
    dark = [(x, y) for x, y in spots if one.pixelColor(x, y).red() < 110]
    assert len(dark) > 500
    return sum(other.pixelColor(x, y).red() > 170 for x, y in dark) / len(dark)


def test_a_turned_page_shows_the_same_page_with_its_marks_and_hits(
    qtbot: QtBot, opened: Open
) -> None:
    desk = opened("letter")
    desk.view.set_zoom(0.6)
    desk.view.go_to_page(1)
    wait_for_text(qtbot, desk, 1)
    desk.view.selection.select_page(1)
    upright = sheet_of(qtbot, desk, 1)
    qtbot.keyClick(desk.view, Qt.Key.Key_O)
    desk.view.go_to_page(1)
    sideways = sheet_of(qtbot, desk, 1)
    assert (sideways.height(), sideways.width()) == (upright.width(), upright.height())
    again = sideways.transformed(QTransform().rotate(-90))
    assert ink_lost(upright, again) < 0.05
    assert ink_lost(again, upright) < 0.05
    for _ in range(3):
        qtbot.keyClick(desk.view, Qt.Key.Key_O)
    assert desk.view.arrangement.turn == 0


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_words_are_selected_where_they_are_seen(qtbot: QtBot, opened: Open, turns: int) -> None:
    desk = opened("letter")
    for _ in range(turns):
        qtbot.keyClick(desk.view, Qt.Key.Key_O)
    desk.view.set_fit("page")
    desk.view.go_to_page(1)
    wait_for_text(qtbot, desk, 1)
    drag(qtbot, desk.view, point(desk.view, 1, 70, 126), point(desk.view, 1, 340, 126))
    taken: list[str] = []
    desk.view.selection.with_passages(
        lambda passages: taken.extend(p.text for p in passages), lambda _error: None
    )
    qtbot.waitUntil(lambda: bool(taken))
    assert taken == [LINES[0]]


def test_single_pages_are_turned_over_by_keys_and_wheel(qtbot: QtBot, opened: Open) -> None:
    desk = opened("letter")
    view = desk.view
    view.set_fit("page")
    qtbot.keyClick(view, Qt.Key.Key_S)
    assert list(view.pages_in_view()) == [1]
    seen = []
    for key in (Qt.Key.Key_Space, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_End):
        qtbot.keyClick(view, key)
        seen.append((view.page, list(view.pages_in_view())))
    assert seen == [(2, [2]), (3, [3]), (2, [2]), (40, [40])]
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert view.page == 40, "behind the last page there is none"
    qtbot.keyClick(view, Qt.Key.Key_Home)
    turn_wheel(view, -120)
    assert view.page == 2
    view.set_zoom(3)
    view.go_to_page(2)
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert view.page == 2, "there is more of this page to read first"
    view.show_quads(5, ())
    assert list(view.pages_in_view()) == [5]


def turn_wheel(
    view: PageView,
    angle: int,
    pixels: int = 0,
    phase: Qt.ScrollPhase = Qt.ScrollPhase.NoScrollPhase,
) -> None:
    at = QPointF(100, 100)
    event = QWheelEvent(
        at, view.viewport().mapToGlobal(at), QPoint(0, pixels), QPoint(0, angle),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, phase, False,
    )  # fmt: skip
    QApplication.sendEvent(view.viewport(), event)


def test_one_swing_of_the_touchpad_turns_one_page(qtbot: QtBot, opened: Open) -> None:
    view = opened("letter").view
    view.set_fit("page")
    qtbot.keyClick(view, Qt.Key.Key_S)
    phases = Qt.ScrollPhase
    turn_wheel(view, 0, 0, phases.ScrollBegin)
    for _ in range(4):
        turn_wheel(view, -40, -40, phases.ScrollUpdate)
    for _ in range(40):
        turn_wheel(view, -40, -40, phases.ScrollMomentum)
    assert view.page == 2


def test_small_movements_of_a_touchpad_add_up(
    qtbot: QtBot, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = opened("letter").view
    monkeypatch.setattr(PageView, "devicePixelRatioF", lambda _view: 1.25)
    view.set_zoom(1.0)
    before = view.verticalScrollBar().value()
    for _ in range(100):
        turn_wheel(view, -8, -1)
    assert view.verticalScrollBar().value() - before == 125


def test_the_arrangement_is_there_again_and_back_leads_to_it(qtbot: QtBot, opened: Open) -> None:
    desk = opened("letter")
    view = desk.view
    for key in (Qt.Key.Key_D, Qt.Key.Key_O):
        qtbot.keyClick(view, key)
    assert desk.actions_["spread"].isChecked()
    view.set_zoom(1.3)
    view.go_to_page(6)
    view.scroll_by(lines=2)
    kept, place = desk.place(), view.place()
    desk.go_to_page(20)
    for key in (Qt.Key.Key_D, Qt.Key.Key_O, Qt.Key.Key_S):
        qtbot.keyClick(view, key)
    assert Place.from_dict(kept, 40) == place
    assert desk.back()
    assert view.place() == place
    assert desk.side.thumbnails.turn == 90
    assert not desk.actions_["single"].isChecked()
    view.go_to_page(1)
    desk.restore(kept)
    assert view.place() == place


def test_a_document_opens_for_the_first_time_as_the_settings_say(
    qtbot: QtBot, opened: Open, session: CaseSession
) -> None:
    part = ReaderPart(session)
    qtbot.addWidget(part)
    part.pages.setCurrentIndex(part.pages.findData("spread"))
    assert opened("letter").view.arrangement == Arrangement(spread=True)
    part.pages.setCurrentIndex(part.pages.findData("single"))
    assert opened("long").view.arrangement == Arrangement(single=True)
