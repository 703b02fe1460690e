"""A confidential source's real name is nowhere on the screen, nor in what a screen reader says."""

from __future__ import annotations

import pytest

from casefile.services import quoting, sources
from casefile.ui.lists.sources import SourcesScreen
from tests.journeys.driving import Reporter
from tests.journeys.test_a_days_work import case_of
from tests.telling import everything_shown

pytestmark = pytest.mark.journey

REAL_NAME = "Philomena Dunkelwaldt"


def assert_hidden(where: str) -> None:
    shown = everything_shown()
    for part in REAL_NAME.split():
        assert part.casefold() not in shown.casefold(), f"the real name shows in {where}"


def test_the_real_name_is_nowhere_until_it_is_asked_for(at_desk: Reporter) -> None:
    at_desk.press("Ctrl+4")
    screen = at_desk.screen(SourcesScreen)
    at_desk.idle()
    at_desk.press("Ctrl+N")
    at_desk.until(screen.form.isVisible, "the form for a new source")
    at_desk.idle()
    screen.form.confidential.setFocus()
    at_desk.press("Space")
    screen.form.code_name.selectAll()
    screen.form.code_name.setFocus()
    at_desk.type("HERON")
    screen.form.name.setFocus()
    at_desk.type(REAL_NAME)
    at_desk.shoot("new-source")
    at_desk.press("Return")
    at_desk.idle()
    case = case_of(at_desk)
    (source,) = sources.listing(case)
    assert source.name == REAL_NAME
    at_desk.until(lambda: screen.record.source_id == source.id, "the source's record")
    at_desk.idle()
    at_desk.shoot("source-record")
    assert_hidden("the record just added")
    quoting.add_from_conversation(case, "nobody wrote it down", source_id=source.id)
    for number, place in enumerate(("today", "documents", "quotes", "sources", "followups"), 1):
        at_desk.press(f"Ctrl+{number}")
        at_desk.idle()
        assert_hidden(place)
    at_desk.press("Ctrl+3")
    at_desk.idle()
    at_desk.shoot("quotes")
    at_desk.press("Ctrl+Shift+F")
    at_desk.type("Dunkelwaldt")
    at_desk.idle()
    at_desk.press("Ctrl+A", "Del")
    at_desk.idle()
    assert_hidden("search, once the name is no longer typed there")
    at_desk.press("Ctrl+4")
    at_desk.idle()
    at_desk.until(lambda: screen.record.source_id == source.id, "the source's record")
    reveal = screen.record.reveal
    reveal.setDown(True)
    reveal.pressed.emit()
    assert REAL_NAME in everything_shown()
    reveal.setDown(False)
    reveal.released.emit()
    assert_hidden("the record, once it is let go")
