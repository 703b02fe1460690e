"""Marks find their places again in another release of the same record."""

from __future__ import annotations

from pathlib import Path

import pytest

from casefile.domain.anchoring import folded
from casefile.domain.annotations import AnnotationKind, Extent
from casefile.domain.errors import Cancelled
from casefile.domain.geometry import Box
from casefile.domain.progress import JobContext
from casefile.services import annotating, documents, reanchoring, tags, withholding
from casefile.services.case import Case
from casefile.services.importing import ImportChoices, import_paths
from casefile.services.wording import undo_name
from tests.services.conftest import BringIn
from tests.services.material import refused
from tests.services.there_and_back import there_and_back

ONE = (
    "Minutes of the board on 4 March\n"
    "Mr. Reed said that the cooling line was safe and would be tested again.\n"
    "The board approved a waiver of the cooling rules for one year."
)
TWO = (
    "Letter to the board\n"
    "The vendor asks that its prices be kept from the public record.\n"
    "It offers a face recognition product to the agency."
)
#: The second release: a cover sheet in front, lines broken elsewhere, a name withheld.
COVER = "Second interim release\nPages 1 to 3 of 3"
ONE_LATER = (
    "Minutes of the board on 4 March Mr.\n"
    "[...] said that the cool-\ning line was safe and would be tested\nagain. The board approved\n"
    "a waiver of the cooling rules for one year."
)


@pytest.fixture
def releases(bring_in: BringIn) -> tuple[str, str]:
    first = bring_in("Release 1.pdf", [ONE, TWO, ""])
    return first, bring_in("Release 2.pdf", [COVER, ONE_LATER, TWO, ""])


def marked(case: Case, document_id: str, page: int, words: str, **more: object) -> str:
    change = annotating.find_and_mark(case, document_id, page, words, **more)  # type: ignore[arg-type]
    return change.ids("annotation")[0]


def test_marks_on_words_follow_them(case: Case, releases: tuple[str, str]) -> None:
    first, second = releases
    waiver = marked(case, first, 1, "approved a waiver of the cooling rules", comment="why?",
                    tags=["waiver"], colour="pink")  # fmt: skip
    reed = marked(case, first, 1, "Mr. Reed said that the cooling line was safe")
    vendor = marked(case, first, 2, "face recognition product", kind=AnnotationKind.UNDERLINE)
    plan = reanchoring.plan(case, first, second)
    assert (plan.lost, plan.there) == ((), ())
    change = there_and_back(case, lambda: reanchoring.carry(case, plan))
    assert undo_name(change.what, change.count) == "Carry 3 marks over"
    new = {
        each.old.id: annotating.get(case, mark_id)
        for each, mark_id in zip(plan.placed, change.ids("annotation"), strict=True)
    }
    assert (new[waiver].page, new[vendor].page) == (2, 3)
    assert new[waiver].text == "approved a waiver of the cooling rules"
    assert len(new[waiver].quads) == 2, "it runs over two lines now"
    assert (new[waiver].comment, new[waiver].colour) == ("why?", "pink")
    assert tags.of(case, "annotation")[new[waiver].id] == ("waiver",)
    assert new[vendor].kind is AnnotationKind.UNDERLINE
    assert "cooling line was safe" in new[reed].text, "found by what is left of it"
    sure = {each.old.id: each.confidence for each in plan.placed}
    assert sure[vendor] > 0.95
    assert reanchoring.LEAST <= sure[reed] < sure[waiver]
    again = reanchoring.plan(case, first, second)
    assert (again.placed, len(again.there)) == ((), 3), "nothing is carried twice"
    with refused("carry.nothing"):
        reanchoring.carry(case, again)


def test_marks_without_words_follow_their_page(case: Case, releases: tuple[str, str]) -> None:
    first, second = releases
    annotating.bookmark(case, first, 2)
    annotating.draw(case, first, 2, [((400.0, 700.0), (450.0, 750.0))])
    withholding.add(case, first, 1, extent=Extent.RANGE, count=4, codes=["b5"])
    plan = reanchoring.plan(case, first, second)
    new = {each.new.kind: each for each in plan.placed}
    assert new[AnnotationKind.BOOKMARK].new.page == 3
    assert new[AnnotationKind.INK].new.strokes == (((400.0, 700.0), (450.0, 750.0)),)
    gap = new[AnnotationKind.WITHHOLDING].new
    assert (gap.page, gap.missing_count, gap.codes) == (2, 4, ("(b)(5)",))
    assert all(each.confidence <= 0.8 for each in plan.placed), "less sure than words"


def test_a_box_keeps_its_size_or_closes_around_its_words(
    case: Case, releases: tuple[str, str]
) -> None:
    first, second = releases
    whole = Box(50, 45, 560, 100)  # the three lines of page 2
    annotating.mark_box(case, first, 2, whole)
    [place] = reanchoring.plan(case, first, second).placed
    assert place.new.quads == (whole.quad(),)
    annotating.mark_box(case, first, 1, Box(50, 80, 400, 94), kind=AnnotationKind.REGION)
    region = reanchoring.plan(case, first, second).placed[0].new
    assert "The board approved a waiver" in region.text
    assert region.quads[0].box.y1 > 100, "its words take two lines now"


def test_a_note_goes_with_the_words_it_is_about(case: Case, releases: tuple[str, str]) -> None:
    first, second = releases
    annotating.find_and_mark(
        case, first, 1, "approved a waiver", kind=AnnotationKind.NOTE, comment="why?"
    )
    [place] = reanchoring.plan(case, first, second).placed
    annotating.find_and_mark(case, second, 2, "approved a waiver")
    [there] = annotating.listing(case, second)
    assert place.new.page == 2
    assert (place.new.quads[0].box.x0, place.new.quads[0].box.y0) == pytest.approx(
        (there.quads[0].box.x0, there.quads[0].box.y0), abs=0.01
    )


def test_a_page_without_words_is_known_by_its_number_alone(
    case: Case, bring_in: BringIn, releases: tuple[str, str]
) -> None:
    first, second = releases
    annotating.bookmark(case, first, 3)
    plan = reanchoring.plan(case, first, second)
    assert (len(plan.placed), len(plan.lost)) == (0, 1), "there is a page more"
    same = bring_in("Again.pdf", ["", "", "-"])
    [place] = reanchoring.plan(case, first, same).placed
    assert (place.new.page, place.confidence) == (3, reanchoring.LEAST)


def test_what_is_gone_is_listed_not_guessed(
    case: Case, bring_in: BringIn, releases: tuple[str, str]
) -> None:
    first, _ = releases
    other = bring_in("Other.pdf", ["Nothing of this record stands here at all"])
    lost = marked(case, first, 1, "approved a waiver of the cooling rules")
    annotating.bookmark(case, first, 1)
    plan = reanchoring.plan(case, first, other)
    assert plan.placed == ()
    assert lost in {mark.id for mark in plan.lost}
    assert len(plan.lost) == 2
    only = reanchoring.plan(case, first, other, ids=[lost])
    assert len(only.lost) == 1
    with refused("carry.same"):
        reanchoring.plan(case, first, first)
    stopped = JobContext()
    stopped.cancel()
    with pytest.raises(Cancelled):
        reanchoring.plan(case, first, other, context=stopped)


def test_a_real_record_keeps_its_marks_in_another_layout(case: Case, corpus: Path) -> None:
    """The same three pages as a printed PDF in three columns, and as plain text."""
    paths = [
        corpus / "releases/pdfplumber/federal-register-2020-17221.pdf",
        corpus / "ocr/synthetic-scan/federal-register-2020-17221.truth.txt",
    ]
    printed, typed = (
        done.document.id for done in import_paths(case, paths, ImportChoices()).imported
    )
    wanted = 0
    for page in documents.page_texts(case, printed, 1, 3):
        lines = [line.split() for line in page.text.splitlines() if len(line.split()) > 5]
        for words in lines[5::17]:
            annotating.find_and_mark(case, printed, page.number, " ".join(words[1:5]), nth=1)
            wanted += 1
    plan = reanchoring.plan(case, printed, typed)
    assert wanted > 20
    assert len(plan.placed) >= wanted * 0.95, plan.lost
    for each in plan.placed:
        assert folded(each.new.text) == folded(each.old.text)
