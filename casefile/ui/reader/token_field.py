"""Several short words in one field (exemption codes, tags): each a chip, more by typing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from casefile.ui.announce import announce
from casefile.ui.lists.flow import FlowLayout
from casefile.ui.parts import button

#: How many offers stand below the field.
MOST = 6
_Key = Qt.Key
_ENTER = (_Key.Key_Return, _Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class Offer:
    """A word that may be meant, and what it stands for."""

    word: str
    about: str = ""


class TokenLine(QLineEdit):
    """Where words are typed; the field above it listens."""

    entered = Signal()
    escaped = Signal()
    stepped = Signal(int)
    emptied = Signal()
    came = Signal()
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _ENTER:
            self.entered.emit()
        elif key == _Key.Key_Escape:
            self.escaped.emit()
        elif key in (_Key.Key_Down, _Key.Key_Up):
            self.stepped.emit(1 if key == _Key.Key_Down else -1)
        elif key == _Key.Key_Backspace and not self.text():
            self.emptied.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.came.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class Offers(QListWidget):
    """As tall as what it holds; the keyboard stays in the line above it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setUniformItemSizes(True)

    def sizeHint(self) -> QSize:
        row = max(24, self.sizeHintForRow(0))
        return QSize(160, row * self.count() + 2 * self.frameWidth())

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.sizeHint().height())


class TokenField(QWidget):
    """``changed()``: other words; ``entered()``: Enter, after what was typed was taken;
    ``escaped()``: Esc; ``grew()``: it takes more or less room.

    ``offers`` are words for what is typed so far; ``parted`` reads what was typed as words."""

    changed = Signal()
    entered = Signal()
    escaped = Signal()
    grew = Signal()

    def __init__(
        self,
        name: str,
        hint: str,
        offers: Callable[[str], Sequence[Offer]],
        parted: Callable[[str], Sequence[str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._offers = offers
        self._parted = parted
        self._tokens: list[str] = []
        self._read_only = False
        self.line = TokenLine()
        self.line.setAccessibleName(name)
        self.line.setPlaceholderText(hint)
        self.line.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self.offered = Offers(f"{name}: offers")
        self.offered.hide()
        self._chips = FlowLayout(spacing=4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._chips)
        column.addWidget(self.line)
        column.addWidget(self.offered)
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(self._typed)
        self.line.came.connect(self.offer)
        self.line.left.connect(self._left)
        self.line.entered.connect(self._enter)
        self.line.escaped.connect(self._escape)
        self.line.stepped.connect(self._step)
        self.line.emptied.connect(self._drop_last)
        self.offered.itemPressed.connect(self._pressed)

    @property
    def tokens(self) -> tuple[str, ...]:
        """The words, with what is typed and not taken yet."""
        typed = [word for word in self._parted(self.line.text()) if word]
        return tuple(dict.fromkeys([*self._tokens, *typed]))

    def set_tokens(self, words: Sequence[str]) -> None:
        """Show other words; nothing is typed."""
        self.line.clear()
        self._set(list(words))

    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        self.line.setVisible(not read_only)
        self._draw()

    def take_typed(self) -> None:
        """What is typed becomes chips."""
        words = self.tokens
        self.line.clear()
        if list(words) != self._tokens:
            self._set(list(words))
            self.changed.emit()

    def offer(self) -> None:
        """Show what may be meant, as long as the keyboard is here."""
        wanted = self.line.hasFocus() and not self._read_only
        found = self._offers(self.line.text().strip()) if wanted else ()
        offers = [offer for offer in found if offer.word not in self._tokens][:MOST]
        self.offered.clear()
        for offer in offers:
            item = QListWidgetItem("   ".join(part for part in (offer.word, offer.about) if part))
            item.setData(Qt.ItemDataRole.UserRole, offer.word)
            item.setToolTip(offer.about)
            item.setSizeHint(QSize(0, max(24, self.fontMetrics().height() + 6)))
            self.offered.addItem(item)
        self.offered.setVisible(bool(offers))
        self.offered.updateGeometry()
        self.grew.emit()

    def _typed(self, text: str) -> None:
        if text.endswith((",", ";")):
            self.take_typed()
        elif text[:1].isspace():
            self.line.setText(text.lstrip())
        self.offer()

    def _enter(self) -> None:
        if self.offered.isVisible() and self.offered.currentRow() >= 0:
            self._take(str(self.offered.currentItem().data(Qt.ItemDataRole.UserRole)))
            return
        self.take_typed()
        self.offer()
        self.entered.emit()

    def _escape(self) -> None:
        if self.line.text():
            self.line.clear()
            self.offer()
        else:
            self.escaped.emit()

    def _step(self, way: int) -> None:
        """Through the offers; up from the first leads back to what is typed."""
        if self.offered.isHidden():
            return
        row = max(-1, min(self.offered.currentRow() + way, self.offered.count() - 1))
        self.offered.setCurrentRow(row)
        announce(self.offered.currentItem().text() if row >= 0 else self.line.text(), self)

    def _pressed(self, item: QListWidgetItem) -> None:
        self._take(str(item.data(Qt.ItemDataRole.UserRole)))

    def _take(self, word: str) -> None:
        self.line.clear()
        if word not in self._tokens:
            self._set([*self._tokens, word])
            self.changed.emit()
        self.offer()

    def _drop_last(self) -> None:
        if self._tokens:
            self._remove(self._tokens[-1])

    def _remove(self, word: str) -> None:
        self._set([token for token in self._tokens if token != word])
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()
        self.offer()

    def _left(self) -> None:
        self.offered.hide()
        self.take_typed()
        self.grew.emit()

    def _set(self, words: list[str]) -> None:
        self._tokens = words
        self._draw()
        self.line.setAccessibleName(f"{self._name}: {', '.join(words)}" if words else self._name)
        self.grew.emit()

    def _draw(self) -> None:
        while (item := self._chips.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for word in self._tokens:
            shown = word.replace("&", "&&")
            if self._read_only:
                chip = button(shown)
                chip.setEnabled(False)
            else:
                chip = button(f"{shown}  ×", partial(self._remove, word))
            chip.setAccessibleName(f"{word}. Remove")
            chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._chips.addWidget(chip)
        self._chips.invalidate()
        self.updateGeometry()
