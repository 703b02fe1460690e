"""Words from the record: serif, read-only, as tall as they need to be and no taller."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from casefile.ui import theme

#: The most and the fewest lines shown before it scrolls.
TALLEST, SHORTEST = 12, 1


class CapturedText(QPlainTextEdit):
    """A capture cannot be edited; it can be read, selected and heard."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setProperty("role", "plain")
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        theme.current().changed.connect(self._dress)
        self._dress()

    def set_words(self, text: str) -> None:
        self.setPlainText(text)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().lineSpacing()
        lines = min(TALLEST, max(SHORTEST, round(self.document().size().height())))
        return QSize(200, lines * line + 2 * self.frameWidth() + 6)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.fontMetrics().lineSpacing() * SHORTEST + 6)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def _dress(self) -> None:
        self.setFont(theme.current().serif())
        self.updateGeometry()
