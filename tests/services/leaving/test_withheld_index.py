"""The index of what was withheld: counted rightly, in words that say what is known."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from casefile.domain.annotations import Annotation, AnnotationKind, Extent
from casefile.services.leaving.index_page import index_page
from casefile.services.leaving.withheld_index import summary, what, withheld_csv, withheld_in
from tests.services.leaving.samples import contents, document, mark


def withheld(extent: Extent | None, count: int | None = None, **more: object) -> Annotation:
    made = replace(mark(text=""), kind=AnnotationKind.WITHHOLDING, extent=extent)
    return replace(made, missing_count=count, **more)  # type: ignore[arg-type]


AREA, PAGE = withheld(None), withheld(Extent.PAGE)
ANSWER = withheld(Extent.ANSWER)
TWELVE, ONE, SOME = (withheld(Extent.RANGE, count) for count in (12, 1, None))


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (AREA, "An area"),
        (PAGE, "The whole page"),
        (ANSWER, "The whole answer"),
        (TWELVE, "12 pages after this one, never delivered"),
        (ONE, "1 page after this one, never delivered"),
        (SOME, "Pages after this one, never delivered"),
    ],
)
def test_each_says_how_much(one: Annotation, words: str) -> None:
    (found,) = withheld_in([document(marks=(one,))])
    assert what(found) == words


@pytest.mark.parametrize(
    ("marks", "words"),
    [
        ((AREA, AREA, PAGE, TWELVE, ONE), "2 areas, 1 whole page, 13 pages never delivered."),
        ((SOME, SOME), "2 gaps of unknown length."),
        ((ANSWER,), "The whole answer."),
    ],
)
def test_all_are_counted(marks: tuple[Annotation, ...], words: str) -> None:
    assert summary(withheld_in([document(marks=marks)])) == words


def test_a_page_without_withholdings_has_no_index() -> None:
    page = index_page(contents(document(marks=(mark(),)))).decode()
    assert 'id="withheld"' not in page
    assert "withheld.csv" not in page


def test_the_table_is_harmless_and_says_what_codes_mean() -> None:
    one = withheld(Extent.AREA, comment="=1+1", codes=("(b)(6)",), vocabulary="us-federal-foia")
    table = withheld_csv(withheld_in([document(marks=(one, mark()))])).decode()
    (row,) = csv.DictReader(io.StringIO(table, newline=""))
    assert (row["comment"], row["codes"], row["page_label"]) == ("'=1+1", "(b)(6)", "BER-000002")
    assert "privacy" in row["exemptions"].lower()
