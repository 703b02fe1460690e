"""Where a selected mark can be taken hold of, and what it becomes when it is dragged. No Qt.

Frames (boxes, regions, withheld areas, redactions, drawings) have handles at their corners and
sides, and are moved by their edge; notes are moved as they are; marks on words have a handle at
each end. All in points of the page, not turned.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from math import hypot

from casefile.domain.annotations import Annotation, AnnotationKind
from casefile.domain.geometry import Box, Quad, bounds

#: Neither side of a frame gets shorter than this, in points.
LEAST = 4.0
_FRAMES = frozenset({
    AnnotationKind.BOX, AnnotationKind.REGION, AnnotationKind.WITHHOLDING,
    AnnotationKind.REDACTION, AnnotationKind.INK,
})  # fmt: skip
_ON_WORDS = frozenset({
    AnnotationKind.HIGHLIGHT, AnnotationKind.UNDERLINE, AnnotationKind.STRIKEOUT,
    AnnotationKind.REDACTION, AnnotationKind.WITHHOLDING,
})  # fmt: skip


class Grip(Enum):
    """What is taken hold of: a side or corner (which way across, which way down), the whole mark,
    or an end of marked words."""

    TOP_LEFT = (-1, -1)
    TOP = (0, -1)
    TOP_RIGHT = (1, -1)
    RIGHT = (1, 0)
    BOTTOM_RIGHT = (1, 1)
    BOTTOM = (0, 1)
    BOTTOM_LEFT = (-1, 1)
    LEFT = (-1, 0)
    WHOLE = (0, 0)
    START = (-2, 0)
    END = (2, 0)


ENDS = frozenset({Grip.START, Grip.END})
_SIDES = tuple(grip for grip in Grip if grip not in ENDS and grip is not Grip.WHOLE)


@dataclass(frozen=True, slots=True)
class Handle:
    """A point of the page to take hold of."""

    grip: Grip
    x: float
    y: float


def is_frame(mark: Annotation) -> bool:
    """Whether a mark is an area with sides."""
    return mark.kind in _FRAMES and len(mark.quads) == 1


def is_on_words(mark: Annotation) -> bool:
    """Whether a mark runs along words, from one end to the other."""
    return mark.kind in _ON_WORDS and bool(mark.quads) and not is_frame(mark)


def can_be_moved(mark: Annotation) -> bool:
    return is_frame(mark) or (mark.kind is AnnotationKind.NOTE and bool(mark.quads))


def handles(mark: Annotation) -> list[Handle]:
    """The handles of a mark; none for what has no place of its own on the page."""
    if is_frame(mark):
        box = mark.quads[0].box
        middle = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
        xs, ys = {-1: box.x0, 0: middle[0], 1: box.x1}, {-1: box.y0, 0: middle[1], 1: box.y1}
        return [Handle(grip, xs[grip.value[0]], ys[grip.value[1]]) for grip in _SIDES]
    if is_on_words(mark):
        first, last = mark.quads[0], mark.quads[-1]
        return [
            Handle(Grip.START, (first.ul_x + first.ll_x) / 2, (first.ul_y + first.ll_y) / 2),
            Handle(Grip.END, (last.ur_x + last.lr_x) / 2, (last.ur_y + last.lr_y) / 2),
        ]
    return []


def grip_at(mark: Annotation, x: float, y: float, reach: float) -> Grip | None:
    """What is taken hold of at a point, within ``reach`` points of a handle or an edge."""
    near = [
        (hypot(handle.x - x, handle.y - y), number, handle.grip)
        for number, handle in enumerate(handles(mark))
    ]
    if near and min(near)[0] <= reach:
        return min(near)[2]
    if not can_be_moved(mark):
        return None
    box = bounds(mark.quads)
    outer = Box(box.x0 - reach, box.y0 - reach, box.x1 + reach, box.y1 + reach)
    inner = Box(box.x0 + reach, box.y0 + reach, box.x1 - reach, box.y1 - reach)
    hollow = mark.kind is not AnnotationKind.NOTE and inner.x0 < inner.x1 and inner.y0 < inner.y1
    if not outer.contains(x, y) or (hollow and inner.contains(x, y)):
        return None
    return Grip.WHOLE


def dragged(
    mark: Annotation, grip: Grip, across: float, down: float, page: tuple[float, float]
) -> tuple[Quad, ...]:
    """The place of a frame or note after it was dragged so far by a grip, kept on its page of
    ``page`` points."""
    box = bounds(mark.quads)
    width, height = page
    if grip is Grip.WHOLE:
        across = min(max(across, -box.x0), max(0.0, width - box.x1))
        down = min(max(down, -box.y0), max(0.0, height - box.y1))
        return tuple(_shifted(quad, across, down) for quad in mark.quads)
    sideways, upright = grip.value
    x0, x1 = _side(box.x0, box.x1, across, sideways, width)
    y0, y1 = _side(box.y0, box.y1, down, upright, height)
    return (Box(x0, y0, x1, y1).quad(),)


def _side(start: float, end: float, by: float, way: int, most: float) -> tuple[float, float]:
    if way < 0:
        return min(max(0.0, start + by), end - LEAST), end
    if way > 0:
        return start, max(min(most, end + by), start + LEAST)
    return start, end


def _shifted(quad: Quad, across: float, down: float) -> Quad:
    numbers: Sequence[float] = quad.numbers()
    return Quad.of([n + (down if at % 2 else across) for at, n in enumerate(numbers)])
