"""The quotes screen: by state, with a record that saves itself, verified only with a method."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from casefile.domain.people import Terms
from casefile.domain.quotes import QuoteState
from casefile.services import quoting, sources
from casefile.services.case import Case
from casefile.ui import clipboard
from casefile.ui.lists.quotes import QuotesScreen
from casefile.ui.session import CaseSession
from tests.ui.lists.conftest import Said, show


@pytest.fixture
def heron(case: Case) -> str:
    change = sources.add(
        case, name="Jane Roe", code_name="HERON", confidential=True, terms=Terms.BACKGROUND
    )
    return change.ids("source")[0]


@pytest.fixture
def quote(case: Case, heron: str) -> str:
    change = quoting.add_from_conversation(
        case, "nobody wrote it down", source_id=heron, spoken_on="2026-11-09"
    )
    return change.ids("quote")[0]


@pytest.fixture
def screen(qtbot: QtBot, session: CaseSession, quote: str) -> QuotesScreen:
    made = QuotesScreen(session)
    show(qtbot, made)
    qtbot.waitUntil(lambda: made.record.quote_id == quote)
    return made


def test_a_quote_shows_its_words_speaker_and_terms(screen: QuotesScreen) -> None:
    record = screen.record
    assert record.text.toPlainText() == "nobody wrote it down"
    assert record.speaker.currentText() == "HERON"
    assert record.terms.value is Terms.BACKGROUND
    assert "Mon 9 Nov" in record.where.text()
    assert not record.open_page.isVisible()
    assert "Jane" not in record.speaker.currentText()


def test_verifying_asks_how(
    qtbot: QtBot, screen: QuotesScreen, session: CaseSession, case: Case, quote: str, said: Said
) -> None:
    state = screen.record.state
    state.setFocus()
    for _ in range(2):  # unverified, checking, verified
        qtbot.keyClick(state, Qt.Key.Key_Down)
    qtbot.waitUntil(screen.record.form.isVisible)
    assert quoting.get(case, quote).state is not QuoteState.VERIFIED
    assert QApplication.focusWidget() is screen.record.form.method
    assert screen.record.form.method.value == "recording"
    with qtbot.waitSignal(session.changed):
        qtbot.keyClick(screen.record.form.method, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: quoting.get(case, quote).state is QuoteState.VERIFIED)
    qtbot.waitUntil(lambda: screen.record.state.value is QuoteState.VERIFIED)
    assert not screen.record.form.isVisible()
    assert not screen.record.verify.isVisible()
    assert said.toasts[-1] == ("1 quote: verified", True)


def test_esc_leaves_the_question_how(qtbot: QtBot, screen: QuotesScreen) -> None:
    screen.record.verify.click()
    qtbot.keyClick(screen.record.form, Qt.Key.Key_Escape)
    assert not screen.record.form.isVisible()
    assert screen.record.verify.hasFocus()


def test_off_the_record_and_embargo_are_said(
    qtbot: QtBot, screen: QuotesScreen, session: CaseSession, case: Case, quote: str
) -> None:
    screen.record.embargo.on.click()
    qtbot.waitUntil(lambda: "Embargoed until" in screen.record.bar.text)
    embargo = quoting.get(case, quote).embargo_until
    assert embargo is not None
    terms = screen.record.terms
    terms.setFocus()
    with qtbot.waitSignal(session.changed):
        qtbot.keyClick(terms, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: "Not for publication" in screen.record.bar.text)
    session.undo_stack.undo()
    session.undo_stack.undo()
    qtbot.waitUntil(lambda: not screen.record.bar.isVisible())
    assert not screen.record.embargo.on.isChecked()


def test_states_are_tabs_with_counts(
    qtbot: QtBot, screen: QuotesScreen, case: Case, session: CaseSession
) -> None:
    session.tasks.edit(lambda: quoting.add_from_conversation(case, "the logs are gone"))
    qtbot.waitUntil(lambda: screen.view.rows.rowCount() == 2)
    tabs = screen.tabs._tabs
    assert tabs[None].text() == "All  2"
    tabs[None].setFocus()
    qtbot.keyClick(tabs[None], Qt.Key.Key_Left)
    assert tabs[QuoteState.NOT_FOR_USE].hasFocus()
    assert screen.body.currentWidget() is screen.nothing
    screen.nothing.button.click()
    assert screen.body.currentWidget() is screen.splitter
    assert tabs[None].isChecked()
    qtbot.keyClicks(screen.filter.field, "heron")
    qtbot.waitUntil(lambda: screen.view.rows.rowCount() == 1)
    assert tabs[QuoteState.UNVERIFIED].accessibleName() == "Unverified, 1"


def test_a_conversation_quote_by_keyboard(
    qtbot: QtBot, screen: QuotesScreen, session: CaseSession, case: Case, heron: str
) -> None:
    screen.new_item()
    qtbot.waitUntil(screen.form.text.hasFocus)
    assert screen.form.speaker.value == heron
    assert screen.form.terms.value is Terms.BACKGROUND
    qtbot.keyClicks(screen.form.text, "the logs are gone")
    before = len(quoting.listing(case))
    with qtbot.waitSignal(session.changed):
        for _held in range(3):
            qtbot.keyClick(screen.form.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: screen.record.text.toPlainText() == "the logs are gone")
    assert len(quoting.listing(case)) == before + 1
    added = quoting.get(case, screen.record.quote_id)
    assert added.source_id == heron
    assert added.spoken_on is not None
    assert added.state is QuoteState.UNVERIFIED


def test_a_quote_without_words_is_not_added(qtbot: QtBot, screen: QuotesScreen) -> None:
    screen.new_item()
    qtbot.waitUntil(screen.form.text.hasFocus)
    screen.form.add_button.click()
    assert "needs words" in screen.form.notice.text
    qtbot.keyClick(screen.form, Qt.Key.Key_Escape)
    assert screen.detail.currentWidget() is screen.record
    assert screen.view.hasFocus()


def test_a_half_typed_quote_is_there_after_unlocking(
    qtbot: QtBot, screen: QuotesScreen, session: CaseSession
) -> None:
    screen.new_item()
    qtbot.waitUntil(screen.form.text.hasFocus)
    qtbot.keyClicks(screen.form.text, "half a sen")
    session.about_to_lock.emit()
    again = QuotesScreen(session)
    show(qtbot, again)
    qtbot.waitUntil(lambda: again.form.text.toPlainText() == "half a sen")


def test_deleting_moves_to_the_next_row(
    qtbot: QtBot, screen: QuotesScreen, session: CaseSession, case: Case, quote: str, said: Said
) -> None:
    other = quoting.add_from_conversation(case, "another").ids("quote")[0]
    screen.refresh()
    qtbot.waitUntil(lambda: screen.view.rows.rowCount() == 2)
    screen.view.show_key(quote)
    screen.view.setFocus()
    with qtbot.waitSignal(session.changed):
        qtbot.keyClick(screen.view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: screen.record.quote_id == other)
    assert screen.view.hasFocus()
    assert said.toasts == [("1 quote moved to Trash", True)]


def test_a_quote_copied_carries_its_citation(
    qtbot: QtBot, screen: QuotesScreen, said: Said, qapp: QApplication
) -> None:
    screen.record.copy.click()
    qtbot.waitUntil(lambda: bool(said.toasts))
    text = qapp.clipboard().text()
    clipboard.keeper().clear()  # as the window does when it closes
    assert qapp.clipboard().text() == ""
    assert "nobody wrote it down" in text
    assert "HERON" in text
    assert "Jane" not in text


def test_several_quotes_get_one_state(
    qtbot: QtBot, screen: QuotesScreen, session: CaseSession, case: Case
) -> None:
    quoting.add_from_conversation(case, "another")
    screen.refresh()
    qtbot.waitUntil(lambda: screen.view.rows.rowCount() == 2)
    screen.view.selectAll()
    with qtbot.waitSignal(session.changed):
        screen._set_states(screen.view.chosen(), QuoteState.DISPUTED)
    assert {q.state for q in quoting.listing(case)} == {QuoteState.DISPUTED}
    with qtbot.waitSignal(session.changed):
        session.undo_stack.undo()
    assert {q.state for q in quoting.listing(case)} == {QuoteState.UNVERIFIED}


def test_notes_save_themselves(
    qtbot: QtBot, screen: QuotesScreen, session: CaseSession, case: Case, quote: str
) -> None:
    screen.record.note.setFocus()
    qtbot.keyClicks(screen.record.note, "check the date")
    with qtbot.waitSignal(session.changed):
        screen.flush()
    assert quoting.get(case, quote).note == "check the date"
    speaker = screen.record.speaker
    speaker.setFocus()
    with qtbot.waitSignal(session.changed):
        qtbot.keyClick(speaker, Qt.Key.Key_Up)
    assert quoting.get(case, quote).source_id is None


def test_an_edited_version_saves_itself_and_shows_in_the_list(
    qtbot: QtBot, screen: QuotesScreen, case: Case, quote: str
) -> None:
    version = screen.record.version
    version.open.click()
    qtbot.waitUntil(version.field.hasFocus)
    version.field.setPlainText("nobody wrote")
    screen.record.note.setFocus()
    assert "The capture goes on “it down”" in version.fault.text()
    assert quoting.get(case, quote).edited == "", "an unmarked change is not kept"
    version.field.setFocus()
    version.mark.click()
    screen.record.note.setFocus()
    qtbot.waitUntil(lambda: quoting.get(case, quote).edited == "nobody wrote […]")
    qtbot.waitUntil(lambda: screen.view.model().index(0, 0).data() == "“nobody wrote […]”")
    assert screen.record.text.toPlainText() == "nobody wrote it down"
    version.drop.click()
    qtbot.waitUntil(lambda: quoting.get(case, quote).edited == "")
