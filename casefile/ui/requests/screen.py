"""Requests: what was asked of whom, which clock runs, what comes next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from casefile.domain.request_status import Status
from casefile.services import deadlines, requests
from casefile.services.deadlines import RequestView
from casefile.ui.lists.filter_bar import Choice
from casefile.ui.lists.menus import Verb
from casefile.ui.lists.record import NothingChosen
from casefile.ui.lists.screen import ListScreen
from casefile.ui.lists.view import ListView
from casefile.ui.models import requests as model
from casefile.ui.models.requests import RequestEntry
from casefile.ui.models.table import RowFilter, TableModel
from casefile.ui.models.words import counted, today
from casefile.ui.parts import EmptyState, button
from casefile.ui.requests.record import RequestRecord
from casefile.ui.requests.words import LOOKS
from casefile.ui.session import CaseSession

_STATUS, _AGENCY, _LAW = "Status", "Agency", "Law"


@dataclass(frozen=True, slots=True)
class _Question:
    """What the filter asks for."""

    words: tuple[str, ...]
    statuses: tuple[str, ...]
    agencies: tuple[str, ...]
    laws: tuple[str, ...]

    def holds(self, entry: object) -> bool:
        if not isinstance(entry, RequestEntry):
            return False
        where = model.search_words(entry)
        return (
            (not self.statuses or entry.status in self.statuses)
            and (not self.agencies or entry.agency in self.agencies)
            and (not self.laws or entry.law_id in self.laws)
            and all(word in where for word in self.words)
        )


class RequestsScreen(ListScreen):
    """The list of requests and the record of the current one."""

    name, one, many = "Requests", "request", "requests"
    kinds = frozenset({"request", "request_event", "agency", "ledger_entry", "letter", "document"})

    def __init__(self, session: CaseSession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._model: TableModel[RequestEntry] = TableModel(model.COLUMNS, lambda e: e.id, self)
        rows = RowFilter(self._model, self)
        view = ListView(rows, model.COLUMNS, "Requests", verbs="LAWSN")
        view.sortByColumn(model.CLOCK, Qt.SortOrder.AscendingOrder)
        self._titles: Mapping[str, str] = {}
        self.record = RequestRecord(session)
        self.none = NothingChosen("Choose a request to see its record.")
        self.detail = QStackedWidget()
        for page in (self.none, self.record):
            self.detail.addWidget(page)
        empty = EmptyState("No requests yet.", "New request…", self.new_item, icon="landmark")
        empty.button.setEnabled(not session.read_only)
        self.set_list(view, self.detail, empty)
        self.add_button = button("New request…", self.new_item, role="primary", icon="plus")
        self.add_button.setEnabled(not session.read_only)
        self.head.push(self.add_button)
        self.filter.add_menu(
            _STATUS, [Choice(LOOKS[each].word, each) for each in Status], several=True
        )
        for menu in (_AGENCY, _LAW):
            self.filter.add_menu(menu, [], several=True)
        self._connect()

    def _connect(self) -> None:
        view, record = self.view, self.record
        view.current_changed.connect(self._show_current)
        view.opened.connect(lambda _key: self.into_record())
        view.previewed.connect(lambda _key: self.into_record())
        view.delete_wanted.connect(self._delete)
        view.verb_wanted.connect(self._verb)
        record.timeline.document_wanted.connect(self.session.open_document)
        record.timeline.child_wanted.connect(lambda key: self.session.open_record("request", key))

    # Reading and showing.

    def load(self) -> None:
        case, now = self.session.case, today()
        self.read(lambda: model.entries(case, now), self._loaded)

    def _loaded(self, found: list[RequestEntry]) -> None:
        self._model.set_items(found)
        agencies = sorted({each.agency for each in found}, key=str.casefold)
        self.filter.set_choices(_AGENCY, [Choice(each, each) for each in agencies])
        known = {each.law_id: each.law_name for each in found if each.law_id}
        laws = sorted(known.items(), key=lambda pair: pair[1].casefold())
        self.filter.set_choices(_LAW, [Choice(name, key) for key, name in laws])
        self.shown()
        self._show_current(self.view.current())

    def filtered(self) -> None:
        asked = _Question(
            tuple(self.filter.words.casefold().split()),
            *(tuple(self.filter.values(each)) for each in (_STATUS, _AGENCY, _LAW)),
        )
        self.view.rows.set_test(asked.holds if self.filter.active else None)

    def flush(self) -> None:
        self.record.flush()

    def _show_current(self, key: str) -> None:
        if self._model.by_key(key) is None:
            self.detail.setCurrentWidget(self.none)
            return
        case, now = self.session.case, today()

        def work() -> tuple[RequestView, dict[str, str]]:
            view = deadlines.view(case, key, now)
            return view, model.titles(case, view)

        self.session.tasks.run(work, self._read, owner=self.record)

    def _read(self, found: tuple[RequestView, dict[str, str]]) -> None:
        view, titles = found
        if view.request.id != self.view.current():
            return
        self.record.show_request(view, titles)
        if self.detail.currentWidget() is self.none:
            self.detail.setCurrentWidget(self.record)

    def into_record(self) -> None:
        if self.detail.currentWidget() is self.record:
            clocks = self.record.clocks.view
            first = clocks if clocks.lines else self.record.timeline
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    # What can be done.

    def new_item(self) -> None:
        """Begin a new request."""

    def verbs(self) -> Sequence[Verb | None]:
        keys = self.view.chosen()
        entry = self._model.by_key(self.view.current())
        if entry is None:
            return ()
        return (
            ("Open record", self.into_record, True),
            ("Why this date?\tW", self.record.explain, bool(entry.clock)),
            None,
            ("Delete\tDel", lambda: self._delete(keys), not self.session.read_only),
        )

    def menu_for_chosen(self) -> QMenu | None:
        return super().menu_for_chosen()

    def _verb(self, letter: str, _keys: list[str]) -> None:
        if self.record.request_id != self.view.current():
            return
        if letter == "W":
            self.record.explain()

    def _delete(self, keys: list[str]) -> None:
        if self.session.read_only or not keys:
            return
        case = self.session.case
        self.edit(
            lambda: requests.delete(case, keys),
            f"{counted(len(keys), 'request')} moved to Trash",
        )
