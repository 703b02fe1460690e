"""Dragging words out of a page: with their citation, noted, and never instead of a click."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMimeData, QPoint, Qt
from pytestqt.qtbot import QtBot

from casefile.services.case import Case
from casefile.services.leaving import log
from casefile.ui.reader.reading_desk import ReadingDesk
from tests.ui.reader.conftest import SENTENCE, drag, point
from tests.ui.reader.test_journeys import select_sentence

Open = Callable[[str], ReadingDesk]
LEFT = Qt.MouseButton.LeftButton


def test_selected_words_are_carried_with_their_citation(
    qtbot: QtBot, opened: Open, case: Case
) -> None:
    desk = opened("letter")
    carried: list[QMimeData] = []
    desk.carrying.begin = carried.append
    select_sentence(qtbot, desk)
    before = desk.view.selection.ends
    on_it = point(desk.view, 1, 120, 126)
    drag(qtbot, desk.view, on_it, on_it + QPoint(40, 120))
    qtbot.waitUntil(lambda: len(carried) == 1, timeout=10_000)
    assert carried[0].text() == f"“{SENTENCE}” (letter.pdf, p. i (1 of 40))"
    assert carried[0].formats() == ["text/plain"], "words, never a document"
    assert desk.view.selection.ends == before
    assert len(log.history(case, "words")) == 1


def test_a_click_on_the_selection_is_a_click_and_a_drag_elsewhere_selects(
    qtbot: QtBot, opened: Open, case: Case
) -> None:
    desk = opened("letter")
    carried: list[QMimeData] = []
    desk.carrying.begin = carried.append
    select_sentence(qtbot, desk)
    place = point(desk.view, 1, 120, 126)
    qtbot.mouseClick(desk.view.viewport(), LEFT, pos=place)
    assert desk.view.selection.ends is None
    drag(qtbot, desk.view, point(desk.view, 1, 60, 126), point(desk.view, 1, 560, 126))
    assert desk.view.selection.ends is not None
    shift = Qt.KeyboardModifier.ShiftModifier
    qtbot.mouseClick(desk.view.viewport(), LEFT, shift, point(desk.view, 1, 200, 126))
    qtbot.mouseDClick(desk.view.viewport(), LEFT, pos=place)
    assert carried == []
    assert log.history(case, "words") == []
