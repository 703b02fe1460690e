"""What clocks ask of the reporter on a day: own limits first, the agencies' lateness folded."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from casefile.domain.request_status import Status
from casefile.domain.requests import EventKind
from casefile.services import request_events, request_list, requests
from casefile.services.agenda_clocks import MOST, Agenda, dates
from casefile.services.case import Case
from casefile.services.request_rows import RequestClocks
from casefile.services.today import clocks, today, waiting


@pytest.fixture
def asked(case: Case) -> str:
    change = requests.add(
        case, agency="EPA R9", law="us-federal", tracking_number="2291", sent_on="2026-07-02"
    )
    request_id = change.ids("request")[0]
    log(case, request_id, EventKind.RECEIVED, received="2026-07-06")
    return request_id


def log(case: Case, request_id: str, kind: EventKind, **details: object) -> str:
    return request_events.log(case, request_id, kind, **details).ids("request_event")[0]


def on(case: Case, day: str) -> Agenda:
    return clocks(case, date.fromisoformat(day))


def test_an_agency_that_has_time_asks_nothing_until_two_weeks_before(
    case: Case, asked: str
) -> None:
    assert not on(case, "2026-07-10").expected
    (coming,) = on(case, "2026-07-24").expected
    assert coming.on == date(2026, 8, 3)
    assert not on(case, "2026-07-24").late


def test_lateness_is_one_line_a_request_and_hides_when_put_off(case: Case, asked: str) -> None:
    (late,) = on(case, "2026-08-10").late
    assert (late.since, late.row.reminded, late.look_again) == (date(2026, 8, 4), None, None)
    log(case, asked, EventKind.REMINDER, sent="2026-09-02")
    request_events.snooze(case, asked, "2026-12-01")
    hidden = on(case, "2026-11-30")
    assert not hidden.late
    assert [each.look_again for each in hidden.put_off] == [date(2026, 12, 1)]
    (again,) = on(case, "2026-12-01").late
    assert (again.since, again.row.reminded) == (date(2026, 8, 4), date(2026, 9, 2))
    assert not on(case, "2026-12-01").put_off


def test_an_own_limit_goes_by_the_earlier_of_the_law_and_the_letter(case: Case, asked: str) -> None:
    log(
        case, asked, EventKind.DENIAL, dated="2026-07-24", received="2026-07-29",
        appeal_offered=True, limit_on="2026-10-20",
    )  # fmt: skip
    appeal = on(case, "2026-10-17").own[0]
    assert (appeal.on, appeal.last, appeal.left) == (date(2026, 10, 20), date(2026, 10, 22), 3)
    assert appeal.near
    assert not appeal.missed
    assert on(case, "2026-10-21").own[0].left == -1
    assert not on(case, "2026-10-22").own[0].missed, "the law still gives this day"
    assert on(case, "2026-10-23").own[0].missed


def test_a_limit_goes_when_it_is_met_or_given_up(case: Case, asked: str) -> None:
    log(case, asked, EventKind.DENIAL, dated="2026-07-24", appeal_offered=True)
    (appeal,) = [e for e in on(case, "2026-08-10").own if "appeal" in e.line.rule_id]
    undone = request_events.give_up(case, asked, appeal.line.rule_id, "Not worth it")
    assert not [e for e in on(case, "2026-08-10").own if "appeal" in e.line.rule_id]
    assert undone.count


def test_an_open_question_says_which_clock_it_stops(case: Case, asked: str) -> None:
    log(
        case, asked, EventKind.CLARIFICATION, dated="2026-07-13",
        ground="one_information_request", confirmed=True,
    )  # fmt: skip
    (question,) = on(case, "2026-07-20").questions
    assert question.paused is not None
    assert question.paused.of == 20
    assert on(case, "2026-07-20").waiting == 1
    log(case, asked, EventKind.CLARIFICATION_REPLY, sent="2026-07-21")
    assert not on(case, "2026-07-22").questions


def test_a_question_with_a_day_is_a_limit_and_not_told_twice(case: Case, asked: str) -> None:
    log(case, asked, EventKind.FEE_ESTIMATE, dated="2026-07-10", limit_on="2026-07-26")
    found = on(case, "2026-07-20")
    assert not found.questions
    assert (found.own[0].on, found.own[0].last) == (date(2026, 7, 24), date(2026, 7, 26))


def test_the_window_for_a_suit_stands_on_today_only_near_its_end(case: Case, asked: str) -> None:
    log(case, asked, EventKind.DENIAL, dated="2026-07-24", appeal_offered=True)
    shown = {each.line.kind.value for each in on(case, "2026-08-10").own}
    assert "litigation_window" not in shown
    everything = dates(request_list.with_clocks(case, date(2026, 8, 10)), date(2026, 8, 10))
    calendar = {each.line.kind.value for each in everything.own}
    assert "appeal_filing" in calendar


def test_a_closed_request_asks_nothing(case: Case, asked: str) -> None:
    log(case, asked, EventKind.CLARIFICATION, dated="2026-07-13")
    log(case, asked, EventKind.WITHDRAWN, sent="2026-07-20")
    assert on(case, "2026-10-01") == Agenda()


def test_the_next_limit_is_one_that_can_still_be_met(case: Case, asked: str) -> None:
    log(case, asked, EventKind.FEE_ESTIMATE, dated="2026-07-08", limit_on="2026-07-14")
    log(case, asked, EventKind.NARROWING, dated="2026-07-10", limit_on="2026-07-31")
    following = on(case, "2026-07-20").next_limit
    assert following is not None
    assert following.line.rule_id == "answer_narrowing"


def test_today_and_the_rail_count_the_same_things(case: Case, asked: str) -> None:
    log(case, asked, EventKind.FEE_ESTIMATE, dated="2026-07-10", limit_on="2026-07-22")
    day = date(2026, 7, 20)
    assert today(case, day).clocks.waiting == 1
    assert waiting(case, day) == 1


def test_of_many_requests_only_those_that_are_shown_are_read(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(40):
        added = requests.add(case, agency=f"Office {number:02}", law="us-federal")
        received = f"2026-07-{number % 20 + 6:02}"
        log(case, added.ids("request")[0], EventKind.RECEIVED, received=received)
    found = on(case, "2026-10-30")
    assert found.totals.late == 40
    assert [each.row.agency for each in found.late[:2]] == ["Office 00", "Office 20"]
    read: list[str] = []
    really = RequestClocks.__init__

    def counting(self: RequestClocks, *values: Any) -> None:
        really(self, *values)
        read.append(self.id)

    monkeypatch.setattr(RequestClocks, "__init__", counting)
    assert on(case, "2026-10-30") == found
    assert len(read) == len(found.late) == MOST


def test_of_two_appeals_only_the_one_that_was_let_go_is_gone(case: Case, asked: str) -> None:
    first = log(case, asked, EventKind.DENIAL, dated="2026-07-24", appeal_offered=True)
    log(case, asked, EventKind.DENIAL, dated="2026-08-07", appeal_offered=True)

    def appeals() -> list[str]:
        own = on(case, "2026-08-10").own
        return [each.line.event_id for each in own if "appeal" in each.line.rule_id]

    assert len(appeals()) == 2
    (clock,) = {e.line.rule_id for e in on(case, "2026-08-10").own if e.line.event_id == first}
    request_events.give_up(case, asked, clock, "Not worth it", first)
    assert len(appeals()) == 1
    assert first not in appeals()


def test_letting_a_limit_go_answers_no_question(case: Case, asked: str) -> None:
    question = log(case, asked, EventKind.NARROWING, dated="2026-07-10", limit_on="2026-07-31")
    request_events.give_up(case, asked, "answer_narrowing", "It is what we need", question)
    found = on(case, "2026-07-20")
    assert not [each for each in found.own if each.line.event_id == question]
    row = request_list.rows(case, date(2026, 7, 20))[0]
    assert row.status is Status.QUESTION
