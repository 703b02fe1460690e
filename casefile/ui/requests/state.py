"""A request's status as a chip: shape, word and colour."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from casefile.domain.request_status import Status
from casefile.ui.parts import chip_size, paint_chip
from casefile.ui.requests.words import LOOKS


class StateChip(QWidget):
    """Not focusable: it only tells."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_status(Status.DRAFT)

    def show_status(self, status: Status) -> None:
        self._look = LOOKS[status]
        self.setAccessibleName(f"Status: {self._look.word}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return chip_size(QFontMetrics(self.font()), self._look.word)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_chip(painter, self.rect(), self._look)
        painter.end()
