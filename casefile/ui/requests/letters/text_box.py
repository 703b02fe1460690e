"""The letter's words, and the way to the blanks that are still to be filled in."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from casefile.domain.letters import unfilled
from casefile.ui import theme

_LINES = 16
_LINE_END = re.compile("\r\n|[\r\u2028\u2029]")


class LetterText(QPlainTextEdit):
    """F3 chooses the next blank, Shift+F3 the one before; Tab leaves the text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Letter")
        self.setTabChangesFocus(True)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhMultiLine
        )
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.current().changed.connect(self.updateGeometry)

    @property
    def text(self) -> str:
        """The words as they stand; Qt's own plain text makes plain blanks of those that keep
        “§ 5” together."""
        return plain(self.document().toRawText())

    def replace_all(self, text: str) -> None:
        """Other words in the place of all; Undo brings the old ones back."""
        cursor = self.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        cursor.movePosition(QTextCursor.MoveOperation.Start)
        self.setTextCursor(cursor)

    def choose_blank(self, *, back: bool = False) -> bool:
        """Select the next blank, from the start again after the last; whether there is one."""
        text, cursor = self.text, self.textCursor()
        found = sorted(_places(text))
        if not found:
            return False
        here = _signs(text, cursor.selectionStart())
        if back:
            wanted = next((each for each in reversed(found) if each[0] < here), found[-1])
        else:
            start = here + (1 if cursor.hasSelection() else 0)
            wanted = next((each for each in found if each[0] >= start), found[0])
        self.choose(*wanted)
        return True

    def choose(self, start: int, end: int) -> None:
        """Select a piece of the text, in sight and with the keyboard on it."""
        text = self.text
        cursor = self.textCursor()
        cursor.setPosition(_units(text[:start]))
        cursor.setPosition(_units(text[:end]), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def sizeHint(self) -> QSize:
        return QSize(300, self.fontMetrics().lineSpacing() * _LINES + 20)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        """F3 is this text's while it has the focus, whatever else in the window has that key."""
        asked = event.type() is QEvent.Type.ShortcutOverride
        if asked and isinstance(event, QKeyEvent) and _steps(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _steps(event):
            self.choose_blank(back=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif event.key() == Qt.Key.Key_Escape or _is_keep(event):
            event.ignore()  # the editor's
        else:
            super().keyPressEvent(event)


def plain(text: str) -> str:
    """A text with one sign for the end of a line."""
    return _LINE_END.sub("\n", text)


def _steps(event: QKeyEvent) -> bool:
    plain = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
    return event.key() == Qt.Key.Key_F3 and plain == Qt.KeyboardModifier.NoModifier


def _is_keep(event: QKeyEvent) -> bool:
    enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    return enter and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)


def _places(text: str) -> list[tuple[int, int]]:
    """Where blanks stand, as places in the text."""
    found: list[tuple[int, int]] = []
    for blank in unfilled(text):
        at = text.find(blank)
        while at >= 0:
            found.append((at, at + len(blank)))
            at = text.find(blank, at + 1)
    return found


def _signs(text: str, units: int) -> int:
    """The place in a text that Qt counts as ``units``."""
    return len(text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore"))


def _units(text: str) -> int:
    """The length of a text as Qt counts it, which takes some signs for two."""
    return len(text.encode("utf-16-le")) // 2
