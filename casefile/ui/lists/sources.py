"""Sources: who talks, under which terms; confidential ones by code name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget

from casefile.domain.changes import Change
from casefile.domain.people import Terms
from casefile.services import sources
from casefile.ui import icons
from casefile.ui.lists.filter_bar import Choice
from casefile.ui.lists.menus import Verb
from casefile.ui.lists.new_source import NewSource, SourceWish
from casefile.ui.lists.once import Once
from casefile.ui.lists.record import NothingChosen
from casefile.ui.lists.screen import ListScreen
from casefile.ui.lists.source_record import SourceRecord
from casefile.ui.lists.view import ListView
from casefile.ui.models import gather
from casefile.ui.models import sources as model
from casefile.ui.models.sources import SourceEntry
from casefile.ui.models.table import RowFilter, TableModel
from casefile.ui.models.words import counted, isolate, terms_words
from casefile.ui.parts import EmptyState, button, set_tip
from casefile.ui.session import CaseSession

_DRAFT = "sources.new"
_TERMS, _KIND = "Terms", "Kind"


@dataclass(frozen=True, slots=True)
class _Question:
    """What the filter asks for."""

    words: str
    terms: tuple[str, ...]
    kind: str | None

    def holds(self, entry: object) -> bool:
        if not isinstance(entry, SourceEntry):
            return False
        source = entry.source
        kinds = {
            "confidential": source.confidential,
            "named": not source.confidential,
            "organisation": source.organisation,
        }
        where = model.search_words(entry)
        return (
            (not self.terms or source.terms in self.terms)
            and (self.kind is None or kinds[self.kind])
            and all(word in where for word in self.words.casefold().split())
        )


class SourcesScreen(ListScreen):
    """The list of sources, the record of the current one, and the form for a new one."""

    name, one, many = "Sources", "source", "sources"
    kinds = frozenset({"source", "quote"})

    def __init__(self, session: CaseSession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._model: TableModel[SourceEntry] = TableModel(model.COLUMNS, lambda e: e.id, self)
        rows = RowFilter(self._model, self)
        self._spoken: gather.Spoken = {}
        view = ListView(rows, model.COLUMNS, "Sources")
        view.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self.record = SourceRecord(session.read_only)
        self.form = NewSource()
        self.none = NothingChosen("Choose a source to see its record.")
        self.detail = QStackedWidget()
        for page in (self.none, self.record, self.form):
            self.detail.addWidget(page)
        empty = EmptyState("No sources yet.", "Add source", self.new_item, icon="users")
        empty.button.setEnabled(not session.read_only)
        self.set_list(view, self.detail, empty)
        self._build_head()
        self._connect()

    def _build_head(self) -> None:
        self.names = QPushButton()
        self.names.setCheckable(True)
        self.names.setAutoDefault(False)
        icons.set_icon(self.names, "eye-off")
        set_tip(self.names, "Show or hide real names in the record (Ctrl+Shift+H)")
        self.names.toggled.connect(self._show_names)
        key = QShortcut(QKeySequence("Ctrl+Shift+H"), self)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(self.names.toggle)
        self._show_names(shown=False)
        self.add_button = button("Add source", self.new_item, role="primary", icon="plus")
        self.add_button.setEnabled(not self.session.read_only)
        self.head.push(self.names)
        self.head.push(self.add_button)
        self.filter.add_menu(
            _TERMS, [Choice(terms_words(terms), terms) for terms in Terms], several=True
        )
        self.filter.add_menu(
            _KIND,
            [
                Choice("Confidential", "confidential"),
                Choice("Named", "named"),
                Choice("Organisation", "organisation"),
            ],
        )

    def _connect(self) -> None:
        self.view.current_changed.connect(self._show_current)
        self.view.opened.connect(lambda _key: self._into_record())
        self.view.previewed.connect(lambda _key: self._into_record())
        self.view.rename_wanted.connect(lambda _key: self._into_record())
        self.view.delete_wanted.connect(self._delete)
        self.record.edited.connect(self._save)
        self.record.delete_wanted.connect(lambda: self._delete([self.record.source_id]))
        self.record.quote_wanted.connect(lambda key: self.session.open_record("quote", key))
        self.form.wanted.connect(self._add)
        self._once = Once(self.session, self)
        self.form.cancelled.connect(self._leave_form)

    # Reading and showing.

    def load(self) -> None:
        case = self.session.case
        self.read(lambda: gather.sources_and_quotes(case), self._loaded)

    def _loaded(self, found: tuple[list[SourceEntry], gather.Spoken]) -> None:
        entries, self._spoken = found
        self._model.set_items(entries)
        self.shown()
        self._show_current(self.view.current())
        if self.session.draft(_DRAFT) and self.detail.currentWidget() is not self.form:
            self.new_item()

    def filtered(self) -> None:
        asked = _Question(
            self.filter.words, tuple(self.filter.values(_TERMS)), self.filter.value(_KIND)
        )
        self.view.rows.set_test(asked.holds if self.filter.active else None)

    def flush(self) -> None:
        self.record.flush()
        adding = self.detail.currentWidget() is self.form
        self.session.keep_draft(_DRAFT, self.form.draft() if adding else "")

    def _show_current(self, key: str) -> None:
        if self.detail.currentWidget() is self.form and self.form.isVisible():
            return
        entry = self._model.by_key(key)
        if entry is None:
            self.detail.setCurrentWidget(self.none)
        else:
            self.record.show_source(entry.source, self._spoken.get(key, ()))
            self.detail.setCurrentWidget(self.record)

    def _into_record(self) -> None:
        if self.detail.currentWidget() is self.record:
            first = self.record.code_name if self.record.code_name.isVisible() else self.record.name
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_names(self, shown: bool) -> None:
        self.names.setText("Names: shown" if shown else "Names: hidden")
        icons.set_icon(self.names, "eye" if shown else "eye-off")
        self.record.show_names(shown)

    # Adding, changing, deleting.

    def new_item(self) -> None:
        if self.session.read_only:
            return
        case = self.session.case
        self.session.tasks.run(lambda: sources.new_code_name(case), self._begin, owner=self)

    def _begin(self, suggested: str) -> None:
        self._turn_to(self.splitter)
        self.detail.setCurrentWidget(self.form)
        self.form.begin(suggested, self.session.draft(_DRAFT))

    def _leave_form(self) -> None:
        self._forget_form()
        self._show_current(self.view.current())
        self.shown()
        self.focus_list()

    def _forget_form(self) -> None:
        self.session.keep_draft(_DRAFT, "")
        self.form.forget()
        self.detail.setCurrentWidget(self.none)

    def _add(self, wish: SourceWish) -> None:
        case = self.session.case

        def work() -> Change:
            return sources.add(
                case,
                name=wish.name,
                code_name=wish.code_name,
                confidential=wish.confidential,
                organisation=wish.organisation,
                terms=wish.terms,
            )

        self._once.edit(work, self._added, self.form.notice.show_error)

    def _added(self, change: Change) -> None:
        self._forget_form()
        self.show_record(change.ids("source")[0])
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self, field: str, value: object) -> None:
        case, source_id = self.session.case, self.record.source_id
        entry = self._model.by_key(source_id)
        if entry is None:
            return
        told = ""
        values: dict[str, Any] = {field: value}
        if field == "confidential" and not value:
            told = f"{isolate(entry.source.label)} is no longer confidential: the name now shows"
        needs_code = field == "confidential" and value and not entry.source.code_name

        def work() -> Change:
            if needs_code:
                values["code_name"] = sources.new_code_name(case)
            return sources.edit(case, source_id, **values)

        self.edit(work, told)

    def _delete(self, keys: list[str]) -> None:
        if self.session.read_only or not keys:
            return
        case = self.session.case
        self.edit(
            lambda: sources.delete(case, keys),
            f"{counted(len(keys), 'source')} moved to Trash",
        )

    def verbs(self) -> Sequence[Verb | None]:
        keys = self.view.chosen()
        return (
            ("Open record", self._into_record, True),
            None,
            ("Delete\tDel", lambda: self._delete(keys), not self.session.read_only),
        )
