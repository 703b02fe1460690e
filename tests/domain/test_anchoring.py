"""A passage is found again in another text of the same record."""

from __future__ import annotations

import pytest

from casefile.domain.anchoring import Match, find, folded, shingles, words

TEXT = folded(
    "The panel met in May. Mr. Reed said the line was safe. The panel met in June."
    " Ms. Cole said the line was old."
)


def found(passage: str, before: str = "", after: str = "") -> tuple[str, float]:
    match = find(TEXT, folded(passage), folded(before), folded(after))
    if match is None:
        return "", 0.0
    return " ".join(TEXT[match.start : match.end]), round(match.likeness, 2)


def test_words_know_their_places_and_are_whole_over_a_line_end() -> None:
    text = "The cool-\n ing rules,\nwell-known ones."
    assert [word.folded for word in words(text)] == [
        "the", "cooling", "rules", "well", "known", "ones",
    ]  # fmt: skip
    cooling = words(text)[1]
    assert text[cooling.start : cooling.end] == "cool-\n ing"
    assert folded("規則 1号") == ["規", "則", "1", "号"]
    assert list(shingles(["a", "b"])) == [("a", "b")]
    assert list(shingles([])) == []


def test_the_surroundings_tell_one_place_from_another() -> None:
    june = find(TEXT, folded("the panel met"), folded("was safe"), folded("in June"))
    may = find(TEXT, folded("the panel met"), [], folded("in May"))
    assert june is not None
    assert may is not None
    assert (may.start, june.start) == (0, 12)
    assert june.likeness == 1
    nowhere = find(TEXT, folded("said the line was"), [], [])
    assert nowhere is not None
    assert nowhere.likeness < 0.5, "two places, and nothing tells which"


@pytest.mark.parametrize(
    ("passage", "place"),
    [
        ("Mr. Reed had said that the line was safe", "mr reed said the line was safe"),
        ("Mr. Roed said the llne was safe", "mr"),  # starts where it can
        ("the weather was fine all over the county", ""),
        ("said nothing", ""),
    ],
)
def test_what_was_changed_is_found_by_what_was_not(passage: str, place: str) -> None:
    text, likeness = found(passage)
    assert text.startswith(place)
    assert (likeness >= 0.6) == bool(place), likeness


def test_nothing_is_found_for_nothing() -> None:
    assert find(TEXT, [], [], []) is None
    assert find([], ["a"], [], []) is None
    assert find(TEXT, ["june"], folded("met in"), folded("ms cole")) == Match(16, 17, 1.0)
