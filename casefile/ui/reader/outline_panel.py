"""The document's own table of contents."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QTreeView, QVBoxLayout, QWidget

from casefile.services.reading import OutlineItem
from casefile.ui.parts import caption
from casefile.ui.reader.rows import Index

_PAGE = Qt.ItemDataRole.UserRole + 1
#: Levels deeper than this are shown as children of the last one.
DEEPEST = 12


class OutlinePanel(QWidget):
    """``opened(page)``: the reader chose an entry."""

    opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = QStandardItemModel(self)
        self.tree = QTreeView()
        self.tree.setModel(self.model)
        self.tree.setHeaderHidden(True)
        self.tree.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.tree.setAccessibleName("Outline of this document")
        self.tree.setUniformRowHeights(True)
        self.tree.activated.connect(self._open)
        self.tree.clicked.connect(self._open)
        self._nothing = caption("This document has no outline.")
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 0, 0)
        column.addWidget(self._nothing)
        column.addWidget(self.tree, 1)
        self.set_outline(())

    def set_outline(self, items: Sequence[OutlineItem]) -> None:
        self.model.clear()
        parents: list[QStandardItem] = [self.model.invisibleRootItem()]
        for item in items:
            level = min(max(1, item.level), len(parents), DEEPEST)
            entry = QStandardItem(item.title)
            entry.setData(item.page, _PAGE)
            entry.setEnabled(item.page is not None)
            if item.page is not None:
                entry.setAccessibleText(f"{item.title}, page {item.page}")
            parents[level - 1].appendRow(entry)
            parents[level:] = [entry]
        self.tree.expandToDepth(0)
        self.tree.setVisible(bool(items))
        self._nothing.setVisible(not items)

    def _open(self, index: Index) -> None:
        page = index.data(_PAGE)
        if isinstance(page, int):
            self.opened.emit(page)
