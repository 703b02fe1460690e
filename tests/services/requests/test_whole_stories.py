"""Requests from beginning to end, as reporters live them."""

from __future__ import annotations

from datetime import date

import pytest

from casefile.domain.clocks import Clock, ClockState
from casefile.domain.request_status import NextStep, Status
from casefile.domain.requests import Bucket, EventKind
from casefile.services import deadlines, page_ledger, request_events, requests
from casefile.services.case import Case
from casefile.services.deadlines import RequestView
from casefile.services.standing_words import sentence


@pytest.fixture
def asked(case: Case) -> str:
    change = requests.add(case, agency="EPA R9", law="us-federal", sent_on="2026-07-02")
    request_id = change.ids("request")[0]
    log(case, request_id, EventKind.RECEIVED, received="2026-07-06")
    return request_id


def log(case: Case, request_id: str, kind: EventKind, **details: object) -> str:
    return request_events.log(case, request_id, kind, **details).ids("request_event")[0]


def on(case: Case, request_id: str, day: str) -> RequestView:
    return deadlines.view(case, request_id, date.fromisoformat(day))


def clock(view: RequestView, rule_id: str, event_id: str = "") -> Clock:
    found = [
        each
        for each in view.clocks
        if each.rule.id == rule_id
        and (not event_id or (each.started_by and each.started_by.id == event_id))
    ]
    assert found, f"no clock {rule_id}"
    return found[0]


def told(view: RequestView) -> str:
    return sentence(view.standing[-1])


def test_silence_a_late_determination_and_an_appeal_without_answer(case: Case, asked: str) -> None:
    waiting = on(case, asked, "2026-07-20")
    assert clock(waiting, "response").due == date(2026, 8, 3)
    assert told(waiting) == "Not exhausted: the agency has until 3 Aug 2026"
    assert (waiting.status, waiting.next_step) == (Status.WAITING, NextStep.WAIT)
    late = on(case, asked, "2026-08-10")
    assert (late.status, late.next_step) == (Status.OVERDUE, NextStep.REMIND)
    assert late.late_since == date(2026, 8, 4)
    assert told(late) == "Exhausted by silence since 4 Aug 2026"
    log(case, asked, EventKind.DETERMINATION, dated="2026-08-18", appeal_offered=True)
    ruled = on(case, asked, "2026-08-20")
    assert told(ruled) == (
        "No longer: determination of 18 Aug 2026 came before suit; appeal by 16 Nov 2026"
    )
    assert ruled.next_step is NextStep.APPEAL
    assert ruled.late_since is None
    log(case, asked, EventKind.APPEAL, sent="2026-09-01", received="2026-09-02")
    appealed = on(case, asked, "2026-09-10")
    assert clock(appealed, "appeal_filing").state is ClockState.MET
    assert clock(appealed, "appeal_decision").due == date(2026, 10, 1)
    assert appealed.status is Status.APPEALED
    unanswered = on(case, asked, "2026-10-05")
    assert told(unanswered).startswith("Exhausted: appeal unanswered")
    history = [sentence(each) for each in unanswered.standing]
    assert [line.split(":")[0].split(" by ")[0] for line in history] == [
        "Not exhausted", "Exhausted", "No longer", "Not exhausted", "Exhausted",
    ]  # fmt: skip


def test_an_extension_lengthens_the_answer_once(case: Case, asked: str) -> None:
    log(
        case, asked, EventKind.EXTENSION, dated="2026-07-30", until="2026-08-17",
        clock="unusual_circumstances_extension",
    )  # fmt: skip
    view = on(case, asked, "2026-08-05")
    assert clock(view, "response").due == date(2026, 8, 17)
    assert view.status is Status.WAITING


def test_a_fee_dispute_shows_both_counts(case: Case, asked: str) -> None:
    """The agency says that its question about fees stops the clock; the law knows that ground, but
    a refused waiver none."""
    estimate = log(
        case, asked, EventKind.FEE_ESTIMATE, dated="2026-07-10", amount=42000, currency="USD",
        ground="fee_assessment_clarification", confirmed=True, limit_on="2026-07-26",
    )  # fmt: skip
    asking = on(case, asked, "2026-07-15")
    assert (asking.status, asking.next_step) == (Status.QUESTION, NextStep.ANSWER)
    assert clock(asking, "response").state is ClockState.PAUSED
    answer_by = clock(asking, "answer_fee_estimate")
    assert (answer_by.due, answer_by.send_by) == (date(2026, 7, 26), date(2026, 7, 24))
    log(case, asked, EventKind.FEE_COMMITMENT, sent="2026-07-16", received="2026-07-16")
    assert request_events.listing(case, asked)[-1].answers == estimate
    paused = clock(on(case, asked, "2026-07-20"), "response")
    assert paused.due == date(2026, 8, 7)
    refused = log(
        case, asked, EventKind.WAIVER_DECISION, dated="2026-07-21", outcome="denied",
        appeal_offered=True, ground="", pages=None,
    )  # fmt: skip
    both = on(case, asked, "2026-07-22")
    assert clock(both, "response").due == date(2026, 8, 7)
    assert clock(both, "response").state is ClockState.RUNNING
    assert clock(both, "appeal_filing", refused).due == date(2026, 10, 19)


def test_what_the_agency_claims_beyond_the_law_is_its_own_count(case: Case, asked: str) -> None:
    log(
        case, asked, EventKind.CONSULTATION, dated="2026-07-10", until="2026-07-24",
        ground="third_party_consultation",
    )  # fmt: skip
    response = clock(on(case, asked, "2026-07-27"), "response")
    assert response.due == date(2026, 8, 3)
    assert response.agency_due is not None
    assert response.agency_due > response.due


def test_rolling_interim_releases_stop_nothing_and_fill_the_ledger(case: Case, asked: str) -> None:
    first = log(case, asked, EventKind.INTERIM_RELEASE, dated="2026-07-20", pages=100)
    second = log(
        case, asked, EventKind.INTERIM_RELEASE, dated="2026-07-28", pages=50, appeal_offered=True
    )
    view = on(case, asked, "2026-07-29")
    assert clock(view, "response").due == date(2026, 8, 3)
    assert clock(view, "response").state is ClockState.RUNNING
    assert view.status is Status.PARTIAL
    assert clock(view, "appeal_filing", second).due == date(2026, 10, 26)
    assert not any(c.started_by and c.started_by.id == first for c in view.clocks)
    page_ledger.add(case, asked, Bucket.FULL, 90)
    page_ledger.add(case, asked, Bucket.WITHHELD, 40)
    assert page_ledger.totals(case, asked).difference == 20
    assert on(case, asked, "2026-08-04").late_since == date(2026, 8, 4)


def test_a_glomar_answer_is_a_denial_with_an_appeal(case: Case, asked: str) -> None:
    denial = log(
        case, asked, EventKind.DENIAL, dated="2026-07-24", received="2026-07-29",
        appeal_offered=True, limit_on="2026-10-20", note="Neither confirms nor denies.",
    )  # fmt: skip
    view = on(case, asked, "2026-08-10")
    appeal = clock(view, "appeal_filing", denial)
    assert (appeal.due, appeal.stated) == (date(2026, 10, 22), date(2026, 10, 20))
    assert appeal.drives == date(2026, 10, 20)
    assert clock(view, "response").state is ClockState.MET
    assert clock(view, "suit").due is None
    log(case, asked, EventKind.APPEAL, sent="2026-08-12", received="2026-08-14")
    log(case, asked, EventKind.APPEAL_DECISION, dated="2026-09-10")
    decided = on(case, asked, "2026-09-11")
    assert told(decided).startswith("Exhausted: appeal decided 10 Sep 2026; suit by")
    assert decided.next_step is NextStep.SUE


def test_a_referral_runs_on_its_own_clock_at_the_second_agency(case: Case, asked: str) -> None:
    request_events.refer(
        case, asked, agency="US Coast Guard", tracking_number="CG-7", pages=12, dated="2026-07-24"
    )
    [child] = [each for each in requests.listing(case) if each.parent_id == asked]
    assert clock(on(case, child.id, "2026-08-01"), "response").state is ClockState.WAITING
    log(case, child.id, EventKind.RECEIVED, received="2026-07-27")
    assert clock(on(case, child.id, "2026-08-01"), "response").due == date(2026, 8, 24)
    assert clock(on(case, asked, "2026-08-01"), "response").due == date(2026, 8, 3)


def test_a_request_keeps_the_rules_in_force_when_it_was_received(case: Case, asked: str) -> None:
    kept = requests.get(case, asked).rules_id
    assert kept is not None
    text = case.reader().one("SELECT text FROM law_rules WHERE id = ?", (kept,))
    assert text is not None
    older = text["text"].replace("amount = 20", "amount = 10")
    case.store.write(lambda tx: tx.update("law_rules", kept, {"text": older}))
    assert clock(on(case, asked, "2026-07-10"), "response").due == date(2026, 7, 20)


def test_a_date_set_by_hand_shows_with_its_reason_and_a_limit_can_be_given_up(
    case: Case, asked: str
) -> None:
    request_events.override(case, asked, "response", "2026-09-01", "agreed by telephone")
    response = clock(on(case, asked, "2026-08-10"), "response")
    assert response.override is not None
    assert (response.override.reason, response.drives) == ("agreed by telephone", date(2026, 9, 1))
    log(case, asked, EventKind.DENIAL, dated="2026-08-18")
    request_events.give_up(case, asked, "appeal_filing", "the story ran")
    assert clock(on(case, asked, "2026-08-20"), "appeal_filing").state is ClockState.GIVEN_UP


def test_a_law_in_words_has_no_clocks_but_those_of_letters(case: Case) -> None:
    asked = requests.add(case, agency="Tribe", law="our own code").ids("request")[0]
    log(case, asked, EventKind.SENT, sent="2026-07-01")
    log(case, asked, EventKind.STILL_INTERESTED, dated="2026-08-01", limit_on="2026-08-30")
    view = on(case, asked, "2026-08-10")
    assert [each.rule.id for each in view.clocks] == ["answer_still_interested"]
    assert view.law is None
    assert view.next_step is NextStep.ANSWER


def test_nothing_runs_after_the_request_was_withdrawn(case: Case, asked: str) -> None:
    log(case, asked, EventKind.WITHDRAWN, sent="2026-07-10")
    view = on(case, asked, "2026-09-01")
    assert (view.status, view.clocks, view.next_step) == (
        Status.WITHDRAWN, (), NextStep.NOTHING,
    )  # fmt: skip


def test_an_acknowledgement_in_time_exhausts_nothing(case: Case) -> None:
    """New York: the clock that is shown first is that of the acknowledgement."""
    asked = requests.add(case, agency="NYPD", law="us-ny").ids("request")[0]
    log(case, asked, EventKind.RECEIVED, received="2026-02-09")
    log(case, asked, EventKind.ACKNOWLEDGED, dated="2026-02-12")
    assert on(case, asked, "2026-06-01").standing == ()
