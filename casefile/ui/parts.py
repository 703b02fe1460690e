"""Small widgets that every screen uses.

Text from the reporter or from a file is always shown as plain text: Qt would otherwise take it for
HTML when it looks like it.
"""

from __future__ import annotations

import html
from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from casefile.domain.errors import UserError
from casefile.services.wording import Explanation, explain
from casefile.ui import icons, theme
from casefile.ui.announce import announce


def label(text: str = "", role: str = "body", *, wrap: bool = True) -> QLabel:
    """Plain text in a role of the style sheet: ``title``, ``heading``, ``section``, ``body``,
    ``caption``, ``muted``, ``danger``, ``warning``, ``verified``, ``confidential``."""
    widget = QLabel(text)
    widget.setTextFormat(Qt.TextFormat.PlainText)
    widget.setProperty("role", role)
    widget.setWordWrap(wrap)
    return widget


def title(text: str = "") -> QLabel:
    """The name of a screen."""
    return label(text, "title")


def heading(text: str = "") -> QLabel:
    return label(text, "heading")


def section(text: str = "") -> QLabel:
    return label(text, "section")


def caption(text: str = "") -> QLabel:
    return label(text, "caption")


def set_role(widget: QWidget, role: str) -> None:
    """Give ``widget`` another role of the style sheet while it is shown."""
    widget.setProperty("role", role)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def set_tip(widget: QWidget, text: str) -> None:
    """A tooltip that shows ``text`` as it is, also when it looks like HTML."""
    widget.setToolTip(f"<span>{html.escape(text)}</span>" if "<" in text or "&" in text else text)


class ElidedLabel(QLabel):
    """One line that is cut with "…" where it does not fit, and then has the whole as tooltip."""

    def __init__(
        self,
        text: str = "",
        role: str = "body",
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._mode = mode
        self._whole = text
        self.set_text(text)

    @property
    def whole_text(self) -> str:
        return self._whole

    def set_text(self, text: str) -> None:
        self._whole = text
        self.setAccessibleName(text)
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance(self._whole) + 4, metrics.height() + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, QFontMetrics(self.font()).height() + 2)

    def _elide(self) -> None:
        one_line = " ".join(self._whole.split())
        shown = QFontMetrics(self.font()).elidedText(one_line, self._mode, max(0, self.width()))
        super().setText(shown)
        set_tip(self, "" if shown == self._whole else self._whole)


def button(
    text: str,
    on_click: Callable[[], object] | None = None,
    *,
    role: str = "",
    icon: str = "",
    tip: str = "",
) -> QPushButton:
    """A push button; ``role`` is "", ``primary``, ``danger`` or ``link``."""
    widget = QPushButton(text)
    widget.setAutoDefault(False)
    if role:
        widget.setProperty("role", role)
    if icon:
        icons.set_icon(widget, icon, "on_accent" if role == "primary" else "text")
    if tip:
        set_tip(widget, tip)
    if on_click is not None:
        widget.clicked.connect(lambda _checked=False: on_click())
    return widget


class IconButton(QToolButton):
    """A button with an icon only: it has a name for those who hear the screen, and a tooltip that
    also tells its key."""

    def __init__(
        self,
        icon: str,
        name: str,
        key: str | QKeySequence = "",
        *,
        ink: str = "text",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        icons.set_icon(self, icon, ink)
        self.setMinimumSize(28, 28)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.rename(name, key)

    def rename(self, name: str, key: str | QKeySequence = "") -> None:
        self.setAccessibleName(name)
        shown = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
        set_tip(self, f"{name} ({shown})" if shown else name)


class EmptyState(QWidget):
    """Nothing here yet: one sentence, one button."""

    def __init__(
        self,
        sentence: str,
        button_text: str = "",
        on_click: Callable[[], object] | None = None,
        *,
        icon: str = "inbox",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon = icon
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sentence = label(sentence, "muted")
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button = button(button_text, on_click)
        self.button.setVisible(bool(button_text))
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 32, 32, 32)
        column.setSpacing(12)
        column.addStretch(2)
        column.addWidget(self._picture)
        column.addWidget(self._sentence)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        theme.current().changed.connect(self._draw)
        self._draw()

    def set_sentence(self, sentence: str, button_text: str | None = None) -> None:
        self._sentence.setText(sentence)
        if button_text is not None:
            self.button.setText(button_text)
            self.button.setVisible(bool(button_text))

    def _draw(self) -> None:
        ratio = self.devicePixelRatioF()
        self._picture.setPixmap(icons.pixmap(self._icon, "control", 40, ratio))


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
        name, ink = _NOTICES[self._kind]
        self._picture.setPixmap(icons.pixmap(name, ink, 18, self.devicePixelRatioF()))


class ChipLook:
    """How a state looks: a shape (an icon), a word and a colour, never colour alone."""

    __slots__ = ("icon", "token", "word")

    def __init__(self, icon: str, word: str, token: str) -> None:
        self.icon, self.word, self.token = icon, word, token


#: States of quotes, terms of sources and what else is shown as a chip, by its code.
CHIPS: dict[str, ChipLook] = {
    "unverified": ChipLook("circle-dashed", "Unverified", "warning"),
    "checking": ChipLook("hourglass", "Checking", "accent"),
    "verified": ChipLook("check", "Verified", "verified"),
    "disputed": ChipLook("x", "Disputed", "danger"),
    "not_for_use": ChipLook("ban", "Not for use", "muted"),
    "on_record": ChipLook("circle-dot", "On the record", "text"),
    "background": ChipLook("contrast", "On background", "accent"),
    "deep_background": ChipLook("circle-dot-dashed", "Deep background", "warning"),
    "off_record": ChipLook("circle-slash", "Off the record", "danger"),
    "confidential": ChipLook("diamond", "Confidential", "confidential"),
}


class Chip(QWidget):
    """A state as a small framed word with its shape. Not focusable: it only tells."""

    def __init__(self, code: str, word: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_state(code, word)

    def set_state(self, code: str, word: str = "") -> None:
        self._look = CHIPS[code]
        self._word = word or self._look.word
        self.setAccessibleName(self._word)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return chip_size(QFontMetrics(self.font()), self._word)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_chip(painter, self.rect(), self._look, self._word)
        painter.end()


def chip_size(metrics: QFontMetrics, word: str) -> QSize:
    """The room a chip with ``word`` takes."""
    height = metrics.height() + 4
    return QSize(metrics.horizontalAdvance(word) + height + 14, height)


def paint_chip(painter: QPainter, rect: QRect, look: ChipLook, word: str = "") -> None:
    """Draw a chip into ``rect``: for delegates, and for ``Chip`` itself."""
    tokens = theme.current().tokens
    tint = f"{look.token}_tint" if f"{look.token}_tint" in tokens.colours else "neutral_tint"
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(tokens[look.token])
    painter.setBrush(tokens[tint])
    painter.drawRoundedRect(rect.adjusted(0, 0, -1, -1), 3, 3)
    side = max(8, rect.height() - 8)
    ratio = painter.device().devicePixelRatio() if painter.device() is not None else 1.0
    mirrored = painter.layoutDirection() is Qt.LayoutDirection.RightToLeft
    left = rect.right() - side - 6 if mirrored else rect.left() + 6
    picture = icons.pixmap(look.icon, look.token, side, ratio)
    painter.drawPixmap(left, rect.top() + (rect.height() - side) // 2, picture)
    words = rect.adjusted(6, 0, -side - 10, 0) if mirrored else rect.adjusted(side + 10, 0, -6, 0)
    painter.drawText(words, Qt.AlignmentFlag.AlignCenter, word or look.word)
    painter.restore()


def fit_dialog(dialog: QWidget, width: int, height: int) -> None:
    """Give a dialog the size it wants (in pixels at 100 %), inside the window it belongs to."""
    keeper = theme.current()
    parent = dialog.parentWidget()
    room = parent.window().size() if parent is not None else QSize(1200, 800)
    dialog.resize(
        min(keeper.pixels(width), max(320, room.width() - 48)),
        min(keeper.pixels(height), max(240, room.height() - 48)),
    )


def spacer() -> QWidget:
    """Takes the room that is left in a row."""
    widget = QWidget()
    widget.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return widget
