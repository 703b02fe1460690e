"""What the pages before a case have in common: one column in the middle, scrolling if it must."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from casefile.ui import theme
from casefile.ui.parts import caption, label


class Sheet(QScrollArea):
    """A page whose content stands in a column of readable width; fill ``column``."""

    WIDTH = 460

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer = QWidget()
        self._holder = QWidget()
        self.column = QVBoxLayout(self._holder)
        self.column.setContentsMargins(24, 32, 24, 32)
        self.column.setSpacing(10)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._holder, 100)
        row.addStretch(1)
        around = QVBoxLayout(outer)
        around.setContentsMargins(0, 0, 0, 0)
        around.addStretch(1)
        around.addLayout(row)
        around.addStretch(2)
        self.setWidget(outer)
        theme.current().changed.connect(self._fit)
        self._fit()

    def add_field(self, name: str, field: QWidget | QHBoxLayout, hint: str = "") -> None:
        """A named field with what belongs to it close by, and room before it."""
        group = QVBoxLayout()
        group.setSpacing(4)
        group.setContentsMargins(0, 6, 0, 0)
        if isinstance(field, QWidget):
            group.addWidget(field_label(name, field))
            group.addWidget(field)
        else:
            item = field.itemAt(0)
            if item is not None and (first := item.widget()) is not None:
                group.addWidget(field_label(name, first))
            group.addLayout(field)
        if hint:
            group.addWidget(caption(hint))
        self.column.addLayout(group)

    def _fit(self) -> None:
        self._holder.setMaximumWidth(theme.current().pixels(self.WIDTH) + 48)


def field_label(text: str, field: QWidget) -> QLabel:
    """A label that names ``field`` and, with its mnemonic, leads to it."""
    made = label(text, "body")
    # To what takes the focus itself: Qt does not lead into a field made of several parts.
    made.setBuddy(field.focusProxy() or field)
    field.setAccessibleName(text.replace("&", ""))
    return made
