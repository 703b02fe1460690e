"""The head of a request's record: what it asks, its numbers, its state, whether suit is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from casefile.services.standing_words import sentence
from casefile.ui.models.words import visible
from casefile.ui.parts import label
from casefile.ui.requests.state import StateChip

if TYPE_CHECKING:
    from casefile.services.deadlines import RequestView


class RequestHeader(QWidget):
    """Words only; nothing in it takes the focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.subject = label("", "body")
        self.numbers = label("", "caption")
        self.state = StateChip()
        self.standing = label("", "body")
        self.before = label("", "caption")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.subject)
        column.addWidget(self.numbers)
        column.addSpacing(4)
        column.addWidget(self.state)
        column.addWidget(self.standing)
        column.addWidget(self.before)

    def show_request(self, view: RequestView) -> None:
        request = view.request
        _say(self.subject, visible(request.subject))
        law = f"{view.law.law}, {view.law.name}" if view.law else request.law
        numbers = " · ".join(request.tracking_numbers)
        _say(self.numbers, visible(" · ".join(part for part in (numbers, law) if part)))
        self.state.show_status(view.status)
        told = [sentence(each) for each in view.standing]
        _say(self.standing, f"{told[-1]}." if told else "")
        earlier = "; before that: ".join(reversed(told[:-1]))
        _say(self.before, f"Before that: {earlier}." if earlier else "")


def _say(where: QLabel, words: str) -> None:
    where.setText(words)
    where.setVisible(bool(words))
