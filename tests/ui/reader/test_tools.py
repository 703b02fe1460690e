"""Tools on the page: boxes by mouse and by keyboard, drawing, redaction marks, bookmarks."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from casefile.domain.annotations import Annotation, AnnotationKind
from casefile.domain.geometry import Box, bounds
from casefile.services import annotating
from casefile.services.case import Case
from casefile.ui.reader.layout import Arrangement, Spot
from casefile.ui.reader.reading_desk import ReadingDesk
from casefile.ui.reader.tools import Tool
from casefile.ui.session import CaseSession
from tests.ui.reader.conftest import LINES, drag, point, wait_for_text
from tests.ui.reader.test_journeys import select_sentence

Open = Callable[[str], ReadingDesk]
_CONTROL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def only_mark(case: Case, desk: ReadingDesk) -> Annotation:
    (made,) = annotating.listing(case, desk.document.id)
    return made


def standing(desk: ReadingDesk) -> Box:
    box = desk.tooling.crosshair.box
    assert box is not None
    return box[1]


def test_a_box_stands_around_the_paragraph_and_is_placed_by_keyboard(
    qtbot: QtBot, opened: Open, case: Case
) -> None:
    desk = opened("letter")
    wait_for_text(qtbot, desk, 1)
    desk.view.set_hits({}, None)
    qtbot.keyClick(desk.view, Qt.Key.Key_B, _SHIFT)
    first = standing(desk)
    page, down = desk.view.page, Qt.Key.Key_Down
    qtbot.keyClick(desk.view, down)
    assert standing(desk).y0 == pytest.approx(first.y0 + 24, abs=1)
    assert standing(desk).height == pytest.approx(first.height, abs=1)
    qtbot.keyClick(desk.view, Qt.Key.Key_Right, _SHIFT)
    assert standing(desk).width == pytest.approx(first.width + 24, abs=1.5)
    assert standing(desk).x0 == pytest.approx(first.x0, abs=1)
    qtbot.keyClick(desk.view, Qt.Key.Key_Right, _SHIFT | _CONTROL)
    qtbot.keyClick(desk.view, Qt.Key.Key_Left, _CONTROL)
    assert standing(desk).width == pytest.approx(first.width + 26, abs=2)
    assert standing(desk).x0 == pytest.approx(first.x0 - 2, abs=2)
    wanted = standing(desk)
    with qtbot.waitSignal(desk.document.marks_changed, timeout=10_000):
        qtbot.keyClick(desk.view, Qt.Key.Key_Return)
    made = only_mark(case, desk)
    assert (made.kind, made.page) == (AnnotationKind.BOX, page)
    assert made.quads[0].numbers() == pytest.approx(wanted.quad().numbers(), abs=0.01)
    assert desk.pointer.tool is Tool.TEXT


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_keys_move_the_box_as_it_is_seen_and_never_off_its_page(
    qtbot: QtBot, opened: Open, turn: int
) -> None:
    desk = opened("letter")
    desk.view.set_fit("page")
    desk.view.arrange(Arrangement(turn=turn))
    qtbot.keyClick(desk.view, Qt.Key.Key_R)
    assert desk.view.rubber is not None
    before = desk.view.position_of(_corner(desk)).x()
    qtbot.keyClick(desk.view, Qt.Key.Key_Right)
    assert desk.view.position_of(_corner(desk)).x() > before, "to the right on the screen"
    size = standing(desk).width, standing(desk).height
    for _ in range(60):
        qtbot.keyClick(desk.view, Qt.Key.Key_Right)
        qtbot.keyClick(desk.view, Qt.Key.Key_Down)
    box, (width, height) = standing(desk), desk.document.size(desk.view.page)
    assert (box.width, box.height) == pytest.approx(size, abs=2)
    assert box.x0 >= 0
    assert box.y0 >= 0
    assert box.x1 <= width
    assert box.y1 <= height
    qtbot.keyClick(desk.view, Qt.Key.Key_Escape)
    assert desk.view.rubber is None
    assert desk.pointer.tool is Tool.TEXT


def _corner(desk: ReadingDesk) -> Spot:
    box = standing(desk)
    return Spot(desk.view.page, box.x0, box.y0)


def test_a_drag_takes_the_box_over_and_captures_the_words_in_it(
    qtbot: QtBot, opened: Open, case: Case, session: CaseSession
) -> None:
    desk = opened("letter")
    wait_for_text(qtbot, desk, 1)
    qtbot.keyClick(desk.view, Qt.Key.Key_R, _SHIFT)
    assert desk.pointer.tool is Tool.REDACTION
    with qtbot.waitSignal(session.toast, timeout=10_000) as told:
        drag(qtbot, desk.view, point(desk.view, 1, 66, 115), point(desk.view, 1, 500, 152))
    assert "what you export" in told.args[0]
    made = only_mark(case, desk)
    assert made.kind is AnnotationKind.REDACTION
    assert made.text == " ".join(LINES)
    assert desk.view.rubber is None


def test_selected_words_are_marked_for_redaction_with_one_key(
    qtbot: QtBot, opened: Open, case: Case, session: CaseSession
) -> None:
    desk = opened("letter")
    select_sentence(qtbot, desk)
    with qtbot.waitSignal(session.toast, timeout=10_000):
        qtbot.keyClick(desk.view, Qt.Key.Key_R, _SHIFT)
    made = only_mark(case, desk)
    assert (made.kind, len(made.quads)) == (AnnotationKind.REDACTION, 2)
    assert desk.inspector.form is None


def test_strokes_make_one_drawing_and_each_can_be_undone(
    qtbot: QtBot, opened: Open, case: Case, session: CaseSession
) -> None:
    desk = opened("letter")
    qtbot.keyClick(desk.view, Qt.Key.Key_6)
    qtbot.keyClick(desk.view, Qt.Key.Key_I)
    for y in (300, 320):
        with qtbot.waitSignal(desk.document.marks_changed, timeout=10_000):
            drag(
                qtbot, desk.view, point(desk.view, 1, 100, y), point(desk.view, 1, 200, y), steps=9
            )
    made = only_mark(case, desk)
    assert (made.kind, made.colour, len(made.strokes)) == (AnnotationKind.INK, "green", 2)
    assert bounds(made.quads).x0 == pytest.approx(100, abs=2)
    assert made.strokes[1][-1] == pytest.approx((200, 320), abs=2)
    assert desk.view.strokes == (), "what is kept is drawn as a mark"
    with qtbot.waitSignal(desk.document.marks_changed, timeout=10_000):
        session.undo_stack.undo()
    assert len(only_mark(case, desk).strokes) == 1
    qtbot.keyClick(desk.view, Qt.Key.Key_Escape)
    assert desk.pointer.tool is Tool.TEXT
    qtbot.keyClick(desk.view, Qt.Key.Key_I)
    with qtbot.waitSignal(desk.document.marks_changed, timeout=10_000):
        drag(qtbot, desk.view, point(desk.view, 1, 100, 340), point(desk.view, 1, 200, 340))
    assert len(annotating.listing(case, desk.document.id)) == 2, "laid down: another drawing"
    qtbot.keyClick(desk.view, Qt.Key.Key_Return)
    assert desk.pointer.tool is Tool.TEXT, "Enter ends a drawing as well"


def test_a_stroke_after_its_drawing_was_undone_begins_another(
    qtbot: QtBot, opened: Open, case: Case, session: CaseSession
) -> None:
    desk = opened("letter")
    qtbot.keyClick(desk.view, Qt.Key.Key_I)
    start, end = point(desk.view, 1, 100, 300), point(desk.view, 1, 200, 300)
    with qtbot.waitSignal(desk.document.marks_changed, timeout=10_000):
        drag(qtbot, desk.view, start, end)
    with qtbot.waitSignal(desk.document.marks_changed, timeout=10_000):
        session.undo_stack.undo()
    with qtbot.waitSignal(desk.document.marks_changed, timeout=10_000):
        drag(qtbot, desk.view, start + QPoint(0, 30), end + QPoint(0, 30))
    assert len(only_mark(case, desk).strokes) == 1


def test_a_page_is_bookmarked_and_unmarked_with_one_key(
    qtbot: QtBot, opened: Open, case: Case
) -> None:
    desk = opened("letter")
    desk.view.go_to_page(3)
    with qtbot.waitSignal(desk.document.marks_changed, timeout=10_000):
        qtbot.keyClick(desk.view, Qt.Key.Key_B)
    made = only_mark(case, desk)
    assert (made.kind, made.page, made.quads) == (AnnotationKind.BOOKMARK, 3, ())
    outline = desk.side.outline
    listed = outline.model.index(0, 0, outline.model.index(0, 0))
    assert listed.data() == "p. iii"
    desk.view.go_to_page(1)
    outline.tree.clicked.emit(listed)
    assert desk.view.page == 3
    with qtbot.waitSignal(desk.document.marks_changed, timeout=10_000):
        qtbot.keyClick(desk.view, Qt.Key.Key_B)
    assert annotating.listing(case, desk.document.id) == []


def test_the_tool_in_hand_says_what_it_wants(qtbot: QtBot, opened: Open) -> None:
    desk = opened("letter")
    qtbot.keyClick(desk.view, Qt.Key.Key_I)
    hint = desk.tooling._hint
    assert hint.isVisible()
    assert "Draw" in hint.text()
    assert desk.view.rect().contains(hint.geometry())
    qtbot.keyClick(desk.view, Qt.Key.Key_I)
    assert not hint.isVisible(), "the same key lays it down"
    assert QApplication.focusWidget() is desk.view
