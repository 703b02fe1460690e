"""Gives the focus back when a part of the window hides with the focus in it.

Qt would move it to whatever comes next in the window, which may be anywhere.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid


class FocusBack(QObject):
    """Remembers where the focus was when it came into ``part``."""

    def __init__(self, part: QWidget) -> None:
        super().__init__(part)
        self._part = part
        self._before: QWidget | None = None
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._moved)

    def _moved(self, old: QWidget | None, new: QWidget | None) -> None:
        was_inside, is_inside = self._holds(old), self._holds(new)
        if is_inside and not was_inside:
            self._before = old
        elif was_inside and not is_inside and self._part.isHidden():
            before, self._before = self._before, None
            if before is not None and isValid(before) and before.isVisible():
                QTimer.singleShot(0, before, before.setFocus)

    def _holds(self, widget: QWidget | None) -> bool:
        return widget is not None and isValid(widget) and self._part.isAncestorOf(widget)
