"""Where every promised page is: first what does not come out, then the entries and their form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from casefile.domain.changes import Change
from casefile.domain.requests import LedgerEntry
from casefile.services import page_ledger
from casefile.services.page_ledger import Proposed
from casefile.ui.lists.flow import FlowLayout
from casefile.ui.lists.menus import Verb, build_menu
from casefile.ui.lists.once import Once
from casefile.ui.lists.screen import OFFER_UNDO, panel
from casefile.ui.lists.view import ListView
from casefile.ui.models.table import RowFilter, TableModel
from casefile.ui.models.words import counted
from casefile.ui.parts import EmptyState, Notice, button, caption
from casefile.ui.requests.pages import model, words
from casefile.ui.requests.pages.form import PagesForm, PagesWish, draft_of
from casefile.ui.requests.pages.model import COLUMNS, WHERE, Ledger, PageEntry
from casefile.ui.requests.pages.take_form import TakeForm
from casefile.ui.requests.pages.verdict import Verdict

if TYPE_CHECKING:
    from casefile.services.deadlines import RequestView
    from casefile.ui.session import CaseSession
    from casefile.ui.tasks import TaskHandle

_DRAFT = "requests.pages"


class PagesSection(QWidget):
    """The page ledger of the request that is shown."""

    def __init__(self, session: CaseSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._request_id = ""
        self._shown = ""
        self._wanted = ""
        self._once = Once(session, self)
        self._documents: dict[str, str] = {}
        self._proposed = Proposed(())
        self._reading: TaskHandle[Any] | None = None
        self._stale = False
        self.setAccessibleName("Pages")
        self.verdict = Verdict()
        self._model: TableModel[PageEntry] = TableModel(COLUMNS, lambda row: row.id, self)
        self.view = ListView(RowFilter(self._model, self), COLUMNS, "Page ledger", least=18)
        self.view.sortByColumn(WHERE, Qt.SortOrder.AscendingOrder)
        self.empty = EmptyState("No pages in the ledger yet.", "Add pages…", self.begin_adding)
        self.form = PagesForm()
        self.take_form = TakeForm()
        self.notice = Notice("danger")
        self.add_button = button("Add pages…", self.begin_adding, role="primary", icon="plus")
        self.take_button = button("Take from documents…", self.begin_taking)
        self.take_button.setEnabled(False)
        self.to_take = caption()
        self.to_take.hide()
        for made in (self.add_button, self.empty.button):
            made.setEnabled(not session.read_only)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._table = panel(self.view)
        self._lists = QStackedWidget()
        for page in (self._table, self.empty):
            self._lists.addWidget(page)
        self._list = QWidget()
        column = QVBoxLayout(self._list)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        row = FlowLayout(spacing=6)
        row.addWidget(self.add_button)
        row.addWidget(self.take_button)
        column.addLayout(row)
        column.addWidget(self.to_take)
        column.addWidget(self.notice)
        column.addWidget(self._lists, 1)
        self._parts = (self._list, self.form, self.take_form)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 10, 16, 12)
        outer.setSpacing(10)
        outer.addWidget(self.verdict)
        for part in self._parts:
            outer.addWidget(part, 1)
        self._turn(self._list)

    def _turn(self, shown: QWidget) -> None:
        """To the list or to a form. (A stack would be as high as its highest page.)"""
        for part in self._parts:
            part.setVisible(part is shown)

    def _connect(self) -> None:
        self.view.opened.connect(self.begin_changing)
        self.view.delete_wanted.connect(self._delete)
        self.view.menu_wanted.connect(self._menu)
        self.form.wanted.connect(self._save)
        self.form.cancelled.connect(self.leave_form)
        self.take_form.wanted.connect(self._take)
        self.take_form.cancelled.connect(self.leave_form)
        self._session.changed.connect(self._marked)

    # Reading and showing.

    def show_request(self, view: RequestView) -> None:
        if view.request.id != self._request_id:
            self.flush()
            self._request_id, self._shown = view.request.id, ""
            self._turn(self._list)
            self.notice.clear()
        self._refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.load()

    def _marked(self, change: Change) -> None:
        """What is marked in a document changes what it says; of all else the record tells."""
        if "annotation" in change.kinds and self._request_id:
            self._refresh()

    def _refresh(self) -> None:
        """Counting the pages of every document waits until somebody looks."""
        if self.isVisible():
            self.load()
        else:
            self._stale = True

    def load(self) -> None:
        self._stale = False
        if self._reading is not None:
            self._reading.cancel()
        case, request_id = self._session.case, self._request_id
        self._reading = self._session.tasks.run(
            lambda: model.read(case, request_id),
            lambda found: self._loaded(request_id, found),
            owner=self,
        )

    def _loaded(self, request_id: str, found: Ledger) -> None:
        self._model.set_items(found.entries)
        self._documents, self._proposed = dict(found.documents), found.proposed
        self._offer_to_take()
        self.verdict.show_totals(found.totals)
        self._turn_list(self._table if found.entries else self.empty)
        if not self.view.show_key(self._wanted):
            self.view.show_first()
        self._wanted = ""
        if self._shown != request_id:
            self._shown = request_id
            self._take_up_draft()

    def _offer_to_take(self) -> None:
        possible = bool(self._proposed.entries) and not self._session.read_only
        self.take_button.setEnabled(possible)
        self.to_take.setText(words.to_take(self._proposed, self._documents))
        self.to_take.setVisible(bool(self.to_take.text()))

    # The forms.

    def begin_adding(self) -> None:
        if not self._session.read_only and self._request_id:
            self._begin(None)

    def begin_taking(self) -> None:
        """Show what the released documents say, to be taken into the ledger."""
        if self._proposed.entries and not self._session.read_only:
            self.take_form.offer(self._proposed, self._documents)
            self._turn(self.take_form)
            self.take_form.begin()

    def begin_changing(self, key: str) -> None:
        row = self._model.by_key(key)
        if row is not None and not self._session.read_only:
            self._begin(row)

    def flush(self) -> None:
        """What is being typed is kept for after the lock, or until the request is shown again."""
        if self._shown and not self._session.read_only:  # what was kept has been taken up
            self._session.keep_draft(self._draft_key, self.form.draft() if self._typing else "")

    @property
    def _typing(self) -> bool:
        return not self.form.isHidden()

    @property
    def _draft_key(self) -> str:
        return f"{_DRAFT}.{self._request_id}"

    def _begin(self, row: PageEntry | None, draft: str = "") -> None:
        entry: LedgerEntry | None = row.entry if row is not None else None
        offered = dict(self._documents)
        if entry is not None and entry.document_id:
            offered.setdefault(
                entry.document_id, row.title if row and row.title else "In the Trash"
            )
        self._once.afresh()
        self.form.offer_documents(offered)
        self._turn(self.form)
        self.form.begin(entry, draft)

    def _take_up_draft(self) -> None:
        draft = self._session.draft(self._draft_key)
        if draft and not self._session.read_only:
            self._begin(self._model.by_key(draft_of(draft)), draft)

    def _save(self, wish: PagesWish) -> None:
        case, request_id = self._session.case, self._request_id

        def work() -> Change:
            if wish.entry_id:
                details = {"bucket": wish.bucket, "pages": wish.pages, **wish.details}
                return page_ledger.edit(case, wish.entry_id, **details)
            return page_ledger.add(case, request_id, wish.bucket, wish.pages, **wish.details)

        def done(change: Change) -> None:
            told = "changed" if wish.entry_id else "added to the ledger"
            self._session.toast.emit(f"{counted(wish.pages, 'page')} {told}", OFFER_UNDO)
            if request_id == self._request_id:
                self._saved(change, wish)

        self._once.edit(work, done, self.form.show_error)

    def _saved(self, change: Change, wish: PagesWish) -> None:
        self._wanted = wish.entry_id or next(iter(change.ids("ledger_entry")), "")
        if wish.next:
            self._session.keep_draft(self._draft_key, "")
            self.form.begin(first=self.form.following(), bucket=wish.bucket)
        else:
            self.leave_form()

    def _take(self, documents: list[str]) -> None:
        case, request_id = self._session.case, self._request_id

        def done(change: Change) -> None:
            taken = counted(len(change.ids("ledger_entry")), "entry", "entries")
            self._session.toast.emit(f"{taken} added to the ledger", OFFER_UNDO)
            if request_id == self._request_id:
                self.leave_form()

        self._session.tasks.edit(
            lambda: page_ledger.take(case, request_id, documents),
            done,
            self.take_form.show_error,
            owner=self,
        )

    def leave_form(self) -> None:
        """Back to the list; what was typed is forgotten."""
        self._session.keep_draft(self._draft_key, "")
        self._turn(self._list)
        self.focus_list()

    # The list.

    def focus_list(self) -> None:
        shown = self.view if self._lists.currentWidget() is self._table else self.empty.button
        shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def _turn_list(self, page: QWidget) -> None:
        """The focus goes along when the first entry comes or the last one goes."""
        before, focus = self._lists.currentWidget(), QApplication.focusWidget()
        inside = focus is not None and before is not None and before.isAncestorOf(focus)
        self._lists.setCurrentWidget(page)
        if inside and page is not before:
            self.focus_list()

    def _delete(self, keys: list[str]) -> None:
        if self._session.read_only or not keys:
            return
        case, told = self._session.case, counted(len(keys), "entry", "entries")

        def done(_change: Change) -> None:
            self._session.toast.emit(f"{told} deleted from the ledger", OFFER_UNDO)

        self.notice.clear()
        self._session.tasks.edit(
            lambda: page_ledger.delete(case, keys), done, self.notice.show_error, owner=self
        )

    def verbs(self) -> list[Verb | None]:
        """What can be done with the current row."""
        row = self._model.by_key(self.view.current())
        if row is None:
            return []
        editable, document = not self._session.read_only, row.entry.document_id
        verbs: list[Verb | None] = [
            ("Change…\tReturn", lambda: self.begin_changing(row.id), editable)
        ]
        if document in self._documents:
            verbs.append(("Open document", lambda: self._session.open_document(document), True))
        chosen = self.view.chosen()
        return [*verbs, None, ("Delete\tDel", lambda: self._delete(chosen), editable)]

    def _menu(self, place: QPoint) -> None:
        build_menu(self.view, self.verbs()).popup(place)
