"""Requests: what was asked of whom, which clock runs, what comes next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from casefile.domain.changes import Change
from casefile.domain.clocks import Clock
from casefile.domain.laws import Law
from casefile.domain.request_status import AWAITED, NextStep, Status
from casefile.domain.requests import ABOUT_CLOCKS, REPLIES, EventKind
from casefile.services import deadlines, forecast, laws, request_events, requests
from casefile.services.deadlines import RequestView
from casefile.ui.lists.filter_bar import Choice
from casefile.ui.lists.menus import Verb
from casefile.ui.lists.screen import ListScreen
from casefile.ui.lists.view import ListView
from casefile.ui.models import requests as model
from casefile.ui.models.requests import RequestEntry
from casefile.ui.models.table import RowFilter, TableModel
from casefile.ui.models.words import counted, today
from casefile.ui.parts import EmptyState, button
from casefile.ui.requests import work
from casefile.ui.requests.clock_form import ClockForm, Decision
from casefile.ui.requests.clock_list import FACT, GIVE_UP, SET
from casefile.ui.requests.forms import RequestForms
from casefile.ui.requests.hand_out import HandOut
from casefile.ui.requests.log_form import LogForm
from casefile.ui.requests.new_request import NewRequest
from casefile.ui.requests.record import RequestRecord
from casefile.ui.requests.words import LOOKS, OWN, STEPS
from casefile.ui.session import CaseSession

_DECIDED = "A decision is not changed: Del takes it away, then decide again on the clock."
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
        self._part_wanted = ""
        self.record = RequestRecord(session)
        self.detail = RequestForms(session, self.record)
        empty = EmptyState("No requests yet.", "New request…", self.new_item, icon="landmark")
        empty.button.setEnabled(not session.read_only)
        self.set_list(view, self.detail, empty)
        self.add_button = button("New request…", self.new_item, role="primary", icon="plus")
        self.add_button.setEnabled(not session.read_only)
        self.hand_out = HandOut(session, self, self.notice)
        self.calendar_button = button(
            "Calendar", lambda: session.show_place("calendar"), icon="calendar"
        )
        for made in (self.calendar_button, self.hand_out.button, self.add_button):
            self.head.push(made)
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
        record.step_wanted.connect(self.take_step)
        record.reply_wanted.connect(self.log_reply)
        record.own_wanted.connect(self.log_own)
        record.snooze_wanted.connect(self.snooze)
        record.clock_asked.connect(self._decide)
        record.section_made.connect(self._section_made)
        timeline = record.timeline
        timeline.document_wanted.connect(self.session.open_document)
        timeline.child_wanted.connect(lambda key: self.session.open_record("request", key))
        timeline.edit_wanted.connect(self._edit_event)
        timeline.delete_wanted.connect(self._delete_event)

        forms = self.detail
        forms.opened.connect(lambda: self._turn_to(self.splitter))
        forms.left.connect(self._left)
        forms.added.connect(self.show_record)
        forms.decided.connect(self.into_record)

    @property
    def log_form(self) -> LogForm:
        return self.detail.log

    @property
    def clock_form(self) -> ClockForm:
        return self.detail.clock

    @property
    def new_form(self) -> NewRequest:
        return self.detail.new

    def _section_made(self, made: QWidget) -> None:
        """Connect what a section asks for (``sections``)."""
        for name, slot in (
            ("log_wanted", self._log_kind),
            ("draft_wanted", self._draft),
            ("edit_wanted", self._edit_event),
            ("delete_wanted", self._delete_event),
        ):
            signal = getattr(made, name, None)
            if signal is not None:
                signal.connect(slot)

    # Reading and showing.

    def load(self) -> None:
        case, now = self.session.case, today()

        def work() -> tuple[list[RequestEntry], list[Choice], list[Choice]]:
            found = model.entries(case, now)
            return found, _agencies(found), _laws(found)

        self.read(work, self._loaded)

    def _loaded(self, read: tuple[list[RequestEntry], list[Choice], list[Choice]]) -> None:
        found, agencies, laws = read
        self._model.set_items(found)
        self.filter.set_choices(_AGENCY, agencies)
        self.filter.set_choices(_LAW, laws)
        self.shown()
        self._show_current(self.view.current())
        if self.detail.was_adding():
            self.new_item()

    def apply_change(self, change: Change) -> None:
        super().apply_change(change)
        if "document" in change.kinds:
            self.detail.offer_documents()  # files dropped on the form may have come in

    def filtered(self) -> None:
        asked = _Question(
            tuple(self.filter.words.casefold().split()),
            *(tuple(self.filter.values(each)) for each in (_STATUS, _AGENCY, _LAW)),
        )
        self.view.rows.set_test(asked.holds if self.filter.active else None)

    def flush(self) -> None:
        self.record.flush()
        self.detail.flush()

    def place(self) -> dict[str, str]:
        return {**super().place(), "part": self.record.part}

    def restore(self, place: Mapping[str, object]) -> None:
        part = place.get("part")
        self._part_wanted = part if isinstance(part, str) else ""
        super().restore(place)

    def turn_to(self, part: str) -> None:
        """Show this section of the request that is shown next."""
        self._part_wanted = part

    def shown(self) -> None:
        super().shown()
        if isinstance(self.detail.open_form, NewRequest):
            self._turn_to(self.splitter)  # a first request is begun beside an empty list

    def _show_current(self, key: str) -> None:
        if self._model.by_key(key) is None:
            self.detail.show_nothing()
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
        self._look_ahead(view)
        if self._part_wanted:
            self.record.section(self._part_wanted)
            self._part_wanted = ""
        if self.detail.open_form is None:
            self.detail.show_record()
            other = self.detail.take_up(view, lambda key: self._model.by_key(key) is not None)
            if other:
                self.show_record(other)

    def _look_ahead(self, view: RequestView) -> None:
        """What the agency took before: read apart, for it looks at every request to it."""
        case, request_id, now = self.session.case, view.request.id, today()
        if view.status not in AWAITED:
            self.record.show_expected(request_id, "")
            return

        def work() -> str:
            told = forecast.sentence(forecast.of_request(case, request_id, now))
            return f"From experience, beside the legal date: {told}"

        def show(words: str) -> None:
            self.record.show_expected(request_id, words)

        self.session.tasks.run(work, show, owner=self.record)

    def into_record(self) -> None:
        if self.detail.currentWidget() is self.record:
            clocks = self.record.clocks.view
            first = clocks if clocks.lines else self.record.timeline
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    # What can be done.

    def new_item(self) -> None:
        """Open the form for a new request, with what was typed before."""
        if self.session.read_only:
            return
        self.session.tasks.run(laws.every, self._begin_new, owner=self)

    def _begin_new(self, known: tuple[Law, ...]) -> None:
        self.detail.begin_new((each.agency for each in self._model.items), known)

    def log_reply(self) -> None:
        self._begin_log(REPLIES)

    def log_own(self) -> None:
        self._begin_log(OWN)

    def take_step(self) -> None:
        """What comes next: a letter where there is a place for letters, else the form to log it."""
        view = self._current_view()
        if view is None or self.session.read_only:
            return
        step = view.next_step
        if step is NextStep.TELL_FACT:
            self._decide(FACT, self.record.clocks.first_asking())
            return
        draft = work.DRAFTS.get(step)
        if draft and self._draft(draft):
            return
        kind = work.answer_kind(view) if step is NextStep.ANSWER else work.LOGS.get(step)
        if kind is not None:
            self._begin_log(OWN, kind)

    def _draft(self, kind: str) -> bool:
        """Begin a letter, where the record has a place for letters."""
        begin = getattr(self.record.section("letters"), "begin", None)
        if callable(begin):
            self.detail.setCurrentWidget(self.record)
            begin(kind)
        return callable(begin)

    def _log_kind(self, kind: EventKind) -> None:
        self._begin_log(REPLIES if kind in REPLIES else OWN, kind)

    def snooze(self) -> None:
        view = self._current_view()
        if view is not None and view.late_since is not None and not self.session.read_only:
            self.detail.begin_decision(view, Decision.SNOOZE)

    def _current_view(self) -> RequestView | None:
        """The request that is current, once it has been read."""
        view = self.record.view
        return view if view is not None and view.request.id == self.view.current() else None

    def _begin_log(self, offered: Sequence[EventKind], kind: EventKind | None = None) -> None:
        view = self._current_view()
        if view is not None and not self.session.read_only:
            self.detail.begin_log(view, offered, kind)

    def _edit_event(self, event_id: str) -> None:
        view = self._current_view()
        event = next((e for e in view.events if e.id == event_id), None) if view else None
        if view is None or event is None or self.session.read_only:
            return
        if event.kind in ABOUT_CLOCKS:
            self.session.toast.emit(_DECIDED, False)  # noqa: FBT003 - there is nothing to undo
            return
        self.detail.begin_change(view, event)

    def _delete_event(self, key: str) -> None:
        if self.session.read_only:
            return
        case, event_id = self.session.case, self.record.timeline.event_id(key)
        self.edit(lambda: request_events.delete(case, event_id), "Event deleted")

    def _decide(self, letter: str, clock: Clock | None) -> None:
        view = self._current_view()
        if view is not None and clock is not None:
            decisions = {SET: Decision.SET, GIVE_UP: Decision.GIVE_UP, FACT: Decision.ANSWER}
            self.detail.begin_decision(view, decisions[letter], clock)

    def _left(self) -> None:
        """A form was put away."""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_current(self.view.current())
        self.shown()

    def verbs(self) -> Sequence[Verb | None]:
        keys = self.view.chosen()
        entry = self._model.by_key(self.view.current())
        if entry is None:
            return ()
        editable = not self.session.read_only
        step = STEPS[entry.step]
        verbs: list[Verb | None] = [(f"{step}…\tN", self.take_step, editable)] if step else []
        late = entry.status is Status.OVERDUE
        return (
            *verbs,
            ("Log reply…\tL", self.log_reply, editable),
            ("Log what you did…\tA", self.log_own, editable),
            ("Why this date?\tW", self.record.explain, bool(entry.clock)),
            ("Look again later…\tS", self.snooze, editable and late),
            ("Open record", self.into_record, True),
            None,
            ("Delete\tDel", lambda: self._delete(keys), editable),
        )

    def _verb(self, letter: str, _keys: list[str]) -> None:
        acts = {
            "L": self.log_reply,
            "A": self.log_own,
            "N": self.take_step,
            "S": self.snooze,
            "W": self.record.explain,
        }
        if self._current_view() is not None:
            acts[letter]()

    def _delete(self, keys: list[str]) -> None:
        if self.session.read_only or not keys:
            return
        case = self.session.case
        self.edit(
            lambda: requests.delete(case, keys),
            f"{counted(len(keys), 'request')} moved to Trash",
        )


def _agencies(found: Sequence[RequestEntry]) -> list[Choice]:
    names = sorted({each.agency for each in found}, key=str.casefold)
    return [Choice(each, each) for each in names]


def _laws(found: Sequence[RequestEntry]) -> list[Choice]:
    one_of_each = {each.law_id: each for each in found if each.law_id}
    named = sorted(one_of_each.values(), key=lambda each: each.law_name.casefold())
    return [Choice(each.law_name, each.law_id) for each in named]
