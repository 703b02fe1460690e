"""A follow-up about the page: one line, its date read as it is typed. Enter saves."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from casefile.domain.followup_lines import parse_line
from casefile.ui.parts import Notice, button, caption, label


class OneLine(QLineEdit):
    """Enter and Esc are told, not swallowed."""

    entered = Signal()
    escaped = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)


class FollowUpForm(QWidget):
    """``saved(line)``, ``given_up()``."""

    saved = Signal(str)
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = date.min
        self.line = OneLine()
        self.line.setPlaceholderText("e.g. call HERON fri")
        self.line.setAccessibleName("What to do, and when")
        self.line.textChanged.connect(self._read)
        self.line.entered.connect(self._save)
        self.line.escaped.connect(self.given_up)
        self.due = label("", "body")
        self.about = caption()
        self.notice = Notice()
        self.save = button("Add follow-up", self._save, role="primary")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.line, self.due, self.about, self.notice, self.save):
            column.addWidget(widget)
        column.addStretch(1)

    def begin(self, about: str, today: date, draft: str = "") -> None:
        """``about`` names the page; a weekday is the next one after ``today``."""
        self._today = today
        self.about.setText(about)
        self.notice.clear()
        self.line.setText(draft)
        self._read(draft)

    def _read(self, line: str) -> None:
        text, due = parse_line(line, self._today)
        self.save.setEnabled(bool(text.strip()))
        if due is None:
            self.due.setText("No date. Add one at the end: fri, tomorrow, 27 Nov.")
        else:
            shown = QLocale().toString(QDate(due.year, due.month, due.day), "dddd d MMMM yyyy")
            self.due.setText(f"Due {shown}")

    def _save(self) -> None:
        if parse_line(self.line.text(), self._today)[0].strip():
            self.saved.emit(self.line.text())
