"""Requests, their events and their pages as the command line answers with them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from casefile.cli.answers import safe, table
from casefile.cli.clock_answers import clock_answer, iso
from casefile.domain.money import figures

if TYPE_CHECKING:
    from casefile.domain.clocks import Clock
    from casefile.domain.forecast import Forecast
    from casefile.domain.requests import LedgerEntry, RequestEvent
    from casefile.services.deadlines import RequestView
    from casefile.services.page_ledger import Totals


def request_answer(view: RequestView) -> dict[str, Any]:
    """A request with what follows from its events."""
    from casefile.services.standing_words import sentence

    request = view.request
    return {
        "request": request.id,
        "agency": request.agency,
        "law": request.law,
        "subject": request.subject,
        "tracking_number": request.tracking_number,
        "tracking_numbers": list(request.tracking_numbers),
        "requester": request.requester,
        "on_behalf_of": request.on_behalf_of,
        "scope": request.scope,
        "from": request.period_from,
        "to": request.period_to,
        "category": request.category,
        "fee_ceiling": _sum(request.fee_ceiling, request.currency),
        "waiver": request.waiver_asked,
        "expedited": request.expedited_asked,
        "certified": request.expedited_certified,
        "parent": request.parent_id,
        "pages_expected": request.pages_expected,
        "status": view.status.value,
        "next_step": view.next_step.value,
        "late_since": iso(view.late_since),
        "reminded": iso(view.reminded),
        "snoozed_until": iso(view.snoozed_until),
        "standing": [sentence(each) for each in view.standing],
        "leading": view.leading.rule.id if view.leading else None,
        "clocks": [clock_answer(each, view.law) for each in view.clocks],
    }


def event_answer(event: RequestEvent) -> dict[str, Any]:
    """Every value of an event."""
    return {
        "event": event.id,
        "kind": event.kind.value,
        "day": event.day,
        "dated": event.dated,
        "sent": event.sent,
        "received": event.received,
        "way": event.way,
        "proof": event.proof,
        "person": event.person,
        "note": event.note,
        "appeal_offered": event.appeal_offered,
        "pages": event.pages,
        "bates_first": event.bates_first,
        "bates_last": event.bates_last,
        "amount": _sum(event.amount, event.currency),
        "clock": event.clock,
        "ground": event.ground,
        "confirmed": event.confirmed,
        "after_hours": event.after_hours,
        "until": event.until,
        "limit": event.limit_on,
        "answers": event.answers,
        "outcome": event.outcome,
        "child": event.child_id,
        "documents": list(event.documents),
    }


def ledger_answer(totals: Totals, entries: Iterable[LedgerEntry]) -> dict[str, Any]:
    """The page ledger with its totals."""
    return {
        "promised": totals.promised,
        "accounted": totals.accounted,
        "difference": totals.difference,
        "buckets": {bucket.value: pages for bucket, pages in totals.by_bucket.items()},
        "entries": [
            {
                "entry": each.id,
                "bucket": each.bucket.value,
                "pages": each.pages,
                "first": each.first,
                "last": each.last,
                "to_whom": each.to_whom,
                "duplicate_of": each.duplicate_of,
                "document": each.document_id,
                "note": each.note,
            }
            for each in entries
        ],
    }


def forecast_answer(found: Forecast) -> dict[str, Any]:
    """What to expect of the agency, in days."""
    from casefile.services.forecast import sentence

    return {
        "basis": found.basis.value,
        "answered": found.answered,
        "waiting": found.waiting,
        "few": found.few,
        "lower": found.lower,
        "median": found.median,
        "upper": found.upper,
        "sentence": sentence(found),
    }


def request_lines(views: Iterable[RequestView]) -> list[str]:
    """The same for people, a line a request."""
    return list(
        table(
            (
                view.request.id,
                view.request.agency,
                view.request.law,
                view.request.tracking_number,
                view.status.value,
                f"{view.leading.rule.kind.value} {_date_of(view.leading)}" if view.leading else "",
            )
            for view in views
        )
    )


def event_lines(events: Iterable[RequestEvent]) -> list[str]:
    return list(
        table((each.day, each.kind.value, each.person, each.note, each.id) for each in events)
    )


def clock_lines(clocks: Iterable[Clock]) -> list[str]:
    """Each clock and, under it, why this date."""
    from casefile.domain.clocks import explain

    lines = []
    for clock in clocks:
        shown = _date_of(clock) or ", ".join(clock.opens_after)
        lines.append(safe(f"{clock.rule.id}: {clock.state.value} {shown}".rstrip()))
        lines += ["  " + safe(line) for line in explain(clock)]
    return lines


def ledger_lines(ledger: dict[str, Any]) -> list[str]:
    head = "{promised:,} pages promised, {accounted:,} in the ledger, difference {difference:,}"
    return [
        head.format(**ledger),
        *table(
            (each["entry"], each["bucket"], each["pages"], each["first"], each["last"])
            for each in ledger["entries"]
        ),
    ]


def _date_of(clock: Clock) -> str:
    return iso(clock.drives or clock.due) or ""


def _sum(amount: int | None, currency: str) -> dict[str, str] | None:
    if amount is None:
        return None
    return {"amount": figures(amount), "currency": currency}
