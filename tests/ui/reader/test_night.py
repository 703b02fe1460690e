"""The night page in the window: colours that can be told apart, one switch for all documents."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from casefile.domain.annotations import COLOURS
from casefile.ui import theme
from casefile.ui.reader.page_colours import DAY, NIGHT, PageColours
from casefile.ui.reader.reading_desk import ReadingDesk
from casefile.ui.settings.appearance import AppearancePart
from casefile.ui.theme import Look
from tests.ui.reader.conftest import point, wait_for_text
from tests.ui.shell.test_theme import contrast

Open = Callable[[str], ReadingDesk]


def mixed(colours: PageColours, fill: QColor) -> QColor:
    """A fill as it is seen on paper."""
    paper = colours.paper
    if colours is DAY:
        return fill
    pairs = zip(fill.getRgb()[:3], paper.getRgb()[:3], strict=True)
    return QColor(*(max(a, b) for a, b in pairs))


@pytest.mark.parametrize(("colours", "text", "hit"), [(DAY, 7.7, 6.95), (NIGHT, 6.3, 5.3)])
def test_text_and_hits_stand_out_on_every_highlight(
    colours: PageColours, text: float, hit: float
) -> None:
    for fill in (*colours.fills.values(), colours.selection):
        seen = mixed(colours, fill)
        assert contrast(colours.ink, seen) >= text
        assert contrast(colours.hit, seen) >= hit
    assert contrast(colours.ink, colours.paper) >= 7
    assert contrast(colours.hit, colours.paper) >= 7
    assert contrast(colours.signal, colours.paper) >= 4.5
    assert all(contrast(line, colours.paper) >= 4.5 for line in colours.lines.values())
    assert set(colours.fills) == set(colours.lines) == set(COLOURS)


def dot(desk: ReadingDesk, at: QPoint) -> QColor:
    return desk.view.viewport().grab().toImage().pixelColor(at)


def test_one_key_turns_all_documents_dark_and_back(qtbot: QtBot, opened: Open) -> None:
    first, second = opened("letter"), opened("long")
    wait_for_text(qtbot, second, 1)
    desk = second
    margin = point(desk.view, 1, 30, 300)
    assert dot(desk, margin) == DAY.paper
    rendered = desk.document.renders
    qtbot.keyClick(desk.view, Qt.Key.Key_N, Qt.KeyboardModifier.ShiftModifier)
    assert dot(desk, margin) == NIGHT.paper, "no white flash while the night page is drawn"
    qtbot.waitUntil(lambda: desk.document.renders > rendered)
    qtbot.waitUntil(lambda: not desk.document.thread_._under_way)
    assert abs(dot(desk, margin).red() - NIGHT.paper.red()) <= 4
    assert first.document.night
    assert first.actions_["night"].isChecked()
    desk.view.selection.select_page(1)
    desk.verbs.highlight("blue")
    qtbot.waitUntil(lambda: len(desk.document.marks.all) == 1)
    box = desk.document.marks.all[0].quads[0].box
    seen = dot(desk, point(desk.view, 1, box.x0 + 0.5, box.y0 + 1))
    wanted = mixed(NIGHT, NIGHT.fill("blue"))
    assert abs(seen.blue() - wanted.blue()) <= 4
    qtbot.keyClick(desk.view, Qt.Key.Key_N, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: dot(desk, margin) == DAY.paper)


def test_the_setting_and_the_key_are_one_choice(qtbot: QtBot, opened: Open) -> None:
    desk = opened("letter")
    part = AppearancePart(desk.session)
    qtbot.addWidget(part)
    part.night.click()
    assert desk.document.night
    desk.actions_["night"].trigger()
    assert not desk.document.night
    assert not part.night.isChecked()


def test_paper_stays_white_in_the_dark_theme_unless_asked(
    qtbot: QtBot, opened: Open, look: theme.Theme
) -> None:
    desk = opened("letter")
    look.choose(Look.DARK, 100)
    assert dot(desk, point(desk.view, 1, 30, 300)) == DAY.paper
