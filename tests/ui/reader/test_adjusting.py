"""Marks moved, sized and led along words, by mouse and by keyboard; each one step of undo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from casefile.domain.annotations import Annotation, AnnotationKind
from casefile.domain.geometry import Box, bounds
from casefile.services import annotating
from casefile.services.annotating import MarkPart
from casefile.services.case import Case
from casefile.ui.reader.handles import Grip, dragged, grip_at, handles
from casefile.ui.reader.layout import Arrangement
from casefile.ui.reader.reading_desk import ReadingDesk
from casefile.ui.session import CaseSession
from tests.ui.reader.conftest import drag, point, wait_for_text
from tests.ui.reader.test_journeys import select_sentence
from tests.ui.reader.test_marks import mark

Open = Callable[[str], ReadingDesk]
_CONTROL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
BOX = Box(100, 300, 220, 360)


def framed(
    qtbot: QtBot, desk: ReadingDesk, case: Case, kind: AnnotationKind = AnnotationKind.BOX
) -> Annotation:
    """A mark on page 1 that is selected, the keyboard on the page."""
    part = MarkPart(1, (BOX.quad(),))
    annotating.add_many(case, desk.document.id, kind, [part])
    desk.reload_marks()
    qtbot.waitUntil(lambda: desk.document.marks.all != [], timeout=10_000)
    made = desk.document.marks.all[0]
    desk.view.select_mark(made)
    QApplication.processEvents()
    desk.view.setFocus()
    return made


def kept(case: Case, desk: ReadingDesk) -> Annotation:
    (only,) = annotating.listing(case, desk.document.id)
    return only


def test_a_corner_is_dragged_and_undone_in_one_step(
    qtbot: QtBot, opened: Open, case: Case, session: CaseSession
) -> None:
    desk = opened("letter")
    framed(qtbot, desk, case)
    before = session.undo_stack.count()
    with qtbot.waitSignal(desk.document.marks_changed, timeout=10_000):
        drag(qtbot, desk.view, point(desk.view, 1, 220, 360), point(desk.view, 1, 300, 420))
    box = kept(case, desk).quads[0].box
    assert (box.x0, box.y0) == (100, 300)
    assert (box.x1, box.y1) == pytest.approx((300, 420), abs=2)
    assert desk.view.stand_in is None
    assert session.undo_stack.count() == before + 1
    with qtbot.waitSignal(desk.document.marks_changed, timeout=10_000):
        session.undo_stack.undo()
    assert kept(case, desk).quads == (BOX.quad(),)


def test_a_frame_is_moved_by_its_edge_and_words_in_it_stay_selectable(
    qtbot: QtBot, opened: Open, case: Case
) -> None:
    desk = opened("letter")
    framed(qtbot, desk, case, AnnotationKind.REGION)
    with qtbot.waitSignal(desk.document.marks_changed, timeout=10_000):
        drag(qtbot, desk.view, point(desk.view, 1, 130, 300), point(desk.view, 1, 180, 340))
    box = kept(case, desk).quads[0].box
    assert (box.x0, box.y0) == pytest.approx((150, 340), abs=2)
    assert (box.width, box.height) == pytest.approx((120, 60), abs=0.01)
    view = desk.view
    assert desk.pointer.adjusting is not None
    assert desk.pointer.adjusting.grip_at(view.spot_at(point(view, 1, 210, 370))) is None


@pytest.mark.parametrize("turn", [0, 90])
def test_keys_move_and_size_a_frame_and_make_one_edit_when_let_go(
    qtbot: QtBot, opened: Open, case: Case, session: CaseSession, turn: int
) -> None:
    desk = opened("letter")
    framed(qtbot, desk, case)
    desk.view.arrange(Arrangement(turn=turn))
    before = session.undo_stack.count()
    qtbot.keyPress(desk.view, Qt.Key.Key_Right, _CONTROL)
    qtbot.keyPress(desk.view, Qt.Key.Key_Right, _CONTROL)
    assert desk.view.stand_in is not None
    assert kept(case, desk).quads == (BOX.quad(),), "nothing is kept while Ctrl is held"
    with qtbot.waitSignal(desk.document.marks_changed, timeout=10_000):
        qtbot.keyRelease(desk.view, Qt.Key.Key_Control)
    box = kept(case, desk).quads[0].box
    moved = (box.x0 - 100, box.y0 - 300)
    assert moved == pytest.approx((8, 0) if turn == 0 else (0, -8), abs=0.5)
    assert session.undo_stack.count() == before + 1
    with qtbot.waitSignal(desk.document.marks_changed, timeout=10_000):
        qtbot.keyPress(desk.view, Qt.Key.Key_Down, _CONTROL | _SHIFT)
        qtbot.keyRelease(desk.view, Qt.Key.Key_Control)
    assert bounds(kept(case, desk).quads) != box


def test_an_end_of_a_highlight_is_dragged_along_the_words(
    qtbot: QtBot, opened: Open, case: Case
) -> None:
    desk = opened("letter")
    select_sentence(qtbot, desk)
    with qtbot.waitSignal(desk.document.marks_changed, timeout=10_000):
        qtbot.keyClick(desk.view, Qt.Key.Key_3)
    made = desk.document.marks.all[0]
    desk.view.select_mark(made)
    QApplication.processEvents()
    wait_for_text(qtbot, desk, 1)
    last = made.quads[-1].box
    text = desk.document.text(1)
    assert text is not None
    waiver = text.lines[2].text.index("waiver")
    to = text.lines[2].quads[waiver].box.x1 + 30
    end = point(desk.view, 1, last.x1, (last.y0 + last.y1) / 2)
    with qtbot.waitSignal(desk.document.marks_changed, timeout=10_000):
        drag(qtbot, desk.view, end, QPoint(point(desk.view, 1, to, 144).x(), end.y()), steps=8)
    shorter = kept(case, desk)
    assert shorter.id == made.id
    assert made.text.startswith(shorter.text)
    assert shorter.text.endswith(("waiver", "waive", "waiver "))
    assert shorter.suffix.strip().startswith(("of the cooling", "r of the"))


def test_keys_lead_the_ends_of_a_highlight_by_letters(
    qtbot: QtBot, opened: Open, case: Case
) -> None:
    desk = opened("letter")
    select_sentence(qtbot, desk)
    with qtbot.waitSignal(desk.document.marks_changed, timeout=10_000):
        qtbot.keyClick(desk.view, Qt.Key.Key_3)
    whole = kept(case, desk).text
    desk.view.select_mark(desk.document.marks.all[0])
    desk.view.setFocus()
    with qtbot.waitSignal(desk.document.marks_changed, timeout=10_000):
        for _ in range(12):
            qtbot.keyPress(desk.view, Qt.Key.Key_Left, _CONTROL)
        for _ in range(3):
            qtbot.keyPress(desk.view, Qt.Key.Key_Right, _CONTROL | _SHIFT)
        qtbot.keyRelease(desk.view, Qt.Key.Key_Control)
    assert kept(case, desk).text == whole[3:-12].strip()


def test_a_note_is_moved_from_anywhere_on_it(qtbot: QtBot, opened: Open, case: Case) -> None:
    desk = opened("letter")
    desk.verbs.note_at(desk.view.spot_at(point(desk.view, 1, 300, 400)))
    qtbot.waitUntil(lambda: desk.document.marks.all != [], timeout=10_000)
    desk.view.select_mark(desk.document.marks.all[0])
    QApplication.processEvents()
    middle = desk.document.marks.all[0].quads[0].box
    start = point(desk.view, 1, (middle.x0 + middle.x1) / 2, (middle.y0 + middle.y1) / 2)
    with qtbot.waitSignal(desk.document.marks_changed, timeout=10_000):
        drag(qtbot, desk.view, start, start + QPoint(60, 0))
    assert kept(case, desk).quads[0].box.x0 > middle.x0 + 20


def test_each_click_reaches_the_next_of_the_marks_that_lie_on_each_other(
    qtbot: QtBot, opened: Open, case: Case
) -> None:
    desk = opened("letter")
    for box in (BOX, Box(90, 290, 260, 400), Box(120, 320, 180, 340)):
        annotating.add_many(
            case, desk.document.id, AnnotationKind.BOX, [MarkPart(1, (box.quad(),))]
        )
    desk.reload_marks()
    qtbot.waitUntil(lambda: len(desk.document.marks.all) == 3, timeout=10_000)
    desk.view.select_mark(desk.document.marks.all[0])  # the inspector is open, nothing moves on
    QApplication.processEvents()
    desk.view.select_mark(None)
    desk.inspector.open(desk.inspector.mark, "")
    reached = []
    for _ in range(4):
        where = point(desk.view, 1, 150, 330)
        qtbot.mouseClick(desk.view.viewport(), Qt.MouseButton.LeftButton, pos=where)
        chosen = desk.verbs.chosen
        assert chosen is not None
        reached.append(chosen.quads[0].box.width)
    assert reached == [60, 120, 170, 60]


def test_handles_are_where_a_mark_can_be_taken_hold_of() -> None:
    box = mark("a", 1, BOX, AnnotationKind.BOX)
    assert len(handles(box)) == 8
    assert grip_at(box, 222, 362, 5) is Grip.BOTTOM_RIGHT
    assert grip_at(box, 130, 303, 5) is Grip.WHOLE
    assert grip_at(box, 160, 330, 5) in (None, Grip.WHOLE)
    assert grip_at(box, 160, 345, 2) is None
    words = mark("b", 1, BOX)
    assert [handle.grip for handle in handles(words)] == [Grip.START, Grip.END]
    nowhere = replace(mark("c", 1, BOX, AnnotationKind.BOOKMARK), quads=())
    assert handles(nowhere) == []
    assert grip_at(nowhere, 0, 0, 5) is None


def test_no_frame_leaves_its_page_or_turns_inside_out() -> None:
    box = mark("a", 1, BOX, AnnotationKind.BOX)
    page = (612.0, 792.0)
    assert dragged(box, Grip.WHOLE, 900, -900, page)[0].box == Box(492, 0, 612, 60)
    assert dragged(box, Grip.LEFT, 500, 0, page)[0].box == Box(216, 300, 220, 360)
    assert dragged(box, Grip.BOTTOM_RIGHT, 900, 900, page)[0].box == Box(100, 300, 612, 792)
