"""Requests in words: events, states, what comes next, clocks. State is shape, word and colour."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from casefile.domain.clock_words import clock_name
from casefile.domain.clock_words import opens_after as opener_words
from casefile.domain.clocks import STATED, Clock, ClockState, Party
from casefile.domain.laws import ClockKind, Unit
from casefile.domain.request_status import NextStep, Status
from casefile.domain.requests import EventKind, Way
from casefile.services import laws
from casefile.services.who_may_request import who_may
from casefile.ui.models.words import counted, day
from casefile.ui.parts import ChipLook

BEHALF = "Only the requester of record can sue: whoever the request is made for cannot."
_OWN_LAW = "Casefile does not know this law: it will count no clocks for the request."

LOOKS: Mapping[Status, ChipLook] = {
    Status.DRAFT: ChipLook("pencil", "Draft", "muted"),
    Status.SENT: ChipLook("send", "Sent", "text"),
    Status.WAITING: ChipLook("hourglass", "Waiting", "accent"),
    Status.ACKNOWLEDGED: ChipLook("mail", "Acknowledged", "accent"),
    Status.QUESTION: ChipLook("pause", "Your answer", "warning"),
    Status.PAYMENT: ChipLook("pause", "Payment asked", "warning"),
    Status.OVERDUE: ChipLook("triangle-alert", "Overdue", "danger"),
    Status.PARTIAL: ChipLook("contrast", "Partial", "accent"),
    Status.DETERMINED: ChipLook("stamp", "Decided", "text"),
    Status.DENIED: ChipLook("circle-x", "Denied", "danger"),
    Status.RELEASED: ChipLook("circle-check", "Released", "verified"),
    Status.APPEALED: ChipLook("arrow-up", "Appealed", "accent"),
    Status.IN_REVIEW: ChipLook("search", "In review", "accent"),
    Status.IN_COURT: ChipLook("landmark", "In court", "accent"),
    Status.TRANSFERRED: ChipLook("arrow-right", "Transferred", "muted"),
    Status.CLOSED: ChipLook("square-check", "Closed", "muted"),
    Status.WITHDRAWN: ChipLook("undo-2", "Withdrawn", "muted"),
}

STEPS: Mapping[NextStep, str] = {
    NextStep.SEND: "Log the sending",
    NextStep.LOG_RECEIPT: "Log the receipt",
    NextStep.ANSWER: "Answer agency",
    NextStep.PAY: "Pay or object",
    NextStep.TELL_FACT: "Answer a question",
    NextStep.APPEAL: "Draft appeal",
    NextStep.REVIEW: "Go to the reviewer",
    NextStep.SUE: "Decide on suit",
    NextStep.REMIND: "Send reminder",
    NextStep.WAIT: "",
    NextStep.NOTHING: "",
}

EVENTS: Mapping[EventKind, str] = {
    EventKind.SENT: "Request sent",
    EventKind.RECEIVED: "Received by the agency",
    EventKind.ACKNOWLEDGED: "Acknowledgement",
    EventKind.CLARIFICATION: "Question to you",
    EventKind.CLARIFICATION_REPLY: "Your clarification",
    EventKind.NARROWING: "Asks you to narrow",
    EventKind.NARROWING_REPLY: "Your narrowing",
    EventKind.FEE_ESTIMATE: "Fee estimate",
    EventKind.FEE_CATEGORY: "Fee category",
    EventKind.FEE_OBJECTION: "Your objection to a fee",
    EventKind.FEE_COMMITMENT: "Your promise to pay",
    EventKind.ADVANCE_PAYMENT: "Advance payment demanded",
    EventKind.FEE_PAID: "Fee paid",
    EventKind.WAIVER_DECISION: "Decision on the fee waiver",
    EventKind.EXPEDITION_DECISION: "Decision on expedited handling",
    EventKind.EXTENSION: "Extension",
    EventKind.INTERIM_RELEASE: "Interim release",
    EventKind.DETERMINATION: "Determination",
    EventKind.FINAL_RELEASE: "Final release",
    EventKind.DENIAL: "Denial",
    EventKind.REFERRAL: "Referral to another agency",
    EventKind.CONSULTATION: "Consultation of another agency",
    EventKind.TRANSFER: "Transfer to another agency",
    EventKind.STILL_INTERESTED: "Still interested?",
    EventKind.STILL_INTERESTED_REPLY: "You are still interested",
    EventKind.REMINDER: "Reminder sent",
    EventKind.APPEAL: "Appeal sent",
    EventKind.APPEAL_DECISION: "Decision on the appeal",
    EventKind.REVIEW: "Complaint to the reviewer",
    EventKind.REVIEW_DECISION: "Decision of the reviewer",
    EventKind.SUIT: "Suit filed",
    EventKind.SERVICE: "Complaint served",
    EventKind.COURT_DECISION: "Decision of the court",
    EventKind.CLOSED: "Closed",
    EventKind.WITHDRAWN: "Withdrawn by you",
    EventKind.NOTE: "Note",
    EventKind.FACT: "Answer to a clock's question",
    EventKind.OVERRIDE: "Date set by hand",
    EventKind.GIVEN_UP: "Limit given up",
    EventKind.SNOOZED: "Put off",
}
#: What the reporter logs of their own doing, in the order in which it is offered.
OWN = (
    EventKind.SENT, EventKind.RECEIVED, EventKind.REMINDER, EventKind.CLARIFICATION_REPLY,
    EventKind.NARROWING_REPLY, EventKind.FEE_COMMITMENT, EventKind.FEE_OBJECTION,
    EventKind.FEE_PAID, EventKind.STILL_INTERESTED_REPLY, EventKind.APPEAL, EventKind.REVIEW,
    EventKind.SUIT, EventKind.SERVICE, EventKind.CLOSED, EventKind.WITHDRAWN, EventKind.NOTE,
)  # fmt: skip

WAYS: Mapping[Way, str] = {
    Way.PORTAL: "Portal",
    Way.EMAIL: "E-mail",
    Way.POST: "Post",
    Way.FAX: "Fax",
    Way.HAND: "By hand",
    Way.PHONE: "Telephone",
}
OUTCOMES = {"granted": "Granted", "partly": "Granted in part", "denied": "Denied"}
PARTIES: Mapping[Party, str] = {
    Party.REQUESTER: "you",
    Party.BODY: "the agency",
    Party.REVIEWER: "the reviewer",
    Party.COURT: "the court",
    Party.THIRD_PARTY: "a third party",
}
_SHORT = {
    ClockKind.ACKNOWLEDGEMENT: "receipt",
    ClockKind.RESPONSE: "answer",
    ClockKind.EXTENSION: "extension",
    ClockKind.APPEAL_FILING: "appeal",
    ClockKind.APPEAL_DECISION: "appeal decision",
    ClockKind.LITIGATION_WINDOW: "suit",
    ClockKind.ANSWER: "your answer",
}
#: Later than this a clock says since when, not how many days.
_MANY = timedelta(days=45)


def short_name(clock: Clock) -> str:
    """``appeal``, for where there is little room."""
    second = {"appeal_decision", "appeal_silence"}.intersection(clock.rule.starts_from)
    if clock.rule.kind is ClockKind.APPEAL_FILING and second:
        return "review"
    return _SHORT[clock.rule.kind]


def full_name(clock: Clock) -> str:
    """``Unusual circumstances extension``."""
    if clock.rule.id == STATED:
        return "Limit named in the letter"
    if clock.rule.kind is ClockKind.ANSWER:
        kind = EventKind(clock.rule.id.removeprefix("answer_"))
        return f"Your answer: {EVENTS[kind].lower()}"
    name = clock_name(clock.rule)
    return name[:1].upper() + name[1:]


def clock_words(clock: Clock | None, now: date, late: Callable[[Clock], int]) -> str:
    """The leading clock of a request; ``late`` counts the working days since a clock's day."""
    if clock is None:
        return ""
    own, goal = clock.party is Party.REQUESTER, clock.drives or clock.due
    match clock.state:
        case ClockState.PAUSED:
            return f"paused{_used(clock, ', ')} · {PARTIES[clock.party]} must act"
        case ClockState.LAPSED if goal is not None:
            return _lateness(clock, goal, now, late)
        case ClockState.RUNNING if own and goal is not None:
            return f"{short_name(clock)}: {_left(goal, now)}"
        case ClockState.RUNNING if clock.of:
            return _used(clock).capitalize() if goal is None else f"{_used(clock)}"
        case ClockState.RUNNING if goal is not None:
            return f"{short_name(clock)}: {_left(goal, now)}"
    return ""


def clock_tone(clock: Clock | None, now: date) -> str | None:
    if clock is None:
        return None
    goal = clock.drives or clock.due
    if clock.state is ClockState.LAPSED:
        return "danger"
    if clock.state is ClockState.PAUSED:
        return "warning" if clock.party is Party.REQUESTER else "muted"
    near = goal is not None and goal - now <= timedelta(days=7)
    return "warning" if near and clock.party is Party.REQUESTER else None


def state_words(clock: Clock) -> str:
    """What a clock of the record says of itself, beside its date."""
    match clock.state:
        case ClockState.WAITING:
            return f"opens after {opener_words(clock.opens_after)}"
        case ClockState.RUNNING:
            return _used(clock)
        case ClockState.PAUSED:
            return f"paused{_used(clock, ', ')} · {PARTIES[clock.party]} must act"
        case ClockState.NO_DATE:
            return "no date: its stage is in doubt"
        case ClockState.NO_NUMBER:
            return clock.rule.standard or "the law sets no number"
        case ClockState.ASKS:
            return f"tell first: {clock.rule.only_if}"
        case ClockState.OFF:
            return clock.doubt or "does not run here"
        case ClockState.NOT_YET:
            return "not open yet"
        case ClockState.OPEN:
            return "open now"
    return {"lapsed": "lapsed", "met": "met", "given_up": "given up"}.get(clock.state, "")


def date_words(clock: Clock, now: date) -> str:
    """The date of a clock with the dates that differ from it, each with what it is."""
    if clock.override is not None:
        return f"{_day(clock.override.due, now)} (set by hand)"
    parts: list[str] = []
    if clock.send_by is not None and clock.send_by != clock.due:
        parts.append(f"send by {_day(clock.send_by, now)}")
    if clock.due is not None:
        law = "the law" if clock.rule.kind is not ClockKind.ANSWER else "the letter"
        parts.append(_day(clock.due, now) if not parts else f"{law}: {_day(clock.due, now)}")
    if clock.agency_due is not None:
        parts.append(f"by the agency's count {_day(clock.agency_due, now)}")
    if clock.stated is not None and clock.stated != clock.due:
        parts.append(f"the letter says {_day(clock.stated, now)}")
    return " · ".join(parts)


def _day(on: date, now: date) -> str:
    return day(on.isoformat(), now)


def _used(clock: Clock, before: str = "") -> str:
    if clock.used is None or not clock.of:
        return ""
    return f"{before}day {clock.used} of {clock.of}"


def _left(goal: date, now: date) -> str:
    days = (goal - now).days
    return "today" if days == 0 else "tomorrow" if days == 1 else counted(days, "day")


def _lateness(clock: Clock, goal: date, now: date, late: Callable[[Clock], int]) -> str:
    name = "" if clock.party is Party.BODY else f"{short_name(clock)}: "
    if clock.party is Party.REQUESTER:
        return f"{name}over since {_day(goal, now)}"
    if now - goal > _MANY:
        return f"{name}late since {_day(goal + timedelta(days=1), now)}"
    if clock.rule.unit is Unit.BUSINESS_DAYS:
        return f"{name}{counted(late(clock), 'business day')} late"
    return f"{name}{counted((now - goal).days, 'day')} late"


def law_note(law: str) -> str:
    """What to know of a law before a request is made under it: who may ask."""
    known = laws.known(law)
    if known is not None:
        return who_may(known).words
    return _OWN_LAW if law else ""
