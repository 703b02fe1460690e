"""Words from the record: serif, as tall as they need, never altered by what is around them."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from casefile.ui import theme
from casefile.ui.lists.fields import AutosaveText

_MOST_LINES = 14


class CapturedText(AutosaveText):
    """Shows captured words so that they can be selected and copied; editable only where the
    reporter wrote them down from a conversation."""

    def __init__(self, name: str, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name, hint, 3, parent)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._fit)
        theme.current().changed.connect(self._dress)
        self._dress()

    def lock(self, locked: bool) -> None:
        """A capture from a page cannot be typed into."""
        self.setReadOnly(locked)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard
            | Qt.TextInteractionFlag.TextSelectableByMouse
            if locked
            else Qt.TextInteractionFlag.TextEditorInteraction
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        lines = 2
        if self.document() is not None:
            lines = max(2, min(_MOST_LINES, round(self.document().size().height())))
        return QSize(200, self.fontMetrics().lineSpacing() * lines + 18)

    def _dress(self) -> None:
        font = theme.current().serif("section")
        families = ", ".join(f'"{family}"' for family in font.families())
        self.setStyleSheet(f"font-family: {families}; font-size: {font.pointSizeF():.2f}pt;")
        self._fit()

    def _fit(self) -> None:
        height = self.sizeHint().height()
        if self.height() != height:
            self.setFixedHeight(height)
