"""Lines of a page as a quotation reads."""

from __future__ import annotations

import pytest

from casefile.domain.geometry import Box, Quad
from casefile.pdf.values import PageText, TextLine
from casefile.services.running_text import CONTEXT, capture, joined


def line(text: str, row: int, block: int = 0) -> TextLine:
    """Characters of 6 by 10 points, a line every 14."""
    y = row * 14.0
    quads = tuple(Box(x * 6.0, y, x * 6.0 + 6, y + 10).quad() for x in range(len(text)))
    return TextLine(text, quads, block)


def page(*texts: str) -> PageText:
    return PageText(tuple(line(text, row) for row, text in enumerate(texts)))


def over(row: int, start: int, end: int) -> Quad:
    return Box(start * 6.0, row * 14.0, end * 6.0, row * 14.0 + 10).quad()


def test_words_under_a_quad_are_captured_with_what_stands_around() -> None:
    captured = capture(page("the agency approved it"), [over(0, 4, 10)])
    assert (captured.text, captured.prefix, captured.suffix) == ("agency", "the", "approved it")
    assert captured.whole


def test_a_capture_runs_over_lines() -> None:
    text = page("the agency approved", "a waiver of the", "cooling rules")
    captured = capture(text, [over(0, 11, 19), over(1, 0, 8)])
    assert captured.text == "approved a waiver"
    assert (captured.prefix, captured.suffix) == ("the agency", "of the cooling rules")


def test_part_of_a_word_is_told() -> None:
    assert not capture(page("Enacted"), [over(0, 2, 5)]).whole
    assert not capture(page("Enacted"), [over(0, 0, 5)]).whole
    assert capture(page("(Act)"), [over(0, 1, 4)]).whole


def test_nothing_under_the_quads_is_nothing() -> None:
    for quads in ([over(5, 0, 3)], []):
        assert capture(page("words"), quads).text == ""
    assert capture(PageText((TextLine("", (), 0),)), [over(0, 0, 3)]).text == ""


def test_what_stands_around_is_kept_short() -> None:
    captured = capture(page("x" * 50 + " word " + "y" * 50), [over(0, 51, 55)])
    assert (captured.text, len(captured.prefix), len(captured.suffix)) == ("word", CONTEXT, CONTEXT)


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["the agency", "approved"], "the agency approved"),
        (["  much   space ", "", "here"], "much space here"),
        (["a contrac-", "tor and the contractor"], "a contractor and the contractor"),
        (["a well-", "known man, well-known"], "a well-known man, well-known"),
        (["a con\u00ad", "tractor"], "a contractor"),
        (["pages 737\u2013", "9"], "pages 737\u20139"),
        (["https://", "www.example"], "https://www.example"),
        (["he said -", "nothing"], "he said - nothing"),
        (["a confi-", "dential memo"], "a confidential memo"),
        (["the long-", "term plan"], "the long-term plan"),
        (["情報公開", "法に基づく"], "情報公開法に基づく"),
        (["정보공개", "청구"], "정보공개 청구"),
    ],
)
def test_lines_become_running_text(lines: list[str], text: str) -> None:
    assert joined([line(each, row) for row, each in enumerate(lines)]) == text


def test_a_page_set_with_divided_words_is_joined() -> None:
    lines = [
        "the Zentral-",
        "verwaltung and its sub-",
        "agenturen, well-",
        "known, under-",
        "stood",
    ]
    read = joined([line(each, row) for row, each in enumerate(lines)])
    assert read == "the Zentralverwaltung and its subagenturen, well-known, understood"


def test_a_paragraph_that_ends_keeps_its_end() -> None:
    lines = [line("It was secret.", 0, 0), line("Nobody asked", 1, 1), line("why", 2, 2)]
    assert joined(lines) == "It was secret.\nNobody asked why"
