"""One document in the reader: it is opened off the main thread, then read on its desk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QStackedLayout, QVBoxLayout, QWidget

from casefile.domain.changes import Change
from casefile.domain.documents import Document, DocumentState
from casefile.domain.errors import UserError
from casefile.domain.geometry import Quad
from casefile.services.reading import PageShape
from casefile.ui.parts import Notice, heading, label
from casefile.ui.reader.document import OpenDocument
from casefile.ui.reader.layout import Arrangement
from casefile.ui.reader.password_page import PasswordPage
from casefile.ui.reader.reading_desk import ReadingDesk
from casefile.ui.reader.shelf import Shelf
from casefile.ui.reader.source import CasePages

if TYPE_CHECKING:
    from casefile.ui.session import CaseSession

#: A pause this long after moving, and the place is remembered, in milliseconds.
REMEMBER_AFTER = 1500
#: So long after the process is ready the first page has been drawn, in milliseconds.
OUTLINE_AFTER = 150


@dataclass(frozen=True, slots=True)
class _Loaded:
    document: Document
    shapes: tuple[PageShape, ...]
    place: dict[str, object] | None


class ReaderView(QWidget):
    """``opened()``: the desk is there; ``titled(str)``; ``history_changed()``."""

    opened = Signal()
    titled = Signal(str)
    history_changed = Signal()

    def __init__(
        self,
        session: CaseSession,
        document_id: str,
        shelf: Shelf,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.session = session
        self.document_id = document_id
        self.desk: ReadingDesk | None = None
        self.title = ""
        self._shelf = shelf
        shelf.take(document_id)
        self._loaded: _Loaded | None = None
        self._refusal: UserError | None = None
        self._is_in = self._closed = self._was_last = False
        self._outline_soon = QTimer(self, singleShot=True, interval=OUTLINE_AFTER)
        self._outline_soon.timeout.connect(self._fetch_outline)
        self._wish: tuple[int, Sequence[Quad]] | None = None
        self._needle = ""
        self._place: dict[str, object] | None = None
        self._opening = label("Opening…", "muted")
        self._opening.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._password = PasswordPage()
        self._password.given.connect(self._unlock)
        self._trouble = _Trouble()
        self._pages = QStackedLayout(self)
        for widget in (self._opening, self._password, self._trouble):
            self._pages.addWidget(widget)
        self._remember_soon = QTimer(self, singleShot=True, interval=REMEMBER_AFTER)
        self._remember_soon.timeout.connect(self.remember)
        session.changed.connect(self.apply_change)
        session.about_to_lock.connect(self.remember)
        self._load()

    def go_to(self, page: int, quads: Sequence[Quad] | None = None) -> None:
        """Show a page (and a part of it), as soon as it is open."""
        if self.desk is None:
            self._wish = page, quads or ()
        elif quads:
            self.desk.go_to(page, quads)
        else:
            self.desk.go_to_page(page)

    def look_for(self, text: str = "") -> None:
        """Look for ``text``, or put the caret into Find."""
        if self.desk is not None:
            self.desk.look_for(text)
        else:
            self._needle = text

    def place(self) -> dict[str, object]:
        """Where the reader is: page, position, zoom, panel."""
        return self.desk.place() if self.desk is not None else self._place or {}

    def restore(self, place: dict[str, object]) -> None:
        if self.desk is not None:
            self.desk.restore(place)
        else:
            self._place = place

    def apply_change(self, change: Change) -> None:
        if self.desk is not None:
            self.desk.apply_change(change)

    def remember(self) -> None:
        """Keep the place in the case, for the next time this document is opened."""
        from casefile.services import reading

        if self.desk is None or self.session.read_only:
            return
        case, document_id, place = self.session.case, self.document_id, self.desk.place()
        self._remember_soon.stop()
        self.session.tasks.run(
            lambda: reading.remember_place(case, document_id, place), None, _ignore
        )

    def close_document(self) -> None:
        """Let go of the document, and of its process if no other view shows it."""
        last = self._shelf.give_back(self.document_id)
        self._closed, self._was_last = True, last
        if self.desk is not None:
            self.desk.inspector.save()
            self.remember()
            self.desk.close_document(shared=not last)
        if last:
            case, document_id = self.session.case, self.document_id
            self.session.tasks.run(lambda: case.forget_session(document_id), None, _ignore)

    def wipe(self) -> None:
        """The case locks: nothing of the document stays in memory."""
        if self.desk is not None:
            self.desk.finder.clear()
            self.desk.text.forget()
            self.desk.document.wipe()

    def focus_page(self) -> None:
        if self.desk is not None:
            self.desk.view.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._pages.currentWidget() is self._password:
            self._password.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _load(self) -> None:
        from casefile.services import documents, reading

        case, document_id = self.session.case, self.document_id

        def load() -> _Loaded:
            document = documents.get(case, document_id)
            if document.state is DocumentState.KEPT:
                raise UserError("document.kept", title=document.title)
            return _Loaded(
                document, reading.pages(case, document_id), reading.place(case, document_id)
            )

        self.session.tasks.run(load, self._ready, self._failed, owner=self)
        self._open(None)  # its process starts meanwhile

    def _ready(self, loaded: _Loaded) -> None:
        if self._closed:
            return
        self._loaded = loaded
        self.title = loaded.document.title
        self.titled.emit(self.title)
        if self._refusal is None:
            self._show(loaded)
        else:
            self._failed(self._refusal)  # which can now be told with the title

    def _unlock(self, password: str) -> None:
        self._open(password)

    def _open(self, password: str | None) -> None:
        """The document's process is started; only a locked document needs to be asked about."""
        case, document_id = self.session.case, self.document_id

        def begin() -> None:
            case.session(document_id, password)
            if self._was_last:  # the tab was closed meanwhile
                case.forget_session(document_id)

        self.session.tasks.run(begin, self._let_in, self._failed, owner=self)

    def _let_in(self, _: object) -> None:
        if self._closed:
            return
        self._refusal = None
        self._is_in = True
        if self.desk is not None:
            self._outline_soon.start()
        elif self._loaded is not None:
            self._show(self._loaded)

    def _show(self, loaded: _Loaded) -> None:
        """The desk with empty pages, at once: pictures follow when the process is ready."""
        source = CasePages(self.session.case, self.document_id)
        document = OpenDocument(loaded.document, loaded.shapes, source, self._shelf.memory)
        self.desk = ReadingDesk(self.session, document)
        document.setParent(self.desk)
        if self._is_in:
            self._outline_soon.start()
        self._pages.addWidget(self.desk)
        self._pages.setCurrentWidget(self.desk)
        self._restore(self.desk, self._place or loaded.place)
        self.desk.view.moved.connect(self._remember_soon.start)
        self.desk.history_changed.connect(self.history_changed)
        if self._wish is not None:
            page, quads = self._wish
            self.desk.go_to(page, quads)
        self.desk.view.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._needle:
            self.desk.look_for(self._needle)
        self.opened.emit()

    def _fetch_outline(self) -> None:
        """Only after the first picture: to find the page of each bookmark takes the process as
        long as several pages."""
        from casefile.services import reading

        if self.desk is None:
            return
        case, document_id = self.session.case, self.document_id
        self.session.tasks.run(
            lambda: reading.outline(case, document_id),
            self.desk.side.outline.set_outline,
            _ignore,
            owner=self.desk,
        )

    def _restore(self, desk: ReadingDesk, place: dict[str, object] | None) -> None:
        """Where the reader was the last time; a document opened for the first time begins at its
        first page."""
        if place:
            desk.restore(place)
        else:
            zoom, pages = self.session.preferences.first_zoom, self.session.preferences.first_pages
            desk.view.arrange(Arrangement(spread=pages == "spread", single=pages == "single"))
            desk.view.set_fit("width" if zoom == "actual" else zoom)
            if zoom == "actual":
                desk.view.set_zoom(1.0)
            desk.view.go_to_page(1)

    def _failed(self, error: UserError) -> None:
        if self._closed:
            return
        self._refusal = error
        if self.desk is not None:
            self.desk.close_document(shared=False)
            self._pages.removeWidget(self.desk)
            self.desk.deleteLater()
            self.desk = None
        title = self._loaded.document.title if self._loaded is not None else ""
        if error.code == "document.needs_password":
            self._pages.setCurrentWidget(self._password)
            self._password.ask(title)
        elif error.code == "document.wrong_password":
            self._pages.setCurrentWidget(self._password)
            self._password.ask(title, error)
        else:
            self._trouble.tell(title, error)
            self._pages.setCurrentWidget(self._trouble)


class _Trouble(QWidget):
    """Why a document cannot be shown at all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title: QLabel = heading()
        self._notice = Notice("warning")
        column = QVBoxLayout(self)
        column.setContentsMargins(48, 48, 48, 48)
        column.setSpacing(12)
        column.addWidget(self._title)
        column.addWidget(self._notice)
        column.addStretch(1)

    def tell(self, title: str, error: UserError) -> None:
        self._title.setText(title or "Document")
        self._notice.show_error(error)


def _ignore(_error: UserError) -> None:
    """A place that was not remembered, or an outline that cannot be read, is no reason to disturb
    the reader."""
