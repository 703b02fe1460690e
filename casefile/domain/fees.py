"""What was said about money in a request: claimed, estimated, demanded, promised, paid, waived.

Sums are hundredths of a currency. Two currencies are never added together nor compared, and a
currency that nobody named agrees with none, not even with another that nobody named.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from casefile.domain.request_status import open_questions
from casefile.domain.requests import EventKind, Request, RequestEvent, in_order

FEES = frozenset({
    EventKind.FEE_ESTIMATE, EventKind.FEE_CATEGORY, EventKind.FEE_OBJECTION,
    EventKind.FEE_COMMITMENT, EventKind.ADVANCE_PAYMENT, EventKind.FEE_PAID,
    EventKind.WAIVER_DECISION,
})  # fmt: skip
_CONTESTS = frozenset({EventKind.APPEAL, EventKind.REVIEW})
#: A letter that moves the request to another category says with its sum what that one costs.
_ESTIMATES = frozenset({EventKind.FEE_ESTIMATE, EventKind.FEE_CATEGORY})


class Waiver(StrEnum):
    """How the wish to pay nothing stands."""

    NOT_ASKED = "not_asked"
    ASKED = "asked"
    GRANTED = "granted"
    PARTLY = "partly"
    REFUSED = "refused"
    DECIDED = "decided"  # a decision that was logged without saying which


_DECISIONS = {"granted": Waiver.GRANTED, "partly": Waiver.PARTLY, "denied": Waiver.REFUSED}


@dataclass(frozen=True, slots=True)
class Sum:
    """``currency`` is empty where nobody named it."""

    amount: int
    currency: str


@dataclass(frozen=True, slots=True)
class Estimate:
    """``over`` is by how much it exceeds the ceiling, 0 where it does not; None where the two
    cannot be compared, or there is no ceiling."""

    sum: Sum
    over: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeThread:
    """All sums stand once for each currency, in the order in which the currencies came up.

    ``claimed`` is the category that the reporter claims, ``given`` what the agency's last letter
    on it says, ``category_event`` that letter. ``unstated_payments`` counts the payments without a
    sum. ``open`` are the agency's questions about fees that nothing answers, ``events`` everything
    that was said of fees, by day.
    """

    claimed: str
    given: str
    category_event: RequestEvent | None
    ceiling: Sum | None
    estimates: tuple[Estimate, ...]
    demanded: tuple[Sum, ...]
    committed: tuple[Sum, ...]
    paid: tuple[Sum, ...]
    unstated_payments: int
    open: tuple[RequestEvent, ...]
    waiver: Waiver
    waiver_event: RequestEvent | None
    events: tuple[RequestEvent, ...]


def fee_thread(request: Request, events: Sequence[RequestEvent]) -> FeeThread:
    """What the events of a request say about its fees."""
    told = _about_fees(in_order(list(events)))
    ceiling = _ceiling(request)
    category = _last(told, EventKind.FEE_CATEGORY)
    decision = _last(told, EventKind.WAIVER_DECISION)
    return FeeThread(
        claimed=request.category.strip(),
        given=category.note.strip() if category is not None else "",
        category_event=category,
        ceiling=ceiling,
        estimates=tuple(
            Estimate(each, _over(each, ceiling))
            for each in _latest(event for event in told if event.kind in _ESTIMATES)
        ),
        demanded=_latest(e for e in told if e.kind is EventKind.ADVANCE_PAYMENT),
        committed=_committed(told),
        paid=_added(_sums(e for e in told if e.kind is EventKind.FEE_PAID)),
        unstated_payments=sum(e.kind is EventKind.FEE_PAID and e.amount is None for e in told),
        open=tuple(e for e in open_questions(events) if e.kind in FEES),
        waiver=_waiver(request, decision),
        waiver_event=decision,
        events=told,
    )


def _about_fees(events: Iterable[RequestEvent]) -> tuple[RequestEvent, ...]:
    """The letters on fees, and the appeals against them."""
    listed = list(events)
    letters = {event.id for event in listed if event.kind in FEES}
    return tuple(
        e for e in listed if e.kind in FEES or (e.kind in _CONTESTS and e.answers in letters)
    )


def _ceiling(request: Request) -> Sum | None:
    if request.fee_ceiling is None:
        return None
    return Sum(request.fee_ceiling, _currency(request.currency))


def _currency(written: str) -> str:
    return written.strip().upper()


def _last(events: Sequence[RequestEvent], kind: EventKind) -> RequestEvent | None:
    return next((event for event in reversed(events) if event.kind is kind), None)


def _sums(events: Iterable[RequestEvent]) -> Iterable[Sum]:
    for event in events:
        if event.amount is not None:
            yield Sum(event.amount, _currency(event.currency))


def _latest(events: Iterable[RequestEvent]) -> tuple[Sum, ...]:
    """The last sum in each currency: a later letter replaces an earlier one."""
    return tuple({each.currency: each for each in _sums(events)}.values())


def _added(sums: Iterable[Sum]) -> tuple[Sum, ...]:
    totals: dict[str, int] = {}
    for each in sums:
        totals[each.currency] = totals.get(each.currency, 0) + each.amount
    return tuple(Sum(amount, currency) for currency, amount in totals.items())


def _committed(events: Sequence[RequestEvent]) -> tuple[Sum, ...]:
    """A promise that names no sum is one to pay what was asked for."""
    by_id = {event.id: event for event in events}
    promises = (event for event in events if event.kind is EventKind.FEE_COMMITMENT)
    return _latest(
        promise if promise.amount is not None else by_id.get(promise.answers or "", promise)
        for promise in promises
    )


def _over(estimate: Sum, ceiling: Sum | None) -> int | None:
    if ceiling is None or not estimate.currency or estimate.currency != ceiling.currency:
        return None
    return max(0, estimate.amount - ceiling.amount)


def _waiver(request: Request, decision: RequestEvent | None) -> Waiver:
    if decision is not None:
        return _DECISIONS.get(decision.outcome, Waiver.DECIDED)
    return Waiver.ASKED if request.waiver_asked else Waiver.NOT_ASKED
