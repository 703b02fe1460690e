"""Search everywhere: hits as they are typed, in groups, opened at their place."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QAccessible, QImage
from pytestqt.qtbot import QtBot

from casefile.domain.letters import LetterKind
from casefile.domain.requests import EventKind
from casefile.services import followups, letters, quoting, request_events, requests, sources
from casefile.services.case import Case
from casefile.services.searching import SearchHit
from casefile.ui.models import hits as model
from casefile.ui.models.hits import GroupRow
from casefile.ui.search.everywhere import SearchScreen, as_typed
from casefile.ui.session import CaseSession
from tests.ui.lists.conftest import Said, show


@pytest.fixture
def screen(
    qtbot: QtBot, session: CaseSession, case: Case, documents: dict[str, str]
) -> SearchScreen:
    sources.add(case, name="Jane Roe", code_name="HERON", confidential=True)
    quoting.add_from_conversation(case, "the waiver was a favour")
    followups.add(case, "find the waiver file")
    made = SearchScreen(session)
    show(qtbot, made)
    made.focus_filter()
    return made


def groups(screen: SearchScreen) -> list[str]:
    rows = [screen._model.item(screen._model.index(n, 0)) for n in range(screen._model.rowCount())]
    return [row.name for row in rows if isinstance(row, GroupRow)]


def test_hits_come_as_they_are_typed(
    qtbot: QtBot, screen: SearchScreen, documents: dict[str, str], said: Said
) -> None:
    qtbot.keyClicks(screen.field, "waiver")
    qtbot.waitUntil(lambda: screen.hits.query == "waiver")
    assert groups(screen) == ["Pages", "Documents", "Quotes", "Follow-ups"]
    assert screen._told.text().startswith(screen.hits.total_words)
    qtbot.keyClick(screen.field, Qt.Key.Key_Down)
    assert screen.view.hasFocus()
    qtbot.keyClick(screen.view, Qt.Key.Key_Return)
    document, page, find, _quads = said.documents[0]
    assert document in documents.values()
    assert (page, find) == (1, "waiver")


def test_tab_goes_from_group_to_group(qtbot: QtBot, screen: SearchScreen, said: Said) -> None:
    screen.search("waiver")
    qtbot.waitUntil(lambda: screen.hits.query == "waiver")
    screen.focus_list()
    for _ in range(2):
        qtbot.keyClick(screen.view, Qt.Key.Key_Tab)
    assert screen.view.hasFocus()
    assert screen.view.current().startswith("quote ")
    qtbot.keyClick(screen.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert said.records[0][0] == "quote"
    assert screen.view.hasFocus()
    qtbot.keyClick(screen.view, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert screen.view.current().startswith("document ")
    for _ in range(3):
        qtbot.keyClick(screen.view, Qt.Key.Key_Tab)
    assert not screen.view.hasFocus()


def test_nothing_found_says_so(qtbot: QtBot, screen: SearchScreen) -> None:
    screen.search("zzzz")
    qtbot.waitUntil(lambda: screen.body.currentWidget() is screen.nothing)
    screen.nothing.button.click()
    assert screen.body.currentWidget() is screen.hint
    assert screen.field.hasFocus()


def test_a_real_name_is_not_found(qtbot: QtBot, screen: SearchScreen) -> None:
    screen.search("Roe")
    qtbot.waitUntil(lambda: screen.hits.query == "Roe")
    assert screen.hits.total == 0
    screen.search("heron")
    qtbot.waitUntil(lambda: screen.hits.query == "heron")
    assert groups(screen) == ["Sources"]


def test_typing_on_shows_only_the_last(qtbot: QtBot, screen: SearchScreen) -> None:
    for text in ("w", "wa", "wai", "waiv", "waive", "waiver fav"):
        screen.field.setText(text)
    qtbot.waitUntil(lambda: screen.hits.query == "waiver fav")
    assert groups(screen) == ["Quotes"]


def test_an_edit_searches_again_and_stays(
    qtbot: QtBot, screen: SearchScreen, session: CaseSession, case: Case
) -> None:
    screen.search("waiver")
    qtbot.waitUntil(lambda: screen.hits.query == "waiver")
    screen.focus_list()
    qtbot.keyClick(screen.view, Qt.Key.Key_Down)
    before, total = screen.view.current(), screen.hits.total
    session.tasks.edit(lambda: followups.add(case, "another waiver"))
    qtbot.waitUntil(lambda: screen.hits.total == total + 1)
    assert screen.view.current() == before
    assert screen.view.hasFocus()


def test_hits_are_drawn_in_bold_and_spoken_plainly(qtbot: QtBot, screen: SearchScreen) -> None:
    screen.search("waiver")
    qtbot.waitUntil(lambda: screen.hits.query == "waiver")
    QAccessible.setActive(True)
    index = screen.view.first()
    said = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "page 1" in said
    assert "\x02" not in said
    assert isinstance(screen.grab().toImage(), QImage)


def a_hit(snippet: str, kind: str = "page", title: str = "Memo") -> SearchHit:
    return SearchHit(kind, "d1", "d1", title, 3, snippet, None)


def test_snippets_are_cut_into_pieces() -> None:
    snippet = "approved a \x02cooling\x03 \x02waiver\x03 without"
    assert model.segments(snippet) == [
        ("approved a ", False), ("cooling", True), (" ", False), ("waiver", True),
        (" without", False),
    ]  # fmt: skip
    assert model.found_words(snippet) == "cooling waiver"
    assert model.found_words("nothing") == ""
    assert model.plain(snippet) == "approved a cooling waiver without"


def test_totals_say_when_counting_stopped() -> None:
    many = model.Hits("the", (a_hit("the"),), 1000, False)
    thousand = QLocale().toString(1000)
    assert many.total_words == f"{thousand}+ hits"
    assert model.Hits("x", (), 1, True).total_words == "1 hit"
    node = model.as_groups(many)[0]
    assert isinstance(node.item, GroupRow)
    assert node.item.count == f"{thousand}+"


def test_where_a_hit_is() -> None:
    assert model.HitRow(a_hit("x")).where == "Memo, page 3"
    assert model.HitRow(a_hit("x", "annotation")).where == "Mark · Memo, page 3"
    assert model.HitRow(a_hit("x", "document")).where == "Document title"


def test_the_word_being_typed_may_go_on() -> None:
    assert as_typed("cooling wai") == "cooling wai*"
    assert as_typed("cooling waiver ") == "cooling waiver"
    assert as_typed('"cooling wai') == '"cooling wai'
    assert as_typed('"cooling waiver"') == '"cooling waiver"'
    assert as_typed("a") == "a"
    assert as_typed("wai*") == "wai*"
    assert as_typed("豁免") == "豁免"


def test_what_belongs_to_a_request_opens_it(
    qtbot: QtBot, screen: SearchScreen, case: Case, said: Said
) -> None:
    asked = requests.add(case, agency="EPA R9", subject="Ospreys").ids("request")[0]
    letters.keep(case, asked, LetterKind.REMINDER, "The osprey survey is late.")
    note = "They looked for the osprey file"
    request_events.log(case, asked, EventKind.NOTE, dated="2026-07-10", note=note)
    screen.search("osprey")
    qtbot.waitUntil(lambda: screen.hits.query == "osprey" and screen.hits.total == 3)
    assert groups(screen) == ["Requests"]
    for kind in ("letter", "request_event", "request"):
        screen._open(next(key for key in _keys(screen) if key.startswith(f"{kind} ")), apart=False)
    opened = [("letters", asked), ("request", asked), ("request", asked)]
    qtbot.waitUntil(lambda: sorted(said.records) == sorted(opened))


def _keys(screen: SearchScreen) -> list[str]:
    model_ = screen._model
    heads = [model_.index(n, 0) for n in range(model_.rowCount())]
    return [
        model_.key(model_.index(n, 0, head)) for head in heads for n in range(model_.rowCount(head))
    ]
