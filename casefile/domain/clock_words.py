"""Plain words for what the deadline engine knows by codes. Meant to be read aloud."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from casefile.domain.laws import ClockRule, Unit
from casefile.domain.working_days import MONTHS, WEEKDAYS

EVENTS: Final[Mapping[str, str]] = {
    "sent": "the request was sent",
    "received": "the request was received",
    "acknowledgement": "the request was acknowledged",
    "clarification": "your clarification arrived",
    "fee_paid": "the fee was paid",
    "notice_sent": "a notice was sent",
    "grant": "release was decided",
    "denial": "the request was refused",
    "determination": "the request was decided",
    "response_silence": "the time for an answer ended without one",
    "appeal_received": "the appeal was received",
    "appeal_decision": "the appeal was decided",
    "appeal_silence": "the time for a decision on the appeal ended without one",
    "review_received": "the complaint reached the outside reviewer",
    "review_body_decision": "the outside reviewer decided",
    "review_silence": "the outside reviewer's time ended without a decision",
    "court_decision": "the court decided",
    "service": "the complaint was served",
    "extension": "an extension is announced",
    "still_interested": "the body asked whether you are still interested",
    "interim_release": "some of the records were released",
    "final_release": "the last of the records were released",
    "release": "records were released",
    "reply": "you replied",
    "suit_filed": "the suit was filed",
    "answer_filed": "the answer was filed",
}
NOTICES: Final[Mapping[str, str]] = {
    "fee_notice": "a fee notice was sent",
    "question_to_requester": "the body put a question to you",
    "third_party_notice": "a third party was told",
    "notice_before_suit": "notice before suit was given",
    "notice_of_default": "notice of default was given",
}
GROUNDS: Final[Mapping[str, str]] = {
    "one_information_request": "paused while the one question to you was open",
    "fee_assessment_clarification": "paused while a question about fees was open",
    "clarification": "paused while a question about the request was open",
    "request_amended": "paused until the changed request arrived",
    "fee_notice": "paused until the fee was accepted or paid",
    "fee_payment": "paused until the payment arrived",
    "third_party_consultation": "paused while a third party was asked",
    "practical_refusal_consultation": "paused while the size of the request was discussed",
    "commissioner_suspension": "paused with the Commissioner's leave",
    "": "paused",
}
#: What may start a clock, as something that has not happened yet.
_OPENERS: Final[Mapping[str, str]] = {
    "sent": "the request is sent",
    "received": "the body has the request",
    "acknowledgement": "an acknowledgement",
    "clarification": "your clarification",
    "fee_paid": "payment of the fee",
    "notice_sent": "a notice",
    "grant": "a decision to release",
    "denial": "a refusal",
    "response_silence": "no answer in time",
    "appeal_received": "your appeal",
    "appeal_decision": "a decision on the appeal",
    "appeal_silence": "no decision on the appeal in time",
    "review_received": "your complaint to the outside reviewer",
    "review_body_decision": "the outside reviewer's decision",
    "review_silence": "no decision of the outside reviewer in time",
    "court_decision": "a judgment",
    "service": "service of the complaint",
    "extension": "an extension",
}
STATES: Final[Mapping[str, str]] = {
    "waiting": "not started",
    "running": "running",
    "paused": "paused",
    "lapsed": "lapsed",
    "met": "done",
    "no_date": "stage in doubt",
    "no_number": "the law sets no number",
    "asks": "a fact must be told first",
    "off": "does not apply",
    "not_yet": "not open yet",
    "open": "open",
    "given_up": "given up",
}
DECISION_DATES: Final[Mapping[str, str]] = {
    "dated": "the date on the letter",
    "sent": "the day it was sent",
    "received": "the day it was received",
    "unknown": "the earliest date of the letter",
}
_UNITS: Final = {
    Unit.BUSINESS_DAYS: "working day",
    Unit.CALENDAR_DAYS: "day",
    Unit.WEEKS: "week",
    Unit.MONTHS: "month",
}


def day_words(day: date) -> str:
    """``Saturday 15 June 2024``."""
    return f"{WEEKDAYS[day.weekday()]} {short_day(day)}"


def short_day(day: date) -> str:
    """``15 June 2024``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def number(amount: int, one: str) -> str:
    """``1 day``, ``20 working days``."""
    return f"{amount} {one if amount == 1 else one + 's'}"


def length(amount: int, unit: Unit) -> str:
    """``20 working days``."""
    return number(amount, _UNITS[unit])


def event_words(event: str, notice: str = "") -> str:
    """What happened, as a clause."""
    return NOTICES.get(notice) or EVENTS.get(event) or event.replace("_", " ")


def opens_after(events: Sequence[str]) -> str:
    """What a clock waits for: ``a refusal or no answer in time``."""
    return " or ".join(_OPENERS.get(each, each.replace("_", " ")) for each in events)


def ground_words(ground: str) -> str:
    """Why days are left out."""
    return GROUNDS.get(ground, "paused: " + ground.replace("_", " "))


def clock_name(rule: ClockRule) -> str:
    """The clock's id as words: ``unusual circumstances extension``."""
    return rule.id.replace("_", " ")


def sentence(words: str) -> str:
    """With a capital and a full stop."""
    words = words.strip()
    if not words:
        return ""
    return words[0].upper() + words[1:] + ("" if words.endswith((".", "?", "!")) else ".")
