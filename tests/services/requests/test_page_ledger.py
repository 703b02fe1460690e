"""The page ledger filled from what the released documents and their marks say."""

from __future__ import annotations

from pathlib import Path

import pytest

from casefile.domain.annotations import Extent
from casefile.domain.geometry import Box
from casefile.domain.page_counts import Proposal
from casefile.domain.requests import Bucket, EventKind
from casefile.services import documents, page_ledger, request_events, requests, withholding
from casefile.services.case import Case
from casefile.services.importing import ImportChoices, import_paths
from casefile.services.undo import undo
from casefile.store.transaction import Transaction
from tests import sample_case
from tests.services.conftest import BringIn
from tests.services.material import refused
from tests.services.there_and_back import there_and_back

AREA = Box(50, 40, 400, 80)


@pytest.fixture
def asked(case: Case) -> str:
    return requests.add(case, agency="EPA R9", law="us-federal").ids("request")[0]


@pytest.fixture
def release(bring_in: BringIn, asked: str) -> str:
    """A released document of six pages."""
    pages = [f"page {number}" for number in range(1, 7)]
    return bring_in("Release.pdf", pages, ImportChoices(request_id=asked))


def ledger(case: Case, request_id: str) -> list[tuple[Bucket, int, str, str]]:
    return [(e.bucket, e.pages, e.first, e.last) for e in page_ledger.listing(case, request_id)]


def pages_left(case: Case, request_id: str) -> int:
    """How many pages would be taken."""
    return sum(each.pages for each in page_ledger.proposed(case, request_id).entries)


def test_taking_puts_everything_in_as_one_step(case: Case, asked: str, release: str) -> None:
    withholding.add(case, release, 2, box=AREA, codes=["b6"])
    withholding.add(case, release, 2, box=Box(50, 200, 400, 240), codes=["b5"])
    withholding.add(case, release, 3, codes=["b5"])
    withholding.add(case, release, 3, box=AREA, codes=["b6"])
    withholding.add(case, release, 6, first="EPA-0007", last="EPA-0010", codes=["b7a"])
    withholding.add(case, release, 1, extent=Extent.ANSWER, codes=["glomar"])
    there_and_back(case, lambda: page_ledger.take(case, asked))
    assert ledger(case, asked) == [
        (Bucket.FULL, 4, "", ""), (Bucket.PART, 1, "2", "2"), (Bucket.WITHHELD, 1, "3", "3"),
        (Bucket.WITHHELD, 4, "EPA-0007", "EPA-0010"),
    ]  # fmt: skip
    entries = page_ledger.listing(case, asked)
    assert [entry.note for entry in entries] == [
        "Pages 1, 4-6 of the document", "(b)(6), (b)(5)", "(b)(5)", "(b)(7)(A)",
    ]  # fmt: skip
    assert {entry.document_id for entry in entries} == {release}
    assert page_ledger.totals(case, asked).accounted == 10


def test_what_was_taken_is_not_taken_again(case: Case, asked: str, release: str) -> None:
    change = page_ledger.take(case, asked)
    assert pages_left(case, asked) == 0
    with refused("ledger.nothing_to_take"):
        page_ledger.take(case, asked)
    withholding.add(case, release, 2)  # a page that stands in the ledger stays where it is
    assert pages_left(case, asked) == 0
    withholding.add(case, release, 6, count=4)
    assert page_ledger.proposed(case, asked).entries == (
        Proposal(Bucket.MISSING, 4, release, note="Never delivered, after page 6 of the document"),
    )
    undo(case, change)
    assert pages_left(case, asked) == 10


def test_entries_that_name_the_document_count(case: Case, asked: str, release: str) -> None:
    page_ledger.add(case, asked, Bucket.FULL, 2, document_id=release)
    page_ledger.add(case, asked, Bucket.DUPLICATE, 1, first="5", document_id=release)
    assert page_ledger.proposed(case, asked).entries == (Proposal(Bucket.FULL, 3, release),)
    page_ledger.take(case, asked)
    assert page_ledger.totals(case, asked).by_bucket == {Bucket.FULL: 5, Bucket.DUPLICATE: 1}


def test_documents_of_other_requests_and_of_the_trash_do_not_count(
    case: Case, asked: str, release: str
) -> None:
    other = requests.add(case, agency="GSA").ids("request")[0]
    assert pages_left(case, other) == 0
    assert [each.id for each in page_ledger.released(case, asked)] == [release]
    documents.delete(case, [release])
    assert pages_left(case, asked) == 0
    with refused("request.not_found"):
        page_ledger.proposed(case, "0" * 16)
    with refused("request.not_found"):
        page_ledger.take(case, "0" * 16)


def test_two_copies_of_a_document_count_once(
    case: Case, asked: str, release: str, bring_in: BringIn
) -> None:
    again = bring_in("Again.pdf", [f"copy {n}" for n in range(6)], ImportChoices(request_id=asked))
    assert pages_left(case, asked) == 12
    original = documents.get(case, release)

    def same(tx: Transaction) -> None:
        tx.update("document", again, {"sha256": original.sha256})

    case.store.edit("document.edit", same)
    withholding.add(case, again, 2, box=AREA)
    page_ledger.add(case, asked, Bucket.FULL, 2, document_id=again)
    found = page_ledger.proposed(case, asked).entries
    assert [(each.bucket, each.pages, each.document_id) for each in found] == [
        (Bucket.FULL, 3, release), (Bucket.PART, 1, release),
    ]  # fmt: skip


def test_what_cannot_be_counted_is_told(
    case: Case, asked: str, release: str, tmp_path: Path
) -> None:
    withholding.add(case, release, 6, first="EPA-0007", codes=["b5"])
    path = tmp_path / "odd.xyz"
    path.write_bytes(b"\x00\x01\x02odd" * 20)
    import_paths(case, [path], ImportChoices(request_id=asked))
    found = page_ledger.proposed(case, asked)
    assert (len(found.entries), found.uncounted, found.unreadable) == (1, 1, 1)


def test_a_letter_is_no_record(case: Case, asked: str, release: str, bring_in: BringIn) -> None:
    letter = bring_in("Letter.pdf", ["We have your request."], ImportChoices(request_id=asked))
    assert pages_left(case, asked) == 7
    there_and_back(case, lambda: page_ledger.take(case, asked, only=[letter]))
    request_events.log(
        case, asked, EventKind.ACKNOWLEDGED, dated="2026-10-20", documents=(letter,)
    )  # fmt: skip
    request_events.log(
        case, asked, EventKind.INTERIM_RELEASE, dated="2026-10-21", documents=(letter, release)
    )  # fmt: skip
    [left] = page_ledger.proposed(case, asked).entries
    assert left.document_id == release
    page_ledger.delete(case, [each.id for each in page_ledger.listing(case, asked)])
    assert pages_left(case, asked) == 7, "it came with records too"
    request_events.delete(case, request_events.listing(case, asked)[-1].id)
    assert pages_left(case, asked) == 6
    with refused("ledger.nothing_to_take"):
        page_ledger.take(case, asked, only=[letter])


def test_the_ledger_of_the_sample_case_is_whole_but_for_letter_and_slip_sheet(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = sample_case.sample_copy(tmp_path_factory, tmp_path / "sample")
    with sample_case.opened(path) as case:
        titles = {row.document.id: row.document.title for row in documents.listing(case)}
        found = page_ledger.proposed(case, requests.listing(case)[0].id).entries
        assert [(titles[each.document_id], each.bucket, each.pages) for each in found] == [
            ("BER letter of October 21, 2025", Bucket.FULL, 2), ("BER release 1", Bucket.FULL, 1),
        ]  # fmt: skip


def test_a_run_that_goes_backwards_is_refused(case: Case, asked: str) -> None:
    with refused("ledger.backwards"):
        page_ledger.add(case, asked, Bucket.FULL, 9, first="EPA-0020", last="EPA-0012")
    [entry] = page_ledger.add(
        case, asked, Bucket.FULL, 9, first=" EPA-0012 ", last="EPA-0020"
    ).ids("ledger_entry")  # fmt: skip
    with refused("ledger.backwards"):
        page_ledger.edit(case, entry, last="EPA-0001")
    [kept] = page_ledger.listing(case, asked)
    assert (kept.first, kept.last) == ("EPA-0012", "EPA-0020")
