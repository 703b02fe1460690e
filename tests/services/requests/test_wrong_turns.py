"""Requests that do not go as they should: letters on a part, after the end, undone, or in no order.

Each date is worked out by hand from the law's own rules.
"""

from __future__ import annotations

from datetime import date

import pytest

from casefile.domain.clocks import STATED, Clock, ClockState
from casefile.domain.errors import UserError
from casefile.domain.request_status import NextStep, Status
from casefile.domain.requests import EventKind
from casefile.services import deadlines, request_events, request_list, requests
from casefile.services import today as today_page
from casefile.services.case import Case
from casefile.services.deadlines import RequestView
from casefile.services.standing_words import sentence


def new(case: Case, law: str = "us-federal", received: str = "2026-03-02") -> str:
    """Twenty working days from 2 March 2026 end on 30 March."""
    asked = requests.add(case, agency="EPA R9", law=law, sent_on="2026-02-27").ids("request")[0]
    log(case, asked, EventKind.RECEIVED, received=received)
    return asked


def log(case: Case, request_id: str, kind: EventKind, **details: object) -> str:
    return request_events.log(case, request_id, kind, **details).ids("request_event")[0]


def on(case: Case, request_id: str, day: str) -> RequestView:
    return deadlines.view(case, request_id, date.fromisoformat(day))


def every(view: RequestView, rule_id: str) -> list[Clock]:
    return [each for each in view.clocks if each.rule.id == rule_id]


def the(view: RequestView, rule_id: str) -> Clock:
    (found,) = every(view, rule_id)
    return found


def told(view: RequestView) -> str:
    return sentence(view.standing[-1])


def own_days(case: Case, day: str) -> list[date]:
    return [each.on for each in today_page.clocks(case, date.fromisoformat(day)).own]


# Rulings on a part


def test_an_appeal_about_a_fee_exhausts_nothing(case: Case) -> None:
    asked = new(case)
    refused = log(
        case, asked, EventKind.WAIVER_DECISION, dated="2026-03-05", outcome="denied",
        appeal_offered=True,
    )  # fmt: skip
    appeal = log(case, asked, EventKind.APPEAL, received="2026-03-06", answers=refused)
    log(case, asked, EventKind.APPEAL_DECISION, dated="2026-03-20", answers=appeal)
    view = on(case, asked, "2026-03-23")
    assert told(view) == "Not exhausted: the agency has until 30 Mar 2026"
    assert view.next_step is NextStep.WAIT
    assert told(on(case, asked, "2026-04-10")) == "Exhausted by silence since 31 Mar 2026"


def test_an_appeal_about_a_fee_takes_no_silence_back(case: Case) -> None:
    asked = new(case)
    log(case, asked, EventKind.WAIVER_DECISION, dated="2026-03-05", outcome="denied")
    log(case, asked, EventKind.APPEAL, received="2026-04-06")
    assert told(on(case, asked, "2026-04-10")) == "Exhausted by silence since 31 Mar 2026"


def test_an_appeal_against_silence_takes_nothing_back(case: Case) -> None:
    asked = new(case)
    log(case, asked, EventKind.APPEAL, received="2026-04-06")
    assert told(on(case, asked, "2026-04-10")) == "Exhausted by silence since 31 Mar 2026"


def test_an_open_question_that_only_the_agency_counts_is_told_beside_the_silence(
    case: Case,
) -> None:
    asked = new(case)
    log(case, asked, EventKind.CLARIFICATION, dated="2026-03-09", ground="one_information_request")
    view = on(case, asked, "2026-04-02")
    assert (the(view, "response").due, the(view, "response").agency_open) == (
        date(2026, 3, 30), True,
    )  # fmt: skip
    assert told(view) == (
        "Exhausted by silence since 31 Mar 2026; by the agency's own count the time stands still"
    )


# What the reporter decided, and letters that came later


def test_a_date_set_by_hand_says_nothing_of_a_later_letter(case: Case) -> None:
    asked = new(case)
    log(case, asked, EventKind.DENIAL, dated="2026-03-05")
    request_events.override(case, asked, "appeal_filing", "2026-04-01", "agreed by telephone")
    log(case, asked, EventKind.DENIAL, dated="2026-11-02")
    first, second = every(on(case, asked, "2026-11-10"), "appeal_filing")
    assert first.drives == date(2026, 4, 1)
    assert (second.override, second.due) == (None, date(2027, 1, 31))
    assert (second.state, second.send_by) == (ClockState.RUNNING, date(2027, 1, 29))


def test_a_limit_given_up_says_nothing_of_a_later_letter(case: Case) -> None:
    asked = new(case)
    log(case, asked, EventKind.DENIAL, dated="2026-11-02")
    request_events.give_up(case, asked, "appeal_filing", "not worth it")
    log(case, asked, EventKind.DENIAL, dated="2026-11-09")
    first, second = every(on(case, asked, "2026-11-10"), "appeal_filing")
    assert (first.state, second.state) == (ClockState.GIVEN_UP, ClockState.RUNNING)


def test_a_questions_limit_given_up_says_nothing_of_the_next_question(case: Case) -> None:
    asked = new(case)
    log(case, asked, EventKind.CLARIFICATION, dated="2026-03-05", limit_on="2026-03-20")
    request_events.give_up(case, asked, "answer_clarification", "we asked for what we need")
    log(case, asked, EventKind.CLARIFICATION, dated="2026-03-09", limit_on="2026-03-27")
    first, second = every(on(case, asked, "2026-03-10"), "answer_clarification")
    assert (first.state, second.state) == (ClockState.GIVEN_UP, ClockState.RUNNING)


def test_a_fact_told_no_and_then_yes_holds(case: Case) -> None:
    asked = new(case, "ie", "2026-01-05")
    log(case, asked, EventKind.REVIEW_DECISION, dated="2026-09-01")
    request_events.answer_fact(case, asked, "high_court_part_access", yes=False)
    assert the(on(case, asked, "2026-09-02"), "high_court_part_access").due is None
    request_events.answer_fact(case, asked, "high_court_part_access", yes=True)
    assert the(on(case, asked, "2026-09-02"), "high_court_part_access").due == date(2026, 10, 27)


# After the end


def test_a_refusal_after_the_request_was_closed_opens_it_again(case: Case) -> None:
    asked = new(case)
    log(case, asked, EventKind.CLOSED, dated="2026-03-20")
    assert on(case, asked, "2026-04-20").clocks == ()
    log(case, asked, EventKind.DENIAL, dated="2026-04-10")
    view = on(case, asked, "2026-04-20")
    assert (view.status, view.next_step) == (Status.DENIED, NextStep.APPEAL)
    assert the(view, "appeal_filing").due == date(2026, 7, 9)
    assert own_days(case, "2026-04-20") == [date(2026, 7, 9)]


@pytest.mark.parametrize("dated", ["2026-03-12", "2026-03-20"])
def test_what_was_dated_before_the_closing_leaves_it_closed(case: Case, dated: str) -> None:
    asked = new(case)
    log(case, asked, EventKind.DENIAL, dated=dated)
    log(case, asked, EventKind.CLOSED, dated="2026-03-20")
    log(case, asked, EventKind.FINAL_RELEASE, dated="2026-04-02", appeal_offered=False)
    assert on(case, asked, "2026-04-20").status is Status.CLOSED


def test_no_letter_opens_again_what_was_withdrawn(case: Case) -> None:
    asked = new(case)
    log(case, asked, EventKind.WITHDRAWN, sent="2026-03-20")
    log(case, asked, EventKind.DENIAL, dated="2026-04-10", appeal_offered=True)
    assert on(case, asked, "2026-04-20").status is Status.WITHDRAWN


@pytest.mark.parametrize(
    ("kind", "status"), [(EventKind.APPEAL, Status.APPEALED), (EventKind.SUIT, Status.IN_COURT)]
)
def test_some_records_meanwhile_take_no_stage_back(
    case: Case, kind: EventKind, status: Status
) -> None:
    asked = new(case)
    log(case, asked, EventKind.DENIAL, dated="2026-03-10")
    log(case, asked, kind, sent="2026-03-12")
    log(case, asked, EventKind.INTERIM_RELEASE, dated="2026-03-20")
    assert on(case, asked, "2026-03-25").status is status


# Dates of letters


def test_a_receipt_counts_from_its_day_not_from_that_of_the_letter_that_says_so(
    case: Case,
) -> None:
    asked = requests.add(case, agency="EPA", law="us-federal").ids("request")[0]
    log(case, asked, EventKind.RECEIVED, dated="2026-02-27", received="2026-03-02")
    assert the(on(case, asked, "2026-03-20"), "response").due == date(2026, 3, 30)


def test_a_limit_printed_in_any_letter_drives_under_a_law_in_words(case: Case) -> None:
    asked = new(case, "Ordinance 7")
    letter = log(case, asked, EventKind.DENIAL, dated="2026-03-10", limit_on="2026-04-10")
    view = on(case, asked, "2026-03-12")
    assert (the(view, STATED).stated, the(view, STATED).state) == (
        date(2026, 4, 10), ClockState.RUNNING,
    )  # fmt: skip
    assert own_days(case, "2026-03-12") == [date(2026, 4, 10)]
    log(case, asked, EventKind.APPEAL, sent="2026-03-30", answers=letter)
    assert the(on(case, asked, "2026-04-20"), STATED).state is ClockState.MET


# Extensions and appeals


def test_an_extension_letter_may_name_the_clock_that_it_lengthens(case: Case) -> None:
    """California: ten days to 12 March, fourteen more to 26 March."""
    asked = new(case, "us-ca")
    log(
        case, asked, EventKind.EXTENSION, dated="2026-03-10", until="2026-05-01",
        clock="determination",
    )  # fmt: skip
    clock = the(on(case, asked, "2026-03-20"), "determination")
    assert (clock.due, clock.agency_due) == (date(2026, 3, 26), date(2026, 5, 1))


def test_an_extension_that_the_law_does_not_know_is_the_agencys_own_count(case: Case) -> None:
    """Arkansas knows none: three working days end on 5 March, whatever the letter says."""
    asked = new(case, "us-ar")
    log(case, asked, EventKind.EXTENSION, dated="2026-03-03", until="2026-05-01")
    clock = the(on(case, asked, "2026-03-04"), "in_use_or_storage")
    assert (clock.due, clock.agency_due) == (date(2026, 3, 5), date(2026, 5, 1))


def test_an_extension_of_one_appeal_does_not_lengthen_the_next(case: Case) -> None:
    """Twenty working days from 6 April end on 4 May; with ten more on 18 May. From 1 June, past
    Juneteenth, they end on 30 June."""
    asked = new(case)
    for letter, appeal in (("2026-03-10", "2026-04-06"), ("2026-05-11", "2026-06-01")):
        refused = log(case, asked, EventKind.DENIAL, dated=letter)
        log(case, asked, EventKind.APPEAL, received=appeal, answers=refused)
    log(
        case, asked, EventKind.EXTENSION, dated="2026-04-20",
        clock="appeal_unusual_circumstances_extension",
    )  # fmt: skip
    first, second = every(on(case, asked, "2026-06-02"), "appeal_decision")
    assert (first.due, second.due) == (date(2026, 5, 18), date(2026, 6, 30))


def test_nobody_is_late_with_an_objection_that_nobody_made(case: Case) -> None:
    """The Netherlands: six weeks to object end on 21 April, six more for the decision on 2 June."""
    asked = new(case, "nl")
    log(case, asked, EventKind.DENIAL, dated="2026-03-10")
    view = on(case, asked, "2026-06-20")
    assert (view.late_since, the(view, "bezwaar_decision").state) == (None, ClockState.OFF)
    log(case, asked, EventKind.APPEAL, sent="2026-04-01", received="2026-04-02")
    view = on(case, asked, "2026-06-20")
    assert the(view, "bezwaar_decision").due == date(2026, 6, 2)
    assert view.late_since == date(2026, 6, 3)


# What nobody knows


def test_a_request_whose_receipt_is_not_logged_shows_both_views(case: Case) -> None:
    asked = requests.add(case, agency="EPA", law="us-federal", sent_on="2026-03-02")
    view = on(case, asked.ids("request")[0], "2026-05-20")
    waits = the(view, "response")
    assert (waits.state, waits.due, view.late_since) == (ClockState.WAITING, None, None)
    assert "No receipt is logged" in waits.doubt
    assert waits.doubt.endswith("the last day would be 30 March 2026.")
    assert view.next_step is NextStep.LOG_RECEIPT


def test_a_demand_to_be_paid_first_shows_both_views(case: Case) -> None:
    """No ground of US federal law; the agency counts nothing until it is paid."""
    asked = new(case)
    demand = log(case, asked, EventKind.ADVANCE_PAYMENT, dated="2026-03-10", amount=30000)
    view = on(case, asked, "2026-04-10")
    clock = the(view, "response")
    assert (view.status, clock.due, clock.agency_open) == (Status.PAYMENT, date(2026, 3, 30), True)
    assert told(view).endswith("by the agency's own count the time stands still")
    log(case, asked, EventKind.FEE_PAID, sent="2026-03-24", answers=demand)
    clock = the(on(case, asked, "2026-04-10"), "response")
    # Six days used by 10 March; the other fourteen run from 25 March.
    assert (clock.due, clock.agency_due) == (date(2026, 3, 30), date(2026, 4, 13))


def test_a_receipt_before_the_sending_says_so(case: Case) -> None:
    asked = requests.add(case, agency="EPA", law="us-federal", sent_on="2026-03-10")
    request_id = asked.ids("request")[0]
    log(case, request_id, EventKind.RECEIVED, received="2026-03-02")
    assert "check both dates" in the(on(case, request_id, "2026-03-20"), "response").doubt


def test_a_letter_dated_ahead_says_so(case: Case) -> None:
    """3 May for 3 March is easily typed."""
    asked = new(case)
    log(case, asked, EventKind.DENIAL, dated="2026-05-03")
    clock = the(on(case, asked, "2026-03-20"), "appeal_filing")
    assert "3 May 2026, which is still to come" in clock.doubt
    assert "still to come" not in the(on(case, asked, "2026-05-03"), "appeal_filing").doubt


@pytest.mark.parametrize("day", ["0001-01-01", "1799-12-31", "2200-01-01", "9999-12-31"])
@pytest.mark.parametrize("field", ["dated", "received", "until", "limit_on"])
def test_a_year_that_no_letter_has_is_refused(case: Case, day: str, field: str) -> None:
    asked = new(case)
    days = {"dated": "2026-03-10"} if field in ("until", "limit_on") else {}
    with pytest.raises(UserError, match=r"date\.year"):
        log(case, asked, EventKind.REMINDER, **days, **{field: day})
    with pytest.raises(UserError, match=r"date\.year"):
        request_events.snooze(case, asked, day)


@pytest.mark.parametrize("law", ["us-federal", "es", "uk", "in", "nl", "words"])
@pytest.mark.parametrize("day", ["1800-01-01", "1900-02-28", "2100-12-31", "2199-12-31"])
def test_dates_of_other_centuries_break_nothing(case: Case, law: str, day: str) -> None:
    asked = requests.add(case, agency="EPA", law=law, sent_on=day).ids("request")[0]
    for kind in EventKind:
        if kind not in (EventKind.FACT, EventKind.OVERRIDE, EventKind.GIVEN_UP, EventKind.SNOOZED):
            log(
                case, asked, kind, dated=day, ground="clarification", confirmed=True,
                until="2199-12-31", limit_on="2199-12-31", appeal_offered=True,
            )  # fmt: skip
            request_list.rows(case, date(2026, 3, 20))
    request_events.snooze(case, asked, "2199-12-31")
    assert [row.id for row in request_list.rows(case, date(2026, 3, 20))] == [asked]
    today_page.today(case, date(2026, 3, 20))


# Who is late, and what was done


def test_the_agency_is_late_by_the_clock_that_runs_in_place_of_the_first(case: Case) -> None:
    """United Kingdom: twenty working days anew from the clarification of 20 March end on 21 April
    (Good Friday and Easter Monday)."""
    asked = new(case, "uk")
    log(
        case, asked, EventKind.CLARIFICATION, dated="2026-03-06", ground="clarification",
        confirmed=True,
    )  # fmt: skip
    log(case, asked, EventKind.CLARIFICATION_REPLY, received="2026-03-20")
    assert the(on(case, asked, "2026-04-21"), "after_clarification").due == date(2026, 4, 21)
    view = on(case, asked, "2026-05-20")
    assert (view.status, view.late_since) == (Status.OVERDUE, date(2026, 4, 22))


def test_the_agency_is_late_after_it_acknowledged(case: Case) -> None:
    """New York: twenty business days from the acknowledgement of 12 February, with Presidents' Day
    left out, end on 13 March."""
    asked = new(case, "us-ny", "2026-02-09")
    log(case, asked, EventKind.ACKNOWLEDGED, dated="2026-02-12")
    view = on(case, asked, "2026-03-30")
    assert (view.status, view.late_since) == (Status.OVERDUE, date(2026, 3, 14))


def test_a_step_against_silence_is_no_limit_once_there_is_an_answer(case: Case) -> None:
    """Brazil: the complaint about silence, forty days from the request."""
    asked = new(case, "br")
    log(case, asked, EventKind.DETERMINATION, dated="2026-03-10", appeal_offered=False)
    assert the(on(case, asked, "2026-06-01"), "complaint_silence_filing").state is ClockState.MET
    assert own_days(case, "2026-06-01") == []


def test_a_fee_notice_is_answered_by_a_promise_but_paid_only_by_paying(case: Case) -> None:
    texas, britain = new(case, "us-tx"), new(case, "uk")
    for asked in (texas, britain):
        estimate = log(case, asked, EventKind.FEE_ESTIMATE, dated="2026-03-10")
        log(case, asked, EventKind.CLARIFICATION_REPLY, sent="2026-03-11")
        log(case, asked, EventKind.FEE_COMMITMENT, sent="2026-03-12", answers=estimate)
    answered = the(on(case, texas, "2026-03-16"), "answer_cost_estimate")
    assert (answered.state, answered.met_on) == (ClockState.MET, date(2026, 3, 12))
    assert the(on(case, britain, "2026-03-16"), "pay_fee").state is ClockState.RUNNING
    log(case, britain, EventKind.FEE_PAID, sent="2026-03-13")
    assert the(on(case, britain, "2026-03-16"), "pay_fee").state is ClockState.MET


def test_an_appeal_meets_the_limit_of_the_letter_that_it_names(case: Case) -> None:
    """India: the second appeal goes to the Commission, and may be logged as an appeal all the
    same."""
    asked = new(case, "in")
    refused = log(case, asked, EventKind.DENIAL, dated="2026-03-10")
    log(case, asked, EventKind.APPEAL, received="2026-03-15", answers=refused)
    decided = log(case, asked, EventKind.APPEAL_DECISION, dated="2026-04-01")
    log(case, asked, EventKind.APPEAL, received="2026-04-20", answers=decided)
    assert the(on(case, asked, "2026-04-22"), "second_appeal_filing").state is ClockState.MET


def test_the_decision_on_an_objection_runs_from_where_the_time_to_object_ends(case: Case) -> None:
    """The Netherlands count from the sending: six weeks from 12 March end on 23 April, six more on
    4 June."""
    asked = new(case, "nl")
    log(case, asked, EventKind.DENIAL, dated="2026-03-10", sent="2026-03-12", received="2026-03-14")
    view = on(case, asked, "2026-03-20")
    assert the(view, "bezwaar_filing").due == date(2026, 4, 23)
    clock = the(view, "bezwaar_decision")
    assert (clock.started, clock.due) == (date(2026, 4, 23), date(2026, 6, 4))
    assert "still to come" not in clock.doubt


# Letters that are two things at once


@pytest.mark.parametrize(
    "kind",
    [
        EventKind.ADVANCE_PAYMENT, EventKind.FEE_ESTIMATE, EventKind.REFERRAL, EventKind.EXTENSION,
        EventKind.ACKNOWLEDGED, EventKind.TRANSFER,
    ],
)  # fmt: skip
def test_any_letter_that_offers_appeal_opens_an_appeal_and_decides_nothing(
    case: Case, kind: EventKind
) -> None:
    """Ninety days from 10 March end on 8 June."""
    asked = new(case)
    log(case, asked, kind, dated="2026-03-10", appeal_offered=True)
    view = on(case, asked, "2026-03-20")
    assert the(view, "appeal_filing").due == date(2026, 6, 8)
    assert the(view, "response").state is ClockState.RUNNING


def test_a_closing_that_offers_appeal_is_a_denial(case: Case) -> None:
    asked = new(case)
    log(case, asked, EventKind.CLOSED, dated="2026-03-20", appeal_offered=True)
    view = on(case, asked, "2026-03-25")
    assert (view.status, the(view, "response").state) == (Status.DENIED, ClockState.MET)
    assert the(view, "appeal_filing").due == date(2026, 6, 18)
    assert told(view) == "Not exhausted: determination of 20 Mar 2026; appeal by 18 Jun 2026"


def test_a_decision_overtakes_the_questions_before_it(case: Case) -> None:
    asked = new(case)
    log(case, asked, EventKind.STILL_INTERESTED, dated="2026-03-05", limit_on="2026-03-27")
    log(case, asked, EventKind.FEE_ESTIMATE, dated="2026-03-06", limit_on="2026-04-03")
    assert own_days(case, "2026-03-10") == [date(2026, 3, 27), date(2026, 4, 3)]
    log(case, asked, EventKind.DETERMINATION, dated="2026-03-12", appeal_offered=False)
    assert own_days(case, "2026-03-13") == [date(2026, 4, 3)]


def test_an_extension_letter_on_an_appeal_that_names_no_clock_is_about_the_appeal(
    case: Case,
) -> None:
    asked = new(case)
    log(case, asked, EventKind.DENIAL, dated="2026-03-10")
    log(case, asked, EventKind.APPEAL, received="2026-04-06")
    log(case, asked, EventKind.EXTENSION, dated="2026-04-20")
    view = on(case, asked, "2026-04-21")
    assert the(view, "appeal_decision").due == date(2026, 5, 18)
    assert the(view, "response").due == date(2026, 3, 30)


def test_no_event_answers_a_letter_of_another_request(case: Case) -> None:
    asked, other = new(case), new(case)
    letter = log(case, other, EventKind.DENIAL, dated="2026-03-10")
    with pytest.raises(UserError, match="not_found"):
        log(case, asked, EventKind.APPEAL, sent="2026-03-12", answers=letter)


def test_an_appeal_against_an_estimate_exhausts_nothing(case: Case) -> None:
    asked = new(case)
    estimate = log(case, asked, EventKind.FEE_ESTIMATE, dated="2026-03-05", appeal_offered=True)
    appeal = log(case, asked, EventKind.APPEAL, received="2026-03-06", answers=estimate)
    log(case, asked, EventKind.APPEAL_DECISION, dated="2026-03-20", answers=appeal)
    assert told(on(case, asked, "2026-03-23")) == "Not exhausted: the agency has until 30 Mar 2026"


# Dates set by hand


def test_a_later_date_by_hand_takes_no_silence_away(case: Case) -> None:
    """New York: thirty days from the silence of 18 February run, whatever was agreed about the
    answer; whether suit is safe goes by the later date."""
    asked = new(case, "us-ny", "2026-02-09")
    request_events.override(case, asked, "acknowledge", "2026-04-10", "agreed by telephone")
    appeal = the(on(case, asked, "2026-03-02"), "appeal_filing")
    assert (appeal.state, appeal.due) == (ClockState.RUNNING, date(2026, 3, 20))
    assert "by the date you set the time ends only on" in appeal.doubt.lower()
    federal = new(case)
    request_events.override(case, federal, "response", "2026-05-11", "agreed by telephone")
    assert (
        told(on(case, federal, "2026-04-20")) == "Not exhausted: the agency has until 11 May 2026"
    )
    assert told(on(case, federal, "2026-05-20")) == "Exhausted by silence since 12 May 2026"


def test_the_agency_is_late_from_the_day_after_the_date_set_by_hand(case: Case) -> None:
    asked = new(case)
    request_events.override(case, asked, "response", "2026-03-10", "their promise")
    assert on(case, asked, "2026-03-20").late_since == date(2026, 3, 11)


def test_nobody_is_reminded_who_is_sued(case: Case) -> None:
    asked = new(case)
    log(case, asked, EventKind.SUIT, sent="2026-04-10")
    assert on(case, asked, "2026-04-20").next_step is not NextStep.REMIND
