"""Quotes are compared with what their pages say now."""

from __future__ import annotations

from dataclasses import replace

import pytest

from casefile.domain.geometry import Box
from casefile.services import documents, quoting, rechecking
from casefile.services.case import Case
from casefile.services.rechecking import Outcome
from casefile.store import quotes
from tests.services.conftest import BringIn
from tests.services.material import refused

LINE = "The agency approved a waiver of the cooling rules for one year."


@pytest.fixture
def document_id(bring_in: BringIn) -> str:
    return bring_in("Audit.pdf", ["On 4 March.\n" + LINE, "", "other things"])


def outcome(case: Case, quote_id: str, **changed: object) -> tuple[Outcome, str]:
    """What comes of a quote whose capture is as given: as if the page had been read differently
    when it was made."""
    if changed:
        altered = replace(quoting.get(case, quote_id), **changed)  # type: ignore[arg-type]
        case.store.write(lambda tx: quotes.update(tx, altered))
    [found] = rechecking.recheck(case, [quote_id])
    return found.outcome, found.now


def test_a_capture_is_held_against_its_page(case: Case, document_id: str) -> None:
    [quote] = quoting.add_from_find(case, document_id, 1, LINE).ids("quote")
    assert outcome(case, quote) == (Outcome.SAME, "")
    assert outcome(case, quote, quads=()) == (Outcome.SAME, ""), "it stands on the page"
    misread = LINE.replace("waiver", "wavier")
    assert outcome(case, quote, text=misread) == (Outcome.DIFFERS, LINE.rstrip("."))
    assert outcome(case, quote, text="Nothing of the kind was ever said", quads=()) == (
        Outcome.ABSENT, "",
    )  # fmt: skip
    assert outcome(case, quote, text=LINE, page=2)[0] is Outcome.NO_WORDS
    assert outcome(case, quote, text=LINE, page=3)[0] is Outcome.ABSENT


def test_what_has_no_page_to_compare_with_is_told(case: Case, document_id: str) -> None:
    [picture] = quoting.add_from_region(case, document_id, 2, Box(0, 0, 50, 50)).ids("quote")
    [spoken] = quoting.add_from_conversation(case, "We knew.").ids("quote")
    [gone] = quoting.add_from_find(case, document_id, 1, LINE).ids("quote")
    assert outcome(case, picture)[0] is Outcome.PICTURE
    assert outcome(case, spoken)[0] is Outcome.SPOKEN
    documents.delete(case, [document_id])
    assert outcome(case, gone)[0] is Outcome.GONE
    assert {each.is_problem for each in rechecking.recheck(case)} == {True, False}
    with refused("quote.not_found"):
        rechecking.recheck(case, ["0" * 16])
