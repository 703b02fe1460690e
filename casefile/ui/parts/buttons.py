"""Buttons, with words or with an icon and a name."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from casefile.ui import icons
from casefile.ui.parts.words import set_tip


def button(
    text: str,
    on_click: Callable[[], object] | None = None,
    *,
    role: str = "",
    icon: str = "",
    tip: str = "",
) -> QPushButton:
    """A push button; ``role`` is "", ``primary``, ``danger`` or ``link``."""
    widget = _Button(text)
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


class _Button(QPushButton):
    """Enter presses it as Space does. Qt does so for the buttons of a dialog only."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.click()


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

    def tell_key_of(self, action: QAction) -> None:
        """Say the key of an action that does the same, whichever it is."""

        def tell() -> None:
            self.rename(self.accessibleName(), action.shortcut())

        action.changed.connect(tell)
        tell()

    def rename(self, name: str, key: str | QKeySequence = "") -> None:
        self.setAccessibleName(name)
        shown = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
        self.key = shown
        set_tip(self, f"{name} ({shown})" if shown else name)
