"""A table of keyed rows that changes only where its rows changed, and its filter.

Selection, current row and scroll position live in the view as persistent indexes: they survive a
refresh because rows are removed, added and updated one by one instead of resetting the model.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)

from casefile.ui.models.columns import Column, cell, heading, ranks

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex

#: Above this many separate runs of removed rows one reset is cheaper for every view.
_MOST_RUNS = 200


def runs(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Ascending row numbers as (first, last) runs, the last run first: safe to remove in turn."""
    last = first = -2
    found: list[tuple[int, int]] = []
    for row in rows:
        if row != last + 1:
            if last >= 0:
                found.append((first, last))
            first = row
        last = row
    if last >= 0:
        found.append((first, last))
    return reversed(found)


class TableModel(QAbstractTableModel, Generic[T]):
    """Rows of ``T``, each with a key that stays the same while the item lives."""

    def __init__(
        self,
        columns: Sequence[Column[T]],
        key: Callable[[T], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._key = key
        self._items: list[T] = []
        self._row_of: dict[str, int] = {}
        self._order: tuple[int, bool] | None = None

    # What Qt asks.

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._items)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        item = self._items[index.row()]
        return cell(self.columns[index.column()], item, self._key(item), role)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        return heading(self.columns[section], role)

    # What the screens ask.

    @property
    def items(self) -> tuple[T, ...]:
        return tuple(self._items)

    def item(self, index: Index) -> T | None:
        return self._items[index.row()] if index.isValid() else None

    def by_key(self, key: str) -> T | None:
        row = self._row_of.get(key)
        return None if row is None else self._items[row]

    def index_of(self, key: str, column: int = 0) -> QModelIndex:
        row = self._row_of.get(key)
        return QModelIndex() if row is None else self.index(row, column)

    def set_items(self, items: Sequence[T]) -> None:
        """Show ``items`` (keys are unique); rows that stay are changed, moved or left alone."""
        fresh = {self._key(item): item for item in items}
        gone = [row for row, item in enumerate(self._items) if self._key(item) not in fresh]
        groups = list(runs(gone))
        if len(groups) > _MOST_RUNS:
            self.beginResetModel()
            self._items = list(fresh.values())
            self._number()
            self.endResetModel()
            self._arrange()
            return
        for first, last in groups:
            self.beginRemoveRows(QModelIndex(), first, last)
            del self._items[first : last + 1]
            self._number()
            self.endRemoveRows()
        for row, item in enumerate(self._items):
            new = fresh[self._key(item)]
            if new != item:
                self._items[row] = new
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(self.columns) - 1))
        added = [item for key, item in fresh.items() if key not in self._row_of]
        if added:
            start = len(self._items)
            self.beginInsertRows(QModelIndex(), start, start + len(added) - 1)
            self._items.extend(added)
            self._number()
            self.endInsertRows()
        self._arrange()

    def order_by(self, column: int, descending: bool = False) -> None:
        """Keep rows in the order of ``column`` from now on. Done here at once, because a proxy
        would ask for a cell a hundred thousand times to order some thousand rows."""
        self._order = (column, descending)
        self._arrange()

    def _arrange(self) -> None:
        if self._order is None or not self._items:
            return
        column, descending = self._order
        places = ranks(self.columns[column], dict(enumerate(self._items)))
        rows = sorted(range(len(self._items)), key=places.__getitem__, reverse=descending)
        if rows == list(range(len(rows))):
            return
        self.layoutAboutToBeChanged.emit()
        now = {row: place for place, row in enumerate(rows)}
        before = self.persistentIndexList()
        self._items = [self._items[row] for row in rows]
        self._number()
        after = [self.index(now[index.row()], index.column()) for index in before]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _number(self) -> None:
        self._row_of = {self._key(item): row for row, item in enumerate(self._items)}


class RowFilter(QSortFilterProxyModel):
    """Shows the rows that pass a test; their order is the model's (see ``order_by``)."""

    def __init__(self, source: QAbstractItemModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._test: Callable[[object], bool] | None = None
        self.setSourceModel(source)

    def set_test(self, test: Callable[[object], bool] | None) -> None:
        """Show rows whose item passes ``test``; None shows all."""
        self.beginFilterChange()
        self._test = test
        self.endFilterChange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """What a click on a header asks for."""
        if column >= 0:
            descending = order == Qt.SortOrder.DescendingOrder
            self.sourceModel().order_by(column, descending)  # type: ignore[attr-defined]

    @property
    def filtering(self) -> bool:
        return self._test is not None

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        if self._test is None:
            return True
        model = self.sourceModel()
        item = model.item(model.index(source_row, 0, source_parent))  # type: ignore[attr-defined]
        return self._test(item)
