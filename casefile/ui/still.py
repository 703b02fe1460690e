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

    def __init__(self, window: MainWindow, place: str, *, with_page: bool) -> None:
        super().__init__(window)
        self._window, self._place, self._with_page = window, place, with_page
        self._same = QElapsedTimer()
        self._last = b""
        self._timer = QTimer(self)
        self._timer.setInterval(120)
        self._timer.timeout.connect(self._look)

    def begin(self) -> None:
        """Go to the place, open the most marked page, then wait for the picture to settle."""
        session, desk = self._window.session, self._window.desk
        if session is None or desk is None:
            return
        desk.enter(self._place)
        if not self._with_page:
            self._open(("", 1))
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
        if session is not None and found[0]:
            session.open_document(found[0], found[1])
        self._same.start()
        self._timer.start()

    def _look(self) -> None:
        bits = self._bits()
        if bits != self._last:
            self._last = bits
            self._same.restart()
        elif self._same.elapsed() >= QUIET and self._drawn():
            self._timer.stop()
            self.ready.emit()

    def _drawn(self) -> bool:
        """Whether the page in front (if any) shows a picture."""
        desk = self._window.desk
        view = desk.reader.current if desk is not None and desk.reader is not None else None
        if view is None:
            return True
        return view.desk is not None and view.desk.document.renders > 0

    def _bits(self) -> bytes:
        picture = self._window.grab().toImage()  # kept while its pixels are read
        return bytes(picture.constBits())
