"""Pieces of lines, and how they lie to each other, whichever way they run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

Numbers = tuple[float, float, float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Piece:
    """A line or part of one: each of ``texts`` (mostly one character) has its quad. ``direction``
    is the cosine and sine of the way it runs in, ``downwards`` tells of vertical writing."""

    texts: list[str]
    quads: list[Numbers]
    block: int
    direction: tuple[float, float]
    downwards: bool

    def along(self) -> tuple[float, float]:
        """Where it begins and ends in its own direction."""
        return reach(self.quads, *self.direction)

    def across(self) -> tuple[float, float]:
        """Its top and bottom, seen along its direction."""
        return reach(self.quads, -self.direction[1], self.direction[0])

    def text(self) -> str:
        return "".join(self.texts)


def put_together(pieces: Sequence[Piece]) -> Piece:
    if len(pieces) == 1:
        return pieces[0]
    texts = [text for piece in pieces for text in piece.texts]
    return replace(pieces[0], texts=texts, quads=[q for piece in pieces for q in piece.quads])


def parallel(a: Piece, b: Piece) -> bool:
    """Whether both lie in one line: the same direction, most of the height in common."""
    if a.downwards != b.downwards:
        return False
    if abs(a.direction[0] - b.direction[0]) + abs(a.direction[1] - b.direction[1]) > 0.01:
        return False
    (top, bottom), (over, under) = a.across(), b.across()
    shared = min(bottom, under) - max(top, over)
    return shared > 0.6 * min(bottom - top, under - over)


def follows(a: Piece, b: Piece, least: float, most: float) -> bool:
    """Whether ``b`` begins where ``a`` ends, between ``least`` and ``most`` line heights on."""
    if not parallel(a, b):
        return False
    top, bottom = a.across()
    gap = b.along()[0] - a.along()[1]
    return least * (bottom - top) <= gap <= most * (bottom - top)


def same_line(a: Piece, b: Piece) -> bool:
    """Whether both are parts of one line, on whichever side; cells of a table are further apart."""
    if not parallel(a, b) or a.downwards:
        return False
    (top, bottom), (start, end), (left, right) = a.across(), a.along(), b.along()
    return max(left - end, start - right) <= bottom - top


def part(quad: Numbers, start: float, end: float) -> Numbers:
    """The share of a quad from ``start`` to ``end`` (0 to 1) along its line."""
    ulx, uly, urx, ury, llx, lly, lrx, lry = quad
    return (
        ulx + (urx - ulx) * start, uly + (ury - uly) * start,
        ulx + (urx - ulx) * end, uly + (ury - uly) * end,
        llx + (lrx - llx) * start, lly + (lry - lly) * start,
        llx + (lrx - llx) * end, lly + (lry - lly) * end,
    )  # fmt: skip


def reach(quads: Sequence[Numbers], cosine: float, sine: float) -> tuple[float, float]:
    """The extent of quads in a direction."""
    found = [q[at] * cosine + q[at + 1] * sine for q in quads for at in (0, 2, 4, 6)]
    return min(found), max(found)


def reach_of(quad: Numbers, direction: tuple[float, float]) -> float:
    start, end = reach([quad], *direction)
    return end - start
