"""A window with documents only: no list, no rail, and all keys of the first window."""

from __future__ import annotations

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from casefile.ui.full_screen import step_out
from casefile.ui.parts import Notice
from casefile.ui.reader.shelf import Shelf
from casefile.ui.reader_area import ReaderArea
from casefile.ui.session import CaseSession
from casefile.ui.toast import Toast


class ReaderWindow(QMainWindow):
    """A window with documents only. ``closing()``: its documents are wanted elsewhere."""

    closing = Signal()

    def __init__(self, session: CaseSession, shelf: Shelf) -> None:
        super().__init__()
        self.setWindowTitle("Casefile")
        self.resize(900, 840)
        self.area = ReaderArea(session, shelf=shelf)
        self.error = Notice("danger")
        self.error.add_button("Dismiss", self.error.clear)
        whole = QWidget()
        error_row = QHBoxLayout()
        error_row.setContentsMargins(8, 0, 8, 0)
        error_row.addWidget(self.error, 1)
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(error_row)
        column.addWidget(self.area, 1)
        self.setCentralWidget(whole)
        self.toast = Toast(whole)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not step_out(self, event):
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        event.accept()

    def place(self) -> dict[str, object]:
        """Where it is and what is open in it, as JSON."""
        frame = self.normalGeometry() if self.isFullScreen() else self.geometry()
        return {
            "frame": [frame.x(), frame.y(), frame.width(), frame.height()],
            "full": self.isFullScreen(),
            "reader": self.area.place(),
        }

    def restore(self, frame: object, reader: dict[str, object], *, full: bool) -> None:
        """Show it where it was, if there is still a screen there."""
        if isinstance(frame, list) and len(frame) == 4 and all(type(n) is int for n in frame):
            wanted = QRect(*frame)
            screens = QGuiApplication.screens()
            if any(screen.availableGeometry().intersects(wanted) for screen in screens):
                self.setGeometry(wanted)
        self.area.restore(reader)
        if full:
            self.showFullScreen()
        else:
            self.show()
