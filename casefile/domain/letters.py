"""Letters about a records request: their kinds, and what one is filled in with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from casefile.domain.clock_words import short_day
from casefile.domain.working_days import MONTHS


class LetterKind(StrEnum):
    REQUEST = "request"
    REMINDER = "reminder"
    CLARIFICATION_REPLY = "clarification_reply"
    NARROWING = "narrowing"
    FEE_WAIVER = "fee_waiver"
    FEE_OBJECTION = "fee_objection"
    APPEAL = "appeal"
    COMPLAINT = "complaint"
    STILL_INTERESTED = "still_interested"


@dataclass(frozen=True, slots=True)
class WithheldGround:
    """What was kept back under one code: a heading that names and counts it, its places one by
    one, and what speaks against the code."""

    code: str
    heading: str
    places: tuple[str, ...]
    argument: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part of an appeal that belongs to no page."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """What a letter's template may name, each under the field's name. Dates are words already;
    what is not known is empty, and the letters read right without it."""

    law_id: str = ""
    law_name: str = "[name of the law]"
    citation: str = ""
    agency: str = "[name of the agency]"
    office: tuple[str, ...] = ()
    reviewer: str = ""
    reviewer_lines: tuple[str, ...] = ()
    requester: str = "[your name]"
    requester_lines: tuple[str, ...] = ()
    on_behalf_of: str = ""
    numbers: tuple[str, ...] = ()
    subject: str = ""
    scope: str = "[describe the records: class, subject, dates, who holds them]"
    period: str = ""
    today: str = ""
    sent_on: str = ""
    received_on: str = ""
    due_on: str = ""
    days_late: int = 0
    extended: bool = False
    letter_on: str = ""
    decision_on: str = ""
    appeal_by: str = ""
    appeal_on: str = ""
    appeal_decision_on: str = ""
    category: str = ""
    fee_ceiling: str = ""
    estimate: str = ""
    waiver_asked: bool = False
    waiver_reason: str = ""
    expedited_asked: bool = False
    expedited_reason: str = ""
    answer: str = ""
    withheld: tuple[WithheldGround, ...] = ()
    sections: tuple[Section, ...] = ()
    gaps: tuple[str, ...] = ()


_PLACEHOLDER = re.compile(r"\[[a-z][^\]\n]{2,120}\]")


def in_words(day: date, law_id: str = "") -> str:
    """``28 November 2026``, or as an American reads it where the law is one of the States'."""
    if law_id.startswith("us-"):
        return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"
    return short_day(day)


def folders(law_id: str) -> tuple[str, ...]:
    """Where a law's letters are looked for: its own folder, its family's, the one for any law."""
    family = ("us-state",) if law_id.startswith("us-") and law_id != "us-federal" else ()
    own = (law_id,) if re.fullmatch(r"[a-z][a-z0-9-]{0,31}", law_id) else ()
    return (*own, *family, "general")


def unfilled(text: str) -> tuple[str, ...]:
    """What the reporter still has to write: ``[your name]``."""
    return tuple(dict.fromkeys(_PLACEHOLDER.findall(text)))


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as it is kept with its request. ``findings_reason`` says why it may show what only a
    confidential source can have told; empty where it shows nothing of that kind."""

    id: str
    request_id: str
    kind: LetterKind
    title: str
    text: str
    findings_reason: str
    created_at: str
    modified_at: str
    deleted_at: str | None
