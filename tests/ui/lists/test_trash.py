"""The trash: what was deleted comes back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from casefile.services import followups, sources, trash
from casefile.services.case import Case
from casefile.ui.lists.trash import TrashScreen
from casefile.ui.session import CaseSession
from tests.ui.lists.conftest import Said, show


def test_what_was_deleted_comes_back_with_enter(
    qtbot: QtBot, session: CaseSession, case: Case, said: Said
) -> None:
    heron = sources.add(case, name="Jane Roe", code_name="HERON", confidential=True)
    sources.delete(case, heron.ids("source"))
    added = followups.add(case, "call back")
    followups.delete(case, added.ids("followup"))
    screen = TrashScreen(session)
    show(qtbot, screen)
    qtbot.waitUntil(lambda: screen.view.rows.rowCount() == 2)
    labels = [screen.view.rows.index(row, 0).data() for row in range(2)]
    assert sorted(labels) == ["HERON", "call back"]
    screen.filter.choose("Kind", "followup")
    assert screen.view.rows.rowCount() == 1
    screen.filter.clear()
    screen.focus_list()
    screen.view.selectAll()
    assert screen.restore_button.text() == "Restore 2"
    with qtbot.waitSignal(session.changed):
        qtbot.keyClick(screen.view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.body.currentWidget() is screen.empty)
    assert said.toasts == [("2 things restored", True)]
    assert trash.listing(case) == []
    assert screen.empty.button.hasFocus()
    screen.empty.button.click()
    assert said.places == ["documents"]
    with qtbot.waitSignal(session.changed):
        session.undo_stack.undo()
    qtbot.waitUntil(lambda: screen.view.rows.rowCount() == 2)
