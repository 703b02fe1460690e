"""A list of days: each can be taken away, and one more added."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from casefile.ui.lists.dates import DayEdit
from casefile.ui.models.words import long_day
from casefile.ui.parts import button, label


class DayList(QWidget):
    """``days`` are ISO dates in order; ``changed(tuple)`` when the reporter adds or takes one
    away."""

    changed = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.days: tuple[str, ...] = ()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        self.new = DayEdit(f"{name}: new day")
        self.add_button = button("Add day", self._add)
        last = QHBoxLayout()
        last.setSpacing(8)
        last.addWidget(self.new)
        last.addWidget(self.add_button)
        last.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._rows)
        column.addLayout(last)

    def load(self, days: Iterable[str]) -> None:
        self.days = tuple(sorted(set(days)))
        while (item := self._rows.takeAt(0)) is not None:
            row = item.widget()
            if row is not None:
                row.hide()
                row.deleteLater()
        for day in self.days:
            self._rows.addWidget(self._row(day))

    def _row(self, day: str) -> QWidget:
        row = QWidget()
        words = long_day(day)
        remove = button("Remove", lambda: self._tell(set(self.days) - {day}))
        remove.setAccessibleName(f"Remove {words}")
        inside = QHBoxLayout(row)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        inside.addWidget(label(words, "body", wrap=False))
        inside.addWidget(remove)
        inside.addStretch(1)
        return row

    def _add(self) -> None:
        self._tell({*self.days, self.new.day.isoformat()})

    def _tell(self, days: set[str]) -> None:
        if days != set(self.days):
            self.load(days)
            self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
            self.changed.emit(self.days)
