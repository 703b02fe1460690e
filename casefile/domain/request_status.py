"""What state a request is in, and what comes next: computed from its events and clocks."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from casefile.domain.requests import ANSWERS, EventKind, RequestEvent, in_order


class Status(StrEnum):
    """Never typed, never stored."""

    DRAFT = "draft"
    SENT = "sent"
    WAITING = "waiting"
    ACKNOWLEDGED = "acknowledged"
    QUESTION = "question"
    PAYMENT = "payment"
    OVERDUE = "overdue"
    PARTIAL = "partial"
    DETERMINED = "determined"
    DENIED = "denied"
    RELEASED = "released"
    APPEALED = "appealed"
    IN_REVIEW = "in_review"
    IN_COURT = "in_court"
    TRANSFERRED = "transferred"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class NextStep(StrEnum):
    """What the reporter does next; the words are the window's."""

    SEND = "send"
    LOG_RECEIPT = "log_receipt"
    ANSWER = "answer"
    PAY = "pay"
    TELL_FACT = "tell_fact"
    APPEAL = "appeal"
    REVIEW = "review"
    SUE = "sue"
    REMIND = "remind"
    WAIT = "wait"
    NOTHING = "nothing"


#: The status that each kind of event brings about; what is not here changes none.
_BRINGS = {
    EventKind.SENT: Status.SENT,
    EventKind.RECEIVED: Status.WAITING,
    EventKind.ACKNOWLEDGED: Status.ACKNOWLEDGED,
    EventKind.INTERIM_RELEASE: Status.PARTIAL,
    EventKind.DETERMINATION: Status.DETERMINED,
    EventKind.FINAL_RELEASE: Status.RELEASED,
    EventKind.DENIAL: Status.DENIED,
    EventKind.TRANSFER: Status.TRANSFERRED,
    EventKind.APPEAL: Status.APPEALED,
    EventKind.REVIEW: Status.IN_REVIEW,
    EventKind.SUIT: Status.IN_COURT,
    EventKind.CLOSED: Status.CLOSED,
    EventKind.WITHDRAWN: Status.WITHDRAWN,
}
#: Before the agency has answered at all: only then can it be late with its answer.
_UNANSWERED = frozenset({Status.SENT, Status.WAITING, Status.ACKNOWLEDGED, Status.PARTIAL})
_ORDER = list(Status)
#: Statuses that a later letter of an earlier stage does not undo.
_LASTING = frozenset({Status.CLOSED, Status.WITHDRAWN})


def status(events: Sequence[RequestEvent], *, late: bool = False) -> Status:
    """The state after these events; ``late`` says that the response clock has lapsed.

    A question or a demand for payment that nothing has answered goes before the stage that the
    request has reached, because it is the reporter who must act.
    """
    reached = Status.DRAFT
    for event in in_order(list(events)):
        if reached in _LASTING:
            break
        reached = _after(reached, event)
    asked = open_questions(events)
    if reached in _UNANSWERED and asked:
        paying = asked[-1].kind is EventKind.ADVANCE_PAYMENT
        return Status.PAYMENT if paying else Status.QUESTION
    if late and reached in _UNANSWERED:
        return Status.OVERDUE
    return reached


def open_questions(events: Sequence[RequestEvent]) -> list[RequestEvent]:
    """The agency's questions that nothing answers yet, in order."""
    answered = {event.answers for event in events if event.answers}
    return [e for e in in_order(list(events)) if e.kind in ANSWERS and e.id not in answered]


def _after(reached: Status, event: RequestEvent) -> Status:
    brings = _BRINGS.get(event.kind)
    if event.kind is EventKind.SENT and event.received:
        brings = Status.WAITING
    if brings is None:
        return reached
    early = _ORDER.index(brings) < _ORDER.index(Status.PARTIAL)
    if early and _ORDER.index(reached) > _ORDER.index(brings):
        return reached  # a receipt logged late takes nothing back
    return brings
