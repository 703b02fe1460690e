"""Words found in a document: order, context, options, letters of every kind, an end to it."""

from __future__ import annotations

import pytest

from casefile.domain.errors import Cancelled
from casefile.domain.finding import FindOptions, letters
from casefile.domain.progress import JobContext
from casefile.services import finding, reading
from casefile.services.case import Case
from casefile.services.finding import Matcher, find
from tests.services.conftest import BringIn


def test_words_are_found_from_the_page_one_reads_on(case: Case, bring_in: BringIn) -> None:
    pages = ["The waiver and the wai-\nver again", "nothing", "A WAIVER", "no", "waivers"]
    document_id = bring_in("a.pdf", pages)
    found = list(find(case, document_id, Matcher("waiver"), start_page=3))
    assert [hits.page for hits in found] == [3, 5, 1]
    assert [hit.match for hit in found[2].hits] == ["waiver", "waiver"]
    assert found[0].hits[0].before == "A "
    assert found[1].hits[0].after == "s"
    first = found[2].hits[0]
    assert first.before + first.match + first.after == "The waiver and the waiver again"
    assert list(find(case, document_id, Matcher("  "))) == []
    assert list(find(case, document_id, Matcher("absent"), start_page=99)) == []


def test_finding_gives_the_thread_back_where_there_is_nothing(
    case: Case, bring_in: BringIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "SLICE", 2)
    document_id = bring_in("a.pdf", ["words"] * 6 + ["a waiver"])
    nothing = [(hits.page, hits.hits) for hits in find(case, document_id, Matcher("absent"))]
    assert nothing == [(2, ()), (4, ()), (6, ())]
    found = list(find(case, document_id, Matcher("waiver"), start_page=3))
    assert [(hits.page, len(hits.hits)) for hits in found] == [(4, 0), (6, 0), (7, 1)]


def test_words_are_found_whatever_letters_they_are_written_with(
    case: Case, bring_in: BringIn
) -> None:
    document_id = bring_in("a.pdf", ["Café ÜBER ½ naïve", "CAFE uber"])
    for needle, pages in (
        ("cafe", [1, 2]), ("ÜBER", [1, 2]), ("naive", [1]), ("f\u00e9 u", [1, 2]), ("afé", [1, 2])
    ):  # fmt: skip
        found = [hits.page for hits in find(case, document_id, Matcher(needle)) if hits.hits]
        assert found == pages, needle


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("The re-\ngional_director’s", "theregional_directors"),
        ("ﬁne Straße", "finestrasse"),
        ("ИЮНЬ й", "июньи"),
        ("co\u00adoperate", "cooperate"),
        ("１２３ Ⅳ", "123iv"),
        ("水 冷却", "水冷却"),
    ],
)
def test_texts_are_compared_by_their_letters(words: str, left: str) -> None:
    assert letters(words) == left


def test_finding_can_be_stopped(case: Case, bring_in: BringIn) -> None:
    document_id = bring_in("a.pdf", ["waiver"] * 3)
    context = JobContext()
    found = find(case, document_id, Matcher("waiver"), context=context)
    assert next(found).page == 1
    context.cancel()
    with pytest.raises(Cancelled):
        next(found)


def test_every_hit_of_the_stored_text_has_its_place_on_the_page(
    case: Case, bring_in: BringIn
) -> None:
    """Hits come from the store, places from the page; they must be the same ones."""
    pages = ["The waiver and the wai-\nver again", "Waiver WAIVER waivers\nnon-\nwaiver"]
    document_id = bring_in("a.pdf", pages)
    for options in (FindOptions(), FindOptions(words=True), FindOptions(case=True)):
        matcher = Matcher("waiver", options)
        for hits in find(case, document_id, matcher):
            places = finding.places(reading.text(case, document_id, hits.page).lines, matcher)
            assert len(places) == len(hits.hits) > 0


def test_finding_reads_no_page(case: Case, bring_in: BringIn) -> None:
    """A document is looked through from the store alone."""
    document_id = bring_in("a.pdf", ["a waiver"] * 3)
    case.forget_session(document_id)
    assert len(list(find(case, document_id, Matcher("waiver")))) == 3
    assert document_id not in case._sessions._sessions


def test_a_pattern_is_looked_for_across_lines_with_its_context(
    case: Case, bring_in: BringIn
) -> None:
    document_id = bring_in("a.pdf", ["Call 555-\n0143 or\n555-0199 today"])
    matcher = Matcher(r"555-\d{4}", FindOptions(pattern=True))
    (hits,) = find(case, document_id, matcher)
    assert [hit.match for hit in hits.hits] == ["555-0143", "555-0199"]
    assert hits.hits[1].before.endswith("0143 or ")
    assert hits.hits[1].after == " today"
