"""Short messages at the foot of the window, with Undo where there is something to undo.

A toast stays until it is dismissed or ten further actions were taken: nobody should have to race
a timer to undo. An offer that no longer holds is withdrawn: Undo must never take back another step
than the one the words name.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from casefile.ui.announce import announce
from casefile.ui.focus_back import FocusBack
from casefile.ui.parts import IconButton

STAYS_FOR_ACTIONS = 10


class Toast(QFrame):
    """The one toast of ``host`` (usually the window's content). ``show_message`` replaces it."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self.setProperty("surface", "toast")
        self.setAccessibleName("Message")
        FocusBack(self)
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._button = QPushButton("Undo")
        self._button.clicked.connect(self._act)
        self._button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the focus at work
        close = IconButton("x", "Dismiss message", ink="on_tooltip")
        close.clicked.connect(self.dismiss)
        close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 8, 8)
        row.setSpacing(12)
        row.addWidget(self._words, 1)
        row.addWidget(self._button)
        row.addWidget(close)
        self._action: Callable[[], object] | None = None
        self._actions_left = 0
        host.installEventFilter(self)
        self.hide()

    @property
    def text(self) -> str:
        return self._words.text() if not self.isHidden() else ""

    def show_message(
        self, text: str, button: str = "", action: Callable[[], object] | None = None
    ) -> None:
        """Say ``text``; with ``action``, offer it on a button."""
        self._words.setText(text)
        self._button.setText(button)
        self._button.setVisible(action is not None)
        self._action = action
        self._actions_left = STAYS_FOR_ACTIONS
        self.show()
        self.raise_()
        self._place()
        announce(text, self)

    def count_action(self) -> None:
        """The reporter did something else; after ten of these the toast goes."""
        self._actions_left -= 1
        if self._actions_left <= 0:
            self.dismiss()

    def withdraw(self, button: str) -> None:
        """What ``button`` offers no longer holds: a toast that offers it goes."""
        if self._action is not None and self._button.text() == button:
            self.dismiss()

    def dismiss(self) -> None:
        self._action = None
        self.hide()

    def _act(self) -> None:
        action = self._action
        self.dismiss()
        if action is not None:
            action()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        host = self.parentWidget()
        if host is None or self.isHidden():
            return
        wish = self._words.fontMetrics().horizontalAdvance(self._words.text()) + 220
        width = max(120, min(wish, host.width() - 48))
        layout = self.layout()
        height = layout.heightForWidth(width) if layout is not None else 0
        self.resize(width, max(height, self.sizeHint().height()))
        self.move((host.width() - self.width()) // 2, host.height() - self.height() - 24)
