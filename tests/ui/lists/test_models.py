"""The item models keep Qt's promises and speak."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt
from pytestqt.modeltest import ModelTester

from casefile.domain.documents import Document, DocumentState, Provenance
from casefile.domain.followups import FollowUp
from casefile.domain.people import Source, Terms
from casefile.domain.quotes import Quote, QuoteState
from casefile.ui.models import documents, followups, quotes, sources, trash, words
from casefile.ui.models.columns import KEY_ROLE, Column, ranks
from casefile.ui.models.table import RowFilter, TableModel, runs
from casefile.ui.models.tree import Node, TreeModel

SPOKEN = Qt.ItemDataRole.AccessibleTextRole


def a_document(number: int, **values: object) -> Document:
    base = Document(
        id=f"d{number}", title=f"Memo {number}", file_name=f"memo{number}.pdf",
        sha256=f"{number:064x}", bytes=1000, format="pdf", provenance=Provenance.RELEASED,
        source_id=None, request_id=None, parent_id=None, state=DocumentState.READY,
        kept_reason=None, pages=4, pages_with_text=4, pages_awaiting_ocr=0, has_rendition=False,
        added_at=f"2026-11-{number:02d}T10:00:00Z", deleted_at=None,
    )  # fmt: skip
    return replace(base, **values)  # type: ignore[arg-type]


def a_source(**values: object) -> Source:
    base = Source(
        id="s1", name="Jane Roe", code_name="HERON", confidential=True, organisation=False,
        aliases=("JR",), terms=Terms.BACKGROUND, attribution="", contacts="jane@roe.example",
        notes="", created_at="2026-11-01T10:00:00Z", modified_at="2026-11-01T10:00:00Z",
        deleted_at=None,
    )  # fmt: skip
    return replace(base, **values)  # type: ignore[arg-type]


def a_quote(number: int = 1, **values: object) -> Quote:
    base = Quote(
        id=f"q{number}", text="nobody wrote it down", source_id="s1", document_id=None, page=None,
        annotation_id=None, quads=(), prefix="", suffix="", spoken_on="2026-11-09",
        terms=Terms.BACKGROUND, embargo_until=None, state=QuoteState.UNVERIFIED, note="",
        created_at="2026-11-09T10:00:00Z", modified_at="2026-11-09T10:00:00Z", deleted_at=None,
    )  # fmt: skip
    return replace(base, **values)  # type: ignore[arg-type]


def a_followup(number: int, due: str | None, done: str | None = None) -> FollowUp:
    return FollowUp(
        f"f{number}", f"call {number}", due, None, None, None, done,
        "2026-11-01T10:00:00Z", "2026-11-01T10:00:00Z", None,
    )  # fmt: skip


@pytest.fixture
def documents_tree(qtmodeltester: ModelTester) -> TreeModel[documents.DocumentEntry]:
    model = TreeModel(documents.COLUMNS)
    qtmodeltester.check(model)
    return model


def test_runs_are_removed_from_the_end() -> None:
    assert list(runs([0, 1, 4, 6, 7])) == [(6, 7), (4, 4), (0, 1)]
    assert list(runs([])) == []


def test_a_table_keeps_the_selection_through_changes(qtmodeltester: ModelTester) -> None:
    model = TableModel(quotes.COLUMNS, key=lambda entry: entry.id)
    qtmodeltester.check(model)
    shown = RowFilter(model)
    shown.sort(quotes.ADDED, Qt.SortOrder.DescendingOrder)
    entries = [quotes.QuoteEntry(a_quote(n, created_at=f"2026-11-0{n}")) for n in range(1, 6)]
    model.set_items(entries)
    chosen = QItemSelectionModel(shown)
    third = shown.mapFromSource(model.index_of("q3"))
    flags = QItemSelectionModel.SelectionFlag
    chosen.setCurrentIndex(third, flags.Select | flags.Rows)
    changed = quotes.QuoteEntry(a_quote(4, created_at="2026-11-04", state=QuoteState.VERIFIED))
    model.set_items([entries[2], changed, quotes.QuoteEntry(a_quote(9, created_at="2026-11-09"))])
    assert [shown.index(row, 0).data(KEY_ROLE) for row in range(3)] == ["q9", "q4", "q3"]
    assert [index.data(KEY_ROLE) for index in chosen.selectedRows()] == ["q3"]
    assert chosen.currentIndex().data(KEY_ROLE) == "q3"
    state = shown.index(1, 4)
    assert state.data() == "Verified"
    assert state.data(SPOKEN) == "State: Verified"


def test_a_table_that_changes_everywhere_is_reset(qtmodeltester: ModelTester) -> None:
    model = TableModel(trash.COLUMNS, key=lambda entry: entry.key)
    every = [trash.TrashEntry("quote", f"{n:04d}", str(n), "2026-11-01") for n in range(1000)]
    model.set_items(every)
    model.set_items(every[::2])
    qtmodeltester.check(model)
    assert model.rowCount() == 500
    assert model.by_key("quote 0002") == every[2]
    assert model.by_key("quote 0001") is None
    assert not model.index_of("quote 0001").isValid()


def test_attachments_stand_under_their_mail(
    documents_tree: TreeModel[documents.DocumentEntry],
) -> None:
    mail = a_document(1, format="eml", title="Re: waiver")
    attached = a_document(2, parent_id="d1", sha256=mail.sha256, state=DocumentState.KEPT)
    lost = a_document(3, parent_id="gone", pages_awaiting_ocr=2)
    entries = [
        documents.DocumentEntry(mail),
        documents.DocumentEntry(attached, parent_title="Re: waiver", same_as="Re: waiver"),
        documents.DocumentEntry(lost, source_label="HERON", pages_read=1),
    ]
    documents_tree.set_nodes(documents.as_tree(entries))
    assert documents_tree.rowCount() == 2
    assert documents_tree.rowCount(documents_tree.index_of("d1")) == 1
    child = documents_tree.index_of("d2")
    assert documents_tree.parent(child) == documents_tree.index_of("d1")
    assert child.data() == "Memo 2  — kept, not readable yet · same file as Re: waiver"
    assert "attached to Re: waiver" in child.data(SPOKEN)
    assert documents_tree.index_of("d3").data().endswith("2 pages awaiting OCR")
    assert documents_tree.index_of("d3", 2).data() == "25 %"


def test_rows_of_a_tree_can_change_their_parent(
    documents_tree: TreeModel[documents.DocumentEntry],
) -> None:
    def node(number: int, *below: Node[documents.DocumentEntry]) -> Node[documents.DocumentEntry]:
        return Node(f"d{number}", documents.DocumentEntry(a_document(number)), below)

    documents_tree.set_nodes([node(1, node(2), node(3)), node(4, node(5))])
    kept = QPersistentModelIndex(documents_tree.index_of("d5"))
    documents_tree.set_nodes([node(1, node(3)), node(4, node(2), node(5))])
    assert documents_tree.parent(documents_tree.index_of("d2")) == documents_tree.index_of("d4")
    assert kept.data(KEY_ROLE) == "d5"
    documents_tree.set_nodes([node(1), node(4, node(5), node(2, node(3)))])
    assert documents_tree.parent(documents_tree.index_of("d3")) == documents_tree.index_of("d2")
    documents_tree.replace_nodes([node(7)])
    assert documents_tree.rowCount() == 1
    assert documents_tree.index_of("d7").data(KEY_ROLE) == "d7"
    documents_tree.set_nodes([])
    assert documents_tree.rowCount() == 0


def test_the_filter_of_documents() -> None:
    entry = documents.DocumentEntry(a_document(1), marks=1, tags=("waiver",))
    asks = documents.DocumentQuestion
    assert asks().empty
    assert asks(words="memo waiver", tag="waiver", has_marks=True, unread=True).holds(entry)
    assert not asks(has_quotes=True).holds(entry)
    assert not asks(kept=True).holds(entry)
    assert not asks(awaiting_ocr=True).holds(entry)
    assert not asks(provenance=Provenance.COURT).holds(entry)
    assert not asks(words="absent").holds(entry)


def test_a_tree_is_filtered_with_its_parents(qtmodeltester: ModelTester) -> None:
    model = TreeModel(documents.COLUMNS)
    shown = RowFilter(model)
    shown.setRecursiveFilteringEnabled(True)
    model.set_nodes(
        [
            Node(
                "d1",
                documents.DocumentEntry(a_document(1)),
                (Node("d2", documents.DocumentEntry(a_document(2))),),
            ),
            Node("d3", documents.DocumentEntry(a_document(3))),
        ]
    )
    qtmodeltester.check(shown)
    shown.set_test(lambda entry: entry.id == "d2")  # type: ignore[attr-defined]
    assert shown.rowCount() == 1
    assert shown.index(0, 0).data(KEY_ROLE) == "d1"
    shown.set_test(None)
    assert shown.rowCount() == 2


def test_followups_are_grouped_by_when_they_are_due(qtmodeltester: ModelTester) -> None:
    now = date(2026, 11, 12)
    dues = [
        a_followup(1, "2026-11-09"), a_followup(2, "2026-11-12"), a_followup(3, "2026-11-20"),
        a_followup(4, None), a_followup(5, "2026-11-01", done="2026-11-02T10:00:00Z"),
        a_followup(6, "2026-11-08"),
    ]  # fmt: skip
    model: TreeModel[followups.Row] = TreeModel(followups.COLUMNS)
    model.set_nodes(followups.grouped(followups.FollowUpEntry(f, "HERON", now) for f in dues))
    shown = RowFilter(model)
    shown.sort(0, Qt.SortOrder.AscendingOrder)
    qtmodeltester.check(model)
    qtmodeltester.check(shown)
    assert [shown.index(row, 0).data() for row in range(5)] == [
        "Overdue  2", "Today  1", "Later  1", "No date  1", "Done  1",
    ]  # fmt: skip
    overdue = shown.index(0, 0)
    assert [shown.index(row, 0, overdue).data(KEY_ROLE) for row in range(2)] == ["f6", "f1"]
    assert shown.index(1, 1, overdue).data() == "3 days late · Mon 9 Nov"
    assert "Monday 9 November" in shown.index(1, 1, overdue).data(SPOKEN)
    assert overdue.data(SPOKEN) == "Follow-up: Overdue, 2 follow-ups"


def test_done_followups_show_the_last_one_first() -> None:
    now = date(2026, 11, 12)
    first = followups.FollowUpEntry(a_followup(1, None, "2026-11-02T10:00:00Z"), "", now)
    last = followups.FollowUpEntry(a_followup(2, None, "2026-11-05T10:00:00Z"), "", now)
    column = followups.COLUMNS[0]
    assert column.sort is not None
    assert column.sort(last) < column.sort(first)  # type: ignore[operator]
    assert last.due.startswith("done ")


def test_no_cell_of_a_confidential_source_holds_its_name(qtmodeltester: ModelTester) -> None:
    model = TableModel(sources.COLUMNS, key=lambda entry: entry.id)
    entry = sources.SourceEntry(a_source(), 4, "2026-11-09")
    model.set_items([entry])
    qtmodeltester.check(model)
    roles = [int(role.value) for role in Qt.ItemDataRole] + [KEY_ROLE + n for n in range(8)]
    said = [
        str(model.index(0, column).data(role))
        for column in range(model.columnCount())
        for role in roles
    ]
    text = " ".join(said)
    assert "HERON" in text
    for secret in ("Jane", "Roe", "JR", "jane@"):
        assert secret not in text
    assert "jane" not in sources.search_words(entry)
    named = sources.SourceEntry(a_source(confidential=False, organisation=True))
    assert "jr" in sources.search_words(named)


def test_quotes_say_what_bars_them(qtmodeltester: ModelTester) -> None:
    model = TableModel(quotes.COLUMNS, key=lambda entry: entry.id)
    entries = [
        quotes.QuoteEntry(a_quote(1, terms=Terms.OFF_RECORD), a_source()),
        quotes.QuoteEntry(a_quote(2, embargo_until="2026-12-01T09:00:00Z"), a_source()),
        quotes.QuoteEntry(a_quote(3, document_id="d1", page=41, source_id=None), None, "Audit"),
        quotes.QuoteEntry(a_quote(4, spoken_on=None)),
    ]
    model.set_items(entries)
    qtmodeltester.check(model)
    assert "Not for publication" in model.index(0, 2).data(SPOKEN)
    assert "Embargoed until" in model.index(1, 2).data(SPOKEN)
    assert model.index(2, 3).data(SPOKEN) == "Where: Audit p. 41"
    assert model.index(2, 1).data() == "No speaker yet"
    assert model.index(3, 3).data() == "conversation"
    asks = quotes.QuoteQuestion
    assert asks(words="wrote heron", source_id="s1").holds(entries[0])
    assert not asks(state=QuoteState.VERIFIED).holds(entries[0])
    assert asks(state=QuoteState.VERIFIED).holds(entries[0], with_state=False)
    assert not asks(words="roe").holds(entries[0])


def test_dates_are_never_bare_numerals() -> None:
    now = date(2026, 11, 12)
    assert words.day("2026-11-16", now) == "Mon 16 Nov"
    assert words.day("2027-01-04", now) == "Mon 4 Jan 2027"
    assert words.due_words("2026-11-12", now) == "today · Thu 12 Nov"
    assert words.due_words("2026-11-13", now) == "tomorrow · Fri 13 Nov"
    assert words.due_words("2026-11-11", now) == "1 day late · Wed 11 Nov"
    assert words.due_words(None, now) == ""
    assert words.day("nonsense", now) == ""
    assert words.long_day("2026-11-16") == "Monday 16 November 2026"


def test_a_file_name_cannot_rearrange_a_line() -> None:
    assert words.visible("gpj\u202exe.pdf") == "gpj‹U+202E›xe.pdf"
    assert words.visible("a\nb\tc") == "a␊b␉c"


def test_headers_answer_for_columns_only() -> None:
    model = TableModel(trash.COLUMNS, key=lambda entry: entry.key)
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Kind"
    assert model.headerData(0, Qt.Orientation.Vertical) is None
    assert model.headerData(9, Qt.Orientation.Horizontal) is None
    assert model.item(QModelIndex()) is None
    model.set_items([trash.TrashEntry("odd", "1", "x", "2026-11-01")])
    assert model.index(0, 1).data() == "Odd"


def test_order_does_not_mind_case_and_accents() -> None:
    names = {"a": "Zoë", "b": "éclair", "c": "Eclair", "d": "apple"}
    places = ranks(Column("Name", str), names)
    assert places == {"d": 0, "b": 1, "c": 1, "a": 3}
    assert ranks(Column("Number", str, sort=int), {"a": "10", "b": "9"}) == {"b": 0, "a": 1}
