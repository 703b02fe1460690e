"""Boxes whose value the wheel does not change: scrolling a form must not edit it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget


class _LeaveWheel(QObject):
    """Hands the wheel on to what scrolls."""

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.Wheel:
            return False
        event.ignore()
        return True


def leave_wheel(*boxes: QWidget) -> None:
    """From now on the wheel over ``boxes`` scrolls what they stand in."""
    for box in boxes:
        box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        box.installEventFilter(_LeaveWheel(box))
