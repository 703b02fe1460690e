"""Records requests: what was asked of whom, and everything that has happened since.

A request's state is never kept: it follows from its events (``request_status``), and so do its
clocks (``request_matter`` and ``clocks``). Dates are ISO 8601 days, times UTC.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class EventKind(StrEnum):
    """What can happen to a request, in the field's own words."""

    SENT = "sent"
    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    CLARIFICATION = "clarification"
    CLARIFICATION_REPLY = "clarification_reply"
    NARROWING = "narrowing"
    NARROWING_REPLY = "narrowing_reply"
    FEE_ESTIMATE = "fee_estimate"
    FEE_CATEGORY = "fee_category"
    FEE_OBJECTION = "fee_objection"
    FEE_COMMITMENT = "fee_commitment"
    ADVANCE_PAYMENT = "advance_payment"
    FEE_PAID = "fee_paid"
    WAIVER_DECISION = "waiver_decision"
    EXPEDITION_DECISION = "expedition_decision"
    EXTENSION = "extension"
    INTERIM_RELEASE = "interim_release"
    DETERMINATION = "determination"
    FINAL_RELEASE = "final_release"
    DENIAL = "denial"
    REFERRAL = "referral"
    CONSULTATION = "consultation"
    TRANSFER = "transfer"
    STILL_INTERESTED = "still_interested"
    STILL_INTERESTED_REPLY = "still_interested_reply"
    REMINDER = "reminder"
    APPEAL = "appeal"
    APPEAL_DECISION = "appeal_decision"
    REVIEW = "review"
    REVIEW_DECISION = "review_decision"
    SUIT = "suit"
    SERVICE = "service"
    COURT_DECISION = "court_decision"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    NOTE = "note"
    #: What the reporter said of a clock: kept in the history like everything else.
    FACT = "fact"
    OVERRIDE = "override"
    GIVEN_UP = "given_up"
    SNOOZED = "snoozed"


#: What the reporter does; everything else comes from the agency or is the reporter's own note.
FROM_REPORTER = frozenset({
    EventKind.SENT, EventKind.CLARIFICATION_REPLY, EventKind.NARROWING_REPLY,
    EventKind.FEE_OBJECTION, EventKind.FEE_COMMITMENT, EventKind.FEE_PAID, EventKind.REMINDER,
    EventKind.STILL_INTERESTED_REPLY, EventKind.APPEAL, EventKind.REVIEW, EventKind.SUIT,
    EventKind.WITHDRAWN,
})  # fmt: skip
#: What the reporter decided about clocks: no letter, and no part of the correspondence.
ABOUT_CLOCKS = frozenset(
    {EventKind.FACT, EventKind.OVERRIDE, EventKind.GIVEN_UP, EventKind.SNOOZED}
)
#: Kinds among which a reply of the agency is logged, in the order in which they are offered.
REPLIES = (
    EventKind.ACKNOWLEDGED, EventKind.INTERIM_RELEASE, EventKind.DETERMINATION,
    EventKind.FINAL_RELEASE, EventKind.DENIAL, EventKind.FEE_ESTIMATE, EventKind.CLARIFICATION,
    EventKind.EXTENSION, EventKind.NARROWING, EventKind.ADVANCE_PAYMENT, EventKind.FEE_CATEGORY,
    EventKind.WAIVER_DECISION, EventKind.EXPEDITION_DECISION, EventKind.REFERRAL,
    EventKind.CONSULTATION, EventKind.TRANSFER, EventKind.STILL_INTERESTED,
    EventKind.APPEAL_DECISION, EventKind.REVIEW_DECISION, EventKind.COURT_DECISION,
)  # fmt: skip
#: Letters that bring records.
RELEASES = frozenset({EventKind.INTERIM_RELEASE, EventKind.DETERMINATION, EventKind.FINAL_RELEASE})
#: Letters that decide on the request.
DECIDED = frozenset({EventKind.DETERMINATION, EventKind.DENIAL, EventKind.FINAL_RELEASE})
#: Each question of the agency, and what answers it.
ANSWERS = {
    EventKind.CLARIFICATION: (EventKind.CLARIFICATION_REPLY,),
    EventKind.NARROWING: (EventKind.NARROWING_REPLY,),
    EventKind.FEE_ESTIMATE: (
        EventKind.FEE_COMMITMENT, EventKind.FEE_PAID, EventKind.FEE_OBJECTION),
    EventKind.ADVANCE_PAYMENT: (EventKind.FEE_PAID, EventKind.FEE_OBJECTION),
    EventKind.FEE_CATEGORY: (EventKind.FEE_OBJECTION, EventKind.FEE_COMMITMENT),
    EventKind.STILL_INTERESTED: (EventKind.STILL_INTERESTED_REPLY,),
}  # fmt: skip


class Way(StrEnum):
    """How an event came or went."""

    PORTAL = "portal"
    EMAIL = "email"
    POST = "post"
    FAX = "fax"
    HAND = "hand"
    PHONE = "phone"


class Bucket(StrEnum):
    """Where a promised page is."""

    FULL = "full"
    PART = "part"
    WITHHELD = "withheld"
    REFERRED = "referred"
    DUPLICATE = "duplicate"
    NON_RESPONSIVE = "non_responsive"
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """An office of the address book. ``zone`` is an IANA time zone, ``closes_at`` an hour
    ("17:00") there, ``closures`` are days (ISO) on which it does not work though the law's calendar
    knows no holiday, ``holidays`` codes of another calendar ("US-DC")."""

    id: str
    name: str
    address: str = ""
    email: str = ""
    portal: str = ""
    phone: str = ""
    zone: str = ""
    closes_at: str = ""
    holidays: tuple[str, ...] = ()
    closures: tuple[str, ...] = ()
    notes: str = ""
    created_at: str = ""
    modified_at: str = ""
    deleted_at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """``agency`` is the name under which it was asked, ``agency_id`` its office. ``law`` is the id
    of a law (``us-federal``) or words. ``requester`` is the requester of record: only they can sue.
    ``fee_ceiling`` is in hundredths of ``currency``. ``parent_id`` is the request that an agency
    referred here; ``rules_id`` the rules in force when it was received."""

    id: str
    agency: str
    agency_id: str | None = None
    law: str = ""
    subject: str = ""
    tracking_numbers: tuple[str, ...] = ()
    requester: str = ""
    on_behalf_of: str = ""
    scope: str = ""
    period_from: str | None = None
    period_to: str | None = None
    text: str = ""
    category: str = ""
    fee_ceiling: int | None = None
    currency: str = ""
    waiver_asked: bool = False
    expedited_asked: bool = False
    expedited_certified: bool = False
    parent_id: str | None = None
    pages_expected: int | None = None
    rules_id: str | None = None
    created_at: str = ""
    modified_at: str = ""
    deleted_at: str | None = None

    @property
    def tracking_number(self) -> str:
        """The first of its numbers, by which it is called."""
        return self.tracking_numbers[0] if self.tracking_numbers else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestEvent:
    """One event of a request's timeline.

    A letter has up to three dates: ``dated`` on the letter, ``sent``, ``received``; of what the
    reporter sends, ``received`` is the day on which the agency had it. ``appeal_offered`` is None
    where nobody was asked. ``amount`` is in hundredths of ``currency``. ``clock`` is the id of the
    clock that it is about, ``ground`` why it stops that clock, ``confirmed`` that the reporter
    agrees; ``until`` is the day to which the agency extends, suspends, or to which something was
    put off, and for an override the day that counts; ``limit_on`` is a limit printed in the letter
    for the reporter; ``answers`` the event that this one answers, or that started
    the clock that it is about; ``outcome`` one word of what was
    decided (granted, denied, yes, no). ``after_hours`` says that it reached the agency after the
    office had closed, so that by the office's rules it counts as received on its next working day.
    """

    id: str
    request_id: str
    kind: EventKind
    dated: str | None = None
    sent: str | None = None
    received: str | None = None
    way: str = ""
    proof: str = ""
    person: str = ""
    note: str = ""
    appeal_offered: bool | None = None
    pages: int | None = None
    bates_first: str = ""
    bates_last: str = ""
    amount: int | None = None
    currency: str = ""
    clock: str = ""
    ground: str = ""
    confirmed: bool = False
    until: str | None = None
    limit_on: str | None = None
    answers: str | None = None
    outcome: str = ""
    after_hours: bool = False
    child_id: str | None = None
    documents: tuple[str, ...] = ()
    created_at: str = ""
    modified_at: str = ""
    deleted_at: str | None = None

    @property
    def day(self) -> str:
        """The day under which it stands in the timeline: the first that is known."""
        return self.dated or self.sent or self.received or self.created_at[:10]

    @property
    def on(self) -> date:
        return date.fromisoformat(self.day)


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """A run of promised pages and where they are. ``first`` and ``last`` are Bates or page numbers
    as printed; ``pages`` how many; ``to_whom`` for pages referred elsewhere; ``duplicate_of`` for
    duplicates."""

    id: str
    request_id: str
    bucket: Bucket
    pages: int
    first: str = ""
    last: str = ""
    to_whom: str = ""
    duplicate_of: str = ""
    document_id: str | None = None
    note: str = ""
    created_at: str = ""
    modified_at: str = ""
    deleted_at: str | None = None


def answers_to(events: Iterable[RequestEvent]) -> dict[str, RequestEvent]:
    """What answers each question, by the question's id. What the reporter decided about the clock
    that a letter started answers nothing."""
    return {e.answers: e for e in events if e.answers and e.kind not in ABOUT_CLOCKS}


def called(agency: str, tracking_number: str) -> str:
    """A request in a few words: "EPA R9 #2291"."""
    return f"{agency} #{tracking_number.lstrip('#')}" if tracking_number else agency


def in_order(events: list[RequestEvent]) -> list[RequestEvent]:
    """By day; of one day, in the order in which they were logged."""
    return sorted(events, key=lambda event: (event.day, event.created_at, event.id))
