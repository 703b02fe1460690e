"""Tiles: which are wanted, in which order, and a bounded memory of those drawn. No Qt.

The order is made anew for every position of the view and replaces the one before it, so what has
scrolled away is no longer asked for. Study for the scheme: frescobaldi/qpageview.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Generic, NamedTuple, TypeVar

from casefile.domain.geometry import Box
from casefile.ui.reader.layout import PageLayout, PixelRect

#: The side of a tile in device pixels. A page at reading size is two of them: each costs the worker
#: a walk through everything that is on the page. In colour it fills one sheet of ``pdf.easel``.
TILE = 1024
#: The longest side of a preview (also shown as thumbnail) in device pixels.
PREVIEW = 256
#: What the memory of tiles may hold.
BUDGET = 96 * 1024 * 1024

Picture = TypeVar("Picture")


class Tile(NamedTuple):
    """A square of a page at a scale (device pixels per point), by day or as a night page; ``page``
    counts from 1."""

    document: str
    page: int
    scale: float
    column: int
    row: int
    night: bool = False

    def rect(self) -> PixelRect:
        """Where the tile lies on its page, in pixels of its own scale (not cut at the edge)."""
        return PixelRect(self.column * TILE, self.row * TILE, TILE, TILE)

    def clip(self, width: float, height: float) -> Box:
        """What it shows of a page of ``width`` x ``height`` points."""
        side = TILE / self.scale
        x, y = self.column * side, self.row * side
        return Box(x, y, max(x, min(width, x + side)), max(y, min(height, y + side)))


def preview(document: str, page: int, width: float, height: float, *, night: bool = False) -> Tile:
    """The one small tile that shows the whole page."""
    return Tile(document, page, PREVIEW / max(width, height, 1.0), 0, 0, night)


def tiles_over(
    document: str, page: int, scale: float, part: PixelRect, *, night: bool = False
) -> Iterator[Tile]:
    """The tiles that touch ``part`` (pixels from the page's corner)."""
    if not part:
        return
    for row in range(part.y // TILE, (part.bottom - 1) // TILE + 1):
        for column in range(part.x // TILE, (part.right - 1) // TILE + 1):
            yield Tile(document, page, scale, column, row, night)


def wanted(
    document: str,
    views: Sequence[tuple[PageLayout, PixelRect]],
    drawn: Callable[[Tile], bool],
    has_any: Callable[[int], bool],
    *,
    night: bool = False,
) -> list[Tile]:
    """What to draw, by day or as night pages, most urgent first. ``views`` are rectangles of the
    canvas: what is in view, then what is likely to be next.

    Pages in view of which there is no picture at all come first, as previews; then the sharp
    tiles in view, nearest to its middle first; then the tiles of the other views.
    """
    (layout, view), *others = views
    previews: list[Tile] = []
    sharp: list[Tile] = []
    for page in layout.pages_in(view.y, view.bottom):
        if not has_any(page):
            index = page - 1
            size = layout.column.widths[index], layout.column.heights[index]
            previews.append(preview(document, page, *size, night=night))
        sharp += _page_tiles(document, layout, page, view, night)
    middle = view.y + view.height // 2
    sharp.sort(key=lambda tile: _distance(layout, tile, middle))
    following: list[Tile] = []
    for beside, area in others:
        for page in beside.pages_in(area.y, area.bottom):
            following += _page_tiles(document, beside, page, area, night)
    unique = dict.fromkeys(previews + sharp + following)
    return [tile for tile in unique if not drawn(tile)]


def _page_tiles(
    document: str, layout: PageLayout, page: int, view: PixelRect, night: bool
) -> Iterator[Tile]:
    return tiles_over(document, page, layout.scale, layout.part(page, view), night=night)


def _distance(layout: PageLayout, tile: Tile, middle: int) -> int:
    placed = layout.placed(tile.page, tile.rect())
    return abs(placed.y + placed.height // 2 - middle)


class TileMemory(Generic[Picture]):
    """The pictures drawn last, up to ``budget`` bytes, shared by all open documents.

    ``forget`` is called with every picture that leaves, so that its pixels can be overwritten.
    """

    def __init__(
        self, budget: int = BUDGET, forget: Callable[[Picture], None] = lambda _: None
    ) -> None:
        self.budget = budget
        self.bytes = 0
        self._forget = forget
        self._pictures: OrderedDict[Tile, tuple[Picture, int]] = OrderedDict()
        self._by_page: dict[tuple[str, int, bool], dict[float, set[Tile]]] = {}

    def __contains__(self, tile: Tile) -> bool:
        return tile in self._pictures

    def __len__(self) -> int:
        return len(self._pictures)

    def has_any(self, document: str, page: int, *, night: bool = False) -> bool:
        return (document, page, night) in self._by_page

    def put(self, tile: Tile, picture: Picture, size: int) -> None:
        self._drop(tile)
        self._pictures[tile] = picture, size
        self.bytes += size
        scales = self._by_page.setdefault((tile.document, tile.page, tile.night), {})
        scales.setdefault(tile.scale, set()).add(tile)
        while self.bytes > self.budget and len(self._pictures) > 1:
            self._drop(next(iter(self._pictures)))

    def get(self, tile: Tile) -> Picture | None:
        """The picture, which counts as used now."""
        found = self._pictures.get(tile)
        if found is None:
            return None
        self._pictures.move_to_end(tile)
        return found[0]

    def stand_ins(
        self, document: str, page: int, scale: float, *, night: bool = False
    ) -> list[tuple[Tile, Picture]]:
        """What there is of the page at other scales, to be drawn in this order: the nearest scale
        last, so that it lies on top."""
        scales = self._by_page.get((document, page, night), {})
        others = sorted(
            (other for other in scales if other != scale),
            key=lambda other: abs(math.log(other / scale)),
        )[:3]
        return [
            (tile, self._pictures[tile][0]) for other in reversed(others) for tile in scales[other]
        ]

    def drop_page(self, document: str, page: int) -> None:
        for night in (False, True):
            scales = self._by_page.get((document, page, night), {})
            self._drop_all([tile for tiles in scales.values() for tile in tiles])

    def drop_document(self, document: str) -> None:
        for page in {page for owner, page, _night in self._by_page if owner == document}:
            self.drop_page(document, page)

    def wipe(self) -> None:
        """Forget everything, now."""
        self._drop_all(list(self._pictures))

    def _drop_all(self, tiles: Iterable[Tile]) -> None:
        for tile in tiles:
            self._drop(tile)

    def _drop(self, tile: Tile) -> None:
        found = self._pictures.pop(tile, None)
        if found is None:
            return
        picture, size = found
        self.bytes -= size
        key = tile.document, tile.page, tile.night
        scales = self._by_page[key]
        scales[tile.scale].discard(tile)
        if not scales[tile.scale]:
            del scales[tile.scale]
        if not scales:
            del self._by_page[key]
        self._forget(picture)
