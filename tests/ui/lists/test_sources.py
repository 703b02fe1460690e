"""The sources screen: names stay hidden, records save themselves."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from casefile.domain.people import Terms
from casefile.services import quoting, sources
from casefile.services.case import Case
from casefile.ui.lists.secret import DOTS
from casefile.ui.lists.sources import SourcesScreen
from casefile.ui.session import CaseSession
from tests.ui.lists.conftest import Said, show

SECRETS = ("Jane Roe", "jane@roe.example", "Janie")


@pytest.fixture
def heron(case: Case) -> str:
    change = sources.add(
        case, name="Jane Roe", code_name="HERON", confidential=True, terms=Terms.BACKGROUND,
        aliases=("Janie",), contacts="jane@roe.example", notes="met at the harbour",
    )  # fmt: skip
    return change.ids("source")[0]


@pytest.fixture
def screen(qtbot: QtBot, session: CaseSession, heron: str) -> SourcesScreen:
    made = SourcesScreen(session)
    show(qtbot, made)
    qtbot.waitUntil(lambda: made.record.source_id == heron)
    return made


def all_words(widget: QWidget) -> str:
    """Everything that can be read or heard anywhere in ``widget``."""
    QAccessible.setActive(True)
    words: list[str] = []
    for child in [widget, *widget.findChildren(QWidget)]:
        words += [child.toolTip(), child.accessibleName(), child.accessibleDescription()]
        words += [child.windowTitle(), child.whatsThis(), child.statusTip()]
        if isinstance(child, QLineEdit):
            words += [child.displayText(), child.placeholderText(), child.text()]
        if isinstance(child, QPlainTextEdit):
            words.append(child.toPlainText())
        heard = QAccessible.queryAccessibleInterface(child)
        if heard is not None:
            words += [heard.text(what) for what in QAccessible.Text if what.value < 5]
    return "\n".join(words)


def test_a_hidden_name_is_nowhere(screen: SourcesScreen) -> None:
    assert screen.record.heading.text() == "HERON"
    assert screen.record.name.text() == DOTS
    words = all_words(screen)
    assert "HERON" in words
    for secret in SECRETS:
        assert secret not in words


def test_space_reveals_as_long_as_it_is_held(qtbot: QtBot, screen: SourcesScreen) -> None:
    reveal, name = screen.record.reveal, screen.record.name
    reveal.setFocus()
    qtbot.keyPress(reveal, Qt.Key.Key_Space)
    assert name.text() == "Jane Roe"
    assert name.isReadOnly()
    assert screen.record.contacts.toPlainText() == "jane@roe.example"
    qtbot.keyRelease(reveal, Qt.Key.Key_Space)
    assert name.text() == DOTS
    qtbot.mousePress(reveal, Qt.MouseButton.LeftButton)
    assert name.text() == "Jane Roe"
    screen.view.setFocus()
    assert name.text() == DOTS
    qtbot.mouseRelease(reveal, Qt.MouseButton.LeftButton)
    assert name.text() == DOTS


def test_shown_names_can_be_edited_and_hide_again(
    qtbot: QtBot, screen: SourcesScreen, session: CaseSession, case: Case, heron: str
) -> None:
    qtbot.keyClick(
        screen.view,
        Qt.Key.Key_H,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    assert screen.names.isChecked()
    name = screen.record.name
    assert name.text() == "Jane Roe"
    name.setFocus()
    name.selectAll()
    qtbot.keyClicks(name, "Jane Doe")
    with qtbot.waitSignal(session.changed):
        screen.names.setChecked(False)
    assert name.text() == DOTS
    assert sources.get(case, heron).name == "Jane Doe"
    assert sources.get(case, heron).contacts == "jane@roe.example"


def test_a_record_saves_itself(
    qtbot: QtBot, screen: SourcesScreen, session: CaseSession, case: Case, heron: str
) -> None:
    notes = screen.record.notes
    notes.setFocus()
    qtbot.keyClicks(notes, "Trust. ")
    with qtbot.waitSignal(session.changed):
        screen.view.setFocus()
    assert sources.get(case, heron).notes.startswith("Trust. ")
    with qtbot.waitSignal(session.changed):
        session.undo_stack.undo()
    qtbot.waitUntil(lambda: notes.toPlainText() == "met at the harbour")
    terms = screen.record.terms
    terms.setFocus()
    with qtbot.waitSignal(session.changed):
        qtbot.keyClick(terms, Qt.Key.Key_Down)
    assert sources.get(case, heron).terms is Terms.DEEP_BACKGROUND


def test_aliases_are_a_list(
    qtbot: QtBot, screen: SourcesScreen, session: CaseSession, case: Case, heron: str
) -> None:
    screen.names.setChecked(True)
    screen.record.aliases.setFocus()
    screen.record.aliases.selectAll()
    with qtbot.waitSignal(session.changed):
        qtbot.keyClicks(screen.record.aliases, "JR,  Ms R ,")
        qtbot.keyClick(screen.record.aliases, Qt.Key.Key_Return)
    assert sources.get(case, heron).aliases == ("JR", "Ms R")


def test_a_confidential_source_is_added_by_keyboard(
    qtbot: QtBot, screen: SourcesScreen, session: CaseSession, case: Case
) -> None:
    screen.new_item()
    qtbot.waitUntil(screen.form.name.hasFocus)
    screen.form.confidential.setFocus()
    qtbot.keyClick(screen.form.confidential, Qt.Key.Key_Space)
    assert screen.form.code_name.text()
    assert screen.form.code_name.text() != "HERON"
    qtbot.keyClicks(screen.form.name, "Max Muster")
    assert "Max Muster" not in screen.form.name.displayText()
    screen.form.code_name.setText("WREN")
    with qtbot.waitSignal(session.changed):
        for _held in range(3):
            qtbot.keyClick(screen.form.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.record.heading.text() == "WREN")
    assert not screen.form.notice.isVisible()
    assert screen.detail.currentWidget() is screen.record
    assert screen.view.hasFocus()
    added = next(s for s in sources.listing(case) if s.code_name == "WREN")
    assert added.name == "Max Muster"
    assert added.terms is Terms.BACKGROUND
    assert "Max Muster" not in all_words(screen)


def test_what_is_missing_is_said_at_the_form(
    qtbot: QtBot, screen: SourcesScreen, session: CaseSession
) -> None:
    screen.new_item()
    qtbot.waitUntil(screen.form.name.hasFocus)
    qtbot.keyClick(screen.form.name, Qt.Key.Key_Return)
    assert "needs a name" in screen.form.notice.text
    screen.form.confidential.setChecked(True)
    screen.form.code_name.clear()
    qtbot.keyClick(screen.form.name, Qt.Key.Key_Return)
    assert "needs a code name" in screen.form.notice.text
    screen.form.code_name.setText("heron")
    qtbot.keyClick(screen.form.code_name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "already goes by this code name" in screen.form.notice.text)
    qtbot.keyClick(screen.form.name, Qt.Key.Key_Escape)
    assert screen.detail.currentWidget() is screen.record


def test_a_half_typed_source_is_there_after_unlocking(
    qtbot: QtBot, screen: SourcesScreen, session: CaseSession
) -> None:
    screen.new_item()
    qtbot.waitUntil(screen.form.name.hasFocus)
    qtbot.keyClicks(screen.form.name, "Max")
    session.about_to_lock.emit()
    again = SourcesScreen(session)
    show(qtbot, again)
    qtbot.waitUntil(lambda: again.form.name.text() == "Max")


def test_deleting_asks_nothing_and_can_be_undone(
    qtbot: QtBot, screen: SourcesScreen, session: CaseSession, said: Said, case: Case
) -> None:
    screen.view.setFocus()
    with qtbot.waitSignal(session.changed):
        qtbot.keyClick(screen.view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: screen.body.currentWidget() is screen.empty)
    assert screen.empty.button.hasFocus()
    assert said.toasts == [("1 source moved to Trash", True)]
    with qtbot.waitSignal(session.changed):
        session.undo_stack.undo()
    qtbot.waitUntil(lambda: screen.body.currentWidget() is screen.splitter)
    assert len(sources.listing(case)) == 1


def test_becoming_named_says_so(
    qtbot: QtBot, screen: SourcesScreen, session: CaseSession, said: Said, case: Case, heron: str
) -> None:
    with qtbot.waitSignal(session.changed):
        screen.record.confidential.click()
    qtbot.waitUntil(lambda: screen.record.heading.text() == "Jane Roe")
    assert not screen.record.reveal.isVisible()
    assert "no longer confidential" in said.toasts[0][0]
    with qtbot.waitSignal(session.changed):
        screen.record.confidential.click()
    qtbot.waitUntil(lambda: screen.record.name.text() == DOTS)
    assert sources.get(case, heron).code_name == "HERON"


def test_a_record_lists_what_its_source_said(
    qtbot: QtBot, screen: SourcesScreen, session: CaseSession, said: Said, case: Case, heron: str
) -> None:
    session.tasks.edit(
        lambda: quoting.add_from_conversation(case, "nobody wrote it down", source_id=heron)
    )
    qtbot.waitUntil(lambda: screen.record.quotes.rows.rowCount() == 1)
    assert screen.record.quotes.isVisible()
    screen.record.quotes.show_first()
    qtbot.keyClick(screen.record.quotes, Qt.Key.Key_Return)
    assert said.records[0][0] == "quote"


def test_a_filter_that_hides_everything_says_so(qtbot: QtBot, screen: SourcesScreen) -> None:
    qtbot.keyClick(screen.view, Qt.Key.Key_Slash)
    assert screen.filter.field.hasFocus()
    qtbot.keyClicks(screen.filter.field, "roe")
    qtbot.waitUntil(lambda: screen.body.currentWidget() is screen.nothing)
    screen.nothing.button.setFocus()
    qtbot.keyClick(screen.nothing.button, Qt.Key.Key_Space)
    assert screen.body.currentWidget() is screen.splitter
    assert screen.view.hasFocus()
    screen.filter.choose("Terms", Terms.OFF_RECORD)
    assert screen.body.currentWidget() is screen.nothing
    screen.filter.choose("Terms", Terms.BACKGROUND)
    screen.filter.choose("Kind", "confidential")
    assert screen.body.currentWidget() is screen.splitter


def test_an_edit_elsewhere_keeps_focus_and_row(
    qtbot: QtBot, screen: SourcesScreen, session: CaseSession, case: Case, heron: str
) -> None:
    screen.record.notes.setFocus()
    qtbot.keyClicks(screen.record.notes, "half-typed ")
    session.tasks.edit(lambda: sources.add(case, name="Ada Lovelace"))
    qtbot.waitUntil(lambda: screen.view.rows.rowCount() == 2)
    assert QApplication.focusWidget() is screen.record.notes
    assert screen.record.notes.toPlainText().startswith("half-typed ")
    assert screen.view.current() == heron
