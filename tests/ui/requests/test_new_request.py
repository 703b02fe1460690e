"""A new request is one page, and says beforehand what would be regretted later."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from casefile.services import laws
from casefile.ui.requests.new_request import NewRequest
from casefile.ui.requests.screen import RequestsScreen
from casefile.ui.session import CaseSession
from tests.ui.lists.conftest import show


@pytest.fixture
def form(qtbot: QtBot) -> NewRequest:
    made = NewRequest()
    qtbot.addWidget(made)
    made.begin(["County Health", "EPA R9"], laws.every())
    made.show()
    return made


def choose_law(form: NewRequest, law: str) -> None:
    form.law.load(law)


def residents_law() -> str:
    return next(law.id for law in laws.every() if law.who_may_request == "residents")


def test_only_the_agency_must_be_told(qtbot: QtBot, form: NewRequest) -> None:
    with qtbot.assertNotEmitted(form.wanted):
        form.add_button.click()
    assert form.notice.isVisible()
    form.agency.setText("EPA R9")
    with qtbot.waitSignal(form.wanted) as told:
        qtbot.keyClick(form.agency, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert told.args is not None
    assert told.args[0]["agency"] == "EPA R9"


def test_a_law_is_found_by_any_of_its_words(form: NewRequest) -> None:
    completer = form.law.completer()
    assert completer is not None
    completer.setCompletionPrefix("records colorado")
    assert completer.completionCount() == 1
    assert "Colorado Open Records Act" in completer.currentCompletion()
    form.law.setEditText(completer.currentCompletion())
    assert form.law.value == "us-co"
    form.law.setEditText("our tribal code")
    assert (form.law.value, form.law.is_known) == ("our tribal code", False)
    assert "no clocks" in form.law_note.text()


def test_where_not_everyone_may_ask_it_is_confirmed_before_filing(
    qtbot: QtBot, form: NewRequest
) -> None:
    form.agency.setText("City of Memphis")
    choose_law(form, "us-tn")
    assert "citizens" in form.law_note.text()
    with qtbot.assertNotEmitted(form.wanted):
        form.add_button.click()
    form.may.setChecked(True)
    choose_law(form, residents_law())
    assert not form.may.isChecked()
    choose_law(form, "us-tn")
    form.may.setChecked(True)
    with qtbot.waitSignal(form.wanted):
        form.add_button.click()


def test_asking_for_somebody_else_warns_who_can_sue(form: NewRequest) -> None:
    assert not form.behalf_note.isVisible()
    form.on_behalf_of.setText("The Gazette")
    assert form.behalf_note.isVisible()
    assert "can sue" in form.behalf_note.text()


def test_what_was_typed_comes_back_after_the_lock(qtbot: QtBot, form: NewRequest) -> None:
    assert form.draft() == ""
    form.agency.setText("EPA R9")
    choose_law(form, "us-federal")
    form.scope.setPlainText("All waivers")
    form.text.setPlainText("Dear officer")
    form.ceiling.setText("25")
    form.sent.load("2026-11-02")
    form.expedited.setChecked(True)
    kept = form.draft()
    form.begin([], laws.every(), kept)
    assert form.agency.text() == "EPA R9"
    assert form.law.value == "us-federal"
    assert form.scope.toPlainText() == "All waivers"
    assert (form.text.toPlainText(), form.ceiling.text()) == ("Dear officer", "25")
    assert form.sent.value == "2026-11-02"
    assert form.expedited.isChecked()
    with qtbot.waitSignal(form.cancelled):
        qtbot.keyClick(form.agency, Qt.Key.Key_Escape)


def test_a_request_is_added_beside_an_empty_list_and_chosen(
    qtbot: QtBot, session: CaseSession
) -> None:
    screen = RequestsScreen(session)
    show(qtbot, screen)
    screen.new_item()
    form = screen.new_form
    qtbot.waitUntil(form.isVisible)
    form.agency.setText("EPA R9")
    form.law.load("us-federal")
    form.add_button.click()
    qtbot.waitUntil(lambda: screen.record.view is not None)
    assert screen.record.view.request.law == "us-federal"
    assert screen.detail.currentWidget() is screen.record


def test_leaving_the_form_keeps_what_was_typed(qtbot: QtBot, session: CaseSession) -> None:
    screen = RequestsScreen(session)
    show(qtbot, screen)
    screen.new_item()
    qtbot.waitUntil(screen.new_form.isVisible)
    screen.new_form.agency.setText("EPA R9")
    screen.new_form.cancelled.emit()
    assert not screen.new_form.isVisible()
    screen.new_item()
    qtbot.waitUntil(screen.new_form.isVisible)
    assert screen.new_form.agency.text() == "EPA R9"


def test_the_fee_ceiling_is_an_amount(qtbot: QtBot, form: NewRequest) -> None:
    form.agency.setText("EPA R9")
    form.ceiling.setText("much")
    with qtbot.assertNotEmitted(form.wanted):
        form.add_button.click()
    form.ceiling.setText("25.50")
    form.currency.setText("usd")
    with qtbot.waitSignal(form.wanted) as told:
        form.add_button.click()
    assert told.args is not None
    assert (told.args[0]["fee_ceiling"], told.args[0]["currency"]) == (2550, "USD")


def test_a_law_that_is_shown_begins_with_its_country(form: NewRequest) -> None:
    form.law.load("us-federal")
    line = form.law.lineEdit()
    assert line is not None
    assert line.cursorPosition() == 0
