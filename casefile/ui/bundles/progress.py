"""How far a bundle is, with a way to stop."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from casefile.ui.models.words import visible
from casefile.ui.parts import ElidedLabel, button, label

#: The bar is drawn again at most this often, in milliseconds.
_EVERY = 100


class Progress(QWidget):
    """``report(done, total, what)`` may be called from any thread; ``cancelled`` with the button or
    Esc."""

    cancelled = Signal()
    _told = Signal(int, int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = label("", "section")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Progress")
        self.what = ElidedLabel("", "muted")
        self.cancel = button("Cancel", self._cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for widget in (self.heading, self.bar, self.what):
            column.addWidget(widget)
        column.addWidget(self.cancel, 0, Qt.AlignmentFlag.AlignLeading)
        column.addStretch(1)
        self._latest = (0, 0, "")
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_EVERY)
        self._wait.timeout.connect(self._draw)
        self._told.connect(self._note, Qt.ConnectionType.QueuedConnection)

    def begin(self, heading: str) -> None:
        self.heading.setText(heading)
        self.bar.setRange(0, 0)
        self.what.set_text("")
        self.cancel.setEnabled(True)
        self.cancel.setText("Cancel")
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def report(self, done: int, total: int, what: str) -> None:
        self._told.emit(done, total, what)

    def end(self) -> None:
        self._wait.stop()

    def _note(self, done: int, total: int, what: str) -> None:
        self._latest = (done, total, what)
        if not self._wait.isActive():
            self._wait.start()

    def _draw(self) -> None:
        done, total, what = self._latest
        self.bar.setRange(0, max(0, total))
        self.bar.setValue(done)
        self.what.set_text(f"{done} of {total}  {visible(what)}" if total else visible(what))

    def _cancel(self) -> None:
        self.cancel.setEnabled(False)
        self.cancel.setText("Stopping…")
        self.cancelled.emit()
