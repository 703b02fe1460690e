"""Lines of a page as running text, the way a quotation is kept and read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from casefile.domain.geometry import Box, Quad, bounds
from casefile.pdf.values import PageText, TextLine
from casefile.services.english import is_word

#: How much text before and after a passage is kept with it (W3C's prefix and suffix selectors).
CONTEXT = 32
_DIVIDED = re.compile(r"([^\W\d_]{2,})[-\u2010]$")
#: "737–" at a line's end and "9" on the next, or a broken web address: no blank in between.
_GLUED = re.compile(r"\S[-\u2010\u2011\u2013\u2014/]$")
#: Scripts without blanks between words: a line's end is none either.
_UNSPACED = re.compile("[\u2e80-\u312f\u3190-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef]")
_ENDS_SENTENCE = tuple('.?!:;”"')
_CONTEXT_LINES = 3


@dataclass(frozen=True, slots=True)
class Captured:
    """What stands under some quads: its words, and up to ``CONTEXT`` characters around them.
    ``whole`` tells whether it begins and ends with whole words, ``gap_before`` and ``gap_after``
    whether a blank or a line's end parts it from what stands around."""

    text: str
    prefix: str
    suffix: str
    whole: bool = True
    gap_before: bool = False
    gap_after: bool = False


def capture(page: PageText, quads: Sequence[Quad]) -> Captured:
    """The words of ``page`` whose characters have their middle inside one of ``quads``; empty
    where there are none (a scanned page)."""
    lines = page.lines
    boxes = [quad.box for quad in quads]
    spans: dict[int, tuple[int, int]] = {}
    for number, line in enumerate(lines):
        near = [box for box in boxes if _may_hold(line, box)]
        if near:
            inside = [
                column
                for column, quad in enumerate(line.quads)
                if any(box.contains(*_middle(quad)) for box in near)
            ]
            if inside:
                spans[number] = inside[0], inside[-1] + 1
    if not spans:
        return Captured("", "", "")
    hyphens = Hyphens(lines)
    first, last = min(spans), max(spans)
    start, end = spans[first][0], spans[last][1]
    before = [*lines[max(0, first - _CONTEXT_LINES) : first], _cut(lines[first], 0, start)]
    after = [
        _cut(lines[last], end, len(lines[last].text)),
        *lines[last + 1 : last + 1 + _CONTEXT_LINES],
    ]
    ahead, behind = lines[first].text[:start], lines[last].text[end:]
    return Captured(
        joined([_cut(lines[n], *span) for n, span in sorted(spans.items())], hyphens),
        joined(before, hyphens)[-CONTEXT:],
        joined(after, hyphens)[:CONTEXT],
        whole=_is_edge(lines[first].text, start) and _is_edge(lines[last].text, end),
        gap_before=not ahead or ahead[-1].isspace(),
        gap_after=not behind or behind[0].isspace(),
    )


def _may_hold(line: TextLine, box: Box) -> bool:
    """Whether a line can have characters in ``box``, judged cheaply by its first and last one: the
    upright box around both holds the whole line, at whatever angle it runs."""
    if not line.quads:
        return False
    return bounds((line.quads[0], line.quads[-1])).intersects(box)


def _is_edge(text: str, at: int) -> bool:
    """Whether no word runs over the place before ``text[at]``."""
    return at <= 0 or at >= len(text) or not (text[at - 1].isalnum() and text[at].isalnum())


def joined(lines: Sequence[TextLine], hyphens: Hyphens | None = None) -> str:
    """Lines as running text: a line's end becomes a space, the end of a paragraph a new line, and
    a word that was broken at the end of a line is whole again where that is sure."""
    hyphens = hyphens or Hyphens(lines)
    out = ""
    soft = new_block = False
    for number, line in enumerate(lines):
        new_block = new_block or (number > 0 and line.block != lines[number - 1].block)
        text = " ".join(line.text.split())
        if not text:
            continue
        if not out or soft:
            out += _hard(text)
        elif hyphens.divide_a_word(out, text) and not new_block:
            out = out[:-1] + _hard(text)
        elif _runs_on(out, text) and not new_block:
            out += _hard(text)
        elif new_block and out.endswith(_ENDS_SENTENCE):
            out = f"{out}\n{_hard(text)}"
        else:
            out = f"{out} {_hard(text)}"
        soft, new_block = text.endswith("\u00ad"), False
    return out


def _runs_on(before: str, after: str) -> bool:
    """Whether no blank stands for the line's end."""
    if _UNSPACED.match(before[-1]) and _UNSPACED.match(after):
        return True
    return _GLUED.search(before) is not None and after[0].isalnum()


class Hyphens:
    """Whether a hyphen at the end of a line belongs to the word.

    A capture is word for word, so the hyphen stays unless it is plain that only the line's end put
    it there: the undivided word stands elsewhere on the page; or it is English, and its halves are
    not both words; or the page is set with divided words (three lines or more end in one), and the
    hyphenated form stands nowhere on it. Two words that make none together keep their hyphen.
    """

    def __init__(self, lines: Sequence[TextLine]) -> None:
        found = (re.findall(r"\w+(?:-\w+)*", line.text) for line in lines)
        self._words = frozenset(word.casefold() for words in found for word in words)
        self._divided = sum(bool(_DIVIDED.search(line.text.rstrip())) for line in lines) >= 3

    def divide_a_word(self, before: str, after: str) -> bool:
        start, end = _DIVIDED.search(before), re.match(r"[^\W\d_]+", after)
        if start is None or end is None or not end.group().islower():
            return False
        first, second = start.group(1).casefold(), end.group()
        if first + second in self._words:
            return True
        if f"{first}-{second}" in self._words:
            return False
        whole = is_word(first + second)
        if is_word(first) and is_word(second):
            return whole and self._divided
        return whole or self._divided


def _hard(text: str) -> str:
    """Without soft hyphens, which are no part of what a reader reads."""
    return text.replace("\u00ad", "")


def _cut(line: TextLine, start: int, end: int) -> TextLine:
    return TextLine(line.text[start:end], line.quads[start:end], line.block)


def _middle(quad: Quad) -> tuple[float, float]:
    n = quad.numbers()
    return (n[0] + n[2] + n[4] + n[6]) / 4, (n[1] + n[3] + n[5] + n[7]) / 4
