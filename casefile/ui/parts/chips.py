"""States as small framed words, each with a shape of its own: colour alone tells nothing."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from casefile.ui import icons, theme


class ChipLook:
    """How a state looks: a shape (an icon), a word and a colour, never colour alone."""

    __slots__ = ("icon", "token", "word")

    def __init__(self, icon: str, word: str, token: str) -> None:
        self.icon, self.word, self.token = icon, word, token


#: States of quotes, terms of sources and what else is shown as a chip, by its code.
CHIPS: dict[str, ChipLook] = {
    "unverified": ChipLook("circle-dashed", "Unverified", "warning"),
    "checking": ChipLook("hourglass", "Checking", "accent"),
    "verified": ChipLook("check", "Verified", "verified"),
    "disputed": ChipLook("x", "Disputed", "danger"),
    "not_for_use": ChipLook("ban", "Not for use", "muted"),
    "on_record": ChipLook("circle-dot", "On the record", "text"),
    "background": ChipLook("contrast", "On background", "accent"),
    "deep_background": ChipLook("circle-dot-dashed", "Deep background", "warning"),
    "off_record": ChipLook("circle-slash", "Off the record", "danger"),
    "confidential": ChipLook("diamond", "Confidential", "confidential"),
}


class Chip(QWidget):
    """A state as a small framed word with its shape. Not focusable: it only tells."""

    def __init__(self, code: str, word: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_state(code, word)

    def set_state(self, code: str, word: str = "") -> None:
        self._look = CHIPS[code]
        self._word = word or self._look.word
        self.setAccessibleName(self._word)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return chip_size(QFontMetrics(self.font()), self._word)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_chip(painter, self.rect(), self._look, self._word)
        painter.end()


def chip_size(metrics: QFontMetrics, word: str) -> QSize:
    """The room a chip with ``word`` takes."""
    height = metrics.height() + 4
    return QSize(metrics.horizontalAdvance(word) + height + 14, height)


def paint_chip(painter: QPainter, rect: QRect, look: ChipLook, word: str = "") -> None:
    """Draw a chip into ``rect``: for delegates, and for ``Chip`` itself."""
    tokens = theme.current().tokens
    tint = f"{look.token}_tint" if f"{look.token}_tint" in tokens.colours else "neutral_tint"
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(tokens[look.token])
    painter.setBrush(tokens[tint])
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    side = max(8, rect.height() - 8)
    ratio = painter.device().devicePixelRatio() if painter.device() is not None else 1.0
    mirrored = painter.layoutDirection() is Qt.LayoutDirection.RightToLeft
    left = rect.right() - side - 6 if mirrored else rect.left() + 6
    picture = icons.pixmap(look.icon, look.token, side, ratio)
    painter.drawPixmap(left, rect.top() + (rect.height() - side) // 2, picture)
    words = rect.adjusted(6, 0, -side - 10, 0) if mirrored else rect.adjusted(side + 10, 0, -6, 0)
    painter.drawText(words, Qt.AlignmentFlag.AlignCenter, word or look.word)
    painter.restore()
