"""For languages that are read from right to left: everything is mirrored but the pages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractScrollArea, QAbstractSpinBox, QScrollBar, QWidget

from casefile.ui import icons
from casefile.ui.focus_ring import _Ring
from casefile.ui.reader.page_view import PageView
from tests.ui.access import looking
from tests.ui.access.conftest import SETTINGS, mirror, none
from tests.ui.access.screens import SCREENS, Screen, Visitor

#: Pixels: Qt does not turn the margins of a layout round, which differ by as much at most.
SLACK = 16


@pytest.fixture(scope="module")
def left_to_right(hands: Visitor) -> Iterator[None]:
    SETTINGS[0].apply(hands)
    yield
    mirror(False)


@pytest.fixture(params=SCREENS, ids=lambda screen: screen.name)
def screen(request: pytest.FixtureRequest, hands: Visitor, left_to_right: None) -> Iterator[Screen]:
    there: Screen = request.param
    there.go(hands)
    yield there
    mirror(False)


def test_every_part_stands_where_its_mirror_image_would(hands: Visitor, screen: Screen) -> None:
    root = hands.root
    before = _settled(hands, root)
    mirror(True)
    after = _settled(hands, root)
    wide = root.width()
    wrong = []
    for widget, (there, now) in {
        widget: (before[widget], after[widget]) for widget in before if widget in after
    }.items():
        wanted = wide - there.right() - 1
        if abs(now.x() - wanted) > SLACK or abs(now.width() - there.width()) > 1:
            wrong.append(f"{looking.called(widget)}: {now}, not x={wanted}")
    none(wrong)


def _settled(hands: Visitor, root: QWidget) -> dict[QWidget, QRect]:
    """Where everything stands once nothing moves any more: laying out takes several turns."""
    hands.breathe()
    found = _places(root)
    for _ in range(20):
        hands.breathe()
        before, found = found, _places(root)
        if found == before:
            break
    return found


def _places(root: QWidget) -> dict[QWidget, QRect]:
    return {
        widget: QRect(widget.mapTo(root, QPoint(0, 0)), widget.size())
        for widget in looking.parts(root)
        if not isinstance(widget, _Ring | QScrollBar) and not _on_a_page(widget)
    }


def _on_a_page(widget: QWidget) -> bool:
    """Pages, and what lies on them, keep their sides; so does the inside of boxes, and of what
    scrolls."""
    step = widget.parentWidget()
    while step is not None:
        if isinstance(step, PageView):
            return True
        step = step.parentWidget()
    above = widget.parentWidget()
    scrolled = isinstance(above, QAbstractScrollArea) and above.viewport() is widget
    return scrolled or isinstance(above, QAbstractSpinBox)


def test_pages_keep_their_sides(hands: Visitor, left_to_right: None) -> None:
    reader = hands.read()
    page = reader.view.page
    straight = _page_image(reader.view, page)
    mirror(True)
    # Pages are laid out and drawn in turns, in the other direction as in this one.
    hands.until(lambda: _page_image(reader.view, page).size() == straight.size(), "the page")
    drawn = reader.document.memory.has_any
    hands.until(lambda: drawn(reader.document.id, page), "the page drawn")
    hands.idle()
    turned = _page_image(reader.view, page)
    mirror(False)
    hands.idle()
    again = _page_image(reader.view, page)
    assert turned in (straight, again)
    assert straight != straight.flipped(Qt.Orientation.Horizontal)


def _page_image(view: PageView, page: int) -> QImage:
    from casefile.ui.reader.layout import Spot

    corner = view.position_of(Spot(page, 0, 0)).toPoint()
    return (
        view.viewport().grab(QRect(corner + QPoint(60, 60), view.viewport().size() / 2)).toImage()
    )


def _unlike(first: QImage, second: QImage) -> int:
    """How much two pictures of one size differ in what is covered."""
    places = [(x, y) for x in range(first.width()) for y in range(first.height())]
    return sum(
        abs(first.pixelColor(*place).alpha() - second.pixelColor(*place).alpha())
        for place in places
    )


def test_arrows_of_direction_turn_round(hands: Visitor, left_to_right: None) -> None:
    for name in ("arrow-left", "arrow-right", "chevron-left", "chevron-right", "undo-2"):
        straight = icons.pixmap(name, "text", 24).toImage()
        mirror(True)
        turned = icons.pixmap(name, "text", 24).toImage()
        mirror(False)
        mirrored = straight.flipped(Qt.Orientation.Horizontal)
        assert _unlike(turned, mirrored) < _unlike(turned, straight) / 10
    hands.place("today")
    mirror(True)
    hands.breathe()
    back, forward = hands.desk.top.back, hands.desk.top.forward
    assert back.mapTo(hands.window, QPoint()).x() > forward.mapTo(hands.window, QPoint()).x()
    mirror(False)
