"""Sizes that fit the window and the reporter's text size."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from casefile.ui import theme


def fit_dialog(dialog: QWidget, width: int, height: int) -> None:
    """Give a dialog the size it wants (in pixels at 100 %), inside the window it belongs to."""
    keeper = theme.current()
    parent = dialog.parentWidget()
    room = parent.window().size() if parent is not None else QSize(1200, 800)
    dialog.resize(
        min(keeper.pixels(width), max(320, room.width() - 48)),
        min(keeper.pixels(height), max(240, room.height() - 48)),
    )


def spacer() -> QWidget:
    """Takes the room that is left in a row."""
    widget = QWidget()
    widget.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return widget
