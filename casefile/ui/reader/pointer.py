"""What the mouse does on the page view: selecting text, clicking marks, dragging boxes, drawing.

One press, one gesture; dragging past the edge of the view scrolls it on.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QToolTip

from casefile.domain.annotations import Annotation
from casefile.domain.geometry import Box
from casefile.domain.quotes import Quote
from casefile.services.reading import PageLink
from casefile.ui.reader.adjusting import CURSORS, Adjusting
from casefile.ui.reader.layout import Spot
from casefile.ui.reader.marks import describe
from casefile.ui.reader.place_of import link_target
from casefile.ui.reader.selection import Caret, TextMap
from casefile.ui.reader.tools import AREAS, Tool

if TYPE_CHECKING:
    from casefile.ui.reader.page_view import PageView

#: How often a drag past the edge scrolls, in milliseconds.
SCROLL_EVERY = 30
_LEFT = Qt.MouseButton.LeftButton
#: In place of a number of clicks: where a drag takes hold.
_GRIP = 0


class Pointer(QObject):
    """Watches the view's viewport. ``pressed()``, ``area_drawn(page, Box)``, ``note_placed(Spot)``,
    ``stroke_begun(Spot)``, ``stroke_led_to(Spot)`` and ``stroke_ended()``: with the pen,
    ``mark_clicked()``: the selected mark was clicked, ``quote_clicked(str)``: a quote's id,
    ``link_clicked(PageLink)``,
    ``tool_changed(Tool)``."""

    pressed = Signal()
    area_drawn = Signal(int, object)
    stroke_begun = Signal(object)
    stroke_led_to = Signal(object)
    stroke_ended = Signal()
    note_placed = Signal(object)
    mark_clicked = Signal()
    quote_clicked = Signal(str)
    link_clicked = Signal(object)
    tool_changed = Signal(object)

    def __init__(self, view: PageView) -> None:
        super().__init__(view)
        self.tool = Tool.TEXT
        self.adjusting: Adjusting | None = None
        self._view = view
        self._pressed: QPointF | None = None
        self._from: Spot | None = None
        self._hit: Spot | None = None
        self._last = QPointF()
        self._clicks = 0
        self._grips = False
        self._more_until = 0
        self._rectangular = False
        self._start_waits: tuple[Spot, int] | None = None
        self._end_waits: tuple[Spot, int] | None = None
        self._scroller = QTimer(self, interval=SCROLL_EVERY)
        self._scroller.timeout.connect(self._scroll_on)
        view.viewport().installEventFilter(self)
        view.document.text_ready.connect(self._text_came)

    def use(self, tool: Tool) -> None:
        """Take up a tool; ``Tool.TEXT`` lays the others down."""
        if tool is not self.tool:
            self.tool = tool
            self._view.set_rubber(1, None)
            self._point_at(self._last)
            self.tool_changed.emit(tool)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            return self._tell(event)
        if not isinstance(event, QMouseEvent):
            return False
        kind = event.type()
        if kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
            return self._press(event)
        if kind is QEvent.Type.MouseMove:
            return self._move(event)
        if kind is QEvent.Type.MouseButtonRelease:
            return self._release(event)
        return False

    def _press(self, event: QMouseEvent) -> bool:
        if event.button() is not _LEFT:
            return False
        position = event.position()
        spot = self._view.spot_at(position)
        self._clicks = self._count_clicks(event)
        # The first click may have opened the inspector and so have moved the page: the second is
        # about what the first one hit.
        if self._clicks == 1 or self._hit is None:
            self._hit = spot
        spot = self._hit
        self._pressed, self._from, self._last = position, spot, position
        self.pressed.emit()
        if self.tool is Tool.INK:
            self.stroke_begun.emit(spot)
        elif self.tool is Tool.TEXT and not self._takes_hold(spot):
            extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._rectangular = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            self._grips = self._clicks == 1 and not extend
            self._select(spot, self._clicks, extend=extend)
        self._view.setFocus(Qt.FocusReason.MouseFocusReason)
        return True

    def _takes_hold(self, spot: Spot) -> bool:
        """Whether the press is on a handle of the selected mark."""
        return self._clicks == 1 and self.adjusting is not None and self.adjusting.begin(spot)

    @property
    def _is_adjusting(self) -> bool:
        return self.adjusting is not None and self.adjusting.is_dragging

    def _count_clicks(self, event: QMouseEvent) -> int:
        """1 for a click, 2 for a double click, 3 and 4 for more presses close after it (Qt takes
        every other one for a double click)."""
        near = (event.position() - self._last).manhattanLength()
        close = near < QApplication.startDragDistance()
        goes_on = close and event.timestamp() < self._more_until
        self._more_until = event.timestamp() + QApplication.doubleClickInterval()
        if goes_on and self._clicks in (2, 3):
            return self._clicks + 1
        return 2 if event.type() is QEvent.Type.MouseButtonDblClick else 1

    def _move(self, event: QMouseEvent) -> bool:
        self._point_at(event.position())
        if self._pressed is None or self._from is None:
            return False
        self._last = event.position()
        self._drag_to(event.position())
        outside = not self._view.viewport().rect().contains(event.position().toPoint())
        outside = outside and self.tool is not Tool.INK
        if outside and not self._scroller.isActive():
            self._scroller.start()
        elif not outside:
            self._scroller.stop()
        return True

    def _release(self, event: QMouseEvent) -> bool:
        if event.button() is not _LEFT or self._pressed is None or self._from is None:
            return False
        self._scroller.stop()
        moved = (event.position() - self._pressed).manhattanLength()
        dragged = moved >= QApplication.startDragDistance()
        start, self._pressed, self._from = self._from, None, None
        if self.adjusting is not None and self._is_adjusting:
            self.adjusting.let_go()
            if dragged:
                return True
        if self.tool in AREAS:
            self._view.set_rubber(start.page, None)
            box = self._box(start, self._view.spot_at(event.position()))
            if dragged and box.width > 1 and box.height > 1:
                self.area_drawn.emit(start.page, box)
        elif self.tool is Tool.INK:
            self.stroke_ended.emit()
        elif self.tool is Tool.NOTE:
            self.use(Tool.TEXT)
            self.note_placed.emit(start)
        elif self._rectangular and dragged:
            self._view.set_rubber(start.page, None)
        elif not dragged and self._clicks == 1:
            self._click(start, event.position())
        return True

    def _click(self, spot: Spot, position: QPointF) -> None:
        badge = self._view.badge_at(position)
        item = badge.item if badge is not None else None
        if isinstance(item, Quote):
            self.quote_clicked.emit(item.id)
            return
        mark = item or self._next_mark_at(spot)
        self._view.select_mark(mark)
        link = self._link_at(spot)
        if mark is not None:
            self.mark_clicked.emit()
        elif link is not None:
            self.link_clicked.emit(link)

    def _next_mark_at(self, spot: Spot) -> Annotation | None:
        """The mark under a point; where several lie there, the next one with each click."""
        slack = 2 * self._view.points_per_unit
        under = self._view.document.marks.all_at(spot.page, spot.x, spot.y, slack)
        ids = [mark.id for mark in under]
        if self._view.selected_mark in ids:
            return under[(ids.index(self._view.selected_mark) + 1) % len(under)]
        return under[0] if under else None

    def _mark_at(self, spot: Spot) -> Annotation | None:
        slack = 2 * self._view.points_per_unit
        return self._view.document.marks.at(spot.page, spot.x, spot.y, slack)

    def _drag_to(self, position: QPointF) -> None:
        if self._from is None or self._pressed is None:
            return
        spot = self._view.spot_at(position)
        if self.tool is Tool.INK:
            self.stroke_led_to.emit(spot)
        elif self.tool in AREAS:
            box = self._box(self._from, spot)
            rect = QRectF(box.x0, box.y0, box.width, box.height)
            self._view.set_rubber(self._from.page, rect)
        elif self.tool is Tool.TEXT:
            far = (position - self._pressed).manhattanLength() >= QApplication.startDragDistance()
            if self.adjusting is not None and self._is_adjusting:
                if far or self._view.stand_in is not None:
                    self.adjusting.drag_to(spot)
            elif far:
                self._view.select_mark(None)
            if far and self._rectangular:
                self._draw_rectangle(self._box(self._from, spot))
            elif far:
                if self._grips:
                    self._grips = False
                    self._select(self._from, _GRIP, extend=False)
                self._select(spot, self._clicks, extend=True)

    def _draw_rectangle(self, box: Box) -> None:
        """Alt and a drag: the text in a rectangle."""
        if self._from is not None:
            page = self._from.page
            self._view.set_rubber(page, QRectF(box.x0, box.y0, box.width, box.height))
            self._view.selection.select_rectangle(page, box)

    def _box(self, start: Spot, end: Spot) -> Box:
        """The rectangle between two points, kept on the page of the first."""
        width, height = self._view.document.size(start.page)
        if end.page != start.page:
            end = self._view.spot_on(start.page, end)
        xs = sorted(min(max(0.0, x), width) for x in (start.x, end.x))
        ys = sorted(min(max(0.0, y), height) for y in (start.y, end.y))
        return Box(xs[0], ys[0], xs[1], ys[1])

    def _select(self, spot: Spot, clicks: int, *, extend: bool) -> None:
        """Begin or extend the selection, or remember to, until the page's text is here."""
        if not extend:
            self._start_waits = self._end_waits = None
        text = self._view.document.text(spot.page)
        if text is None or (extend and self._start_waits is not None):
            if extend:
                self._end_waits = spot, clicks
            else:
                self._view.selection.clear()
                self._start_waits = spot, clicks
            return
        ends = self._ends(text, spot, clicks)
        if not extend and ends is not None:
            self._view.selection.start(ends)
        elif not extend:
            self._view.selection.clear()
        elif ends is not None:
            self._view.selection.extend(ends)

    def _ends(self, text: TextMap, spot: Spot, clicks: int) -> tuple[Caret, Caret] | None:
        if clicks == _GRIP:
            return text.grip_at(spot.x, spot.y)
        caret = text.caret_at(spot.x, spot.y)
        if caret is None:
            return None
        if clicks == 2:
            return text.word_at(caret)
        if clicks == 3:
            return text.line_at(caret)
        if clicks == 4:
            return text.paragraph_at(caret)
        return caret, caret

    def _text_came(self, page: int) -> None:
        start, end = self._start_waits, self._end_waits
        if start is not None and start[0].page == page:
            self._select(*start, extend=False)
        elif end is None or end[0].page != page:
            return
        if end is not None:
            self._end_waits = None
            self._select(*end, extend=True)

    def _tell(self, event: QHelpEvent) -> bool:
        """What the badge or link under the mouse is. Words of the document could pass for markup in
        a tool tip: they are escaped."""
        if self.tool is not Tool.TEXT:
            return False
        badge = self._view.badge_at(QPointF(event.pos()))
        link = self._link_at(self._view.spot_at(QPointF(event.pos())))
        if badge is not None:
            item = badge.item
            words = "Quote. Click to open it." if isinstance(item, Quote) else describe(item)
        elif link is not None:
            leads = link_target(self._view.document.shapes, link)
            words = f"<span>Link to {escape(leads)}</span>"
        else:
            return False
        QToolTip.showText(event.globalPos(), words, self._view.viewport())
        return True

    def _link_at(self, spot: Spot) -> PageLink | None:
        return self._view.document.links.at(spot.page, spot.x, spot.y)

    def _point_at(self, position: QPointF) -> None:
        """The cursor says what a press would do."""
        shape = Qt.CursorShape.ArrowCursor
        if self.tool is not Tool.TEXT:
            shape = Qt.CursorShape.CrossCursor
        else:
            spot = self._view.spot_at(position)
            slack = 2 * self._view.points_per_unit
            text = self._view.document.text(spot.page)
            is_sign = self._view.badge_at(position) is not None
            grip = self.adjusting.grip_at(spot) if self.adjusting is not None else None
            if grip is not None:
                shape = CURSORS.get(grip, Qt.CursorShape.SizeHorCursor)
            elif is_sign or (self._link_at(spot) is not None and self._mark_at(spot) is None):
                shape = Qt.CursorShape.PointingHandCursor
            elif text is not None and text.is_over_text(spot.x, spot.y, slack):
                shape = Qt.CursorShape.IBeamCursor
            elif self._mark_at(spot) is not None:
                shape = Qt.CursorShape.PointingHandCursor
        self._view.viewport().setCursor(shape)

    def _scroll_on(self) -> None:
        area = self._view.viewport().rect()
        dx = _beyond(self._last.x(), area.width())
        dy = _beyond(self._last.y(), area.height())
        for bar, step in (
            (self._view.horizontalScrollBar(), dx),
            (self._view.verticalScrollBar(), dy),
        ):
            bar.setValue(bar.value() + round(step * self._view.ratio))
        self._drag_to(self._last)


def _beyond(position: float, extent: int) -> float:
    """How far a position lies outside ``0 .. extent``."""
    return min(0.0, position) + max(0.0, position - extent)
