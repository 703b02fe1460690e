"""What brings a clock to its end: the act that its law waits for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from casefile.domain.laws import ClockKind, ClockRule, Law
from casefile.domain.matters import Happening, Party

#: Decide the request as a whole. An interim release does not.
DETERMINATIONS: Final = frozenset({"determination", "denial", "grant", "final_release"})
_DELIVERIES: Final = frozenset({"final_release", "release"})
_APPEALS: Final = frozenset({"appeal_received", "appeal_sent"})
_REVIEWS: Final = frozenset({"review_received", "review_sent"})
_SUITS: Final = frozenset({"suit_filed", "service"})
_LATER_STAGES: Final = frozenset({"appeal_decision", "appeal_silence", "review_body_decision"})
_AFTER_A_DECISION: Final = frozenset(
    {"grant", "fee_paid", "court_decision", "review_body_decision"}
)
#: What makes a step against inaction pointless, by the event from which it waits.
_WAITED_FOR: Final = {
    "received": DETERMINATIONS,
    "appeal_received": frozenset({"appeal_decision"}),
}
#: Letters against which the requester goes on; any other asks for a reply.
_DECIDING: Final = DETERMINATIONS | _LATER_STAGES | {"interim_release", "court_decision"}
_REPLIES: Final = frozenset({"clarification", "fee_paid", "reply"})


def answer(
    rule: ClockRule,
    law: Law | None,
    party: Party,
    started: date,
    by: Happening,
    happened: Sequence[Happening],
    taken: set[str | int],
) -> date | None:
    """The day on which it was done; None: not yet. ``taken`` are the events that ended another
    clock of this rule already: one appeal answers one letter, unless it names which."""
    events = _ends(rule, law, party, by)
    found = []
    for at, each in enumerate(happened):
        day = each.earliest
        ends = each.event in events or _names(each, by, rule)
        if each is by or not ends or day is None:
            continue
        if day < started and not _decided_early(rule, by, each):
            continue
        if each.partial and (rule.kind is ClockKind.RESPONSE or _against_inaction(rule, party, by)):
            continue
        if each.answers:
            if each.answers in (by.id, rule.id):
                return day
            continue
        if key(each, at) not in taken:
            found.append((day, at))
    if not found:
        return None
    day, at = min(found)
    if rule.kind in (ClockKind.APPEAL_FILING, ClockKind.APPEAL_DECISION):
        taken.add(key(happened[at], at))
    return day


def _names(act: Happening, by: Happening, rule: ClockRule) -> bool:
    """Whether the requester goes on against this very letter, by whatever name it is logged."""
    goes_on = act.event in _APPEALS | _REVIEWS and rule.kind is ClockKind.APPEAL_FILING
    return goes_on and bool(by.id) and act.answers == by.id


def decides(happening: Happening) -> bool:
    """Whether it decides the request as a whole."""
    return happening.event in DETERMINATIONS and not happening.partial


def _decided_early(rule: ClockRule, by: Happening, done: Happening) -> bool:
    """Whether it decides a request whose receipt is known by a later date only."""
    waits = rule.kind in (ClockKind.RESPONSE, ClockKind.ACKNOWLEDGEMENT)
    return waits and not rule.not_before and by.event == "received" and decides(done)


def key(happening: Happening, at: int) -> str | int:
    """What tells an event of the timeline from the others; two happenings may be of one event."""
    return happening.id or at


def _ends(rule: ClockRule, law: Law | None, party: Party, by: Happening) -> frozenset[str]:
    if law is None or rule.kind is ClockKind.ANSWER:
        return _APPEALS | _REVIEWS | _SUITS if by.event in _DECIDING else _REPLIES
    if _against_inaction(rule, party, by):
        return _WAITED_FOR.get(by.event, frozenset()) | (_own_acts(rule, law) - {by.event})
    if party is Party.REQUESTER:
        return _own_acts(rule, law)
    if party is Party.THIRD_PARTY:
        return frozenset()
    match rule.kind:
        case ClockKind.ACKNOWLEDGEMENT if by.event not in _AFTER_A_DECISION:
            return DETERMINATIONS | {"acknowledgement"}
        case ClockKind.APPEAL_DECISION:
            outside = "review_received" in rule.starts_from
            return frozenset({"review_body_decision" if outside else "appeal_decision"})
        case ClockKind.LITIGATION_WINDOW:
            return frozenset({"answer_filed"})
    return _DELIVERIES if by.event in _AFTER_A_DECISION else DETERMINATIONS


def _against_inaction(rule: ClockRule, party: Party, by: Happening) -> bool:
    """Whether it is a step against a body that does nothing: a decision makes it pointless."""
    step = rule.kind in (ClockKind.APPEAL_FILING, ClockKind.LITIGATION_WINDOW)
    own = party is Party.REQUESTER and step and by.event in _WAITED_FOR
    return rule.not_before or own


def _reply_to(rule: ClockRule) -> frozenset[str]:
    """What answers a notice of this kind. A fee that must be paid is met by paying it."""
    if rule.notice == "fee_notice":
        pays = rule.id.startswith("pay_")
        return frozenset({"fee_paid"}) if pays else frozenset({"fee_paid", "reply"})
    return _REPLIES - {"fee_paid"} if rule.notice else _REPLIES


def _own_acts(rule: ClockRule, law: Law) -> frozenset[str]:
    """The reporter's own act that this clock waits for."""
    if rule.kind is ClockKind.ACKNOWLEDGEMENT:
        return _reply_to(rule)
    if rule.kind is ClockKind.LITIGATION_WINDOW:
        return _SUITS
    stem = rule.id.removesuffix("_filing")
    decided = next((each for each in law.clocks if each.id == f"{stem}_decision"), None)
    if decided is not None:
        return _REVIEWS if "review_received" in decided.starts_from else _APPEALS
    if _LATER_STAGES.intersection(rule.starts_from):
        return _REVIEWS
    return _APPEALS | _REVIEWS
