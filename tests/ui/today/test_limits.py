"""Today with legal clocks: own limits first and not to be put off, lateness folded and calm."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from casefile.domain.requests import EventKind
from casefile.services import deadlines, followups, request_events, requests
from casefile.services.case import Case
from casefile.ui.main_window import MainWindow
from casefile.ui.session import CaseSession
from casefile.ui.today.entries import Entry
from casefile.ui.today.screen import TodayScreen
from casefile.ui.today.verbs import CANNOT_SNOOZE, months_on
from tests.ui.today.conftest import TODAY, iso


@pytest.fixture
def records(session: CaseSession) -> list[tuple[str, str]]:
    opened: list[tuple[str, str]] = []
    session.record_requested.connect(lambda *what: opened.append(what))
    return opened


@pytest.fixture
def today(qtbot: QtBot, open_window: MainWindow, session: CaseSession) -> TodayScreen:
    """One request that must be answered within days, one that is a year late, one follow-up."""
    case = session.case
    assert open_window.desk is not None
    near = add(case, "EPA R9", "2291", -20)
    log(case, near, EventKind.FEE_ESTIMATE, dated=iso(-5), limit_on=iso(10))
    late = add(case, "County Health", "CH-2291", -400)
    request_events.log(case, late, EventKind.REMINDER, sent=iso(-90))
    followups.add(case, "call HERON", due=TODAY + timedelta(days=2))
    screen = open_window.desk.screen_of("today")
    assert isinstance(screen, TodayScreen)
    screen.refresh()
    qtbot.waitUntil(lambda: any(e.kind == "followup" for e in screen.agenda.entries.entries))
    return screen


def add(case: Case, agency: str, number: str, sent: int) -> str:
    change = requests.add(
        case, agency=agency, law="us-federal", tracking_number=number, sent_on=iso(sent)
    )
    request_id = change.ids("request")[0]
    log(case, request_id, EventKind.RECEIVED, received=iso(sent))
    return request_id


def log(case: Case, request_id: str, kind: EventKind, **details: object) -> None:
    request_events.log(case, request_id, kind, **details)


def lines(screen: TodayScreen, kind: str) -> list[Entry]:
    return [entry for entry in screen.agenda.entries.entries if entry.kind == kind]


def stand_on(screen: TodayScreen, kind: str) -> Entry:
    (entry, *_rest) = lines(screen, kind)
    screen.agenda.setFocus()
    screen.agenda.choose(entry, 0)
    return entry


def test_own_limits_come_first_and_say_when_to_send(today: TodayScreen) -> None:
    first, second = today.agenda.entries.entries[:2]
    assert first.text == "Your limits"
    assert "EPA R9 #2291" in second.text
    assert "your answer to the estimate" in second.text
    assert second.detail.startswith("send by ")
    assert second.ink == "text"


def test_the_office_hour_is_told_where_it_is_known(
    qtbot: QtBot, today: TodayScreen, session: CaseSession
) -> None:
    case = session.case
    (office,) = [each for each in requests.agencies(case) if each.name == "EPA R9"]
    session.tasks.edit(
        lambda: requests.edit_agency(case, office.id, zone="America/Denver", closes_at="17:00")
    )
    qtbot.waitUntil(
        lambda: "office closes 17:00 Denver" in lines(today, "limit")[0].detail, timeout=5000
    )


def test_the_agencys_lateness_is_one_calm_line(today: TodayScreen) -> None:
    (late,) = lines(today, "late")
    assert late.tail.startswith("late since ")
    assert "reminded" in late.tail
    assert late.ink != "danger"


def test_two_keys_lead_to_the_next_legal_deadline(
    qtbot: QtBot, today: TodayScreen, open_window: MainWindow, records: list[tuple[str, str]]
) -> None:
    stand_on(today, "followup")
    qtbot.keyClick(open_window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(today.agenda, Qt.Key.Key_L)
    assert records == [("request", lines(today, "limit")[0].item_id)]


def test_an_own_limit_cannot_be_put_off(
    qtbot: QtBot, today: TodayScreen, open_window: MainWindow
) -> None:
    stand_on(today, "limit")
    assert open_window.desk is not None
    for modifier in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
        qtbot.keyClick(today.agenda, Qt.Key.Key_S, modifier)
        assert open_window.desk.toast.text == CANNOT_SNOOZE
    assert lines(today, "limit")


def test_a_limit_is_given_up_only_with_a_reason(
    qtbot: QtBot, today: TodayScreen, session: CaseSession
) -> None:
    entry = stand_on(today, "limit")
    qtbot.keyClick(today.agenda, Qt.Key.Key_G)
    form = today.giving_up
    assert form.isVisible()
    assert not form.sure.isEnabled()
    qtbot.keyClick(form.reason, Qt.Key.Key_Return)
    assert form.isVisible(), "there is no reason yet"
    qtbot.keyClicks(form.reason, "Too dear")
    qtbot.keyClick(form.reason, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not lines(today, "limit"))
    assert request_events.listing(session.case, entry.item_id)[-1].note == "Too dear"
    session.undo_stack.undo()
    qtbot.waitUntil(lambda: bool(lines(today, "limit")))


def test_esc_keeps_the_limit(qtbot: QtBot, today: TodayScreen) -> None:
    stand_on(today, "limit")
    qtbot.keyClick(today.agenda, Qt.Key.Key_G)
    qtbot.keyClick(today.giving_up.reason, Qt.Key.Key_Escape)
    assert not today.giving_up.isVisible()
    qtbot.waitUntil(today.agenda.hasFocus)


def test_what_is_late_is_put_off_until_tomorrow_with_one_key(
    qtbot: QtBot, today: TodayScreen, session: CaseSession
) -> None:
    entry = stand_on(today, "late")
    qtbot.keyClick(today.agenda, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: not lines(today, "late"))
    (view,) = [v for v in deadlines.overview(session.case, TODAY) if v.request.id == entry.item_id]
    assert view.snoozed_until == TODAY + timedelta(days=1)
    assert any("1 late request put off" in each.text for each in lines(today, "place"))


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_shift_s_offers_a_week_a_month_and_a_quarter(
    qtbot: QtBot, today: TodayScreen, session: CaseSession
) -> None:
    entry = stand_on(today, "late")
    qtbot.keyClick(today.agenda, Qt.Key.Key_S, Qt.KeyboardModifier.ShiftModifier)
    menu = next(m for m in today.agenda.findChildren(QMenu) if m.isVisible())
    names = [action.text().split("\t")[0] for action in menu.actions()]
    assert names == ["Tomorrow", "In a week", "In a month", "In a quarter"]
    menu.actions()[-1].trigger()
    menu.close()
    qtbot.waitUntil(lambda: not lines(today, "late"))
    (view,) = [v for v in deadlines.overview(session.case, TODAY) if v.request.id == entry.item_id]
    assert view.snoozed_until == months_on(TODAY, 3)


def test_a_month_on_from_the_last_of_january() -> None:
    assert months_on(date(2027, 1, 31), 1) == date(2027, 2, 28)
    assert months_on(date(2026, 11, 30), 3) == date(2027, 2, 28)


def test_enter_opens_the_request(
    qtbot: QtBot, today: TodayScreen, records: list[tuple[str, str]]
) -> None:
    entry = stand_on(today, "late")
    qtbot.keyClick(today.agenda, Qt.Key.Key_Return)
    assert records == [("request", entry.item_id)]


def test_today_hears_of_a_letter_that_was_logged(
    qtbot: QtBot, today: TodayScreen, session: CaseSession
) -> None:
    case, entry = session.case, lines(today, "limit")[0]
    session.tasks.edit(
        lambda: request_events.log(
            case, entry.item_id, EventKind.FEE_COMMITMENT, sent=TODAY.isoformat()
        )
    )
    qtbot.waitUntil(lambda: not lines(today, "limit"))


def test_all_that_is_seen_is_heard(today: TodayScreen) -> None:
    for row, entry in enumerate(today.agenda.entries.entries):
        spoken = str(today.agenda.entries.index(row).data(Qt.ItemDataRole.AccessibleTextRole))
        assert entry.tail in spoken
        assert entry.detail in spoken
