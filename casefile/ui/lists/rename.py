"""A name changed where it stands in the list: F2, type, Enter."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from casefile.ui.lists.view import ListView


class InlineRename(QLineEdit):
    """Lies over the first cell of a row. ``renamed(key, name)`` with Enter or when it is left;
    Esc leaves the name as it was. It removes itself."""

    renamed = Signal(str, str)

    def __init__(self, view: ListView, key: str, name: str) -> None:
        super().__init__(name, view.viewport())
        self._view, self._key, self._before, self._over = view, key, name, False
        self.setAccessibleName("New title")
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        )
        cell = view.visualRect(view.currentIndex().siblingAtColumn(0))
        cell.setLeft(cell.left() + 22)
        cell.setTop(cell.top() + (cell.height() - self.sizeHint().height()) // 2)
        cell.setHeight(self.sizeHint().height())
        self.setGeometry(cell)
        self.selectAll()
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        view.verticalScrollBar().valueChanged.connect(self._leave)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._end(keep=False)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._end(keep=True)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._end(keep=True, back=False)

    def _leave(self, *_place: int) -> None:
        self._end(keep=True)

    def _end(self, *, keep: bool, back: bool = True) -> None:
        if self._over:
            return
        self._over = True
        name = self.text().strip()
        if keep and name and name != self._before:
            self.renamed.emit(self._key, name)
        if back:
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()
        self.deleteLater()
