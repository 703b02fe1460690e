"""How a quote was checked: a method and a day, in one line under the quote."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from casefile.ui.lists.dates import DayEdit
from casefile.ui.lists.fields import ChoiceBox
from casefile.ui.lists.flow import FlowLayout
from casefile.ui.models.words import today
from casefile.ui.parts import button, label

#: What is kept with the quote, and how it is put.
METHODS = {
    "page": "Read against the page",
    "recording": "Heard in the recording",
    "second source": "Confirmed by a second source",
    "speaker": "Confirmed by the speaker",
}


class VerifyForm(QFrame):
    """``verified(method, ISO day)``; ``cancelled`` with Esc."""

    verified = Signal(str, str)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "done")
        self.setAccessibleName("Verify")
        self.method: ChoiceBox[str] = ChoiceBox("Method")
        self.method.offer([(words, code, "", "") for code, words in METHODS.items()])
        self.method.setMinimumContentsLength(max(len(words) for words in METHODS.values()))
        self.day = DayEdit("Checked on")
        self.verify = button("Mark verified", self._verify, role="primary", icon="check")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(8)
        column.addWidget(label("How was it checked?", "section"))
        row = FlowLayout()
        row.addWidget(self.method)
        row.addWidget(self.day)
        column.addLayout(row)
        buttons = FlowLayout()
        buttons.addWidget(self.verify)
        buttons.addWidget(button("Cancel", self.cancelled.emit))
        column.addLayout(buttons)
        self.hide()

    def begin(self, on_page: bool) -> None:
        """Offer the method that fits: pages are read, conversations are not."""
        self.method.load("page" if on_page else "recording")
        self.day.set_day(today())
        self.show()
        self.method.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.Key
        if event.key() == keys.Key_Escape:
            self.cancelled.emit()
        elif event.key() in (keys.Key_Return, keys.Key_Enter):
            self._verify()
        else:
            super().keyPressEvent(event)

    def _verify(self) -> None:
        self.verified.emit(METHODS[self.method.value or "page"], self.day.day.isoformat())
