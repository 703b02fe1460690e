"""Marks by page, under a point, one after the other; inks that can be read on paper."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.domain.annotations import COLOURS, INKS, Annotation, AnnotationKind
from casefile.domain.geometry import Box, Quad
from casefile.ui.reader.marks import NUMBERS, MarkIndex, describe, note_quad, touches


def mark(
    mark_id: str,
    page: int,
    box: Box,
    kind: AnnotationKind = AnnotationKind.HIGHLIGHT,
    colour: str = "yellow",
    comment: str = "",
    text: str = "words",
) -> Annotation:
    return Annotation(
        mark_id, "d", page, kind, colour, text, comment, (box.quad(),), "", "", (), "", "", None
    )


def test_marks_come_in_reading_order_whatever_order_they_were_made_in() -> None:
    index = MarkIndex(
        [
            mark("c", 2, Box(0, 0, 9, 9)),
            mark("b", 1, Box(0, 50, 9, 59)),
            mark("a", 1, Box(0, 0, 9, 9)),
        ]
    )
    assert [each.id for each in index.all] == ["a", "b", "c"]
    assert [each.id for each in index.on(1)] == ["a", "b"]
    assert index.on(3) == ()


def test_the_smallest_mark_under_a_point_is_meant() -> None:
    index = MarkIndex([mark("big", 1, Box(0, 0, 100, 100)), mark("small", 1, Box(40, 40, 50, 50))])
    inside, beside = index.at(1, 45, 45, 0), index.at(1, 20, 20, 0)
    assert inside is not None
    assert inside.id == "small"
    assert beside is not None
    assert beside.id == "big"
    assert index.at(1, 101, 50, 2) is not None
    assert index.at(1, 110, 50, 2) is None


def test_going_through_marks_goes_round() -> None:
    index = MarkIndex([mark(str(n), n, Box(0, 0, 9, 9)) for n in (1, 2, 5)])
    assert ids(index.after("1", 1, forward=True)) == "2"
    assert ids(index.after("5", 1, forward=True)) == "1"
    assert ids(index.after("", 3, forward=True)) == "5"
    assert ids(index.after("", 3, forward=False)) == "2"
    assert MarkIndex().after("", 1, forward=True) is None


def ids(found: Annotation | None) -> str:
    return found.id if found is not None else ""


def test_a_slanting_quad_is_touched_only_where_it_is() -> None:
    slanting = Quad(50, 0, 100, 50, 0, 50, 50, 100)
    assert touches(slanting, 50, 50)
    assert not touches(slanting, 5, 5), "inside its box, but outside the quad"


def test_a_note_stays_on_its_page() -> None:
    assert note_quad(-50, 790, 612, 792).box == Box(0, 774, 18, 792)
    assert note_quad(5, 5, 10, 10).box == Box(0, 0, 18, 18)


def test_every_colour_has_a_number_and_an_ink_that_can_be_read() -> None:
    assert list(NUMBERS.values()) == [1, 2, 3, 4, 5, 6]
    for colour in COLOURS:
        assert contrast(INKS[colour], "#FFFFFF") >= 4.5, colour


def test_kinds_are_told_in_words() -> None:
    made = mark("a", 1, Box(0, 0, 9, 9), AnnotationKind.STRIKEOUT, "blue")
    assert describe(made) == "Blue strike-out"


def contrast(first: str, second: str) -> float:
    """WCAG 2's contrast ratio of two colours."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_as_defined() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@given(
    st.lists(
        st.tuples(st.integers(0, 9), st.integers(1, 4), st.integers(0, 50), st.booleans()),
        max_size=30,
    )
)
def test_edits_one_by_one_leave_the_index_as_if_made_anew(
    edits: list[tuple[int, int, int, bool]],
) -> None:
    index, there = MarkIndex(), {}
    for number, page, top, gone in edits:
        made = None if gone else mark(str(number), page, Box(0, top, 9, top + 9))
        index.replace(str(number), made)
        there.pop(str(number), None)
        if made is not None:
            there[made.id] = made
    anew = MarkIndex(there.values())
    assert index.all == anew.all
    assert [list(index.on(n)) for n in range(6)] == [list(anew.on(n)) for n in range(6)]
    assert {each.id for each in index.all} == set(there)
    for each in index.all:
        assert index.get(each.id) is each
        assert index.after(each.id, 1, forward=True) == anew.after(each.id, 1, forward=True)
