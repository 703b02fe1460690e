"""The files of one import as a table: name, and where it stands in words."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)

from casefile.services.import_values import FileProgress, FileState
from casefile.services.wording import printable
from casefile.ui import icons, theme

_Index = QModelIndex | QPersistentModelIndex
_LOOKS = {
    FileState.QUEUED: ("clock", "muted", "Waiting"),
    FileState.READING: ("hourglass", "accent", "Reading"),
    FileState.DONE: ("circle-check", "verified", "In the case"),
    FileState.DUPLICATE: ("copy", "muted", "Already in the case"),
    FileState.KEPT: ("file-lock", "warning", "Kept, not readable yet"),
    FileState.FAILED: ("circle-x", "danger", "Not added"),
}
#: Codes for which a password helps.
NEEDS_PASSWORD = frozenset({"document.needs_password", "document.wrong_password"})


@dataclass
class FileRow:
    """One file. ``code`` is known once the import has reported."""

    path: Path
    state: FileState = FileState.QUEUED
    done: int = 0
    total: int = 0
    reason: str = ""
    code: str = ""

    @property
    def words(self) -> str:
        """Where it stands, as a sentence or a count."""
        word = _LOOKS[self.state][2]
        if self.state is FileState.READING and self.total:
            return f"{word}, page {self.done} of {self.total}"
        return self.reason or word

    @property
    def needs_you(self) -> bool:
        return self.state in (FileState.FAILED, FileState.KEPT)


class FileRows(QAbstractTableModel):
    """Rows in the order in which the import found the files."""

    ROW = Qt.ItemDataRole.UserRole + 1

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[FileRow] = []
        self._by_path: dict[Path, int] = {}

    def take(self, news: list[FileProgress]) -> None:
        """Bring the rows up to date with ``news``, oldest first."""
        for each in news:
            number = self._by_path.get(each.path)
            if number is None:
                number = self._append(each.path)
            row = self.rows[number]
            row.state, row.done, row.total = each.state, each.done, each.total
            row.reason = each.reason
            row.code = ""
        if news:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, 1))

    def give_reason(self, path: Path, code: str, reason: str) -> None:
        """The import's report on a failed file."""
        self.take([FileProgress(path, FileState.FAILED, reason=reason)])
        self.rows[self._by_path[path]].code = code

    def skip(self, number: int) -> None:
        """The reporter leaves this file out."""
        row = self.rows[number]
        row.code, row.reason = "", f"Skipped. {row.reason}"
        self.dataChanged.emit(self.index(number, 0), self.index(number, 1))

    def count(self, *states: FileState) -> int:
        return sum(row.state in states for row in self.rows)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else 2

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return ("File", "State")[section]
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        picture, ink, _word = _LOOKS[row.state]
        words = printable(row.path.name) if index.column() == 0 else row.words
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return words
            case Qt.ItemDataRole.DecorationRole if index.column() == 0:
                return icons.picture(picture, ink, theme.current().pixels(16), 2.0)
            case Qt.ItemDataRole.ForegroundRole if index.column() == 1 and row.needs_you:
                return theme.colour(ink)
            case Qt.ItemDataRole.ToolTipRole:
                return words
            case self.ROW:
                return row
        return None

    def _append(self, path: Path) -> int:
        number = len(self.rows)
        self.beginInsertRows(QModelIndex(), number, number)
        self.rows.append(FileRow(path))
        self._by_path[path] = number
        self.endInsertRows()
        return number


class NeedsYou(QSortFilterProxyModel):
    """All files, or only those that the reporter has to look at."""

    def __init__(self, source: FileRows, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._only = False
        self._files = source
        self.setSourceModel(source)

    def show_only(self, *, only: bool) -> None:
        self._only = only
        self.invalidate()

    def filterAcceptsRow(self, source_row: int, _parent: _Index) -> bool:
        return not self._only or self._files.rows[source_row].needs_you
