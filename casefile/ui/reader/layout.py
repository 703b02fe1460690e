"""Where pages lie on the canvas. Pure arithmetic, no Qt.

The canvas counts in device pixels, so that a tile is never drawn at half a pixel whatever the
screen's scale factor. Pages stand in one column, in order, centred. One prefix sum over the page
heights in points is made once; every offset at every zoom follows from it in constant time, and
the page at an offset in logarithmic time: a document of 5,000 pages zooms without a stall.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from casefile.domain.geometry import LARGEST_COORDINATE, Box, Quad

#: Scroll bars count in 32-bit integers; no zoom may make the canvas longer than this.
LONGEST_CANVAS = 2**31 - 2**20


class PixelRect(NamedTuple):
    """A rectangle in device pixels."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.x + self.width

    @property
    def bottom(self) -> int:
        return self.y + self.height

    def moved(self, dx: int, dy: int) -> PixelRect:
        return PixelRect(self.x + dx, self.y + dy, self.width, self.height)

    def intersected(self, other: PixelRect) -> PixelRect:
        """What both share; width or height is 0 when they share nothing."""
        x, y = max(self.x, other.x), max(self.y, other.y)
        width = max(0, min(self.right, other.right) - x)
        height = max(0, min(self.bottom, other.bottom) - y)
        return PixelRect(x, y, width, height)

    def __bool__(self) -> bool:
        return self.width > 0 and self.height > 0


@dataclass(frozen=True, slots=True)
class Spot:
    """A point of the document: page (from 1) and position in points; it may lie off the page."""

    page: int
    x: float
    y: float


class PageColumn:
    """The sizes of all pages, in points, and their prefix sum. Shared by layouts of any scale."""

    def __init__(self, sizes: Sequence[tuple[float, float]]) -> None:
        self.widths = array("d", (_side(width) for width, _ in sizes))
        self.heights = array("d", (_side(height) for _, height in sizes))
        self.above = array("d", accumulate(self.heights, initial=0.0))
        self.widest = max(self.widths, default=1.0)

    def __len__(self) -> int:
        return len(self.heights)

    def largest_scale(self) -> float:
        """The scale at which the canvas would reach its limit."""
        return (LONGEST_CANVAS - 64 * len(self)) / max(1.0, self.above[-1], self.widest)


class PageLayout:
    """``column`` at ``scale`` (device pixels per point) in a viewport ``view_width`` pixels wide.

    ``gap`` pixels lie between pages, ``margin`` pixels around them. Page numbers count from 1.
    """

    def __init__(
        self, column: PageColumn, scale: float, view_width: int, gap: int = 12, margin: int = 16
    ) -> None:
        self.column = column
        self.scale = min(scale, column.largest_scale())
        self.gap = gap
        self.margin = margin
        self.width = max(view_width, round(column.widest * self.scale) + 2 * margin)
        count = len(column)
        self.height = round(column.above[-1] * self.scale) + 2 * margin + max(0, count - 1) * gap

    def top(self, page: int) -> int:
        above = round(self.column.above[page - 1] * self.scale)
        return self.margin + (page - 1) * self.gap + above

    def rect(self, page: int) -> PixelRect:
        """Where the page lies on the canvas."""
        top = self.top(page)
        height = max(1, self.top(page + 1) - self.gap - top)
        width = max(1, round(self.column.widths[page - 1] * self.scale))
        return PixelRect((self.width - width) // 2, top, width, height)

    def page_at(self, y: int) -> int:
        """The page at the canvas offset ``y``; the gap below a page counts as that page."""
        after = bisect_right(range(1, len(self.column) + 1), y, key=self.top)
        return max(1, after)

    def pages_in(self, top: int, bottom: int) -> range:
        """The pages that touch the canvas between two offsets."""
        if not len(self.column):
            return range(0)
        first = self.page_at(top)
        if self.rect(first).bottom <= top and first < len(self.column):
            first += 1
        return range(first, self.page_at(max(top, bottom - 1)) + 1)

    def spot(self, x: float, y: float) -> Spot:
        """The point of the document at a canvas position."""
        page = self.page_at(int(y))
        rect = self.rect(page)
        return Spot(page, (x - rect.x) / self.scale, (y - rect.y) / self.scale)

    def position(self, spot: Spot) -> tuple[float, float]:
        """The canvas position of a point of the document."""
        rect = self.rect(spot.page)
        return rect.x + spot.x * self.scale, rect.y + spot.y * self.scale

    def box_rect(self, page: int, box: Box) -> PixelRect:
        """The canvas rectangle around a box on a page, whole pixels outwards."""
        rect = self.rect(page)
        x0, y0 = math.floor(box.x0 * self.scale), math.floor(box.y0 * self.scale)
        x1, y1 = math.ceil(box.x1 * self.scale), math.ceil(box.y1 * self.scale)
        return PixelRect(rect.x + x0, rect.y + y0, max(1, x1 - x0), max(1, y1 - y0))


def fitting_scale(
    size: tuple[float, float], view: tuple[int, int], margin: int, *, whole_page: bool
) -> float:
    """The scale at which a page of ``size`` points fills the width of ``view`` or fits into it."""
    width = max(1, view[0] - 2 * margin) / _side(size[0])
    if not whole_page:
        return width
    return min(width, max(1, view[1] - 2 * margin) / _side(size[1]))


def scroll_to_show(start: int, extent: int, view_start: int, view_extent: int, air: int) -> int:
    """The scroll offset that shows ``start .. start + extent`` with some air around it, moving no
    further than needed; something larger than the view shows its beginning."""
    if extent + 2 * air > view_extent:
        return start - min(air, max(0, view_extent - extent) // 2)
    if start - air < view_start:
        return start - air
    if start + extent + air > view_start + view_extent:
        return start + extent + air - view_extent
    return view_start


def next_zoom(zoom: float, direction: int, steps: Sequence[float]) -> float:
    """The next larger (``direction`` 1) or smaller (-1) of the ascending ``steps``."""
    if direction > 0:
        return next((step for step in steps if step > zoom * 1.001), steps[-1])
    return next((step for step in reversed(steps) if step < zoom / 1.001), steps[0])


def corners(quad: Quad) -> Iterator[tuple[float, float]]:
    """The corners in the order in which they are drawn round."""
    yield quad.ul_x, quad.ul_y
    yield quad.ur_x, quad.ur_y
    yield quad.lr_x, quad.lr_y
    yield quad.ll_x, quad.ll_y


def _side(length: float) -> float:
    """A page side that arithmetic can live with, whatever the file claims."""
    return min(max(length, 1.0), LARGEST_COORDINATE) if math.isfinite(length) else 1.0
