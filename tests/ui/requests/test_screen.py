"""The requests screen: which clock runs, what comes next, why a date is that date."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from casefile.domain.requests import EventKind
from casefile.services import request_events, requests
from casefile.services.case import Case
from casefile.ui.requests.clock_list import key_of
from casefile.ui.requests.screen import RequestsScreen
from casefile.ui.session import CaseSession
from tests.ui.lists.conftest import Said, show
from tests.ui.requests.conftest import Ask, ago, log


def open_screen(qtbot: QtBot, session: CaseSession, request_id: str) -> RequestsScreen:
    """The screen with this request's record shown."""
    made = RequestsScreen(session)
    show(qtbot, made, 1300, 850)
    made.show_record(request_id)
    qtbot.waitUntil(lambda: made.record.request_id == request_id)
    qtbot.waitUntil(lambda: made.view.current() == request_id and not made._wanted)
    made.view.setFocus()
    return made


def cells(screen: RequestsScreen, request_id: str) -> list[str]:
    rows = screen.view.rows.sourceModel()
    row = rows.index_of(request_id).row()  # type: ignore[attr-defined]
    return [rows.index(row, column).data() for column in range(rows.columnCount())]


def test_a_case_without_requests_says_so(qtbot: QtBot, session: CaseSession) -> None:
    screen = RequestsScreen(session)
    show(qtbot, screen)
    qtbot.waitUntil(lambda: screen.body.currentWidget() is screen.empty)
    assert screen.empty.button.text() == "New request…"


def test_a_row_says_status_clock_and_what_to_do(
    qtbot: QtBot, session: CaseSession, case: Case, ask: Ask
) -> None:
    late = ask("County Health", 40, tracking_number="2291")
    draft = ask("US DOT")
    denied = ask("EPA R9", 30)
    log(case, denied, EventKind.DENIAL, received=ago(10), dated=ago(10), appeal_offered=True)
    screen = open_screen(qtbot, session, late)
    agency, law, status, clock, step = cells(screen, late)
    assert (agency, law, status, step) == (
        "County Health #2291", "FOIA", "Overdue", "Send reminder",
    )  # fmt: skip
    assert clock.endswith("late")
    assert "business day" in clock
    assert cells(screen, draft)[2:] == ["Draft", "—", "Log the sending"]
    assert cells(screen, denied)[3].startswith("appeal: ")
    assert cells(screen, denied)[4] == "Draft appeal"


def test_what_is_due_first_stands_first(
    qtbot: QtBot, session: CaseSession, case: Case, ask: Ask
) -> None:
    ask("Draft only")
    running = ask("Running", 3)
    late = ask("Late", 60)
    screen = open_screen(qtbot, session, late)
    shown = [screen.view.rows.index(row, 0).data() for row in range(3)]
    assert shown == ["Late", "Running", "Draft only"]
    assert running


def test_the_list_is_filtered_by_status_and_words(
    qtbot: QtBot, session: CaseSession, ask: Ask
) -> None:
    ask("Draft only")
    late = ask("Late", 60)
    screen = open_screen(qtbot, session, late)
    screen.filter.choose("Status", "draft")
    assert screen.counts() == (2, 1)
    screen.filter.clear()
    screen.filter.field.setText("late overdue")
    screen.filter.flush()
    assert screen.counts() == (2, 1)
    screen.filter.clear()
    screen.filter.choose("Agency", "Late")
    assert screen.counts() == (2, 1)


def test_why_this_date_is_one_key(qtbot: QtBot, session: CaseSession, ask: Ask) -> None:
    request_id = ask("EPA R9", 3)
    screen = open_screen(qtbot, session, request_id)
    qtbot.keyClick(screen.view, Qt.Key.Key_W)
    why = screen.record.why
    assert why.isVisible()
    assert why.text.hasFocus()
    assert "EPA R9: Response" in why.what.text()
    words = why.text.toPlainText()
    assert "20 working days" in words
    assert "552(a)(6)(A)" in words
    assert "ource" in words
    heard = QAccessible.queryAccessibleInterface(why.text)
    assert heard is not None
    assert heard.textInterface().text(0, len(words)) == words
    qtbot.keyClick(why.text, Qt.Key.Key_Escape)
    assert not why.isVisible()
    assert screen.record.clocks.view.hasFocus()


def test_enter_on_a_clock_explains_it(qtbot: QtBot, session: CaseSession, ask: Ask) -> None:
    screen = open_screen(qtbot, session, ask("EPA R9", 3))
    qtbot.keyClick(screen.view, Qt.Key.Key_Return)
    clocks = screen.record.clocks.view
    assert clocks.hasFocus()
    qtbot.keyClick(clocks, Qt.Key.Key_Return)
    assert screen.record.why.isVisible()


def test_the_timeline_tells_every_event(
    qtbot: QtBot, session: CaseSession, case: Case, ask: Ask
) -> None:
    request_id = ask("EPA R9", 20)
    log(
        case, request_id, EventKind.FEE_ESTIMATE, received=ago(2), amount=42000, currency="USD",
        way="email", proof="saved mail", person="J. Clerk", note="asks to narrow",
        ground="fee_assessment_clarification",
    )  # fmt: skip
    screen = open_screen(qtbot, session, request_id)
    estimate = screen.record.timeline.lines[-1]
    assert estimate.text == "Fee estimate"
    for part in ("E-mail saved mail", "420.00 USD", "J. Clerk", "asks to narrow", "claimed by"):
        assert part in estimate.more


def test_del_moves_a_request_to_the_trash(
    qtbot: QtBot, session: CaseSession, said: Said, case: Case, ask: Ask
) -> None:
    screen = open_screen(qtbot, session, ask("EPA R9", 3))
    qtbot.keyClick(screen.view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: bool(said.toasts))
    assert said.toasts == [("1 request moved to Trash", True)]
    qtbot.waitUntil(lambda: session.undo_stack.count() > 0)
    assert requests.listing(case) == []
    session.undo_stack.undo()
    qtbot.waitUntil(lambda: len(requests.listing(case)) == 1)


def test_what_the_agency_took_before_stands_beside_the_clocks(
    qtbot: QtBot, session: CaseSession, case: Case, ask: Ask
) -> None:
    earlier = ask("EPA R9", 60)
    log(case, earlier, EventKind.DETERMINATION, dated=ago(40))
    request_id = ask("EPA R9", 5)
    screen = open_screen(qtbot, session, request_id)
    expected = screen.record.expected
    qtbot.waitUntil(expected.isVisible)
    assert "took 20 days" in expected.text()
    assert "Too few to go by" in expected.text()
    screen.show_record(earlier)
    qtbot.waitUntil(lambda: screen.record.request_id == earlier)
    qtbot.waitUntil(expected.isHidden)


def test_what_a_clock_asks_is_answered_by_key_and_its_date_shows(
    qtbot: QtBot, session: CaseSession, case: Case, ask: Ask
) -> None:
    request_id = ask("Boston Police", 3, law="us-ma")
    screen = open_screen(qtbot, session, request_id)
    asking = screen.record.clocks.first_asking()
    assert asking is not None
    clocks = screen.record.clocks.view
    clocks.choose(key_of(asking))
    clocks.setFocus()
    qtbot.keyClick(clocks, Qt.Key.Key_F)
    form = screen.clock_form
    qtbot.waitUntil(form.isVisible)
    form.save.click()
    qtbot.waitUntil(lambda: len(request_events.listing(case, request_id)) == 2)
    told = request_events.listing(case, request_id)[-1]
    assert (told.kind, told.clock, told.outcome) == (EventKind.FACT, asking.rule.id, "yes")

    def dated() -> bool:
        view = screen.record.view
        assert view is not None
        return any(c.rule.id == asking.rule.id and c.due is not None for c in view.clocks)

    qtbot.waitUntil(dated)
