"""Which pages have been read: those the reporter dwelt on, corrected with U."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from casefile.domain.changes import Change
from casefile.domain.errors import UserError
from casefile.ui.announce import announce
from casefile.ui.reader.page_view import PageView
from casefile.ui.reader.place_of import page_name

if TYPE_CHECKING:
    from casefile.ui.session import CaseSession

#: Whoever stays with a page for so long, in milliseconds, without scrolling on, is reading it.
DWELL = 2_000
#: Less of a page in view does not count, and neither does a page narrower (in screen units).
MOST_OF_IT, LEGIBLE = 0.8, 320


class ReadProgress(QObject):
    """``changed()``: other pages count as read. ``pages``: those that do."""

    changed = Signal()

    def __init__(self, session: CaseSession, view: PageView) -> None:
        super().__init__(view)
        self.pages: frozenset[int] = frozenset()
        self._session = session
        self._view = view
        self._unread: set[int] = set()
        self._dwelling = QTimer(self, singleShot=True, interval=DWELL)
        self._dwelling.timeout.connect(self._dwelt)
        view.moved.connect(self._dwelling.start)
        self.reload()

    def reload(self) -> None:
        """Ask the case again."""
        from casefile.services import documents

        case, document_id = self._session.case, self._view.document.id
        self._session.tasks.run(
            lambda: documents.pages_read(case, document_id), self._loaded, owner=self
        )

    def apply_change(self, change: Change) -> None:
        """Somebody (another view, the list of documents, undo) marked pages."""
        if "page_read" in change.kinds:
            self.reload()

    def toggle(self) -> None:
        """U: the page counts as read, or no longer does."""
        from casefile.services import documents

        case, document_id, page = self._session.case, self._view.document.id, self._view.page
        read = page not in self.pages
        (self._unread.discard if read else self._unread.add)(page)

        def done(_change: Change) -> None:
            name = page_name(self._view.document.shapes, page)
            announce(f"Page {name} marked {'read' if read else 'unread'}", self._view)

        self._session.tasks.edit(
            lambda: documents.set_page_read(case, document_id, page, read), done, owner=self
        )

    def _dwelt(self) -> None:
        """The view has been still for a while: what can be read in it counts, unless the reporter
        said that it does not."""
        from casefile.services import documents

        view = self._view
        noted = self._session.preferences.note_read and not self._session.read_only
        if not noted or not view.isActiveWindow() or view.document.renders == 0:
            return
        new = [page for page in self._looked_at() if page not in self.pages | self._unread]
        if new:
            case, document_id = self._session.case, view.document.id
            self._session.tasks.run(
                lambda: documents.set_pages_read(case, document_id, new),
                self._noted,
                _ignore,
                owner=self,
                lane="edit",
            )

    def _looked_at(self) -> set[int]:
        """The page that fills the view, and those that are in it as good as whole."""
        view = self._view
        if not view.isVisible():
            return {view.page}  # its text is being read instead
        area = view.viewport().rect()
        found = set()
        for page in view.pages_in_view():
            rect = view.page_rect(page)
            seen = rect.intersected(area.toRectF())
            whole = rect.width() * rect.height()
            most = seen.width() * seen.height() >= MOST_OF_IT * whole
            if rect.width() >= LEGIBLE and (most or page == view.page):
                found.add(page)
        return found

    def _noted(self, change: Change) -> None:
        if change.rows:
            self._session.changed.emit(change)

    def _loaded(self, pages: set[int]) -> None:
        if pages != self.pages:
            self.pages = frozenset(pages)
            self.changed.emit()


def _ignore(_error: UserError) -> None:
    """That a page was looked at and could not be noted is no reason to disturb the reader."""
