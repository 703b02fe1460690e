"""A screen with nothing on it yet."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from casefile.ui import icons, theme
from casefile.ui.parts.buttons import button
from casefile.ui.parts.words import label


class EmptyState(QWidget):
    """Nothing here yet: one sentence, one button."""

    def __init__(
        self,
        sentence: str,
        button_text: str = "",
        on_click: Callable[[], object] | None = None,
        *,
        icon: str = "inbox",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon = icon
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sentence = label(sentence, "muted")
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button = button(button_text, on_click)
        if not button_text:  # to show it before it has a parent would open a window of its own
            self.button.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 32, 32, 32)
        column.setSpacing(12)
        column.addStretch(2)
        column.addWidget(self._picture)
        column.addWidget(self._sentence)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        theme.current().changed.connect(self._draw)
        self._draw()

    def set_sentence(self, sentence: str, button_text: str | None = None) -> None:
        self._sentence.setText(sentence)
        if button_text is not None:
            self.button.setText(button_text)
            self.button.setVisible(bool(button_text))

    def _draw(self) -> None:
        side, ratio = theme.current().pixels(40), self.devicePixelRatioF()
        self._picture.setPixmap(icons.pixmap(self._icon, "control", side, ratio))
