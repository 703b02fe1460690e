"""The bar above a case: Back, Forward, search everywhere, jobs, more, lock."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QMenu, QToolButton, QWidget

from casefile.ui import icons, theme
from casefile.ui.parts import IconButton, make_clearable


class SearchField(QLineEdit):
    """Search everywhere. Esc gives the focus back, Down goes into the results, Enter to the first
    of them."""

    left = Signal()
    down = Signal()
    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        if event.key() == Qt.Key.Key_Down:
            self.down.emit()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
            return
        super().keyPressEvent(event)


class TopBar(QFrame):
    """Buttons and the search field; what they do is the desk's business."""

    #: Typing settles this long (in ms) before a search starts.
    SETTLE = 60

    typed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "bar")
        self.back = IconButton("arrow-left", "Back", "Alt+Left")
        self.forward = IconButton("arrow-right", "Forward", "Alt+Right")
        self.search = SearchField()
        self.search.setPlaceholderText("Search everywhere   Ctrl+Shift+F")
        self.search.setAccessibleName("Search everywhere")
        hints = Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        self.search.setInputMethodHints(hints)
        glass = QAction("Search", self.search)
        icons.set_icon(glass, "search", "muted")
        self.search.addAction(glass, QLineEdit.ActionPosition.LeadingPosition)
        make_clearable(self.search)
        self.page = IconButton("panel-right", "Page only, or with the list", "F9")
        self.page.setCheckable(True)
        self.page.hide()
        self.jobs = IconButton("download", "Jobs", "Ctrl+J")
        self.more = IconButton("ellipsis", "More")
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu = QMenu(self.more)
        self.more.setMenu(self.menu)
        self.lock = IconButton("lock", "Lock this case", "Ctrl+L")
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(self.SETTLE)
        self._settle.timeout.connect(lambda: self.typed.emit(self.search.text()))
        self.search.textEdited.connect(lambda _text: self._settle.start())
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 6, 8, 6)
        row.setSpacing(6)
        row.addWidget(self.back)
        row.addWidget(self.forward)
        row.addStretch(1)
        row.addWidget(self.search, 2)
        row.addStretch(1)
        row.addWidget(self.page)
        row.addWidget(self.jobs)
        row.addWidget(self.more)
        row.addWidget(self.lock)
        theme.current().changed.connect(self._fit)
        self._fit()

    def forget_typing(self) -> None:
        """The reporter went elsewhere: a search that was about to start would bring them back."""
        self._settle.stop()

    def _fit(self) -> None:
        self.search.setMaximumWidth(theme.current().pixels(560))
