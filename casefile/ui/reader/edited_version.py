"""The words as they are to be quoted, where they differ from the capture: every change marked."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from casefile.domain import quotations
from casefile.ui import theme
from casefile.ui.parts import button, label


class EditedVersion(QWidget):
    """Closed until it is asked for. ``words`` is empty while nothing differs from the capture;
    ``is_marked`` tells whether they follow from it; ``grew()``: it takes more or less room."""

    grew = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._capture = ""
        self.open = button(
            "Edit with […]", self.start, role="link", tip="Shorten it, every change marked"
        )
        self.field = QPlainTextEdit()
        self.field.setAccessibleName("Edited version, with […] for what is left out")
        self.field.setTabChangesFocus(True)
        self.field.textChanged.connect(self._check)
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
