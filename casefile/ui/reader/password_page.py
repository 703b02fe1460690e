"""Asks for a document's password where the document would be."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from casefile.domain.errors import UserError
from casefile.ui.parts import Notice, button, heading, label


class PasswordPage(QWidget):
    """``given(password)``."""

    given = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = heading("This document needs its password")
        self._words = label("", "muted")
        self.field = QLineEdit()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setAccessibleName("Password of this document")
        self.field.setMaximumWidth(320)
        self.field.returnPressed.connect(self._give)
        self.open = button("Open", self._give, role="primary")
        self.notice = Notice()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.field)
        row.addWidget(self.open)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(48, 48, 48, 48)
        column.setSpacing(12)
        for widget in (self._title, self._words):
            column.addWidget(widget)
        column.addLayout(row)
        column.addWidget(self.notice)
        column.addStretch(1)

    def ask(self, title: str, error: UserError | None = None) -> None:
        """``error`` says why the password that was given did not do."""
        self._words.setText(f"{title} is locked by whoever made it. The case itself is open.")
        self.open.setEnabled(True)
        if error is not None:
            self.notice.show_error(error)
        else:
            self.notice.clear()
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _give(self) -> None:
        if self.field.text():
            self.open.setEnabled(False)
            self.given.emit(self.field.text())
