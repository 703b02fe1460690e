"""Fields for what names a confidential source: dots until they are asked to show it."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent, QHideEvent
from PySide6.QtWidgets import QPushButton, QWidget

from casefile.ui import icons
from casefile.ui.lists.fields import AutosaveLine, AutosaveText

#: Always as many, so that not even the length of a name shows.
DOTS = "●●●●●●"
#: A field that takes no typing says why, or the reporter types a name into nowhere.
HOW_TO_EDIT = "Hidden. Switch “Names: hidden” to change it"


class Showing(Enum):
    """HIDDEN: dots. HELD: to be read while a key or button is down. OPEN: to be edited."""

    HIDDEN = auto()
    HELD = auto()
    OPEN = auto()


class SecretLine(AutosaveLine):
    """One line that can hide what it holds. While hidden, neither the field, its copy nor a screen
    reader has the words."""

    def __init__(self, name: str, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name, hint, parent)
        self._hint = hint
        self._plain = ""
        self._showing = Showing.OPEN

    @property
    def plain(self) -> str:
        return self.text() if self._showing is Showing.OPEN else self._plain

    def load(self, text: str) -> None:
        self._plain = text
        super().load(self._shown())

    def flush(self) -> None:
        if self._showing is Showing.OPEN:
            super().flush()
            self._plain = self.text()

    def show_as(self, showing: Showing) -> None:
        if showing is self._showing:
            return
        self.flush()
        self._showing = showing
        hidden = showing is not Showing.OPEN
        self.setReadOnly(hidden)
        self.setPlaceholderText(HOW_TO_EDIT if hidden else self._hint)
        self.setToolTip(HOW_TO_EDIT if hidden else "")
        super().load(self._shown())

    def _shown(self) -> str:
        return DOTS if self._showing is Showing.HIDDEN and self._plain else self._plain


class SecretText(AutosaveText):
    """Several lines of the same kind."""

    def __init__(self, name: str, hint: str = "", lines: int = 3) -> None:
        super().__init__(name, hint, lines)
        self._hint = hint
        self._plain = ""
        self._showing = Showing.OPEN

    def load(self, text: str) -> None:
        self._plain = text
        super().load(self._shown())

    def flush(self) -> None:
        if self._showing is Showing.OPEN:
            super().flush()
            self._plain = self.toPlainText()

    def show_as(self, showing: Showing) -> None:
        if showing is self._showing:
            return
        self.flush()
        self._showing = showing
        hidden = showing is not Showing.OPEN
        self.setReadOnly(hidden)
        self.setPlaceholderText(HOW_TO_EDIT if hidden else self._hint)
        self.setToolTip(HOW_TO_EDIT if hidden else "")
        super().load(self._shown())
        self.document().clearUndoRedoStacks()

    def _shown(self) -> str:
        return DOTS if self._showing is Showing.HIDDEN and self._plain else self._plain


class HoldToReveal(QPushButton):
    """Shows something while the mouse button or Space is held on it; ``held(bool)``."""

    held = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Hold to reveal", parent)
        self.setAutoDefault(False)
        self.setAccessibleDescription(
            "Shows the real name while the mouse button or the space bar is held"
        )
        icons.set_icon(self, "eye")
        self.pressed.connect(lambda: self.held.emit(self.isDown()))
        self.released.connect(lambda: self.held.emit(self.isDown()))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._let_go()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._let_go()

    def _let_go(self) -> None:
        self.setDown(False)
        self.held.emit(self.isDown())
