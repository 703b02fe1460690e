"""The documents screen: a tree that can be filtered, looked into, renamed, tagged, deleted."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from casefile.domain.documents import Provenance
from casefile.domain.geometry import Box
from casefile.services import documents as service
from casefile.services import tags, withholding
from casefile.services.case import Case
from casefile.ui.lists.documents import BUNDLE_DRAFT, DocumentsScreen
from casefile.ui.lists.rename import InlineRename
from casefile.ui.session import CaseSession
from tests.ui.lists.conftest import Said, show


@pytest.fixture
def screen(qtbot: QtBot, session: CaseSession, documents: dict[str, str]) -> DocumentsScreen:
    made = DocumentsScreen(session)
    show(qtbot, made)
    qtbot.waitUntil(lambda: made.counts()[0] == len(documents))
    made.focus_list()
    return made


def test_attachments_stand_in_sight_under_their_mail(
    screen: DocumentsScreen, documents: dict[str, str]
) -> None:
    mail = documents["Re: waiver"]
    note = documents["note.txt"]
    rows = screen.view.rows
    index = rows.mapFromSource(screen._model.index_of(note))
    assert rows.parent(index).data().startswith("Re: waiver")
    assert screen.view.isExpanded(rows.mapFromSource(screen._model.index_of(mail)))
    kept = rows.mapFromSource(screen._model.index_of(documents["odd.xyz"]))
    assert "kept, not readable yet" in kept.data()


def test_space_looks_without_opening(
    qtbot: QtBot, screen: DocumentsScreen, documents: dict[str, str], said: Said
) -> None:
    screen.view.show_key(documents["memo.txt"])
    qtbot.keyClick(screen.view, Qt.Key.Key_Space)
    assert screen.preview.isVisible()
    qtbot.waitUntil(lambda: screen.preview.picture.has_picture, timeout=20_000)
    assert screen.view.hasFocus()
    screen.view.show_key(documents["odd.xyz"])
    assert screen.preview.document_id == documents["odd.xyz"]
    assert "not readable" in screen.preview.picture.words.lower()
    assert not screen.preview.open.isVisible()
    qtbot.keyClick(screen.view, Qt.Key.Key_Escape)
    assert not screen.preview.isVisible()
    assert said.documents == []


def test_enter_opens_and_a_kept_one_says_why_not(
    qtbot: QtBot, screen: DocumentsScreen, documents: dict[str, str], said: Said
) -> None:
    screen.view.show_key(documents["memo.txt"])
    qtbot.keyClick(screen.view, Qt.Key.Key_Return)
    assert said.documents == [(documents["memo.txt"], None, None, None)]
    screen.view.show_key(documents["odd.xyz"])
    qtbot.keyClick(screen.view, Qt.Key.Key_Return)
    assert len(said.documents) == 1
    assert screen.preview.isVisible()


def test_f2_renames_where_it_stands(
    qtbot: QtBot,
    screen: DocumentsScreen,
    session: CaseSession,
    documents: dict[str, str],
    case: Case,
) -> None:
    memo = documents["memo.txt"]
    screen.view.show_key(memo)
    qtbot.keyClick(screen.view, Qt.Key.Key_F2)
    field = QApplication.focusWidget()
    assert isinstance(field, InlineRename)
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert screen.view.hasFocus()
    qtbot.keyClick(screen.view, Qt.Key.Key_F2)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    qtbot.keyClicks(field, "Waiver memo")
    with qtbot.waitSignal(session.changed):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert service.get(case, memo).title == "Waiver memo"
    assert screen.view.hasFocus()
    qtbot.waitUntil(lambda: screen._model.index_of(memo).data() == "Waiver memo")
    assert screen.view.current() == memo


def test_documents_with_withholdings_or_redactions_are_found(
    qtbot: QtBot, screen: DocumentsScreen, documents: dict[str, str], case: Case
) -> None:
    held, box = documents["Re: waiver"], Box(50, 50, 90, 90)
    with qtbot.waitSignal(screen.session.changed, timeout=10_000):
        screen.session.tasks.edit(lambda: withholding.add(case, held, 1, box=box, codes=["b5"]))
    screen.filter.choose("Has", "withheld")
    qtbot.waitUntil(lambda: screen.view.rows.rowCount() == 1, timeout=10_000)
    screen.filter.choose("Has", "redacted")
    assert screen.view.rows.rowCount() == 0


def test_filters_are_chips_that_can_be_taken_off(
    qtbot: QtBot, screen: DocumentsScreen, documents: dict[str, str]
) -> None:
    screen.filter.choose("Has", "kept")
    assert screen.view.rows.rowCount() == 1
    assert screen._count.text() == f"1 of {len(documents)} documents"
    screen.filter.choose("How it came", Provenance.COURT)
    assert screen.body.currentWidget() is screen.nothing
    chips = [
        item.widget().accessibleName()
        for n in range(screen.filter._chips.count())
        if (item := screen.filter._chips.itemAt(n)) is not None
    ]
    assert "Has: Kept, not readable yet. Remove this filter" in chips
    screen.filter.choose("How it came", Provenance.COURT, on=False)
    assert screen.body.currentWidget() is screen.splitter
    screen.filter.clear()
    screen.focus_filter()
    qtbot.keyClicks(screen.filter.field, "note")
    qtbot.waitUntil(lambda: screen.view.rows.rowCount() == 1)
    shown = [screen.view.rows.index(n, 0).data() for n in range(screen.view.rows.rowCount())]
    assert shown == ["Re: waiver"]  # with its mail, that it may be found
    qtbot.keyClick(screen.filter.field, Qt.Key.Key_Down)
    assert screen.view.hasFocus()


def test_several_are_tagged_at_once_and_undone_in_one(
    qtbot: QtBot, screen: DocumentsScreen, session: CaseSession, case: Case, said: Said
) -> None:
    screen.view.selectAll()
    assert screen.bar.isVisible()
    screen.bar.begin_tag()
    assert screen.bar.field.hasFocus()
    qtbot.keyClicks(screen.bar.field, "waiver")
    with qtbot.waitSignal(session.changed):
        qtbot.keyClick(screen.bar.field, Qt.Key.Key_Return)
    assert screen.view.hasFocus()
    assert len(tags.of(case, "document")) == screen.counts()[0]
    assert said.toasts[-1][0].endswith("tagged #waiver")
    qtbot.waitUntil(lambda: screen._tags(list(screen._model.items)) == [("waiver", True)])
    with qtbot.waitSignal(session.changed):
        session.undo_stack.undo()
    assert tags.of(case, "document") == {}


def test_several_are_read_filed_and_bundled(
    qtbot: QtBot,
    screen: DocumentsScreen,
    session: CaseSession,
    case: Case,
    documents: dict[str, str],
    said: Said,
) -> None:
    screen.view.selectAll()
    with qtbot.waitSignal(session.changed):
        screen.bar.read.click()
    rows = {row.document.title: row for row in service.listing(case)}
    assert rows["memo.txt"].pages_read == rows["memo.txt"].document.pages
    came = screen.bar.came.menu().actions()[2]
    with qtbot.waitSignal(session.changed):
        came.trigger()
    assert {row.document.provenance for row in service.listing(case)} == {Provenance.COURT}
    screen.bar.bundle.click()
    assert set(session.draft(BUNDLE_DRAFT).split(",")) == set(documents.values())
    assert said.places == ["bundles"]


def test_deleting_a_mail_takes_its_attachment_along(
    qtbot: QtBot,
    screen: DocumentsScreen,
    session: CaseSession,
    case: Case,
    documents: dict[str, str],
    said: Said,
) -> None:
    screen.view.show_key(documents["Re: waiver"])
    with qtbot.waitSignal(session.changed):
        qtbot.keyClick(screen.view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: screen.counts()[0] == len(documents) - 2)
    assert said.toasts == [("1 document moved to Trash", True)]
    assert screen.view.hasFocus()
    with qtbot.waitSignal(session.changed):
        session.undo_stack.undo()
    qtbot.waitUntil(lambda: screen.counts()[0] == len(documents))


def test_the_menu_offers_what_the_keys_do(
    screen: DocumentsScreen, documents: dict[str, str]
) -> None:
    screen.view.show_key(documents["memo.txt"])
    words = [action.text().split("\t")[0] for action in screen.menu_for_chosen().actions()]
    assert words[0] == "Open"
    assert words[-1] == "Delete"
    assert {"Preview", "Rename", "Tag", "How it came", "Add to bundle"} <= set(words)


def test_an_empty_case_asks_for_files(qtbot: QtBot, session: CaseSession) -> None:
    screen = DocumentsScreen(session)
    wanted: list[list[str]] = []
    session.import_requested.connect(wanted.append)
    show(qtbot, screen)
    qtbot.waitUntil(lambda: screen.body.currentWidget() is screen.empty)
    screen.focus_list()
    assert screen.empty.button.hasFocus()
    screen.empty.button.click()
    assert wanted == [[]]
