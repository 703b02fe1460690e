"""A limit of the reporter's own is let go: one line for the reason, which is kept."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from casefile.ui.focus_back import FocusBack
from casefile.ui.parts import button, label
from casefile.ui.today.entries import Entry


class GivingUp(QFrame):
    """``given_up(entry, reason)``; Esc and Cancel keep the limit. Hidden until it is asked for."""

    given_up = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        FocusBack(self)
        self._entry: Entry | None = None
        self.question = label("", "body")
        self.reason = QLineEdit()
        self.reason.setAccessibleName("Why you let this limit go")
        self.reason.setPlaceholderText("Why: kept with the request")
        self.reason.returnPressed.connect(self._give_up)
        self.sure = button("Give up", self._give_up)
        self.sure.setEnabled(False)
        self.reason.textChanged.connect(self._typed)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.reason, 1)
        row.addWidget(self.sure)
        row.addWidget(button("Cancel", self.put_away))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.addWidget(self.question)
        column.addLayout(row)
        self.hide()

    def ask(self, entry: Entry) -> None:
        self._entry = entry
        self.question.setText(f"Let this limit go? {entry.text}, {entry.tail}")
        self.reason.clear()
        self.show()
        self.reason.setFocus()

    def put_away(self) -> None:
        self._entry = None
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        else:
            super().keyPressEvent(event)

    def _typed(self, text: str) -> None:
        self.sure.setEnabled(bool(text.strip()))

    def _give_up(self) -> None:
        reason, entry = self.reason.text().strip(), self._entry
        if entry is not None and reason:
            self.put_away()
            self.given_up.emit(entry, reason)
