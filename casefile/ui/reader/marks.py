"""Marks as the page view needs them: by page, findable at a point, with their inks. No Qt."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Sequence

from casefile.domain.annotations import COLOURS, Annotation, AnnotationKind, Extent
from casefile.domain.geometry import Box, Quad, bounds, sort_key
from casefile.services.mark_words import withheld_label
from casefile.ui.reader.layout import corners

#: The number of each colour: its key, and what its margin badge shows.
NUMBERS = {name: number for number, name in enumerate(COLOURS, 1)}
#: The side of a note's sign, in points.
NOTE_SIDE = 18.0

KIND_NAMES = {
    AnnotationKind.HIGHLIGHT: "Highlight",
    AnnotationKind.UNDERLINE: "Underline",
    AnnotationKind.STRIKEOUT: "Strike-out",
    AnnotationKind.NOTE: "Note",
    AnnotationKind.BOX: "Box",
    AnnotationKind.INK: "Ink",
    AnnotationKind.REDACTION: "Redaction mark",
    AnnotationKind.WITHHOLDING: "Withholding",
    AnnotationKind.REGION: "Region",
    AnnotationKind.BOOKMARK: "Bookmark",
}


#: Kinds of which the colour says nothing that a reporter would look for.
COLOURLESS = {AnnotationKind.WITHHOLDING, AnnotationKind.REDACTION, AnnotationKind.BOOKMARK}


def describe(mark: Annotation) -> str:
    """What kind of mark it is, in words: ``Yellow highlight``, ``Withholding (b)(5)``."""
    if mark.kind is AnnotationKind.WITHHOLDING:
        if mark.extent is Extent.RANGE:
            return withheld_label(mark)
        what = {Extent.PAGE: "Page withheld", Extent.ANSWER: "Answer withheld"}
        words = what.get(mark.extent or Extent.AREA, KIND_NAMES[mark.kind])
        return " ".join((words, ", ".join(mark.codes))).strip()
    if mark.kind in COLOURLESS:
        return KIND_NAMES[mark.kind]
    return f"{mark.colour.capitalize()} {KIND_NAMES[mark.kind].lower()}"


#: Kinds that can become one another: on words, and around an area.
_ON_WORDS = (
    AnnotationKind.HIGHLIGHT, AnnotationKind.UNDERLINE, AnnotationKind.STRIKEOUT,
    AnnotationKind.REDACTION,
)  # fmt: skip
_FRAMES = (
    AnnotationKind.BOX, AnnotationKind.REGION, AnnotationKind.REDACTION,
    AnnotationKind.WITHHOLDING,
)  # fmt: skip


def kinds_for(mark: Annotation) -> tuple[AnnotationKind, ...]:
    """What a mark can be instead, itself among them; only itself where nothing else makes sense."""
    if mark.kind is AnnotationKind.REDACTION:
        return _FRAMES if len(mark.quads) == 1 and not mark.text.strip() else _ON_WORDS
    for family in (_ON_WORDS, _FRAMES):
        if mark.kind in family and mark.quads:
            return family
    return (mark.kind,)


class MarkIndex:
    """All marks of a document, in reading order. There may be ten thousand of them: an edit
    replaces the ones it touched."""

    def __init__(self, marks: Iterable[Annotation] = ()) -> None:
        ordered = sorted((reading_order(mark), mark) for mark in marks)
        self.all: list[Annotation] = [mark for _, mark in ordered]
        self._orders = [order for order, _ in ordered]
        self._by_id = {mark.id: mark for mark in self.all}
        self._by_page: defaultdict[int, list[Annotation]] = defaultdict(list)
        for mark in self.all:
            self._by_page[mark.page].append(mark)

    def replace(self, mark_id: str, mark: Annotation | None) -> None:
        """Put ``mark`` in the place of the one with this id, which may be new; None takes it
        out."""
        former = self._by_id.pop(mark_id, None)
        if former is not None:
            at = bisect_left(self._orders, reading_order(former))
            del self._orders[at], self.all[at]
            self._by_page[former.page].remove(former)
        if mark is not None:
            at = bisect_left(self._orders, reading_order(mark))
            self._orders.insert(at, reading_order(mark))
            self.all.insert(at, mark)
            self._by_id[mark_id] = mark
            insort(self._by_page[mark.page], mark, key=reading_order)

    def get(self, mark_id: str | None) -> Annotation | None:
        return self._by_id.get(mark_id) if mark_id is not None else None

    def on(self, page: int) -> Sequence[Annotation]:
        return self._by_page.get(page, ())

    def at(self, page: int, x: float, y: float, slack: float) -> Annotation | None:
        """The mark under a point of the page, within ``slack`` points; the smallest of several,
        so that one inside another can be reached."""
        return next(iter(self.all_at(page, x, y, slack)), None)

    def all_at(self, page: int, x: float, y: float, slack: float) -> list[Annotation]:
        """Every mark under a point of the page, within ``slack`` points, the smallest first."""
        found = [
            mark for mark in self.on(page) if any(touches(quad, x, y, slack) for quad in mark.quads)
        ]
        return sorted(found, key=lambda mark: _area(bounds(mark.quads)))

    def after(self, mark_id: str, page: int, *, forward: bool) -> Annotation | None:
        """The mark next to (or before) a mark in reading order, round the end; without one, the
        first from ``page`` on (or the last before it)."""
        if not self.all:
            return None
        here = self._by_id.get(mark_id)
        if here is not None:
            at = bisect_left(self._orders, reading_order(here)) + (1 if forward else -1)
        else:
            at = bisect_left(self.all, page, key=lambda mark: mark.page) - (0 if forward else 1)
        return self.all[at % len(self.all)]


def reading_order(mark: Annotation) -> tuple[str, str, str]:
    """Reading order; what stands in the same place, in the order in which it was made."""
    return sort_key(mark.page, mark.quads), mark.created_at, mark.id


def touches(quad: Quad, x: float, y: float, slack: float = 0.0) -> bool:
    """Whether a point lies in a quad, whichever way it is turned, or within ``slack`` of it."""
    box = quad.box
    if not (box.x0 - slack <= x <= box.x1 + slack and box.y0 - slack <= y <= box.y1 + slack):
        return False
    points = list(corners(quad))
    sides = [
        (bx - ax) * (y - ay) - (by - ay) * (x - ax)
        for (ax, ay), (bx, by) in zip(points, [*points[1:], points[0]], strict=True)
    ]
    reach = slack * max(box.width, box.height, 1.0)
    return all(side >= -reach for side in sides) or all(side <= reach for side in sides)


def note_quad(x: float, y: float, width: float, height: float) -> Quad:
    """The place of a note's sign at a point of a page of ``width`` x ``height`` points, kept on
    the page."""
    left = min(max(0.0, x), max(0.0, width - NOTE_SIDE))
    top = min(max(0.0, y), max(0.0, height - NOTE_SIDE))
    return Box(left, top, left + NOTE_SIDE, top + NOTE_SIDE).quad()


def _area(box: Box) -> float:
    return box.width * box.height
