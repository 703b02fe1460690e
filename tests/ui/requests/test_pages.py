"""The page ledger of a request: what does not come out, the entries, the form."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from casefile.domain.documents import Provenance
from casefile.domain.requests import Bucket, EventKind
from casefile.services import documents as document_service
from casefile.services import page_ledger, withholding
from casefile.services.case import Case
from casefile.services.page_ledger import Totals
from casefile.ui.models.table import RowFilter, TableModel
from casefile.ui.requests.pages import model, words
from casefile.ui.requests.pages.section import PagesSection
from casefile.ui.session import CaseSession
from tests.ui.lists.conftest import Said, documents
from tests.ui.requests.conftest import Ask, ago, log
from tests.ui.requests.test_screen import open_screen

__all__ = ["documents"]  # the fixture is used here too

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def request_id(case: Case, ask: Ask) -> str:
    """A request with a letter that speaks of forty pages."""
    made = ask("EPA R9", 30)
    log(case, made, EventKind.DETERMINATION, received=ago(5), pages=40)
    return made


def put(case: Case, request_id: str, bucket: Bucket, pages: int, **details: object) -> str:
    return page_ledger.add(case, request_id, bucket, pages, **details).ids("ledger_entry")[0]


def open_pages(qtbot: QtBot, session: CaseSession, request_id: str) -> PagesSection:
    """The section as the record shows it, with what the ledger holds."""
    screen = open_screen(qtbot, session, request_id)
    section = screen.record.section("pages")
    assert isinstance(section, PagesSection)
    qtbot.waitUntil(lambda: section._shown == request_id)
    return section


def rows(section: PagesSection) -> list[tuple[str, ...]]:
    shown = section.view.rows
    return [
        tuple(shown.index(row, column).data() for column in range(shown.columnCount()))
        for row in range(shown.rowCount())
    ]


@pytest.mark.parametrize(
    ("promised", "buckets", "sentence"),
    [
        (40, {Bucket.FULL: 28},
         "12 of 40 pages the letters speak of are nowhere in the ledger."),
        (40, {Bucket.FULL: 39}, "1 of 40 pages the letters speak of is nowhere in the ledger."),
        (40, {Bucket.FULL: 30, Bucket.WITHHELD: 10}, "Every promised page has its place."),
        (40, {Bucket.FULL: 38, Bucket.MISSING: 2},
         "Every promised page stands in the ledger, 2 of them as missing."),
        (40, {Bucket.FULL: 41}, "The ledger holds 1 page more than the letters speak of."),
        (0, {Bucket.FULL: 41}, "The letters speak of no pages."),
    ],
)  # fmt: skip
def test_whether_the_count_comes_out_is_one_sentence(
    promised: int, buckets: dict[Bucket, int], sentence: str
) -> None:
    assert words.verdict(Totals(promised, sum(buckets.values()), buckets)).word == sentence


def test_what_each_bucket_holds_is_one_line() -> None:
    held = {Bucket.FULL: 120, Bucket.MISSING: 2}
    told = "122 pages in the ledger: 2 missing · 120 released in full"
    assert words.counts(Totals(0, 122, held)) == told
    assert words.counts(Totals(40, 0, {})) == ""
    assert set(words.LOOKS) == set(Bucket)


def test_what_needs_attention_stands_first_and_the_model_keeps_its_promises(
    qtmodeltester: ModelTester, case: Case, request_id: str
) -> None:
    put(case, request_id, Bucket.FULL, 28, first="EPA-0001", last="EPA-0028")
    put(case, request_id, Bucket.REFERRED, 3, to_whom="US Coast Guard", note="no number yet")
    put(case, request_id, Bucket.DUPLICATE, 1, first="EPA-0040", duplicate_of="EPA-0003")
    missing = put(case, request_id, Bucket.MISSING, 8)
    table: TableModel[model.PageEntry] = TableModel(model.COLUMNS, lambda row: row.id)
    shown = RowFilter(table)
    qtmodeltester.check(shown)
    shown.sort(model.WHERE)
    table.set_items(model.read(case, request_id).entries)
    assert [(row.bucket, row.entry.pages) for row in table.items] == [
        (Bucket.MISSING, 8), (Bucket.REFERRED, 3), (Bucket.FULL, 28), (Bucket.DUPLICATE, 1),
    ]  # fmt: skip
    cells = [shown.index(row, 2).data() for row in range(4)]
    assert cells == [
        "—", "to US Coast Guard · no number yet", "EPA-0001–EPA-0028",
        "EPA-0040 · duplicate of EPA-0003",
    ]  # fmt: skip
    spoken = shown.index(0, 2).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Which pages: not said"
    shown.sort(2)
    assert [row.entry.first for row in table.items] == ["EPA-0001", "EPA-0040", "", ""]
    page_ledger.delete(case, [missing])
    table.set_items(model.read(case, request_id).entries)
    assert table.rowCount() == 3


def test_the_section_begins_with_the_difference(
    qtbot: QtBot, session: CaseSession, case: Case, request_id: str
) -> None:
    put(case, request_id, Bucket.FULL, 28)
    section = open_pages(qtbot, session, request_id)
    assert section.verdict.sentence.text().startswith("12 of 40 pages")
    assert section.verdict.counts.text() == "28 pages in the ledger: 28 released in full"
    assert rows(section) == [("Released in full", "28", "—")]


def test_pages_are_added_with_the_keys_alone(
    qtbot: QtBot, session: CaseSession, said: Said, case: Case, request_id: str
) -> None:
    section = open_pages(qtbot, session, request_id)
    assert section.empty.isVisible()
    section.empty.button.click()
    form = section.form
    assert form.first.hasFocus()
    qtbot.keyClicks(form.first, "EPA-0012")
    qtbot.keyClicks(form.last, "EPA-0020")
    assert form.pages.text() == "9"
    form.bucket.load(Bucket.WITHHELD.value)
    qtbot.keyClick(form.last, Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: rows(section) == [("Withheld in full", "9", "EPA-0012–EPA-0020")])
    assert said.toasts == [("9 pages added to the ledger", True)]
    qtbot.waitUntil(section.view.hasFocus)
    assert section.verdict.sentence.text().startswith("31 of 40")
    session.undo_stack.undo()
    qtbot.waitUntil(section.empty.isVisible)


def test_a_run_of_entries_goes_on_where_the_last_ended(
    qtbot: QtBot, session: CaseSession, case: Case, request_id: str
) -> None:
    section = open_pages(qtbot, session, request_id)
    section.begin_adding()
    form = section.form
    qtbot.keyClicks(form.first, "EPA-0012")
    qtbot.keyClicks(form.last, "EPA-0020")
    form.bucket.load(Bucket.WITHHELD.value)
    qtbot.keyClick(form.last, Qt.Key.Key_Return, CONTROL | SHIFT)
    qtbot.waitUntil(lambda: form.first.text() == "EPA-0021")
    assert form.bucket.value == Bucket.WITHHELD
    assert form.draft() == "", "nothing was typed yet"
    assert form.isVisible()
    assert (form.last.text(), form.pages.text()) == ("", "")
    qtbot.keyClick(form.first, Qt.Key.Key_Escape)
    qtbot.waitUntil(section.view.hasFocus)
    assert session.draft(f"requests.pages.{request_id}") == ""


def test_a_count_typed_by_hand_stays_and_the_numbers_are_told(
    qtbot: QtBot, session: CaseSession, request_id: str
) -> None:
    section = open_pages(qtbot, session, request_id)
    section.begin_adding()
    form = section.form
    qtbot.keyClicks(form.pages, "7")
    qtbot.keyClicks(form.first, "EPA-0012")
    qtbot.keyClicks(form.last, "EPA-0020")
    assert form.pages.text() == "7"
    assert form.told.text() == "The numbers make 9 pages."
    form.pages.selectAll()
    qtbot.keyClick(form.pages, Qt.Key.Key_Backspace)
    assert (form.pages.text(), form.told.text()) == ("9", "")


def test_what_a_bucket_asks_is_asked_of_it_alone(
    qtbot: QtBot, session: CaseSession, case: Case, request_id: str
) -> None:
    key = put(case, request_id, Bucket.REFERRED, 3, to_whom="US Coast Guard")
    section = open_pages(qtbot, session, request_id)
    section.view.setFocus()
    qtbot.keyClick(section.view, Qt.Key.Key_Return)
    form = section.form
    assert form.to_whom.isVisible()
    assert not form.duplicate_of.isVisible()
    assert not form.save_next.isVisible()
    form.bucket.load(Bucket.DUPLICATE.value)
    form.bucket.chosen.emit(Bucket.DUPLICATE.value)
    assert not form.to_whom.isVisible()
    form.duplicate_of.setText("EPA-0003")
    form.save.click()
    qtbot.waitUntil(lambda: rows(section) == [("Duplicate", "3", "duplicate of EPA-0003")])
    [entry] = page_ledger.listing(case, request_id)
    assert (entry.id, entry.to_whom) == (key, "")


def test_what_is_wrong_stands_in_the_form(
    qtbot: QtBot, session: CaseSession, case: Case, request_id: str
) -> None:
    section = open_pages(qtbot, session, request_id)
    section.begin_adding()
    form = section.form
    form.save.click()
    assert "How many pages" in form.notice.text
    form.pages.setText("many")
    form.save.click()
    assert "no number of pages" in form.notice.text
    form.first.setText("EPA-0020")
    form.last.setText("EPA-0012")
    form.pages.setText("9")
    form.save.click()
    qtbot.waitUntil(lambda: "comes before" in form.notice.text)
    assert page_ledger.listing(case, request_id) == []


def test_del_deletes_and_undo_brings_back(
    qtbot: QtBot, session: CaseSession, said: Said, case: Case, request_id: str
) -> None:
    put(case, request_id, Bucket.FULL, 28)
    put(case, request_id, Bucket.MISSING, 2)
    section = open_pages(qtbot, session, request_id)
    section.view.setFocus()
    section.view.selectAll()
    qtbot.keyClick(section.view, Qt.Key.Key_Delete)
    qtbot.waitUntil(section.empty.isVisible)
    assert said.toasts == [("2 entries deleted from the ledger", True)]
    session.undo_stack.undo()
    qtbot.waitUntil(lambda: len(rows(section)) == 2)


def test_what_was_typed_survives_the_lock(
    qtbot: QtBot, session: CaseSession, case: Case, request_id: str
) -> None:
    key = put(case, request_id, Bucket.FULL, 28)
    section = open_pages(qtbot, session, request_id)
    section.begin_changing(key)
    section.form.note.setPlainText("half a thought")
    session.about_to_lock.emit()
    section.window().hide()
    again = open_pages(qtbot, session, request_id)
    qtbot.waitUntil(again.form.isVisible)
    assert again.form.note.toPlainText() == "half a thought"
    again.form.save.click()
    qtbot.waitUntil(lambda: page_ledger.listing(case, request_id)[0].note == "half a thought")


def test_what_was_typed_waits_while_another_request_is_shown(
    qtbot: QtBot, session: CaseSession, ask: Ask, request_id: str
) -> None:
    other = ask("US DOT", 3)
    screen = open_screen(qtbot, session, request_id)
    section = screen.record.section("pages")
    assert isinstance(section, PagesSection)
    qtbot.waitUntil(lambda: section._shown == request_id)
    section.begin_adding()
    section.form.first.setText("EPA-0012")
    screen.show_record(other)
    qtbot.waitUntil(lambda: section._shown == other)
    assert not section.form.isVisible()
    assert section.verdict.sentence.text() == "The letters speak of no pages."
    screen.show_record(request_id)
    qtbot.waitUntil(section.form.isVisible)
    assert section.form.first.text() == "EPA-0012"


def test_what_was_kept_is_not_lost_by_a_lock_before_it_was_taken_up(
    qtbot: QtBot, session: CaseSession, request_id: str
) -> None:
    kept = json.dumps({"entry": "", "values": {"first": "EPA-0012"}})
    session.keep_draft(f"requests.pages.{request_id}", kept)
    screen = open_screen(qtbot, session, request_id)
    section = screen.record.section("pages")
    assert isinstance(section, PagesSection)
    session.about_to_lock.emit()
    qtbot.waitUntil(section.form.isVisible)
    assert section.form.first.text() == "EPA-0012"


def test_the_menu_of_a_row_has_its_verbs(
    qtbot: QtBot, session: CaseSession, case: Case, request_id: str
) -> None:
    put(case, request_id, Bucket.FULL, 28)
    section = open_pages(qtbot, session, request_id)
    assert [verb[0] if verb else "" for verb in section.verbs()] == [
        "Change…\tReturn", "", "Delete\tDel",
    ]  # fmt: skip


@pytest.fixture
def release(case: Case, request_id: str, documents: dict[str, str]) -> str:
    """A memo of one page that was released for the request, and a letter."""
    ids = [documents["memo.txt"], documents["note.txt"]]
    document_service.set_provenance(case, ids, Provenance.RELEASED, request_id=request_id)
    document_service.rename(case, documents["note.txt"], "Letter of the agency")
    return documents["memo.txt"]


def test_what_documents_say_is_taken_in_one_step(
    qtbot: QtBot, session: CaseSession, said: Said, case: Case, request_id: str, release: str
) -> None:
    section = open_pages(qtbot, session, request_id)
    assert section.to_take.text() == "1 page of the released documents is not in the ledger."
    section.take_button.click()
    form = section.take_form
    assert form.chosen == [release], "a letter is no record"
    assert form.take.text() == "Take 1 page"
    qtbot.waitUntil(form.ticks[release].hasFocus)
    qtbot.keyClick(form.ticks[release], Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: rows(section) == [("Released in full", "1", "1 · memo.txt")])
    assert said.toasts == [("1 entry added to the ledger", True)]
    assert section.take_button.isEnabled()
    session.undo_stack.undo()
    qtbot.waitUntil(section.empty.isVisible)


def test_what_is_not_ticked_is_not_taken(
    qtbot: QtBot, session: CaseSession, request_id: str, release: str
) -> None:
    section = open_pages(qtbot, session, request_id)
    section.begin_taking()
    form = section.take_form
    form.ticks[release].click()
    assert not form.take.isEnabled()
    qtbot.keyClick(form.ticks[release], Qt.Key.Key_Return, CONTROL)
    assert form.isVisible()
    qtbot.keyClick(form.ticks[release], Qt.Key.Key_Escape)
    assert not form.isVisible()
    assert section.empty.button.hasFocus()


def test_a_mark_in_a_document_changes_what_it_says(
    qtbot: QtBot, session: CaseSession, case: Case, request_id: str, release: str
) -> None:
    section = open_pages(qtbot, session, request_id)
    session.tasks.edit(lambda: withholding.add(case, release, 1, codes=["b5"]))
    qtbot.waitUntil(
        lambda: (
            [each.bucket for each in section._proposed.entries] == [Bucket.WITHHELD, Bucket.FULL]
        )
    )
    session.tasks.edit(lambda: withholding.add(case, release, 1, first="EPA-0007"))
    qtbot.waitUntil(lambda: "Not counted: 1 marked gap without a count." in section.to_take.text())
    section.begin_taking()
    assert section.take_form.left_out.isVisible()


def test_pages_are_counted_when_somebody_looks(
    qtbot: QtBot, session: CaseSession, case: Case, request_id: str, release: str
) -> None:
    section = open_pages(qtbot, session, request_id)
    section.hide()
    with qtbot.waitSignal(session.changed):
        session.tasks.edit(lambda: withholding.add(case, release, 1, codes=["b5"]))
    assert section._stale
    section.show()
    qtbot.waitUntil(lambda: section._proposed.entries[0].bucket is Bucket.WITHHELD)


def test_nothing_is_offered_where_there_is_nothing_to_take(
    qtbot: QtBot, session: CaseSession, request_id: str
) -> None:
    section = open_pages(qtbot, session, request_id)
    assert not section.take_button.isEnabled()
    assert not section.to_take.isVisible()
    section.begin_taking()
    assert not section.take_form.isVisible()


def test_a_case_that_is_read_only_shows_and_changes_nothing(
    qtbot: QtBot,
    session: CaseSession,
    case: Case,
    request_id: str,
    release: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    put(case, request_id, Bucket.FULL, 28, document_id=release)
    monkeypatch.setattr(type(session), "read_only", property(lambda _self: True))
    section = open_pages(qtbot, session, request_id)
    assert not section.add_button.isEnabled()
    assert not section.take_button.isEnabled()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Delete):
        qtbot.keyClick(section.view, key)
    section.begin_adding()
    section.begin_taking()
    assert section.view.isVisible()
    assert [verb[0] for verb in section.verbs() if verb and verb[2]] == ["Open document"]


def test_a_second_click_adds_no_second_entry(
    qtbot: QtBot, session: CaseSession, case: Case, request_id: str
) -> None:
    section = open_pages(qtbot, session, request_id)
    section.begin_adding()
    qtbot.keyClicks(section.form.first, "EPA-0001")
    section.form.pages.setText("1")
    for _ in range(3):
        qtbot.keyClick(section.form.first, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(section.view.hasFocus)
    session.tasks.shut()
    session.tasks.drain()
    assert len(page_ledger.listing(case, request_id)) == 1
