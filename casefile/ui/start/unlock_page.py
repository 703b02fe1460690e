"""Unlocking a case: the folder's name, a passphrase, and nothing else about the case."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from casefile.domain.errors import UserError
from casefile.ui import icons, theme
from casefile.ui.announce import announce
from casefile.ui.parts import ElidedLabel, Notice, button, caption, label
from casefile.ui.start.passphrase_field import PassphraseField
from casefile.ui.start.sheet import Sheet


class UnlockPage(Sheet):
    """``unlock(passphrase)`` asks to open, ``cancel`` to stop trying. After a failure the field
    keeps its text and the focus, the text selected, so that typing replaces it."""

    unlock = Signal(str)
    cancel = Signal()
    use_recovery = Signal()
    open_other = Signal()
    lock_fully = Signal()

    WIDTH = 420

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = QLabel()
        self.folder_name = ElidedLabel("", "heading", Qt.TextElideMode.ElideMiddle)
        self.state = caption("")
        self.passphrase = PassphraseField("Passphrase")
        self.passphrase.entered.connect(self._unlock)
        self.unlock_button = button("Unlock", self._unlock, role="primary")
        self.cancel_button = button("Cancel", self.cancel.emit)
        self.progress = label("", "muted")
        self.notice = Notice("danger")
        self.recovery_button = button("Use the recovery code…", self.use_recovery.emit, role="link")
        self.other_button = button("Open another case…", self.open_other.emit, role="link")
        self.working = Notice("warning")
        self.working.add_button("Lock fully", self.lock_fully.emit)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.unlock_button)
        row.addWidget(self.progress, 1)
        row.addWidget(self.cancel_button)
        links = QHBoxLayout()
        links.addWidget(self.recovery_button)
        links.addStretch(1)
        links.addWidget(self.other_button)
        add = self.column.addWidget
        add(self._picture)
        add(self.folder_name)
        add(self.state)
        self.column.addSpacing(8)
        self.add_field("&Passphrase", self.passphrase)
        self.column.addLayout(row)
        add(self.notice)
        add(self.working)
        self.column.addSpacing(8)
        self.column.addLayout(links)
        self.set_busy(busy=False)
        theme.current().changed.connect(self._draw)
        self._draw()

    def show_case(self, folder: Path | None, *, locked: bool, reason: str = "") -> None:
        """Ask for the passphrase of the case in ``folder``; ``locked`` hides even its name."""
        self.passphrase.clear()
        self.notice.clear()
        self.working.clear()
        self.set_busy(busy=False)
        self.folder_name.set_text("Locked" if locked or folder is None else folder.name)
        self.state.setText(reason)
        self.state.setVisible(bool(reason))
        self.passphrase.setFocus()

    def show_working(self, words: str) -> None:
        """While a job still runs behind the lock: say so, and that keys are still in memory."""
        if words:
            self.working.show_words(words, "Its keys stay in memory until it has finished.")
        else:
            self.working.clear()

    def set_busy(self, *, busy: bool, words: str = "Opening… about 1 second") -> None:
        self.unlock_button.setEnabled(not busy)
        self.passphrase.edit.setReadOnly(busy)
        self.cancel_button.setVisible(busy)
        self.progress.setText(words if busy else "")
        for link in (self.recovery_button, self.other_button):
            link.setEnabled(not busy)
        if busy:
            self.notice.clear()
            announce(words, self)

    def show_error(self, error: UserError) -> None:
        self.set_busy(busy=False)
        self.notice.show_error(error)
        self.passphrase.edit.selectAll()
        self.passphrase.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.cancel_button.isVisible():
            self.cancel.emit()
            return
        super().keyPressEvent(event)

    def _unlock(self) -> None:
        if self.unlock_button.isEnabled():
            self.unlock.emit(self.passphrase.text())

    def _draw(self) -> None:
        side = theme.current().pixels(28)
        self._picture.setPixmap(icons.pixmap("lock", "muted", side, self.devicePixelRatioF()))
