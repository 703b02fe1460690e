"""Hints on Ctrl: held alone for a moment, it shows the keys of the buttons that are in sight.

Drawn over the window and nothing else: no focus, no mouse, nothing for a screen reader (to which
the keys are told with the buttons). Any other key, a click, or letting go takes them away.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QToolButton, QWidget

from casefile.ui import theme
from casefile.ui.session import CaseSession

#: So long Ctrl is held before they show, in milliseconds.
HELD = 600
_AWAY = {
    QEvent.Type.KeyRelease, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.FocusOut,
}  # fmt: skip


class CtrlHints(QObject):
    """Watches the keys of one window, which must have been shown."""

    def __init__(self, session: CaseSession, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._wait = QTimer(self, singleShot=True, interval=HELD)
        self._wait.timeout.connect(self._show)
        self.shown: _Hints | None = None
        handle = window.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)
        session.about_to_lock.connect(self._hide)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Only what the system sends to the window comes by, not every event of the program. (Of
        a shortcut that is the letting go alone.)"""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Control and event.isAutoRepeat():
                return False
            self._hide()
            if event.key() == Qt.Key.Key_Control and self._session.preferences.ctrl_hints:
                self._wait.start()
        elif event.type() in _AWAY:
            self._hide()
        return False

    def _show(self) -> None:
        self.shown = _Hints(self._window)
        self.shown.show()

    def _hide(self) -> None:
        self._wait.stop()
        if self.shown is not None:
            self.shown.hide()
            self.shown.deleteLater()
            self.shown = None


class _Hints(QWidget):
    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setGeometry(window.rect())
        self.setFont(theme.current().font("caption"))
        self.keys = [(button, key) for button in _in_sight(window) if (key := key_of(button))]
        self.raise_()

    def places(self) -> list[tuple[QRect, str]]:
        """Each hint, below the middle of its button but inside the window."""
        metrics, whole, window = QFontMetrics(self.font()), self.rect(), self.window()
        found: list[tuple[QRect, str]] = []
        for button, key in self.keys:
            width, height = metrics.horizontalAdvance(key) + 10, metrics.height() + 4
            foot = button.mapTo(window, QPoint(button.width() // 2, button.height()))
            x = min(max(0, foot.x() - width // 2), whole.width() - width)
            y = min(foot.y() - height // 3, whole.height() - height)
            place = QRect(x, y, width, height)
            while any(place.intersects(other) for other, _key in found):
                place.translate(
                    0, height + 1
                )  # neighbours with long keys stand one below the other
            found.append((place, key))
        return found

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for rect, key in self.places():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("tooltip"))
            painter.drawRoundedRect(rect, 4, 4)
            painter.setPen(theme.colour("on_tooltip"))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, key)
        painter.end()


def key_of(button: QAbstractButton) -> str:
    """The key that does what a button does, as this system writes it."""
    key = getattr(button, "key", "")
    action = button.defaultAction() if isinstance(button, QToolButton) else None
    if action is not None:
        native = QKeySequence.SequenceFormat.NativeText
        key = QKeySequence(action.shortcut()).toString(native)
    return key if isinstance(key, str) else ""


def _in_sight(window: QWidget) -> list[QAbstractButton]:
    buttons = window.findChildren(QAbstractButton)
    return [b for b in buttons if b.isVisible() and not b.visibleRegion().isEmpty()]
