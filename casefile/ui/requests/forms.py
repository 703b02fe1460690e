"""What stands beside the list of requests: the record, or the form that is open.

Each form is made when it is first wanted: together they are half the time that the screen would
take. What is typed and not kept is never lost: it survives the lock, and what was put aside when
another form opened is there again when the same is logged next.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from casefile.domain.changes import Change
from casefile.domain.clocks import Clock
from casefile.domain.laws import Law
from casefile.domain.requests import REPLIES, EventKind, RequestEvent
from casefile.services import requests
from casefile.services.deadlines import RequestView
from casefile.ui.lists.once import Once
from casefile.ui.lists.record import NothingChosen
from casefile.ui.lists.screen import OFFER_UNDO
from casefile.ui.models import requests as model
from casefile.ui.requests import work
from casefile.ui.requests.clock_form import ClockForm, ClockWish, Decision
from casefile.ui.requests.log_form import LogForm, LogWish
from casefile.ui.requests.new_request import NewRequest
from casefile.ui.requests.record import RequestRecord
from casefile.ui.requests.words import OWN
from casefile.ui.session import CaseSession

#: Names of drafts: of the forms that were open at the lock, and, by request, of what was put aside.
_EVENT, _CLOCK, _NEW, _NEW_WAS_OPEN = (
    "requests.log", "requests.clock", "requests.new", "requests.new.open",
)  # fmt: skip
_ASIDE = "requests.left"


class RequestForms(QStackedWidget):
    """``opened``: a form wants to be seen; ``left``: it was put away; ``added(id)``: there is a new
    request; ``decided``: a clock was decided on."""

    opened = Signal()
    left = Signal()
    added = Signal(str)
    decided = Signal()

    def __init__(
        self, session: CaseSession, record: RequestRecord, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._record = record
        self._none = NothingChosen("Choose a request to see its record.")
        self._once = Once(session, self)
        for page in (self._none, record):
            self.addWidget(page)

    @cached_property
    def log(self) -> LogForm:
        form = LogForm(self._session)
        form.wanted.connect(self._log)
        form.cancelled.connect(self._put_aside)
        form.cancelled.connect(self._leave)
        self.addWidget(form)
        return form

    @cached_property
    def clock(self) -> ClockForm:
        form = ClockForm()
        form.wanted.connect(self._decide)
        form.cancelled.connect(self._leave)
        self.addWidget(form)
        return form

    @cached_property
    def new(self) -> NewRequest:
        form = NewRequest()
        form.wanted.connect(self._add)
        form.cancelled.connect(self._leave_new)
        self.addWidget(form)
        return form

    @property
    def open_form(self) -> LogForm | ClockForm | NewRequest | None:
        shown = self.currentWidget()
        return shown if isinstance(shown, LogForm | ClockForm | NewRequest) else None

    def show_record(self) -> None:
        """The record, unless a form is open; nothing where no request has been read."""
        if self.open_form is None:
            self._to_record()

    def show_nothing(self) -> None:
        if self.open_form is None:
            self.setCurrentWidget(self._none)

    def _to_record(self) -> None:
        self.setCurrentWidget(self._record if self._record.view else self._none)

    # Beginning.

    def begin_new(self, agencies: Iterable[str], known: Sequence[Law]) -> None:
        """A new request, with what was typed before."""
        self._turn_to(self.new)
        self.new.begin(sorted(set(agencies)), known, self._session.draft(_NEW))

    def begin_log(
        self, view: RequestView, offered: Sequence[EventKind], kind: EventKind | None = None
    ) -> None:
        """Log one of the kinds ``offered``, with what was put aside of it."""
        self._turn_to(self.log)
        aside = self._aside(view, [kind] if kind else offered)

        def begin(draft: str = "") -> None:
            self.log.begin(view, offered, kind=kind, draft=draft)

        self._begin_with(aside, begin)

    def begin_change(self, view: RequestView, event: RequestEvent) -> None:
        """Change what was logged."""
        self._turn_to(self.log)
        aside = self._aside(view, [event.kind], event.id)

        def begin(draft: str = "") -> None:
            self.log.begin(view, REPLIES, event=event, draft=draft)

        self._begin_with(aside, begin)

    def begin_decision(
        self, view: RequestView, decision: Decision, clock: Clock | None = None, draft: str = ""
    ) -> None:
        self._turn_to(self.clock)
        self.clock.begin(view, decision, clock, draft)

    def offer_documents(self) -> None:
        """The documents that can be attached, to the form that is open: new ones may have come."""
        if isinstance(self.open_form, LogForm):
            case, request_id = self._session.case, self.log.request_id
            self._session.tasks.run(
                lambda: model.attachable(case, request_id),
                lambda found: self.log.offer_documents(*found),
                owner=self.log,
            )

    def _begin_with(self, aside: str, begin: Callable[..., None]) -> None:
        """With what was put aside, and the way to begin without it."""

        def afresh() -> None:
            self._forget_aside()
            begin()

        begin(aside)
        if aside:
            self.log.tell_again(afresh)
        self.offer_documents()

    def _turn_to(self, form: LogForm | ClockForm | NewRequest) -> None:
        self._once.afresh()
        if isinstance(self.open_form, LogForm):
            self._put_aside()
        self.opened.emit()
        self.setCurrentWidget(form)

    # What was typed.

    def flush(self) -> None:
        """Keep what is typed over the lock."""
        keep, form = self._session.keep_draft, self.open_form
        if isinstance(form, LogForm):
            keep(_EVENT, form.draft())
        elif isinstance(form, ClockForm):
            keep(_CLOCK, form.draft())
        elif isinstance(form, NewRequest):
            keep(_NEW, form.draft())
            keep(_NEW_WAS_OPEN, "open" if form.draft() else "")

    def was_adding(self) -> bool:
        """Whether a new request was being typed when the case locked; asked once."""
        was_open = bool(self._session.draft(_NEW_WAS_OPEN))
        self._session.keep_draft(_NEW_WAS_OPEN, "")
        return was_open

    def take_up(self, view: RequestView, known: Callable[[str], bool]) -> str:
        """Open the form that was open at the lock, if it is about this request; else the id of the
        request that it is about, if ``known``."""
        for name, take_up in ((_EVENT, self._take_up_event), (_CLOCK, self._take_up_decision)):
            draft = self._session.draft(name)
            kept = json.loads(draft) if draft else {}
            request_id = str(kept.get("request"))
            if request_id == view.request.id:
                self._session.keep_draft(name, "")
                take_up(view, draft, kept)
            elif known(request_id):
                return request_id
        return ""

    def _take_up_event(self, view: RequestView, draft: str, kept: dict[str, Any]) -> None:
        event = next((e for e in view.events if e.id == kept.get("event")), None)
        self._turn_to(self.log)
        self.log.begin(view, OWN if kept.get("own") else REPLIES, event=event, draft=draft)
        self.offer_documents()

    def _take_up_decision(self, view: RequestView, draft: str, kept: dict[str, Any]) -> None:
        decision, about = Decision(kept["decision"]), (kept["clock"], kept["letter"])
        started = ((c.rule.id, c.started_by.id if c.started_by else None) for c in view.clocks)
        found = dict(zip(started, view.clocks, strict=True)).get(about)
        if found is not None or decision is Decision.SNOOZE:
            self.begin_decision(view, decision, found, draft)

    def _put_aside(self) -> None:
        if self.log.has_words:
            self._session.keep_draft(f"{_ASIDE}.{self.log.request_id}", self.log.draft())

    def _aside(self, view: RequestView, kinds: Sequence[EventKind], event_id: str = "") -> str:
        """What was put aside of a request, if it is of these kinds, or about this event."""
        draft = self._session.draft(f"{_ASIDE}.{view.request.id}")
        kept = json.loads(draft) if draft else {}
        fits = kept.get("kind") in kinds and kept["event"] == event_id
        return draft if fits else ""

    def _forget_aside(self) -> None:
        self._session.keep_draft(f"{_ASIDE}.{self.log.request_id}", "")

    # Ending. A form stays, with the reason, where its edit cannot be made.

    def _add(self, values: dict[str, Any]) -> None:
        case = self._session.case

        def done(change: Change) -> None:
            self._session.keep_draft(_NEW, "")
            self._session.toast.emit("Request added", OFFER_UNDO)
            self.new.forget()
            self._leave()
            self.added.emit(change.ids("request")[0])

        self._once.edit(lambda: requests.add(case, **values), done, self.new.notice.show_error)

    def _log(self, wish: LogWish) -> None:
        def done(_change: Change) -> None:
            self._session.toast.emit(work.log_told(wish), OFFER_UNDO)
            self._forget_aside()
            self._leave()

        self._once.edit(work.log_work(self._session.case, wish), done, self.log.notice.show_error)

    def _decide(self, wish: ClockWish) -> None:
        def done(_change: Change) -> None:
            self._session.toast.emit(work.clock_told(wish), OFFER_UNDO)
            self._leave()
            if wish.clock:
                self.decided.emit()

        self._once.edit(
            work.clock_work(self._session.case, wish), done, self.clock.notice.show_error
        )

    def _leave_new(self) -> None:
        self._session.keep_draft(_NEW, self.new.draft())
        self._leave()

    def _leave(self) -> None:
        self._session.keep_draft(_EVENT, "")
        self._to_record()
        self.left.emit()
