"""Logs what happened to a request: what it is, its dates, and what follows from it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from casefile.domain.clock_pauses import who_must_act
from casefile.domain.clock_words import clock_name, ground_words
from casefile.domain.laws import ClockKind
from casefile.domain.requests import REPLIES, EventKind, RequestEvent
from casefile.ui.lists.record import Record
from casefile.ui.models.words import day, today, visible
from casefile.ui.parts import Notice, button, label
from casefile.ui.requests import kinds
from casefile.ui.requests import log_fields as made
from casefile.ui.requests.attachments import Attachments
from casefile.ui.requests.kind_list import KindList
from casefile.ui.requests.log_fields import Field, Value
from casefile.ui.requests.words import EVENTS, OWN, PARTIES

if TYPE_CHECKING:
    from casefile.services.deadlines import RequestView
    from casefile.ui.session import CaseSession

_NOT_PAGES = "That is no number of pages."
_NOT_MONEY = "That is no amount."
_AGAIN = "What you typed before is here again."
#: What a reporter types; all else is suggested or chosen in one step.
_TYPED = ("agency", "number", "pages", "bates_first", "bates_last", "amount", "proof", "person",
          "note")  # fmt: skip
#: Fields of the form that are no field of an event.
_OF_CHILD = {"agency": "agency", "number": "tracking_number"}


@dataclass(frozen=True, slots=True)
class LogWish:
    """What to log of a request; ``event_id`` is the event that is changed, if it is not new."""

    request_id: str
    kind: EventKind
    event_id: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)


class LogForm(Record):
    """``wanted(LogWish)`` with Ctrl+Enter or the button, ``cancelled`` with Esc."""

    wanted = Signal(object)
    cancelled = Signal()

    def __init__(self, session: CaseSession, parent: QWidget | None = None) -> None:
        super().__init__("Log an event", parent)
        self._view: RequestView | None = None
        self._event_id = ""
        self._untouched = ""
        self._grounds: frozenset[str] = frozenset()
        self._fields: dict[str, Field] = {}
        self.heading = label("", "heading")
        self.column.addWidget(self.heading)
        self.again = Notice("done")
        self.column.addWidget(self.again)
        self.kinds = KindList()
        self.add("What is it?", self.kinds)
        self.what = label("", "muted")
        self.column.addWidget(self.what)
        self._add_dates()
        self._add_matters()
        self._add_ways(session)
        self.notice = Notice("danger")
        self.column.addSpacing(8)
        self.column.addWidget(self.notice)
        self.log_button = button("Log", self._log, role="primary", tip="Ctrl+Enter")
        self.add_plain(self.log_button, button("Cancel", self.cancelled.emit), space=12)
        self.column.addStretch(1)
        self.kinds.chosen.connect(self._kind_chosen)
        self.kinds.entered.connect(self._into_fields)
        self.ground.chosen.connect(lambda _value: self._tell_pause())
        self.disagree.toggled.connect(lambda _on: self._tell_pause())

    def _put(self, name: str, pair: tuple[Field, Any]) -> Any:
        self._fields[name] = pair[0]
        self.column.addWidget(pair[0].box)
        return pair[1]

    def _add_dates(self) -> None:
        self.dated = self._put("dated", made.day_field("Date on the letter"))
        self.sent = self._put("sent", made.day_field("Sent"))
        self.received = self._put("received", made.day_field("Received"))
        self.after_hours = self._put(
            "after_hours",
            made.tick_field("After the office had closed: a working day later"),
        )

    def _add_matters(self) -> None:
        self.appeal = self._put("appeal_offered", made.appeal_field())
        self.outcome = self._put("outcome", made.outcome_field())
        self.agency = self._put("agency", made.line_field("Agency that has the records now"))
        self.number = self._put("number", made.line_field("Its number, if the letter names it"))
        self.pages = self._put("pages", made.number_field("Pages", _NOT_PAGES))
        self.first = self._put("bates_first", made.line_field("First Bates number"))
        self.last = self._put("bates_last", made.line_field("Last Bates number"))
        self.amount = self._put("amount", made.money_field("Amount", _NOT_MONEY))
        self.currency = self._put("currency", made.line_field("Currency", "USD"))
        self.clock = self._put("clock", made.choice_field("Which extension"))
        self.until = self._put("until", made.day_field("New date"))
        self.ground = self._put("ground", made.choice_field("Does it stop the clock?"))
        self.disagree = self._put(
            "disagree", made.tick_field("The agency claims it, I do not agree")
        )
        self.pause = label("", "body")
        self.column.addWidget(self.pause)
        self.limit = self._put("limit_on", made.day_field("Limit for you, printed in the letter"))
        self.answers = self._put("answers", made.choice_field("It answers", None))

    def _add_ways(self, session: CaseSession) -> None:
        self.way = self._put("way", made.ways_field())
        self.proof = self._put(
            "proof", made.line_field("Proof", "Portal number, post receipt, saved mail")
        )
        self.person = self._put("person", made.line_field("Who at the agency"))
        self.note = self._put("note", made.text_field("Note"))
        self.documents = Attachments(session)
        self.setAcceptDrops(not session.read_only)
        self.add("Documents", self.documents)

    # Beginning.

    def begin(
        self,
        view: RequestView,
        offered: Sequence[EventKind],
        *,
        kind: EventKind | None = None,
        event: RequestEvent | None = None,
        draft: str = "",
    ) -> None:
        """Start afresh among the kinds ``offered``, with ``event`` to be changed, or with what was
        typed before the lock."""
        self._view = view
        self._event_id = event.id if event is not None else ""
        agency = visible(view.request.agency)
        of_agency = offered and offered[0] in REPLIES
        words = f"Log a reply of {agency}" if of_agency else f"Log what you did: {agency}"
        self.heading.setText(words if event is None else f"Change what happened: {agency}")
        self.log_button.setText("Log" if event is None else "Change")
        self.notice.clear()
        self.again.clear()
        for name in ("dated", "sent", "received"):
            self._fields[name].load(None)
        self._offer_clocks(view)
        kept = _read(draft)
        values: dict[str, Any] = kept.get("values") or _values_of(event) or {}
        self._load(values)
        attached = event.documents if event is not None and not kept else kept.get("documents", ())
        self.documents.begin(attached)
        wanted = event.kind if event is not None else kind or _kind(kept.get("kind"), offered)
        self.kinds.offer([wanted] if event is not None and wanted else offered)
        self.kinds.choose(wanted or offered[0])
        if values:
            self._load(values)
        self._tell_pause()
        self._untouched = "" if draft else self._state()
        self.kinds.setFocus(Qt.FocusReason.OtherFocusReason)

    def tell_again(self, afresh: Callable[[], object]) -> None:
        """Say that this was begun before; ``afresh`` empties the form."""
        self.again.show_words(_AGAIN)
        self.again.offer("Start afresh", afresh)

    @property
    def has_words(self) -> bool:
        """Whether more would be lost than a choice and the dates that were suggested."""
        values = json.loads(self._state() or "{}")
        typed = values.get("values", {})
        return bool(self.draft() and (values["documents"] or any(typed.get(n) for n in _TYPED)))

    def draft(self) -> str:
        """What was typed, for after the lock; nothing where nothing was."""
        state = self._state()
        return state if state != self._untouched else ""

    def _state(self) -> str:
        kind, view = self.kinds.kind, self._view
        if kind is None or view is None:
            return ""
        values: dict[str, Value] = {}
        for name, each in self._fields.items():
            try:
                values[name] = each.read()
            except ValueError:
                continue
        own = kind not in REPLIES
        return json.dumps(
            {"request": view.request.id, "event": self._event_id, "own": own, "kind": kind.value,
             "values": values, "documents": list(self.documents.ids)}
        )  # fmt: skip

    @property
    def request_id(self) -> str:
        return self._view.request.id if self._view else ""

    def offer_documents(self, titles: Mapping[str, str], names: Mapping[str, str]) -> None:
        """The documents of the case, title and file name by id."""
        self.documents.offer(titles, names)

    def _offer_clocks(self, view: RequestView) -> None:
        rules = [r for r in (view.law.clocks if view.law else ()) if r.kind is ClockKind.EXTENSION]
        self.clock.offer([(clock_name(r).capitalize(), r.id, "", "") for r in rules])
        headline = view.law.headline if view.law else ""
        first = [r.id for r in rules if r.adds_to == headline] or [r.id for r in rules]
        self.clock.load(first[0] if first else None)

    def _load(self, values: Mapping[str, Value]) -> None:
        for name, each in self._fields.items():
            if name in values:
                each.load(values[name])
            elif name not in ("dated", "sent", "received", "clock", "ground"):
                each.load(None)

    # What is asked.

    def _kind_chosen(self, kind: EventKind) -> None:
        view = self._view
        if view is None:
            return
        asked = kinds.fields_of(kind)
        shown = asked | ({"bates_first", "bates_last"} if "pages" in asked else set())
        shown |= {"currency"} if "amount" in asked else set()
        shown |= {"number"} if "agency" in asked else set()
        shown |= {"disagree"} if "ground" in asked else set()
        self._offer_grounds(kind, view)
        self._offer_answers(kind, view)
        for name, each in self._fields.items():
            each.box.setVisible(
                name in shown and not (name == "answers" and not self.answers.count())
            )
        self._name_fields(kind)
        if not self._event_id:
            self._suggest(kind, view)
        self._tell_pause()

    def _suggest(self, kind: EventKind, view: RequestView) -> None:
        """Today, the currency of the place, and whether it is likely to offer an appeal."""
        if not (self.dated.value or self.sent.value or self.received.value):
            self._fields[kinds.first_day(kind)].load(today().isoformat())
        elif self._fields[kinds.first_day(kind)].read() is None:
            self._move_day(kind)
        if kind in kinds.OFFERS and self.appeal.value in (None, ""):
            self.appeal.load("yes")
        if not self.currency.text():
            country = view.law.country if view.law else ""
            self.currency.setText(view.request.currency or made.currency_of(country[:2]))

    def _move_day(self, kind: EventKind) -> None:
        """A day that was only suggested goes along to the date that this kind has."""
        wanted, asked = kinds.first_day(kind), kinds.fields_of(kind)
        for name in ("dated", "sent", "received"):
            value = self._fields[name].read()
            if value and name not in asked:
                self._fields[wanted].load(value)
                self._fields[name].load(None)

    def _name_fields(self, kind: EventKind) -> None:
        own = kind not in REPLIES
        letter = "On" if kinds.first_day(kind) == "dated" else "Date on the letter"
        paid = kind is EventKind.FEE_PAID
        names = {
            "dated": letter,
            "sent": ("Paid" if paid else "Sent by you") if own else "Sent (postmark)",
            "received": "The agency had it" if own else "Received by you",
        }
        for name, words in names.items():
            self._fields[name].name.setText(words)
        category = kind is EventKind.FEE_CATEGORY
        self._fields["note"].name.setText("Category it gives you, and why" if category else "Note")

    def _offer_grounds(self, kind: EventKind, view: RequestView) -> None:
        lawful, others, likely = kinds.grounds(kind, view.clocks)
        self._grounds = frozenset(lawful)
        before = self.ground.value
        self.ground.offer(
            [
                ("It stops no clock", "", "", ""),
                *((ground_words(each).capitalize(), each, "check", "verified") for each in lawful),
                *((f"{ground_words(each).capitalize()} (not in this law)", each, "", "")
                  for each in others),
            ]
        )  # fmt: skip
        self.ground.load(before if self._event_id and before else likely)

    def _offer_answers(self, kind: EventKind, view: RequestView) -> None:
        found = kinds.answerable(kind, view.events) if kind in OWN else []
        self.answers.offer([(f"{EVENTS[e.kind]} of {day(e.day)}", e.id, "", "") for e in found])
        if not self._event_id:
            self.answers.load(found[0].id if found else None)

    def _tell_pause(self) -> None:
        ground = self.ground.value or ""
        agreed = ground in self._grounds and not self.disagree.isChecked()
        kind = self.kinds.kind
        asks = kind is not None and "ground" in kinds.fields_of(kind)
        self.disagree.setEnabled(ground in self._grounds)
        if not asks or not ground:
            words = "" if not asks else "The clock goes on."
        elif agreed:
            words = f"The clock pauses: {PARTIES[who_must_act(ground)]} must act."
        else:
            words = "By the law the clock goes on; the agency's own count is shown beside it."
        self.pause.setText(words)
        self.pause.setVisible(bool(words))

    def _into_fields(self) -> None:
        kind = self.kinds.kind
        if kind is not None:
            moment = getattr(self, kinds.first_day(kind))
            target = moment.day if moment.day.isVisible() else moment.on
            target.setFocus(Qt.FocusReason.TabFocusReason)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.documents.dragEnterEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Wherever on the form a file is dropped, it belongs to what is logged."""
        self.documents.dropEvent(event)

    # Ending.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._log()
        else:
            super().keyPressEvent(event)

    def _log(self) -> None:
        kind, view = self.kinds.kind, self._view
        if kind is None or view is None:
            return
        try:
            details = self._details()
        except ValueError as error:
            self.notice.show_words(str(error), "Nothing was logged. Type it in figures.")
            return
        if kind is EventKind.REFERRAL and not self._event_id and not details.get("agency"):
            self.notice.show_words("A referral needs the agency that has the records now.")
            self.agency.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.wanted.emit(LogWish(view.request.id, kind, self._event_id, details))

    def _details(self) -> dict[str, Any]:
        """What the fields that are asked of this kind say, as fields of an event."""
        details: dict[str, Any] = {"documents": self.documents.ids}
        for name, each in self._fields.items():
            if not each.box.isHidden():
                details[_OF_CHILD.get(name, name)] = each.read()
        if "ground" in details:
            agreed = not details.pop("disagree") and details["ground"] in self._grounds
            details["confirmed"] = bool(details["ground"]) and agreed
        if details.get("amount") is None:
            details.pop("currency", None)
        if self._event_id:
            for name in _OF_CHILD.values():
                details.pop(name, None)
        return details


def _values_of(event: RequestEvent | None) -> dict[str, Any]:
    if event is None:
        return {}
    names = (
        "dated", "sent", "received", "appeal_offered", "outcome", "pages", "bates_first",
        "bates_last", "amount", "currency", "clock", "until", "ground", "limit_on", "answers",
        "way", "proof", "person", "note", "after_hours",
    )  # fmt: skip
    values = {name: getattr(event, name) for name in names}
    return values | {"disagree": bool(event.ground) and not event.confirmed}


def _read(draft: str) -> dict[str, Any]:
    try:
        kept = json.loads(draft) if draft else {}
    except ValueError:
        return {}
    return kept if isinstance(kept, dict) else {}


def _kind(value: object, offered: Sequence[EventKind]) -> EventKind | None:
    found = [each for each in offered if each.value == value]
    return found[0] if found else None
