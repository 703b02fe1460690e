"""Fees: what was estimated, promised and paid, currency by currency."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.domain.fees import FEES, Estimate, FeeThread, Sum, Waiver, fee_thread
from casefile.domain.requests import EventKind, Request, RequestEvent

K = EventKind
ASKED = Request(id="r", agency="EPA R9", fee_ceiling=2500, currency="USD")


def event(kind: EventKind, on: int = 1, number: int = 0, **details: object) -> RequestEvent:
    day = date(2026, 7, 1) + timedelta(days=on)
    return RequestEvent(
        id=f"e{on}-{number}", request_id="r", kind=kind, dated=day.isoformat(),
        created_at=f"2026-09-01T00:00:00.{number:06}Z", **details,  # type: ignore[arg-type]
    )  # fmt: skip


def of(*events: RequestEvent, request: Request = ASKED) -> FeeThread:
    return fee_thread(request, events)


def test_where_nothing_was_said_nothing_is_told() -> None:
    found = of(request=Request(id="r", agency="EPA R9"))
    assert (found.ceiling, found.waiver, found.given) == (None, Waiver.NOT_ASKED, "")
    assert not any((found.estimates, found.paid, found.open, found.events))


def test_a_later_estimate_replaces_an_earlier_one_of_its_currency() -> None:
    found = of(
        event(K.FEE_ESTIMATE, 9, amount=42000, currency="USD"),
        event(K.FEE_ESTIMATE, 3, amount=90000, currency="USD"),
        event(K.FEE_ESTIMATE, 4, amount=1500, currency="EUR"),
    )
    assert found.estimates == (
        Estimate(Sum(42000, "USD"), 39500), Estimate(Sum(1500, "EUR"), None),
    )  # fmt: skip


def test_a_letter_on_the_category_brings_its_own_sum() -> None:
    found = of(
        event(K.FEE_ESTIMATE, 3, amount=42000, currency="USD"),
        event(K.FEE_CATEGORY, 5, amount=90000, currency="USD", note=" Commercial use "),
        request=replace(ASKED, category="News media"),
    )
    assert (found.claimed, found.given) == ("News media", "Commercial use")
    assert found.estimates[0].sum == Sum(90000, "USD")


@pytest.mark.parametrize(
    ("amount", "currency", "ceiling", "over"),
    [
        (2500, "USD", "USD", 0),
        (2501, " usd", "USD ", 1),
        (900, "USD", "USD", 0),
        (9000, "", "USD", None),
        (9000, "USD", "", None),
        (9000, "", "", None),
        (9000, "EUR", "USD", None),
    ],
)
def test_only_sums_of_one_known_currency_are_compared(
    amount: int, currency: str, ceiling: str, over: int | None
) -> None:
    found = of(
        event(K.FEE_ESTIMATE, amount=amount, currency=currency),
        request=replace(ASKED, currency=ceiling),
    )
    assert found.estimates[0].over == over


def test_a_promise_without_a_sum_is_one_to_pay_what_was_asked() -> None:
    estimate = event(K.FEE_ESTIMATE, 3, amount=42000, currency="USD")
    whole = event(K.FEE_COMMITMENT, 5, answers=estimate.id)
    assert of(estimate, whole).committed == (Sum(42000, "USD"),)
    part = event(K.FEE_COMMITMENT, 6, amount=10000, currency="USD", answers=estimate.id)
    assert of(estimate, whole, part).committed == (Sum(10000, "USD"),)
    assert of(event(K.FEE_COMMITMENT, 5)).committed == ()


def test_payments_add_up_by_currency_and_one_without_a_sum_is_counted() -> None:
    found = of(
        event(K.FEE_PAID, 3, amount=10000, currency="USD"),
        event(K.FEE_PAID, 4, amount=500, currency="usd"),
        event(K.FEE_PAID, 5, amount=700, currency="CAD"),
        event(K.FEE_PAID, 6, amount=9),
        event(K.FEE_PAID, 7),
    )
    assert found.paid == (Sum(10500, "USD"), Sum(700, "CAD"), Sum(9, ""))
    assert found.unstated_payments == 1


def test_a_question_is_open_until_something_answers_it() -> None:
    estimate = event(K.FEE_ESTIMATE, 3, amount=42000, currency="USD")
    demand = event(K.ADVANCE_PAYMENT, 4, amount=21000, currency="USD")
    other = event(K.CLARIFICATION, 5)
    assert of(estimate, demand, other).open == (estimate, demand)
    paid = event(K.FEE_PAID, 6, amount=21000, currency="USD", answers=demand.id)
    found = of(estimate, demand, other, paid)
    assert found.open == (estimate,)
    assert found.demanded == (Sum(21000, "USD"),)


@pytest.mark.parametrize(
    ("outcome", "waiver"),
    [
        ("granted", Waiver.GRANTED),
        ("partly", Waiver.PARTLY),
        ("denied", Waiver.REFUSED),
        ("", Waiver.DECIDED),
    ],
)
def test_the_last_decision_on_the_waiver_counts(outcome: str, waiver: Waiver) -> None:
    asked = replace(ASKED, waiver_asked=True)
    assert of(request=asked).waiver is Waiver.ASKED
    last = event(K.WAIVER_DECISION, 8, outcome=outcome)
    found = of(last, event(K.WAIVER_DECISION, 4, outcome="denied"), request=asked)
    assert (found.waiver, found.waiver_event) == (waiver, last)


def test_an_appeal_against_a_letter_on_fees_is_part_of_the_thread() -> None:
    refused = event(K.WAIVER_DECISION, 4, outcome="denied")
    appeal = event(K.APPEAL, 8, answers=refused.id)
    about_records = event(K.APPEAL, 9, answers="denial")
    assert of(about_records, appeal, refused).events == (refused, appeal)


CURRENCIES = st.sampled_from(["USD", "EUR", "usd ", ""])


@st.composite
def told(draw: st.DrawFn) -> list[RequestEvent]:
    """Events as they were logged, some of them answers to earlier ones."""
    made: list[RequestEvent] = []
    for number in range(draw(st.integers(0, 12))):
        kind = draw(st.sampled_from([*sorted(FEES), K.CLARIFICATION, K.DENIAL]))
        amount = draw(st.none() | st.integers(0, 10**9))
        answers = draw(st.none() | st.sampled_from(made)) if made else None
        made.append(
            event(
                kind, draw(st.integers(0, 20)), number, amount=amount, currency=draw(CURRENCIES),
                answers=answers.id if answers else None,
            )
        )  # fmt: skip
    return made


@given(told())
def test_what_was_paid_is_the_sum_of_the_payments_in_each_currency(
    events: list[RequestEvent],
) -> None:
    expected: Counter[str] = Counter()
    for each in events:
        if each.kind is K.FEE_PAID and each.amount is not None:
            expected[each.currency.strip().upper()] += each.amount
    found = of(*events).paid
    assert len({each.currency for each in found}) == len(found)
    assert {each.currency: each.amount for each in found} == dict(expected)


@given(told(), st.randoms())
def test_the_order_in_which_events_are_handed_in_changes_nothing(
    events: list[RequestEvent], random: Random
) -> None:
    shuffled = list(events)
    random.shuffle(shuffled)
    assert of(*shuffled) == of(*events)


@given(told())
def test_the_thread_stands_by_day_and_holds_every_letter_on_fees(
    events: list[RequestEvent],
) -> None:
    found = of(*events).events
    assert [each.day for each in found] == sorted(each.day for each in found)
    assert {each.id for each in found} == {each.id for each in events if each.kind in FEES}


@given(told())
def test_one_currency_says_nothing_about_another(events: list[RequestEvent]) -> None:
    """Every sum is what it would be if only the letters in its currency had come."""
    whole = of(*events)
    for currency in ("USD", "EUR", ""):
        alone = of(*(
            each if each.currency.strip().upper() == currency else replace(each, amount=None)
            for each in events
            if each.kind is not K.FEE_COMMITMENT
        ))  # fmt: skip
        for name in ("estimates", "demanded", "paid"):
            kept = [each for each in getattr(whole, name) if _currency(each) == currency]
            assert list(getattr(alone, name)) == kept


@given(told(), CURRENCIES, st.none() | st.integers(0, 10**9))
def test_over_the_ceiling_is_told_only_of_the_ceilings_own_currency(
    events: list[RequestEvent], currency: str, ceiling: int | None
) -> None:
    request = replace(ASKED, fee_ceiling=ceiling, currency=currency)
    for each in of(*events, request=request).estimates:
        same = bool(each.sum.currency) and each.sum.currency == currency.strip().upper()
        if ceiling is None or not same:
            assert each.over is None
        else:
            assert each.over == max(0, each.sum.amount - ceiling)


def _currency(each: Sum | Estimate) -> str:
    return each.sum.currency if isinstance(each, Estimate) else each.currency
