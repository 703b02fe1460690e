"""A tree of keyed rows with the same way of changing as ``table``: only where it changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, Qt

from casefile.ui.models.columns import Column, cell, heading, ranks
from casefile.ui.models.table import Index, runs

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Node(Generic[T]):
    """One row to show and the rows under it; ``key`` is unique in the whole tree."""

    key: str
    item: T
    children: tuple[Node[T], ...] = ()


@dataclass(slots=True, eq=False)
class _Branch(Generic[T]):
    """A row as the model keeps it. ``number`` is what Qt's indexes carry: a plain integer, so that
    an index that outlives its row can never point at freed memory."""

    number: int
    key: str
    item: T | None
    parent: _Branch[T] | None
    row: int = 0
    children: list[_Branch[T]] = field(default_factory=list)


class TreeModel(QAbstractItemModel, Generic[T]):
    """Rows of ``T`` under each other."""

    def __init__(self, columns: Sequence[Column[T]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._root: _Branch[T] = _Branch(0, "", None, None)
        self._branches: dict[int, _Branch[T]] = {0: self._root}
        self._by_key: dict[str, _Branch[T]] = {}
        self._order: tuple[int, bool] | None = None
        self._next = 1

    # What Qt asks.

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        children = self._branch(parent).children
        if not (0 <= row < len(children) and 0 <= column < len(self.columns)):
            return QModelIndex()
        if parent.isValid() and parent.column() != 0:
            return QModelIndex()
        return self.createIndex(row, column, children[row].number)

    def parent(self, child: Index | None = None) -> QModelIndex:  # type: ignore[override]
        # QObject.parent() and QAbstractItemModel.parent(index) share a name in Qt.
        if child is None or not child.isValid():
            return QModelIndex()
        above = self._branch(child).parent
        if above is None or above is self._root:
            return QModelIndex()
        return self.createIndex(above.row, 0, above.number)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        if parent.isValid() and parent.column() != 0:
            return 0
        return len(self._branch(parent).children)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: ARG002, B008
        return len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        item = self.item(index)
        if item is None:
            return None
        return cell(self.columns[index.column()], item, self._branch(index).key, role)

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

    def item(self, index: Index) -> T | None:
        return self._branch(index).item if index.isValid() else None

    def key(self, index: Index) -> str:
        return self._branch(index).key if index.isValid() else ""

    def by_key(self, key: str) -> T | None:
        branch = self._by_key.get(key)
        return None if branch is None else branch.item

    def index_of(self, key: str, column: int = 0) -> QModelIndex:
        branch = self._by_key.get(key)
        if branch is None:
            return QModelIndex()
        return self.createIndex(branch.row, column, branch.number)

    @property
    def items(self) -> Iterator[T]:
        return (branch.item for branch in self._by_key.values() if branch.item is not None)

    def set_nodes(self, nodes: Sequence[Node[T]]) -> None:
        """Show ``nodes``; rows that stay are changed, moved or left alone."""
        self._merge(self._root, nodes)
        self._arrange()

    def replace_nodes(self, nodes: Sequence[Node[T]]) -> None:
        """Show something else altogether (another search), in exactly this order."""
        self.beginResetModel()
        self._root.children.clear()
        self._branches = {0: self._root}
        self._by_key.clear()
        self._root.children = [self._grow(node, self._root) for node in nodes]
        self._number(self._root)
        self.endResetModel()

    def order_by(self, column: int, descending: bool = False) -> None:
        """Keep the rows under each parent in the order of ``column`` from now on."""
        self._order = (column, descending)
        self._arrange()

    def _arrange(self) -> None:
        if self._order is None or not self._by_key:
            return
        column, descending = self._order
        items = {b.number: b.item for b in self._by_key.values() if b.item is not None}
        places = ranks(self.columns[column], items)
        wanted = {}
        for branch in (self._root, *self._by_key.values()):
            children = sorted(
                branch.children, key=lambda child: places[child.number], reverse=descending
            )
            if children != branch.children:
                wanted[branch.number] = children
        if not wanted:
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        for number, children in wanted.items():
            self._branches[number].children = children
            self._number(self._branches[number])
        after = [
            self.createIndex(self._branch(index).row, index.column(), index.internalId())
            for index in before
        ]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _branch(self, index: Index) -> _Branch[T]:
        return self._branches[index.internalId()] if index.isValid() else self._root

    def _merge(self, branch: _Branch[T], nodes: Sequence[Node[T]]) -> None:
        fresh = {node.key: node for node in nodes}
        here = self.index_of(branch.key) if branch is not self._root else QModelIndex()
        gone = [child.row for child in branch.children if child.key not in fresh]
        for first, last in runs(gone):
            self.beginRemoveRows(here, first, last)
            for child in branch.children[first : last + 1]:
                self._forget(child)
            del branch.children[first : last + 1]
            self._number(branch)
            self.endRemoveRows()
        known = {child.key for child in branch.children}
        for child in list(branch.children):
            node = fresh[child.key]
            if child.item != node.item:
                child.item = node.item
                self.dataChanged.emit(
                    self.index_of(child.key), self.index_of(child.key, len(self.columns) - 1)
                )
            self._merge(child, node.children)
        added = [node for node in nodes if node.key not in known]
        if added:
            for node in added:
                self._move_away(node)
            start = len(branch.children)
            # Rows above may have gone with what was moved away: ask for the place again.
            here = self.index_of(branch.key) if branch is not self._root else QModelIndex()
            self.beginInsertRows(here, start, start + len(added) - 1)
            branch.children.extend(self._grow(node, branch) for node in added)
            self._number(branch)
            self.endInsertRows()

    def _move_away(self, node: Node[T]) -> None:
        """A row that comes to another parent (done follow-ups, say) leaves its old one first."""
        old = self._by_key.get(node.key)
        if old is not None and old.parent is not None:
            above = old.parent
            here = self.index_of(above.key) if above is not self._root else QModelIndex()
            self.beginRemoveRows(here, old.row, old.row)
            self._forget(old)
            del above.children[old.row]
            self._number(above)
            self.endRemoveRows()
        for child in node.children:
            self._move_away(child)

    def _grow(self, node: Node[T], parent: _Branch[T]) -> _Branch[T]:
        branch: _Branch[T] = _Branch(self._next, node.key, node.item, parent)
        self._next += 1
        self._branches[branch.number] = branch
        self._by_key[node.key] = branch
        branch.children = [self._grow(child, branch) for child in node.children]
        self._number(branch)
        return branch

    def _forget(self, branch: _Branch[T]) -> None:
        for child in branch.children:
            self._forget(child)
        del self._branches[branch.number]
        del self._by_key[branch.key]

    @staticmethod
    def _number(branch: _Branch[T]) -> None:
        for row, child in enumerate(branch.children):
            child.row = row
