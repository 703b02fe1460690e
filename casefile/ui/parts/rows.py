"""Rows of plain lists, as high as those of the tables."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from casefile.ui import theme

#: The height of a row, in pixels at 100 %.
ROW = 28


class RoomyRows(QStyledItemDelegate):
    """Draws as Qt does, in rows that are easy to hit."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        size = super().sizeHint(option, index)
        return QSize(size.width(), max(size.height(), theme.current().pixels(ROW)))
