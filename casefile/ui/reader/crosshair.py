"""The box of an area tool, placed by keyboard: it stands in view once the tool is taken up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent

from casefile.domain.geometry import Box, bounds
from casefile.ui.reader.layout import Spot
from casefile.ui.reader.tools import AREAS, Tool

if TYPE_CHECKING:
    from casefile.ui.reader.page_view import PageView
    from casefile.ui.reader.pointer import Pointer

#: How far a key moves or sizes the box, in points: as a rule, and with Ctrl.
STEP, FINE = 24.0, 2.0
#: The box that stands in the middle of the view where there is no text, and the least one.
SIZE, LEAST = (220.0, 120.0), 6.0
_Key = Qt.Key
_WAYS = {
    _Key.Key_Left: (-1, 0),
    _Key.Key_Right: (1, 0),
    _Key.Key_Up: (0, -1),
    _Key.Key_Down: (0, 1),
}
_ENTER = (_Key.Key_Return, _Key.Key_Enter)


class Crosshair(QObject):
    """``placed(page, Box)``: Enter was pressed. While it stands, arrows and Enter are its own."""

    placed = Signal(int, object)

    def __init__(self, view: PageView, pointer: Pointer) -> None:
        super().__init__(view)
        self._view = view
        self._place: tuple[int, Box] | None = None
        self._awaits_text = False
        pointer.tool_changed.connect(self._tool_changed)
        pointer.pressed.connect(self.clear)
        view.document.text_ready.connect(self._text_came)
        view.installEventFilter(self)

    @property
    def box(self) -> tuple[int, Box] | None:
        """The page and the box on it, while it stands."""
        return self._place

    def clear(self) -> None:
        """The mouse has taken over, or the tool was laid down."""
        if self._place is not None:
            self._view.set_rubber(self._place[0], None)
            self._place = None
        self._awaits_text = False

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if self._place is None or not isinstance(event, QKeyEvent):
            return False
        key = Qt.Key(event.key())
        if key not in _WAYS and key not in _ENTER:
            return False
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
        elif event.type() is QEvent.Type.KeyPress:
            self._press(key, event.modifiers())
            return True
        return False

    def _press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
        if self._place is None:
            return
        if key in _ENTER:
            page, box = self._place
            self.placed.emit(page, box)
            return
        fine = modifiers & Qt.KeyboardModifier.ControlModifier
        step = (FINE if fine else STEP) / self._view.points_per_unit
        across, down = (way * step for way in _WAYS[key])
        page, box = self._place
        self._awaits_text = False
        sizes = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        self._show(page, stepped(self._view, page, box, across, down, sizes=sizes))

    def _tool_changed(self, tool: Tool) -> None:
        if tool in AREAS:
            self._show(*self._first())
        else:
            self.clear()

    def _text_came(self, page: int) -> None:
        """The paragraph in the middle is known now, and nobody has moved the box yet."""
        if self._awaits_text and self._place is not None and self._place[0] == page:
            self._show(*self._first())

    def _first(self) -> tuple[int, Box]:
        """Around what is pointed out in view (a hit, or the paragraph in the middle), else in the
        middle of the view."""
        view = self._view
        if view.current_hit is not None and view.current_hit[1]:
            page, quads = view.current_hit
            if page in view.pages_in_view():
                return page, bounds(quads)
        size = view.viewport().size()
        spot = view.spot_at(QPointF(size.width() / 2, size.height() / 2))
        text = view.document.text(spot.page)
        self._awaits_text = text is None
        block = text.block_at(spot.x, spot.y) if text is not None else None
        width, height = view.document.size(spot.page)
        if block is not None:
            box = block.box
            shown = Box(
                max(0.0, box.x0 - 3), max(0.0, box.y0 - 3),
                min(width, box.x1 + 3), min(height, box.y1 + 3),
            )  # fmt: skip
            if shown.intersects(_box_in_view(view, spot.page)):
                return spot.page, shown
        across, down = min(SIZE[0], width), min(SIZE[1], height)
        left = min(max(0.0, spot.x - across / 2), width - across)
        top = min(max(0.0, spot.y - down / 2), height - down)
        return spot.page, Box(left, top, left + across, top + down)

    def _show(self, page: int, box: Box) -> None:
        self._place = page, box
        self._view.set_rubber(page, QRectF(box.x0, box.y0, box.width, box.height))
        self._view.show_quads(page, (box.quad(),))


def stepped(view: PageView, page: int, box: Box, across: float, down: float, *, sizes: bool) -> Box:
    """A box of a page after a step on the screen (in screen units, to the right and down, whichever
    way the page is turned): moved whole, or only its far corner. It stays on its page."""
    shown = QRectF(
        view.position_of(Spot(page, box.x0, box.y0)), view.position_of(Spot(page, box.x1, box.y1))
    ).normalized()
    if sizes:
        least = LEAST / view.points_per_unit
        shown.setRight(max(shown.left() + least, shown.right() + across))
        shown.setBottom(max(shown.top() + least, shown.bottom() + down))
    else:
        shown.translate(across, down)
        paper = view.page_rect(page)
        shown.moveLeft(max(paper.left(), min(shown.left(), paper.right() - shown.width())))
        shown.moveTop(max(paper.top(), min(shown.top(), paper.bottom() - shown.height())))
    return box_under(view, page, shown)


def box_under(view: PageView, page: int, shown: QRectF) -> Box:
    """The part of a page under a rectangle of the viewport, kept on the page."""
    width, height = view.document.size(page)
    ends = [
        view.spot_on(page, view.spot_at(point)) for point in (shown.topLeft(), shown.bottomRight())
    ]
    xs = sorted(min(max(0.0, end.x), width) for end in ends)
    ys = sorted(min(max(0.0, end.y), height) for end in ends)
    return Box(xs[0], ys[0], xs[1], ys[1])


def _box_in_view(view: PageView, page: int) -> Box:
    return box_under(view, page, QRectF(view.viewport().rect()))
