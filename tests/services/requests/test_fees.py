"""The fees of a request, with the days that hang on them."""

from __future__ import annotations

from datetime import date

import pytest

from casefile.domain.clocks import ClockState
from casefile.domain.fees import Estimate, Sum, Waiver
from casefile.domain.requests import EventKind
from casefile.services import deadlines, fees, request_events, requests
from casefile.services.case import Case

K = EventKind


@pytest.fixture
def asked(case: Case) -> str:
    change = requests.add(
        case, agency="EPA R9", law="us-federal", sent_on="2026-07-02", category="News media",
        fee_ceiling=2500, currency="USD", waiver_asked=True,
    )  # fmt: skip
    request_id = change.ids("request")[0]
    log(case, request_id, K.RECEIVED, received="2026-07-06")  # due 3 August
    return request_id


def log(case: Case, request_id: str, kind: EventKind, **details: object) -> str:
    return request_events.log(case, request_id, kind, **details).ids("request_event")[0]


def on(case: Case, request_id: str, day: str) -> fees.Fees:
    today = date.fromisoformat(day)
    return fees.of_request(deadlines.view(case, request_id, today), today)


def test_a_fee_dispute_from_the_estimate_to_the_payment(case: Case, asked: str) -> None:
    assert on(case, asked, "2026-07-08").thread.events == ()
    estimate = log(
        case, asked, K.FEE_ESTIMATE, dated="2026-07-10", amount=42000, currency="USD",
        ground="fee_assessment_clarification", confirmed=True, limit_on="2026-07-26",
    )  # fmt: skip
    asking = on(case, asked, "2026-07-15")
    assert asking.thread.estimates == (Estimate(Sum(42000, "USD"), 39500),)
    answer_by = asking.answer_by[estimate]
    assert (answer_by.due, answer_by.send_by) == (date(2026, 7, 26), date(2026, 7, 24))
    objection = log(case, asked, K.FEE_OBJECTION, sent="2026-07-16", received="2026-07-16")
    refused = log(
        case, asked, K.WAIVER_DECISION, dated="2026-07-21", outcome="denied", appeal_offered=True
    )
    ruled = on(case, asked, "2026-07-22")
    assert (ruled.thread.open, ruled.answer_by) == ((), {})
    assert ruled.thread.waiver is Waiver.REFUSED
    appeal = ruled.appeals[refused]
    assert (appeal.due, appeal.send_by) == (date(2026, 10, 19), date(2026, 10, 19))
    sent = log(case, asked, K.APPEAL, sent="2026-08-03", answers=refused)
    log(case, asked, K.FEE_PAID, sent="2026-08-04", amount=2500, currency="USD")
    settled = on(case, asked, "2026-08-05")
    assert settled.appeals[refused].state is ClockState.MET
    assert settled.thread.paid == (Sum(2500, "USD"),)
    assert [e.id for e in settled.thread.events][:4] == [estimate, objection, refused, sent]


def test_fees_are_lost_by_silence_and_stay_lost_once_answered(case: Case, asked: str) -> None:
    assert on(case, asked, "2026-08-03").late is None
    silent = on(case, asked, "2026-08-04").late
    assert silent is not None
    assert (silent.due, silent.answered) == (date(2026, 8, 3), None)
    log(case, asked, K.DETERMINATION, dated="2026-08-18", appeal_offered=True)
    answered = on(case, asked, "2026-08-20").late
    assert answered is not None
    assert answered.answered == date(2026, 8, 18)
    assert answered.words == (
        "may not charge search fees (for news media: duplication fees) unless a saving applies; "
        "check 5 U.S.C. 552(a)(4)(A)(viii)"
    )
    assert deadlines.view(case, asked, date(2026, 8, 20)).late_since is None


def test_an_answer_in_time_costs_nothing(case: Case, asked: str) -> None:
    log(case, asked, K.DETERMINATION, dated="2026-08-03", appeal_offered=True)
    assert on(case, asked, "2026-09-01").late is None


def test_a_pause_that_the_law_knows_moves_the_day(case: Case, asked: str) -> None:
    log(
        case, asked, K.FEE_ESTIMATE, dated="2026-07-10",
        ground="fee_assessment_clarification", confirmed=True,
    )  # fmt: skip
    log(case, asked, K.FEE_COMMITMENT, sent="2026-07-16", received="2026-07-16")
    log(case, asked, K.DETERMINATION, dated="2026-08-07")
    assert on(case, asked, "2026-09-01").late is None


def test_what_is_in_time_by_the_agencys_own_count_says_so(case: Case, asked: str) -> None:
    log(
        case, asked, K.CONSULTATION, dated="2026-07-10", until="2026-07-24",
        ground="third_party_consultation",
    )  # fmt: skip
    log(case, asked, K.DETERMINATION, dated="2026-08-05")
    late = on(case, asked, "2026-09-01").late
    assert late is not None
    assert late.due == date(2026, 8, 3)
    assert late.agency_due is not None
    assert late.agency_due > date(2026, 8, 5)


def test_a_request_that_was_closed_keeps_what_its_fees_were(case: Case, asked: str) -> None:
    log(case, asked, K.FEE_ESTIMATE, dated="2026-07-10", amount=42000, currency="USD")
    log(case, asked, K.DETERMINATION, dated="2026-08-18")
    log(case, asked, K.CLOSED, dated="2026-08-30")
    closed = on(case, asked, "2026-12-01")
    assert (closed.thread.open, closed.appeals) == ((), {})
    late = closed.late
    assert late is not None
    assert late.answered == date(2026, 8, 18)


def test_one_withdrawn_in_time_was_never_late(case: Case, asked: str) -> None:
    log(case, asked, K.WITHDRAWN, sent="2026-07-20")
    assert on(case, asked, "2026-12-01").late is None


def test_a_law_that_says_nothing_of_fees_says_nothing(case: Case) -> None:
    for law in ("uk", "our own code"):
        request_id = requests.add(case, agency="Ministry", law=law).ids("request")[0]
        log(case, request_id, K.RECEIVED, received="2026-01-05")
        assert on(case, request_id, "2026-06-01").late is None


def test_illinois_says_it_of_copies(case: Case) -> None:
    request_id = requests.add(case, agency="Village", law="us-il").ids("request")[0]
    log(case, request_id, K.RECEIVED, received="2026-01-05")
    late = on(case, request_id, "2026-06-01").late
    assert late is not None
    assert late.words.startswith("may not charge for copies")
