"""The document's own table of contents, below the reporter's bookmarks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QTreeView, QVBoxLayout, QWidget

from casefile.services.reading import OutlineItem
from casefile.ui.parts import RoomyRows, caption
from casefile.ui.reader.rows import Index

_PAGE, _DOWN = Qt.ItemDataRole.UserRole + 1, Qt.ItemDataRole.UserRole + 2
#: Levels deeper than this are shown as children of the last one.
DEEPEST = 12


class OutlinePanel(QWidget):
    """``opened(page, y)``: the reader chose an entry."""

    opened = Signal(int, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: Sequence[OutlineItem] = ()
        self._bookmarks: Sequence[tuple[int, str]] = ()
        self.model = QStandardItemModel(self)
        self.tree = QTreeView()
        self.tree.setModel(self.model)
        self.tree.setHeaderHidden(True)
        self.tree.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.tree.setAccessibleName("Outline of this document")
        self.tree.setUniformRowHeights(True)
        self.tree.setItemDelegate(RoomyRows(self.tree))
        self.tree.activated.connect(self._open)
        self.tree.clicked.connect(self._open)
        self._nothing = caption("This document has no outline. B bookmarks the page.")
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 0, 0)
        column.addWidget(self._nothing)
        column.addWidget(self.tree, 1)
        self.set_outline(())

    def set_outline(self, items: Sequence[OutlineItem]) -> None:
        self._items = items
        self._fill()

    def set_bookmarks(self, bookmarks: Sequence[tuple[int, str]]) -> None:
        """The reporter's own, as pages with what they are called; they stand above the file's."""
        if list(bookmarks) != list(self._bookmarks):
            self._bookmarks = bookmarks
            self._fill()

    def _fill(self) -> None:
        self.model.clear()
        root = self.model.invisibleRootItem()
        if self._bookmarks:
            mine = QStandardItem("Bookmarks")
            mine.setSelectable(False)
            for page, words in self._bookmarks:
                mine.appendRow(_entry(words, page))
            root.appendRow(mine)
        parents: list[QStandardItem] = [root]
        for item in self._items:
            level = min(max(1, item.level), len(parents), DEEPEST)
            entry = _entry(item.title, item.page, item.y)
            parents[level - 1].appendRow(entry)
            parents[level:] = [entry]
        self.tree.expandToDepth(0)
        there = bool(self._items or self._bookmarks)
        self.tree.setVisible(there)
        self._nothing.setVisible(not there)

    def _open(self, index: Index) -> None:
        page = index.data(_PAGE)
        if isinstance(page, int):
            self.opened.emit(page, index.data(_DOWN))


def _entry(title: str, page: int | None, y: float | None = None) -> QStandardItem:
    entry = QStandardItem(title)
    entry.setData(y, _DOWN)
    entry.setData(page, _PAGE)
    entry.setEnabled(page is not None)
    if page is not None:
        entry.setAccessibleText(f"{title}, page {page}")
    return entry
