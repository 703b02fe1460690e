"""A request's fields and its office can be changed, each when it is left, and taken back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from casefile.domain.requests import Agency, Request
from casefile.services import requests
from casefile.services.case import Case
from casefile.services.undo import undo
from casefile.ui.requests.details import DetailsSection
from casefile.ui.requests.screen import RequestsScreen
from casefile.ui.session import CaseSession
from tests.ui.requests.conftest import Ask
from tests.ui.requests.test_screen import open_screen


def details(qtbot: QtBot, screen: RequestsScreen) -> DetailsSection:
    made = screen.record.section("details")
    assert isinstance(made, DetailsSection)
    qtbot.waitUntil(made.isVisible)
    qtbot.waitUntil(lambda: made.law.count() > 0)
    return made


def typed(qtbot: QtBot, line: QLineEdit, words: str) -> None:
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, words)
    qtbot.keyClick(line, Qt.Key.Key_Return)


def office(case: Case, request_id: str) -> Agency:
    return requests.agency_of(case, stored(case, request_id))


def stored(case: Case, request_id: str) -> Request:
    return requests.get(case, request_id)


def test_a_field_is_saved_when_it_is_left(
    qtbot: QtBot, session: CaseSession, case: Case, ask: Ask
) -> None:
    request_id = ask("EPA R9", 5)
    section = details(qtbot, open_screen(qtbot, session, request_id))
    typed(qtbot, section.subject, "Waivers of 2024")
    qtbot.waitUntil(lambda: stored(case, request_id).subject == "Waivers of 2024")
    typed(qtbot, section.numbers, "#2291, HQ-7")
    qtbot.waitUntil(lambda: stored(case, request_id).tracking_numbers == ("#2291", "HQ-7"))
    typed(qtbot, section.ceiling, "1,250.50")
    qtbot.waitUntil(lambda: stored(case, request_id).fee_ceiling == 125050)
    qtbot.waitUntil(lambda: section.ceiling.text() == "1250.50")
    section.waiver.click()
    qtbot.waitUntil(lambda: stored(case, request_id).waiver_asked)


def test_what_is_no_value_is_said_and_nothing_is_changed(
    qtbot: QtBot, session: CaseSession, case: Case, ask: Ask
) -> None:
    request_id = ask("EPA R9", 5)
    section = details(qtbot, open_screen(qtbot, session, request_id))
    typed(qtbot, section.ceiling, "much")
    assert section.notice.isVisible()
    assert section.ceiling.text() == ""
    typed(qtbot, section.agency, " ")
    qtbot.waitUntil(lambda: section.agency.text() == "EPA R9")
    typed(qtbot, section.closes_at, "25:99")
    qtbot.waitUntil(lambda: section.closes_at.text() == "")
    assert stored(case, request_id).agency == "EPA R9"
    assert office(case, request_id).closes_at == ""


def test_another_law_counts_anew_and_can_be_taken_back(
    qtbot: QtBot, session: CaseSession, case: Case, ask: Ask
) -> None:
    request_id = ask("EPA R9", 5)
    screen = open_screen(qtbot, session, request_id)
    section = details(qtbot, screen)
    with qtbot.waitSignal(session.changed) as told:
        section.law.lineEdit().setText("")
        qtbot.keyClicks(section.law.lineEdit(), "york freedom")
        completer = section.law.completer()
        section.law.setEditText(completer.currentCompletion())
        section.law.flush()
    qtbot.waitUntil(lambda: screen.record.view.law.id == "us-ny")
    assert told.args is not None
    undo(case, told.args[0])
    assert stored(case, request_id).law == "us-federal"
    assert stored(case, request_id).rules_id is not None


def test_the_office_of_the_address_book_is_changed_with_its_days(
    qtbot: QtBot, session: CaseSession, case: Case, ask: Ask
) -> None:
    request_id = ask("EPA R9", 5)
    section = details(qtbot, open_screen(qtbot, session, request_id))
    typed(qtbot, section.zone, "America/Denver")
    qtbot.waitUntil(lambda: office(case, request_id).zone == "America/Denver")
    typed(qtbot, section.closes_at, "17:00")
    qtbot.waitUntil(lambda: office(case, request_id).closes_at == "17:00")
    section.closures.new.set_day(section.closures.new.day.replace(day=1, month=12, year=2026))
    section.closures.add_button.click()
    qtbot.waitUntil(lambda: office(case, request_id).closures == ("2026-12-01",))
    qtbot.waitUntil(lambda: section.closures.days == ("2026-12-01",))
