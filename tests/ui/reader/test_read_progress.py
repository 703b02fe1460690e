"""Pages dwelt on count as read; U corrects that; lists and other views hear of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from casefile.services import documents
from casefile.services.case import Case
from casefile.ui.reader import read_progress
from casefile.ui.reader.reading_desk import ReadingDesk
from casefile.ui.session import CaseSession

Open = Callable[[str], ReadingDesk]


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_progress, "DWELL", 60)


def drawn(qtbot: QtBot, desk: ReadingDesk) -> None:
    qtbot.waitUntil(lambda: desk.document.renders > 0, timeout=10_000)


def test_a_page_that_is_dwelt_on_counts_as_read(qtbot: QtBot, opened: Open, case: Case) -> None:
    desk = opened("letter")
    desk.view.set_fit("page")
    drawn(qtbot, desk)
    with qtbot.waitSignal(desk.session.changed, timeout=10_000) as told:
        desk.view.go_to_page(3)
    assert told.args[0].kinds == {"page_read"}
    qtbot.waitUntil(lambda: 3 in desk.progress.pages, timeout=10_000)
    assert 3 in documents.pages_read(case, desk.document.id)
    assert desk.session.undo_stack.count() == 0, "reading is no edit"
    model = desk.side.thumbnails.model()
    words = model.index(2, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert words.endswith("read")
    row = next(r for r in documents.listing(case) if r.document.id == desk.document.id)
    assert row.pages_read == len(desk.progress.pages)


def test_pages_that_are_scrolled_past_do_not_count(
    qtbot: QtBot, opened: Open, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read_progress, "DWELL", 400)
    desk = opened("letter")
    drawn(qtbot, desk)
    for page in range(1, 30):
        desk.view.go_to_page(page)
    desk.view.go_to_page(30)
    qtbot.waitUntil(lambda: bool(desk.progress.pages), timeout=10_000)
    assert min(desk.progress.pages) >= 29


def test_pages_too_small_to_be_read_do_not_count(qtbot: QtBot, opened: Open) -> None:
    desk = opened("letter")
    desk.view.set_zoom(0.25)
    drawn(qtbot, desk)
    assert desk.progress._looked_at() == set()
    desk.view.set_zoom(0.6)
    desk.view.go_to_page(4)
    assert {4} <= desk.progress._looked_at() <= {3, 4, 5}


def test_u_corrects_it_and_can_be_undone(qtbot: QtBot, opened: Open, case: Case) -> None:
    desk = opened("letter")
    desk.view.set_fit("page")
    drawn(qtbot, desk)
    desk.view.go_to_page(5)
    qtbot.waitUntil(lambda: 5 in desk.progress.pages, timeout=10_000)
    assert desk.actions_["read"].isChecked()
    qtbot.keyClick(desk.view, Qt.Key.Key_U)
    qtbot.waitUntil(lambda: 5 not in desk.progress.pages, timeout=10_000)
    assert not desk.actions_["read"].isChecked()
    assert desk.session.undo_stack.undoText() == "Mark page as unread"
    desk.view.go_to_page(6)
    qtbot.waitUntil(lambda: 6 in desk.progress.pages, timeout=10_000)
    desk.view.go_to_page(5)
    qtbot.waitUntil(lambda: not desk.progress._dwelling.isActive(), timeout=10_000)
    assert 5 not in desk.progress.pages, "the reporter has said that it is not read"
    desk.session.undo_stack.undo()
    qtbot.waitUntil(lambda: 5 in desk.progress.pages, timeout=10_000)
    assert 5 in documents.pages_read(case, desk.document.id)


def test_nothing_is_noted_where_the_reporter_does_not_want_it(
    qtbot: QtBot, opened: Open, session: CaseSession
) -> None:
    session.preferences.note_read = False
    desk = opened("letter")
    drawn(qtbot, desk)
    qtbot.waitUntil(lambda: not desk.progress._dwelling.isActive(), timeout=10_000)
    desk.progress._dwelt()
    qtbot.waitUntil(lambda: not session.tasks._running, timeout=10_000)
    assert desk.progress.pages == frozenset()
    qtbot.keyClick(desk.view, Qt.Key.Key_U)
    qtbot.waitUntil(lambda: desk.progress.pages == {1}, timeout=10_000)
