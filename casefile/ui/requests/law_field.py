"""Choosing the law of a request: any word of its name, its country or its own name finds it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget

from casefile.domain.laws import Law


class LawField(QComboBox):
    """``value`` is the id of a law, or the words typed where they name none; ``changed`` with
    every change of it."""

    changed = Signal()

    def __init__(self, name: str = "Law", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._ids: dict[str, str] = {}
        completer = self.completer() or QCompleter(self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        line = self.lineEdit()
        assert line is not None  # noqa: S101 - it is editable
        line.setAccessibleName(name)
        line.setPlaceholderText("Type a country, a state or the name of the law")
        self.currentTextChanged.connect(lambda _text: self.changed.emit())

    def offer(self, laws: Iterable[Law]) -> None:
        """The laws to choose among: those of the United States first, then by country."""
        found = sorted(laws, key=lambda law: (law.country != "US", law.name))
        self._ids = {f"{law.name}: {law.law}": law.id for law in found}
        self.clear()
        self.addItems(list(self._ids))
        self.setCurrentIndex(-1)

    @property
    def value(self) -> str:
        words = self.currentText().strip()
        return self._ids.get(words, words)

    @property
    def is_known(self) -> bool:
        """Whether it is a law that Casefile counts for."""
        return self.currentText().strip() in self._ids

    def load(self, law: str) -> None:
        words = next((name for name, law_id in self._ids.items() if law_id == law), law)
        self.setCurrentIndex(self.findText(words))
        self.setEditText(words)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
