"""The list itself: one view for flat and nested lists, with the keys of every list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView, QWidget

from casefile.ui import keymap, theme
from casefile.ui.lists.delegate import CellDelegate
from casefile.ui.models.columns import KEY_ROLE, Column
from casefile.ui.models.table import RowFilter

#: The stretching column never gets narrower than this many average signs.
LEAST_SIGNS = 26
_PADDING = 22


class ListView(QTreeView):
    """Shows a ``RowFilter``. Signals carry the keys of rows.

    Enter or double click ``opened``, Space ``previewed``, F2 ``rename_wanted``, Del
    ``delete_wanted``, / ``filter_wanted``, Menu or right click ``menu_wanted`` (with the place on
    the screen), a single letter given in ``verbs`` ``verb_wanted``. ``current_changed`` and
    ``chosen_changed`` follow current row and selection.
    """

    opened = Signal(str)
    opened_apart = Signal(str)
    previewed = Signal(str)
    rename_wanted = Signal(str)
    delete_wanted = Signal(list)
    filter_wanted = Signal()
    menu_wanted = Signal(QPoint)
    verb_wanted = Signal(str, list)
    current_changed = Signal(str)
    chosen_changed = Signal(list)

    def __init__(
        self,
        rows: RowFilter,
        columns: Sequence[Column[Any]],
        name: str,
        parent: QWidget | None = None,
        *,
        verbs: str = "",
        several: bool = True,
        nested: bool = False,
        least: int = LEAST_SIGNS,
    ) -> None:
        super().__init__(parent)
        self._least = least
        self.setStyleSheet("QTreeView::item { padding: 0 5px; }")
        self.rows = rows
        self._columns = tuple(columns)
        self._verbs = verbs.upper()
        self.setAccessibleName(name)
        self.setModel(rows)
        self.setItemDelegate(CellDelegate(self))
        self.setRootIsDecorated(nested)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setSortingEnabled(True)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.ExtendedSelection if several else mode.SingleSelection)
        self.setExpandsOnDoubleClick(False)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        header.setHighlightSections(False)
        header.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(KEY_ROLE)))
        chosen = self.selectionModel()
        chosen.currentRowChanged.connect(self._tell_current)
        chosen.selectionChanged.connect(lambda *_: self.chosen_changed.emit(self.chosen()))
        theme.current().changed.connect(self.fit_columns)
        self.fit_columns()

    def minimumSizeHint(self) -> QSize:
        return QSize(160, theme.current().pixels(120))

    # What is current and selected, by key.

    def current(self) -> str:
        index = self.currentIndex()
        return str(index.data(KEY_ROLE)) if index.isValid() else ""

    def chosen(self) -> list[str]:
        """Keys of the selected rows from top to bottom."""
        rows = self.selectionModel().selectedRows()
        rows.sort(key=lambda index: self.visualRect(index).y())
        return [str(index.data(KEY_ROLE)) for index in rows]

    def show_key(self, key: str) -> bool:
        """Make the row with ``key`` current, selected and seen; false where it is not shown."""
        source = self.rows.sourceModel()
        index = self.rows.mapFromSource(source.index_of(key))  # type: ignore[attr-defined]
        if not index.isValid():
            return False
        flags = QItemSelectionModel.SelectionFlag
        parent = index.parent()
        if parent.isValid():
            self.expand(parent)
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)
        return True

    def show_first(self) -> None:
        """Make the first row current where none is."""
        if self.currentIndex().isValid() or not self.rows.rowCount():
            return
        index = self.rows.index(0, 0)
        if self.rows.rowCount(index) and not self.rootIsDecorated():
            index = self.rows.index(0, 0, index)
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def _tell_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        self.current_changed.emit(str(current.data(KEY_ROLE)) if current.isValid() else "")

    # Keys.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._handled(event):
            super().keyPressEvent(event)

    def _handled(self, event: QKeyEvent) -> bool:
        keys, key = Qt.Key, event.key()
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        current = self.current()
        if key in (keys.Key_Return, keys.Key_Enter) and current and (plain or control):
            (self.opened_apart if control else self.opened).emit(current)
        elif not plain or keymap.current().is_off(event):
            return False
        elif key == keys.Key_Space and current:
            self.previewed.emit(current)
        elif key == keys.Key_F2 and current:
            self.rename_wanted.emit(current)
        elif key == keys.Key_Delete and self.chosen():
            self.delete_wanted.emit(self.chosen())
        elif key == keys.Key_Slash:
            self.filter_wanted.emit()
        elif self._verbs and event.text().upper() and event.text().upper() in self._verbs:
            self.verb_wanted.emit(event.text().upper(), self.chosen())
        else:
            return False
        return True

    def keyboardSearch(self, search: str) -> None:
        if not self._verbs:  # where letters are verbs, they must not also jump about
            super().keyboardSearch(search)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard and self.currentIndex().isValid():
            place = self.visualRect(self.currentIndex()).bottomLeft()
            self.menu_wanted.emit(self.viewport().mapToGlobal(place))
        elif self.indexAt(self.viewport().mapFromGlobal(event.globalPos())).isValid():
            self.menu_wanted.emit(event.globalPos())

    # Columns.

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_columns()

    def fit_columns(self) -> None:
        """Columns as wide as their samples, the others share the rest; where that is too little,
        the least needed columns are left out."""
        metrics = QFontMetrics(theme.current().font())
        padding = theme.current().pixels(_PADDING)
        wanted = {
            number: metrics.horizontalAdvance(column.sample) + padding
            for number, column in enumerate(self._columns)
            if column.sample
        }
        least = metrics.averageCharWidth() * self._least
        room = self.viewport().width() - least
        shown = dict(wanted)
        for number in sorted(
            (n for n in wanted if self._columns[n].gives_way),
            key=lambda n: self._columns[n].gives_way,
        ):
            if sum(shown.values()) <= room:
                break
            del shown[number]
        header = self.header()
        for number in range(len(self._columns)):
            hidden = number in wanted and number not in shown
            if header.isSectionHidden(number) != hidden:
                header.setSectionHidden(number, hidden)
            if number in shown:
                header.setSectionResizeMode(number, QHeaderView.ResizeMode.Interactive)
                if header.sectionSize(number) != shown[number]:
                    header.resizeSection(number, shown[number])
            elif not hidden:
                header.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)
