"""What a reporter does with a document, in the real reader on a real case."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from casefile.domain.annotations import AnnotationKind
from casefile.domain.documents import Document
from casefile.domain.people import Terms
from casefile.domain.quotes import QuoteState
from casefile.services import annotating, followups, quoting, sources
from casefile.services.case import Case
from casefile.ui.reader.reading_desk import ReadingDesk
from casefile.ui.reader_area import ReaderArea
from casefile.ui.session import CaseSession
from tests.ui.reader.conftest import LINES, SENTENCE, desk_of, drag, point, wait_for_text

Open = Callable[[str], ReadingDesk]


def select_sentence(qtbot: QtBot, desk: ReadingDesk, page: int = 1) -> None:
    """Both lines of the sentence, from its first to its last letter."""
    desk.view.go_to_page(page)
    wait_for_text(qtbot, desk, page)
    start, end = point(desk.view, page, 60, 126), point(desk.view, page, 560, 144)
    drag(qtbot, desk.view, start, end)


def test_a_selection_is_highlighted_with_one_key_and_undone(
    qtbot: QtBot, opened: Open, session: CaseSession, case: Case
) -> None:
    desk = opened("letter")
    select_sentence(qtbot, desk)
    with qtbot.waitSignal(desk.document.marks_changed, timeout=10_000):
        qtbot.keyClick(desk.view, Qt.Key.Key_3)
    (mark,) = annotating.listing(case, desk.document.id)
    assert mark.kind is AnnotationKind.HIGHLIGHT
    assert mark.colour == "pink"
    assert mark.text == SENTENCE
    assert mark.prefix.endswith("Page 1")
    assert mark.suffix.startswith("Nothing else")
    assert [quad.box.x0 for quad in mark.quads] == pytest.approx([72, 72], abs=1)
    assert [quad.box.y0 for quad in mark.quads] == pytest.approx([117, 135], abs=4)
    assert desk.view.selection.ends is None
    assert not desk.view.selected_mark
    with qtbot.waitSignal(desk.document.marks_changed, timeout=10_000):
        session.undo_stack.undo()
    assert annotating.listing(case, desk.document.id) == []
    assert desk.document.marks.all == []
    with qtbot.waitSignal(desk.document.marks_changed, timeout=10_000):
        session.undo_stack.redo()
    assert [m.text for m in annotating.listing(case, desk.document.id)] == [mark.text]


def test_walkthrough_12_marking_deleting_and_undoing_take_a_key_each(
    qtbot: QtBot, opened: Open, session: CaseSession, case: Case
) -> None:
    desk = opened("letter")
    select_sentence(qtbot, desk)
    for step, left in ((Qt.Key.Key_3, 1), (Qt.Key.Key_Delete, 0)):
        with qtbot.waitSignal(desk.document.marks_changed, timeout=10_000):
            qtbot.keyClick(desk.view, step)
        assert len(annotating.listing(case, desk.document.id)) == left
    with qtbot.waitSignal(desk.document.marks_changed, timeout=10_000):
        session.undo_stack.undo()
    (mark,) = annotating.listing(case, desk.document.id)
    assert (mark.colour, mark.text) == ("pink", SENTENCE)


def test_the_colour_of_a_highlight_stands_on_the_page_and_ink_stays_ink(
    qtbot: QtBot, opened: Open
) -> None:
    desk = opened("letter")
    select_sentence(qtbot, desk)
    with qtbot.waitSignal(desk.document.marks_changed, timeout=10_000):
        qtbot.keyClick(desk.view, Qt.Key.Key_1)
    place = point(desk.view, 1, 73, 119)
    qtbot.waitUntil(lambda: _colour(desk, place.x(), place.y()) == "#fae96a", timeout=10_000)
    image = desk.view.viewport().grab().toImage()
    row = [
        image.pixelColor(x, y)
        for x in range(place.x(), place.x() + 200)
        for y in range(place.y(), place.y() + 12)
    ]
    assert min(colour.lightness() for colour in row) < 60, "letters under the mark stay dark"


def _colour(desk: ReadingDesk, x: int, y: int) -> str:
    return desk.view.viewport().grab().toImage().pixelColor(x, y).name()


def test_a_quote_is_saved_with_two_keys_under_the_last_speaker(
    qtbot: QtBot, opened: Open, case: Case, session: CaseSession
) -> None:
    heron = sources.add(
        case, name="Jane Roe", code_name="HERON", confidential=True, terms=Terms.BACKGROUND
    ).ids("source")[0]
    quoting.add_from_conversation(case, "nobody wrote it down", source_id=heron)
    desk = opened("letter")
    select_sentence(qtbot, desk, 2)
    qtbot.keyClick(desk.view, Qt.Key.Key_Q)
    form = desk.inspector.quote
    qtbot.waitUntil(lambda: form.speaker.currentText() == "HERON", timeout=10_000)
    assert form.words.isReadOnly()
    assert "regional director" in form.words.toPlainText()
    assert "ii (2 of 40)" in form.where.text()
    assert "Jane" not in "".join(form.speaker.itemText(i) for i in range(form.speaker.count()))
    assert QApplication.focusWidget() is form.speaker
    with qtbot.waitSignal(session.toast, timeout=10_000):
        qtbot.keyClick(form.speaker, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is desk.view
    assert desk.inspector.form is None
    quote = next(q for q in quoting.listing(case) if q.page == 2)
    assert quote.text.startswith("On March 4 the regional director")
    assert quote.source_id == heron
    assert quote.terms is Terms.BACKGROUND
    assert quote.state is QuoteState.UNVERIFIED
    assert len(quote.quads) == 2


def test_enter_that_comes_before_the_speakers_waits_for_them(
    qtbot: QtBot, opened: Open, case: Case, session: CaseSession
) -> None:
    heron = sources.add(case, name="Agency", terms=Terms.ON_RECORD).ids("source")[0]
    quoting.add_from_conversation(case, "earlier words", source_id=heron)
    desk = opened("letter")
    select_sentence(qtbot, desk)
    with qtbot.waitSignal(session.toast, timeout=10_000):
        qtbot.keyClick(desk.view, Qt.Key.Key_Q)
        qtbot.keyClick(desk.inspector.quote.speaker, Qt.Key.Key_Return)
    assert next(q for q in quoting.listing(case) if q.page == 1).source_id == heron


def test_a_selected_highlight_becomes_a_quote_without_selecting_again(
    qtbot: QtBot, opened: Open, case: Case, session: CaseSession
) -> None:
    desk = opened("letter")
    select_sentence(qtbot, desk)
    with qtbot.waitSignal(desk.document.marks_changed, timeout=10_000):
        qtbot.keyClick(desk.view, Qt.Key.Key_2)
    qtbot.mouseClick(
        desk.view.viewport(), Qt.MouseButton.LeftButton, pos=point(desk.view, 1, 120, 126)
    )
    assert desk.view.selected_mark
    assert desk.inspector.form is desk.inspector.mark
    qtbot.keyClick(desk.inspector.mark.comment, Qt.Key.Key_Escape)
    with qtbot.waitSignal(session.toast, timeout=10_000):
        qtbot.keyClick(desk.view, Qt.Key.Key_Q)
        qtbot.keyClick(desk.inspector.quote.speaker, Qt.Key.Key_Return)
    (quote,) = quoting.listing(case)
    assert quote.annotation_id == desk.document.marks.all[0].id


def test_a_highlight_becomes_a_quote_at_once(
    qtbot: QtBot, opened: Open, case: Case, session: CaseSession
) -> None:
    desk = opened("letter")
    select_sentence(qtbot, desk)
    with qtbot.waitSignal(session.toast, timeout=10_000):
        qtbot.keyClick(desk.view, Qt.Key.Key_3)
        qtbot.keyClick(desk.view, Qt.Key.Key_Q)
        qtbot.keyClick(desk.inspector.quote.speaker, Qt.Key.Key_Return)
    (quote,) = quoting.listing(case)
    assert quote.text == SENTENCE
    assert quote.quads == annotating.listing(case, desk.document.id)[0].quads


def test_what_was_marked_is_no_longer_meant_once_something_else_was_done(
    qtbot: QtBot, opened: Open, session: CaseSession
) -> None:
    desk = opened("letter")

    def marked() -> bool:
        select_sentence(qtbot, desk)
        with qtbot.waitSignal(desk.document.marks_changed, timeout=10_000):
            qtbot.keyClick(desk.view, Qt.Key.Key_3)
        return desk.verbs.just_marked is not None

    assert marked()
    with qtbot.waitSignal(desk.document.marks_changed, timeout=10_000):
        session.undo_stack.undo()
    assert desk.verbs.just_marked is None, "it was taken back"
    assert marked()
    desk.view.go_to_page(20)
    assert desk.verbs.just_marked is None, "it is out of sight"
    desk.view.go_to_page(1)
    place = point(desk.view, 1, 90, 190)
    qtbot.mouseClick(desk.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert desk.verbs.just_marked is None, "something else was pointed at"
    qtbot.keyClick(desk.view, Qt.Key.Key_Q)
    assert desk.inspector.form is None


@pytest.mark.parametrize("writing", [True, False])
def test_the_mark_that_was_open_is_open_again(
    qtbot: QtBot, opened: Open, area: ReaderArea, writing: bool
) -> None:
    desk = opened("letter")
    select_sentence(qtbot, desk)
    with qtbot.waitSignal(desk.document.marks_changed, timeout=10_000):
        qtbot.keyClick(desk.view, Qt.Key.Key_1)
    (mark,) = desk.document.marks.all
    desk.view.select_mark(mark)
    if writing:
        desk.inspecting.comment()
        qtbot.keyClicks(desk.inspector.mark.comment, "who")
        desk.inspector.mark.save()
    kept = area.place()
    area.close_current()
    qtbot.waitUntil(lambda: area.session.tasks._running == set(), timeout=10_000)
    area.restore(kept)
    assert area.current is not None
    again = desk_of(qtbot, area.current)
    qtbot.waitUntil(lambda: again.view.selected_mark == mark.id, timeout=10_000)
    assert again.inspector.form is again.inspector.mark
    assert again.inspector.mark.comment.hasFocus() is writing
    assert again.inspector.mark.comment.toPlainText() == ("who" if writing else "")


def test_a_mark_is_commented_recoloured_and_deleted(
    qtbot: QtBot, opened: Open, case: Case, session: CaseSession
) -> None:
    desk = opened("letter")
    select_sentence(qtbot, desk)
    with qtbot.waitSignal(desk.document.marks_changed, timeout=10_000):
        qtbot.keyClick(desk.view, Qt.Key.Key_1)
    desk.view.select_mark(desk.document.marks.all[0])
    qtbot.keyClick(desk.view, Qt.Key.Key_Return)
    comment = desk.inspector.mark.comment
    assert QApplication.focusWidget() is comment
    qtbot.keyClicks(comment, "ask H5 about this")
    with qtbot.waitSignal(desk.document.marks_changed, timeout=10_000):
        qtbot.keyClick(comment, Qt.Key.Key_Escape)
    assert annotating.listing(case, desk.document.id)[0].comment == "ask H5 about this"
    assert QApplication.focusWidget() is desk.view
    desk.view.select_mark(desk.document.marks.all[0])
    with qtbot.waitSignal(desk.document.marks_changed, timeout=10_000):
        qtbot.keyClick(desk.view, Qt.Key.Key_6)
    assert desk.document.marks.all[0].colour == "green"
    with qtbot.waitSignal(desk.document.marks_changed, timeout=10_000):
        qtbot.keyClick(desk.view, Qt.Key.Key_Delete)
    assert desk.document.marks.all == []
    assert desk.inspector.form is None
    with qtbot.waitSignal(desk.document.marks_changed, timeout=10_000):
        session.undo_stack.undo()
    assert desk.document.marks.all[0].comment == "ask H5 about this"


def test_what_is_typed_after_a_click_on_a_mark_is_its_comment(
    qtbot: QtBot, opened: Open, case: Case
) -> None:
    desk = opened("letter")
    select_sentence(qtbot, desk)
    with qtbot.waitSignal(desk.document.marks_changed, timeout=10_000):
        qtbot.keyClick(desk.view, Qt.Key.Key_1)
    port, zoom, comment = desk.view.viewport(), desk.view.zoom, desk.inspector.mark.comment
    qtbot.mouseClick(port, Qt.MouseButton.LeftButton, pos=point(desk.view, 1, 120, 126))
    focused = QApplication.focusWidget()
    assert focused is comment
    qtbot.keyClicks(focused, "Who was there?")
    assert comment.toPlainText() == "Who was there?"
    with qtbot.waitSignal(desk.document.marks_changed, timeout=10_000):
        qtbot.keyClick(comment, Qt.Key.Key_Escape)
    assert annotating.listing(case, desk.document.id)[0].comment == "Who was there?"
    assert desk.view.zoom == pytest.approx(zoom, rel=0.4), "W, H and T meant letters"
    assert not desk.side.isHidden()
    assert QApplication.focusWidget() is desk.view
    assert desk.view.selected_mark, "one level out: the mark is still the chosen one"
    qtbot.wait(QApplication.doubleClickInterval() + 20)
    qtbot.mouseClick(port, Qt.MouseButton.LeftButton, pos=point(desk.view, 1, 120, 126))
    qtbot.keyClicks(comment, " And when?")
    assert comment.toPlainText() == "Who was there? And when?", "writing goes on at the end"
    with qtbot.waitSignal(desk.document.marks_changed, timeout=10_000):
        qtbot.keyClick(comment, Qt.Key.Key_Escape)
    with qtbot.waitSignal(desk.document.marks_changed, timeout=10_000):
        qtbot.keyClick(desk.view, Qt.Key.Key_Delete)
    assert desk.document.marks.all == []


def test_a_mark_chosen_by_keyboard_leaves_the_keys_to_the_page(qtbot: QtBot, opened: Open) -> None:
    desk = opened("letter")
    select_sentence(qtbot, desk)
    with qtbot.waitSignal(desk.document.marks_changed, timeout=10_000):
        qtbot.keyClick(desk.view, Qt.Key.Key_1)
    qtbot.keyClick(desk.view, Qt.Key.Key_BracketRight)
    assert desk.inspector.form is desk.inspector.mark
    assert QApplication.focusWidget() is desk.view
    qtbot.keyClick(desk.view, Qt.Key.Key_Escape)
    assert desk.inspector.form is None
    qtbot.keyClick(desk.view, Qt.Key.Key_BracketRight)
    with qtbot.waitSignal(desk.document.marks_changed, timeout=10_000):
        qtbot.keyClick(desk.view, Qt.Key.Key_Delete)
    assert desk.document.marks.all == []


def test_the_comment_is_three_lines_high_and_grows_to_a_bound(
    qtbot: QtBot, opened: Open, area: ReaderArea
) -> None:
    area.resize(820, 800)  # narrow: the inspector lies below the pages
    desk = opened("letter")
    select_sentence(qtbot, desk)
    with qtbot.waitSignal(desk.document.marks_changed, timeout=10_000):
        qtbot.keyClick(desk.view, Qt.Key.Key_1)
    desk.view.select_mark(desk.document.marks.all[0])
    form, line = desk.inspector.mark, desk.inspector.mark.comment.fontMetrics().lineSpacing()
    short, shown = form.comment.height(), form.comment.viewport().height()
    assert 3 * line <= shown <= 4 * line
    assert not form.delete.visibleRegion().isEmpty(), "the buttons are in sight"
    desk.inspecting.comment()
    for _ in range(5):
        qtbot.keyClick(form.comment, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: form.comment.height() >= short + 3 * line)
    for _ in range(40):
        qtbot.keyClick(form.comment, Qt.Key.Key_Return)
    assert form.comment.viewport().height() <= 9 * line


def test_a_note_and_a_box_are_placed_with_the_mouse(qtbot: QtBot, opened: Open, case: Case) -> None:
    desk = opened("letter")
    view = desk.view
    wait_for_text(qtbot, desk, 1)
    qtbot.keyClick(view, Qt.Key.Key_N)
    with qtbot.waitSignal(desk.document.marks_changed, timeout=10_000):
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point(view, 1, 300, 250))
    qtbot.waitUntil(lambda: QApplication.focusWidget() is desk.inspector.mark.comment)
    note = desk.document.marks.all[0]
    assert note.kind is AnnotationKind.NOTE
    assert note.quads[0].ul_x == pytest.approx(300, abs=1)
    qtbot.keyClick(desk.inspector.mark.comment, Qt.Key.Key_Escape)
    qtbot.keyClick(view, Qt.Key.Key_B, Qt.KeyboardModifier.ShiftModifier)
    with qtbot.waitSignal(desk.document.marks_changed, timeout=10_000):
        drag(qtbot, view, point(view, 1, 100, 300), point(view, 1, 200, 340))
    box = next(mark for mark in desk.document.marks.all if mark.kind is AnnotationKind.BOX)
    assert (box.quads[0].ul_x, box.quads[0].lr_y) == pytest.approx((100, 340), abs=1)


def test_a_double_click_on_a_mark_takes_the_word_although_the_page_moves(
    qtbot: QtBot, opened: Open
) -> None:
    desk = opened("letter")
    select_sentence(qtbot, desk)
    with qtbot.waitSignal(desk.document.marks_changed, timeout=10_000):
        qtbot.keyClick(desk.view, Qt.Key.Key_1)
    port, left, before = desk.view.viewport(), Qt.MouseButton.LeftButton, desk.view.zoom
    place = point(desk.view, 1, 240, 126)
    qtbot.mouseClick(port, left, pos=place)
    qtbot.waitUntil(lambda: desk.view.zoom < before, timeout=5_000)  # the inspector took room
    qtbot.mouseDClick(port, left, pos=place)
    got: list[str] = []
    desk.view.selection.with_passages(lambda found: got.append(found[0].text), _fail)
    assert got == ["director"]
    assert QApplication.focusWidget() is desk.view


def test_a_drag_from_inside_the_first_letter_takes_the_word_and_a_click_takes_nothing(
    qtbot: QtBot, opened: Open
) -> None:
    desk = opened("letter")
    wait_for_text(qtbot, desk, 1)
    (text,) = [desk.document.text(1)]
    assert text is not None
    row = next(n for n, each in enumerate(text.lines) if each.text == LINES[0])
    first = text.lines[row].quads[0].box  # the O of On
    inside = point(desk.view, 1, first.x0 + 0.85 * (first.x1 - first.x0), (first.y0 + first.y1) / 2)
    qtbot.mouseClick(desk.view.viewport(), Qt.MouseButton.LeftButton, pos=inside)
    assert desk.view.selection.ends is None
    qtbot.wait(QApplication.doubleClickInterval() + 20)
    drag(qtbot, desk.view, inside, point(desk.view, 1, 560, 126))
    got: list[str] = []
    desk.view.selection.with_passages(lambda found: got.append(found[0].text), _fail)
    assert got == [LINES[0]]


def test_double_and_triple_clicks_take_a_word_and_a_line(qtbot: QtBot, opened: Open) -> None:
    desk = opened("letter")
    wait_for_text(qtbot, desk, 1)
    view, left = desk.view, Qt.MouseButton.LeftButton
    place = point(view, 1, 140, 126)
    qtbot.mouseClick(view.viewport(), left, pos=place)
    qtbot.mouseDClick(view.viewport(), left, pos=place)
    got: list[str] = []
    view.selection.with_passages(lambda found: got.append(found[0].text), _fail)
    qtbot.mousePress(view.viewport(), left, pos=place)
    qtbot.mouseRelease(view.viewport(), left, pos=place)
    view.selection.with_passages(lambda found: got.append(found[0].text), _fail)
    assert got == ["the", LINES[0]]


def _fail(error: object) -> None:
    raise AssertionError(error)


def test_a_selection_reaches_over_pages_and_makes_one_mark_on_each(
    qtbot: QtBot, opened: Open, case: Case, session: CaseSession
) -> None:
    desk = opened("letter")
    desk.view.set_zoom(0.4)
    for page in (1, 2, 3):
        wait_for_text(qtbot, desk, page)
    drag(qtbot, desk.view, point(desk.view, 1, 60, 186), point(desk.view, 3, 150, 86))
    with qtbot.waitSignal(desk.document.marks_changed, timeout=10_000):
        qtbot.keyClick(desk.view, Qt.Key.Key_H)
    assert [mark.page for mark in desk.document.marks.all] == [1, 2, 3]
    assert session.undo_stack.count() == 1, "one step to undo"


def test_a_quote_over_pages_says_which_and_where_it_leads(
    qtbot: QtBot, opened: Open, case: Case, session: CaseSession
) -> None:
    desk = opened("letter")
    desk.view.set_zoom(0.4)
    for page in (1, 2):
        wait_for_text(qtbot, desk, page)
    drag(qtbot, desk.view, point(desk.view, 1, 60, 186), point(desk.view, 2, 700, 86))
    qtbot.keyClick(desk.view, Qt.Key.Key_Q)
    told = desk.inspector.quote.where.text()
    assert told == "p. i–ii (1–2 of 40) · letter.pdf\nThe quote leads to p. i."
    with qtbot.waitSignal(session.toast, timeout=10_000):
        qtbot.keyClick(desk.inspector.quote.speaker, Qt.Key.Key_Return)
    (quote,) = quoting.listing(case)
    assert (quote.text, quote.page) == ("Nothing else was written down. Page 2", 1)


def test_find_counts_lists_and_steps(qtbot: QtBot, opened: Open) -> None:
    desk = opened("letter")
    desk.view.go_to_page(10)
    desk.look_for()
    field = desk.bar.finding.field
    assert QApplication.focusWidget() is field
    qtbot.keyClicks(field, "waiver")
    qtbot.waitUntil(lambda: desk.finder.needle == "waiver" and desk.finder.complete, timeout=20_000)
    assert desk.finder.count == 40
    assert desk.finder.current is not None
    assert desk.finder.current.page == 10, "the search begins where the reader is"
    assert desk.bar.finding.count.text() == "10 of 40"
    assert desk.side.hits.model.rowCount() == 40
    qtbot.keyClick(field, Qt.Key.Key_F3)
    assert desk.finder.current.page == 11
    qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert desk.finder.current.page == 10
    assert desk.view.current_hit is not None
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is desk.view
    qtbot.waitUntil(lambda: desk.view.selection.ends is not None, timeout=10_000)
    got: list[str] = []
    desk.view.selection.with_passages(lambda found: got.append(found[0].text), _fail)
    assert got == ["waiver"], "the hit can be marked or quoted at once"
    for _ in range(2):
        qtbot.keyClick(desk.view, Qt.Key.Key_Escape)
    assert desk.finder.needle == ""
    assert desk.view.hits == {}


def test_a_long_hit_is_selected_from_its_first_letter_to_its_last(
    qtbot: QtBot, opened: Open
) -> None:
    desk = opened("letter")
    desk.look_for(SENTENCE)
    qtbot.waitUntil(lambda: desk.finder.complete and desk.finder.count == 40, timeout=20_000)
    desk.look_for()
    qtbot.keyClick(desk.bar.finding.field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: desk.view.selection.ends is not None, timeout=10_000)
    got: list[str] = []
    desk.view.selection.with_passages(lambda found: got.append(found[0].text), _fail)
    assert got == [SENTENCE]


def test_words_that_are_not_there_say_so(qtbot: QtBot, opened: Open) -> None:
    desk = opened("letter")
    desk.look_for("zeppelin")
    qtbot.waitUntil(lambda: desk.bar.finding.count.text() == "No hits", timeout=20_000)
    assert desk.finder.complete


def test_going_to_a_page_by_label_or_number_and_back(
    qtbot: QtBot, opened: Open, area: ReaderArea
) -> None:
    desk = opened("letter")
    view, field = desk.view, desk.bar.page
    before = view.place()
    qtbot.keyClick(view, Qt.Key.Key_G)
    assert QApplication.focusWidget() is field
    qtbot.keyClicks(field, "iii")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert view.page == 3
    assert desk.bar.of.text() == "(3 of 40)"
    assert QApplication.focusWidget() is view
    view.set_zoom(1.7)
    there = view.place()
    qtbot.keyClick(view, Qt.Key.Key_G)
    qtbot.keyClicks(field, "36")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert view.page == 40, "printed 36 is the fortieth sheet"
    assert area.back()
    assert view.place() == there
    assert area.back()
    assert view.place() == before
    assert area.forward()
    assert view.place() == there


def test_a_page_that_is_not_there_leaves_the_reader_where_it_is(qtbot: QtBot, opened: Open) -> None:
    desk = opened("letter")
    qtbot.keyClick(desk.view, Qt.Key.Key_G)
    qtbot.keyClicks(desk.bar.page, "999")
    qtbot.keyClick(desk.bar.page, Qt.Key.Key_Return)
    assert desk.view.page == 1
    qtbot.keyClick(desk.bar.page, Qt.Key.Key_Escape)
    assert desk.bar.page.text() == "i"


def test_a_follow_up_is_one_line_with_its_page_linked(
    qtbot: QtBot, opened: Open, case: Case, session: CaseSession
) -> None:
    desk = opened("letter")
    desk.view.go_to_page(7)
    qtbot.keyClick(desk.view, Qt.Key.Key_F)
    form = desk.inspector.followup
    assert QApplication.focusWidget() is form.line
    qtbot.keyClicks(form.line, "call HERON 27 Nov")
    assert "27" in form.due.text()
    with qtbot.waitSignal(session.toast, timeout=10_000):
        qtbot.keyClick(form.line, Qt.Key.Key_Return)
    (made,) = followups.listing(case)
    assert made.text == "call HERON"
    assert made.due is not None
    assert made.due.endswith("-11-27")
    assert (made.linked_kind, made.linked_id, made.linked_page) == (
        "document", desk.document.id, 7,
    )  # fmt: skip
    assert QApplication.focusWidget() is desk.view


def test_copying_brings_the_citation_along(
    qtbot: QtBot, opened: Open, session: CaseSession
) -> None:
    desk = opened("letter")
    select_sentence(qtbot, desk)
    with qtbot.waitSignal(session.toast, timeout=10_000):
        qtbot.keyClick(desk.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    text = QApplication.clipboard().text()
    assert "approved a waiver of the cooling requirement." in text
    assert "i (1 of 40)" in text


def test_shift_and_arrows_extend_the_selection(qtbot: QtBot, opened: Open) -> None:
    desk = opened("letter")
    select_sentence(qtbot, desk)
    shift, control = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(desk.view, Qt.Key.Key_Right, shift)
    qtbot.keyClick(desk.view, Qt.Key.Key_Right, shift | control)
    got: list[str] = []
    desk.view.selection.with_passages(lambda found: got.append(found[0].text), _fail)
    assert got[0].endswith("requirement.\nNothing")


@pytest.mark.parametrize("page", [1, 2, 3, 4])
def test_on_turned_and_cropped_pages_marks_lie_on_their_words(
    qtbot: QtBot, opened: Open, case: Case, page: int
) -> None:
    desk = opened("turned")
    desk.look_for("waiver")
    qtbot.waitUntil(lambda: desk.finder.complete and desk.finder.count == 4, timeout=20_000)
    desk.go_to_page(page)
    wait_for_text(qtbot, desk, page)
    (quads,) = desk.finder.quads()[page]
    desk.go_to(page, quads)
    box = quads[0].box
    middle = point(desk.view, page, (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2)
    qtbot.mouseDClick(desk.view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    with qtbot.waitSignal(desk.document.marks_changed, timeout=10_000):
        qtbot.keyClick(desk.view, Qt.Key.Key_1)
    (mark,) = annotating.listing(case, desk.document.id)
    assert mark.text == "waiver"
    made = mark.quads[0].box
    assert (made.x0, made.y0, made.x1, made.y1) == pytest.approx(
        (box.x0, box.y0, box.x1, box.y1), abs=6
    )


def test_the_place_is_remembered_and_found_again(
    qtbot: QtBot, opened: Open, area: ReaderArea, document_called: Callable[[str], Document]
) -> None:
    desk = opened("letter")
    desk.go_to_page(12)
    desk.view.set_zoom(1.4)
    desk.view.scroll_by(lines=3)
    desk.side.show_tab("marks")
    there = desk.view.place()
    area.close_current()
    qtbot.waitUntil(lambda: area.session.tasks._running == set(), timeout=10_000)
    again = desk_of(qtbot, area.open(document_called("letter").id))
    assert again.view.place() == there
    assert again.side.shown == "marks"


def test_tabs_open_once_go_round_and_close(
    qtbot: QtBot, area: ReaderArea, document_called: Callable[[str], Document]
) -> None:
    letter, turned = document_called("letter"), document_called("turned")
    first = area.open(letter.id)
    second = area.open(turned.id, page=3)
    assert area.open(letter.id) is first
    desk_of(qtbot, first)
    assert desk_of(qtbot, second).view.page == 3
    assert area.tabs.count() == 2
    area.next_tab()
    assert area.current is second
    kept = area.place()
    area.close_current()
    with qtbot.waitSignal(area.emptied):
        area.close_current()
    area.restore(kept)
    assert [view.document_id for view in area.views] == [letter.id, turned.id]
    assert area.current is not None
    assert area.current.document_id == turned.id
    for view in area.views:
        desk_of(qtbot, view)
