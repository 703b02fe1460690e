"""A list model of thousands of rows, whose number Qt knows by itself.

A list view asks for the number of rows several times for each row that it lays out. A model that
answers in Python takes 50 ms for 5,000 rows; Qt's own list of strings takes none, so it is the one
that counts, and only what is painted is asked of Python.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QStringListModel, Qt

Index = QModelIndex | QPersistentModelIndex


class LongListModel(QStringListModel):
    """Subclasses answer ``data``; ``set_count`` resets the model."""

    def set_count(self, rows: int) -> None:
        self.setStringList([""] * rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Rows can be chosen, not written over or dragged."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        kinds = Qt.ItemFlag
        return kinds.ItemIsSelectable | kinds.ItemIsEnabled | kinds.ItemNeverHasChildren
