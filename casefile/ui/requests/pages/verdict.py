"""Whether the count of a page ledger comes out."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from casefile.services.page_ledger import Totals
from casefile.ui import icons, theme
from casefile.ui.parts import ChipLook, label, set_role
from casefile.ui.requests.pages import words


class Verdict(QWidget):
    """Whether the count comes out: shape, sentence, and how many pages each bucket holds."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look: ChipLook | None = None
        self._picture = QLabel()
        self.sentence = label("", "body")
        font = self.sentence.font()
        font.setBold(True)
        self.sentence.setFont(font)
        self.counts = label("", "caption")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.sentence, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.counts)
        theme.current().changed.connect(self._draw)

    def show_totals(self, totals: Totals) -> None:
        self._look = words.verdict(totals)
        self.sentence.setText(self._look.word)
        set_role(self.sentence, self._look.token)
        self.counts.setText(words.counts(totals))
        self.counts.setVisible(bool(self.counts.text()))
        self.setAccessibleName(self._look.word)
        self._draw()

    def _draw(self) -> None:
        if self._look is not None:
            side, ratio = theme.current().pixels(18), self.devicePixelRatioF()
            self._picture.setPixmap(icons.pixmap(self._look.icon, self._look.token, side, ratio))
