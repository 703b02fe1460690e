"""A letter that shows what only a confidential source can have told is stopped, and only that."""

from __future__ import annotations

from pathlib import Path

import pytest

from casefile.domain.telltale import TellKind
from casefile.services import documents, letter_check, quoting, sources
from casefile.services.case import Case
from casefile.services.importing import ImportChoices, import_paths
from tests.services.conftest import BringIn
from tests.services.material import png_bytes

LEAKED = (
    "Internal note 7731-0442 of 12 March 2024\n"
    "the contractor was told to keep the failed tests out of the annual"
)


@pytest.fixture
def heron(case: Case) -> str:
    (source_id,) = sources.add(case, name="Jo Doe", code_name="HERON", confidential=True).ids(
        "source"
    )
    return source_id


@pytest.fixture
def leak(heron: str, bring_in: BringIn) -> str:
    given = ImportChoices(source_id=heron)
    return bring_in("Harbour ledger.pdf", ["An empty page.", LEAKED], given)


def found(case: Case, letter: str, *known: str) -> list[tuple[TellKind, str]]:
    checked = letter_check.findings(case, letter, known)
    assert {each.label for each in checked} <= {"HERON"}
    return [(each.kind, each.words) for each in checked]


@pytest.mark.parametrize(
    ("letter", "kind", "words"),
    [
        ("Why was it told to keep the failed tests out of sight?", TellKind.WORDS,
         "told to keep the failed tests out of"),
        ("Note 7731-0442, please.", TellKind.NUMBER, "7731-0442"),
        ("All notes made on 2024-03-12.", TellKind.DATE, "2024-03-12"),
        ("Send me the Harbour Ledger.", TellKind.TITLE, "Harbour Ledger"),
    ],
)  # fmt: skip
def test_what_stands_with_the_source_alone_is_found(
    case: Case, leak: str, letter: str, kind: TellKind, words: str
) -> None:
    assert found(case, letter) == [(kind, words)]
    finding = letter_check.findings(case, letter)[0]
    assert finding.document_id == leak
    assert finding.page == (None if kind is TellKind.TITLE else 2)
    assert letter[finding.start : finding.end] == words


def test_what_a_released_document_says_too_may_be_said(
    case: Case, leak: str, bring_in: BringIn
) -> None:
    released = bring_in("Release.pdf", [f"{LEAKED}\nsee the harbour ledger"])
    letter = (
        "The Harbour Ledger, note 7731-0442 of March 12, 2024: why was the contractor told to keep"
        " the failed tests out of the annual report?"
    )
    assert found(case, letter) == []
    documents.delete(case, [released])
    assert len(found(case, letter)) == 4, "what is in the trash is known no more"


def test_what_the_agency_wrote_itself_may_be_said(case: Case, leak: str) -> None:
    assert found(case, "Your note 7731-0442.", "Our number: 7731-0442") == []


def test_a_source_in_the_trash_and_its_documents_stay_protected(case: Case, leak: str) -> None:
    documents.delete(case, [leak])
    assert found(case, "Note 7731-0442, please.") == [(TellKind.NUMBER, "7731-0442")]


def test_words_that_a_confidential_source_said_are_found(case: Case, heron: str) -> None:
    quoting.add_from_conversation(
        case, "They moved the pumps to the old yard at night", source_id=heron
    )
    letter = "Records on who moved the pumps to the old yard."
    assert found(case, letter) == [(TellKind.WORDS, "moved the pumps to the old yard")]


def test_quotes_from_a_leak_are_found_and_what_others_said_is_known(case: Case, leak: str) -> None:
    quoting.add_from_find(case, leak, 2, "told to keep the failed tests out")
    letter = "Why was it told to keep the failed tests out?"
    assert found(case, letter) == [(TellKind.WORDS, "told to keep the failed tests out")]
    quoting.add_from_conversation(case, "We were told to keep the failed tests out of it")
    assert found(case, letter) == []


def test_the_words_of_our_own_letters_are_no_finding(
    case: Case, heron: str, bring_in: BringIn
) -> None:
    phrase = "Please send me a tracking number and release the rest"
    words = "I was ready to receive the records throughout. Silence while a request waits"
    bring_in("Copy of a letter.pdf", [phrase, words], ImportChoices(source_id=heron))
    assert found(case, words) == []


def test_only_pages_that_hold_a_piece_are_read(case: Case, leak: str, bring_in: BringIn) -> None:
    bring_in("Other.pdf", [f"page {each}" for each in range(30)])
    assert letter_check.check(case, "All records on the filters.").pages_read == 0
    assert letter_check.check(case, "Note 7731-0442, please.").pages_read == 1


def test_pages_without_text_are_told(case: Case, heron: str, tmp_path: Path) -> None:
    scan = tmp_path / "scan.png"
    scan.write_bytes(png_bytes())
    choices = ImportChoices(source_id=heron, ocr="off")
    assert len(import_paths(case, [scan], choices).imported) == 1
    assert letter_check.check(case, "anything at all").pages_without_text == 1


def test_a_case_without_confidential_sources_has_nothing_to_compare(
    case: Case, bring_in: BringIn
) -> None:
    bring_in("Release.pdf", [LEAKED])
    assert letter_check.check(case, LEAKED).findings == ()
    assert letter_check.check(case, LEAKED).pages_read == 0
