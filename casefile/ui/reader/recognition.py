"""Pages in view that are pictures: they are read first, and the view says what becomes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from casefile.domain.documents import PageState
from casefile.services.reading import PageShape
from casefile.ui.announce import announce
from casefile.ui.reader.place_of import short_page_name
from casefile.ui.reader.tool_hint import ToolHint

if TYPE_CHECKING:
    from casefile.ui.reader.page_view import PageView
    from casefile.ui.session import CaseSession

#: So long must a page stand still (in ms) before it is read first.
_DWELT = 300


class Recognition(QObject):
    """Follows one view."""

    def __init__(self, session: CaseSession, view: PageView) -> None:
        super().__init__(view)
        self._session, self._view, self._job = session, view, session.ocr
        self.hint = ToolHint(view, at_foot=True)
        self._soon = QTimer(self, singleShot=True, interval=_DWELT)
        self._soon.timeout.connect(self._look)
        view.moved.connect(self._moved)
        self._job.page_begun.connect(self._news)
        self._job.page_read.connect(self._read)
        self._job.moved.connect(self._tell)
        self._soon.start()

    @property
    def _page(self) -> int:
        return self._view.page

    @property
    def _waits(self) -> bool:
        state = self._view.document.shapes[self._page - 1].state
        return state is PageState.AWAITING_OCR

    def _moved(self) -> None:
        self._tell()
        self._soon.start()

    def _look(self) -> None:
        if self._waits:
            self._job.look_at(self._view.document.id, self._page)
        self._tell()

    def _news(self, document_id: str, page: int) -> None:
        if (document_id, page) == (self._view.document.id, self._page):
            self._tell()

    def _read(self, document_id: str, page: int) -> None:
        """A page has its words: fetch what is known of it now."""
        document = self._view.document
        if document_id != document.id or not 1 <= page <= document.pages:
            return
        from casefile.services import reading

        case = self._session.case
        self._session.tasks.run(
            lambda: reading.page(case, document_id, page), self._fetched, owner=self
        )

    def _fetched(self, shape: PageShape) -> None:
        document = self._view.document
        document.page_was_read(shape.number, shape)
        if shape.number == self._page and shape.state is PageState.TEXT:
            name = short_page_name(document.shapes, shape.number)
            announce(f"{name} has been read by OCR", self._view)
        self._tell()

    def _tell(self) -> None:
        self.hint.tell(self._words() if self._waits else "")

    def _words(self) -> str:
        here = (self._view.document.id, self._page)
        if here in self._job.now:
            return "OCR is reading this page…"
        for failed in self._job.failed:
            if (failed.document_id, failed.page) == here:
                return f"OCR: {failed.reason} Try again in Jobs (Ctrl+J)."
        if self._job.running:
            return "Waiting for OCR: the words of this page come next."
        return "Waiting for OCR: the words of this page cannot be searched or selected yet."
