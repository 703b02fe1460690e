"""What is asked about each kind of event when it is logged."""

from __future__ import annotations

from collections.abc import Iterable

from casefile.domain.clocks import Clock, ClockState
from casefile.domain.laws import GROUNDS
from casefile.domain.requests import ANSWERS, FROM_REPORTER, EventKind, RequestEvent

K = EventKind
#: Letters that may offer an appeal.
_APPEALABLE = frozenset({
    K.INTERIM_RELEASE, K.DETERMINATION, K.FINAL_RELEASE, K.DENIAL, K.WAIVER_DECISION,
    K.EXPEDITION_DECISION, K.FEE_CATEGORY, K.FEE_ESTIMATE, K.APPEAL_DECISION,
})  # fmt: skip
#: Of these the letter always offers one, unless it says otherwise.
OFFERS = frozenset({K.DETERMINATION, K.DENIAL})
_WITH_PAGES = frozenset({
    K.INTERIM_RELEASE, K.DETERMINATION, K.FINAL_RELEASE, K.DENIAL, K.REFERRAL, K.CONSULTATION,
})  # fmt: skip
_WITH_MONEY = frozenset({
    K.FEE_ESTIMATE, K.FEE_CATEGORY, K.ADVANCE_PAYMENT, K.FEE_COMMITMENT, K.FEE_OBJECTION,
    K.FEE_PAID,
})  # fmt: skip
_RULINGS = frozenset({
    K.WAIVER_DECISION, K.EXPEDITION_DECISION, K.APPEAL_DECISION, K.REVIEW_DECISION,
    K.COURT_DECISION,
})  # fmt: skip
#: Own doings that are no letter: they have one day.
_ONE_DAY = frozenset({K.NOTE, K.CLOSED, K.SUIT, K.COURT_DECISION})
#: What starts a clock on the day on which the office has it.
_REACHES_OFFICE = frozenset({K.SENT, K.RECEIVED, K.APPEAL, K.REVIEW})
_ARRIVALS = frozenset({K.RECEIVED, K.SERVICE})
#: The grounds that a kind of letter most likely claims, the likeliest first.
_LIKELY = {
    K.FEE_ESTIMATE: ("fee_assessment_clarification", "fee_notice", "fee_payment"),
    K.ADVANCE_PAYMENT: ("fee_payment", "fee_notice"),
    K.FEE_CATEGORY: ("fee_assessment_clarification",),
    K.CLARIFICATION: ("one_information_request", "clarification", "request_amended"),
    K.NARROWING: ("practical_refusal_consultation", "request_amended", "one_information_request"),
    K.CONSULTATION: ("third_party_consultation",),
}
_STOPPABLE = frozenset({ClockState.RUNNING, ClockState.LAPSED, ClockState.PAUSED})


def fields_of(kind: EventKind) -> frozenset[str]:
    """The fields of an event of this kind that are worth asking for."""
    asked = {"person", "note", "documents"}
    if kind in _ONE_DAY:
        asked |= {"dated"}
    elif kind in _ARRIVALS:
        asked |= {"received", "way", "proof"}
    elif kind in FROM_REPORTER:
        asked |= {"sent", "received", "way", "proof"}
    else:
        asked |= {"dated", "sent", "received", "way", "proof", "limit_on"}
    conditions = {
        "after_hours": kind in _REACHES_OFFICE,
        "appeal_offered": kind in _APPEALABLE,
        "pages": kind in _WITH_PAGES,
        "amount": kind in _WITH_MONEY,
        "ground": kind in _LIKELY,
        "until": kind in (K.EXTENSION, K.CONSULTATION),
        "clock": kind is K.EXTENSION,
        "outcome": kind in _RULINGS,
        "answers": kind in FROM_REPORTER and kind is not K.SENT,
        "agency": kind is K.REFERRAL,
    }
    return frozenset(asked | {name for name, holds in conditions.items() if holds})


def first_day(kind: EventKind) -> str:
    """The date that is today unless the reporter says otherwise."""
    if kind in _ONE_DAY:
        return "dated"
    return "sent" if kind in FROM_REPORTER else "received"


def grounds(kind: EventKind, clocks: Iterable[Clock]) -> tuple[list[str], list[str], str]:
    """What may stop a clock: the grounds that the law of a running clock knows, all others, which
    only the agency can claim, and the likeliest of the first for this kind of letter."""
    lawful: dict[str, None] = {}
    for clock in clocks:
        if clock.state in _STOPPABLE:
            lawful.update(dict.fromkeys(clock.rule.stops_for))
    likely = next((each for each in _LIKELY.get(kind, ()) if each in lawful), "")
    return list(lawful), [each for each in GROUNDS if each not in lawful], likely


def answerable(kind: EventKind, events: Iterable[RequestEvent]) -> list[RequestEvent]:
    """The letters that an event of this kind can be an answer to, the likeliest first: the latest,
    but of an appeal one that offers it and was not appealed yet."""
    events = list(events)
    if kind in (K.APPEAL, K.REVIEW):
        wanted = _APPEALABLE | {K.APPEAL_DECISION}
        found = [e for e in events if e.kind in wanted and e.appeal_offered is not False]
        done = {e.answers for e in events if e.kind is kind}
        found.sort(key=lambda e: (e.id not in done, e.appeal_offered is True))
    else:
        found = [e for e in events if kind in ANSWERS.get(e.kind, ())]
    return found[::-1]
