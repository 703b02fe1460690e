"""What a letter shows of things that only a confidential source can have told."""

from __future__ import annotations

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from casefile.domain import telltale
from casefile.domain.telltale import Given, TellKind

SECRET = "The filter was never tested below minus nine degrees, order 24-cv-01187."


def found(letter: str, given: str, *elsewhere: str) -> list[tuple[TellKind, str]]:
    findings = telltale.compare(letter, [Given("HERON", given)], elsewhere)
    assert all(letter[each.start : each.end] == each.words for each in findings)
    assert all(each.label == "HERON" for each in findings)
    return [(each.kind, each.words) for each in findings]


def test_six_words_in_a_row_are_found_and_five_are_not() -> None:
    letter = "Send all on whether it was NEVER tested below minus nine degrees."
    assert found(letter, SECRET) == [(TellKind.WORDS, "was NEVER tested below minus nine degrees")]
    assert found("Was it never tested below minus nine, or was it?", SECRET) == []


def test_what_stands_somewhere_else_too_is_no_finding() -> None:
    letter = "It was never tested below minus nine degrees."
    assert found(letter, SECRET, "It was never tested\nbelow minus nine degrees.") == []


def test_only_the_part_that_nobody_else_has_is_found() -> None:
    letter = "the filter was never tested below minus nine degrees"
    assert found(letter, SECRET, "the filter was never tested below") == [
        (TellKind.WORDS, "filter was never tested below minus nine degrees")
    ]


@pytest.mark.parametrize(
    ("page", "letter"),
    [
        ("the new fil-\nters came without any test", "the new filters came without any"),
        ("Der Prüfbericht liegt seit März bei uns", "der prufbericht liegt seit marz bei"),
        ("one two three\n\nfour, five – six!", "One two three four five six"),
        ("the so-called long-\nterm plan for the east", "called long-term plan for the"),
    ],
)  # fmt: skip
def test_lines_accents_and_hyphens_make_no_difference(page: str, letter: str) -> None:
    assert [kind for kind, _ in found(letter, page)] == [TellKind.WORDS]


@pytest.mark.parametrize(
    ("page", "letter"),
    [
        ("paid 1,250,000 in all", "about 1250000 dollars"),
        ("paid 1.250.000 in all", "about 1,250,000 dollars"),
        ("serial 4471902", "No. 4471902"),
        ("see ABC-2019-00123.", "file ABC2019-00123"),
        ("Order 24-CV-01187", "order 24-cv-01187"),
        ("call 555-0143", "555-0143"),
        ("unit A-1234", "unit a/1234"),
    ],
)
def test_a_number_or_reference_is_found_however_it_is_written(page: str, letter: str) -> None:
    assert [kind for kind, _ in found(letter, page)] == [TellKind.NUMBER]


@pytest.mark.parametrize("letter", ["in 2019-2024", "page 1234", "5 U.S.C. 552(b)(7)", "20 days"])
def test_years_and_small_numbers_tell_nothing(letter: str) -> None:
    kinds = [kind for kind, _ in found(letter, f"It says: {letter}.")]
    assert TellKind.NUMBER not in kinds
    assert TellKind.DATE not in kinds


@pytest.mark.parametrize("page", [
    "12 March 2024", "March 12, 2024", "12th of March 2024", "12 Mar. 2024", "2024-03-12",
    "12/03/2024", "3/12/2024", "12.03.2024", "12. März 2024",
])  # fmt: skip
@pytest.mark.parametrize("letter", ["the meeting of 12 March 2024", "on 2024-03-12", "03/12/2024"])
def test_a_day_is_found_however_it_is_written(page: str, letter: str) -> None:
    findings = found(letter, f"On {page} they met.")
    assert [kind for kind, _ in findings] == [TellKind.DATE]


def test_another_day_is_not_found() -> None:
    assert found("13 March 2024", "12 March 2024") == []
    assert found("31 February 2024", "31 February 2024") == []


@pytest.mark.parametrize("title", ["Draft assessment", "draft_assessment.pdf", "scan0007"])
def test_a_title_or_the_name_of_a_file_is_found(title: str) -> None:
    named = title.removesuffix(".pdf")
    letter = f"I ask for the {named.upper()} and more."
    findings = telltale.compare(letter, [], [], [Given("HERON", named, "d1", None, is_title=True)])
    assert [(each.kind, each.words, each.document_id) for each in findings] == [
        (TellKind.TITLE, named.upper(), "d1")
    ]


def test_one_plain_word_is_no_title_that_gives_away() -> None:
    assert telltale.named("Send the report.", "Report") == []
    assert telltale.named("Send the report.", "") == []


def test_what_every_letter_says_is_known() -> None:
    known = frozenset(telltale.keys("Please send the records in electronic form."))
    letter = "Please send the records in electronic form."
    assert telltale.compare(letter, [Given("HERON", letter)], [], known=known) == []


def test_the_index_is_asked_for_every_spelling_of_a_day() -> None:
    letter = "12 March 2024"
    (day,) = [tell for tell in telltale.tells(letter) if tell.kind is TellKind.DATE]
    spelt = telltale.spellings(day, letter)
    assert {"12 march 2024", "march 12 2024", "2024 03 12", "12 03 2024", "12th march 2024"} <= {
        *spelt
    }
    assert telltale.row("12 march 2024") in telltale.row("On 12 March,\n2024 they met")
    assert telltale.row("12 march 2024") not in telltale.row("On 12 March 20245")


@for_all(st.text(max_size=300), st.text(max_size=300))
def test_any_text_is_compared_and_a_letter_with_itself_known_is_clean(a: str, b: str) -> None:
    for each in telltale.compare(a, [Given("HERON", b)], []):
        assert a[each.start : each.end] == each.words
    assert telltale.compare(a, [Given("HERON", b)], [a]) == []
