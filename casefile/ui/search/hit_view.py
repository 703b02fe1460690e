"""The list of hits: Tab goes from group to group, then on."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QWidget

from casefile.ui import keymap
from casefile.ui.models.columns import KEY_ROLE
from casefile.ui.models.hits import Row
from casefile.ui.models.tree import TreeModel
from casefile.ui.search.hit_delegate import HitDelegate


class HitView(QTreeView):
    """``opened(key, apart)`` with Enter, Ctrl+Enter or a double click; ``left`` when the reporter
    goes up past the first hit or presses /."""

    opened = Signal(str, bool)
    left = Signal()

    def __init__(self, model: TreeModel[Row], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hits = model
        self.setModel(model)
        self.setAccessibleName("Hits")
        self.setItemDelegate(HitDelegate(model, self))
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setExpandsOnDoubleClick(False)
        self.setIndentation(0)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        model.modelReset.connect(self.expandAll)
        model.rowsInserted.connect(self.expandAll)
        self.doubleClicked.connect(self._open)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 120)

    def current(self) -> str:
        index = self.currentIndex()
        return str(index.data(KEY_ROLE)) if index.isValid() else ""

    def show_index(self, index: QModelIndex) -> None:
        if index.isValid():
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
            self.scrollTo(index)

    def first(self, group: int = 0) -> QModelIndex:
        """The first hit of a group."""
        return self.hits.index(0, 0, self.hits.index(group, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys, key = Qt.Key, event.key()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        current = self.currentIndex()
        if key in (keys.Key_Return, keys.Key_Enter) and current.isValid():
            self._open(current, apart=control)
        elif (key == keys.Key_Up and current == self.first()) or (
            key == keys.Key_Slash and not keymap.current().is_off(event)
        ):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab: the next group; after the last one, and before the first, the next widget."""
        current = self.currentIndex()
        group = current.parent().row() if current.parent().isValid() else current.row()
        step = group + (1 if forward else -1)
        if current.isValid() and 0 <= step < self.hits.rowCount():
            self.show_index(self.first(step))
            return True
        return super().focusNextPrevChild(forward)

    def _open(self, index: QModelIndex, apart: bool = False) -> None:
        self.opened.emit(str(index.data(KEY_ROLE)), apart)
