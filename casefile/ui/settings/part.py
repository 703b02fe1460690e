"""What the sections of the settings page have in common."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from casefile.ui import theme
from casefile.ui.parts import caption, section
from casefile.ui.session import CaseSession
from casefile.ui.start.sheet import field_label


class Part(QFrame):
    """A named section with lines of settings."""

    def __init__(self, name: str, session: CaseSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(8)
        self.column.addWidget(section(name))

    def line(self, name: str, field: QWidget, hint: str = "") -> None:
        """A field with its name before it and a hint below."""
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(field_label(name, field), 1)
        field.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        field.setMinimumWidth(theme.current().pixels(260))
        row.addWidget(field)
        self.column.addLayout(row)
        if hint:
            self.column.addWidget(caption(hint))
