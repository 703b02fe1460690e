"""What agencies keep back: recorded with its codes, and listed for the appeal."""

from __future__ import annotations

import pytest

from casefile.domain.annotations import AnnotationKind, Extent
from casefile.domain.documents import Provenance
from casefile.domain.geometry import Box
from casefile.services import (
    annotating,
    appeal_grounds,
    documents,
    exemptions,
    requests,
    withholding,
)
from casefile.services.case import Case
from casefile.services.wording import undo_name
from tests.services.conftest import BringIn
from tests.services.material import refused
from tests.services.there_and_back import there_and_back

FOIA = "us-federal-foia"
AREA = Box(50, 40, 400, 80)


@pytest.fixture
def document_id(bring_in: BringIn) -> str:
    return bring_in("Release.pdf", ["From: (bX6), (b)(7)(C)\n(b)(5) DPP", "page 2", "page 3"])


# Codes ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "vocabulary", "first"),
    [
        ("b5", FOIA, "(b)(5)"),
        ("7c", FOIA, "(b)(7)(C)"),
        ("s40", "uk-foia", "s.40(1)"),
        ("s402", "uk-foia", "s.40(2)"),
        ("87(2)(b)", "us-ny-foil", "87(2)(b)"),
        ("872b", "us-ny-foil", "87(2)(b)"),
        ("j2", FOIA, "(j)(2)"),
        ("privacy", FOIA, "(b)(6)"),
        ("47e", "au-foi", "s 47E(a)"),
        ("3 nr 1", "de-ifg", "§ 3 Nr. 1"),
    ],
)
def test_a_code_is_completed_from_a_few_keys(typed: str, vocabulary: str, first: str) -> None:
    assert exemptions.complete(typed, vocabulary)[0].code == first


def test_completing_offers_what_this_case_used_before_the_rest() -> None:
    used = ["(b)(7)(E)", "(b)(6)"]
    assert [code.code for code in exemptions.complete("", FOIA, used=used)[:3]] == [
        "(b)(7)(E)", "(b)(6)", "(b)(1)",
    ]  # fmt: skip
    sevens = [code.code for code in exemptions.complete("b7", FOIA, used=used)]
    assert sevens[:3] == ["(b)(7)", "(b)(7)(E)", "(b)(7)(A)"], "what was typed exactly goes first"
    assert exemptions.complete("xyzzy", FOIA) == []
    assert exemptions.complete("b5", "no-such-list") == []


def test_every_printed_spelling_means_its_code_or_one_printed_alike() -> None:
    for vocabulary in exemptions.vocabularies():
        for code in vocabulary.codes:
            assert exemptions.lookup(code.code, vocabulary.id) == code
            for spelling in code.printed:
                assert exemptions.lookup(spelling, vocabulary.id) is not None, spelling


@pytest.mark.parametrize(
    ("seen", "code"),
    [
        ("(bX6)", "(b)(6)"),
        ("(bl(6)", "(b)(6)"),
        ("{b)(6}", "(b)(6)"),
        ("tb)(6)", "(b)(6)"),
        ("(h)(6)", "(b)(6)"),
        ("(b)(?)(C)", "(b)(7)(C)"),
        ("(b)l7)(E)", "(b)(7)(E)"),
        ("(b)(7)(0)", None),  # C, D or O: nobody can tell
        ("the agency", None),
    ],
)
def test_what_ocr_made_of_a_code_is_read_where_it_can_only_be_one(
    seen: str, code: str | None
) -> None:
    found = exemptions.lookup(seen, FOIA, ocr=True)
    assert (found and found.code) == code


def test_codes_are_found_in_the_text_of_a_box() -> None:
    text = "(b)(6), (b)(7)(C)\n(b)(3):50 U.S.C. § 3024(i)(1)\nnothing here"
    assert exemptions.printed_in(text, FOIA) == (
        "(b)(6)", "(b)(7)(C)", "(b)(3)", "50 U.S.C. 3024(i)",
    )  # fmt: skip
    assert exemptions.printed_in("(bX6); tb)(5)", FOIA) == ()
    assert exemptions.printed_in("rip it; a dup\nNR, Withheld in Full", FOIA) == ("NR", "WIF")
    assert exemptions.printed_in("(bX6); tb)(5)", FOIA, ocr=True) == ("(b)(6)", "(b)(5)")


@pytest.mark.parametrize(
    ("law", "vocabulary"),
    [
        ("us-federal", FOIA),
        ("FOIA", FOIA),
        ("5 U.S.C. 552", FOIA),
        ("us-ny", "us-ny-foil"),
        ("foil", "us-ny-foil"),
        ("uk-sct", "uk-sct-foisa"),
        ("Texas Public Information Act", None),
        ("", None),
    ],
)
def test_a_law_has_its_vocabulary(law: str, vocabulary: str | None) -> None:
    found = exemptions.for_law(law)
    assert (found and found.id) == vocabulary


# Withholdings -----------------------------------------------------------------------------------


def test_an_area_is_recorded_with_its_codes(case: Case, document_id: str) -> None:
    printed = withholding.printed_codes(case, document_id, 1, AREA, FOIA)
    assert printed == ("(b)(7)(C)", "(b)(5) DPP"), "(bX6) is no code where the text is no OCR"
    change = there_and_back(case, lambda: withholding.add(
        case, document_id, 1, box=AREA, codes=["b6", "(b) (7)(c)", "b6", "Rule 99"], comment="who"
    ))  # fmt: skip
    assert undo_name(change.what, change.count) == "Add withholding"
    mark = annotating.get(case, change.ids("annotation")[0])
    assert (mark.kind, mark.extent) == (AnnotationKind.WITHHOLDING, Extent.AREA)
    assert mark.codes == ("(b)(6)", "(b)(7)(C)", "Rule 99")
    assert (mark.vocabulary, mark.comment) == (FOIA, "who")
    assert mark.text.startswith("From:")
    [entry] = withholding.index(case, document_id)
    assert entry.unknown == ("Rule 99",)
    assert withholding.used_codes(case) == list(mark.codes)


def test_pages_never_delivered_are_counted_from_their_numbers(case: Case, document_id: str) -> None:
    change = withholding.add(case, document_id, 2, first="EPA-000003", last="EPA-000014")
    gap = annotating.get(case, change.ids("annotation")[0])
    assert (gap.extent, gap.missing_count, gap.quads) == (Extent.RANGE, 12, ())
    withholding.edit(case, gap.id, last="EPA-000004", codes=["b5"])
    gap = annotating.get(case, gap.id)
    assert (gap.missing_count, gap.missing_last, gap.codes) == (2, "EPA-000004", ("(b)(5)",))
    with refused("withholding.backwards"):
        withholding.add(case, document_id, 2, first="EPA-9", last="EPA-3")
    with refused("withholding.count"):
        withholding.edit(case, gap.id, count=5)
    with refused("withholding.range_needed"):
        withholding.add(case, document_id, 2, extent=Extent.RANGE)
    with refused("annotation.empty"):
        withholding.add(case, document_id, 2, extent=Extent.AREA)
    with refused("annotation.empty"):
        withholding.edit(case, gap.id, extent=Extent.AREA)
    with refused("page.not_found"):
        withholding.add(case, document_id, 9)
    [note] = annotating.bookmark(case, document_id, 1).ids("annotation")
    with refused("annotation.kind"):
        withholding.edit(case, note, codes=[])


def test_the_vocabulary_is_that_of_the_request_or_the_one_used_last(
    case: Case, document_id: str
) -> None:
    assert withholding.default_vocabulary(case, document_id) == FOIA
    withholding.add(case, document_id, 1, codes=["s.40(2)"], vocabulary="uk-foia")
    assert withholding.default_vocabulary(case, document_id) == "uk-foia"
    [asked] = requests.add(case, agency="NYPD", law="us-ny").ids("request")
    documents.set_provenance(case, [document_id], Provenance.RELEASED, request_id=asked)
    assert withholding.default_vocabulary(case, document_id) == "us-ny-foil"


def test_the_index_becomes_grounds_of_an_appeal(
    case: Case, document_id: str, bring_in: BringIn
) -> None:
    other = bring_in("Letter.pdf", ["We can neither confirm nor deny."])
    [asked] = requests.add(case, agency="EPA", law="us-federal").ids("request")
    documents.set_provenance(case, [document_id], Provenance.RELEASED, request_id=asked)
    withholding.add(case, document_id, 1, box=AREA, codes=["b6", "b7c"], comment="an official")
    withholding.add(case, document_id, 2, codes=["b5"])
    withholding.add(case, document_id, 3, count=12, codes=["b5"])
    withholding.add(case, document_id, 3, first="iv")
    withholding.add(case, other, 1, extent=Extent.ANSWER, codes=["Glomar"])
    assert len(withholding.index(case)) == 5
    entries = withholding.index(case, request_id=asked)
    assert [entry.pages for entry in entries] == [0, 1, 12, None]
    six, seven, five = (
        f"{code.code} ({code.description.rstrip('.')})"
        for spelt in ("b6", "b7c", "b5")
        if (code := exemptions.lookup(spelt, FOIA))
    )
    assert appeal_grounds.draft(entries) == (
        f"Withheld under {six}: 1 area.\n- Release.pdf, p. 1: an official\n\n"
        f"Withheld under {seven}: 1 area.\n- Release.pdf, p. 1: an official\n\n"
        f"Withheld under {five}: 13 pages.\n"
        "- Release.pdf, p. 2, the whole page\n"
        "- Release.pdf, after p. 3, 12 pages never delivered\n\n"
        "Withheld without a stated exemption: pages not counted.\n"
        "- Release.pdf, after p. 3, pages never delivered (iv)"
    )
    answer = appeal_grounds.draft(withholding.index(case, other))
    assert answer.startswith("Withheld under GLOMAR")
    assert answer.endswith("1 whole answer.\n- Letter.pdf, p. 1, the whole answer")
    assert appeal_grounds.draft([]) == ""
    with refused("request.not_found"):
        withholding.index(case, request_id="0" * 16)
