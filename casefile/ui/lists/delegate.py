"""How a cell is drawn: icon and ink by token, captured words in serif, the current row framed."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize
from PySide6.QtGui import QFont, QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from casefile.ui import icons, theme
from casefile.ui.models.columns import CAPTURED_ROLE, ICON_ROLE, STRONG_ROLE, TONE_ROLE

Index = QModelIndex | QPersistentModelIndex
ROW = 30


class CellDelegate(QStyledItemDelegate):
    """Draws what ``models.columns`` names. The row under the keyboard has a line above and below
    while the list has the focus, so that it is seen apart from what is selected."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        tone = index.data(TONE_ROLE)
        ink = str(tone) if tone else "text"
        if tone:
            roles = QPalette.ColorRole
            for role in (roles.Text, roles.HighlightedText):
                option.palette.setColor(role, theme.colour(ink))
        if index.data(CAPTURED_ROLE):
            option.font = theme.current().serif()
        if index.data(STRONG_ROLE):
            font = QFont(option.font)
            font.setBold(True)
            option.font = font
        name = index.data(ICON_ROLE)
        if name:
            side = theme.current().pixels(16)
            ratio = self._ratio()
            option.icon = icons.picture(str(name), ink if tone else "muted", side, ratio)
            option.decorationSize = QSize(side, side)
            option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration

    def _ratio(self) -> float:
        view = self.parent()
        return view.devicePixelRatioF() if isinstance(view, QWidget) else 1.0

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        size = super().sizeHint(option, index)
        return QSize(size.width(), max(size.height(), row_height()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        view = option.widget
        if not isinstance(view, QAbstractItemView) or not view.hasFocus():
            return
        current = view.currentIndex()
        if current.row() == index.row() and current.parent() == index.parent():
            painter.save()
            painter.setPen(theme.colour("accent"))
            painter.drawLine(option.rect.topLeft(), option.rect.topRight())
            painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
            painter.restore()


def row_height() -> int:
    """A comfortable row in the text size in force."""
    return theme.current().pixels(ROW)
