"""Moves, sizes and lengthens the selected mark, by its handles or by Ctrl with the arrow keys.

While that goes on, a stand-in is drawn in the mark's place; letting go makes one edit of it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from casefile.domain.annotations import Annotation
from casefile.domain.errors import UserError
from casefile.ui.announce import announce
from casefile.ui.reader.handles import (
    ENDS,
    Grip,
    can_be_moved,
    dragged,
    grip_at,
    is_frame,
    is_on_words,
)
from casefile.ui.reader.layout import Spot
from casefile.ui.reader.selecting import ends_of
from casefile.ui.reader.selection import Caret, TextMap, stepped

if TYPE_CHECKING:
    from casefile.ui.reader.page_view import PageView
    from casefile.ui.reader.verbs import Verbs
    from casefile.ui.session import CaseSession

#: How near a handle is near enough, in screen units; how far a key moves, in points.
REACH, STEP = 9.0, 4.0
_Key = Qt.Key
_WAYS = {
    _Key.Key_Left: (-1, 0),
    _Key.Key_Right: (1, 0),
    _Key.Key_Up: (0, -1),
    _Key.Key_Down: (0, 1),
}
_CONTROL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
CURSORS = {
    Grip.WHOLE: Qt.CursorShape.SizeAllCursor,
    Grip.TOP: Qt.CursorShape.SizeVerCursor,
    Grip.BOTTOM: Qt.CursorShape.SizeVerCursor,
    Grip.TOP_LEFT: Qt.CursorShape.SizeFDiagCursor,
    Grip.BOTTOM_RIGHT: Qt.CursorShape.SizeFDiagCursor,
    Grip.TOP_RIGHT: Qt.CursorShape.SizeBDiagCursor,
    Grip.BOTTOM_LEFT: Qt.CursorShape.SizeBDiagCursor,
}


class Adjusting(QObject):
    """Works on the mark that is selected in one page view."""

    def __init__(self, session: CaseSession, view: PageView, verbs: Verbs) -> None:
        super().__init__(view)
        self._session = session
        self._view = view
        self._verbs = verbs
        self._grip: Grip | None = None
        self._from: Spot | None = None
        self._by_key = False
        view.mark_selected.connect(self.let_go)
        view.document.marks_changed.connect(self._kept)
        view.installEventFilter(self)

    @property
    def is_dragging(self) -> bool:
        return self._grip is not None

    def grip_at(self, spot: Spot) -> Grip | None:
        """What of the selected mark is under a point."""
        mark = self._mark
        if mark is None or spot.page != mark.page or self._session.read_only:
            return None
        return grip_at(mark, spot.x, spot.y, REACH * self._view.points_per_unit)

    def begin(self, spot: Spot) -> bool:
        """Take hold of what is under a point; False if there is nothing."""
        self._grip = self.grip_at(spot)
        self._from = spot
        return self._grip is not None

    def drag_to(self, spot: Spot) -> None:
        mark, start, grip = self._verbs.chosen, self._from, self._grip
        if mark is None or start is None or grip is None:
            return
        at = self._view.spot_on(mark.page, spot)
        if grip in ENDS:
            self._lead_end(mark, grip, at)
        else:
            size = self._view.document.size(mark.page)
            quads = dragged(mark, grip, at.x - start.x, at.y - start.y, size)
            self._stand_in(mark, replace(mark, quads=quads))

    def let_go(self) -> None:
        """Keep what was dragged or moved by key, if anything was."""
        self._grip = self._from = None
        self._by_key = False
        mark = self._view.stand_in
        old = self._view.document.marks.get(mark.id) if mark is not None else None
        if mark is None or old is None or mark.quads == old.quads:
            self._view.set_stand_in(None)
            return
        from casefile.services import reshaping

        case, mark_id, quads = self._session.case, mark.id, mark.quads

        def failed(error: UserError) -> None:
            self._view.set_stand_in(None)
            self._session.errors.emit(error)

        self._session.tasks.edit(
            lambda: reshaping.reshape(case, mark_id, quads), None, failed, owner=self
        )
        announce("Mark changed", self._view)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if not isinstance(event, QKeyEvent):
            if kind is QEvent.Type.FocusOut and self._by_key:
                self.let_go()
            return False
        if kind is QEvent.Type.KeyRelease:
            if event.key() == _Key.Key_Control and self._by_key:
                self.let_go()
            return False
        if kind not in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            return False
        way = _WAYS.get(Qt.Key(event.key()))
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if way is None or modifiers not in (_CONTROL, _CONTROL | _SHIFT) or not self._takes_keys:
            return False
        if kind is QEvent.Type.ShortcutOverride:
            event.accept()
            return False
        return self._step(way, shift=modifiers != _CONTROL)

    @property
    def _mark(self) -> Annotation | None:
        """The selected mark as it stands on the page now."""
        return self._view.stand_in or self._verbs.chosen

    @property
    def _takes_keys(self) -> bool:
        mark = self._verbs.chosen
        if mark is None or self._session.read_only or self._view.selection.ends is not None:
            return False
        return self._view.rubber is None and (can_be_moved(mark) or is_on_words(mark))

    def _step(self, way: tuple[int, int], *, shift: bool) -> bool:
        """One key: frames and notes move, or with Shift change their size; words are led on or
        back by a letter at their end, or with Shift at their beginning."""
        old, mark = self._verbs.chosen, self._mark
        if old is None or mark is None:
            return False
        self._by_key = True
        if is_on_words(mark):
            if way[0]:
                self._step_end(old, mark, Grip.START if shift else Grip.END, forward=way[0] > 0)
            return True
        across, down = (each * STEP for each in self._on_page(mark.page, way))
        if shift and not is_frame(mark):
            return True
        grip = Grip.BOTTOM_RIGHT if shift else Grip.WHOLE
        size = self._view.document.size(mark.page)
        self._stand_in(old, replace(mark, quads=dragged(mark, grip, across, down, size)))
        self._view.show_quads(mark.page, mark.quads)
        return True

    def _on_page(self, page: int, way: tuple[int, int]) -> tuple[float, float]:
        """A way on the screen as a way on the page, which may be turned."""
        here = Spot(page, 0.0, 0.0)
        there = self._view.position_of(here)
        there.setX(there.x() + way[0])
        there.setY(there.y() + way[1])
        led = self._view.spot_on(page, self._view.spot_at(there))
        length = self._view.points_per_unit
        return (led.x - here.x) / length, (led.y - here.y) / length

    def _lead_end(self, mark: Annotation, grip: Grip, at: Spot) -> None:
        text = self._view.document.text(mark.page)
        caret = text.caret_at(at.x, at.y) if text is not None else None
        if text is not None and caret is not None:
            self._put_end(mark, mark, grip, text, caret)

    def _step_end(self, old: Annotation, mark: Annotation, grip: Grip, *, forward: bool) -> None:
        text = self._view.document.text(mark.page)
        ends = ends_of(text, mark.quads) if text is not None else None
        if text is None or ends is None:
            return
        caret = stepped(text, ends[0 if grip is Grip.START else 1], forward)
        if caret is not None:
            self._put_end(old, mark, grip, text, caret)

    def _put_end(
        self, old: Annotation, mark: Annotation, grip: Grip, text: TextMap, caret: Caret
    ) -> None:
        """Let marked words begin or end at a place; there is always a letter left."""
        ends = ends_of(text, mark.quads)
        if ends is None:
            return
        start, end = (caret, ends[1]) if grip is Grip.START else (ends[0], caret)
        passage = text.passage(min(start, end), max(start, end)) if start != end else None
        if passage is not None and passage.quads:
            self._stand_in(old, replace(mark, quads=passage.quads, text=passage.text))

    def _stand_in(self, old: Annotation, new: Annotation) -> None:
        self._view.set_stand_in(new if new.quads != old.quads else None)

    def _kept(self) -> None:
        """The marks are there anew, with what was let go."""
        if not self.is_dragging and not self._by_key:
            self._view.set_stand_in(None)
