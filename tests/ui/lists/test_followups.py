"""The follow-ups screen: a line with a date in it, headings, D for done."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from casefile.domain.followup_lines import parse_line
from casefile.services import followups, sources
from casefile.services.case import Case
from casefile.ui.lists.followups import FollowUpsScreen
from casefile.ui.models.words import today
from casefile.ui.session import CaseSession
from tests.ui.lists.conftest import Said, show


@pytest.fixture
def screen(qtbot: QtBot, session: CaseSession, case: Case) -> FollowUpsScreen:
    heron = sources.add(case, name="Jane Roe", code_name="HERON", confidential=True)
    followups.add(
        case, "call HERON", due=today() - timedelta(days=2), linked_kind="source",
        linked_id=heron.ids("source")[0],
    )  # fmt: skip
    followups.add(case, "read Box 2")
    made = FollowUpsScreen(session)
    show(qtbot, made)
    qtbot.waitUntil(lambda: made.view.rows.rowCount() == 2)
    made.focus_list()
    return made


def headings(screen: FollowUpsScreen) -> list[str]:
    rows = screen.view.rows
    return [rows.index(number, 0).data() for number in range(rows.rowCount())]


def test_late_ones_come_first_and_are_current(screen: FollowUpsScreen) -> None:
    assert headings(screen) == ["Overdue  1", "No date  1"]
    assert screen.record.text.toPlainText() == "call HERON"
    assert screen.record.link.text() == "Source: HERON"
    assert screen.counts() == (2, 2)


def test_a_line_shows_its_date_before_it_is_saved(
    qtbot: QtBot, screen: FollowUpsScreen, session: CaseSession, case: Case
) -> None:
    screen.new_item()
    line = screen.quick.line
    assert line.hasFocus()
    qtbot.keyClicks(line, "ask about the waiver fri")
    due = parse_line("x fri", today())[1]
    assert due is not None
    assert screen.quick.due == due
    assert screen.quick.chip.isVisible()
    assert str(due.day) in screen.quick.chip.text()
    assert len(followups.listing(case)) == 2
    with qtbot.waitSignal(session.changed):
        qtbot.keyClick(line, Qt.Key.Key_Return)
    added = next(f for f in followups.listing(case) if f.text == "ask about the waiver")
    assert added.due == due.isoformat()
    qtbot.waitUntil(lambda: screen.view.current() == added.id)
    assert line.text() == ""
    assert line.hasFocus()


def test_a_date_can_be_kept_as_text(
    qtbot: QtBot, screen: FollowUpsScreen, session: CaseSession, case: Case
) -> None:
    qtbot.keyClicks(screen.quick.line, "write about Black Friday")
    screen.quick.chip.click()
    assert not screen.quick.chip.isVisible()
    with qtbot.waitSignal(session.changed):
        qtbot.keyClick(screen.quick.line, Qt.Key.Key_Return)
    assert any(f.text == "write about Black Friday" for f in followups.listing(case))


def test_d_is_done_and_undo_brings_it_back(
    qtbot: QtBot, screen: FollowUpsScreen, session: CaseSession, said: Said
) -> None:
    with qtbot.waitSignal(session.changed):
        qtbot.keyClick(screen.view, Qt.Key.Key_D)
    qtbot.waitUntil(lambda: headings(screen) == ["No date  1", "Done  1"])
    assert screen.view.hasFocus()
    assert said.toasts == [("1 follow-up done", True)]
    with qtbot.waitSignal(session.changed):
        session.undo_stack.undo()
    qtbot.waitUntil(lambda: headings(screen) == ["Overdue  1", "No date  1"])


def test_enter_opens_what_it_is_about(qtbot: QtBot, screen: FollowUpsScreen, said: Said) -> None:
    qtbot.keyClick(screen.view, Qt.Key.Key_Return)
    assert said.records[0][0] == "source"
    qtbot.keyClick(screen.view, Qt.Key.Key_Down)
    qtbot.keyClick(screen.view, Qt.Key.Key_Down)
    qtbot.keyClick(screen.view, Qt.Key.Key_Return)
    assert screen.record.text.hasFocus()


def test_text_and_day_can_be_changed(
    qtbot: QtBot, screen: FollowUpsScreen, session: CaseSession, case: Case
) -> None:
    key = screen.view.current()
    qtbot.keyClick(screen.view, Qt.Key.Key_F2)
    assert screen.record.text.hasFocus()
    screen.record.text.selectAll()
    qtbot.keyClicks(screen.record.text, "write to HERON")
    with qtbot.waitSignal(session.changed):
        screen.view.setFocus()
    assert followups.get(case, key).text == "write to HERON"
    screen.record.due.on.setFocus()
    with qtbot.waitSignal(session.changed):
        screen.record.due.on.click()
    assert followups.get(case, key).due is None
    qtbot.waitUntil(lambda: headings(screen) == ["No date  2"])
    assert screen.view.current() == key
    with qtbot.waitSignal(session.changed):
        screen.record.due.on.click()
    assert followups.get(case, key).due == today().isoformat()
    screen.record.text.setFocus()
    screen.record.text.selectAll()
    qtbot.keyClick(screen.record.text, Qt.Key.Key_Delete)
    screen.flush()
    assert screen.record.text.toPlainText() == "write to HERON"


def test_deleting_and_the_record_s_own_buttons(
    qtbot: QtBot, screen: FollowUpsScreen, session: CaseSession, case: Case
) -> None:
    with qtbot.waitSignal(session.changed):
        screen.record.done.click()
    with qtbot.waitSignal(session.changed):
        screen.record.delete.click()
    qtbot.waitUntil(lambda: len(followups.listing(case)) == 1)
    with qtbot.waitSignal(session.changed):
        session.undo_stack.undo()
    assert len(followups.listing(case)) == 2


def test_the_filter_keeps_headings_of_what_passes(qtbot: QtBot, screen: FollowUpsScreen) -> None:
    qtbot.keyClick(screen.view, Qt.Key.Key_Slash)
    qtbot.keyClicks(screen.filter.field, "box")
    qtbot.waitUntil(lambda: headings(screen) == ["No date  1"])
    qtbot.keyClicks(screen.filter.field, "zzz")
    qtbot.waitUntil(lambda: screen.body.currentWidget() is screen.nothing)
    qtbot.keyClick(screen.filter.field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: screen.body.currentWidget() is screen.splitter)


def test_a_half_typed_line_is_kept(
    qtbot: QtBot, screen: FollowUpsScreen, session: CaseSession
) -> None:
    qtbot.keyClicks(screen.quick.line, "half a li")
    session.about_to_lock.emit()
    again = FollowUpsScreen(session)
    qtbot.addWidget(again)
    assert again.quick.line.text() == "half a li"
    qtbot.keyClick(again.quick.line, Qt.Key.Key_Escape)
    assert again.quick.line.text() == ""
