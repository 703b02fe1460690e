"""What is it? Asked once of every letter, with type-ahead and number keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from casefile.domain.requests import EventKind
from casefile.ui import keymap, theme
from casefile.ui.parts import RoomyRows
from casefile.ui.requests.words import EVENTS

_ROWS = 7
_NUMBERS = "1234567890"
_KIND = Qt.ItemDataRole.UserRole


class KindList(QListWidget):
    """``chosen(EventKind)`` when another one is current; ``entered`` with Enter."""

    chosen = Signal(object)
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("What is it?")
        self.setItemDelegate(RoomyRows(self))
        self.setTabKeyNavigation(False)
        self.currentItemChanged.connect(self._moved)
        theme.current().changed.connect(self.updateGeometry)

    def offer(self, kinds: Sequence[EventKind]) -> None:
        """The first ten have the number keys 1 to 9 and 0."""
        self.clear()
        for number, kind in enumerate(kinds):
            key = f"   {_NUMBERS[number]}" if number < len(_NUMBERS) else ""
            item = QListWidgetItem(f"{EVENTS[kind]}{key}")
            item.setData(_KIND, kind.value)
            said = f"{EVENTS[kind]}, key {key.strip()}" if key else EVENTS[kind]
            item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
            self.addItem(item)
        self.updateGeometry()  # as many rows as there are kinds

    @property
    def kind(self) -> EventKind | None:
        row = self.currentRow()
        return EventKind(self.item(row).data(_KIND)) if row >= 0 else None

    def choose(self, kind: EventKind) -> None:
        for row in range(self.count()):
            if self.item(row).data(_KIND) == kind.value:
                self.setCurrentRow(row)

    def sizeHint(self) -> QSize:
        rows = min(_ROWS, max(1, self.count()))
        return QSize(200, theme.current().pixels(28) * rows + 6)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = _NUMBERS.find(event.text()) if event.text() else -1
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            event.ignore()  # the form's
        elif plain and 0 <= row < self.count() and not keymap.current().is_off(event):
            self.setCurrentRow(row)
        else:
            super().keyPressEvent(event)

    def _moved(self, current: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if current is not None:
            self.chosen.emit(EventKind(current.data(_KIND)))
