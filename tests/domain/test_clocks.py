"""What a reporter relies on beside the bare dates: stages, silences, pauses, letters, states."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casefile.domain.clocks import (
    STATED,
    Clock,
    ClockState,
    Extension,
    Happening,
    Matter,
    Override,
    Party,
    Pause,
    clocks,
    explain,
)
from casefile.domain.laws import DECISIONS, EVENTS, GROUNDS, NOTICES, ClockKind, Law
from casefile.domain.matters import GivenUp
from casefile.services import laws


def d(text: str) -> date:
    return date.fromisoformat(text)


def told(event: str, on: str, **more: object) -> Happening:
    day = d(on)
    return Happening(event=event, dated=day, sent=day, received=day, **more)  # type: ignore[arg-type]


def all_of(law: str, *happened: Happening, today: str, **more: object) -> list[Clock]:
    matter = Matter(laws.get(law), happened, **more)  # type: ignore[arg-type]
    return list(clocks(matter, d(today), laws.calendar(matter.law)))


def one(law: str, clock: str, *happened: Happening, today: str, **more: object) -> Clock:
    found = [each for each in all_of(law, *happened, today=today, **more) if each.rule.id == clock]
    assert len(found) == 1
    return found[0]


RECEIVED = told("received", "2026-03-02")


# Stages


def test_before_anything_happened_every_clock_waits_and_says_for_what() -> None:
    for law in laws.every():
        for clock in clocks(Matter(law, ()), d("2026-03-02"), laws.calendar(law)):
            assert (clock.state, clock.due, clock.drives) == (ClockState.WAITING, None, None)
            assert clock.opens_after


def test_a_lone_refusal_never_dates_a_step_that_follows_a_later_decision() -> None:
    later = DECISIONS - {"denial", "grant", "response_silence"}
    for law in laws.every():
        refused = Matter(law, (told("denial", "2026-03-02"),))
        for clock in clocks(refused, d("2027-03-02"), laws.calendar(law)):
            if set(clock.rule.starts_from) <= later:
                assert (clock.state, clock.due) == (ClockState.WAITING, None), clock.rule.id


def test_where_the_stage_is_in_doubt_no_date_is_shown_and_why_is_said() -> None:
    clock = one("us-de", "suit", told("denial", "2026-03-02"), today="2026-03-03")
    assert (clock.state, clock.due, clock.drives) == (ClockState.NO_DATE, None, None)
    assert "state bodies a petition" in clock.doubt
    assert any("no date is shown" in line.lower() for line in explain(clock))


def test_a_recalled_stage_or_figure_says_check_this() -> None:
    recalled = one("nl", "bezwaar_filing", told("denial", "2026-03-02"), today="2026-03-03")
    assert recalled.check_this
    assert "check this" in " ".join(explain(recalled))
    verified = one("us-federal", "appeal_filing", told("denial", "2026-03-02"), today="2026-03-03")
    assert not verified.check_this


def test_each_clock_of_every_law_explains_where_it_is_from() -> None:
    for law in laws.every():
        for clock in clocks(Matter(law, (RECEIVED,)), d("2026-03-02"), laws.calendar(law)):
            said = " ".join(explain(clock))
            assert clock.rule.citation in said
            assert "22 November 2026" in said
            assert (clock.rule.source in said) if clock.rule.verified else ("recalled" in said)


# Silences


def test_silence_is_derived_on_the_day_after_the_limit_and_counts_from_its_last_day() -> None:
    on_the_day = one("us-federal", "suit", RECEIVED, today="2026-03-30")
    assert on_the_day.state is ClockState.WAITING
    after = one("us-federal", "suit", RECEIVED, today="2026-03-31")
    assert (after.started, after.due) == (d("2026-03-30"), d("2032-03-30"))
    assert after.started_by is not None
    assert after.started_by.event == "response_silence"


def test_silence_waits_for_pauses_and_extensions() -> None:
    more = {
        "pauses": (Pause(d("2026-03-10"), d("2026-03-12"), "one_information_request"),),
        "extensions": (Extension("unusual_circumstances_extension"),),
    }
    response = one("us-federal", "response", RECEIVED, today="2026-04-01", **more)
    suit = one("us-federal", "suit", RECEIVED, today="2026-06-01", **more)
    assert suit.started == response.due == d("2026-04-15")


@pytest.mark.parametrize("event", ["denial", "determination", "grant", "final_release"])
def test_a_decision_in_time_leaves_no_silence(event: str) -> None:
    found = one("us-federal", "suit", RECEIVED, told(event, "2026-03-30"), today="2026-06-01")
    assert found.state is ClockState.WAITING


def test_a_decision_that_came_late_leaves_the_silence_standing() -> None:
    late = told("denial", "2026-04-10")
    assert one("us-federal", "suit", RECEIVED, late, today="2026-06-01").started == d("2026-03-30")
    response = one("us-federal", "response", RECEIVED, late, today="2026-06-01")
    assert response.state is ClockState.MET
    assert explain(response)[-1] == "Friday 10 April 2026: done on this day, after the last day."


def test_a_silence_that_the_body_disputes_says_until_when_it_counts() -> None:
    claimed = Pause(d("2026-03-10"), d("2026-03-12"), "third_party_consultation")
    suit = one("us-federal", "suit", RECEIVED, today="2026-06-01", pauses=(claimed,))
    assert suit.started == d("2026-03-30")
    assert "own count the time ends only on Wednesday 1 April 2026." in suit.doubt


def test_what_happens_after_the_day_that_is_asked_about_ends_nothing() -> None:
    denial = told("denial", "2026-03-20")
    assert one("us-federal", "response", RECEIVED, denial, today="2026-03-19").state == "running"
    assert one("us-federal", "response", RECEIVED, denial, today="2026-03-20").state == "met"


def test_where_the_law_does_not_move_a_closed_day_the_next_open_one_is_said() -> None:
    received = told("received", "2026-03-04")
    clock = one("ca-federal", "response", received, today="2026-03-05")
    assert clock.due == d("2026-04-04")
    assert "Tuesday 7 April 2026: that day is closed (weekend)" in " ".join(explain(clock))


def test_where_the_law_presumes_refusal_by_two_clocks_the_first_to_lapse_counts() -> None:
    happened = (RECEIVED, told("acknowledgement", "2026-03-04"))
    business = one("us-al", "presumed_denied_business", *happened, today="2026-06-01")
    suit = one("us-al", "suit", *happened, today="2026-06-01")
    assert suit.started == business.due == d("2026-04-15")


def test_a_silence_that_was_told_goes_before_a_derived_one() -> None:
    silence = told("response_silence", "2026-05-04")
    assert one("us-federal", "suit", RECEIVED, silence, today="2026-06-01").started == d(
        "2026-05-04"
    )


def test_an_appeal_without_an_answer_opens_what_follows_it() -> None:
    found = one(
        "us-ny", "article_78",
        told("denial", "2026-03-02"), told("appeal_received", "2026-03-11"), today="2026-06-01",
    )  # fmt: skip
    assert found.started_by is not None
    assert (found.started_by.event, found.started) == ("appeal_silence", d("2026-03-25"))


def test_a_reviewers_silence_is_derived_too() -> None:
    found = one("us-pa", "court", told("review_received", "2026-03-02"), today="2026-06-01")
    assert found.started_by is not None
    assert (found.started_by.event, found.started) == ("review_silence", d("2026-04-01"))


# Letters


@pytest.mark.parametrize("event", ["interim_release", "still_interested", "release", "extension"])
def test_only_a_determination_stops_the_response_clock(event: str) -> None:
    clock = one("us-federal", "response", RECEIVED, told(event, "2026-03-16"), today="2026-03-20")
    assert (clock.state, clock.due) == (ClockState.RUNNING, d("2026-03-30"))


def test_a_ruling_on_a_part_opens_its_appeal_and_stops_nothing() -> None:
    part = told("denial", "2026-03-16", partial=True)
    response = one("us-federal", "response", RECEIVED, part, today="2026-03-20")
    appeal = one("us-federal", "appeal_filing", RECEIVED, part, today="2026-03-20")
    assert response.state is ClockState.RUNNING
    assert (appeal.state, appeal.due) == (ClockState.RUNNING, d("2026-06-14"))


def test_each_letter_that_offers_appeal_has_its_own_clock() -> None:
    letters = (told("denial", "2026-03-16", id="a"), told("denial", "2026-04-16", id="b"))
    found = [
        each
        for each in all_of("us-federal", RECEIVED, *letters, today="2026-05-01")
        if each.rule.id == "appeal_filing"
    ]
    assert [(each.started_by.id, each.due) for each in found if each.started_by] == [
        ("a", d("2026-06-14")),
        ("b", d("2026-07-15")),
    ]


def appeals(*happened: Happening) -> list[ClockState]:
    letters = (told("denial", "2026-03-16", id="a"), told("denial", "2026-04-16", id="b"))
    found = all_of("us-federal", *letters, *happened, today="2026-05-01")
    return [each.state for each in found if each.rule.id == "appeal_filing"]


def test_one_appeal_answers_one_letter() -> None:
    met, running = ClockState.MET, ClockState.RUNNING
    assert appeals(told("appeal_sent", "2026-04-20")) == [met, running]
    assert appeals(told("appeal_sent", "2026-04-20", answers="b")) == [running, met]
    both = (
        told("appeal_sent", "2026-04-20", id="x"),
        told("appeal_received", "2026-04-22", id="x"),
    )
    assert appeals(*both) == [met, running]


def test_a_refusal_after_a_silence_keeps_the_earlier_date_beside_its_own() -> None:
    happened = (told("response_silence", "2026-03-02"), told("denial", "2026-04-01"))
    found = [
        each
        for each in all_of("us-pa", *happened, today="2026-04-02")
        if each.rule.id == "oor_filing"
    ]
    assert [each.started for each in found] == [d("2026-03-02"), d("2026-04-01")]
    assert "earlier date is the safe one" in found[1].doubt


def test_where_the_law_counts_from_the_last_event_the_last_counts() -> None:
    found = one(
        "us-wa", "suit", told("denial", "2026-03-02"), told("grant", "2026-06-15"),
        today="2026-07-01",
    )  # fmt: skip
    assert found.due == d("2027-06-15")


def test_the_law_says_which_date_of_a_letter_counts() -> None:
    letter = Happening(
        event="denial", dated=d("2026-03-02"), sent=d("2026-03-04"), received=d("2026-03-09")
    )
    assert one("us-federal", "appeal_filing", letter, today="2026-03-10").started == d("2026-03-02")
    objection = one("de-federal", "widerspruch_filing", letter, today="2026-03-10")
    assert objection.started == d("2026-03-09")
    dated = one("uk", "internal_review_filing", letter, today="2026-03-10")
    assert dated.started == d("2026-03-02")
    posted = Happening(event="denial", dated=d("2026-03-02"))
    safe = one("de-federal", "widerspruch_filing", posted, today="2026-03-10")
    assert safe.started == d("2026-03-02")
    assert "not known here" in " ".join(explain(safe))


def test_a_notice_starts_only_the_clocks_of_its_own_kind() -> None:
    notice = told("notice_sent", "2026-03-02", notice="fee_notice")
    assert one("us-tx", "answer_cost_estimate", notice, today="2026-03-03").due == d("2026-03-16")
    assert one("us-tx", "answer_clarification", notice, today="2026-03-03").due is None


# The reporter's own limits


def test_the_safe_day_is_a_working_day_before_any_rolling() -> None:
    clock = one("us-nj", "grc_filing", told("denial", "2025-11-05"), today="2025-12-01")
    assert clock.unrolled == d("2026-01-04")
    assert clock.due == d("2026-01-05")
    assert clock.send_by == clock.drives == d("2026-01-02")


def test_of_the_laws_and_the_letters_limit_the_earlier_drives() -> None:
    def drives(limit: str) -> date | None:
        letter = told("denial", "2026-03-02", limit=d(limit))
        clock = one("us-federal", "appeal_filing", letter, today="2026-03-03")
        assert clock.stated == d(limit)
        return clock.drives

    assert drives("2026-04-30") == d("2026-04-30")
    assert drives("2026-07-30") == d("2026-05-29")


def test_a_limit_that_only_a_letter_sets_is_a_clock_too() -> None:
    asked = told("still_interested", "2026-05-04", limit=d("2026-06-01"), id="q")
    clock = one("us-federal", STATED, RECEIVED, asked, today="2026-05-10")
    assert (clock.state, clock.party, clock.drives) == (
        ClockState.RUNNING, Party.REQUESTER, d("2026-06-01"),
    )  # fmt: skip
    assert clock.rule.kind is ClockKind.ANSWER
    reply = told("reply", "2026-05-20", answers="q")
    done = one("us-federal", STATED, RECEIVED, asked, reply, today="2026-06-10")
    assert (done.state, done.drives) == (ClockState.MET, None)


def test_a_date_set_by_hand_drives_and_the_laws_date_stays() -> None:
    override = Override("response", d("2026-04-10"), "agreed by telephone", d("2026-03-05"))
    clock = one("us-federal", "response", RECEIVED, today="2026-04-05", overrides=(override,))
    assert (clock.due, clock.drives, clock.state) == (
        d("2026-03-30"), d("2026-04-10"), ClockState.RUNNING,
    )  # fmt: skip
    assert "Friday 10 April 2026: the date you set by hand: agreed by telephone." in explain(clock)


def test_a_limit_given_up_is_kept_with_its_reason() -> None:
    clock = one(
        "us-federal", "appeal_filing", told("denial", "2026-03-02"), today="2026-09-01",
        given_up=(GivenUp("appeal_filing", "the story has run"),),
    )  # fmt: skip
    assert (clock.state, clock.drives) == (ClockState.GIVEN_UP, None)
    assert "Given up: the story has run." in explain(clock)


# Pauses and extensions


def response(today: str = "2026-06-01", **more: object) -> Clock:
    return one("us-federal", "response", RECEIVED, today=today, **more)


def test_a_second_question_to_the_requester_stops_nothing() -> None:
    ground = "one_information_request"
    first = Pause(d("2026-03-10"), d("2026-03-12"), ground)
    second = Pause(d("2026-03-16"), d("2026-03-20"), ground)
    assert response(pauses=(first,)).due == d("2026-04-01")
    both = response(pauses=(first, second))
    assert (both.due, both.agency_due) == (d("2026-04-01"), d("2026-04-07"))
    assert "only once" in " ".join(explain(both))


def test_what_only_the_body_claims_moves_only_its_own_date() -> None:
    claimed = Pause(d("2026-03-10"), d("2026-03-12"), "one_information_request", confirmed=False)
    clock = response(pauses=(claimed,))
    assert (clock.due, clock.agency_due) == (d("2026-03-30"), d("2026-04-01"))


def test_an_open_pause_has_no_date_and_says_who_must_act() -> None:
    clock = response(pauses=(Pause(d("2026-03-10"), None, "one_information_request"),))
    assert (clock.state, clock.due, clock.party) == (ClockState.PAUSED, None, Party.REQUESTER)
    assert "The clock stands; 6 of 20 days are used." in explain(clock)
    asked = Pause(d("2026-03-10"), None, "third_party_consultation")
    waiting = one("nl", "decision", RECEIVED, today="2026-03-20", pauses=(asked,))
    assert (waiting.state, waiting.party) == (ClockState.PAUSED, Party.THIRD_PARTY)


def test_days_that_the_request_used_are_gone_for_the_appeal() -> None:
    appealed = told("appeal_received", "2026-05-04")
    on_appeal = Extension("appeal_unusual_circumstances_extension")

    def decision(*before: Extension) -> Clock:
        return one(
            "us-federal", "appeal_decision", RECEIVED, told("denial", "2026-04-10"), appealed,
            today="2026-05-05", extensions=(*before, on_appeal),
        )  # fmt: skip

    on_request = "unusual_circumstances_extension"
    assert decision().due == d("2026-06-16")
    some = decision(Extension(on_request, until=d("2026-04-07")))
    assert some.due == d("2026-06-08"), "six of the ten working days were used"
    assert any("4 working days: 6 working days of 10 were used" in line for line in explain(some))
    assert decision(Extension(on_request)).due == d("2026-06-02"), "all were used"


def test_a_pause_that_begins_when_the_time_is_over_stops_nothing() -> None:
    clock = response(pauses=(Pause(d("2026-04-10"), None, "one_information_request"),))
    assert (clock.state, clock.due) == (ClockState.LAPSED, d("2026-03-30"))


def test_an_answer_can_start_another_clock_in_place_of_the_first() -> None:
    pause = Pause(d("2026-03-10"), d("2026-03-20"), "clarification")
    first = one("uk", "response", RECEIVED, today="2026-04-01", pauses=(pause,))
    then = one("uk", "after_clarification", RECEIVED, today="2026-04-01", pauses=(pause,))
    assert (first.state, first.due) == (ClockState.OFF, None)
    assert "after clarification" in first.doubt
    assert (then.started, then.due) == (d("2026-03-20"), d("2026-04-21"))
    silent = one("uk", "ico_delay_complaint", RECEIVED, today="2026-05-01", pauses=(pause,))
    assert silent.started == d("2026-04-21")


def test_an_extension_announced_too_late_lengthens_nothing() -> None:
    late = Extension("unusual_circumstances_extension", d("2026-04-01"))
    clock = response(extensions=(late,))
    assert (clock.due, clock.agency_due) == (d("2026-03-30"), d("2026-04-13"))
    in_time = Extension("unusual_circumstances_extension", d("2026-03-30"))
    assert response(extensions=(in_time,)).due == d("2026-04-13")


def test_the_date_in_an_extension_letter_counts_as_far_as_the_law_goes() -> None:
    def until(day: str) -> Clock:
        asked = Extension("unusual_circumstances_extension", d("2026-03-20"), d(day))
        return response(extensions=(asked,))

    assert (until("2026-04-03").due, until("2026-04-03").agency_due) == (d("2026-04-03"), None)
    assert (until("2026-06-01").due, until("2026-06-01").agency_due) == (
        d("2026-04-13"), d("2026-06-01"),
    )  # fmt: skip


def test_an_extension_without_a_number_takes_the_letters_date() -> None:
    asked = Extension("public_interest_test_extension", d("2026-03-20"), d("2026-04-29"))
    clock = one("uk", "response", RECEIVED, today="2026-04-01", extensions=(asked,))
    assert clock.due == d("2026-04-29")


def test_an_extension_shows_what_it_lengthens() -> None:
    asked = Extension("unusual_circumstances_extension")
    clock = one(
        "us-federal", asked.clock, RECEIVED, today="2026-03-20", extensions=(asked,)
    )  # fmt: skip
    assert (clock.state, clock.due) == (ClockState.RUNNING, d("2026-04-13"))


# States


def test_a_waiting_period_opens_on_the_day_after() -> None:
    notice = told("notice_sent", "2026-03-02", notice="notice_before_suit")
    on_last = one("us-co", "notice_before_suit", notice, today="2026-03-16")
    assert (on_last.state, on_last.drives) == (ClockState.NOT_YET, d("2026-03-17"))
    after = one("us-co", "notice_before_suit", notice, today="2026-03-17")
    assert after.state is ClockState.OPEN


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_beyond_every_calendar_gets_no_date(day: str) -> None:
    for law in ("us-federal", "uk", "es", "us-mi", "nl"):
        for event in ("received", "denial", "appeal_decision"):
            for clock in all_of(law, told(event, day), today="2026-03-02"):
                assert clock.due is None


def test_a_step_against_inaction_is_over_once_there_is_a_decision() -> None:
    waited = one("de-federal", "untaetigkeitsklage", RECEIVED, today="2026-07-01")
    assert waited.state is ClockState.OPEN
    decided = told("denial", "2026-06-20")
    over = one("de-federal", "untaetigkeitsklage", RECEIVED, decided, today="2026-07-01")
    assert (over.state, over.drives) == (ClockState.MET, None)


@pytest.mark.parametrize(
    ("facts", "state", "due"),
    [
        ({}, ClockState.ASKS, None),
        ({"high_court_part_access": False}, ClockState.OFF, None),
        ({"high_court_part_access": True}, ClockState.RUNNING, "2026-10-27"),
    ],
)
def test_a_fact_is_asked_for(facts: dict[str, bool], state: ClockState, due: str | None) -> None:
    decided = told("review_body_decision", "2026-09-01")
    clock = one("ie", "high_court_part_access", decided, today="2026-09-02", facts=facts)
    assert (clock.state, clock.due) == (state, due and d(due))


def test_where_the_law_sets_no_number_there_is_no_date() -> None:
    clock = one("us-fl", "response", RECEIVED, today="2026-09-02")
    assert (clock.state, clock.due) == (ClockState.NO_NUMBER, None)
    assert "The law sets no number: reasonable time." in explain(clock)


def test_who_must_act_is_said() -> None:
    parties = {each.rule.id: each.party for each in all_of("us-federal", today="2026-03-02")}
    assert parties["response"] is Party.BODY
    assert parties["appeal_filing"] is Party.REQUESTER
    assert parties["suit"] is Party.REQUESTER
    assert parties["answer"] is Party.BODY
    assert one("us-pa", "oor_decision", today="2026-03-02").party is Party.REVIEWER
    assert one("de-federal", "third_party_comment", today="2026-03-02").party is Party.THIRD_PARTY


def test_an_e_mailed_request_can_count_as_received_a_working_day_later() -> None:
    mailed = Happening(event="received", sent=d("2026-03-06"))
    clock = one("us-mi", "response", mailed, today="2026-03-10")
    assert clock.started == d("2026-03-09")
    assert one("us-mi", "response", RECEIVED, today="2026-03-10").started == d("2026-03-02")


def test_the_explanation_is_read_aloud_without_codes() -> None:
    for law in laws.every():
        for event in ("received", "denial", "appeal_received", "review_body_decision"):
            matter = Matter(law, (told(event, "2026-03-02"),))
            for clock in clocks(matter, d("2026-03-03"), laws.calendar(law)):
                for step in clock.explanation:
                    if step.on is not None:
                        assert "_" not in step.what, (law.id, step.what)


# Whatever was logged


logged = st.builds(
    Happening,
    event=st.sampled_from((*EVENTS, "determination", "interim_release", "appeal_sent", "junk")),
    notice=st.sampled_from(("", "", *NOTICES)),
    dated=st.none() | st.dates(d("2026-01-01"), d("2027-06-01")),
    sent=st.none() | st.dates(d("2026-01-01"), d("2027-06-01")),
    received=st.none() | st.dates(d("2026-01-01"), d("2027-06-01")),
    id=st.sampled_from(("", "a", "b")),
    answers=st.sampled_from(("", "a")),
    limit=st.none() | st.dates(d("2026-01-01"), d("2027-06-01")),
    partial=st.booleans(),
)
paused = st.builds(
    Pause,
    st.dates(d("2026-01-01"), d("2027-01-01")),
    st.none() | st.dates(d("2026-01-01"), d("2027-06-01")),
    st.sampled_from(("", *GROUNDS)),
    st.sampled_from(("", "response")),
    st.booleans(),
)


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(laws.every()),
    st.lists(logged, max_size=6),
    st.lists(paused, max_size=3),
    st.dates(d("2025-12-01"), d("2028-06-01")),
)
def test_every_clock_has_a_date_exactly_when_its_state_says_so(
    law: Law, happened: list[Happening], pauses: list[Pause], today: date
) -> None:
    matter = Matter(law, tuple(happened), pauses=tuple(pauses))
    undated = {"waiting", "paused", "no_date", "no_number", "asks", "off"}
    for clock in clocks(matter, today, laws.calendar(law)):
        assert explain(clock)
        if clock.rule.id == STATED:
            continue
        if clock.state in undated:
            assert clock.due is None
        if clock.state in (ClockState.RUNNING, ClockState.LAPSED):
            assert clock.due is not None
            assert (clock.state is ClockState.LAPSED) == (today > clock.due)
        if clock.agency_due is not None:
            assert clock.due is not None
            assert clock.agency_due > clock.due
