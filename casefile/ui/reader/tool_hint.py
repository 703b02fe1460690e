"""What is to be known of the tool in hand, or of the page: over the edge of the pages."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QLabel

from casefile.ui import theme


class ToolHint(QLabel):
    """Hidden while there is nothing to tell; the mouse goes through it. At the upper edge, or
    ``at_foot``."""

    def __init__(self, view: QAbstractScrollArea, *, at_foot: bool = False) -> None:
        super().__init__(view)
        self._view = view
        self._at_foot = at_foot
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setProperty("role", "hint")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        view.installEventFilter(self)
        theme.current().changed.connect(self._place)
        self.hide()

    def tell(self, words: str) -> None:
        self.setText(words)
        self.setVisible(bool(words))
        self._place()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        if self.isHidden():
            return
        room = self._view.viewport().width() - 32
        wide = self.fontMetrics().horizontalAdvance(self.text()) + 32
        width = max(80, min(room, wide))
        height = self.heightForWidth(width)
        top = self._view.viewport().height() - height - 8 if self._at_foot else 8
        self.setGeometry((self._view.viewport().width() - width) // 2, top, width, height)
        self.raise_()
