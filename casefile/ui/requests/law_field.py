"""Choosing the law of a request: any word of its name, its country or its own name finds it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QSortFilterProxyModel,
    QStringListModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget

from casefile.domain.laws import Law


class LawField(QComboBox):
    """``value`` is the id of a law, or the words typed where they name none; ``changed`` with
    every change of it, ``committed(value)`` when the reporter has chosen another than was shown."""

    changed = Signal()
    committed = Signal(str)

    def __init__(self, name: str = "Law", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._ids: dict[str, str] = {}
        self._shown = ""
        self._names = QStringListModel(self)
        self.setCompleter(_WordsCompleter(self._names, self))
        line = self.lineEdit()
        assert line is not None  # noqa: S101 - it is editable
        line.setAccessibleName(name)
        line.setPlaceholderText("Type a country, a state or the name of the law")
        self.currentTextChanged.connect(lambda _text: self.changed.emit())
        line.editingFinished.connect(self.flush)
        self.activated.connect(lambda _row: self.flush())

    def offer(self, laws: Iterable[Law]) -> None:
        """The laws to choose among: those of the United States first, then by country."""
        found = sorted(laws, key=lambda law: (law.country != "US", law.name))
        self._ids = {f"{law.name}: {law.law}": law.id for law in found}
        self.clear()
        self.addItems(list(self._ids))
        self._names.setStringList(list(self._ids))
        self.setCurrentIndex(-1)

    @property
    def value(self) -> str:
        words = self.currentText().strip()
        return self._ids.get(words, words)

    @property
    def is_known(self) -> bool:
        """Whether it is a law that Casefile counts for."""
        return self.currentText().strip() in self._ids

    def flush(self) -> None:
        """Tell of a law that was chosen and not told of yet."""
        if self.value != self._shown:
            self._shown = self.value
            self.committed.emit(self.value)

    def load(self, law: str) -> None:
        line = self.lineEdit()
        if self.value != self._shown and line is not None and line.hasFocus():
            self._shown = law
            return  # it is being typed right now
        self._shown = law
        words = next((name for name, law_id in self._ids.items() if law_id == law), law)
        self.setCurrentIndex(self.findText(words))
        self.setEditText(words)
        if line is not None and not line.hasFocus():
            line.setCursorPosition(0)  # where there is little room, its beginning is what counts

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class _Words(QSortFilterProxyModel):
    """The rows that hold every word."""

    def __init__(self, source: QAbstractItemModel) -> None:
        super().__init__(source)
        self.words: tuple[str, ...] = ()
        self.setSourceModel(source)

    def look_for(self, typed: str) -> None:
        self.beginFilterChange()
        self.words = tuple(typed.casefold().split())
        self.endFilterChange()

    def filterAcceptsRow(self, row: int, parent: QModelIndex) -> bool:  # type: ignore[override]
        shown = self.sourceModel().index(row, 0, parent).data()
        where = str(shown).casefold()
        return all(word in where for word in self.words)


class _WordsCompleter(QCompleter):
    """Offers the rows that hold every word typed, in any order."""

    def __init__(self, source: QAbstractItemModel, parent: QComboBox) -> None:
        self._rows = _Words(source)
        super().__init__(self._rows, parent)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)

    def splitPath(self, path: str) -> list[str]:
        """Qt asks this with what was typed: narrow the rows, then let all that are left pass."""
        self._rows.look_for(path)
        return [""]
