"""One focus ring for every widget: 2 px of accent outside a gap of 1 px.

Fusion's own cue is one pixel or less, and nothing at all after focus moves by program. The ring is
an overlay cut to its own outline, one per window, that follows the focus.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QScrollArea, QWidget
from shiboken6 import isValid

from casefile.ui import theme

GAP = 1
WIDTH = 2
#: A widget wider and higher than this is framed inside its edge, and inside its own border.
LARGE = (320, 220)
#: A widget with this property shows paper, which may be as bright as the ring: a second line of
#: the window's colour inside the first stands out where the first does not.
SHOWS_PAPER = "shows_paper"
_MOVES = {
    QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide,
    QEvent.Type.EnabledChange, QEvent.Type.ZOrderChange, QEvent.Type.LayoutRequest,
}  # fmt: skip


class _Ring(QWidget):
    """The drawn outline; mouse and focus pass through it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._twice = False
        self.setObjectName("focus_ring")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def surround(self, target: QRect, *, twice: bool = False) -> None:
        """Stand around ``target`` (in window coordinates), inside the window; a whole list or page
        is framed inside its edge, which it does not need for itself."""
        room = -1 if target.width() > LARGE[0] and target.height() > LARGE[1] else GAP + WIDTH
        outer = target.adjusted(-room, -room, room, room)
        outer &= self._window.rect()
        self._twice = twice
        thick = 2 * WIDTH if twice else WIDTH
        inner = outer.adjusted(thick, thick, -thick, -thick).translated(-outer.topLeft())
        self.setGeometry(outer)
        self.setMask(QRegion(self.rect()) - QRegion(inner))
        self.raise_()
        self.show()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("accent"))
        if self._twice:
            inside = self.rect().adjusted(WIDTH, WIDTH, -WIDTH, -WIDTH)
            painter.fillRect(inside, theme.colour("window"))
        painter.end()


class _Follower(QObject):
    """Keeps a ring around one widget until the focus moves on.

    It watches the widget and all that holds it. Widgets that Qt made by itself (inside its own
    dialogs) can go without Python being told, so the first one to go ends the watch.
    """

    def __init__(self, target: QWidget, ring: _Ring, parent: QObject) -> None:
        super().__init__(parent)
        self._target: QWidget | None = target
        self._ring = ring
        step: QWidget | None = target
        while step is not None:
            step.installEventFilter(self)
            step.destroyed.connect(self.end)
            step = None if step.isWindow() else step.parentWidget()
        self.place()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVES:
            self.place()
        return False

    def place(self) -> None:
        if self._target is None or not isValid(self._ring):
            return
        shown = _shown_part(self._target)
        if shown.isEmpty():
            self._ring.hide()
        else:
            self._ring.surround(shown, twice=bool(self._target.property(SHOWS_PAPER)))

    def end(self) -> None:
        self._target = None
        if isValid(self._ring):
            self._ring.hide()


class FocusRings(QObject):
    """Follows the application's focus and keeps a ring in each window that has had it."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._follower: _Follower | None = None
        app.focusChanged.connect(self._moved)

    def follow_focus(self) -> None:
        """Take up the focus where it is now (it was there before this object)."""
        self._moved(None, QApplication.focusWidget())

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._follower is not None:
            self._follower.end()
            self._follower.deleteLater()
            self._follower = None
        if new is not None and _wants_ring(new):
            _scroll_to(new)
            window = new.window()
            ring = window.findChild(_Ring, options=Qt.FindChildOption.FindDirectChildrenOnly)
            self._follower = _Follower(new, ring or _Ring(window), self)


def _scroll_to(widget: QWidget) -> None:
    """Bring a field into sight that got the focus by program: Qt does so for Tab only."""
    step = widget.parentWidget()
    while step is not None and not step.isWindow():
        if isinstance(step, QScrollArea) and widget.height() <= step.viewport().height():
            step.ensureWidgetVisible(widget, 8, 8)
        step = step.parentWidget()


def _wants_ring(widget: QWidget) -> bool:
    popup = widget.window().windowFlags() & Qt.WindowType.WindowType_Mask
    return popup not in (Qt.WindowType.Popup, Qt.WindowType.ToolTip) and not widget.property(
        "own_focus_cue"
    )


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
