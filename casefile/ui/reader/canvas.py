"""The canvas under the page view: where pages are, which part is in view, how it is zoomed.

All positions here are device pixels (see ``layout``), also the scroll bars' values. Nothing is
drawn here; ``PageView`` does that.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from casefile.domain.geometry import Quad, bounds
from casefile.ui.reader.document import OpenDocument
from casefile.ui.reader.history import Place
from casefile.ui.reader.layout import (
    Arrangement,
    PageLayout,
    PixelRect,
    Spot,
    fitting_scale,
    next_zoom,
    scroll_to_show,
)
from casefile.ui.reader.scrolling import Scroller

ZOOM_STEPS = (0.1, 0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4, 5, 6, 8)
GAP, MARGIN = 12, 16


class Canvas(QAbstractScrollArea):
    """``moved()``: the position or the zoom changed."""

    moved = Signal()

    def __init__(self, document: OpenDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self.zoom = 1.0
        self.fit = "width"
        self.arrangement = Arrangement()
        self._ratio = 1.0
        self._column = document.column
        self._layout = PageLayout(self._column, 1.0, 1)
        self._aimed: tuple[int, int] | None = None
        self._settling = False
        self._ahead = 1
        self.scroller = Scroller(self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        # Pages are not mirrored, whichever way the window reads.
        self.horizontalScrollBar().setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalScrollBar().valueChanged.connect(self.moved)
        self.horizontalScrollBar().valueChanged.connect(self.moved)

    # Where things are

    @property
    def ratio(self) -> float:
        """Device pixels per screen unit."""
        return self._ratio

    @property
    def view(self) -> PixelRect:
        """The part of the canvas in view."""
        size = self._view_size()
        x, y = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        return PixelRect(x, y, *size)

    @property
    def page(self) -> int:
        """The page the reader is on: the one that fills the upper part of the view."""
        if self._aimed is not None and self._aimed[1] == self.verticalScrollBar().value():
            return self._aimed[0]
        view = self.view
        page = self._layout.page_at(view.y + round(MARGIN * self._ratio))
        if self.arrangement.single:
            return page
        rect = self._layout.rect(page)
        is_nearly_gone = rect.bottom < view.y + min(rect.height // 2, view.height // 4)
        following = self._beside(page, forward=True) if is_nearly_gone else None
        return following or page

    def spot_at(self, position: QPointF) -> Spot:
        """The point of the document under a point of the viewport."""
        view = self.view
        return self._layout.spot(
            position.x() * self._ratio + view.x, position.y() * self._ratio + view.y
        )

    def spot_on(self, page: int, spot: Spot) -> Spot:
        """The same point, as a point of ``page`` (off it, as a rule)."""
        return self._layout.spot_on(page, *self._layout.position(spot))

    def position_of(self, spot: Spot) -> QPointF:
        """Where a point of the document is on the viewport."""
        x, y = self._layout.position(spot)
        view = self.view
        return QPointF((x - view.x) / self._ratio, (y - view.y) / self._ratio)

    def page_rect(self, page: int) -> QRectF:
        """Where a page is on the viewport."""
        rect, view = self._layout.rect(page), self.view
        ratio = self._ratio
        return QRectF(
            (rect.x - view.x) / ratio, (rect.y - view.y) / ratio, rect.width / ratio,
            rect.height / ratio,
        )  # fmt: skip

    @property
    def points_per_unit(self) -> float:
        """How many points of the page one screen unit is."""
        return self._ratio / self._layout.scale

    def pages_in_view(self) -> range:
        return self._layout.pages_in(self.view.y, self.view.bottom)

    # Going places

    def place(self) -> Place:
        view = self.view
        spot = self._layout.spot(view.x, view.y)
        arranged = self.arrangement
        return Place(
            spot.page, spot.x, spot.y, self.zoom, self.fit,
            arranged.spread, arranged.single, arranged.turn,
        )  # fmt: skip

    def go_to_place(self, place: Place) -> None:
        """Stand exactly where ``place`` says."""
        self._arrange(place.arrangement)
        self._set_zoom(place.zoom, place.fit, page=place.page)
        x, y = self._layout.position(Spot(place.page, place.x, place.y))
        self.verticalScrollBar().setValue(round(y))
        if place.fit:
            self._centre(place.page)
        else:
            self.horizontalScrollBar().setValue(round(x))

    def go_to_page(self, page: int) -> None:
        """Show the top of a page."""
        page = min(max(1, page), self.document.pages)
        self._have_row_of(page)
        bar = self.verticalScrollBar()
        bar.setValue(self._layout.top(page) - round(MARGIN * self._ratio))
        self._aimed = page, bar.value()
        self.moved.emit()

    def show_point(self, page: int, x: float | None, y: float | None) -> None:
        """Have a point of a page near the top of the view; as far as one is told, the whole page
        otherwise."""
        if y is None:
            self.go_to_page(page)
            return
        self._have_row_of(page)
        left, top = self._layout.position(Spot(page, x or 0.0, y))
        view, margin = self.view, round(MARGIN * self._ratio)
        self.verticalScrollBar().setValue(round(top) - margin)
        if x is not None and not view.x <= left < view.right - margin:
            self.horizontalScrollBar().setValue(round(left) - margin)
        self._aimed = page, self.verticalScrollBar().value()
        self.moved.emit()

    def show_quads(self, page: int, quads: Sequence[Quad]) -> None:
        """Scroll as little as needed to have ``quads`` in sight."""
        if not quads:
            self.go_to_page(page)
            return
        box = bounds(quads)
        self._have_row_of(page)
        rect, view = self._layout.box_rect(page, box), self.view
        air = view.height // 4
        top = scroll_to_show(rect.y, rect.height, view.y, view.height, air)
        side = scroll_to_show(rect.x, rect.width, view.x, view.width, round(24 * self._ratio))
        self.verticalScrollBar().setValue(top)
        self.horizontalScrollBar().setValue(side)
        self._aimed = page, self.verticalScrollBar().value()
        self.moved.emit()

    def scroll_by(self, screens: float = 0.0, lines: int = 0) -> None:
        """Down (or up) by a share of the view, or by lines."""
        self.scroller.by(screens, lines)

    def go_to_end(self, *, last: bool) -> None:
        """The beginning or the end of the document."""
        self._have_row_of(self.document.pages if last else 1)
        bar = self.verticalScrollBar()
        bar.setValue(bar.maximum() if last else bar.minimum())

    def turn_over(self, *, forward: bool) -> bool:
        """On to the top of the next row of pages, or of the one before. False if there is none."""
        page = self._beside(self.page, forward=forward)
        if page is not None:
            self.go_to_page(page)
        return page is not None

    def arrange(self, arrangement: Arrangement) -> None:
        """Arrange the pages otherwise. What was in the middle of the view is there again after a
        turn; else what was at its top."""
        if arrangement == self.arrangement:
            return
        page = self.page
        size = self.viewport().size()
        turns = arrangement.turn != self.arrangement.turn
        anchor = QPointF(size.width() / 2, size.height() / 2 if turns else MARGIN)
        spot = self.spot_at(anchor)
        self._arrange(arrangement)
        self._set_zoom(self.zoom, self.fit, page=page)
        if self.fit == "page" or (arrangement.single and spot.page != page):
            self.go_to_page(page)
        else:
            self._put(spot, anchor)
            self._aimed = page, self.verticalScrollBar().value()
        self._centre(page)

    def _arrange(self, arrangement: Arrangement) -> None:
        """Line the pages up; the layout follows with ``_set_zoom``."""
        if arrangement == self.arrangement:
            return
        self.arrangement = arrangement
        self._column = self.document.column.arranged(arrangement)
        self._aimed = None

    def _have_row_of(self, page: int) -> None:
        """Where one row of pages is shown at a time: let it be that of ``page``."""
        row = self._column.row_of
        if self.arrangement.single and row(page) != row(self._layout.page_at(0)):
            self._set_zoom(self.zoom, self.fit, page=page)
            self._centre(page)

    def _beside(self, page: int, *, forward: bool) -> int | None:
        """The first page of the next row, or of the one before."""
        row = self._column.row_of(page) + (1 if forward else -1)
        return self._column.pages_of(row)[0] if 0 <= row < self._column.rows else None

    # Zoom

    def set_zoom(self, zoom: float, anchor: QPointF | None = None) -> None:
        """``zoom`` 1 is 100 %; what is under ``anchor`` (a point of the viewport; its middle if
        none) stays there."""
        anchor = anchor or QPointF(self.viewport().width() / 2, self.viewport().height() / 2)
        spot = self.spot_at(anchor)
        self._set_zoom(zoom, "", page=spot.page)
        self._put(spot, anchor)

    def set_fit(self, fit: str) -> None:
        """Fit "width" or "page"; the top of the view stays."""
        page = self.page
        top = QPointF(0, 0)
        spot = self.spot_at(top)
        self._set_zoom(self.zoom, fit, page=page)
        if fit == "page":
            self.go_to_page(page)
        else:
            self._put(spot, top)
        self._centre(page)

    def step_zoom(self, direction: int, anchor: QPointF | None = None) -> None:
        self.set_zoom(next_zoom(self.zoom, direction, ZOOM_STEPS), anchor)

    def _unit(self) -> float:
        """Device pixels per point at 100 %."""
        return self.logicalDpiY() / 72 * self._ratio

    def _view_size(self) -> tuple[int, int]:
        size: QSize = self.viewport().size()
        return round(size.width() * self._ratio), round(size.height() * self._ratio)

    def _next_views(self) -> list[tuple[PageLayout, PixelRect]]:
        """What is likely to be looked at next, likeliest first: the screen in the direction of
        reading, then the one on the other side; of single rows, the whole neighbours."""
        view = self.view
        if not self.arrangement.single:
            ways = self._ahead, -self._ahead
            return [(self._layout, view.moved(0, way * view.height)) for way in ways]
        size = self._view_size()
        pages = [self._beside(self.page, forward=way > 0) for way in (self._ahead, -self._ahead)]
        layouts = [self._layout_at(page, self.zoom, size) for page in pages if page]
        return [
            (layout, PixelRect(view.x, layout.extent[0], view.width, view.height))
            for layout in layouts
        ]

    def _set_zoom(self, zoom: float, fit: str, page: int) -> None:
        self._ratio = self.devicePixelRatioF()
        self.fit = fit
        # A page that was fitted needs no bar; a wider one elsewhere is no reason for it.
        bars = Qt.ScrollBarPolicy
        self.setHorizontalScrollBarPolicy(
            bars.ScrollBarAlwaysOff if fit else bars.ScrollBarAsNeeded
        )
        self._settling = True
        for _ in range(2):  # once more if a scroll bar came or went
            size = self._view_size()
            self._lay_out(zoom, page, size)
            self._set_bars(*size)
            if self._view_size() == size:
                break
        self._settling = False
        self.moved.emit()

    def _lay_out(self, zoom: float, page: int, size: tuple[int, int]) -> None:
        self._layout = self._layout_at(page, zoom, size)
        self.zoom = self._layout.scale / self._unit()

    def _layout_at(self, page: int, zoom: float, size: tuple[int, int]) -> PageLayout:
        """The layout while ``page`` is looked at."""
        margin, gap = round(MARGIN * self._ratio), round(GAP * self._ratio)
        alone = page if self.arrangement.single else None
        if not self.fit:
            scale = min(max(zoom, ZOOM_STEPS[0]), ZOOM_STEPS[-1]) * self._unit()
            return PageLayout(self._column, scale, size[0], gap, margin, alone)
        layout = PageLayout(self._column, 1.0, size[0], gap, margin, alone)
        points, room = self._column.row_size(page), (size[0] - layout.fold, size[1])
        scale = fitting_scale(points, room, margin, whole_page=self.fit == "page")
        return PageLayout(self._column, scale, size[0], gap, margin, alone)

    def _set_bars(self, width: int, height: int) -> None:
        top, bottom = self._layout.extent
        if self.arrangement.single and bottom - top < height:  # a short row, in the middle
            top = (top + bottom - height) // 2
        for bar, start, end, view in (
            (self.verticalScrollBar(), top, bottom, height),
            (self.horizontalScrollBar(), 0, self._layout.width, width),
        ):
            bar.setSingleStep(round(40 * self._ratio))
            bar.setPageStep(view)
            bar.setRange(start, max(start, end - view))

    def _centre(self, page: int) -> None:
        """Have a row that fits in the middle from side to side."""
        pages = self._column.pages_of(self._column.row_of(page))
        left, right = self._layout.rect(pages[0]).x, self._layout.rect(pages[-1]).right
        if len(pages) == 1 and self.arrangement.spread:  # beside it, the other half stays free
            left, right = 0, self._layout.width
        self.horizontalScrollBar().setValue((left + right - self._view_size()[0]) // 2)

    def _put(self, spot: Spot, anchor: QPointF) -> None:
        x, y = self._layout.position(spot)
        self.horizontalScrollBar().setValue(round(x - anchor.x() * self._ratio))
        self.verticalScrollBar().setValue(round(y - anchor.y() * self._ratio))

    # Events

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._settling:
            self._relayout()

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.DevicePixelRatioChange, QEvent.Type.ScreenChangeInternal):
            self._relayout()
        return super().event(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._relayout()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.scroller.wheel(event)
        event.accept()

    def _relayout(self) -> None:
        """Keep the line at the top of the view there, whatever the size becomes."""
        place = self.place()
        self.go_to_place(place)
