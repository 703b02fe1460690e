"""Messages that stand inside a page, beside what caused them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from casefile.domain.errors import UserError
from casefile.services.wording import Explanation, explain
from casefile.ui import icons, theme
from casefile.ui.announce import announce
from casefile.ui.focus_back import FocusBack
from casefile.ui.parts.buttons import button
from casefile.ui.parts.words import label

_NOTICES = {
    "danger": ("circle-x", "danger"),
    "warning": ("triangle-alert", "warning"),
    "done": ("circle-check", "verified"),
}


class Notice(QFrame):
    """An inline message beside its cause: ``danger``, ``warning`` or ``done``, with what happened
    in bold, then what is safe and what to do. Hidden until something is shown."""

    dismissed = Signal()

    def __init__(self, kind: str = "danger", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        FocusBack(self)
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._what = label("", "body")
        font = self._what.font()
        font.setBold(True)
        self._what.setFont(font)
        self._rest = label("", "body")
        self._buttons = QWidget()
        buttons = QHBoxLayout(self._buttons)
        buttons.setContentsMargins(0, 4, 0, 0)
        buttons.addStretch(1)
        self._buttons.hide()
        self._offered: list[QPushButton] = []
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self._what)
        words.addWidget(self._rest)
        words.addWidget(self._buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 12, 10)
        row.setSpacing(10)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self._kind = kind
        self._set_kind(kind)
        theme.current().changed.connect(self._draw)
        self.hide()

    @property
    def text(self) -> str:
        """What is shown, as one string; empty when hidden."""
        if self.isHidden():
            return ""
        return " ".join(part for part in (self._what.text(), self._rest.text()) if part)

    def show_error(self, error: UserError | Explanation) -> None:
        """Tell a failure: what happened, what is safe, what to do."""
        words = explain(error) if isinstance(error, UserError) else error
        self.show_words(words.what, " ".join(p for p in (words.safe, words.do) if p))

    def show_words(self, what: str, rest: str = "", kind: str | None = None) -> None:
        self._withdraw()
        if kind is not None:
            self._set_kind(kind)
        self._what.setText(what)
        self._rest.setText(rest)
        self._rest.setVisible(bool(rest))
        self.setAccessibleName(f"{what} {rest}".strip())
        self.show()
        self._draw()
        announce(f"{what} {rest}".strip(), self, urgent=self._kind == "danger")

    def add_button(self, text: str, on_click: Callable[[], object]) -> QPushButton:
        made = button(text, on_click)
        row = self._buttons.layout()
        if isinstance(row, QHBoxLayout):
            row.insertWidget(row.count() - 1, made)
        self._buttons.show()
        return made

    def offer(self, text: str, on_click: Callable[[], object]) -> QPushButton:
        """A button that goes when the message does."""
        made = self.add_button(text, on_click)
        self._offered.append(made)
        return made

    def _withdraw(self) -> None:
        for made in self._offered:
            made.hide()
            made.deleteLater()
        self._offered.clear()

    def clear(self) -> None:
        self._withdraw()
        self.hide()
        self._what.clear()
        self._rest.clear()

    def _set_kind(self, kind: str) -> None:
        self._kind = kind
        self.setProperty("surface", kind)
        self.style().unpolish(self)
        self.style().polish(self)
        self._draw()

    def _draw(self) -> None:
        if self.isHidden():
            return
        name, ink = _NOTICES[self._kind]
        side = theme.current().pixels(18)
        self._picture.setPixmap(icons.pixmap(name, ink, side, self.devicePixelRatioF()))
