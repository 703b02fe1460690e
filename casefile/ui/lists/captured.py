"""Words from the record: serif, as tall as they need, never altered by what is around them."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from casefile.ui import theme
from casefile.ui.lists.fields import AutosaveText
from casefile.ui.parts import set_role

_MOST_LINES = 14
#: Border, padding and margin above and below the words.
_FRAME = 9


class CapturedText(AutosaveText):
    """Shows captured words so that they can be selected and copied; editable only where the
    reporter wrote them down from a conversation."""

    def __init__(self, name: str, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name, hint, 3, parent)
        self.document().setDocumentMargin(2)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._fit)
        theme.current().changed.connect(self._dress)
        self._dress()

    def lock(self, locked: bool) -> None:
        """A capture from a page cannot be typed into."""
        self.setReadOnly(locked)
        set_role(self, "plain" if locked else "")
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
        lines = max(1 if self.isReadOnly() else 2, round(self.document().size().height()))
        height = self.fontMetrics().lineSpacing() * min(_MOST_LINES, lines)
        return QSize(200, height + 2 * _FRAME)

    def _dress(self) -> None:
        font = theme.current().serif("section")
        families = ", ".join(f'"{family}"' for family in font.families())
        self.setStyleSheet(f"font-family: {families}; font-size: {font.pointSizeF():.2f}pt;")
        self._fit()

    def _fit(self) -> None:
        height = self.sizeHint().height()
        many = self.document().size().height() > _MOST_LINES
        policies = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policies.ScrollBarAsNeeded if many else policies.ScrollBarAlwaysOff
        )
        if self.height() != height:
            self.setFixedHeight(height)
