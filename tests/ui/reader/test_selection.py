"""From points to words and back: columns, turned and right-to-left text, several pages."""

from __future__ import annotations

import pytest

from casefile.domain.geometry import Box
from casefile.services.reading import PageText, TextLine
from casefile.ui.reader.selection import Caret, TextMap, stepped, stepped_line
from tests.ui.reader.pretending import line, turned


def page(*lines: TextLine, number: int = 1) -> TextMap:
    return TextMap(number, PageText(lines))


def two_columns() -> TextMap:
    """Three lines left, three lines right; a heading above the left column."""
    left = [line(f"left {n} words", 50, 100 + 14 * n, block=1) for n in range(3)]
    right = [line(f"right {n} words", 300, 100 + 14 * n, block=2) for n in range(3)]
    return page(line("Heading", 50, 60, block=0), *left, *right)


def test_a_point_between_two_letters_goes_to_the_nearer_gap() -> None:
    text = page(line("abc", 100, 100, width=10))
    assert text.caret_at(101, 106) == Caret(1, 0, 0)
    assert text.caret_at(108, 106) == Caret(1, 0, 1)
    assert text.caret_at(112, 106) == Caret(1, 0, 1)
    assert text.caret_at(400, 106) == Caret(1, 0, 3)
    assert text.caret_at(0, 106) == Caret(1, 0, 0)


def dragged(text: TextMap, start: float, end: float) -> str:
    """What a drag along the first line selects."""
    grip, caret = text.grip_at(start, 106), text.caret_at(end, 106)
    assert grip is not None
    assert caret is not None
    passage = text.passage(min(grip[0], caret), max(grip[1], caret))
    return passage.text if passage is not None else ""


def test_a_drag_that_begins_on_a_words_first_letter_includes_it() -> None:
    text = page(line("so they say", 100, 100, width=10))  # "they": 130 to 170
    for start in (130.5, 134, 136, 139.5):
        assert dragged(text, start, 170) == "they"
    assert dragged(text, 143, 170) == "hey", "begun in the first half of a letter: with it"
    assert dragged(text, 147, 170) == "ey", "begun in its second half: without it"
    assert dragged(text, 125, 170) == "they", "the blank before is no letter"


def test_a_drag_backwards_from_a_words_last_letter_includes_it() -> None:
    text = page(line("so they say", 100, 100, width=10))
    for start in (160.5, 164, 166, 169.5):
        assert dragged(text, start, 130) == "they"
    assert dragged(text, 153, 130) == "th"
    assert dragged(text, 157, 130) == "the"


def test_a_drag_from_the_margin_takes_hold_of_a_gap() -> None:
    text = page(line("they", 100, 100, width=10))
    assert text.grip_at(20, 106) == (Caret(1, 0, 0), Caret(1, 0, 0))
    assert text.grip_at(400, 106) == (Caret(1, 0, 4), Caret(1, 0, 4))
    assert page().grip_at(20, 106) is None


def test_a_page_without_text_has_no_caret() -> None:
    assert page().caret_at(10, 10) is None
    assert page().passage(Caret(1, 0, 0), Caret(1, 5, 5)) is None
    assert page().end == Caret(1, 0, 0)


def test_right_of_a_short_line_belongs_to_that_line() -> None:
    text = page(
        line("a long first line of this paragraph", 50, 100),
        line("short", 50, 114),
        line("and a long third line of this one", 50, 128),
    )
    assert text.caret_at(200, 120) == Caret(1, 1, 5)


def test_right_of_a_heading_belongs_to_the_heading() -> None:
    text = page(line("Heading", 50, 60), line("a long line of body text below it", 50, 90, block=1))
    assert text.caret_at(200, 66) == Caret(1, 0, 7)


def test_the_empty_foot_of_a_column_belongs_to_that_column() -> None:
    left = [line(f"left {n} words", 50, 100 + 14 * n, block=1) for n in range(9)]
    right = [line(f"right {n} words", 160, 100 + 14 * n, block=2) for n in range(3)]
    text = page(*left, *right)
    found = text.caret_at(180, 215)
    assert found is not None
    assert found.line == len(left) + 2


def test_dragging_down_one_column_leaves_the_other_alone() -> None:
    text = two_columns()
    start, end = text.caret_at(50, 106), text.caret_at(130, 134)
    assert start is not None
    assert end is not None
    passage = text.passage(start, end)
    assert passage is not None
    assert passage.text == "left 0 words left 1 words left 2 words"
    assert len(passage.quads) == 3


def test_dragging_into_the_next_column_takes_the_rest_of_the_first() -> None:
    text = two_columns()
    passage = text.passage(Caret(1, 2, 0), Caret(1, 4, 7))
    assert passage is not None
    assert passage.text == "left 1 words left 2 words right 0"


def test_quads_hug_the_letters() -> None:
    text = page(line("abcdef", 100, 100, width=10))
    passage = text.passage(Caret(1, 0, 1), Caret(1, 0, 4))
    assert passage is not None
    assert passage.quads == (Box(110, 100, 140, 112).quad(),)


def test_context_before_and_after_is_kept() -> None:
    text = two_columns()
    passage = text.passage(Caret(1, 2, 5), Caret(1, 2, 6))
    assert passage is not None
    assert passage.prefix == "Heading left 0 words left"
    assert passage.suffix.startswith("words left 2 words right 0")
    assert len(passage.suffix) <= 32


def test_turned_text_is_selected_along_its_own_line() -> None:
    text = page(turned(line("abcdef", 100, 100, width=10), pivot=500))
    start, end = text.caret_at(106, 389), text.caret_at(106, 361)
    assert (start, end) == (Caret(1, 0, 1), Caret(1, 0, 4))
    assert start is not None
    assert end is not None
    passage = text.passage(start, end)
    assert passage is not None
    assert passage.text == "bcd"
    box = passage.quads[0].box
    assert (box.x0, box.y0, box.x1, box.y1) == pytest.approx((100, 360, 112, 390))
    assert passage.quads[0].ul_y == pytest.approx(390), "the quad reads with its text"


def test_right_to_left_text_is_selected_in_reading_order() -> None:
    """The letters of a Hebrew line come in reading order, each left of the one before."""
    letters = "שלום"
    quads = tuple(Box(140 - 10 * i, 100, 150 - 10 * i, 112).quad() for i in range(4))
    text = page(TextLine(letters, quads, 0))
    start, end = text.caret_at(149, 106), text.caret_at(121, 106)
    assert (start, end) == (Caret(1, 0, 0), Caret(1, 0, 3))
    assert start is not None
    assert end is not None
    passage = text.passage(start, end)
    assert passage is not None
    assert passage.text == letters[:3]
    assert passage.quads[0].box == Box(120, 100, 150, 112)


def test_words_and_lines_around_a_caret() -> None:
    text = page(line("don’t stop, ever", 100, 100))
    assert text.word_at(Caret(1, 0, 2)) == (Caret(1, 0, 0), Caret(1, 0, 5))
    assert text.word_at(Caret(1, 0, 10)) == (Caret(1, 0, 6), Caret(1, 0, 10))
    assert text.word_at(Caret(1, 0, 11)) == (Caret(1, 0, 11), Caret(1, 0, 12)), "between words"
    assert text.line_at(Caret(1, 0, 3)) == (Caret(1, 0, 0), Caret(1, 0, 16))


def test_the_caret_steps_by_letter_word_and_line_and_ends_with_the_page() -> None:
    text = page(line("one two", 100, 100), line("three", 100, 114))
    assert stepped(text, Caret(1, 0, 0), forward=True) == Caret(1, 0, 1)
    assert stepped(text, Caret(1, 0, 0), forward=True, by_word=True) == Caret(1, 0, 3)
    assert stepped(text, Caret(1, 0, 3), forward=True, by_word=True) == Caret(1, 0, 7)
    assert stepped(text, Caret(1, 0, 7), forward=True) == Caret(1, 1, 0)
    assert stepped(text, Caret(1, 1, 0), forward=False) == Caret(1, 0, 7)
    assert stepped(text, Caret(1, 0, 6), forward=False, by_word=True) == Caret(1, 0, 4)
    assert stepped(text, Caret(1, 1, 5), forward=True) is None
    assert stepped(text, Caret(1, 0, 0), forward=False) is None
    assert stepped_line(text, Caret(1, 0, 2), down=True) == Caret(1, 1, 2)
    assert stepped_line(text, Caret(1, 1, 5), down=True) is None


def test_a_selection_over_pages_gives_each_page_its_share() -> None:
    first, second = page(line("first page", 50, 100)), page(line("second page", 50, 100), number=2)
    start, end = Caret(1, 0, 6), Caret(2, 0, 6)
    shares = [text.passage(start, end) for text in (first, second)]
    assert [share.text for share in shares if share] == ["page", "second"]
    assert page(line("third", 50, 100), number=3).passage(start, end) is None


def test_blanks_alone_are_no_passage() -> None:
    text = page(line("a   b", 50, 100))
    assert text.passage(Caret(1, 0, 1), Caret(1, 0, 4)) is None
