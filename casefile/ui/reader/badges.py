"""The signs on a page's edge: the number of each highlight's colour, a letter for other kinds of
marks, a quotation mark for each quote, a ribbon for a bookmark, a strip for pages that were never
delivered. Laid out here, drawn in ``paint_badges``, found under the mouse by the page view."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPolygonF

from casefile.domain.annotations import Annotation, AnnotationKind, Extent
from casefile.domain.geometry import Quad
from casefile.domain.quotes import Quote
from casefile.ui.reader.layout import PixelRect
from casefile.ui.reader.turning import turned

#: The side of a badge, in screen units: it grows and shrinks with the page within these.
SMALLEST, LARGEST = 12.0, 20.0
#: From the page's edge to the first badge, and between two, in screen units.
EDGE, BETWEEN = 5, 2
#: What stands for marks that are neither on words nor their own sign.
LETTERS = {
    AnnotationKind.BOX: "B",
    AnnotationKind.REGION: "R",
    AnnotationKind.WITHHOLDING: "E",
    AnnotationKind.REDACTION: "X",
    AnnotationKind.INK: "I",
}


@dataclass(frozen=True, slots=True)
class Badge:
    """What it stands for, and where, in device pixels."""

    item: Annotation | Quote
    rect: QRectF


def badges(
    page: PixelRect,
    scale: float,
    ratio: float,
    marks: Sequence[Annotation],
    quotes: Sequence[Quote],
    turn: int = 0,
) -> list[Badge]:
    """The badges of a page that lies at ``page``, turned clockwise by ``turn`` degrees, at
    ``scale`` device pixels per point, ``ratio`` device pixels per screen unit: each level with the
    first line of what it stands for, one beside the other where several begin on the same line. A
    note is its own sign."""
    side = round(min(LARGEST, max(SMALLEST, 15 * scale / ratio)) * ratio)
    placed: list[Badge] = []
    columns = _Columns(side)
    gaps = ribbons = 0
    items: list[Annotation | Quote] = [*marks, *quotes]
    for item in items:
        if isinstance(item, Annotation):
            if item.kind is AnnotationKind.NOTE:
                continue
            if item.kind is AnnotationKind.BOOKMARK:
                placed.append(Badge(item, _corner(page, side, ribbons)))
                ribbons += 1
                continue
            if is_gap(item):
                placed.append(Badge(item, _foot(page, side, ratio, gaps)))
                gaps += 1
                continue
        if item.quads:
            top = _top(item.quads[0], page, scale, side, turn)
        elif isinstance(item, Annotation):
            top = round(page.y + EDGE * ratio)
        else:
            continue
        left = page.x + EDGE * ratio + columns.take(top) * (side + BETWEEN * ratio)
        placed.append(Badge(item, QRectF(left, top, side, side)))
    return placed


class _Columns:
    """Where badges stand, column by column, each as the tops that are taken in it, in order."""

    def __init__(self, side: float) -> None:
        self._side = side
        self._tops: list[list[float]] = []

    def take(self, top: float) -> int:
        """The first column with room at this height, which is taken then."""
        for number, tops in enumerate(self._tops):
            at = bisect_left(tops, top)
            beside = tops[max(0, at - 1) : at + 1]
            if all(abs(other - top) >= self._side for other in beside):
                tops.insert(at, top)
                return number
        self._tops.append([top])
        return len(self._tops) - 1


def badge_at(shown: Sequence[Badge], position: QPointF, slack: float) -> Badge | None:
    """The badge under a point, or within ``slack`` device pixels of it."""
    near = (
        badge
        for badge in shown
        if badge.rect.adjusted(-slack, -slack, slack, slack).contains(position)
    )
    return min(
        near, key=lambda badge: (badge.rect.center() - position).manhattanLength(), default=None
    )


def is_gap(mark: Annotation) -> bool:
    """Whether a mark stands for pages that were never delivered after its page."""
    return mark.kind is AnnotationKind.WITHHOLDING and mark.extent is Extent.RANGE


def page_frame(page: PixelRect, ratio: float) -> QRectF:
    """Just inside a page's edge: what is about the whole page is drawn there."""
    inset = 3 * ratio
    return QRectF(*page).adjusted(inset, inset, -inset, -inset)


def ribbon(rect: QRectF) -> QPolygonF:
    """A bookmark's shape: a band with a notch at its lower end."""
    notch = QPointF(rect.center().x(), rect.bottom() - rect.width() / 2)
    return QPolygonF(
        [rect.topLeft(), rect.topRight(), rect.bottomRight(), notch, rect.bottomLeft()]
    )


def _corner(page: PixelRect, side: float, number: int) -> QRectF:
    """A ribbon hangs from the upper edge, near the right corner."""
    return QRectF(page.right - (2 + 1.4 * number) * side, page.y, side, 1.9 * side)


def _foot(page: PixelRect, side: float, ratio: float, number: int) -> QRectF:
    """A strip over the lower edge of the page."""
    height, inset = 1.3 * side, 3 * ratio
    top = page.bottom - (number + 1) * (height + BETWEEN * ratio)
    return QRectF(page.x + inset, top, page.width - 2 * inset, height)


def _top(first: Quad, page: PixelRect, scale: float, side: float, turn: int) -> int:
    width, height = (page.height, page.width) if turn % 180 else (page.width, page.height)
    box = first.box
    corners = ((box.x0, box.y0), (box.x1, box.y1))
    ys = [turned(x * scale, y * scale, width, height, turn)[1] for x, y in corners]
    tall = max(ys) - min(ys)
    return round(page.y + min(ys) + (min(tall, 2.5 * side) - side) / 2)
