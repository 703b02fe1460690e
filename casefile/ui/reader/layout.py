"""Where pages lie on the canvas. Pure arithmetic, no Qt.

The canvas counts in device pixels, so that a tile is never drawn at half a pixel whatever the
screen's scale factor. Pages stand below each other in rows of one page or of two, in order,
centred. One prefix sum over the rows' heights in points is made for each arrangement; every offset
at every zoom follows from it in constant time, and the page at an offset in logarithmic time: a
document of 5,000 pages zooms without a stall.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from casefile.domain.geometry import LARGEST_COORDINATE, Box, Quad
from casefile.ui.reader.turning import turned, turned_back

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


@dataclass(frozen=True, slots=True)
class Arrangement:
    """How pages stand: two in a row as in an open book (the first alone, on the right), one row at
    a time instead of all below each other, and turned clockwise by 0, 90, 180 or 270 degrees."""

    spread: bool = False
    single: bool = False
    turn: int = 0


class PageColumn:
    """The sizes of all pages, in points, in rows of one page or of two; and the prefix sum of the
    rows' heights. Shared by layouts of any scale. ``widths`` and ``heights`` are the pages' own,
    not turned; rows count from 0."""

    def __init__(
        self, sizes: Sequence[tuple[float, float]], turn: int = 0, *, spread: bool = False
    ) -> None:
        widths, heights = zip(*sizes, strict=True) if sizes else ((), ())
        self.widths, self.heights = _sides(widths), _sides(heights)
        self.turn, self.spread = turn, spread
        sideways = turn % 180 != 0
        self._across = self.heights if sideways else self.widths
        self._down = self.widths if sideways else self.heights
        tall: Iterable[float] = self._down
        wide: Iterable[float] = self._across
        if spread:
            rows = [self.pages_of(row) for row in range(self.rows)]
            tall = [max(self._down[page - 1] for page in pages) for pages in rows]
            wide = map(self.row_width, range(len(rows)))
        self.above = array("d", accumulate(tall, initial=0.0))
        self.widest = max(wide, default=1.0)

    def arranged(self, arrangement: Arrangement) -> PageColumn:
        """The same pages, otherwise arranged."""
        sizes = list(zip(self.widths, self.heights, strict=True))
        return PageColumn(sizes, arrangement.turn, spread=arrangement.spread)

    def __len__(self) -> int:
        return len(self.heights)

    @property
    def rows(self) -> int:
        return len(self) // 2 + 1 if self.spread and len(self) else len(self)

    def row_of(self, page: int) -> int:
        return page // 2 if self.spread else page - 1

    def pages_of(self, row: int) -> range:
        if not self.spread:
            return range(row + 1, row + 2)
        return range(max(1, 2 * row), min(2 * row + 1, len(self)) + 1)

    def shown_size(self, page: int) -> tuple[float, float]:
        """A page's size as it stands here, turned."""
        return self._across[page - 1], self._down[page - 1]

    def row_width(self, row: int) -> float:
        """Both pages; one that stands alone in a spread leaves the other half free."""
        pages = self.pages_of(row)
        alone = 2 if self.spread and len(pages) == 1 else 1
        return sum(self._across[page - 1] for page in pages) * alone

    def row_size(self, page: int) -> tuple[float, float]:
        """The size of the row that a page stands in."""
        row = self.row_of(page)
        return self.row_width(row), max(self._down[p - 1] for p in self.pages_of(row))

    def largest_scale(self) -> float:
        """The scale at which the canvas would reach its limit."""
        return (LONGEST_CANVAS - 64 * len(self)) / max(1.0, self.above[-1], self.widest)


class PageLayout:
    """``column`` at ``scale`` (device pixels per point) in a viewport ``view_width`` pixels wide.

    ``gap`` pixels lie between rows, ``margin`` pixels around them, ``fold`` between the two pages
    of a row. Page numbers count from 1. Positions on a page (a ``Spot``, a ``Box``) are those of
    the page itself, whichever way it is turned here. With ``alone``, only the row of that page can
    be seen; where it lies stays the same.
    """

    def __init__(
        self,
        column: PageColumn,
        scale: float,
        view_width: int,
        gap: int = 12,
        margin: int = 16,
        alone: int | None = None,
    ) -> None:
        self.column = column
        self.scale = min(scale, column.largest_scale())
        self.gap = gap
        self.margin = margin
        self.fold = gap // 4 if column.spread else 0
        self._row = None if alone is None else column.row_of(alone)
        widest = column.widest if self._row is None else column.row_width(self._row)
        self.width = max(view_width, round(widest * self.scale) + 2 * margin + self.fold)
        rows = column.rows
        self.height = round(column.above[-1] * self.scale) + 2 * margin + max(0, rows - 1) * gap

    @property
    def turn(self) -> int:
        return self.column.turn

    @property
    def extent(self) -> tuple[int, int]:
        """Where what can be scrolled over begins and ends."""
        if self._row is None:
            return 0, self.height
        top = self._row_top(self._row)
        return top - self.margin, self._row_bottom(self._row) + self.margin

    def top(self, page: int) -> int:
        return self._row_top(self.column.row_of(page))

    def rect(self, page: int) -> PixelRect:
        """Where the page lies on the canvas."""
        column, row = self.column, self.column.row_of(page)
        top, tallest = self._row_top(row), self._row_bottom(row) - self._row_top(row)
        across, down = column.shown_size(page)
        width = max(1, round(across * self.scale))
        if not column.spread:
            return PixelRect((self.width - width) // 2, top, width, tallest)
        pages = column.pages_of(row)
        beside = pages[0] + pages[-1] - page
        other = max(1, round(column.shown_size(beside)[0] * self.scale))
        left = (self.width - width - self.fold - other) // 2
        x = left if page % 2 == 0 else left + other + self.fold
        return PixelRect(x, top, width, max(1, min(tallest, round(down * self.scale))))

    def page_at(self, y: int) -> int:
        """The (first) page at the canvas offset ``y``; the gap below a row counts as that row."""
        row = self._row
        if row is None:
            row = max(0, bisect_right(range(self.column.rows), y, key=self._row_top) - 1)
        return max(1, self.column.pages_of(row)[0]) if len(self.column) else 1

    def pages_in(self, top: int, bottom: int) -> range:
        """The pages whose rows touch the canvas between two offsets."""
        if not len(self.column):
            return range(0)
        column = self.column
        first = column.row_of(self.page_at(top))
        if self._row_bottom(first) <= top and first + 1 < column.rows and self._row is None:
            first += 1
        last = column.row_of(self.page_at(max(top, bottom - 1)))
        return range(column.pages_of(first)[0], column.pages_of(max(first, last))[-1] + 1)

    def spot(self, x: float, y: float) -> Spot:
        """The point of the document at a canvas position."""
        pages = self.column.pages_of(self.column.row_of(self.page_at(int(y))))
        page = pages[-1] if x >= self.rect(pages[-1]).x - self.fold else pages[0]
        return self.spot_on(page, x, y)

    def spot_on(self, page: int, x: float, y: float) -> Spot:
        """A canvas position as a point of ``page``; it may lie off it."""
        rect = self.rect(page)
        px, py = turned_back(x - rect.x, y - rect.y, *self.sheet(page), self.turn)
        return Spot(page, px / self.scale, py / self.scale)

    def position(self, spot: Spot) -> tuple[float, float]:
        """The canvas position of a point of the document."""
        rect = self.rect(spot.page)
        sheet = self.sheet(spot.page)
        x, y = turned(spot.x * self.scale, spot.y * self.scale, *sheet, self.turn)
        return rect.x + x, rect.y + y

    def box_rect(self, page: int, box: Box) -> PixelRect:
        """The canvas rectangle around a box on a page, whole pixels outwards."""
        x0, y0 = math.floor(box.x0 * self.scale), math.floor(box.y0 * self.scale)
        x1, y1 = math.ceil(box.x1 * self.scale), math.ceil(box.y1 * self.scale)
        return self.placed(page, PixelRect(x0, y0, max(1, x1 - x0), max(1, y1 - y0)))

    def sheet(self, page: int) -> tuple[int, int]:
        """The pixels of a page, across and down, before it is turned."""
        rect = self.rect(page)
        return (rect.height, rect.width) if self.turn % 180 else (rect.width, rect.height)

    def placed(self, page: int, part: PixelRect) -> PixelRect:
        """Where a part of a page (pixels from its corner before it is turned) lies on the
        canvas."""
        rect, sheet = self.rect(page), self.sheet(page)
        ax, ay = turned(part.x, part.y, *sheet, self.turn)
        bx, by = turned(part.right, part.bottom, *sheet, self.turn)
        x, y = round(min(ax, bx)), round(min(ay, by))
        return PixelRect(rect.x + x, rect.y + y, round(abs(bx - ax)), round(abs(by - ay)))

    def part(self, page: int, area: PixelRect) -> PixelRect:
        """What of a page lies in ``area`` of the canvas, in pixels from the corner of the page
        before it is turned."""
        rect, sheet = self.rect(page), self.sheet(page)
        shared = rect.intersected(area).moved(-rect.x, -rect.y)
        ax, ay = turned_back(shared.x, shared.y, *sheet, self.turn)
        bx, by = turned_back(shared.right, shared.bottom, *sheet, self.turn)
        x, y = round(min(ax, bx)), round(min(ay, by))
        return PixelRect(x, y, round(abs(bx - ax)), round(abs(by - ay)))

    def _row_top(self, row: int) -> int:
        return self.margin + row * self.gap + round(self.column.above[row] * self.scale)

    def _row_bottom(self, row: int) -> int:
        return max(self._row_top(row) + 1, self._row_top(row + 1) - self.gap)


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


def _sides(lengths: Iterable[float]) -> array[float]:
    """Page sides that arithmetic can live with. A file that tells the truth costs no more than
    finding that out: there may be thousands of pages, and a reporter who waits for the first."""
    sides = array("d", lengths)
    finite = bool(sides) and math.isfinite(sum(sides))
    if finite and min(sides) >= 1.0 and max(sides) <= LARGEST_COORDINATE:
        return sides
    return array("d", map(_side, sides))


def _side(length: float) -> float:
    """A page side that arithmetic can live with, whatever the file claims."""
    return min(max(length, 1.0), LARGEST_COORDINATE) if math.isfinite(length) else 1.0
