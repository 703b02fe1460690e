"""What can go wrong: a worker that dies, a locked document, one that is not there, a lock."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from casefile.domain.documents import Document
from casefile.domain.errors import UserError
from casefile.domain.people import Terms
from casefile.services import reading, sources
from casefile.services.case import Case
from casefile.services.importing import ImportChoices, import_paths
from casefile.services.reading import WorkerFailed
from casefile.ui.reader.page_message import PageMessage
from casefile.ui.reader.reader_view import ReaderView
from casefile.ui.reader.reading_desk import ReadingDesk
from casefile.ui.reader_area import ReaderArea
from casefile.ui.session import CaseSession
from tests.conftest import child_processes
from tests.ui.reader.conftest import _locked, desk_of, drag, point, wait_for_text

Open = Callable[[str], ReadingDesk]


def _descendants() -> set[int]:
    """Ids of all processes below this one."""
    found: set[int] = set()
    todo = list(child_processes())
    while todo:
        pid = todo.pop()
        found.add(pid)
        for task in Path(f"/proc/{pid}/task").glob("*/children"):
            todo += [int(child) for child in task.read_text().split()]
    return found


def test_a_killed_worker_costs_at_most_a_page_and_reading_goes_on(
    qtbot: QtBot, opened: Open
) -> None:
    before = _descendants()
    desk = opened("letter")
    wait_for_text(qtbot, desk, 1)
    for pid in _descendants() - before:
        os.kill(pid, signal.SIGKILL)
    desk.view.go_to_page(20)
    qtbot.waitUntil(
        lambda: desk.document.memory.has_any(desk.document.id, 20) or 20 in desk.document.failed,
        timeout=20_000,
    )
    desk.view.go_to_page(33)
    qtbot.waitUntil(lambda: desk.document.memory.has_any(desk.document.id, 33), timeout=20_000)
    assert len(desk.document.failed) <= 1
    for message in desk.view.findChildren(PageMessage):
        qtbot.mouseClick(message.again, Qt.MouseButton.LeftButton)
    desk.view.go_to_page(20)
    for page in list(desk.document.failed):
        desk.document.try_again(page)
    qtbot.waitUntil(lambda: desk.document.memory.has_any(desk.document.id, 20), timeout=20_000)


def test_one_page_that_kills_its_worker_leaves_the_others_readable(
    qtbot: QtBot, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = reading.render

    def render(case: Case, document_id: str, page: int, *rest: object, **more: object) -> object:
        if page == 5:
            raise WorkerFailed("memory", page)
        return real(case, document_id, page, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(reading, "render", render)
    desk = opened("letter")
    desk.go_to_page(5)
    qtbot.waitUntil(lambda: 5 in desk.document.failed, timeout=20_000)
    (message,) = desk.view.findChildren(PageMessage)
    assert message.isVisible()
    assert message.again.accessibleName() == "Try to draw page 5 again"
    desk.go_to_page(6)
    qtbot.waitUntil(lambda: desk.document.memory.has_any(desk.document.id, 6), timeout=20_000)
    monkeypatch.undo()
    desk.go_to_page(5)
    (message,) = desk.view.findChildren(PageMessage)
    qtbot.mouseClick(message.again, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.document.memory.has_any(desk.document.id, 5), timeout=20_000)


def test_a_locked_document_asks_where_it_would_be(
    qtbot: QtBot, area: ReaderArea, case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _locked(tmp_path / "locked.pdf")
    report = import_paths(
        case, [tmp_path / "locked.pdf"], ImportChoices(passwords=("open sesame",))
    )
    (imported,) = report.imported
    from casefile.store import documents as rows

    monkeypatch.setattr(rows, "password", lambda *_: None)  # as if it had not been kept
    case.forget_session(imported.document.id)
    view = area.open(imported.document.id)
    asking = view._password
    qtbot.waitUntil(asking.isVisible, timeout=15_000)
    assert asking.field.hasFocus()
    qtbot.keyClicks(asking.field, "wrong")
    qtbot.keyClick(asking.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(asking.notice.text), timeout=15_000)
    assert view.desk is None
    assert asking.field.selectedText() == "wrong"
    qtbot.keyClicks(asking.field, "open sesame")
    qtbot.keyClick(asking.field, Qt.Key.Key_Return)
    desk = desk_of(qtbot, view)
    qtbot.waitUntil(lambda: desk.document.memory.has_any(imported.document.id, 1), timeout=15_000)


def test_a_document_that_is_not_there_is_told_in_its_tab(qtbot: QtBot, area: ReaderArea) -> None:
    view = area.open("0000000000000000")
    qtbot.waitUntil(lambda: bool(view._trouble._notice.text), timeout=15_000)
    assert view.desk is None


def test_locking_overwrites_pictures_and_forgets_texts_and_marks(
    qtbot: QtBot, opened: Open, area: ReaderArea, session: CaseSession
) -> None:
    desk = opened("letter")
    wait_for_text(qtbot, desk, 1)
    qtbot.waitUntil(lambda: len(area.memory) > 2, timeout=15_000)
    picture = next(iter(area.memory._pictures.values()))[0]
    session.locked.emit()
    assert area.memory.bytes == 0
    assert desk.document._texts == {}
    assert desk.document.marks.all == []
    assert picture.pixelColor(0, 0).name() == "#000000"


def test_a_comment_that_is_being_written_is_kept_before_locking(
    qtbot: QtBot, opened: Open, session: CaseSession, case: Case
) -> None:
    desk = opened("letter")
    with qtbot.waitSignal(desk.document.marks_changed, timeout=10_000):
        desk.verbs.note_at(desk.view.spot_at(desk.view.viewport().rect().center().toPointF()))
    qtbot.waitUntil(lambda: desk.inspector.form is desk.inspector.mark)
    desk.inspector.mark.comment.setPlainText("half a thou")
    session.about_to_lock.emit()
    assert "half a thou" in session.drafts.values()


def test_a_read_only_case_can_be_read_but_not_marked(
    qtbot: QtBot,
    session: CaseSession,
    area: ReaderArea,
    monkeypatch: pytest.MonkeyPatch,
    document_called: Callable[[str], Document],
) -> None:
    monkeypatch.setattr(type(session), "read_only", property(lambda _self: True))
    desk = desk_of(qtbot, area.open(document_called("letter").id))
    assert not desk.actions_["colour.yellow"].isEnabled()
    assert not desk.actions_["quote"].isEnabled()
    assert desk.actions_["copy"].isEnabled()
    assert desk.inspector.mark.comment.isReadOnly()


def test_a_failed_save_brings_the_form_back_with_the_reason(
    qtbot: QtBot, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    from casefile.services import followups

    def fail(*_args: object, **_more: object) -> None:
        raise UserError("store.full")

    monkeypatch.setattr(followups, "add_line", fail)
    desk = opened("letter")
    qtbot.keyClick(desk.view, Qt.Key.Key_F)
    form = desk.inspector.followup
    qtbot.keyClicks(form.line, "call the clerk")
    qtbot.keyClick(form.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(form.notice.text), timeout=10_000)
    assert desk.inspector.form is form
    assert form.line.text() == "call the clerk"


def test_closing_a_tab_while_it_opens_is_harmless(
    qtbot: QtBot, area: ReaderArea, document_called: Callable[[str], Document]
) -> None:
    view: ReaderView = area.open(document_called("long").id)
    with qtbot.waitSignal(area.emptied):
        area.close_current()
    qtbot.waitUntil(lambda: not area.session.tasks._running, timeout=15_000)
    assert view.desk is None


def test_what_was_half_written_is_there_again_after_locking(
    qtbot: QtBot, opened: Open, area: ReaderArea, document_called: Callable[[str], Document]
) -> None:
    desk = opened("letter")
    qtbot.keyClick(desk.view, Qt.Key.Key_F)
    desk.inspector.followup.line.setText("call HERON about")
    kept = json.loads(json.dumps(area.place()))
    area.close_current()
    area.restore(kept)
    (view,) = area.views
    again = desk_of(qtbot, view)
    assert again.inspector.form is again.inspector.followup
    assert again.inspector.followup.line.text() == "call HERON about"


def test_a_half_finished_quote_is_there_again_after_locking(
    qtbot: QtBot, opened: Open, area: ReaderArea, case: Case
) -> None:
    heron = sources.add(
        case, name="Jane Roe", code_name="HERON", confidential=True, terms=Terms.BACKGROUND
    ).ids("source")[0]
    desk = opened("letter")
    wait_for_text(qtbot, desk, 1)
    drag(qtbot, desk.view, point(desk.view, 1, 60, 126), point(desk.view, 1, 560, 144))
    qtbot.keyClick(desk.view, Qt.Key.Key_Q)
    form = desk.inspector.quote
    qtbot.waitUntil(lambda: form.speaker.findData(heron) > 0, timeout=10_000)
    form.speaker.setCurrentIndex(form.speaker.findData(heron))
    form.note.setText("check the date")
    kept = json.loads(json.dumps(area.place()))
    words = form.words.toPlainText()
    area.close_current()
    area.restore(kept)
    again = desk_of(qtbot, area.views[0]).inspector.quote
    qtbot.waitUntil(lambda: again.note.text() == "check the date", timeout=10_000)
    assert again.words.toPlainText() == words
    assert again.speaker.currentData() == heron
    assert again.terms.currentData() == Terms.BACKGROUND


def test_half_a_comment_is_there_again_after_locking(
    qtbot: QtBot, opened: Open, area: ReaderArea, session: CaseSession
) -> None:
    desk = opened("letter")
    with qtbot.waitSignal(desk.document.marks_changed, timeout=10_000):
        desk.verbs.note_at(desk.view.spot_at(desk.view.viewport().rect().center().toPointF()))
    qtbot.waitUntil(lambda: desk.inspector.form is desk.inspector.mark)
    desk.inspector.mark.comment.setPlainText("half a thou")
    session.about_to_lock.emit()
    kept = json.loads(json.dumps(area.place()))
    desk.inspector.mark.forget()  # locking does not wait for an edit
    area.close_current()
    area.restore(kept)
    again = desk_of(qtbot, area.views[0])
    qtbot.waitUntil(lambda: again.inspector.form is again.inspector.mark, timeout=10_000)
    assert again.inspector.mark.comment.toPlainText() == "half a thou"


@pytest.mark.parametrize(
    "stored",
    [
        {"form": "quote"},
        {"form": "quote", "page": 1, "text": "x", "quads": [[1, 2]], "prefix": "", "suffix": "",
         "where": "", "note": "", "annotation": "", "terms": "on_record"},
        {"form": "quote", "page": 1, "text": "x", "quads": [], "prefix": "", "suffix": "",
         "where": "", "note": "", "annotation": "", "terms": "whispered"},
        {"form": "followup", "page": 10**9, "line": "x"},
        {"mark": "gone"},
        {"mark": 7},
    ],
)  # fmt: skip
def test_an_unfinished_thing_that_does_not_read_is_passed_over(
    qtbot: QtBot, opened: Open, stored: dict[str, object]
) -> None:
    desk = opened("letter")
    desk.restore({"page": 3, "fit": "width", "unfinished": stored})
    assert desk.view.page == 3
    assert desk.inspector.form is None
