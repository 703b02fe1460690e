"""Quotes: every captured word of the case, who said it, where it stands, how sure it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from casefile.domain.changes import Change
from casefile.domain.people import Source
from casefile.domain.quotes import QuoteState
from casefile.services import quoting
from casefile.ui.lists.conversation_form import ConversationForm, ConversationWish
from casefile.ui.lists.filter_bar import Choice
from casefile.ui.lists.menus import Verb
from casefile.ui.lists.once import Once
from casefile.ui.lists.quote_copy import copy_with_citation
from casefile.ui.lists.quote_record import QuoteRecord
from casefile.ui.lists.record import NothingChosen
from casefile.ui.lists.screen import ListScreen
from casefile.ui.lists.state_tabs import StateTabs
from casefile.ui.lists.view import ListView
from casefile.ui.models import gather
from casefile.ui.models import quotes as model
from casefile.ui.models.quotes import QuoteEntry, QuoteQuestion
from casefile.ui.models.table import RowFilter, TableModel
from casefile.ui.models.words import counted, state_words
from casefile.ui.parts import EmptyState, button
from casefile.ui.session import CaseSession

_DRAFT = "quotes.conversation"
_SPEAKER = "Speaker"


class QuotesScreen(ListScreen):
    """The list of quotes by state, the record of the current one, and the form for a new one."""

    name, one, many = "Quotes", "quote", "quotes"
    kinds = frozenset({"quote", "source", "document"})

    def __init__(self, session: CaseSession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._model: TableModel[QuoteEntry] = TableModel(model.COLUMNS, lambda e: e.id, self)
        self._speakers: list[Source] = []
        self._state: QuoteState | None = None
        view = ListView(RowFilter(self._model, self), model.COLUMNS, "Quotes", least=36)
        view.sortByColumn(model.ADDED, Qt.SortOrder.DescendingOrder)
        self.record = QuoteRecord(session.read_only)
        self.form = ConversationForm()
        self.none = NothingChosen("Choose a quote to see where it stands.")
        self.detail = QStackedWidget()
        for page in (self.none, self.record, self.form):
            self.detail.addWidget(page)
        empty = EmptyState(
            "No quotes yet. Select words on a page and press Q, or add one from a conversation.",
            "Add conversation quote",
            self.new_item,
            icon="quote",
        )
        empty.button.setEnabled(not session.read_only)
        self.set_list(view, self.detail, empty)
        self.tabs = StateTabs()
        self.above.addWidget(self.tabs)
        self.add_button = button("Add conversation quote", self.new_item, icon="plus")
        self.add_button.setEnabled(not session.read_only)
        self.head.push(self.add_button)
        self.filter.add_menu(_SPEAKER, [])
        self._connect()

    def _connect(self) -> None:
        self.tabs.chosen.connect(self._choose_state)
        self.view.current_changed.connect(self._show_current)
        self.view.opened.connect(self._open_page)
        self.view.previewed.connect(lambda _key: self._into_record())
        self.view.rename_wanted.connect(lambda _key: self._into_record())
        self.view.delete_wanted.connect(self._delete)
        self.record.edited.connect(self._save)
        self.record.state_wanted.connect(self._set_state)
        self.record.page_wanted.connect(lambda: self._open_page(self.record.quote_id))
        self.record.copy_wanted.connect(lambda: self._copy([self.record.quote_id]))
        self.record.delete_wanted.connect(lambda: self._delete([self.record.quote_id]))
        self.form.wanted.connect(self._add)
        self._once = Once(self.session, self)
        self.form.cancelled.connect(self._leave_form)

    # Reading and showing.

    def load(self) -> None:
        case = self.session.case
        self.read(lambda: gather.quotes_and_speakers(case), self._loaded)

    def _loaded(self, found: tuple[list[QuoteEntry], list[Source]]) -> None:
        entries, self._speakers = found
        self.filter.set_choices(
            _SPEAKER,
            [
                Choice(source.label, source.id)
                for source in sorted(self._speakers, key=lambda s: s.label.casefold())
            ],
        )
        self.record.offer_speakers(self._speakers)
        self._model.set_items(entries)
        self.tabs.setVisible(bool(entries))
        self.shown()
        self._count_states()
        self._show_current(self.view.current())
        if self.session.draft(_DRAFT) and self.detail.currentWidget() is not self.form:
            self.new_item()

    def _question(self) -> QuoteQuestion:
        return QuoteQuestion(self.filter.words, self._state, self.filter.value(_SPEAKER))

    def filtered(self) -> None:
        asked = self._question()
        self.view.rows.set_test(None if asked.empty else asked.holds)  # type: ignore[arg-type]
        self._count_states()

    def _count_states(self) -> None:
        asked = self._question()
        self.tabs.count(
            Counter(
                entry.quote.state
                for entry in self._model.items
                if asked.holds(entry, with_state=False)
            )
        )

    def _choose_state(self, state: QuoteState | None) -> None:
        self._state = state
        self._filtered()

    def _clear_filters(self) -> None:
        self.tabs.choose(None)
        self._state = None
        super()._clear_filters()
        self._filtered()
        self.focus_list()

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
            self.record.show_quote(entry)
            self.detail.setCurrentWidget(self.record)

    def _into_record(self) -> None:
        if self.detail.currentWidget() is self.record:
            self.record.state.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_page(self, key: str) -> None:
        entry = self._model.by_key(key)
        if entry is None:
            return
        quote = entry.quote
        if quote.document_id:
            self.session.open_document(quote.document_id, quote.page, None, quote.quads)
        else:
            self._into_record()

    # Adding, changing, deleting.

    def new_item(self) -> None:
        if self.session.read_only:
            return
        case = self.session.case
        self.session.tasks.run(lambda: quoting.last_speaker(case), self._begin, owner=self)

    def _begin(self, last: str | None) -> None:
        self._turn_to(self.splitter)
        self.detail.setCurrentWidget(self.form)
        self.form.begin(self._speakers, last, self.session.draft(_DRAFT))

    def _leave_form(self) -> None:
        self.session.keep_draft(_DRAFT, "")
        self.detail.setCurrentWidget(self.none)
        self._show_current(self.view.current())
        self.shown()
        self.focus_list()

    def _add(self, wish: ConversationWish) -> None:
        case = self.session.case

        def work() -> Change:
            return quoting.add_from_conversation(
                case,
                wish.text,
                source_id=wish.source_id,
                spoken_on=wish.spoken_on,
                terms=wish.terms,
            )

        self._once.edit(work, self._added, self.form.notice.show_error)

    def _added(self, change: Change) -> None:
        self.session.keep_draft(_DRAFT, "")
        self.detail.setCurrentWidget(self.none)
        self.show_record(change.ids("quote")[0])
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self, field: str, value: object) -> None:
        case, quote_id = self.session.case, self.record.quote_id
        if not quote_id:
            return
        values: dict[str, Any] = {field: value}
        self.edit(lambda: quoting.edit(case, quote_id, **values))

    def _set_state(self, state: QuoteState, method: str = "", day: str = "") -> None:
        self._set_states([self.record.quote_id], state, method, day)

    def _set_states(
        self, keys: list[str], state: QuoteState, method: str = "", day: str = ""
    ) -> None:
        case = self.session.case
        told = f"{counted(len(keys), 'quote')}: {state_words(state).lower()}"
        self.edit(lambda: quoting.set_state(case, keys, state, method, day), told)

    def _delete(self, keys: list[str]) -> None:
        if self.session.read_only or not keys:
            return
        case = self.session.case
        self.edit(
            lambda: quoting.delete(case, keys), f"{counted(len(keys), 'quote')} moved to Trash"
        )

    def _copy(self, keys: list[str]) -> None:
        copy_with_citation(self.session, keys, self.notice)

    def verbs(self) -> Sequence[Verb | None]:
        keys = self.view.chosen()
        entry = self._model.by_key(self.view.current())
        editable = not self.session.read_only
        on_page = entry is not None and entry.quote.document_id is not None
        verbs: list[Verb | None] = [
            ("Open page", lambda: self._open_page(self.view.current()), on_page),
            ("Copy with citation", lambda: self._copy(keys), True),
            ("Verify…", self.record.begin_verify, editable and len(keys) == 1),
            None,
        ]
        verbs += [
            (f"Set to {state_words(state)}", self._setter(keys, state), editable)
            for state in QuoteState
            if state is not QuoteState.VERIFIED
        ]
        verbs += [None, ("Delete\tDel", lambda: self._delete(keys), editable)]
        return verbs

    def _setter(self, keys: list[str], state: QuoteState) -> Any:
        return lambda: self._set_states(keys, state)
