"""Fields that save themselves. No record has a Save button: what was typed is kept when the field
is left, after a pause, and before the case locks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from casefile.domain.people import Terms
from casefile.domain.quotes import QuoteState
from casefile.ui import icons, theme
from casefile.ui.parts import CHIPS

#: A pause in typing after which a field is saved, in milliseconds.
PAUSE = 2000
_HINTS = Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText


class AutosaveLine(QLineEdit):
    """One line; ``committed(text)`` when it is worth saving."""

    committed = Signal(str)

    def __init__(self, name: str, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setInputMethodHints(_HINTS)
        self.setMinimumWidth(60)
        self._saved = ""
        self._pause = _pause(self, self.flush)
        self.textEdited.connect(lambda _text: self._pause.start())
        self.editingFinished.connect(self.flush)

    @property
    def dirty(self) -> bool:
        return self.text() != self._saved and not self.isReadOnly()

    def load(self, text: str) -> None:
        """Show what is saved; what is being typed right now is not touched."""
        keep = self.dirty and self.hasFocus()
        self._saved = text
        if not keep and self.text() != text:
            place = self.cursorPosition()
            self.setText(text)
            self.setCursorPosition(min(place, len(text)) if self.hasFocus() else 0)

    def flush(self) -> None:
        self._pause.stop()
        if self.dirty:
            self._saved = self.text()
            self.committed.emit(self._saved)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.dirty:
            self.setText(self._saved)
        else:
            super().keyPressEvent(event)


class AutosaveText(QPlainTextEdit):
    """Several lines; ``committed(text)`` when they are worth saving."""

    committed = Signal(str)

    def __init__(
        self, name: str, hint: str = "", lines: int = 4, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setInputMethodHints(_HINTS | Qt.InputMethodHint.ImhMultiLine)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._lines = lines
        self._saved = ""
        self._loading = False
        self._pause = _pause(self, self.flush)
        self.textChanged.connect(self._typed)
        theme.current().changed.connect(self.updateGeometry)

    @property
    def dirty(self) -> bool:
        return self.toPlainText() != self._saved and not self.isReadOnly()

    def load(self, text: str) -> None:
        keep = self.dirty and self.hasFocus()
        self._saved = text
        if not keep and self.toPlainText() != text:
            self._loading = True
            self.setPlainText(text)
            self._loading = False

    def flush(self) -> None:
        self._pause.stop()
        if self.dirty:
            self._saved = self.toPlainText()
            self.committed.emit(self._saved)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.flush()

    def sizeHint(self) -> QSize:
        return QSize(200, self.fontMetrics().lineSpacing() * self._lines + 20)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.sizeHint().height())

    def _typed(self) -> None:
        if not self._loading:
            self._pause.start()


C = TypeVar("C")


class ChoiceBox(QComboBox, Generic[C]):
    """A combo box of values; ``chosen(value)`` only when the reporter chose another one. The wheel
    does not change it: scrolling a record must not edit it."""

    chosen = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._values: list[C | None] = []
        self._icons: list[tuple[str, str]] = []
        self._value: C | None = None
        self.activated.connect(self._activated)
        theme.current().changed.connect(self._draw)

    def offer(self, choices: Sequence[tuple[str, C | None, str, str]]) -> None:
        """What can be chosen: word, value, icon name and ink ("" for none)."""
        self._values = [value for _word, value, _icon, _ink in choices]
        self._icons = [(icon, ink) for _word, _value, icon, ink in choices]
        self.clear()
        self.addItems([word for word, _value, _icon, _ink in choices])
        self._draw()
        self.load(self._value)

    @property
    def value(self) -> C | None:
        return self._value

    def load(self, value: C | None) -> None:
        self._value = value
        self.setCurrentIndex(self._values.index(value) if value in self._values else -1)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def _activated(self, row: int) -> None:
        value = self._values[row]
        if value != self._value:
            self._value = value
            self.chosen.emit(value)

    def _draw(self) -> None:
        self.setIconSize(icons.icon_size())
        for row, (name, ink) in enumerate(self._icons):
            if name and row < self.count():
                self.setItemIcon(row, icons.icon(name, ink or "text"))


def terms_box(name: str = "Terms") -> ChoiceBox[Terms]:
    """The four attribution terms, each with its shape."""
    box: ChoiceBox[Terms] = ChoiceBox(name)
    box.offer([(CHIPS[t].word, t, CHIPS[t].icon, CHIPS[t].token) for t in Terms])
    return box


def state_box(name: str = "State") -> ChoiceBox[QuoteState]:
    """The five states of a quote, each with its shape."""
    box: ChoiceBox[QuoteState] = ChoiceBox(name)
    box.offer([(CHIPS[s].word, s, CHIPS[s].icon, CHIPS[s].token) for s in QuoteState])
    return box


def _pause(owner: QWidget, then: Callable[[], None]) -> QTimer:
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(PAUSE)
    timer.timeout.connect(then)
    return timer
