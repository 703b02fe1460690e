"""The page as text: heard as it is, and marked exactly as on the page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QTextCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from casefile.domain.documents import PageState
from casefile.services import annotating, documents, quoting
from casefile.services.case import Case
from casefile.services.reading import PageText
from casefile.store import documents as stored
from casefile.ui.announce import announcer
from casefile.ui.reader.reading_desk import ReadingDesk
from casefile.ui.reader.selection import Caret, TextMap
from casefile.ui.reader.text_offsets import TextOffsets
from casefile.ui.session import CaseSession
from tests.ui.reader.conftest import LINES, SENTENCE, wait_for_text
from tests.ui.reader.pretending import line
from tests.ui.reader.test_journeys import select_sentence

Open = Callable[[str], ReadingDesk]
_Key = Qt.Key
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@given(st.lists(st.text(st.characters(exclude_categories=("C", "Z")), min_size=1), min_size=1))
def test_every_place_in_the_text_is_a_place_on_the_page_and_back(lines: list[str]) -> None:
    text = TextMap(1, PageText(tuple(line(words, 50, 20.0 * n) for n, words in enumerate(lines))))
    offsets = TextOffsets(text)
    assert offsets.text == "\n".join(lines)
    seen = []
    for number, words in enumerate(lines):
        for column in range(len(words) + 1):
            caret = Caret(1, number, column)
            at = offsets.offset(caret)
            assert offsets.caret(at) == caret
            seen.append(at)
    assert seen == sorted(set(seen))
    assert seen[-1] == len(offsets.text.encode("utf-16-le")) // 2


def read_as_text(qtbot: QtBot, desk: ReadingDesk, page: int = 1) -> None:
    desk.view.go_to_page(page)
    qtbot.keyClick(desk.view, _Key.Key_F7)
    qtbot.waitUntil(lambda: desk.text.edit.toPlainText() != "", timeout=10_000)


def select_words(desk: ReadingDesk, words: str) -> None:
    """With the caret, as by keyboard."""
    edit = desk.text.edit
    start = edit.toPlainText().index(words)
    cursor = edit.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(start + len(words), QTextCursor.MoveMode.KeepAnchor)
    edit.setTextCursor(cursor)


@pytest.mark.parametrize("name", ["letter", "turned"])
def test_a_screen_reader_hears_the_pages_text(
    qtbot: QtBot, opened: Open, case: Case, accessible: None, name: str
) -> None:
    desk = opened(name)
    for page in (1, 2, 3):
        read_as_text(qtbot, desk, page)
        edit = desk.text.edit
        assert QApplication.focusWidget() is edit
        heard = QAccessible.queryAccessibleInterface(edit)
        assert heard is not None
        words = heard.textInterface()
        assert words is not None
        kept = next(documents.page_texts(case, desk.document.id, page, page)).text
        assert words.text(0, words.characterCount()) == kept
        assert heard.state().readOnly
        assert f"{page} of" in heard.text(QAccessible.Text.Name)
        qtbot.keyClick(edit, _Key.Key_F7)
        assert QApplication.focusWidget() is desk.view


@pytest.mark.parametrize(("name", "words"), [("letter", "\n".join(LINES)), ("turned", "a waiver")])
def test_marks_and_quotes_made_in_the_text_are_those_made_on_the_page(
    qtbot: QtBot, opened: Open, case: Case, session: CaseSession, name: str, words: str
) -> None:
    desk = opened(name)
    made = []
    for as_text in (False, True):
        desk.view.go_to_page(2)
        wait_for_text(qtbot, desk, 2)
        if as_text:
            read_as_text(qtbot, desk, 2)
            select_words(desk, words)
            assert desk.text.edit.textCursor().selectedText().replace("\u2029", "\n") == words
        elif name == "letter":
            select_sentence(qtbot, desk, 2)
        else:
            text = desk.document.text(2)
            assert text is not None
            column = text.lines[0].text.index(words)
            start = Caret(2, 0, column)
            desk.view.selection.start((start, start))
            end = Caret(2, 0, column + len(words))
            desk.view.selection.extend((end, end))
        focus = QApplication.focusWidget()
        assert focus is (desk.text.edit if as_text else desk.view)
        qtbot.keyClick(focus, _Key.Key_4)
        qtbot.waitUntil(lambda: len(desk.document.marks.all) == 1, timeout=10_000)
        assert QApplication.focusWidget() is focus
        if as_text:
            (shown,) = desk.text.edit.extraSelections()
            assert shown.cursor.selectedText().replace("\u2029", "\n") == words
            assert shown.format.background().color().name() == "#bba9f6"
        qtbot.keyClick(focus, _Key.Key_Q)  # of what was just marked, without selecting again
        with qtbot.waitSignal(session.toast, timeout=10_000):
            qtbot.keyClick(desk.inspector.quote.speaker, _Key.Key_Return)
        assert QApplication.focusWidget() is focus, "back in the text, not on a page unseen"
        (mark,) = annotating.listing(case, desk.document.id)
        (quote,) = quoting.listing(case)
        made.append((mark.kind, mark.colour, mark.page, mark.text, mark.quads, mark.prefix,
                     mark.suffix, quote.text, quote.quads, quote.prefix, quote.suffix))  # fmt: skip
        for _ in range(2):
            with qtbot.waitSignal(session.changed, timeout=10_000):
                session.undo_stack.undo()
        qtbot.waitUntil(lambda: not desk.document.marks.all, timeout=10_000)
    assert made[0] == made[1]
    assert made[0][3] == (SENTENCE if name == "letter" else "a waiver")


def test_words_copied_from_the_text_carry_their_citation(
    qtbot: QtBot, opened: Open, session: CaseSession
) -> None:
    desk = opened("letter")
    read_as_text(qtbot, desk)
    select_words(desk, "regional director")
    with qtbot.waitSignal(session.toast, timeout=10_000):
        qtbot.keyClick(desk.text.edit, _Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == "“regional director” (letter.pdf, p. i (1 of 40))"


def test_the_caret_selects_and_pages_turn_at_their_ends(qtbot: QtBot, opened: Open) -> None:
    desk = opened("letter")
    read_as_text(qtbot, desk)
    edit = desk.text.edit
    said: list[str] = []
    announcer.said.connect(said.append)
    qtbot.keyClick(edit, _Key.Key_Home, CONTROL)
    qtbot.keyClick(edit, _Key.Key_Right, CONTROL | SHIFT)
    assert edit.textCursor().selectedText().strip() == "Page"
    assert desk.view.selection.ends is not None
    qtbot.keyClick(edit, _Key.Key_Escape)
    assert desk.view.selection.ends is None
    assert not edit.textCursor().hasSelection()
    assert desk.text.is_on
    for page in (2, 3):
        for _ in range(2):  # to the end of the page, then on
            qtbot.keyClick(edit, _Key.Key_PageDown)
        assert desk.view.page == page
        qtbot.waitUntil(lambda page=page: f"Page {page}" in edit.toPlainText(), timeout=10_000)
        assert edit.textCursor().position() == 0
    assert said[-1].endswith("iii (3 of 40)")
    qtbot.keyClick(edit, _Key.Key_PageUp)
    qtbot.waitUntil(lambda: "Page 2" in edit.toPlainText(), timeout=10_000)
    assert edit.textCursor().atEnd()
    qtbot.keyClick(edit, _Key.Key_G)  # the reader's keys go on working
    assert QApplication.focusWidget() is desk.bar.page
    qtbot.keyClicks(desk.bar.page, "26")
    qtbot.keyClick(desk.bar.page, _Key.Key_Return)
    qtbot.waitUntil(lambda: "Page 30" in edit.toPlainText(), timeout=10_000)
    assert QApplication.focusWidget() is edit
    qtbot.keyClick(edit, _Key.Key_Escape)
    assert QApplication.focusWidget() is desk.view
    assert desk.view.page == 30
    assert edit.toPlainText() == ""
    announcer.said.disconnect(said.append)


def test_the_page_is_found_again_where_it_was_left(qtbot: QtBot, opened: Open) -> None:
    desk = opened("letter")
    desk.view.set_zoom(3.0)
    desk.go_to_page(4)
    desk.view.scroll_by(lines=12)
    before = desk.view.place()
    wait_for_text(qtbot, desk, 4)
    qtbot.keyClick(desk.view, _Key.Key_F7)
    assert desk.text.edit.textCursor().position() > 0, "the caret begins where the page is read"
    qtbot.keyClick(desk.text.edit, _Key.Key_F7)
    assert desk.view.place() == before


def test_a_hit_is_selected_in_the_text(qtbot: QtBot, opened: Open) -> None:
    desk = opened("letter")
    read_as_text(qtbot, desk)
    desk.look_for()
    qtbot.keyClicks(desk.bar.finding.field, "regional director")
    qtbot.waitUntil(lambda: desk.finder.current is not None, timeout=20_000)
    qtbot.keyClick(desk.bar.finding.field, _Key.Key_Escape)
    edit = desk.text.edit
    qtbot.waitUntil(lambda: edit.textCursor().selectedText() == "regional director")
    assert QApplication.focusWidget() is edit
    qtbot.keyClick(edit, _Key.Key_F3)
    qtbot.waitUntil(lambda: "Page 2" in edit.toPlainText(), timeout=10_000)
    qtbot.waitUntil(lambda: edit.textCursor().selectedText() == "regional director")


def test_recognised_words_are_labelled(
    qtbot: QtBot, opened: Open, case: Case, accessible: None
) -> None:
    document = next(r.document for r in documents.listing(case) if r.document.pages == 40)
    words = next(documents.page_texts(case, document.id, 2, 2)).text
    case.store.write(
        lambda tx: stored.set_page_text(tx, document.id, 2, words, ocr=True, state=PageState.TEXT)
    )
    desk = opened("letter")
    read_as_text(qtbot, desk, 1)
    assert not desk.text.ocr.isVisible()
    desk.view.go_to_page(2)
    qtbot.waitUntil(desk.text.ocr.isVisible, timeout=10_000)
    assert "Recognised" in desk.text.ocr.text()
    assert "Recognised" in desk.text.edit.accessibleDescription()
