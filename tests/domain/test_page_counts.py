"""What released documents say and the page ledger does not: no page counts twice."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from casefile.domain.annotations import Annotation, AnnotationKind, Extent
from casefile.domain.number_runs import Runs, Series
from casefile.domain.page_counts import Proposal, Released, not_in_ledger
from casefile.domain.requests import Bucket, LedgerEntry

S: Series = ("epa-", "", "")


def mark(page: int, extent: Extent | None, *codes: str, **values: object) -> Annotation:
    base: dict[str, object] = {
        "id": "m", "document_id": "d1", "page": page, "kind": AnnotationKind.WITHHOLDING,
        "colour": "yellow", "text": "", "comment": "", "quads": (), "prefix": "", "suffix": "",
        "codes": codes, "created_at": "", "modified_at": "", "deleted_at": None, "extent": extent,
    }  # fmt: skip
    return Annotation(**{**base, **values})  # type: ignore[arg-type]


def gap(page: int, count: int | None, first: str = "", last: str = "", *codes: str) -> Annotation:
    return mark(
        page, Extent.RANGE, *codes, missing_count=count, missing_first=first, missing_last=last
    )


def entry(bucket: Bucket, pages: int, first: str = "", last: str = "", **v: object) -> LedgerEntry:
    return LedgerEntry(
        id="e", request_id="r", bucket=bucket, pages=pages, first=first, last=last, **v  # type: ignore[arg-type]
    )  # fmt: skip


def bates(first: int, last: int) -> list[str]:
    return [f"EPA-{number:04d}" for number in range(first, last + 1)]


def plain(pages: int) -> list[str]:
    return [str(number) for number in range(1, pages + 1)]


def said(found: list[Proposal]) -> list[tuple[str, int, str, str]]:
    return [(each.bucket.value, each.pages, each.first, each.last) for each in found]


def test_a_document_without_marks_was_released_in_full() -> None:
    [found] = not_in_ledger([Released("d1", bates(1, 30))], [])
    assert found == Proposal(Bucket.FULL, 30, "d1", "EPA-0001", "EPA-0030")


def test_marks_make_pages_part_or_withheld_and_a_page_of_two_marks_counts_once() -> None:
    marks = [
        mark(2, Extent.AREA, "(b)(6)"), mark(2, Extent.AREA, "(b)(5)"), mark(4, None, "(b)(6)"),
        mark(3, Extent.PAGE, "(b)(5)"), mark(3, Extent.AREA, "(b)(6)"), mark(3, Extent.PAGE),
        mark(1, Extent.ANSWER, "glomar"),
    ]  # fmt: skip
    found = not_in_ledger([Released("d1", plain(5), marks)], [])
    assert said(found) == [("full", 2, "", ""), ("part", 2, "", ""), ("withheld", 1, "3", "3")]
    assert [each.note for each in found] == [
        "Pages 1, 5 of the document", "Pages 2, 4 of the document · (b)(6), (b)(5)", "(b)(5)",
    ]  # fmt: skip


def test_pages_never_delivered_count_once_whoever_marks_them() -> None:
    marks = [
        gap(2, 3, "EPA-0003", "EPA-0005"),
        gap(2, 4, "EPA-0004", "EPA-0007", "(b)(5)"),
        gap(2, 5),
        gap(2, None, "", "", "(b)(6)"),
    ]
    labels = [*bates(1, 2), *bates(8, 9)]
    found = not_in_ledger([Released("d1", labels, marks)], [])
    assert said(found) == [
        ("full", 4, "", ""), ("withheld", 4, "EPA-0004", "EPA-0007"),
        ("missing", 1, "EPA-0003", "EPA-0003"),
    ]  # fmt: skip


def test_a_gap_ends_where_its_numbers_came_in_another_document() -> None:
    first = Released("d1", bates(1, 2), [gap(2, 6, "EPA-0003"), gap(2, 2, "", "EPA-0012")])
    later = Released("d2", bates(5, 6))
    found = not_in_ledger([first, later], [])
    assert said(found) == [
        ("full", 2, "EPA-0001", "EPA-0002"), ("missing", 2, "EPA-0003", "EPA-0004"),
        ("missing", 2, "EPA-0007", "EPA-0008"), ("missing", 2, "EPA-0011", "EPA-0012"),
        ("full", 2, "EPA-0005", "EPA-0006"),
    ]  # fmt: skip


def test_a_page_that_came_twice_counts_as_what_is_known_of_it_now() -> None:
    first = Released("d1", bates(1, 4), [mark(2, Extent.PAGE), mark(3, Extent.AREA)])
    again = Released("d2", bates(2, 3), [mark(2, Extent.AREA)])
    found = not_in_ledger([first, again], [])
    assert [(each.document_id, each.bucket.value, each.pages) for each in found] == [
        ("d1", "full", 2), ("d1", "part", 1), ("d2", "full", 1),
    ]  # fmt: skip


def test_plain_page_numbers_mean_another_page_in_every_document() -> None:
    found = not_in_ledger([Released("d1", plain(3)), Released("d2", plain(2))], [])
    assert [each.pages for each in found] == [3, 2]


def test_what_the_ledger_names_by_number_is_not_proposed() -> None:
    release = Released("d1", bates(1, 30), [gap(30, 5, "EPA-0031")])
    entries = [
        entry(Bucket.FULL, 10, "EPA-0001", "EPA-0010"),
        entry(Bucket.DUPLICATE, 1, "EPA-0015"),
        entry(Bucket.WITHHELD, 2, "", "EPA-0033"),
        entry(Bucket.FULL, 5, "21", "25", document_id="d1"),
    ]
    found = not_in_ledger([release], entries)
    assert said(found) == [
        ("full", 14, "", ""), ("missing", 1, "EPA-0031", "EPA-0031"),
        ("missing", 2, "EPA-0034", "EPA-0035"),
    ]  # fmt: skip
    assert found[0].note == "Pages 11-14, 16-20, 26-30 of the document"


def test_an_entry_without_numbers_stands_for_as_many_pages_as_it_holds() -> None:
    release = Released("d1", plain(29), [mark(n, Extent.AREA) for n in range(7, 30)])
    assert not_in_ledger([release], [
        entry(Bucket.FULL, 6, document_id="d1"), entry(Bucket.PART, 23, document_id="d1"),
    ]) == []  # fmt: skip
    [found] = not_in_ledger([release], [entry(Bucket.FULL, 10, document_id="d1")])
    assert found == Proposal(Bucket.PART, 19, "d1"), "nobody knows which four of them are meant"


def test_an_entry_of_neither_number_nor_document_counts_against_its_bucket() -> None:
    release = Released("d1", plain(10), [gap(10, 20, "", "", "(b)(5)")])
    entries = [
        entry(Bucket.WITHHELD, 15), entry(Bucket.FULL, 4, "GSA-1", "GSA-4"),
        entry(Bucket.REFERRED, 3), entry(Bucket.PART, 2, document_id="gone"),
    ]  # fmt: skip
    assert said(not_in_ledger([release], entries)) == [("full", 6, "", ""), ("withheld", 5, "", "")]


def test_what_is_missing_is_not_in_the_document() -> None:
    release = Released("d1", bates(1, 10))
    entries = [entry(Bucket.MISSING, 5, document_id="d1"), entry(Bucket.MISSING, 2, "EPA-0050")]
    assert said(not_in_ledger([release], entries)) == [("full", 10, "EPA-0001", "EPA-0010")]


def test_a_count_without_numbers_tells_where_the_gap_is() -> None:
    found = not_in_ledger([Released("d1", ["i", "ii"], [gap(2, 8), gap(2, 3)])], [])
    assert said(found) == [("full", 2, "", ""), ("missing", 8, "", "")]
    assert found[0].note == "Pages 1-2 of the document"
    assert found[1].note == "Never delivered, after page 2 of the document"


def test_a_long_list_of_pages_stays_out_of_the_note() -> None:
    marks = [mark(n, Extent.AREA, "(b)(6)") for n in range(1, 400, 2)]
    found = not_in_ledger([Released("d1", plain(400), marks)], [])
    assert [(each.pages, each.note) for each in found] == [(200, ""), (200, "(b)(6)")]


EXTENTS = st.sampled_from([None, Extent.AREA, Extent.PAGE, Extent.ANSWER])
MARKS = st.lists(
    st.one_of(
        st.builds(mark, st.integers(1, 9), EXTENTS),
        st.builds(
            gap, st.integers(1, 9), st.one_of(st.none(), st.integers(1, 9)),
            st.one_of(st.just(""), st.integers(1, 30).map(lambda n: f"EPA-{n:04d}")),
        ),
    ),
    max_size=8,
)  # fmt: skip
DOCUMENTS = st.lists(
    st.tuples(st.integers(1, 12), st.integers(1, 20), st.booleans(), MARKS), max_size=3
)


def _documents(drawn: list[tuple[int, int, bool, list[Annotation]]]) -> list[Released]:
    return [
        Released(f"d{at}", bates(first, first + pages - 1) if named else plain(pages), marks)
        for at, (pages, first, named, marks) in enumerate(drawn)
    ]


@given(DOCUMENTS)
def test_what_was_taken_is_not_proposed_again(
    drawn: list[tuple[int, int, bool, list[Annotation]]],
) -> None:
    released = _documents(drawn)
    taken = [
        entry(each.bucket, each.pages, each.first, each.last, document_id=each.document_id)
        for each in not_in_ledger(released, [])
    ]
    assert not_in_ledger(released, taken) == []


@given(DOCUMENTS)
def test_numbered_pages_are_proposed_once(
    drawn: list[tuple[int, int, bool, list[Annotation]]],
) -> None:
    released = _documents(drawn)
    found = not_in_ledger(released, [])
    named = [n for each in found if each.first.startswith("EPA") for n in bates(
        int(each.first[4:]), int(each.last[4:]))]  # fmt: skip
    assert len(named) == len(set(named))
    sheets = {label for each in released for label in each.labels if label.startswith("EPA")}
    plain_pages = sum(len(each.labels) for each in released if each.labels[0] == "1")
    gaps = sum(mark.missing_count or 0 for each in released for mark in each.marks)
    assert sum(each.pages for each in found) <= len(sheets) + plain_pages + gaps
    assert sum(each.pages for each in found) >= len(sheets) + plain_pages


def test_runs_know_what_they_hold_and_what_lies_outside() -> None:
    runs = Runs([(S, 5, 9), (S, 8, 12), (S, 13, 13), (S, 20, 30), (("x", "", ""), 1, 3)])
    assert [n for n in range(1, 35) if runs.holds(S, n)] == [*range(5, 14), *range(20, 31)]
    assert list(runs.outside(S, 1, 25)) == [(1, 4), (14, 19)]
    assert list(runs.outside(S, 6, 10)) == []
    assert list(runs.outside(S, 14, 40)) == [(14, 19), (31, 40)]
    assert list(runs.outside(("y", "", ""), 1, 2)) == [(1, 2)]
