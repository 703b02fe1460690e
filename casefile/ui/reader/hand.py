"""The rest of what a hand does on the pages: pushing them about with the middle button, pinching to
zoom, the mouse's own keys for back and forward."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QNativeGestureEvent

if TYPE_CHECKING:
    from casefile.ui.reader.canvas import Canvas


class Hand(QObject):
    """Watches the view's viewport. ``back()`` and ``forward()``: the mouse's own keys."""

    back = Signal()
    forward = Signal()

    def __init__(self, view: Canvas) -> None:
        super().__init__(view)
        self._view = view
        self._holds: QPointF | None = None
        view.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent):
            return self._pinch(event)
        if not isinstance(event, QMouseEvent):
            return False
        kind = event.type()
        if kind is QEvent.Type.MouseButtonPress:
            return self._press(event)
        if kind is QEvent.Type.MouseMove and self._holds is not None:
            self._push(event.position())
            return True
        if kind is QEvent.Type.MouseButtonRelease and self._holds is not None:
            self._holds = None
            self._view.viewport().unsetCursor()
            return True
        return False

    def _press(self, event: QMouseEvent) -> bool:
        buttons = Qt.MouseButton
        if event.button() is buttons.BackButton:
            self.back.emit()
        elif event.button() is buttons.ForwardButton:
            self.forward.emit()
        elif event.button() is buttons.MiddleButton:
            self._holds = event.position()
            self._view.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        else:
            return False
        return True

    def _push(self, position: QPointF) -> None:
        """What was under the hand stays under it."""
        if self._holds is not None:
            self._view.scroller.push((position - self._holds) * self._view.ratio)
            self._holds = position

    def _pinch(self, event: QNativeGestureEvent) -> bool:
        if event.gestureType() is not Qt.NativeGestureType.ZoomNativeGesture:
            return False
        self._view.set_zoom(self._view.zoom * (1 + event.value()), event.position())
        return True
