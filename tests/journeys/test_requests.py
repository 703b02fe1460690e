"""The walkthroughs about records requests, each in no more keys and clicks than it may take."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QCheckBox

from casefile.domain.clocks import ClockState, Party
from casefile.domain.letters import LetterKind
from casefile.domain.requests import EventKind
from casefile.services import deadlines, letters, request_events, requests
from casefile.ui.requests.letters.section import LettersSection
from casefile.ui.requests.screen import RequestsScreen
from casefile.ui.today.screen import TodayScreen
from tests.journeys.driving import Reporter
from tests.journeys.test_a_days_work import case_of

pytestmark = pytest.mark.journey


def ago(days: int) -> str:
    return (date.today() - timedelta(days=days)).isoformat()  # noqa: DTZ011 - the reporter's day


@pytest.fixture
def asked(at_desk: Reporter) -> dict[str, str]:
    """An agency that is late, one that has refused, one that still has time."""
    case = case_of(at_desk)
    made = {}
    for key, agency in (("late", "County Health"), ("denied", "EPA R9"), ("new", "US DOT")):
        change = requests.add(case, agency=agency, law="us-federal", sent_on=ago(200))
        made[key] = change.ids("request")[0]
    for key, days in (("late", 120), ("denied", 60), ("new", 4)):
        request_events.log(case, made[key], EventKind.RECEIVED, received=ago(days))
    request_events.log(case, made["denied"], EventKind.DENIAL, dated=ago(12), appeal_offered=True)
    return made


def told(screen: TodayScreen) -> list[str]:
    return [f"{entry.text} {entry.tail}" for entry in screen.agenda.entries.entries]


def test_6_all_that_is_overdue_shows_on_opening_without_a_key(
    at_desk: Reporter, asked: dict[str, str]
) -> None:
    with at_desk.counting() as taken:
        today = at_desk.screen(TodayScreen)
        today.refresh()
        at_desk.until(lambda: any("late since" in line for line in told(today)), "what is late")
    assert taken.presses == 0
    lines = told(today)
    own = next(at for at, line in enumerate(lines) if "EPA R9" in line)
    late = next(at for at, line in enumerate(lines) if "County Health" in line)
    assert own < late
    at_desk.shoot("today-requests")


def test_7_the_next_legal_deadline_is_two_keys_away(
    at_desk: Reporter, asked: dict[str, str]
) -> None:
    today = at_desk.screen(TodayScreen)
    today.refresh()
    at_desk.until(lambda: any("EPA R9" in line for line in told(today)), "the limit")
    today.focus_list()
    with at_desk.counting() as taken:
        at_desk.press("L", "Return")
        screen = at_desk.screen(RequestsScreen)
        at_desk.until(lambda: screen.record.request_id == asked["denied"], "the request")
    assert taken.presses == 2


def test_22_a_due_date_is_explained_by_one_key(at_desk: Reporter, asked: dict[str, str]) -> None:
    session = at_desk.window.session
    assert session is not None
    session.open_record("request", asked["late"])
    screen = at_desk.screen(RequestsScreen)
    at_desk.until(lambda: screen.record.request_id == asked["late"], "the record")
    screen.focus_list()
    with at_desk.counting() as taken:
        at_desk.press("W")
        at_desk.until(screen.record.why.isVisible, "why this date")
    assert taken.presses == 1
    words = screen.record.why.text.toPlainText()
    assert "day 20" in words
    assert "5 U.S.C. 552(a)(6)(A)(i)" in words
    assert "Checked on" in words
    assert at_desk.focus is screen.record.why.text
    at_desk.shoot("why-this-date")


def test_21_a_question_about_fees_pauses_the_clock_and_says_who_acts(
    at_desk: Reporter, asked: dict[str, str]
) -> None:
    session = at_desk.window.session
    assert session is not None
    session.open_record("request", asked["new"])
    screen = at_desk.screen(RequestsScreen)
    at_desk.until(lambda: screen.record.request_id == asked["new"], "the record")
    screen.focus_list()
    with at_desk.counting() as taken:
        at_desk.press("L")
        at_desk.until(screen.log_form.isVisible, "the form for a reply")
        at_desk.press("6", "Ctrl+Return")
        at_desk.until(lambda: not screen.log_form.isVisible(), "the reply logged")
    assert taken.presses <= 4
    view = deadlines.view(case_of(at_desk), asked["new"], date.today())  # noqa: DTZ011
    assert view.events[-1].kind is EventKind.FEE_ESTIMATE
    response = next(clock for clock in view.clocks if clock.rule.id == "response")
    assert (response.state, response.party) == (ClockState.PAUSED, Party.REQUESTER)

    def told() -> bool:
        row = screen.view.currentIndex().row()
        words = [screen.view.rows.index(row, at).data() for at in range(5)]
        return any("must act" in str(each) for each in words)

    at_desk.until(told, "who must act, in the list")
    at_desk.shoot("fee-question")


def test_an_appeal_is_drafted_from_the_list_with_a_ground_and_kept(
    at_desk: Reporter, asked: dict[str, str]
) -> None:
    session = at_desk.window.session
    assert session is not None
    session.open_record("request", asked["denied"])
    screen = at_desk.screen(RequestsScreen)
    at_desk.until(lambda: screen.record.request_id == asked["denied"], "the record")
    screen.focus_list()
    case = case_of(at_desk)
    with at_desk.counting() as taken:
        at_desk.press("N")
        section = screen.record.section("letters")
        assert isinstance(section, LettersSection)
        at_desk.until(lambda: section.editor.draft is not None, "the draft")
        at_desk.until(lambda: isinstance(at_desk.focus, QCheckBox), "the first ground")
        ground = at_desk.focus
        assert isinstance(ground, QCheckBox)
        assert ground.accessibleName()
        at_desk.press("Space")
        at_desk.until(
            lambda: ground.accessibleName() in section.editor.text.text, "the ground in the letter"
        )
        at_desk.press("Ctrl+Return")
        at_desk.until(lambda: letters.listing(case, asked["denied"]), "the letter kept")
    assert taken.presses <= 3
    [kept] = letters.listing(case, asked["denied"])
    assert kept.kind is LetterKind.APPEAL
    assert ground.accessibleName() in kept.text
    assert "552(a)(6)" in kept.text
    at_desk.shoot("appeal-kept")
