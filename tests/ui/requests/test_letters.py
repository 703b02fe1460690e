"""Letters of a request: drafted, written, kept and copied; nothing is sent."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from casefile.domain.annotations import Extent
from casefile.domain.letters import LetterKind
from casefile.domain.requests import EventKind
from casefile.services import documents, importing, letters, sources, withholding
from casefile.services.case import Case
from casefile.services.leaving import log as custody
from casefile.ui import clipboard, file_dialog
from casefile.ui.requests.letters.section import LettersSection
from casefile.ui.requests.screen import RequestsScreen
from casefile.ui.session import CaseSession
from tests.ui.lists.conftest import Said
from tests.ui.requests.conftest import Ask, ago, log
from tests.ui.requests.test_screen import open_screen

CONTROL = Qt.KeyboardModifier.ControlModifier


def section_of(screen: RequestsScreen) -> LettersSection:
    made = screen.record.section("letters")
    assert isinstance(made, LettersSection)
    return made


def begun(qtbot: QtBot, screen: RequestsScreen, kind: LetterKind) -> LettersSection:
    """The section with a draft of this kind in the editor."""
    section = section_of(screen)
    section.begin(kind)
    qtbot.waitUntil(lambda: section.editor.draft is not None)
    return section


def keep(qtbot: QtBot, section: LettersSection, case: Case, many: int = 1) -> str:
    """Keep what is in the editor; the id of the latest letter."""
    request_id = section.request_id
    qtbot.keyClick(section.editor.text, Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: len(letters.listing(case, request_id)) == many)
    qtbot.waitUntil(lambda: section.editor.draft is not None and not section.editor.draft.changed)
    qtbot.waitUntil(lambda: len(section.list.view.lines) == many)
    return letters.listing(case, request_id)[-1].id


def test_a_reminder_is_one_key_and_kept_with_two(
    qtbot: QtBot, session: CaseSession, said: Said, case: Case, ask: Ask
) -> None:
    request_id = ask("County Health", 40, requester="Robin Vale")
    screen = open_screen(qtbot, session, request_id)
    qtbot.keyClick(screen.view, Qt.Key.Key_N)
    section = section_of(screen)
    editor = section.editor
    qtbot.waitUntil(lambda: editor.draft is not None)
    assert editor.heading.text() == "Reminder"
    assert "County Health" in editor.text.text
    assert not editor.log.isVisible()
    letter_id = keep(qtbot, section, case)
    assert said.toasts == [("Letter kept", True)]
    assert letters.get(case, letter_id).kind is LetterKind.REMINDER
    assert editor.log.isVisible()
    editor.text.replace_all("Please answer.")
    editor.title.clear()
    qtbot.keyClicks(editor.title, "Second try")
    assert keep(qtbot, section, case) == letter_id
    kept = letters.get(case, letter_id)
    assert (kept.text, kept.title) == ("Please answer.", "Second try")
    qtbot.keyClick(editor.text, Qt.Key.Key_Escape)
    assert section.list.view.hasFocus()
    qtbot.waitUntil(lambda: section.list.view.lines[0].text == "Second try")
    assert section.list.view.lines[0].more == "Reminder"
    session.undo_stack.undo()
    qtbot.waitUntil(lambda: section.list.view.lines[0].text == "Reminder")
    assert "County Health" in letters.get(case, letter_id).text


def test_undo_shows_in_the_open_letter_and_never_takes_typed_words(
    qtbot: QtBot, session: CaseSession, case: Case, ask: Ask
) -> None:
    screen = open_screen(qtbot, session, ask("County Health", 40))
    section = begun(qtbot, screen, LetterKind.REMINDER)
    first = section.editor.text.text
    keep(qtbot, section, case)
    section.editor.text.replace_all("Other words.")
    keep(qtbot, section, case)
    session.undo_stack.undo()
    qtbot.waitUntil(lambda: section.editor.text.text == first)
    section.editor.text.replace_all("Typed, not kept.")
    session.undo_stack.undo()
    qtbot.waitUntil(lambda: section.editor.draft is not None and not section.editor.draft.letter_id)
    assert section.editor.text.text == "Typed, not kept."


def test_enter_opens_and_del_deletes_with_undo(
    qtbot: QtBot, session: CaseSession, said: Said, case: Case, ask: Ask
) -> None:
    request_id = ask("County Health", 40)
    letters.keep(case, request_id, LetterKind.REMINDER, "First.", "One")
    letters.keep(case, request_id, LetterKind.APPEAL, "Second.", "Two")
    screen = open_screen(qtbot, session, request_id)
    section = section_of(screen)
    view = section.list.view
    qtbot.waitUntil(lambda: len(view.lines) == 2)
    QAbstractItemModelTester(
        view.model(), QAbstractItemModelTester.FailureReportingMode.Fatal, view
    )
    view.setFocus()
    view.choose(view.lines[1].key)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert section.editor.text.text == "Second."
    section.leave()
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: len(view.lines) == 1)
    assert said.toasts == [("Letter deleted", True)]
    session.undo_stack.undo()
    qtbot.waitUntil(lambda: len(view.lines) == 2)


def test_the_kinds_that_fit_come_first(qtbot: QtBot, session: CaseSession, ask: Ask) -> None:
    screen = open_screen(qtbot, session, ask("County Health", 40))
    section = section_of(screen)
    menu = section.list.new_button.menu()
    told = [action.text() for action in menu.actions()]
    assert told[0] == "Reminder"
    assert len([words for words in told if words]) == len(LetterKind)
    qtbot.waitUntil(section.list.empty.isVisible)


def test_blanks_are_told_and_stepped_through(qtbot: QtBot, session: CaseSession, ask: Ask) -> None:
    screen = open_screen(qtbot, session, ask("County Health"))
    section = begun(qtbot, screen, LetterKind.REQUEST)
    editor = section.editor
    assert "[your name]" in editor.blanks.text()
    editor.text.setPlainText("\U0001f4ce Dear [the name], I am [your name].\n[the name]")
    chosen = []
    for _ in range(3):
        qtbot.keyClick(editor.text, Qt.Key.Key_F3)
        chosen.append(editor.text.textCursor().selectedText())
    assert chosen == ["[the name]", "[your name]", "[the name]"]
    qtbot.keyClick(editor.text, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert editor.text.textCursor().selectedText() == "[your name]"
    editor.next_blank.click()
    assert editor.text.hasFocus()
    editor.text.setPlainText("Nothing to fill in.")
    assert not editor.blanks.isVisible()


def test_copying_keeps_first_and_goes_through_the_door(
    qtbot: QtBot, qapp: QApplication, session: CaseSession, said: Said, case: Case, ask: Ask
) -> None:
    request_id = ask("County Health", 40)
    screen = open_screen(qtbot, session, request_id)
    section = begun(qtbot, screen, LetterKind.REMINDER)
    section.editor.text.setPlainText("Dear Sir, please answer. [your name]")
    section.editor.copy.click()
    qtbot.waitUntil(lambda: len(said.toasts) == 2)
    assert said.toasts[1][0] == "Letter copied, with 1 blank still to fill in"
    assert qapp.clipboard().text() == "Dear Sir, please answer. [your name]"
    assert [entry.name for entry in custody.history(case, "letter")] == [""]
    clipboard.keeper().clear()


def test_what_is_typed_survives_the_lock(
    qtbot: QtBot, session: CaseSession, case: Case, ask: Ask
) -> None:
    request_id = ask("County Health", 40)
    screen = open_screen(qtbot, session, request_id)
    section = begun(qtbot, screen, LetterKind.REMINDER)
    section.editor.text.setPlainText("half a thought")
    session.about_to_lock.emit()
    place = screen.place()
    screen.hide()
    again = open_screen(qtbot, session, request_id)
    again.restore(place)
    qtbot.waitUntil(lambda: again.record.part == "letters")
    editor = section_of(again).editor
    qtbot.waitUntil(lambda: editor.draft is not None)
    assert editor.text.text == "half a thought"
    assert letters.listing(case, request_id) == []


def test_another_request_does_not_take_the_letter_away(
    qtbot: QtBot, session: CaseSession, ask: Ask
) -> None:
    first, second = ask("County Health", 40), ask("EPA R9", 40)
    screen = open_screen(qtbot, session, first)
    section = begun(qtbot, screen, LetterKind.REMINDER)
    section.editor.text.setPlainText("half a thought")
    screen.show_record(second)
    qtbot.waitUntil(lambda: section.request_id == second)
    assert section.editor.draft is None
    qtbot.waitUntil(section.list.empty.isVisible)
    screen.show_record(first)
    qtbot.waitUntil(lambda: section.editor.draft is not None)
    assert section.editor.text.text == "half a thought"


def test_going_back_keeps_the_draft_in_the_list_and_discarding_can_be_taken_back(
    qtbot: QtBot, session: CaseSession, ask: Ask
) -> None:
    screen = open_screen(qtbot, session, ask("County Health", 40))
    section = begun(qtbot, screen, LetterKind.REMINDER)
    section.editor.text.setPlainText("half a thought")
    section.editor.back.click()
    (line,) = section.list.view.lines
    assert (line.text, line.tail) == ("Reminder", "not kept yet")
    section.begin(LetterKind.REMINDER)
    assert section.editor.text.text == "half a thought"
    section.editor.discard.click()
    assert not section.list.view.lines
    section.list.notice._offered[0].click()
    assert section.editor.text.text == "half a thought"


def test_a_letter_that_was_sent_is_logged(
    qtbot: QtBot, session: CaseSession, case: Case, ask: Ask
) -> None:
    screen = open_screen(qtbot, session, ask("County Health", 40))
    section = begun(qtbot, screen, LetterKind.REMINDER)
    keep(qtbot, section, case)
    section.editor.log.click()
    assert screen.log_form.isVisible()
    assert screen.log_form.kinds.kind is EventKind.REMINDER


def test_a_letter_reads_as_it_was_kept(
    qtbot: QtBot, session: CaseSession, case: Case, ask: Ask
) -> None:
    request_id = ask("County Health", 40)
    words = "Under §\u00a05 \U0001f4ce of the Act,\r\nplease answer."
    letters.keep(case, request_id, LetterKind.REMINDER, words)
    section = section_of(open_screen(qtbot, session, request_id))
    qtbot.waitUntil(lambda: bool(section.list.view.lines))
    section.open(section.list.view.current)
    assert section.editor.text.text == words.replace("\r", "")
    assert not section.editor.keep.isEnabled(), "opening changes nothing"


def test_a_letter_left_while_it_is_kept_touches_no_other(
    qtbot: QtBot, session: CaseSession, case: Case, ask: Ask
) -> None:
    first, second = ask("County Health", 40), ask("EPA R9", 40)
    screen = open_screen(qtbot, session, first)
    section = begun(qtbot, screen, LetterKind.REMINDER)
    section.editor.text.setPlainText("Please answer.")
    held = threading.Event()
    session.tasks.run(held.wait, lane="edit")
    section.editor.keep.click()
    screen.show_record(second)
    qtbot.waitUntil(lambda: section.request_id == second)
    section.begin(LetterKind.REMINDER)
    qtbot.waitUntil(lambda: section.editor.draft is not None)
    held.set()
    qtbot.waitUntil(lambda: len(letters.listing(case, first)) == 1)
    qtbot.waitUntil(lambda: not section.keeping._busy)
    assert section.editor.draft is not None
    assert not section.editor.draft.letter_id
    assert section._shelf.of(first) == [], "what is kept is no draft any more"


# What only a confidential source can have told ------------------------------------------------

TELLING = "Please send note 7731-0442 of the office."


@pytest.fixture
def leak(case: Case, tmp_path: Path) -> None:
    """HERON gave a document with a number that nobody else knows."""
    (heron,) = sources.add(case, name="Jo Doe", code_name="HERON", confidential=True).ids("source")
    file = tmp_path / "leak.txt"
    file.write_text("See note 7731-0442 and memo 9921-0007.\n", "utf-8")
    importing.import_paths(case, [file], importing.ImportChoices(source_id=heron))


def stopped(qtbot: QtBot, section: LettersSection) -> None:
    qtbot.waitUntil(lambda: bool(section.editor.findings.view.lines))
    assert section.editor.findings.view.hasFocus()


@pytest.mark.usefixtures("leak")
def test_a_finding_stops_keeping_until_there_is_a_reason(
    qtbot: QtBot, session: CaseSession, case: Case, ask: Ask
) -> None:
    request_id = ask("County Health", 40)
    screen = open_screen(qtbot, session, request_id)
    section = begun(qtbot, screen, LetterKind.REQUEST)
    editor, panel = section.editor, section.editor.findings
    editor.text.setPlainText(TELLING)
    editor.keep.click()
    stopped(qtbot, section)
    QAbstractItemModelTester(
        panel.view.model(), QAbstractItemModelTester.FailureReportingMode.Fatal, panel.view
    )
    (line,) = panel.view.lines
    assert (line.text, line.more) == ("“7731-0442”", "A number known only from HERON")
    assert "class of records" in panel.advice.text()
    qtbot.keyClick(panel.view, Qt.Key.Key_Return)
    assert editor.text.hasFocus()
    assert editor.text.textCursor().selectedText() == "7731-0442"
    editor.keep.click()
    qtbot.waitUntil(lambda: not section.keeping._busy)
    assert letters.listing(case, request_id) == []
    panel.reason.setText("They printed it themselves.")
    editor.text.setPlainText(f"{TELLING} And memo 9921-0007.")
    editor.keep.click()
    qtbot.waitUntil(lambda: len(panel.view.lines) == 2)
    assert letters.listing(case, request_id) == [], "a reason is for what was seen"
    qtbot.keyClick(panel.reason, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(letters.listing(case, request_id)) == 1)
    qtbot.waitUntil(lambda: not panel.isVisible())
    assert editor.text.hasFocus()
    assert letters.listing(case, request_id)[0].findings_reason == "They printed it themselves."
    assert "They printed it" in editor.state.text()
    section.leave()
    qtbot.waitUntil(lambda: bool(section.list.view.lines))
    assert section.list.view.lines[0].icon == "shield-alert"


@pytest.mark.usefixtures("leak")
def test_other_words_are_kept_without_a_reason(
    qtbot: QtBot, session: CaseSession, case: Case, ask: Ask
) -> None:
    request_id = ask("County Health", 40)
    screen = open_screen(qtbot, session, request_id)
    section = begun(qtbot, screen, LetterKind.REQUEST)
    section.editor.text.setPlainText(TELLING)
    section.editor.keep.click()
    stopped(qtbot, section)
    section.editor.text.setPlainText("Please send all notes of the office.")
    keep(qtbot, section, case)
    assert letters.listing(case, request_id)[0].findings_reason == ""


def test_a_letter_that_became_telling_is_copied_after_a_reason(
    qtbot: QtBot,
    qapp: QApplication,
    session: CaseSession,
    said: Said,
    case: Case,
    ask: Ask,
    request: pytest.FixtureRequest,
) -> None:
    request_id = ask("County Health", 40)
    letters.keep(case, request_id, LetterKind.REQUEST, TELLING)
    request.getfixturevalue("leak")
    screen = open_screen(qtbot, session, request_id)
    section = section_of(screen)
    qtbot.waitUntil(lambda: bool(section.list.view.lines))
    section.open(section.list.view.current)
    section.editor.copy.click()
    stopped(qtbot, section)
    assert qapp.clipboard().text() != TELLING
    qtbot.keyClicks(section.editor.findings.reason, "They printed it.")
    section.editor.keep.click()
    qtbot.waitUntil(lambda: ("Letter copied", False) in said.toasts)
    assert qapp.clipboard().text() == TELLING
    clipboard.keeper().clear()


# What goes into a letter ----------------------------------------------------------------------


def with_choices(qtbot: QtBot, screen: RequestsScreen, kind: LetterKind) -> LettersSection:
    section = begun(qtbot, screen, kind)
    qtbot.waitUntil(section.editor.choices.isVisible)
    return section


def test_an_appeal_without_a_page_is_drafted_from_the_list_of_grounds(
    qtbot: QtBot, session: CaseSession, case: Case, ask: Ask
) -> None:
    """A body that neither confirms nor denies sends nothing that could be marked."""
    request_id = ask("EPA R9", 30)
    log(case, request_id, EventKind.DENIAL, received=ago(10), dated=ago(10), appeal_offered=True)
    screen = open_screen(qtbot, session, request_id)
    qtbot.keyClick(screen.view, Qt.Key.Key_N)
    section = section_of(screen)
    choices = section.editor.choices
    qtbot.waitUntil(choices.isVisible)
    assert section.editor.heading.text() == "Appeal"
    assert not any(tick.on for tick in choices.ticks.values())
    assert not choices.contested
    assert next(iter(choices.ticks.values())).box.hasFocus(), "what is asked comes before the text"
    ticked = choices.ticks["ncnd"]
    assert ticked.box.accessibleName()
    assert ticked.box.accessibleDescription() == ticked.toolTip() != ""
    qtbot.keyClick(ticked.box, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "confirm" in section.editor.text.text)
    assert "1 ground" in choices.fold.text()
    assert choices.stale.isHidden()
    letter_id = keep(qtbot, section, case)
    assert "confirm" in letters.get(case, letter_id).text


def test_what_the_withholdings_speak_for_is_ticked_and_a_code_can_be_left_out(
    qtbot: QtBot, session: CaseSession, case: Case, ask: Ask, tmp_path: Path
) -> None:
    request_id = ask("Home Office", 30, law="uk")
    file = tmp_path / "release.txt"
    file.write_text("Nothing to see.\n", "utf-8")
    importing.import_paths(case, [file], importing.ImportChoices(request_id=request_id))
    (document_id,) = (row.document.id for row in documents.listing(case))
    withholding.add(case, document_id, 1, extent=Extent.ANSWER, codes=["s.40(5B)"])
    withholding.add(case, document_id, 1, extent=Extent.PAGE, codes=["s.42"])
    section = with_choices(qtbot, open_screen(qtbot, session, request_id), LetterKind.COMPLAINT)
    choices, text = section.editor.choices, section.editor.text
    on = {key for key, tick in choices.ticks.items() if tick.on}
    assert {"ncnd s.40(5B)", "partial"} <= on
    assert choices.ticks["ncnd s.40(5B)"].isVisible(), "what is ticked is in sight"
    assert not choices.ticks["ncnd s.23(5)"].isVisible()
    choices._all_limbs.click()
    assert choices.ticks["ncnd s.23(5)"].isVisible()
    assert "s.42" in text.text
    qtbot.mouseClick(choices.contested["s.42"], Qt.MouseButton.LeftButton)
    assert not choices.contested["s.42"].on
    qtbot.waitUntil(lambda: "s.42" not in text.text)


def test_changed_words_are_never_drafted_over_unasked(
    qtbot: QtBot, session: CaseSession, ask: Ask
) -> None:
    screen = open_screen(qtbot, session, ask("EPA R9", 30))
    section = with_choices(qtbot, screen, LetterKind.NARROWING)
    choices, text = section.editor.choices, section.editor.text
    choices.fields["answer"].setPlainText("Only the year 2025.")
    qtbot.waitUntil(lambda: "Only the year 2025." in text.text)
    text.setPlainText("My own words.")
    choices.fields["answer"].setPlainText("Only March 2025.")
    qtbot.waitUntil(choices.again.isVisible)
    assert text.text == "My own words."
    choices.again.click()
    qtbot.waitUntil(lambda: "Only March 2025." in text.text)
    assert not choices.again.isVisible()
    text.undo()
    assert text.text == "My own words."


def test_what_was_chosen_survives_the_lock(qtbot: QtBot, session: CaseSession, ask: Ask) -> None:
    request_id = ask("EPA R9", 30)
    section = with_choices(qtbot, open_screen(qtbot, session, request_id), LetterKind.APPEAL)
    section.editor.choices.ticks["search"].box.setChecked(True)
    section.editor.choices.fields["address"].setPlainText("1 Main Street")
    session.about_to_lock.emit()
    screen = open_screen(qtbot, session, request_id)
    again = section_of(screen)
    qtbot.waitUntil(again.editor.choices.isVisible)
    assert again.editor.choices.ticks["search"].on
    assert again.editor.choices.fields["address"].toPlainText() == "1 Main Street"
    again.leave()
    section = begun(qtbot, screen, LetterKind.REMINDER)
    assert "1 Main Street" in section.editor.text.text, "it is not asked for twice"


# Templates ------------------------------------------------------------------------------------


def test_a_template_is_changed_and_set_back(
    qtbot: QtBot, session: CaseSession, said: Said, case: Case, ask: Ask
) -> None:
    screen = open_screen(qtbot, session, ask("EPA R9", 40))
    section = begun(qtbot, screen, LetterKind.REMINDER)
    ours = letters.template(case, "us-federal", LetterKind.REMINDER)
    section.editor.template.click()
    form = section.template
    qtbot.waitUntil(lambda: form.text.text == ours)
    assert form.text.hasFocus()
    assert not form.use.isEnabled()
    assert not form.reset.isEnabled()
    form.text.setPlainText("Dear {{ agnecy }},")
    form.use.click()
    qtbot.waitUntil(form.notice.isVisible)
    assert "agnecy" in form.notice.text
    form.text.setPlainText("Dear {{ agency }},")
    qtbot.keyClick(form.text, Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: section.editor.text.text == "Dear EPA R9,\n")
    assert section.editor.isVisible()
    section.editor.template.click()
    qtbot.waitUntil(form.reset.isEnabled)
    session.undo_stack.undo()
    qtbot.waitUntil(lambda: form.text.text == ours)
    assert not form.reset.isEnabled()
    session.undo_stack.redo()
    qtbot.waitUntil(form.reset.isEnabled)
    form.reset.click()
    qtbot.waitUntil(lambda: section.editor.text.text != "Dear EPA R9,\n")
    assert letters.template(case, "us-federal", LetterKind.REMINDER) == ours
    assert said.toasts[-1] == ("Casefile's own template is used again", True)


def test_a_half_typed_template_survives_esc_and_the_lock(
    qtbot: QtBot, session: CaseSession, ask: Ask
) -> None:
    request_id = ask("EPA R9", 40)
    section = begun(qtbot, open_screen(qtbot, session, request_id), LetterKind.REMINDER)
    form = section.template
    for words in ("half", "half a template"):
        section.editor.template.click()
        qtbot.waitUntil(lambda: bool(form.text.text))
        form.text.setPlainText(words)
        qtbot.keyClick(form.text, Qt.Key.Key_Escape)
        assert section.editor.isVisible()
    section.editor.template.click()
    qtbot.waitUntil(lambda: form.text.text == "half a template")
    session.about_to_lock.emit()
    again = section_of(open_screen(qtbot, session, request_id))
    qtbot.waitUntil(lambda: again.template.text.text == "half a template")
    qtbot.keyClick(again.template.text, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(again.list.view.lines) == 1)


def test_a_template_that_cannot_be_filled_in_says_so_where_a_letter_is_begun(
    qtbot: QtBot, session: CaseSession, case: Case, ask: Ask
) -> None:
    screen = open_screen(qtbot, session, ask("EPA R9", 40))
    letters.edit_template(
        case, "us-federal", LetterKind.REMINDER, "{% if due_on %}{{ nothing_such }}{% endif %}"
    )
    section = section_of(screen)
    section.begin(LetterKind.REMINDER)
    qtbot.waitUntil(section.list.notice.isVisible)
    section.list.notice._offered[0].click()
    qtbot.waitUntil(lambda: "nothing_such" in section.template.text.text)


def test_a_case_opened_for_reading_shows_and_copies_letters_only(
    qtbot: QtBot,
    qapp: QApplication,
    session: CaseSession,
    case: Case,
    ask: Ask,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    request_id = ask("EPA R9", 40)
    letters.keep(case, request_id, LetterKind.REMINDER, "Please answer.")
    monkeypatch.setattr(type(session), "read_only", property(lambda _self: True))
    section = section_of(open_screen(qtbot, session, request_id))
    qtbot.waitUntil(lambda: bool(section.list.view.lines))
    assert not section.list.new_button.isEnabled()
    assert not section.list.delete_button.isEnabled()
    section.begin(LetterKind.APPEAL)
    assert section.editor.draft is None
    section.open(section.list.view.current)
    editor = section.editor
    assert editor.text.isReadOnly()
    assert not editor.keep.isEnabled()
    assert not editor.save_pdf.isEnabled()
    assert not editor.template.isVisible()
    editor.copy.click()
    qtbot.waitUntil(lambda: qapp.clipboard().text() == "Please answer.")
    clipboard.keeper().clear()


def test_a_letter_is_saved_where_the_reporter_says(
    qtbot: QtBot,
    session: CaseSession,
    said: Said,
    case: Case,
    ask: Ask,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []

    def choose(_parent: object, _title: str, suggested: str) -> Path:
        asked.append(suggested)
        return tmp_path / suggested

    monkeypatch.setattr(file_dialog, "choose_new_file", choose)
    section = begun(qtbot, open_screen(qtbot, session, ask("EPA R9", 40)), LetterKind.REMINDER)
    section.editor.text.setPlainText("Please answer.")
    section.editor.save_text.click()
    qtbot.waitUntil(lambda: len(said.toasts) == 2)
    section.editor.save_pdf.click()
    qtbot.waitUntil(lambda: len(said.toasts) == 3, timeout=20000)
    assert asked == ["Reminder.txt", "Reminder.pdf"]
    assert (tmp_path / "Reminder.txt").read_text("utf-8") == "Please answer."
    assert (tmp_path / "Reminder.pdf").read_bytes().startswith(b"%PDF")
