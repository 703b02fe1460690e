"""The list of marks: filters, many at once, tags, marks of other programs; all by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pymupdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from casefile.domain.annotations import AnnotationKind
from casefile.domain.geometry import Box
from casefile.services import annotating, documents, tags
from casefile.services.annotating import MarkPart
from casefile.services.case import Case
from casefile.services.importing import ImportChoices, import_paths
from casefile.ui.reader.file_marks import is_from_file
from casefile.ui.reader.mark_filter import Choice
from casefile.ui.reader.marks_panel import MarksPanel
from casefile.ui.reader.reading_desk import ReadingDesk
from casefile.ui.reader_area import ReaderArea
from casefile.ui.session import CaseSession
from tests.ui.reader.conftest import desk_of

Open = Callable[[str], ReadingDesk]
_CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def marked(qtbot: QtBot, opened: Open, case: Case) -> ReadingDesk:
    """The letter with six marks on six pages: kinds and colours in turn; the list is shown."""
    desk = opened("letter")
    kinds = AnnotationKind.HIGHLIGHT, AnnotationKind.BOX
    for number, colour in enumerate(("yellow", "pink", "blue", "yellow", "pink", "blue")):
        part = MarkPart(number + 1, (Box(50, 100, 90, 120).quad(),), f"word {number}")
        kind = kinds[number % 2]
        annotating.add_many(case, desk.document.id, kind, [part], colour=colour)
    desk.reload_marks()
    qtbot.waitUntil(lambda: len(desk.document.marks.all) == 6, timeout=10_000)
    desk.side.show_tab("marks")
    desk.side.show()
    desk.side.marks.list.setFocus()
    return desk


def shown(panel: MarksPanel) -> int:
    return panel.model.rowCount()


def told(panel: MarksPanel) -> str:
    return panel._count.text()


def test_filters_add_up_and_say_so_when_they_hide_all(marked: ReadingDesk) -> None:
    panel = marked.side.marks
    panel.filter.kind.menu().aboutToShow.emit()
    offered = [action.text() for action in panel.filter.kind.menu().actions()]
    assert offered == ["Highlight  (3)", "Box  (3)"]
    panel.filter.kind.choose(Choice("box", "Box", 3), on=True)
    assert (shown(panel), told(panel)) == (3, "3 of 6 marks")
    assert panel.filter.kind.text() == "Kind: Box"
    panel.filter.colour.choose(Choice("pink", "3 Pink", 2), on=True)
    assert shown(panel) == 1
    panel.field.setText("nothing like it")
    assert (shown(panel), told(panel)) == (0, "None of 6 marks fits the filter.")
    panel.clear.click()
    assert (shown(panel), told(panel)) == (6, "6 marks")
    assert not panel.clear.isVisible()


def test_the_list_is_worked_by_keyboard(
    qtbot: QtBot, marked: ReadingDesk, case: Case, session: CaseSession
) -> None:
    panel = marked.side.marks
    qtbot.keyClick(panel.list, Qt.Key.Key_Slash)
    assert QApplication.focusWidget() is panel.field
    qtbot.keyClicks(panel.field, "box")
    assert shown(panel) == 3
    qtbot.keyClick(panel.field, Qt.Key.Key_Down)
    assert QApplication.focusWidget() is panel.list
    qtbot.keyClick(panel.list, Qt.Key.Key_A, _CONTROL)
    assert marked.inspector.form is marked.inspector.bulk
    assert "3 marks" in marked.inspector.bulk.told.text()
    before = session.undo_stack.count()
    with qtbot.waitSignal(marked.document.marks_changed, timeout=10_000):
        qtbot.keyClick(panel.list, Qt.Key.Key_6)
    colours = [mark.colour for mark in annotating.listing(case, marked.document.id)]
    assert colours.count("green") == 3
    assert session.undo_stack.count() == before + 1
    assert len(panel.list.chosen()) == 3, "what was chosen stays chosen"
    with qtbot.waitSignal(marked.document.marks_changed, timeout=10_000):
        qtbot.keyClick(panel.list, Qt.Key.Key_Delete)
    assert len(annotating.listing(case, marked.document.id)) == 3
    with qtbot.waitSignal(marked.document.marks_changed, timeout=10_000):
        session.undo_stack.undo()
    assert len(annotating.listing(case, marked.document.id)) == 6
    qtbot.keyClick(panel.field, Qt.Key.Key_Escape)
    assert shown(panel) == 6


def test_many_marks_that_are_read_anew_are_chosen_again_in_one_go(
    qtbot: QtBot, marked: ReadingDesk, case: Case
) -> None:
    parts = [MarkPart(n % 40 + 1, (Box(50, 200, 90, 220).quad(),), str(n)) for n in range(300)]
    annotating.add_many(case, marked.document.id, AnnotationKind.BOX, parts)
    marked.reload_marks()
    panel = marked.side.marks
    qtbot.waitUntil(lambda: shown(panel) == 306, timeout=10_000)
    panel.list.selectAll()
    counts: list[int] = []
    panel.list.chosen_changed.connect(lambda: counts.append(len(panel.list.chosen())))
    with qtbot.waitSignal(marked.document.marks_changed, timeout=10_000):
        qtbot.keyClick(panel.list, Qt.Key.Key_6)
    assert {mark.colour for mark in panel.list.chosen()} == {"green"}
    assert counts[-1] == 306
    assert len(counts) <= 3


def test_tags_are_given_to_many_and_filtered_by(
    qtbot: QtBot, marked: ReadingDesk, case: Case, session: CaseSession
) -> None:
    panel, bulk = marked.side.marks, marked.inspector.bulk
    tags.add(case, "cooling towers", "document", [marked.document.id])
    marked.marking.reload_tags()
    qtbot.waitUntil(lambda: "cooling towers" in marked.document.tag_names, timeout=10_000)
    panel.list.setCurrentIndex(panel.model.index(0))
    qtbot.keyClick(panel.list, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert marked.inspector.form is bulk
    bulk.tags.line.setFocus()
    qtbot.keyClicks(bulk.tags.line, "tow")
    assert bulk.tags.offered.item(0).text() == "cooling towers"
    qtbot.keyClick(bulk.tags.line, Qt.Key.Key_Down)
    with qtbot.waitSignal(marked.document.tags_changed, timeout=10_000):
        qtbot.keyClick(bulk.tags.line, Qt.Key.Key_Return)
    first, second = (mark.id for mark in panel.list.chosen())
    assert tags.of(case, "annotation") == {
        first: ("cooling towers",), second: ("cooling towers",)
    }  # fmt: skip
    assert bulk.tags.tokens == ("cooling towers",)
    panel.filter.tag.choose(Choice("cooling towers", "cooling towers", 2), on=True)
    assert shown(panel) == 2
    spoken = panel.model.data(panel.model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert "tags: cooling towers" in spoken
    with qtbot.waitSignal(marked.document.tags_changed, timeout=10_000):
        session.undo_stack.undo()
    assert tags.of(case, "annotation") == {}
    assert told(panel) == "None of 6 marks fits the filter."


def test_one_mark_gets_tags_and_another_kind_in_its_form(
    qtbot: QtBot, marked: ReadingDesk, case: Case
) -> None:
    first = marked.document.marks.all[0]
    marked.view.select_mark(first)
    form = marked.inspector.mark
    assert "Made" in form.where.text()
    form.tags.line.setFocus()
    qtbot.keyClicks(form.tags.line, "to check, H5")
    qtbot.keyClick(form.tags.line, Qt.Key.Key_Return)
    both = {first.id: ("H5", "to check")}  # the comma and the Return each keep what there is
    qtbot.waitUntil(lambda: tags.of(case, "annotation") == both, timeout=10_000)
    qtbot.waitUntil(lambda: marked.document.tags.get(first.id) == ("H5", "to check"))
    kinds = [form.kind.itemText(row) for row in range(form.kind.count())]
    assert kinds[:3] == ["Highlight", "Underline", "Strike-out"]
    with qtbot.waitSignal(marked.document.marks_changed, timeout=10_000):
        form.kind.activated.emit(1)
    assert annotating.get(case, first.id).kind is AnnotationKind.UNDERLINE
    assert tags.of(case, "annotation")[first.id] == ("H5", "to check")


@pytest.fixture
def foreign(qtbot: QtBot, area: ReaderArea, case: Case, tmp_path: Path) -> ReadingDesk:
    """A document in which another program has marked two things."""
    path = tmp_path / "marked.pdf"
    with pymupdf.open() as pdf:
        page = pdf.new_page(width=612, height=792)
        page.insert_text((72, 100), "approved a waiver of the cooling requirement", fontsize=12)
        made = page.add_highlight_annot(pymupdf.Rect(72, 88, 200, 104))
        made.set_info(content="look here", title="R. Editor")
        made.update()
        page.add_rect_annot(pymupdf.Rect(72, 200, 200, 300)).update()
        pdf.save(path)
    import_paths(case, [path], ImportChoices())
    found = next(r.document for r in documents.listing(case) if r.document.title == "marked.pdf")
    desk = desk_of(qtbot, area.open(found.id))
    desk.side.show()
    desk.side.show_tab("marks")
    qtbot.waitUntil(lambda: len(desk.document.file_marks.all) == 2, timeout=15_000)
    return desk


def test_marks_of_other_programs_are_listed_and_adopted(
    qtbot: QtBot, foreign: ReadingDesk, case: Case, session: CaseSession
) -> None:
    panel = foreign.side.marks
    assert shown(panel) == 2
    assert panel.adopt_all.text() == "Adopt 2 from the file"
    spoken = panel.model.data(panel.model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert "from the file" in spoken
    panel.list.setFocus()
    panel.list.setCurrentIndex(panel.model.index(0))
    qtbot.keyClick(panel.list, Qt.Key.Key_Delete)
    qtbot.keyClick(panel.list, Qt.Key.Key_3)
    assert annotating.listing(case, foreign.document.id) == [], "the file's marks stay as they are"
    qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    assert foreign.view.current_hit is not None, "it is pointed out on the page"
    panel.list.setFocus()
    with qtbot.waitSignal(foreign.document.file_marks_changed, timeout=15_000):
        qtbot.keyClick(panel.list, Qt.Key.Key_M)
    (made,) = annotating.listing(case, foreign.document.id)
    assert made.comment.startswith("look here")
    assert [is_from_file(mark) for mark in panel.model.all] == [False, True]
    with qtbot.waitSignal(foreign.document.file_marks_changed, timeout=15_000):
        session.undo_stack.undo()
    assert len(foreign.document.file_marks.all) == 2


def test_all_marks_of_a_page_are_adopted_with_one_key_on_the_page(
    qtbot: QtBot, foreign: ReadingDesk, case: Case, session: CaseSession
) -> None:
    foreign.view.setFocus()
    with qtbot.waitSignal(session.toast, timeout=15_000) as said:
        qtbot.keyClick(foreign.view, Qt.Key.Key_M)
    assert said.args[0] == "2 marks of the file adopted"
    assert len(annotating.listing(case, foreign.document.id)) == 2
    qtbot.waitUntil(lambda: foreign.document.file_marks.all == [], timeout=15_000)
    assert not foreign.side.marks.adopt_all.isVisible()


def test_an_empty_list_says_what_to_do(qtbot: QtBot, opened: Open) -> None:
    desk = opened("letter")
    desk.side.show_tab("marks")
    assert told(desk.side.marks) == "No marks yet. Select text and press 1 to 6."
