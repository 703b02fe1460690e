"""Brings an open window to a state worth a picture: a list, and a marked page beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

if TYPE_CHECKING:
    from casefile.ui.main_window import MainWindow

#: Nothing may have changed on screen for this long (in ms).
QUIET = 1000


class Still(QObject):
    """``ready`` when the window has not changed for a while."""

    ready = Signal()

    def __init__(self, window: MainWindow, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._same = QElapsedTimer()
        self._last = b""
        self._changes = 0
        self._timer = QTimer(self)
        self._timer.setInterval(120)
        self._timer.timeout.connect(self._look)

    def begin(self) -> None:
        """Open the document with the most marks, then wait for the picture to settle."""
        session = self._window.session
        if session is None:
            return
        case = session.case

        def work() -> tuple[str, int]:
            from collections import Counter

            from casefile.services import annotating

            marks = annotating.listing(case)
            counted = Counter((mark.document_id, mark.page) for mark in marks)
            return counted.most_common(1)[0][0] if counted else ("", 1)

        session.tasks.run(work, self._open, owner=self)

    def _open(self, found: tuple[str, int]) -> None:
        session = self._window.session
        self._last = self._bits()
        if session is not None and found[0]:
            session.open_document(found[0], found[1])
        self._same.start()
        self._timer.start()

    def _look(self) -> None:
        bits = self._bits()
        if bits != self._last:
            self._last = bits
            self._changes += 1
            self._same.restart()
        elif self._same.elapsed() >= QUIET * (1 if self._changes > 1 else 4):
            self._timer.stop()
            self.ready.emit()

    def _bits(self) -> bytes:
        picture = self._window.grab().toImage()  # kept while its pixels are read
        return bytes(picture.constBits())
