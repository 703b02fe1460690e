"""One focus ring for every widget: 2 px of accent outside a gap of 1 px.

Fusion's own cue is one pixel or less, and nothing at all after focus moves by program. The ring is
an overlay cut to its own outline, one per window, that follows the focus.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget
from shiboken6 import isValid

from casefile.ui import theme

GAP = 1
WIDTH = 2
_MOVES = {
    QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide,
    QEvent.Type.EnabledChange, QEvent.Type.ZOrderChange, QEvent.Type.LayoutRequest,
}  # fmt: skip


class _Ring(QWidget):
    """The drawn outline; mouse and focus pass through it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("focus_ring")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def surround(self, target: QRect) -> None:
        """Stand around ``target`` (in window coordinates), inside the window."""
        outer = target.adjusted(-GAP - WIDTH, -GAP - WIDTH, GAP + WIDTH, GAP + WIDTH)
        outer &= self._window.rect()
        inner = outer.adjusted(WIDTH, WIDTH, -WIDTH, -WIDTH).translated(-outer.topLeft())
        self.setGeometry(outer)
        self.setMask(QRegion(self.rect()) - QRegion(inner))
        self.raise_()
        self.show()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("accent"))
        painter.end()


class FocusRings(QObject):
    """Follows the application's focus and keeps a ring in each window that has had it."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._watched: list[QWidget] = []
        self._target: QWidget | None = None
        app.focusChanged.connect(self._moved)

    def follow_focus(self) -> None:
        """Take up the focus where it is now (it was there before this object)."""
        self._moved(None, QApplication.focusWidget())

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        for widget in self._watched:
            if _alive(widget):
                widget.removeEventFilter(self)
        self._watched = []
        old_ring = self._ring(self._target, make=False)
        self._target = new if new is not None and _wants_ring(new) else None
        ring = self._ring(self._target, make=True)
        if old_ring is not None and old_ring is not ring:
            old_ring.hide()
        if self._target is None:
            return
        step: QWidget | None = self._target
        while step is not None:
            step.installEventFilter(self)
            self._watched.append(step)
            step = None if step.isWindow() else step.parentWidget()
        self._place()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVES:
            self._place()
        return False

    def _place(self) -> None:
        ring = self._ring(self._target, make=True)
        target = self._target
        if ring is None or target is None or not _alive(target):
            return
        shown = _shown_part(target)
        if shown.isEmpty():
            ring.hide()
        else:
            ring.surround(shown)

    def _ring(self, widget: QWidget | None, *, make: bool) -> _Ring | None:
        if widget is None or not _alive(widget):
            return None
        window = widget.window()
        ring = window.findChild(_Ring, options=Qt.FindChildOption.FindDirectChildrenOnly)
        if ring is None and make:
            ring = _Ring(window)
        return ring


def _wants_ring(widget: QWidget) -> bool:
    popup = widget.window().windowFlags() & Qt.WindowType.WindowType_Mask
    return popup not in (Qt.WindowType.Popup, Qt.WindowType.ToolTip) and not widget.property(
        "own_focus_cue"
    )


def _alive(widget: QWidget) -> bool:
    return isValid(widget)


def _shown_part(target: QWidget) -> QRect:
    """What can be seen of ``target``, in its window's coordinates: scrolled-away parts are cut."""
    if not target.isVisible():
        return QRect()
    window = target.window()
    rect = QRect(target.mapTo(window, QPoint(0, 0)), target.size())
    step = target.parentWidget()
    while step is not None and step is not window:
        holder = step.parentWidget()
        if isinstance(holder, QAbstractScrollArea) and holder.viewport() is step:
            rect &= QRect(step.mapTo(window, QPoint(0, 0)), step.size())
        step = holder
    return rect
