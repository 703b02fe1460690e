"""A request, its agency, and what happens to it."""

from __future__ import annotations

from datetime import date

import pytest

from casefile.domain.errors import UserError
from casefile.domain.request_status import Status
from casefile.domain.requests import Bucket, EventKind
from casefile.services import deadlines, page_ledger, request_events, requests
from casefile.services.case import Case
from casefile.services.undo import undo
from tests.services.there_and_back import there_and_back


@pytest.fixture
def asked(case: Case) -> str:
    return requests.add(case, agency="EPA R9", law="us-federal", subject="waivers").ids("request")[
        0
    ]


def log(case: Case, request_id: str, kind: EventKind, **details: object) -> str:
    change = there_and_back(case, lambda: request_events.log(case, request_id, kind, **details))
    return change.ids("request_event")[0]


def status(case: Case, request_id: str) -> Status:
    return deadlines.view(case, request_id, date(2026, 10, 12)).status


def test_an_agency_stands_in_the_address_book_once(case: Case, asked: str) -> None:
    other = requests.add(case, agency="epa r9").ids("request")[0]
    [office] = requests.agencies(case)
    assert requests.get(case, asked).agency_id == requests.get(case, other).agency_id == office.id
    there_and_back(case, lambda: requests.edit_agency(
        case, office.id, zone="America/Los_Angeles", closes_at="17:00", closures=["2026-11-27"],
    ))  # fmt: skip
    assert requests.agency_of(case, requests.get(case, asked)).closures == ("2026-11-27",)


@pytest.mark.parametrize(
    ("details", "code"),
    [({"zone": "Nowhere/Land"}, "agency.zone"), ({"closes_at": "25:00"}, "agency.hour"),
     ({"closures": ["soon"]}, "date.invalid"), ({"holidays": ("XX",)}, "calendar.unknown"),
     ({"name": " "}, "request.agency_needed")],
)  # fmt: skip
def test_an_office_that_cannot_be_is_refused(
    case: Case, asked: str, details: dict[str, object], code: str
) -> None:
    office = requests.get(case, asked).agency_id
    with pytest.raises(UserError, match=code):
        requests.edit_agency(case, office, **details)


def test_the_status_follows_from_the_events(case: Case, asked: str) -> None:
    assert status(case, asked) is Status.DRAFT
    log(case, asked, EventKind.SENT, sent="2026-10-01")
    assert status(case, asked) is Status.SENT
    log(case, asked, EventKind.INTERIM_RELEASE, dated="2026-11-02")
    log(case, asked, EventKind.RECEIVED, received="2026-10-03")
    assert status(case, asked) is Status.PARTIAL
    log(case, asked, EventKind.DENIAL, dated="2026-11-09", appeal_offered=True)
    assert status(case, asked) is Status.DENIED
    log(case, asked, EventKind.APPEAL, sent="2026-11-16")
    assert status(case, asked) is Status.APPEALED
    log(case, asked, EventKind.WITHDRAWN, sent="2026-11-20")
    log(case, asked, EventKind.NOTE, dated="2026-11-21", note="they called again")
    assert status(case, asked) is Status.WITHDRAWN


def test_a_question_waits_for_the_reporter_until_it_is_answered(case: Case, asked: str) -> None:
    log(case, asked, EventKind.SENT, sent="2026-10-01", received="2026-10-02")
    question = log(case, asked, EventKind.FEE_ESTIMATE, dated="2026-10-09", amount=25000)
    assert status(case, asked) is Status.QUESTION
    log(case, asked, EventKind.FEE_COMMITMENT, sent="2026-10-12")
    assert status(case, asked) is Status.WAITING
    assert request_events.listing(case, asked)[-1].answers == question
    log(case, asked, EventKind.ADVANCE_PAYMENT, dated="2026-10-19", amount=25000)
    assert status(case, asked) is Status.PAYMENT


def test_a_referral_makes_a_request_of_its_own_and_a_consultation_does_not(
    case: Case, asked: str
) -> None:
    log(case, asked, EventKind.CONSULTATION, dated="2026-10-20", note="with the Navy")
    assert len(requests.listing(case)) == 1
    there_and_back(case, lambda: request_events.refer(
        case, asked, agency="US Coast Guard", tracking_number="2026-CG-7", pages=12,
        dated="2026-10-21",
    ))  # fmt: skip
    child = requests.listing(case)[-1]
    assert (child.parent_id, child.pages_expected, child.law) == (asked, 12, "us-federal")
    assert child.tracking_number == "2026-CG-7"
    assert status(case, child.id) is Status.DRAFT
    assert request_events.listing(case, asked)[-1].child_id == child.id


@pytest.mark.parametrize(
    ("details", "code"),
    [({}, "event.day_needed"), ({"dated": "soon"}, "date.invalid"),
     ({"dated": "2026-10-09", "received": "2026-10-01"}, "event.order"),
     ({"dated": "2026-10-09", "documents": ("0" * 16,)}, "document.not_found"),
     ({"dated": "2026-10-09", "answers": "0" * 16}, "request_event.not_found")],
)  # fmt: skip
def test_an_event_that_cannot_be_is_refused_and_nothing_is_lost(
    case: Case, asked: str, details: dict[str, object], code: str
) -> None:
    with pytest.raises(UserError, match=code):
        request_events.log(case, asked, EventKind.DENIAL, **details)
    assert request_events.listing(case, asked) == []


def test_setting_a_date_by_hand_needs_a_reason_and_stays_in_the_history(
    case: Case, asked: str
) -> None:
    with pytest.raises(UserError, match=r"event\.reason_needed"):
        request_events.override(case, asked, "response", "2026-12-01", " ")
    with pytest.raises(UserError, match=r"event\.reason_needed"):
        request_events.give_up(case, asked, "appeal_filing", "")
    there_and_back(
        case, lambda: request_events.override(case, asked, "response", "2026-12-01", "agreed")
    )
    there_and_back(case, lambda: request_events.answer_fact(case, asked, "cure", yes=True))
    there_and_back(case, lambda: request_events.snooze(case, asked, "2026-12-05"))
    kinds = [event.kind for event in request_events.listing(case, asked)]
    assert kinds == [EventKind.OVERRIDE, EventKind.FACT, EventKind.SNOOZED]


def test_the_ledger_says_first_what_does_not_come_out(case: Case, asked: str) -> None:
    log(case, asked, EventKind.INTERIM_RELEASE, dated="2026-10-20", pages=60)
    log(case, asked, EventKind.DETERMINATION, dated="2026-11-02", pages=100)
    there_and_back(
        case, lambda: page_ledger.add(case, asked, Bucket.FULL, 60, first="EPA-1", last="EPA-60")
    )
    change = there_and_back(case, lambda: page_ledger.add(case, asked, Bucket.WITHHELD, 30))
    assert page_ledger.totals(case, asked).difference == 10
    [entry] = change.ids("ledger_entry")
    there_and_back(case, lambda: page_ledger.edit(case, entry, pages=40))
    assert page_ledger.totals(case, asked).difference == 0
    there_and_back(case, lambda: page_ledger.delete(case, [entry]))
    assert page_ledger.totals(case, asked).by_bucket == {Bucket.FULL: 60}
    with pytest.raises(UserError, match=r"ledger\.pages"):
        page_ledger.add(case, asked, Bucket.MISSING, 0)


def test_a_request_added_with_its_dates_is_one_step_and_keeps_its_rules(case: Case) -> None:
    change = there_and_back(case, lambda: requests.add(
        case, agency="EPA", law="us-federal", sent_on="2026-07-02", received_on="2026-07-06",
    ))  # fmt: skip
    [request_id] = change.ids("request")
    [event] = request_events.listing(case, request_id)
    assert (event.sent, event.received) == ("2026-07-02", "2026-07-06")
    assert requests.get(case, request_id).rules_id is not None
    with pytest.raises(UserError, match=r"event\.order"):
        requests.add(case, agency="EPA", sent_on="2026-07-06", received_on="2026-07-02")


def test_words_that_are_a_file_beside_the_laws_name_no_law(case: Case) -> None:
    asked = requests.add(case, agency="EPA", law="exemptions", sent_on="2026-07-02")
    view = deadlines.view(case, asked.ids("request")[0], date(2026, 10, 12))
    assert (view.law, view.request.rules_id) == (None, None)


def test_another_law_brings_its_own_rules(case: Case) -> None:
    asked = requests.add(case, agency="EPA", law="us-federal", sent_on="2026-07-02")
    request_id = asked.ids("request")[0]
    before = requests.get(case, request_id).rules_id
    changed = requests.edit(case, request_id, law="us-ny")
    view = deadlines.view(case, request_id, date(2026, 10, 12))
    assert view.law is not None
    assert view.law.id == "us-ny"
    assert view.request.rules_id not in (before, None)
    undo(case, changed)
    assert requests.get(case, request_id).rules_id == before


@pytest.mark.parametrize(
    ("way", "received", "due"),
    [
        ("email", None, "2026-07-20"),  # sent on a Friday: received on Monday by law
        ("email", "2026-07-10", "2026-07-20"),
        ("email", "2026-07-14", "2026-07-21"),  # found in the spam folder
        ("post", "2026-07-10", "2026-07-17"),
    ],
)
def test_the_law_can_say_when_an_email_is_received(
    case: Case, way: str, received: str | None, due: str
) -> None:
    asked = requests.add(case, agency="City of Flint", law="us-mi").ids("request")[0]
    request_events.log(case, asked, EventKind.SENT, sent="2026-07-10", way=way, received=received)
    clocks = deadlines.view(case, asked, date(2026, 7, 12)).clocks
    assert [each.due for each in clocks if each.rule.id == "response"] == [date.fromisoformat(due)]


@pytest.mark.parametrize(
    ("received", "due"), [("2026-07-10", "2026-08-10"), ("2026-07-11", "2026-08-10")]
)
def test_what_arrived_after_the_office_closed_counts_from_its_next_working_day(
    case: Case, received: str, due: str
) -> None:
    asked = requests.add(case, agency="EPA", law="us-federal").ids("request")[0]
    request_events.log(case, asked, EventKind.RECEIVED, received=received, after_hours=True)
    [response] = [
        each
        for each in deadlines.view(case, asked, date(2026, 7, 12)).clocks
        if each.rule.id == "response"
    ]
    assert (response.started, response.due) == (date(2026, 7, 13), date.fromisoformat(due))
    assert any("after the office had closed" in step.what for step in response.explanation)
