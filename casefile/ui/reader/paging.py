"""Tells which page the reader is on, wherever that is told, and takes the page to go to."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction

from casefile.ui.announce import announce
from casefile.ui.reader.bar import ReaderBar
from casefile.ui.reader.page_view import PageView
from casefile.ui.reader.place_of import page_called, page_name
from casefile.ui.reader.read_progress import ReadProgress
from casefile.ui.reader.thumbnails import Thumbnails


class Paging(QObject):
    """``asked(page)``: a page was typed into the bar. ``read`` shows whether the page is read."""

    asked = Signal(int)

    def __init__(
        self,
        view: PageView,
        bar: ReaderBar,
        thumbnails: Thumbnails,
        progress: ReadProgress,
        read: QAction,
    ) -> None:
        super().__init__(view)
        self._view = view
        self._bar = bar
        self._thumbnails = thumbnails
        self._progress = progress
        self._read = read
        view.moved.connect(self._moved)
        progress.changed.connect(self._show_read)
        bar.page.asked.connect(self._asked)
        bar.page.left.connect(self._to_page)

    def _moved(self) -> None:
        document, page = self._view.document, self._view.page
        label = document.shapes[page - 1].label
        self._bar.page.show_page(label or str(page))
        plain = f"of {document.pages}"
        self._bar.of.setText(plain if label in ("", str(page)) else f"({page} {plain})")
        self._bar.show_zoom(self._view.zoom)
        self._thumbnails.choose(page)
        self._read.setChecked(page in self._progress.pages)

    def _show_read(self) -> None:
        self._thumbnails.set_read(self._progress.pages)
        self._read.setChecked(self._view.page in self._progress.pages)

    def _asked(self, text: str) -> None:
        shapes = self._view.document.shapes
        page = page_called(shapes, text)
        self._bar.page.setModified(False)
        if page is None:
            announce(f"There is no page {text}", self._bar, urgent=True)
            self._bar.page.selectAll()
            return
        self.asked.emit(page)
        self._to_page()
        announce(f"Page {page_name(shapes, page)}", self._view)

    def _to_page(self) -> None:
        self._bar.page.setModified(False)
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        self._moved()
