"""Find at the desk: options, what is no pattern, the way back, places worked out page by page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from casefile.ui.reader.page_colours import DAY
from casefile.ui.reader.reading_desk import ReadingDesk
from tests.ui.reader.conftest import SENTENCE

Open = Callable[[str], ReadingDesk]


def type_in(qtbot: QtBot, desk: ReadingDesk, words: str) -> None:
    desk.look_for()
    field = desk.bar.finding.field
    qtbot.keyClicks(field, words)
    qtbot.waitUntil(lambda: desk.finder.complete and not desk.finder.is_pending, timeout=10_000)


def choose(desk: ReadingDesk, name: str, on: bool) -> None:
    desk.bar.finding.how.actions_[name].setChecked(on)


def test_options_change_what_is_found_at_once(qtbot: QtBot, opened: Open) -> None:
    desk = opened("letter")
    type_in(qtbot, desk, "WAIVE")
    assert desk.finder.count == 40
    counts = []
    for name in ("words", "case"):
        choose(desk, name, True)
        qtbot.waitUntil(lambda: desk.finder.complete and not desk.finder.is_pending)
        counts.append(desk.finder.count)
        choose(desk, name, False)
    assert counts == [0, 0]
    choose(desk, "pattern", True)
    assert "regular expression" in desk.bar.finding.how.accessibleName()
    type_in(qtbot, desk, r"approved a w\w+")
    assert desk.finder.count == 40
    hit = desk.finder.on(1)[0]
    assert hit.match == "approved a waiver", "the line ends in between"
    assert SENTENCE in f"{hit.before}{hit.match}{hit.after}"


def test_options_have_keys_while_the_field_is_typed_in(qtbot: QtBot, opened: Open) -> None:
    desk = opened("letter")
    type_in(qtbot, desk, "WAIVER")
    field, alt = desk.bar.finding.field, Qt.KeyboardModifier.AltModifier
    qtbot.keyClick(field, Qt.Key.Key_C, alt)
    qtbot.waitUntil(lambda: desk.finder.complete and not desk.finder.is_pending)
    assert desk.finder.options.case
    assert desk.finder.count == 0
    assert field.text() == "WAIVER"
    qtbot.keyClick(field, Qt.Key.Key_C, alt)
    assert not desk.bar.finding.options.case


def test_what_is_no_pattern_yet_is_said_beside_the_field(qtbot: QtBot, opened: Open) -> None:
    desk = opened("letter")
    choose(desk, "pattern", True)
    type_in(qtbot, desk, "(waiver")
    assert "not a regular expression: missing )" in desk.bar.finding.count.text()
    type_in(qtbot, desk, "(waiver)")
    assert desk.finder.count == 40


def test_typing_leads_back_to_where_the_search_began(qtbot: QtBot, opened: Open) -> None:
    desk = opened("letter")
    desk.view.go_to_page(7)
    desk.view.scroll_by(lines=3)
    began = desk.view.place()
    type_in(qtbot, desk, "Page 31")
    qtbot.waitUntil(lambda: desk.view.page == 31)
    assert desk.back()
    assert desk.view.place() == began


def test_a_hit_is_outlined_once_its_page_has_been_read(qtbot: QtBot, opened: Open) -> None:
    desk = opened("letter")
    type_in(qtbot, desk, "Page 31")
    qtbot.waitUntil(lambda: bool(desk.view.current_hit and desk.view.current_hit[1]))
    (occurrence,) = desk.finder.quads()[31]
    box = occurrence[0].box
    corner = desk.view.page_rect(31).topLeft()
    scale = 1 / desk.view.points_per_unit
    at = (corner + type(corner)(box.x0 * scale - 2, (box.y0 + box.y1) / 2 * scale)).toPoint()
    picture = desk.view.viewport().grab().toImage()
    seen = {picture.pixelColor(at.x() + dx, at.y()).name() for dx in range(-2, 3)}
    assert DAY.hit.name() in seen
    qtbot.keyClick(desk.bar.finding.field, Qt.Key.Key_Escape)
    assert desk.view.selection.ends is not None
