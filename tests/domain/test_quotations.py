"""A quotation is changed only where everybody sees it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.domain.quotations import Difference, difference, insertions, marked, tidied

CAPTURE = "And the agency approved a “waiver”. The waiver\nwas secret, he said."


@pytest.mark.parametrize(
    "edited",
    [
        CAPTURE,
        'And the agency approved a "waiver". The waiver was secret, he said.',
        "[T]he agency approved a “waiver”. The waiver was secret, he said.",
        "[…] the agency approved a “waiver”. […]",
        "And the agency [...] The waiver was secret, he said.",
        "And [the EPA] approved a “waiver”. The waiver was [very] secret, he [the mayor] said.",
        "And the agency approved a “waiver”. The waiver was secret [sic], he said.",
        "And the agency approve[s] a “waiver”. The waiver was secret, he said.",
        "[Then] […] he said.",
    ],
)
def test_marked_changes_follow_from_the_capture(edited: str) -> None:
    assert difference(CAPTURE, edited) is None


@pytest.mark.parametrize(
    ("edited", "ours", "theirs"),
    [
        ("And the agency denied a “waiver”. […]", "denied", "approved"),
        ("the agency approved a “waiver”. […]", "the agency", "And the"),
        ("And the agency approved a “waiver”.", "", "The waiver"),
        ("And the agency … said.", "…", "approved"),
        ("And the agency [lied]. […] Yes.", "Yes.", "said."),
        ("And the agency approved […] a “waiver”. […]", "a", ""),
        ("[And he] he said.", "said.", ""),
        ("And the agency approved a “waiver”. The Waiver was secret, he said.", "Waiver", "waiver"),
    ],
)
def test_an_unmarked_change_is_found_and_shown_beside_the_capture(
    edited: str, ours: str, theirs: str
) -> None:
    found = difference(CAPTURE, edited)
    assert found is not None
    assert found.edited.startswith(ours)
    assert (theirs in found.captured.replace('"', "")) if theirs else found


def test_brackets_of_the_page_are_words_like_others() -> None:
    page = "He said [redacted] was here [twice]."
    assert difference(page, page) is None
    assert difference(page, "He said […] was here [twice].") is None
    assert difference(page, "He said was here [twice].") == Difference(
        "was here", "[redacted] was here [twice]."
    )


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("The agency approved a “waiver”. The waiver was secret, he said.",
         "[The] agency approved a “waiver”. The waiver was secret, he said."),
        ("and the agency approved a “waiver”.", "[a]nd the agency approved a “waiver”. […]"),
        ("And the EPA approved a “waiver”. [...] he said.",
         "And the [EPA] approved a “waiver”. […] he said."),
        ("And the agency approved a “waiver”. The waiver was very secret, he said.",
         "And the agency approved a “waiver”. The waiver was [very] secret, he said."),
        ("And the agency approved ... he said.", "And the agency approved […] he said."),
        ("", "[…]"),
    ],
)  # fmt: skip
def test_what_is_typed_over_a_capture_gets_its_marks(typed: str, kept: str) -> None:
    assert marked(CAPTURE, typed) == kept


TEXTS = st.one_of(
    st.lists(st.sampled_from(["a", "the", "The", "waiver.", "[x]", "[…]", "“no”", "said?"])).map(
        " ".join
    ),
    st.text(alphabet="ab A.B,“”'\"[]…. \n\té\u0301-’1\u00a0?", max_size=40),
)


@given(TEXTS.filter(str.strip), TEXTS)
def test_marking_always_follows_from_the_capture(captured: str, typed: str) -> None:
    assert difference(captured, marked(captured, typed)) is None


def test_what_the_reporter_put_in_can_be_told_from_what_the_page_says() -> None:
    assert insertions("[T]he agency [of Mr. Reed] […] lied") == "T of Mr. Reed"
    assert tidied(" so [ . . . ] it goes [...] ") == "so […] it goes […]"
