"""What happens to a request: every letter, payment and decision, logged once and undone whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from casefile.domain.changes import Change
from casefile.domain.documents import Provenance
from casefile.domain.errors import UserError
from casefile.domain.requests import (
    ANSWERS,
    RELEASES,
    EventKind,
    Request,
    RequestEvent,
    answers_to,
)
from casefile.services import kept_rules
from casefile.services.requests import event_day
from casefile.store import documents, requests, trash
from casefile.store.ids import new_id, now

if TYPE_CHECKING:
    from casefile.services.case import Case
    from casefile.store.transaction import Transaction

_DAYS: Final = ("dated", "sent", "received", "until", "limit_on")
_OWN: Final = frozenset({"id", "request_id", "created_at", "modified_at", "deleted_at"})


def log(case: Case, request_id: str, kind: EventKind, **details: Any) -> Change:
    """Log an event; ``details`` are fields of ``RequestEvent``.

    One that answers an open question of the agency is tied to it, unless ``answers`` says which.
    The rules in force are kept when the request goes out or is received; documents of a release
    are linked to the request. Raises ``UserError``: ``request.not_found``, ``date.invalid``,
    ``date.year``, ``event.day_needed``, ``event.order``, ``document.not_found``.
    """
    at = now()
    event = _checked(
        RequestEvent(
            id=new_id(), request_id=request_id, kind=kind, created_at=at, modified_at=at,
            **_given(details),
        )
    )  # fmt: skip

    def work(tx: Transaction) -> None:
        requests.get(tx, request_id)
        _require(tx, event)
        requests.insert(tx, event if event.answers else replace(event, answers=_asked(tx, event)))
        _link(tx, event)
        if kind in (EventKind.SENT, EventKind.RECEIVED):
            kept_rules.keep(tx, request_id)

    return case.store.edit("event.add", work)


def edit(case: Case, event_id: str, **details: Any) -> Change:
    """Change fields of an event. Raises as ``log``; ``UserError("request_event.not_found")``."""
    given = _given(details)

    def work(tx: Transaction) -> None:
        changed = _checked(replace(requests.event(tx, event_id), **given, modified_at=now()))
        _require(tx, changed)
        requests.update(tx, changed)

    return case.store.edit("event.edit", work)


def delete(case: Case, event_id: str) -> Change:
    """Move an event to the trash. Raises ``UserError("request_event.not_found")``."""
    return case.store.edit(
        "event.delete", lambda tx: trash.delete(tx, "request_event", [event_id], now())
    )


def refer(
    case: Case,
    request_id: str,
    *,
    agency: str,
    tracking_number: str = "",
    law: str | None = None,
    pages: int | None = None,
    **details: Any,
) -> Change:
    """Log that records were referred to another agency: the request gets a child with its own
    number and clock, which starts when that agency has it (``received``, in ``details``, is when
    the reporter had the letter). Raises as ``log``, and ``UserError("request.agency_needed")``."""
    if not agency.strip():
        raise UserError("request.agency_needed")
    at = now()
    child_id = new_id()
    event = _checked(
        RequestEvent(
            id=new_id(), request_id=request_id, kind=EventKind.REFERRAL, pages=pages,
            child_id=child_id, created_at=at, modified_at=at, **_given(details),
        )
    )  # fmt: skip

    def work(tx: Transaction) -> None:
        parent = requests.get(tx, request_id)
        _require(tx, event)
        child = Request(
            id=child_id, agency=agency.strip(), law=parent.law if law is None else law,
            subject=parent.subject, scope=parent.scope, requester=parent.requester,
            on_behalf_of=parent.on_behalf_of, parent_id=parent.id, pages_expected=pages,
            tracking_numbers=(tracking_number.strip(),) if tracking_number.strip() else (),
            created_at=at, modified_at=at,
        )  # fmt: skip
        requests.insert(tx, child)
        requests.insert(tx, event)

    return case.store.edit("event.refer", work)


def answer_fact(case: Case, request_id: str, clock: str, *, yes: bool) -> Change:
    """Answer what a clock asks (its ``only_if``)."""
    return _decided(case, request_id, EventKind.FACT, clock, outcome="yes" if yes else "no")


def override(
    case: Case, request_id: str, clock: str, due: date | str, reason: str, letter: str | None = None
) -> Change:
    """Count another day than the computed one for a clock, with the reason. ``letter`` is the event
    that started it, where several letters start one each; without, it holds for all of them. Raises
    ``UserError("event.reason_needed")``, ``date.invalid``."""
    return _decided(
        case, request_id, EventKind.OVERRIDE, clock, reason, until=event_day(due), answers=letter
    )


def give_up(
    case: Case, request_id: str, clock: str, reason: str, letter: str | None = None
) -> Change:
    """Let a limit of the reporter's own go, with the reason; ``letter`` as in ``override``. Raises
    ``UserError("event.reason_needed")``."""
    return _decided(case, request_id, EventKind.GIVEN_UP, clock, reason, answers=letter)


def snooze(case: Case, request_id: str, until: date | str) -> Change:
    """Look at what the agency is late with again on this day."""
    return _decided(case, request_id, EventKind.SNOOZED, "", until=event_day(until))


def listing(case: Case, request_id: str) -> list[RequestEvent]:
    """Events of a request in the order in which they were logged."""
    return requests.events_of(case.reader(), request_id)


def get(case: Case, event_id: str) -> RequestEvent:
    """Raises ``UserError("request_event.not_found")``."""
    return requests.event(case.reader(), event_id)


def _decided(
    case: Case, request_id: str, kind: EventKind, clock: str, reason: str = "", **details: Any
) -> Change:
    if kind in (EventKind.OVERRIDE, EventKind.GIVEN_UP) and not reason.strip():
        raise UserError("event.reason_needed")
    at = now()
    event = RequestEvent(
        id=new_id(), request_id=request_id, kind=kind, clock=clock, note=reason.strip(),
        created_at=at, modified_at=at, **details,
    )  # fmt: skip

    def work(tx: Transaction) -> None:
        requests.get(tx, request_id)
        requests.insert(tx, event)

    return case.store.edit(f"event.{kind}", work)


def _given(details: dict[str, Any]) -> dict[str, Any]:
    refused = details.keys() & _OWN
    if refused:
        raise TypeError(f"set by the store: {', '.join(sorted(refused))}")
    days = {name: event_day(details[name]) for name in _DAYS if name in details}
    return {n: tuple(v) if isinstance(v, list) else v for n, v in details.items()} | days


def _checked(event: RequestEvent) -> RequestEvent:
    """With a day, and days in an order in which a letter can have them."""
    if not (event.dated or event.sent or event.received):
        raise UserError("event.day_needed")
    earlier = [day for day in (event.dated, event.sent) if day]
    if event.received and earlier and event.received < min(earlier):
        raise UserError("event.order")
    return replace(event, note=event.note.strip(), proof=event.proof.strip())


def _require(tx: Transaction, event: RequestEvent) -> None:
    for document_id in event.documents:
        documents.get(tx, document_id)
    if event.answers and requests.event(tx, event.answers).request_id != event.request_id:
        raise UserError("request_event.not_found")


def _link(tx: Transaction, event: RequestEvent) -> None:
    """What a release brought came for this request, unless it is said to have come otherwise."""
    if event.kind in RELEASES:
        for document_id in event.documents:
            document = documents.get(tx, document_id)
            if document.request_id is None and document.source_id is None:
                linked = {"request_id": event.request_id, "provenance": Provenance.RELEASED.value}
                tx.update("document", document_id, linked)


def _asked(tx: Transaction, event: RequestEvent) -> str | None:
    """The latest question that nothing answers yet and that this kind of event answers."""
    events = requests.events_of(tx, event.request_id)
    answered = answers_to(events)
    open_questions = [
        each
        for each in events
        if event.kind in ANSWERS.get(each.kind, ()) and each.id not in answered
    ]
    return open_questions[-1].id if open_questions else None
