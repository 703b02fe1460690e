"""Words on screens: labels by role, elided lines, tooltips.

Text from the reporter or from a file is always shown as plain text: Qt would otherwise take it for
HTML when it looks like it.
"""

from __future__ import annotations

import html

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


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
