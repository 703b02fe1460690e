"""The signs in a page's left margin: the number of each mark's colour, a quotation mark for each
quote. Laid out here, drawn in ``painting``, found under the mouse by the page view."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from casefile.domain.annotations import Annotation, AnnotationKind
from casefile.domain.geometry import Quad
from casefile.domain.quotes import Quote
from casefile.ui.reader.layout import PixelRect

#: The side of a badge, in screen units: it grows and shrinks with the page within these.
SMALLEST, LARGEST = 12.0, 20.0
#: From the page's edge to the first badge, and between two, in screen units.
EDGE, BETWEEN = 5, 2


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
) -> list[Badge]:
    """The badges of a page that lies at ``page`` at ``scale`` device pixels per point, ``ratio``
    device pixels per screen unit: each level with the first line of what it stands for, one beside
    the other where several begin on the same line. A note is its own sign."""
    side = round(min(LARGEST, max(SMALLEST, 15 * scale / ratio)) * ratio)
    placed: list[Badge] = []
    items: list[Annotation | Quote] = [m for m in marks if m.kind is not AnnotationKind.NOTE]
    for item in [*items, *quotes]:
        if not item.quads:
            continue
        rect = QRectF(page.x + EDGE * ratio, _top(item.quads[0], page, scale, side), side, side)
        while any(rect.intersects(other.rect) for other in placed):
            rect.translate(side + BETWEEN * ratio, 0)
        placed.append(Badge(item, rect))
    return placed


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


def _top(first: Quad, page: PixelRect, scale: float, side: float) -> int:
    box = first.box
    height = (box.y1 - box.y0) * scale
    return round(page.y + box.y0 * scale + (min(height, 2.5 * side) - side) / 2)
