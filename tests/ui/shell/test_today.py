"""Today: late things first, one key each for done and later."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from casefile.services import followups, quoting, sources
from casefile.ui.main_window import MainWindow
from casefile.ui.today.agenda import AgendaModel
from casefile.ui.today.entries import Entry
from casefile.ui.today.screen import TodayScreen

TODAY = date.today()  # noqa: DTZ011 - the reporter's own calendar


@pytest.fixture
def today(qtbot: QtBot, open_window: MainWindow) -> TodayScreen:
    session = open_window.session
    assert session is not None
    assert open_window.desk is not None
    case = session.case
    heron = sources.add(case, name="Jane Roe", confidential=True, code_name="HERON").ids("source")
    followups.add(case, "call HERON", due=TODAY - timedelta(days=2))
    followups.add(case, "send the appeal", due=TODAY + timedelta(days=2))
    quoting.add_from_conversation(case, "nobody <b>wrote</b> it down", source_id=heron[0])
    screen = open_window.desk.screen_of("today")
    assert isinstance(screen, TodayScreen)
    screen.refresh()
    qtbot.waitUntil(lambda: len(screen.agenda.entries.entries) == 6)
    return screen


def texts(screen: TodayScreen) -> list[str]:
    return [entry.text for entry in screen.agenda.entries.entries]


def test_late_things_come_first_and_nobody_is_named(today: TodayScreen) -> None:
    assert texts(today)[:4] == ["Overdue", "call HERON", "Next", "send the appeal"]
    spoken = [
        str(today.agenda.entries.index(row).data(Qt.ItemDataRole.AccessibleTextRole))
        for row in range(6)
    ]
    assert "2 days late" in spoken[1]
    assert "HERON" in spoken[5]
    assert not any("Jane" in words or "Roe" in words for words in spoken)


def test_d_is_done_and_the_focus_stays(
    qtbot: QtBot, today: TodayScreen, open_window: MainWindow
) -> None:
    session = open_window.session
    assert session is not None
    today.focus_list()
    assert today.agenda.chosen is not None
    assert today.agenda.chosen.text == "call HERON"
    qtbot.keyClick(today.agenda, Qt.Key.Key_D)
    qtbot.waitUntil(lambda: "call HERON" not in texts(today))
    assert today.agenda.hasFocus()
    assert today.agenda.chosen is not None
    assert open_window.desk is not None
    assert open_window.desk.toast.text == "Done"
    session.undo_stack.undo()
    qtbot.waitUntil(lambda: "call HERON" in texts(today))
    assert not open_window.desk.toast.text, "its Undo would take back the step before"


def test_s_is_due_tomorrow(qtbot: QtBot, today: TodayScreen, open_window: MainWindow) -> None:
    session = open_window.session
    assert session is not None
    today.focus_list()
    qtbot.keyClick(today.agenda, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: "Overdue" not in texts(today))
    due = {item.text: item.due for item in followups.listing(session.case)}
    assert due["call HERON"] == (TODAY + timedelta(days=1)).isoformat()


def test_enter_opens_where_it_belongs(
    qtbot: QtBot, today: TodayScreen, open_window: MainWindow
) -> None:
    assert open_window.desk is not None
    today.focus_list()
    qtbot.keyClick(today.agenda, Qt.Key.Key_Return)
    assert open_window.desk.here == "followups"
    today.quote_button.click()
    assert open_window.desk.here == "quotes"
    open_window.desk.back()
    assert open_window.desk.here == "followups"


def test_the_rail_counts(qtbot: QtBot, today: TodayScreen, open_window: MainWindow) -> None:
    assert open_window.desk is not None
    model = open_window.desk.rail.view.model()
    open_window.desk._count()
    role = Qt.ItemDataRole.AccessibleTextRole
    qtbot.waitUntil(lambda: "Follow-ups, 2" in [model.index(row, 0).data(role) for row in range(7)])
    assert model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "Today, 1"


def test_an_empty_case_offers_to_import(qtbot: QtBot, open_window: MainWindow) -> None:
    assert open_window.desk is not None
    screen = open_window.desk.screen_of("today")
    assert isinstance(screen, TodayScreen)
    qtbot.waitUntil(lambda: screen.empty.button.text() == "Import…")
    assert screen.stack.currentWidget() is screen.empty
    screen.empty.button.click()
    assert open_window.sheet is not None
    open_window.sheet.reject()


def test_the_agenda_is_a_sound_model(qtmodeltester: object) -> None:
    model = AgendaModel()
    model.show_entries([Entry("heading", "Next"), Entry("followup", "call", "1", "due Mon")])
    qtmodeltester.check(model)  # type: ignore[attr-defined]  # pytest-qt's fixture has no stub
    assert model.flags(model.index(0)) == Qt.ItemFlag.NoItemFlags
