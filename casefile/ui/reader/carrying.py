"""Dragging selected words out to another program, as text with its citation and through the door.
A document itself is never dragged: that would need a copy in the clear. Ctrl+C does the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QObject, QPointF, Qt
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication

from casefile.ui.reader.pointer import Pointer
from casefile.ui.reader.selection import Passage
from casefile.ui.reader.tools import Tool

if TYPE_CHECKING:
    from casefile.services.leaving.door import Words
    from casefile.ui.reader.page_view import PageView
    from casefile.ui.session import CaseSession

_LEFT = Qt.MouseButton.LeftButton


class Carrying(QObject):
    """Watches the view's viewport before the pointer does. A press on the selection waits: moved
    away it carries the words, released it is the click that it would have been."""

    def __init__(self, session: CaseSession, view: PageView, pointer: Pointer) -> None:
        super().__init__(view)
        self._session = session
        self._view = view
        self._pointer = pointer
        self._pressed: QMouseEvent | None = None
        self.begin: Callable[[QMimeData], object] = self._begin
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QMouseEvent):
            return False
        if event.type() is QEvent.Type.MouseButtonPress and self._holds(event):
            self._pressed = event.clone()
            return True
        pressed = self._pressed
        if pressed is None:
            return False
        if event.type() is QEvent.Type.MouseMove:
            moved = (event.position() - pressed.position()).manhattanLength()
            if moved >= QApplication.startDragDistance():
                self._pressed = None
                self._view.selection.with_passages(self._carry, self._session.errors.emit)
            return True
        if event.type() is QEvent.Type.MouseButtonRelease:
            self._pressed = None
            self._pointer.eventFilter(watched, pressed)
        return False

    def _holds(self, event: QMouseEvent) -> bool:
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        is_text = self._pointer.tool is Tool.TEXT and event.button() is _LEFT
        return plain and is_text and self._is_selected(event.position())

    def _is_selected(self, position: QPointF) -> bool:
        spot = self._view.spot_at(position)
        boxes = (quad.box for quad in self._view.selection.quads(spot.page))
        return any(b.x0 <= spot.x <= b.x1 and b.y0 <= spot.y <= b.y1 for b in boxes)

    def _carry(self, passages: list[Passage]) -> None:
        from casefile.services.leaving import clipboard_text

        if not passages:
            return
        case, document_id, page = self._session.case, self._view.document.id, passages[0].page
        text = " ".join(passage.text for passage in passages)
        self._session.tasks.run(
            lambda: clipboard_text.selection_text(case, document_id, page, text),
            self._carry_words,
            owner=self,
        )

    def _carry_words(self, words: Words) -> None:
        data = QMimeData()
        data.setText(words.text)
        self.begin(data)

    def _begin(self, data: QMimeData) -> None:
        if QApplication.mouseButtons() & _LEFT:  # still held, now that the door has let them out
            drag = QDrag(self._view)
            drag.setMimeData(data)
            drag.exec(Qt.DropAction.CopyAction)
