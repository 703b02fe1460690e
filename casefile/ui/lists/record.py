"""One item's own page beside the list: labels above their fields, so that it fits any text size."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from casefile.ui.lists.fields import AutosaveLine, AutosaveText
from casefile.ui.lists.screen import scrolled
from casefile.ui.parts import label


class Record(QFrame):
    """A scrolling column in a panel. ``add`` and ``beside`` put fields under their labels."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        self.setAccessibleName(name)
        self.setMinimumWidth(220)
        inside = QWidget()
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(20, 16, 20, 16)
        self.column.setSpacing(4)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        self._area = scrolled(inside)
        outer.addWidget(self._area)

    def add(self, name: str, widget: QWidget) -> QLabel:
        """``widget`` under its name; the name's shortcut and a screen reader find it there."""
        named = label(name, "caption")
        named.setBuddy(widget)
        self.column.addSpacing(8)
        self.column.addWidget(named)
        self.column.addWidget(widget)
        return named

    def add_plain(self, *widgets: QWidget, space: int = 8) -> QHBoxLayout:
        """Widgets side by side, from where reading starts."""
        row = QHBoxLayout()
        row.setSpacing(8)
        for widget in widgets:
            row.addWidget(widget)
        row.addStretch(1)
        self.column.addSpacing(space)
        self.column.addLayout(row)
        return row

    def to_top(self) -> None:
        """Begin at the heading."""
        self._area.verticalScrollBar().setValue(0)

    def flush(self) -> None:
        """Every field hands over what was typed."""
        for line in self.findChildren(AutosaveLine):
            line.flush()
        for text in self.findChildren(AutosaveText):
            text.flush()


class NothingChosen(QFrame):
    """Beside a list in which no row is current."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        told = label(words, "muted")
        told.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.addWidget(told)
