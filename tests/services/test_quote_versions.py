"""The capture of a quote stays; what is quoted may differ from it where everybody sees it."""

from __future__ import annotations

import pytest

from casefile.domain import quotations
from casefile.domain.annotations import AnnotationKind
from casefile.domain.errors import UserError
from casefile.domain.geometry import Box
from casefile.services import annotating, quoting
from casefile.services.case import Case
from casefile.services.wording import explain
from tests.services.conftest import BringIn
from tests.services.material import refused
from tests.services.there_and_back import there_and_back

LINE = "On March 4 the agency approved a waiver of the rules."


@pytest.fixture
def document_id(bring_in: BringIn) -> str:
    return bring_in("Audit.pdf", [LINE, "-"])


def test_an_edited_version_stands_beside_the_capture(case: Case, document_id: str) -> None:
    [quote_id] = quoting.add_from_find(case, document_id, 1, LINE).ids("quote")
    there_and_back(case, lambda: quoting.edit(
        case, quote_id, edited="[T]he agency approved a waiver [...]"
    ))  # fmt: skip
    quote = quoting.get(case, quote_id)
    assert quote.text == LINE
    assert quote.edited == quote.words == "[T]he agency approved a waiver […]"
    assert [q.id for q in quoting.listing(case, "[t]he agency")] == [quote_id]
    typed = quotations.marked(quote.text, "On March 4 the EPA approved a waiver.")
    quoting.edit(case, quote_id, edited=typed)
    assert quoting.get(case, quote_id).words == "On March 4 the [EPA] approved a waiver […]."
    quoting.edit(case, quote_id, edited=LINE)
    assert quoting.get(case, quote_id).edited == "", "what says the same is no edited version"


def test_an_unmarked_change_is_refused_and_shown(case: Case, document_id: str) -> None:
    [quote_id] = quoting.add_from_find(case, document_id, 1, LINE).ids("quote")
    with pytest.raises(UserError) as error:
        quoting.edit(case, quote_id, edited="On March 4 the agency denied a waiver […]")
    assert error.value.code == "quote.edit_unmarked"
    assert "“denied a waiver” stands where the capture says “approved a waiver of the rules.”" in (
        explain(error.value).what
    )
    for edited, told in (
        ("On March 4 the agency", "the capture goes on “approved a waiver"),
        (f"[…] {LINE}", "where the capture says"),
        (f"{LINE} […]", "has nothing to stand for"),
    ):
        with pytest.raises(UserError) as error:
            quoting.edit(case, quote_id, edited=edited)
        assert told in explain(error.value).what
    assert quoting.get(case, quote_id).edited == ""


def test_words_of_a_conversation_that_change_must_still_bear_their_edited_version(
    case: Case,
) -> None:
    [quote_id] = quoting.add_from_conversation(case, "We knew. We said nothing.").ids("quote")
    quoting.edit(case, quote_id, edited="We knew. […]")
    with refused("quote.edit_unmarked"):
        quoting.edit(case, quote_id, text="They knew. They said nothing.")
    quoting.edit(case, quote_id, text="They knew. They said nothing.", edited="They knew. […]")
    assert quoting.get(case, quote_id).words == "They knew. […]"


def test_a_part_of_a_page_is_quoted_with_or_without_words(case: Case, document_id: str) -> None:
    change = there_and_back(
        case, lambda: quoting.add_from_region(case, document_id, 2, Box(10, 500, 100, 600))
    )
    empty = quoting.get(case, change.ids("quote")[0])
    assert (empty.is_region, empty.text, empty.words) == (True, "", "")
    [mark] = annotating.mark_box(
        case, document_id, 1, Box(50, 40, 400, 70), kind=AnnotationKind.REGION
    ).ids("annotation")
    [quote_id] = quoting.add_from_annotation(case, mark).ids("quote")
    quote = quoting.get(case, quote_id)
    assert (quote.is_region, quote.text, quote.annotation_id) == (True, LINE, mark)
    with refused("page.not_found"):
        quoting.add_from_region(case, document_id, 3, Box(0, 0, 9, 9))
