"""The calendar: own limits, agencies' dates and follow-ups on their days, all by keyboard."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from casefile.domain.requests import EventKind
from casefile.services import followups, request_events, requests
from casefile.services.case import Case
from casefile.ui.calendar.grid import MonthGrid, MonthModel
from casefile.ui.calendar.reading import Month
from casefile.ui.calendar.screen import CalendarScreen
from casefile.ui.main_window import MainWindow
from casefile.ui.session import CaseSession
from casefile.ui.today.entries import Entry
from casefile.ui.today.screen import TodayScreen
from tests.ui.today.conftest import TODAY, iso, session

__all__ = ["session"]  # the fixture is used here too


@pytest.fixture
def calendar(qtbot: QtBot, open_window: MainWindow, session: CaseSession) -> CalendarScreen:
    """A limit, an agency's date and a follow-up; the follow-up in six days."""
    fill(session.case)
    assert open_window.desk is not None
    open_window.desk.enter("calendar")
    screen = open_window.desk.screen_of("calendar")
    assert isinstance(screen, CalendarScreen)
    screen.refresh()
    qtbot.waitUntil(lambda: bool(screen.grid.days.month.days))
    return screen


def fill(case: Case) -> str:
    change = requests.add(
        case, agency="EPA R9", law="us-federal", tracking_number="2291", sent_on=iso(-20)
    )
    request_id = change.ids("request")[0]
    request_events.log(case, request_id, EventKind.RECEIVED, received=iso(-20))
    request_events.log(case, request_id, EventKind.FEE_ESTIMATE, dated=iso(-5), limit_on=iso(10))
    followups.add(case, "call HERON", due=TODAY + timedelta(days=6))
    return request_id


def day_of(screen: CalendarScreen, kind: str) -> date:
    days = screen.grid.days.month.days
    return next(day for day, entries in days.items() if any(e.kind == kind for e in entries))


def press(qtbot: QtBot, screen: CalendarScreen, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(screen.grid, key)


def test_each_thing_stands_on_its_day(calendar: CalendarScreen) -> None:
    assert day_of(calendar, "followup") == TODAY + timedelta(days=6)
    assert TODAY + timedelta(days=5) <= day_of(calendar, "limit") <= TODAY + timedelta(days=10)
    assert day_of(calendar, "agency") > TODAY


def test_it_begins_today_and_arrows_go_a_day_and_a_week_on(
    qtbot: QtBot, calendar: CalendarScreen
) -> None:
    assert calendar.grid.hasFocus()
    assert calendar.grid.day == TODAY
    press(qtbot, calendar, Qt.Key.Key_Right, Qt.Key.Key_Down)
    assert calendar.grid.day == TODAY + timedelta(days=8)
    press(qtbot, calendar, Qt.Key.Key_Left, Qt.Key.Key_Up)
    assert calendar.grid.day == TODAY


def test_pages_turn_months_and_t_comes_back(qtbot: QtBot, calendar: CalendarScreen) -> None:
    calendar.grid.choose(date(2027, 1, 31))
    press(qtbot, calendar, Qt.Key.Key_PageDown)
    assert calendar.grid.day == date(2027, 2, 28)
    assert calendar.month_line.text() == "February 2027"
    press(qtbot, calendar, Qt.Key.Key_PageUp, Qt.Key.Key_PageUp)
    assert calendar.grid.day == date(2026, 12, 28)
    press(qtbot, calendar, Qt.Key.Key_T)
    assert calendar.grid.day == TODAY


def test_arrows_walk_over_the_edge_of_the_month(qtbot: QtBot, calendar: CalendarScreen) -> None:
    calendar.grid.choose(date(2026, 11, 30))
    press(qtbot, calendar, Qt.Key.Key_Right)
    assert calendar.grid.day == date(2026, 12, 1)
    assert calendar.month_line.text() == "December 2026"
    assert calendar.grid.days.day_at(calendar.grid.currentIndex()) == date(2026, 12, 1)


def test_enter_goes_to_the_day_and_enter_again_opens(
    qtbot: QtBot, calendar: CalendarScreen, session: CaseSession
) -> None:
    opened: list[tuple[str, str]] = []
    session.record_requested.connect(lambda *what: opened.append(what))
    calendar.grid.choose(day_of(calendar, "limit"))
    press(qtbot, calendar, Qt.Key.Key_Return)
    assert calendar.agenda.hasFocus()
    qtbot.keyClick(calendar.agenda, Qt.Key.Key_Return)
    assert [kind for kind, _id in opened] == ["request"]


def test_a_day_is_heard_with_what_it_holds(calendar: CalendarScreen) -> None:
    day = day_of(calendar, "followup")
    index = calendar.grid.days.index_of(day)
    if not index.isValid():
        calendar.grid.choose(day)
        index = calendar.grid.days.index_of(day)
    heard = str(index.data(Qt.ItemDataRole.AccessibleTextRole))
    assert "1 follow-up" in heard
    assert str(day.year) in heard
    assert ", today" in calendar.grid.days.month.spoken(TODAY)


@pytest.mark.usefixtures("accessible")
def test_the_month_is_a_table_to_a_screen_reader(calendar: CalendarScreen) -> None:
    table = QAccessible.queryAccessibleInterface(calendar.grid)
    assert table.role() is QAccessible.Role.Table
    heard = [table.child(at).text(QAccessible.Text.Name) for at in range(table.childCount())]
    assert calendar.grid.days.month.spoken(TODAY) in heard
    assert QLocale().standaloneDayName(1, QLocale.FormatType.LongFormat) in heard


def test_done_and_later_work_on_the_day_too(
    qtbot: QtBot, calendar: CalendarScreen, session: CaseSession
) -> None:
    calendar.grid.choose(TODAY + timedelta(days=6))
    press(qtbot, calendar, Qt.Key.Key_Return)
    for row, entry in enumerate(calendar.agenda.entries.entries):
        if entry.kind == "followup":
            calendar.agenda.setCurrentIndex(calendar.agenda.entries.index(row))
    qtbot.keyClick(calendar.agenda, Qt.Key.Key_D)
    qtbot.waitUntil(
        lambda: (
            not any(
                entry.kind == "followup"
                for entries in calendar.grid.days.month.days.values()
                for entry in entries
            )
        )
    )
    session.undo_stack.undo()
    qtbot.waitUntil(lambda: bool(calendar.grid.days.month.on(TODAY + timedelta(days=6))))


def test_a_day_without_anything_says_so(calendar: CalendarScreen) -> None:
    calendar.grid.choose(date(2031, 5, 5))
    assert calendar.stack.currentWidget() is calendar.nothing


def test_a_case_without_dates_offers_a_follow_up(qtbot: QtBot, open_window: MainWindow) -> None:
    assert open_window.desk is not None
    open_window.desk.enter("calendar")
    screen = open_window.desk.screen_of("calendar")
    assert isinstance(screen, CalendarScreen)
    assert screen.stack.currentWidget() is screen.empty
    screen.empty.button.click()
    assert open_window.desk.here == "followups"


def test_c_and_the_button_lead_there_from_today(qtbot: QtBot, open_window: MainWindow) -> None:
    assert open_window.desk is not None
    today = open_window.desk.screen_of("today")
    assert isinstance(today, TodayScreen)
    open_window.desk.enter("today")
    today.agenda.calendar_wanted.emit()
    assert open_window.desk.here == "calendar"
    open_window.desk.enter("today")
    today.calendar_button.click()
    assert open_window.desk.here == "calendar"


@pytest.mark.parametrize(
    ("country", "first"), [("en_US", date(2026, 11, 1)), ("de_DE", date(2026, 10, 26))]
)
def test_the_week_begins_as_the_country_has_it(qtbot: QtBot, country: str, first: date) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale(country))
    try:
        model = MonthModel(date(2026, 11, 16))
    finally:
        QLocale.setDefault(before)
    assert model.start == first
    assert model.day_at(model.index_of(date(2026, 11, 16))) == date(2026, 11, 16)


def test_the_month_is_a_sound_model(qtmodeltester: object) -> None:
    model = MonthModel(date(2026, 11, 16))
    entry = Entry("limit", "EPA R9: appeal closes", "1")
    model.show_entries(Month(date(2026, 11, 16), {date(2026, 11, 16): [entry]}))
    qtmodeltester.check(model)  # type: ignore[attr-defined]  # pytest-qt's fixture has no stub


def test_arrows_are_mirrored_where_one_reads_from_the_right(
    qtbot: QtBot, qapp: object, look: object
) -> None:
    grid = MonthGrid(date(2026, 11, 16))
    qtbot.addWidget(grid)
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # type: ignore[attr-defined]  # a QApplication
    try:
        qtbot.keyClick(grid, Qt.Key.Key_Left)
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # type: ignore[attr-defined]  # as above
    assert grid.day == date(2026, 11, 17)
