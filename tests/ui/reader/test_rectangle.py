"""Selecting by rectangle and by paragraph: columns of tables, turned and right-to-left text; and
copying what is selected."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from casefile.domain.geometry import Box
from casefile.services.case import Case
from casefile.services.reading import PageText, TextLine
from casefile.store import custody
from casefile.ui.reader.reading_desk import ReadingDesk
from casefile.ui.reader.rectangle import ends_in, passage_in
from casefile.ui.reader.selection import Caret, TextMap
from tests.ui.reader.conftest import LINES, SENTENCE, point, wait_for_text
from tests.ui.reader.pretending import line, turned

Open = Callable[[str], ReadingDesk]
ALT = Qt.KeyboardModifier.AltModifier


def page(*lines: TextLine) -> TextMap:
    return TextMap(1, PageText(lines))


def table() -> TextMap:
    """Three rows of three cells; the file has them column by column."""
    cells = [
        line(f"{name}{row}", 50 + 100 * column, 100 + 20 * row, block=column)
        for column, name in enumerate(("name", "sum", "note"))
        for row in range(3)
    ]
    return page(*cells)


def text_in(text: TextMap, *box: float) -> str:
    passage = passage_in(text, Box(*box))
    return passage.text if passage is not None else ""


def test_a_column_of_a_table_keeps_its_rows() -> None:
    assert text_in(table(), 140, 90, 200, 200) == "sum0\nsum1\nsum2"


def test_neighbouring_columns_are_read_row_by_row() -> None:
    assert text_in(table(), 140, 90, 300, 135) == "sum0 note0\nsum1 note1"
    passage = passage_in(table(), Box(140, 90, 300, 135))
    assert passage is not None
    assert len(passage.quads) == 4


def test_characters_count_by_their_middle_and_blanks_at_the_edge_do_not() -> None:
    text = page(line("one two three", 100, 100, width=10))
    assert text_in(text, 134, 90, 176, 120) == "two"
    assert text_in(text, 134, 90, 171, 120) == "two"
    passage = passage_in(text, Box(134, 90, 171, 120))
    assert passage is not None
    assert (passage.prefix.strip(), passage.suffix.strip()) == ("one", "three")


def test_nothing_in_the_rectangle_is_nothing() -> None:
    assert passage_in(table(), Box(0, 0, 10, 10)) is None
    assert ends_in(table(), Box(0, 0, 10, 10)) is None
    assert passage_in(page(), Box(0, 0, 900, 900)) is None


def test_the_ends_are_those_in_reading_order() -> None:
    assert ends_in(table(), Box(140, 90, 300, 135)) == (Caret(1, 3, 0), Caret(1, 7, 5))


def test_turned_tables_are_read_as_they_are_seen_upright() -> None:
    upright = table()
    text = page(*(turned(each, 800) for each in upright.lines))
    assert text_in(text, 90, 500, 200, 660) == "sum0 note0\nsum1 note1\nsum2 note2"


def test_cells_from_right_to_left_come_in_that_order() -> None:
    def mirrored(text: str, x: float) -> TextLine:
        made = line(text, x, 100)
        return TextLine(text, tuple(reversed(made.quads)), 0)

    text = page(mirrored("ראשון", 300), mirrored("שני", 100))
    assert text_in(text, 0, 0, 600, 600) == "ראשון שני"


def chosen(qtbot: QtBot, desk: ReadingDesk) -> str:
    got: list[str] = []
    desk.view.selection.with_passages(
        lambda passages: got.append("|".join(p.text for p in passages)), lambda _error: None
    )
    qtbot.waitUntil(lambda: bool(got))
    return got[0]


def alt_drag(desk: ReadingDesk, start: QPoint, end: QPoint) -> None:
    port, left = desk.view.viewport(), Qt.MouseButton.LeftButton
    QTest.mousePress(port, left, ALT, start)
    for step in (1, 2, 3):
        QTest.mouseMove(port, start + (end - start) * step / 3)
    QTest.mouseRelease(port, left, ALT, end)


def test_alt_and_a_drag_select_a_rectangle(qtbot: QtBot, opened: Open) -> None:
    desk = opened("letter")
    wait_for_text(qtbot, desk, 1)
    alt_drag(desk, point(desk.view, 1, 60, 118), point(desk.view, 1, 140, 155))
    first, second = chosen(qtbot, desk).split("\n")
    assert LINES[0].startswith(first)
    assert LINES[1].startswith(second)
    assert len(desk.view.selection.quads(1)) == 2
    assert desk.view.rubber is None
    with qtbot.waitSignal(desk.document.marks_changed, timeout=10_000):
        qtbot.keyClick(desk.view, Qt.Key.Key_1)
    (mark,) = desk.document.marks.all
    assert mark.text == f"{first}\n{second}"


def test_a_fourth_click_takes_the_paragraph(qtbot: QtBot, opened: Open) -> None:
    desk = opened("letter")
    wait_for_text(qtbot, desk, 1)
    port, left = desk.view.viewport(), Qt.MouseButton.LeftButton
    at = point(desk.view, 1, 100, 126)
    qtbot.mouseClick(port, left, pos=at)
    qtbot.mouseDClick(port, left, pos=at)
    assert len(chosen(qtbot, desk).split()) == 1
    qtbot.mouseClick(port, left, pos=at)
    assert chosen(qtbot, desk) == LINES[0]
    # What Qt makes of the fourth press of a quick series.
    kind, none = QEvent.Type.MouseButtonDblClick, Qt.KeyboardModifier.NoModifier
    fourth = QMouseEvent(kind, QPointF(at), port.mapToGlobal(QPointF(at)), left, left, none)
    fourth.setTimestamp(desk.pointer._more_until - 1)
    QApplication.sendEvent(port, fourth)
    assert SENTENCE in chosen(qtbot, desk)


@pytest.mark.parametrize(
    ("modifiers", "starts"),
    [(Qt.KeyboardModifier.ControlModifier, "“"),
     (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier, "On March")],
)  # fmt: skip
def test_words_are_copied_with_their_citation_or_without(
    qtbot: QtBot, opened: Open, case: Case, modifiers: Qt.KeyboardModifier, starts: str
) -> None:
    desk = opened("letter")
    wait_for_text(qtbot, desk, 1)
    text = desk.document.text(1)
    assert text is not None
    desk.view.selection.start((Caret(1, 1, 0), Caret(1, 1, len(LINES[0]))))
    QGuiApplication.clipboard().clear()
    qtbot.keyClick(desk.view, Qt.Key.Key_C, modifiers)
    qtbot.waitUntil(lambda: bool(QGuiApplication.clipboard().text()), timeout=10_000)
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith(starts)
    assert ("letter" in copied) == (starts == "“")
    assert custody.listing(case.reader(), limit=1)[0].detail["detail"] == "page 1"
