"""The page view: the canvas with its pages drawn on it.

Everything is drawn from tiles, whatever there is at once, sharp as soon as it comes. What the
mouse and the keys do lies in ``pointer`` and ``keys``; how things look in ``painting``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from casefile.domain.annotations import Annotation, Stroke
from casefile.domain.geometry import Box, Quad, bounds
from casefile.ui import theme
from casefile.ui.focus_ring import SHOWS_PAPER
from casefile.ui.reader import tiles
from casefile.ui.reader.badges import Badge, badge_at, badges
from casefile.ui.reader.canvas import Canvas
from casefile.ui.reader.document import OpenDocument
from casefile.ui.reader.keys import Keys
from casefile.ui.reader.layout import PixelRect, Spot
from casefile.ui.reader.page_colours import DAY, NIGHT, PageColours
from casefile.ui.reader.page_message import PageMessages
from casefile.ui.reader.painting import (
    PageScene,
    paint_paper,
    paint_scene,
    paint_stand_in,
    paint_tile,
    turn_sheet,
)
from casefile.ui.reader.selecting import TextSelection

#: A view that has not moved for so long is read, not scrolled, in milliseconds.
AT_REST = 250


class PageView(Canvas):
    """``selection_changed()``; ``mark_selected(str)``: a mark's id, or "" for none;
    ``menu_wanted(QPoint)``: a context menu, at a point of the screen."""

    selection_changed = Signal()
    mark_selected = Signal(str)
    menu_wanted = Signal(QPoint)

    def __init__(self, document: OpenDocument, parent: QWidget | None = None) -> None:
        super().__init__(document, parent)
        self.selected_mark = ""
        self.stand_in: Annotation | None = None
        self.rubber: tuple[int, QRectF] | None = None
        self.strokes: Sequence[tuple[int, Stroke]] = ()
        self.stroke_colour = ""
        self.hits: Mapping[int, Sequence[Sequence[Quad]]] = {}
        self.current_hit: tuple[int, Sequence[Quad]] | None = None
        self.selection = TextSelection(document, self)
        self._was = 0
        self._messages = PageMessages(self)
        self._keys = Keys(self)
        self._plan_soon = QTimer(self, singleShot=True, interval=0)
        self._plan_soon.timeout.connect(self._plan)
        self._texts_soon = QTimer(self, singleShot=True, interval=AT_REST)
        self._texts_soon.timeout.connect(self._fetch_texts)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty(SHOWS_PAPER, "pages")
        self.setAccessibleName(f"Pages of {document.document.title}")
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.moved.connect(self._moved)
        document.picture_ready.connect(self._refresh_page)
        document.text_ready.connect(self._refresh_page)
        document.page_failed.connect(self._refresh_page)
        document.page_wanted.connect(self._plan_soon.start)
        document.marks_changed.connect(self.viewport().update)
        document.quotes_changed.connect(self.viewport().update)
        document.night_changed.connect(self.viewport().update)
        self.selection.changed.connect(self.viewport().update)
        self.selection.changed.connect(self.selection_changed)
        theme.current().changed.connect(self.viewport().update)

    @property
    def colours(self) -> PageColours:
        """Those of paper, or of the night page."""
        return NIGHT if self.document.night else DAY

    # Marks and selection

    def select_mark(self, mark: Annotation | None) -> None:
        mark_id = mark.id if mark is not None else ""
        if mark_id != self.selected_mark:
            self.selected_mark = mark_id
            self.viewport().update()
            self.mark_selected.emit(mark_id)

    def badge_at(self, position: QPointF) -> Badge | None:
        """The sign in a page's margin under a point of the viewport."""
        page, view = self.spot_at(position).page, self.view
        marks, quotes = self.document.marks.on(page), self.document.quotes.get(page, ())
        if not marks and not quotes:
            return None
        rect = self._layout.rect(page).moved(-view.x, -view.y)
        turn = self._layout.turn
        shown = badges(rect, self._layout.scale, self._ratio, marks, quotes, turn)
        return badge_at(shown, position * self._ratio, self._ratio)

    def set_stand_in(self, mark: Annotation | None) -> None:
        """Draw a mark otherwise than it is kept, while it is being moved."""
        if mark is not self.stand_in:
            self.stand_in = mark
            self.viewport().update()

    def _marks_on(self, page: int) -> Sequence[Annotation]:
        marks, other = self.document.marks.on(page), self.stand_in
        if other is None or other.page != page:
            return marks
        return [other if mark.id == other.id else mark for mark in marks]

    def set_rubber(self, page: int, rect: QRectF | None) -> None:
        """The rectangle that is being drawn, in points of its page."""
        self.rubber = None if rect is None else (page, rect)
        self.viewport().update()

    def set_strokes(self, strokes: Sequence[tuple[int, Stroke]], colour: str) -> None:
        """What is being drawn with the pen, page by page, and is not among the marks yet."""
        self.strokes, self.stroke_colour = tuple(strokes), colour
        self.viewport().update()

    def set_hits(
        self,
        hits: Mapping[int, Sequence[Sequence[Quad]]],
        current: tuple[int, Sequence[Quad]] | None,
    ) -> None:
        """Outline these occurrences (quads by page); ``current`` more strongly."""
        self.hits, self.current_hit = hits, current
        self.viewport().update()

    def move_caret(self, how: str) -> None:
        """Extend the selection (see ``TextSelection.move``) and keep its end in sight."""
        if not self.selection.move(how, self.page):
            return
        caret = self.selection.caret
        bar = self.selection.bar(caret.page) if caret is not None else None
        if caret is not None and bar is not None:
            (x0, y0), (x1, y1) = bar
            self.show_quads(caret.page, (Box.spanning(x0, y0, x1, y1).quad(),))

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._keys.press(event):
            event.ignore()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """A right click outside the selection is about the mark under it, if any."""
        if event.reason() is QContextMenuEvent.Reason.Mouse and self.selection.ends is None:
            spot = self.spot_at(QPointF(event.pos()))
            slack = 2 * self.points_per_unit
            self.select_mark(self.document.marks.at(spot.page, spot.x, spot.y, slack))
        place = event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            place = self.viewport().mapToGlobal(self._chosen_at().toPoint())
        self.menu_wanted.emit(place)

    def _chosen_at(self) -> QPointF:
        """Where what is selected ends, kept in sight; without any, the middle of the view."""
        caret, mark = self.selection.caret, self.document.marks.get(self.selected_mark)
        bar = self.selection.bar(caret.page) if caret is not None else None
        inside = QRectF(self.viewport().rect())
        at = inside.center()
        if caret is not None and bar is not None:
            at = self.position_of(Spot(caret.page, *bar[1]))
        elif mark is not None:
            box = bounds(mark.quads)
            at = self.position_of(Spot(mark.page, box.x0, box.y1))
        return at if inside.contains(at) else inside.center()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setClipRegion(event.region())
        painter.scale(1 / self._ratio, 1 / self._ratio)
        view = self.view
        painter.fillRect(0, 0, view.width + 1, view.height + 1, QColor(theme.colour("canvas")))
        for page in self._layout.pages_in(view.y, view.bottom):
            self._paint_page(painter, page, view)
        painter.end()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        self.viewport().update()

    def _moved(self) -> None:
        now = self.verticalScrollBar().value()
        if now != self._was:
            self._ahead = 1 if now > self._was else -1
            self._was = now
        self.viewport().update()
        self._plan_soon.start()
        self._messages.place()

    def _refresh_page(self, page: int) -> None:
        if page in self.pages_in_view():
            self._messages.place()
            self.viewport().update(self.page_rect(page).toAlignedRect())

    def _plan(self) -> None:
        if not self.isVisible():
            return
        memory, name, night = self.document.memory, self.document.id, self.document.night
        self.document.plan(
            tiles.wanted(
                name,
                [(self._layout, self.view), *self._next_views()],
                memory.__contains__,
                lambda page: memory.has_any(name, page, night=night),
                night=night,
            )
        )
        self._texts_soon.start()

    def _fetch_texts(self) -> None:
        """The view has come to rest: have texts and links ready before somebody points."""
        for page in self.pages_in_view():
            self.document.text(page, urgent=False)
            self.document.links.on(page)

    def _paint_page(self, painter: QPainter, page: int, view: PixelRect) -> None:
        rect = self._layout.rect(page).moved(-view.x, -view.y)
        paint_paper(painter, rect, self.colours)
        painter.save()
        painter.setClipRect(QRectF(*rect), Qt.ClipOperation.IntersectClip)
        layout, memory = self._layout, self.document.memory
        sheet = PixelRect(0, 0, *layout.sheet(page))
        turn_sheet(painter, rect, layout.turn)
        name, night = self.document.id, self.document.night
        part = layout.part(page, view)
        needed = list(tiles.tiles_over(name, page, layout.scale, part, night=night))
        if not all(tile in memory for tile in needed):
            for tile, image in memory.stand_ins(name, page, layout.scale, night=night):
                paint_stand_in(painter, sheet, layout.scale, tile, image)
        for tile in needed:
            picture = memory.get(tile)
            if picture is not None:
                paint_tile(painter, sheet, tile, picture)
        painter.restore()
        paint_scene(painter, self._scene(page, rect), self._ratio)

    def _scene(self, page: int, rect: PixelRect) -> PageScene:
        at_hit = self.current_hit is not None and self.current_hit[0] == page
        return PageScene(
            rect,
            self._layout.scale,
            self._layout.turn,
            self.colours,
            marks=self._marks_on(page),
            quotes=self.document.quotes.get(page, ()),
            selected=self.selected_mark,
            hits=self.hits.get(page, ()),
            current=self.current_hit[1] if self.current_hit is not None and at_hit else (),
            selection=self.selection.quads(page),
            caret=self.selection.bar(page),
            rubber=self.rubber[1] if self.rubber is not None and self.rubber[0] == page else None,
            strokes=[stroke for at, stroke in self.strokes if at == page],
            stroke_colour=self.stroke_colour,
        )
