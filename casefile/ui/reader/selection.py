"""Selecting text on pages: from a point to a place between characters, and back to quads. No Qt.

Reading order is the order in which the lines of a page come (``PageText.lines``). Geometry works
in each line's own directions, so that text that runs at an angle, from right to left or from top
to bottom is selected like any other.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from casefile.domain.geometry import Box, Quad
from casefile.services.reading import PageText, TextLine
from casefile.services.running_text import CONTEXT, Hyphens, joined

_WORD = re.compile(r"\w+(?:['’\u00ad]\w+)*")


class Caret(NamedTuple):
    """A place between two characters; carets compare in reading order. ``page`` counts from 1,
    ``line`` and ``column`` from 0; ``column`` may equal the length of the line."""

    page: int
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Passage:
    """Selected text on one page."""

    page: int
    text: str
    quads: tuple[Quad, ...]
    prefix: str
    suffix: str


@dataclass(frozen=True, slots=True)
class _Frame:
    """The smallest rectangle around some characters, along their own directions: ``u`` along the
    line's glyphs, ``v`` from their top to their bottom, both unit vectors, from ``(x, y)``."""

    x: float
    y: float
    u: tuple[float, float]
    v: tuple[float, float]
    u0: float
    u1: float
    v0: float
    v1: float

    @classmethod
    def around(cls, quads: Sequence[Quad]) -> _Frame:
        first = quads[0]
        u = _unit(first.ur_x - first.ul_x, first.ur_y - first.ul_y, (1.0, 0.0))
        v = _unit(first.ll_x - first.ul_x, first.ll_y - first.ul_y, (-u[1], u[0]))
        along: list[float] = []
        across: list[float] = []
        for quad in quads:
            n = quad.numbers()
            for i in range(0, 8, 2):
                dx, dy = n[i] - first.ul_x, n[i + 1] - first.ul_y
                along.append(dx * u[0] + dy * u[1])
                across.append(dx * v[0] + dy * v[1])
        return cls(first.ul_x, first.ul_y, u, v, min(along), max(along), min(across), max(across))

    def project(self, x: float, y: float) -> tuple[float, float]:
        dx, dy = x - self.x, y - self.y
        return dx * self.u[0] + dy * self.u[1], dx * self.v[0] + dy * self.v[1]

    def distance(self, x: float, y: float) -> float:
        """Squared distance from a point to the rectangle; 0 inside."""
        du, dv = self.off(x, y)
        return du * du + dv * dv

    def off(self, x: float, y: float) -> tuple[float, float]:
        """How far a point lies outside, along the line and across it."""
        along, across = self.project(x, y)
        return (
            max(self.u0 - along, 0.0, along - self.u1),
            max(self.v0 - across, 0.0, across - self.v1),
        )

    def shares_column(self, other: _Frame) -> bool:
        """Whether ``other`` lies (partly) above or below this one."""
        n = other.quad().numbers()
        along = [self.project(n[i], n[i + 1])[0] for i in range(0, 8, 2)]
        return min(along) < self.u1 and self.u0 < max(along)

    def quad(self) -> Quad:
        points = [
            (self.x + a * self.u[0] + b * self.v[0], self.y + a * self.u[1] + b * self.v[1])
            for b in (self.v0, self.v1)
            for a in (self.u0, self.u1)
        ]
        return Quad(*(number for point in points for number in point))


_Block = tuple[_Frame, Sequence[int]]


class TextMap:
    """The text of one page with its geometry worked out; made off the main thread."""

    def __init__(self, page: int, text: PageText) -> None:
        self.page = page
        self.lines: tuple[TextLine, ...] = tuple(line for line in text.lines if line.text)
        self._frames = [_Frame.around(line.quads) for line in self.lines]
        self._hyphens = Hyphens(self.lines)
        self._blocks = [
            (_Frame.around([quad for n in numbers for quad in self.lines[n].quads]), numbers)
            for numbers in _blocks(self.lines)
        ]

    @property
    def confidence(self) -> float | None:
        """How sure OCR was of these words, from 0 to 100; None for text that was in the file."""
        return PageText(self.lines).confidence

    @property
    def start(self) -> Caret:
        return Caret(self.page, 0, 0)

    @property
    def end(self) -> Caret:
        last = max(0, len(self.lines) - 1)
        return Caret(self.page, last, len(self.lines[last].text) if self.lines else 0)

    def caret_at(self, x: float, y: float) -> Caret | None:
        """The place between characters nearest to a point of the page."""
        if not self.lines:
            return None
        _, numbers = self._block_at(x, y)
        line = min(numbers, key=lambda n: self._off_line(n, x, y))
        return Caret(self.page, line, self._column_at(line, x, y))

    def words_in(self, box: Box) -> str:
        """The words of which the middle lies in a box, to be shown; what is kept of them is
        captured by the services."""
        found = []
        for line in self.lines:
            inside = [
                letter
                for letter, quad in zip(line.text, line.quads, strict=True)
                if box.contains((quad.box.x0 + quad.box.x1) / 2, (quad.box.y0 + quad.box.y1) / 2)
            ]
            found.append("".join(inside).strip())
        return " ".join(words for words in found if words)

    def block_at(self, x: float, y: float) -> Quad | None:
        """The paragraph, or column of a table, at a point of the page or nearest to it."""
        return self._block_at(x, y)[0].quad() if self.lines else None

    def is_over_text(self, x: float, y: float, slack: float = 1.0) -> bool:
        return any(frame.distance(x, y) <= slack * slack for frame in self._frames)

    def word_at(self, caret: Caret) -> tuple[Caret, Caret]:
        """The ends of the word at (or else just before) a caret; of one character where there is
        no word."""
        text = self.lines[caret.line].text
        for match in _WORD.finditer(text):
            if match.start() <= caret.column <= match.end():
                return self._span(caret.line, match.start(), match.end())
        column = min(caret.column, len(text) - 1)
        return self._span(caret.line, column, column + 1)

    def grip_at(self, x: float, y: float) -> tuple[Caret, Caret] | None:
        """Where a drag that begins at a point takes hold. Between two letters of a word: at the
        nearer gap, as ``caret_at``. On the first or last letter of a word: of the whole letter,
        however far in it was pressed, so that no word loses a letter to an unsteady hand."""
        caret = self.caret_at(x, y)
        if caret is None:
            return None
        quads = self.lines[caret.line].quads
        edges = {at for start, end in self.words(caret.line) for at in (start, end - 1)}
        for column in edges & {caret.column - 1, caret.column}:
            if _holds(quads[column], x, y):
                return self._span(caret.line, column, column + 1)
        return caret, caret

    def line_at(self, caret: Caret) -> tuple[Caret, Caret]:
        return self._span(caret.line, 0, len(self.lines[caret.line].text))

    def paragraph_at(self, caret: Caret) -> tuple[Caret, Caret]:
        """The ends of the paragraph, as far as the page tells one from the next."""
        numbers = next(numbers for _, numbers in self._blocks if caret.line in numbers)
        start, _ = self._span(numbers[0], 0, 0)
        return start, Caret(self.page, numbers[-1], len(self.lines[numbers[-1]].text))

    def middle(self, caret: Caret) -> tuple[float, float]:
        """The point between the characters at a caret, half way up the line."""
        top, bottom = self.bar(caret)
        return (top[0] + bottom[0]) / 2, (top[1] + bottom[1]) / 2

    def bar(self, caret: Caret) -> tuple[tuple[float, float], tuple[float, float]]:
        """The ends of the stroke that shows a caret."""
        quads = self.lines[caret.line].quads
        if caret.column < len(quads):
            quad = quads[caret.column]
            return (quad.ul_x, quad.ul_y), (quad.ll_x, quad.ll_y)
        quad = quads[-1]
        return (quad.ur_x, quad.ur_y), (quad.lr_x, quad.lr_y)

    def passage(self, start: Caret, end: Caret) -> Passage | None:
        """What lies on this page between two carets in reading order, which may be on other
        pages; ``None`` if nothing does."""
        first, last = max(start, self.start), min(end, self.end)
        if not self.lines or first >= last:
            return None
        parts = list(self._parts(first, last))
        quads = [
            _Frame.around(line.quads[a:b]).quad() for line, a, b in parts if line.text[a:b].strip()
        ]
        text = self._joined(parts)
        if not quads or not text:
            return None
        before = self._parts(max(self.start, Caret(self.page, first.line - 2, 0)), first)
        after = self._parts(last, min(self.end, Caret(self.page, last.line + 3, 0)))
        prefix, suffix = self._joined(before)[-CONTEXT:], self._joined(after)[:CONTEXT]
        return Passage(self.page, text, tuple(quads), prefix, suffix)

    def _joined(self, parts: Iterable[tuple[TextLine, int, int]]) -> str:
        lines = [TextLine(line.text[a:b], (), line.block) for line, a, b in parts]
        return joined(lines, self._hyphens)

    def _parts(self, first: Caret, last: Caret) -> Iterator[tuple[TextLine, int, int]]:
        for number in range(first.line, min(last.line + 1, len(self.lines))):
            line = self.lines[number]
            a = first.column if number == first.line else 0
            b = last.column if number == last.line else len(line.text)
            if a < b:
                yield line, a, b

    def nearest_on_line(self, line: int, x: float, y: float) -> Caret:
        """The place on a line nearest to a point that may lie above or below it."""
        frame = self._frames[line]
        along, _ = frame.project(x, y)
        across = (frame.v0 + frame.v1) / 2
        px = frame.x + along * frame.u[0] + across * frame.v[0]
        py = frame.y + along * frame.u[1] + across * frame.v[1]
        return Caret(self.page, line, self._column_at(line, px, py))

    def _column_at(self, line: int, x: float, y: float) -> int:
        """Which side of the character nearest to the point, along the way the line reads."""
        quads = self.lines[line].quads
        if len(quads) == 1:
            frame = self._frames[line]
            return int(frame.project(x, y)[0] > (frame.u0 + frame.u1) / 2)
        near = min(range(len(quads)), key=lambda i: _distance(quads[i], x, y))
        cx, cy = _centre(quads[near])
        before, after = max(0, near - 1), min(len(quads) - 1, near + 1)
        (ax, ay), (bx, by) = _centre(quads[before]), _centre(quads[after])
        return near + int((x - cx) * (bx - ax) + (y - cy) * (by - ay) > 0)

    def _block_at(self, x: float, y: float) -> _Block:
        """The block of lines a point belongs to. One beside the point in its own column comes
        before one above or below it; that one comes before the next column; else the nearest."""

        def off(block: _Block) -> tuple[float, float]:
            return block[0].off(x, y)

        level = [block for block in self._blocks if off(block)[1] == 0]
        in_column = [block for block in self._blocks if off(block)[0] == 0]
        beside = min(level, key=lambda block: off(block)[0], default=None)
        above = min(in_column, key=lambda block: off(block)[1], default=None)
        if beside is not None and above is not None:
            return beside if above[0].shares_column(beside[0]) else above
        if beside is not None or above is not None:
            return beside or above or self._blocks[0]
        return min(self._blocks, key=lambda block: block[0].distance(x, y))

    def _off_line(self, line: int, x: float, y: float) -> tuple[float, float]:
        """How far a point is from a line of its block: first of all, across it."""
        along, across = self._frames[line].off(x, y)
        return across, along

    def _span(self, line: int, start: int, end: int) -> tuple[Caret, Caret]:
        return Caret(self.page, line, start), Caret(self.page, line, end)

    def words(self, line: int) -> list[tuple[int, int]]:
        return [match.span() for match in _WORD.finditer(self.lines[line].text)]


def stepped(text: TextMap, caret: Caret, forward: bool, by_word: bool = False) -> Caret | None:
    """One character (or word) on; ``None`` where the page ends on that side."""
    line, column = caret.line, caret.column
    if not text.lines:
        return None
    length = len(text.lines[line].text)
    if forward and column >= length:
        return None if line + 1 >= len(text.lines) else Caret(caret.page, line + 1, 0)
    if not forward and column <= 0:
        if line == 0:
            return None
        return Caret(caret.page, line - 1, len(text.lines[line - 1].text))
    if not by_word:
        return caret._replace(column=column + (1 if forward else -1))
    words = text.words(line)
    if forward:
        ends = [end for _, end in words]
        after = bisect_right(ends, column)
        return caret._replace(column=ends[after] if after < len(ends) else length)
    starts = [start for start, _ in words if start < column]
    return caret._replace(column=starts[-1] if starts else 0)


def stepped_line(text: TextMap, caret: Caret, down: bool) -> Caret | None:
    """The place above or below, as near as can be; ``None`` where the page ends on that side."""
    number = caret.line + (1 if down else -1)
    if not 0 <= number < len(text.lines):
        return None
    return text.nearest_on_line(number, *text.middle(caret))


def _blocks(lines: Sequence[TextLine]) -> list[list[int]]:
    """The numbers of the lines that follow each other in one block."""
    grouped = groupby(range(len(lines)), key=lambda number: lines[number].block)
    return [list(numbers) for _, numbers in grouped]


def _unit(x: float, y: float, otherwise: tuple[float, float]) -> tuple[float, float]:
    length = (x * x + y * y) ** 0.5
    return (x / length, y / length) if length > 1e-6 else otherwise


def _holds(quad: Quad, x: float, y: float) -> bool:
    """Whether a point lies on a letter, seen along its line."""
    frame = _Frame.around((quad,))
    along, _ = frame.project(x, y)
    return frame.u0 <= along <= frame.u1


def _centre(quad: Quad) -> tuple[float, float]:
    n = quad.numbers()
    return (n[0] + n[2] + n[4] + n[6]) / 4, (n[1] + n[3] + n[5] + n[7]) / 4


def _distance(quad: Quad, x: float, y: float) -> float:
    cx, cy = _centre(quad)
    return (cx - x) ** 2 + (cy - y) ** 2
