"""The words as they are to be quoted, where they differ from the capture: every change marked."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from casefile.domain import quotations
from casefile.ui import theme
from casefile.ui.parts import button, label


class _Field(QPlainTextEdit):
    """``left()``: the keyboard is elsewhere."""

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class EditedVersion(QWidget):
    """Closed until it is asked for. ``words`` is empty while nothing differs from the capture;
    ``is_marked`` tells whether they follow from it; ``grew()``: it takes more or less room;
    ``committed(str)``: the field was left, or given up, with other words that follow from the
    capture than were loaded."""

    grew = Signal()
    committed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._capture, self._kept = "", ""
        self.open = button(
            "Edit with […]", self.start, role="link", tip="Shorten it, every change marked"
        )
        self.field = _Field()
        self.field.setAccessibleName("Edited version, with […] for what is left out")
        self.field.setTabChangesFocus(True)
        self.field.textChanged.connect(self._check)
        self.field.left.connect(self.flush)
        self.fault = label("", "danger")
        self.mark = button(
            "Mark the changes", self._mark, tip="Put […] and [brackets] where needed"
        )
        self.drop = button("Quote as captured", self.stop)
        self._buttons = QWidget()
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.mark)
        row.addWidget(self.drop)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.open, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in (self.field, self.fault, self._buttons):
            column.addWidget(widget)
        theme.current().changed.connect(self._dress)
        self._dress()
        self._show(on=False)

    @property
    def words(self) -> str:
        """The edited version; empty where the capture is quoted as it is."""
        if self.field.isHidden():
            return ""
        typed = quotations.tidied(self.field.toPlainText())
        return "" if typed.split() == self._capture.split() else typed

    @property
    def is_marked(self) -> bool:
        return not self.words or quotations.difference(self._capture, self.words) is None

    def begin(self, capture: str) -> None:
        """Another capture: nothing is edited yet."""
        self._capture = capture
        self.field.setPlainText(capture)
        self._show(on=False)
        self.setVisible(bool(capture.strip()))

    def load(self, capture: str, edited: str) -> None:
        """A kept version, or none; what is being typed right now is not touched."""
        self._kept = edited
        if self.field.hasFocus() and capture == self._capture:
            return
        self.begin(capture)
        if edited:
            self.take_up(edited)

    def set_read_only(self, read_only: bool) -> None:
        self.field.setReadOnly(read_only)
        for each in (self.open, self.mark, self.drop):
            each.setEnabled(not read_only)

    def start(self) -> None:
        """Edit, from the capture on."""
        self._show(on=True)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.moveCursor(QTextCursor.MoveOperation.End)

    def take_up(self, words: str) -> None:
        """Go on with a version that was not saved."""
        self.field.setPlainText(words)
        self._show(on=True)

    def stop(self) -> None:
        """Quote what was captured."""
        self.field.setPlainText(self._capture)
        self._show(on=False)
        self.open.setFocus(Qt.FocusReason.OtherFocusReason)
        self.flush()

    def flush(self) -> None:
        """Hand on what was typed, as far as it follows from the capture."""
        if self.is_marked and self.words != self._kept:
            self._kept = self.words
            self.committed.emit(self.words)

    def _mark(self) -> None:
        self.field.setPlainText(quotations.marked(self._capture, self.field.toPlainText()))
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.moveCursor(QTextCursor.MoveOperation.End)

    def _check(self) -> None:
        found = quotations.difference(self._capture, self.words) if self.words else None
        self.mark.setVisible(found is not None)
        self.fault.setVisible(found is not None)
        if found is None:
            self.fault.clear()
        elif not found.edited:
            self.fault.setText(
                f"The capture goes on “{found.captured}”. Put […] for what is left out."
            )
        elif not found.captured:
            self.fault.setText(f"“{found.edited}” is not in the capture. Put [brackets] around it.")
        else:
            self.fault.setText(
                f"“{found.edited}” stands where the capture says “{found.captured}”. "
                "Put […] or [brackets]."
            )
        self.grew.emit()

    def _show(self, *, on: bool) -> None:
        self.open.setVisible(not on)
        self.field.setVisible(on)
        self._buttons.setVisible(on)
        self._check()

    def _dress(self) -> None:
        self.field.setFont(theme.current().serif())
        self.field.setFixedHeight(5 * self.field.fontMetrics().lineSpacing() + 12)
