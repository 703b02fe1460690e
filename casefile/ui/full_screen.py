"""Full screen: F11 there and back, Esc back, in whichever window the reporter works."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget


def toggle(window: QWidget) -> None:
    """Give ``window`` the whole screen, or no longer."""
    window.setWindowState(window.windowState() ^ Qt.WindowState.WindowFullScreen)


def leave(widget: QWidget) -> bool:
    """Out of full screen; False if the window of ``widget`` does not fill it."""
    window = widget.window()
    if not window.isFullScreen():
        return False
    toggle(window)
    return True


def step_out(window: QWidget, event: QKeyEvent) -> bool:
    """Esc that meant nothing to whatever has the focus leaves full screen."""
    return event.key() == Qt.Key.Key_Escape and leave(window)
