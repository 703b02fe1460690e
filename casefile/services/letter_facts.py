"""What a letter about a request is filled in with: gathered from the request and its events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from casefile.domain.clocks import ClockState
from casefile.domain.laws import ClockKind
from casefile.domain.letters import LetterFacts, LetterKind, in_words
from casefile.domain.money import figures
from casefile.domain.requests import DECIDED, Bucket, EventKind, Request, RequestEvent
from casefile.services import deadlines, laws, letter_grounds, page_ledger, requests

if TYPE_CHECKING:
    from casefile.services.case import Case
    from casefile.services.deadlines import RequestView

#: The agency's letter that each kind of ours answers.
_ANSWERED = {
    LetterKind.CLARIFICATION_REPLY: (EventKind.CLARIFICATION,),
    LetterKind.NARROWING: (EventKind.NARROWING, EventKind.CLARIFICATION),
    LetterKind.FEE_OBJECTION: (
        EventKind.FEE_ESTIMATE, EventKind.ADVANCE_PAYMENT, EventKind.FEE_CATEGORY),
    LetterKind.STILL_INTERESTED: (EventKind.STILL_INTERESTED,),
}  # fmt: skip
_CONTESTS = frozenset({LetterKind.APPEAL, LetterKind.COMPLAINT})


@dataclass(frozen=True, slots=True)
class LetterChoices:
    """What the reporter says about one letter. ``checked`` are ids of the checklist, ``left_out``
    codes that are not contested, ``answer`` the reporter's own words in the middle of the letter;
    ``address`` stands under the requester's name; ``reviewer`` is who a complaint goes to, where
    the law leaves that open, its address on further lines."""

    today: date
    answer: str = ""
    address: str = ""
    reviewer: str = ""
    waiver_reason: str = ""
    expedited_reason: str = ""
    checked: tuple[str, ...] = ()
    left_out: tuple[str, ...] = field(default=())


def gather(case: Case, request_id: str, kind: LetterKind, choices: LetterChoices) -> LetterFacts:
    """Raises ``UserError("request.not_found")``."""
    view = deadlines.view(case, request_id, choices.today)
    request, law = view.request, laws.known(view.request.law)
    law_id = request.law if law is not None else ""
    reviewer, *reviewer_lines = _lines(choices.reviewer) or ("",)
    values: dict[str, Any] = {
        "law_id": law_id,
        "law_name": law.law if law is not None else request.law,
        "citation": law.citation if law is not None else "",
        "agency": request.agency,
        "office": _lines(view.agency.address),
        "reviewer": reviewer,
        "reviewer_lines": tuple(reviewer_lines),
        "requester": request.requester,
        "requester_lines": _lines(choices.address),
        "on_behalf_of": request.on_behalf_of,
        "numbers": request.tracking_numbers,
        "subject": request.subject.rstrip("."),
        "scope": request.scope,
        "period": _period(request, law_id),
        "today": in_words(choices.today, law_id),
        "category": request.category,
        "fee_ceiling": money(request.fee_ceiling, request.currency),
        "waiver_asked": request.waiver_asked,
        "waiver_reason": choices.waiver_reason,
        "expedited_asked": request.expedited_asked,
        "expedited_reason": choices.expedited_reason,
        "answer": choices.answer.strip() or _to_write(kind),
        **_dates(view, kind, choices.today, law_id),
    }
    if kind in _CONTESTS:
        values["withheld"] = letter_grounds.withheld(case, request_id, law_id, choices.left_out)
        values["sections"] = letter_grounds.sections(law_id, choices.checked)
        values["gaps"] = _gaps(case, request_id)
    # What is not known keeps the template's own blank.
    return LetterFacts(**{name: value for name, value in values.items() if value not in ("", ())})


def known(case: Case, request_id: str) -> list[str]:
    """What the agency has already: its numbers, its name and address, the days on which letters
    went to and fro. Raises ``UserError("request.not_found")``."""
    from casefile.store import requests as rows

    reader = case.reader()
    request = rows.get(reader, request_id)
    office = requests.agency_of(case, request)
    found = [*request.tracking_numbers, request.agency, office.name, office.address]
    for event in rows.events_of(reader, request_id):
        found += [event.dated or "", event.sent or "", event.received or "", event.proof]
    return [each for each in found if each]


def money(amount: int | None, currency: str) -> str:
    """``USD 25.00``; empty where there is no amount."""
    return "" if amount is None else f"{currency} {figures(amount, grouped=True)}".strip()


def _dates(view: RequestView, kind: LetterKind, today: date, law_id: str) -> dict[str, Any]:
    def on(*kinds: EventKind) -> str:
        event = _last(view.events, kinds)
        return in_words(event.on, law_id) if event is not None else ""

    estimate = _last(view.events, (EventKind.FEE_ESTIMATE, EventKind.ADVANCE_PAYMENT))
    found: dict[str, Any] = {
        "sent_on": on(EventKind.SENT),
        "received_on": on(EventKind.RECEIVED),
        "letter_on": on(*_ANSWERED.get(kind, ())),
        "decision_on": on(*DECIDED),
        "appeal_on": on(EventKind.APPEAL),
        "appeal_decision_on": on(EventKind.APPEAL_DECISION),
        "extended": _last(view.events, (EventKind.EXTENSION,)) is not None,
        "estimate": money(estimate.amount, estimate.currency) if estimate is not None else "",
    }
    due = next(
        (each.due for each in view.clocks if each.rule.kind is ClockKind.RESPONSE and each.due),
        None,
    )
    if due is not None and due < today and not found["decision_on"]:
        found |= {"due_on": in_words(due, law_id), "days_late": (today - due).days}
    if kind is LetterKind.APPEAL and (ends := _appeal_ends(view)) is not None:
        found["appeal_by"] = in_words(ends, law_id)
    return found


def _appeal_ends(view: RequestView) -> date | None:
    """The last day for the appeal, where it is still to come and the figure was seen in a source: a
    letter claims nothing that has to be checked."""
    running = [
        each.due
        for each in view.clocks
        if each.rule.kind is ClockKind.APPEAL_FILING
        and each.state is ClockState.RUNNING
        and each.due is not None
        and not each.check_this
    ]
    return min(running, default=None)


def _last(events: Sequence[RequestEvent], kinds: Sequence[EventKind]) -> RequestEvent | None:
    return next((each for each in reversed(events) if each.kind in kinds), None)


def _period(request: Request, law_id: str) -> str:
    first, last = (
        in_words(date.fromisoformat(day), law_id) if day else ""
        for day in (request.period_from, request.period_to)
    )
    if first and last:
        return f"{first} to {last}"
    if first:
        return f"{first} up to the day of your search"
    return f"any time up to {last}" if last else ""


def _gaps(case: Case, request_id: str) -> tuple[str, ...]:
    """Pages that the agency's letters speak of and that are in no other place."""
    gaps = [
        " to ".join(dict.fromkeys(each for each in (entry.first, entry.last) if each))
        + (f" ({pages})" if entry.first or entry.last else pages)
        for entry in page_ledger.listing(case, request_id)
        if entry.bucket is Bucket.MISSING and (pages := _pages(entry.pages))
    ]
    totals = page_ledger.totals(case, request_id)
    if totals.difference > 0:
        gaps.append(f"{_pages(totals.difference)} of the {totals.promised:,} that you speak of")
    return tuple(gaps)


def _pages(count: int) -> str:
    return "1 page" if count == 1 else f"{count:,} pages"


def _to_write(kind: LetterKind) -> str:
    if kind is LetterKind.CLARIFICATION_REPLY:
        return "[your answer]"
    return "[the narrower scope]" if kind is LetterKind.NARROWING else ""


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
