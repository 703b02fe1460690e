"""The fees of a request as the command line answers with them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from casefile.cli.answers import safe
from casefile.cli.clock_answers import iso
from casefile.domain.fees import Waiver
from casefile.domain.money import figures

if TYPE_CHECKING:
    from casefile.domain.clocks import Clock
    from casefile.domain.fees import Estimate, Sum
    from casefile.services.fees import Fees


def fees_answer(found: Fees) -> dict[str, Any]:
    """``over`` is null where an estimate and the ceiling cannot be compared."""
    thread, late = found.thread, found.late
    letter = thread.waiver_event
    return {
        "category": thread.claimed,
        "category_given": thread.given,
        "ceiling": _sum(thread.ceiling) if thread.ceiling else None,
        "estimates": [
            {**_sum(each.sum), "over": None if each.over is None else figures(each.over)}
            for each in thread.estimates
        ],
        "demanded": [_sum(each) for each in thread.demanded],
        "committed": [_sum(each) for each in thread.committed],
        "paid": [_sum(each) for each in thread.paid],
        "payments_without_sum": thread.unstated_payments,
        "open": [
            {"event": each.id, "kind": each.kind.value, **_limit(found.answer_by.get(each.id))}
            for each in thread.open
        ],
        "waiver": thread.waiver.value,
        "waiver_appeal": _limit(found.appeals.get(letter.id) if letter else None),
        "late": late
        and {
            "due": iso(late.due),
            "answered": iso(late.answered),
            "agency_due": iso(late.agency_due),
            "words": f"The agency {late.words}.",
        },
    }


def fees_lines(found: Fees) -> Iterator[str]:
    """The same for people; nothing where fees never came up."""
    thread = found.thread
    parts = [
        *(f"estimate {_words(each.sum)}{_over(each)}" for each in thread.estimates),
        *(f"{_words(each)} demanded in advance" for each in thread.demanded),
        *(f"{_words(each)} promised" for each in thread.committed),
        *(f"{_words(each)} paid" for each in thread.paid),
    ]
    if thread.waiver is not Waiver.NOT_ASKED:
        parts.append(f"waiver {thread.waiver.value}")
    if parts:
        yield safe(f"Fees: {'; '.join(parts)}")
    if found.late is not None:
        yield safe(f"Answer due {iso(found.late.due)}: the agency {found.late.words}.")


def _over(estimate: Estimate) -> str:
    return f" ({figures(estimate.over)} over the ceiling)" if estimate.over else ""


def _limit(clock: Clock | None) -> dict[str, Any]:
    return {
        "due": iso(clock.due) if clock else None,
        "send_by": iso(clock.send_by) if clock else None,
        "state": clock.state.value if clock else None,
    }


def _sum(each: Sum) -> dict[str, str]:
    return {"amount": figures(each.amount), "currency": each.currency}


def _words(each: Sum) -> str:
    return f"{figures(each.amount)} {each.currency or '(no currency)'}"
