"""Letters in words: their kinds, which of them fit a request's state, what is logged of each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from casefile.domain.letters import LetterKind
from casefile.domain.request_status import NextStep, Status, open_questions
from casefile.domain.requests import EventKind

if TYPE_CHECKING:
    from casefile.services.deadlines import RequestView

K = LetterKind
KINDS: Mapping[LetterKind, str] = {
    K.REQUEST: "Request",
    K.REMINDER: "Reminder",
    K.CLARIFICATION_REPLY: "Answer to a question",
    K.NARROWING: "Narrowing",
    K.FEE_WAIVER: "Fee waiver",
    K.FEE_OBJECTION: "Objection to a fee",
    K.APPEAL: "Appeal",
    K.COMPLAINT: "Complaint to the reviewer",
    K.STILL_INTERESTED: "Still interested",
}
#: What is logged once a letter has been sent.
SENT_AS: Mapping[LetterKind, EventKind] = {
    K.REQUEST: EventKind.SENT,
    K.REMINDER: EventKind.REMINDER,
    K.CLARIFICATION_REPLY: EventKind.CLARIFICATION_REPLY,
    K.NARROWING: EventKind.NARROWING_REPLY,
    K.FEE_WAIVER: EventKind.NOTE,
    K.FEE_OBJECTION: EventKind.FEE_OBJECTION,
    K.APPEAL: EventKind.APPEAL,
    K.COMPLAINT: EventKind.REVIEW,
    K.STILL_INTERESTED: EventKind.STILL_INTERESTED_REPLY,
}
_FOR_STEP: Mapping[NextStep, tuple[LetterKind, ...]] = {
    NextStep.SEND: (K.REQUEST,),
    NextStep.PAY: (K.FEE_OBJECTION, K.FEE_WAIVER, K.NARROWING),
    NextStep.APPEAL: (K.APPEAL,),
    NextStep.REVIEW: (K.COMPLAINT,),
    NextStep.REMIND: (K.REMINDER,),
}
_FOR_QUESTION: Mapping[EventKind, tuple[LetterKind, ...]] = {
    EventKind.CLARIFICATION: (K.CLARIFICATION_REPLY, K.NARROWING),
    EventKind.NARROWING: (K.NARROWING, K.CLARIFICATION_REPLY),
    EventKind.FEE_ESTIMATE: (K.FEE_OBJECTION, K.FEE_WAIVER, K.NARROWING),
    EventKind.FEE_CATEGORY: (K.FEE_OBJECTION, K.FEE_WAIVER),
    EventKind.ADVANCE_PAYMENT: (K.FEE_OBJECTION, K.FEE_WAIVER),
    EventKind.STILL_INTERESTED: (K.STILL_INTERESTED,),
}
_FOR_STATUS: Mapping[Status, tuple[LetterKind, ...]] = {
    Status.OVERDUE: (K.REMINDER, K.APPEAL, K.COMPLAINT),
    Status.PARTIAL: (K.APPEAL,),
    Status.DETERMINED: (K.APPEAL,),
    Status.DENIED: (K.APPEAL,),
    Status.RELEASED: (K.APPEAL,),
    Status.APPEALED: (K.REMINDER, K.COMPLAINT),
    Status.IN_REVIEW: (K.COMPLAINT,),
}


def fitting(view: RequestView) -> tuple[LetterKind, ...]:
    """The kinds that the request's state calls for, the likeliest first."""
    found = [*_FOR_STEP.get(view.next_step, ())]
    for event in reversed(open_questions(view.events)):
        found += _FOR_QUESTION.get(event.kind, ())
    found += _FOR_STATUS.get(view.status, ())
    return tuple(dict.fromkeys(found))
