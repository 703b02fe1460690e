"""Carries out what the forms of the requests screen ask for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from casefile.domain.changes import Change
from casefile.domain.fees import FEES
from casefile.domain.request_status import NextStep, open_questions
from casefile.domain.requests import ANSWERS, EventKind
from casefile.services import request_events
from casefile.ui.requests.clock_form import ClockWish, Decision
from casefile.ui.requests.log_form import LogWish
from casefile.ui.requests.words import EVENTS

if TYPE_CHECKING:
    from casefile.services.case import Case
    from casefile.services.deadlines import RequestView

K = EventKind
#: What is logged for a step, where no letter is drafted for it.
LOGS = {
    NextStep.SEND: K.SENT,
    NextStep.LOG_RECEIPT: K.RECEIVED,
    NextStep.PAY: K.FEE_PAID,
    NextStep.APPEAL: K.APPEAL,
    NextStep.REVIEW: K.REVIEW,
    NextStep.SUE: K.SUIT,
    NextStep.REMIND: K.REMINDER,
}
#: Steps that begin with a letter, where the record has a section for letters.
DRAFTS = {
    NextStep.SEND: "request",
    NextStep.APPEAL: "appeal",
    NextStep.REVIEW: "complaint",
    NextStep.REMIND: "reminder",
}
_ANSWERED_WITH = {
    K.CLARIFICATION: K.CLARIFICATION_REPLY,
    K.NARROWING: K.NARROWING_REPLY,
    K.FEE_ESTIMATE: K.FEE_COMMITMENT,
    K.FEE_CATEGORY: K.FEE_OBJECTION,
    K.ADVANCE_PAYMENT: K.FEE_PAID,
    K.STILL_INTERESTED: K.STILL_INTERESTED_REPLY,
}
#: Questions about fees: what an objection can be against.
FEE_QUESTIONS = FEES & ANSWERS.keys()
_TOLD = {
    Decision.SET: "Date set by hand",
    Decision.GIVE_UP: "Limit given up",
    Decision.ANSWER: "Answer kept",
    Decision.SNOOZE: "Put off",
}


def log_work(case: Case, wish: LogWish) -> Callable[[], Change]:
    """The edit that a wish of the form asks for."""
    details: dict[str, Any] = dict(wish.details)
    if wish.event_id:
        return partial(request_events.edit, case, wish.event_id, **details)
    if wish.kind is K.REFERRAL:
        return partial(request_events.refer, case, wish.request_id, **details)
    return partial(request_events.log, case, wish.request_id, wish.kind, **details)


def log_told(wish: LogWish) -> str:
    return f"{EVENTS[wish.kind]}: {'changed' if wish.event_id else 'logged'}"


def clock_work(case: Case, wish: ClockWish) -> Callable[[], Change]:
    match wish.decision:
        case Decision.SET:
            return lambda: request_events.override(
                case, wish.request_id, wish.clock, wish.on or "", wish.reason, wish.letter
            )
        case Decision.GIVE_UP:
            return lambda: request_events.give_up(
                case, wish.request_id, wish.clock, wish.reason, wish.letter
            )
        case Decision.ANSWER:
            return lambda: request_events.answer_fact(
                case, wish.request_id, wish.clock, yes=wish.yes
            )
        case Decision.SNOOZE:
            return lambda: request_events.snooze(case, wish.request_id, wish.on or "")


def clock_told(wish: ClockWish) -> str:
    return _TOLD[wish.decision]


def answer_kind(view: RequestView) -> EventKind:
    """What answers the agency's latest open question."""
    asked = open_questions(view.events)
    return answers_with(asked[-1].kind) if asked else K.NOTE


def answers_with(question: EventKind) -> EventKind:
    """What a question of this kind most likely waits for."""
    return _ANSWERED_WITH.get(question, K.NOTE)
