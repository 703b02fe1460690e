"""One line for a new follow-up. What is read as a date shows as a chip before anything is saved."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from casefile.domain.followup_lines import parse_line
from casefile.ui import icons
from casefile.ui.announce import announce
from casefile.ui.models.words import due_words, long_day, today
from casefile.ui.parts import button


class _Line(QLineEdit):
    """Esc empties the line, then leaves it."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Down):
            self.left.emit()
        else:
            super().keyPressEvent(event)


class QuickLine(QWidget):
    """``wanted(text, ISO day or None)`` with Enter; ``left`` when the list is wanted."""

    wanted = Signal(str, object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._as_text = ""
        self.line = _Line()
        self.line.setPlaceholderText("New follow-up, e.g. call HERON fri")
        self.line.setAccessibleName("New follow-up")
        self.line.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self.chip = QPushButton()
        self.chip.setAutoDefault(False)
        icons.set_icon(self.chip, "calendar", "accent")
        self.chip.clicked.connect(self._not_a_date)
        self.chip.hide()
        self.add = button("Add", self._add, role="primary")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.line, 1)
        row.addWidget(self.chip)
        row.addWidget(self.add)
        self.line.textChanged.connect(self._read)
        self.line.returnPressed.connect(self._add)
        self.line.left.connect(self.left)
        self._read()

    @property
    def due(self) -> date | None:
        """What the line says about the day."""
        return None if self._refused else parse_line(self.line.text(), today())[1]

    @property
    def _refused(self) -> bool:
        return bool(self._as_text) and self.line.text().strip() == self._as_text

    def clear(self) -> None:
        self._as_text = ""
        self.line.clear()

    def _read(self) -> None:
        due = self.due
        shown = due is not None
        if due is not None:
            self.chip.setText(f"{due_words(due.isoformat())}  ×")
            words = f"Due {long_day(due.isoformat())}"
            self.chip.setAccessibleName(f"{words}. Not a date, keep it as text")
            if self.chip.isHidden():
                announce(words, self.line)
        self.chip.setVisible(shown)
        self.add.setEnabled(bool(self.line.text().strip()))

    def _not_a_date(self) -> None:
        self._as_text = self.line.text().strip()
        self._read()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self) -> None:
        line = self.line.text().strip()
        if not line:
            return
        text, due = (line, None) if self._refused else parse_line(line, today())
        self.wanted.emit(text, due.isoformat() if due else None)
