"""Which tiles are wanted and in which order; the bounded memory of pictures."""

from __future__ import annotations

from casefile.ui.reader.layout import PageColumn, PageLayout, PixelRect
from casefile.ui.reader.tiles import (
    TILE,
    Tile,
    TileMemory,
    preview,
    tiles_over,
    wanted,
)


def nothing(_: object) -> bool:
    return False


def everything(_: object) -> bool:
    return True


def layout_of(pages: int, scale: float = 1.0) -> PageLayout:
    return PageLayout(PageColumn([(1024.0, 1024.0)] * pages), scale, 1100)


def beside(layout: PageLayout, view: PixelRect, way: int) -> tuple[PageLayout, PixelRect]:
    """The screen below (1) or above (-1)."""
    return layout, view.moved(0, way * view.height)


def test_tiles_cover_a_part_of_a_page_and_no_more() -> None:
    found = list(tiles_over("d", 3, 1.0, PixelRect(TILE - 1, 0, 2, TILE)))
    assert [(tile.column, tile.row) for tile in found] == [(0, 0), (1, 0)]
    assert list(tiles_over("d", 3, 1.0, PixelRect(0, 0, 0, 5))) == []


def test_a_tile_knows_what_it_shows() -> None:
    clip = Tile("d", 1, 2.0, 1, 0).clip(TILE - 1, 200)
    assert (clip.x0, clip.y0, clip.x1, clip.y1) == (TILE / 2, 0, TILE - 1, 200)
    beyond = Tile("d", 1, 2.0, 9, 9).clip(TILE - 1, 200)
    assert beyond.width == 0
    assert beyond.height == 0


def test_a_preview_is_one_small_tile_whatever_the_page() -> None:
    tile = preview("d", 1, 20_000, 100)
    assert tile.clip(20_000, 100).width == 20_000


def test_what_is_in_view_comes_first_and_nearest_to_the_middle() -> None:
    layout = layout_of(50, scale=TILE / 512)  # four tiles a page
    view = PixelRect(0, layout.top(10), 2 * TILE + 40, 2 * TILE)
    down, up = beside(layout, view, 1), beside(layout, view, -1)
    order = wanted("d", [(layout, view), down, up], nothing, everything)
    assert {tile.page for tile in order[:4]} == {10}
    rows = [(tile.page, tile.row) for tile in order]
    assert rows.index((11, 0)) < rows.index((9, 1)), "the next screen down comes before the one up"


def test_the_direction_of_reading_decides_which_neighbour_is_next() -> None:
    layout = layout_of(50)
    view = PixelRect(0, layout.top(10), 1100, 1000)
    down, up = beside(layout, view, 1), beside(layout, view, -1)
    pages = [tile.page for tile in wanted("d", [(layout, view), up, down], nothing, everything)]
    assert pages.index(9) < pages.index(11)


def test_a_page_without_any_picture_gets_a_preview_first() -> None:
    layout = layout_of(3)
    first = wanted("d", [(layout, PixelRect(0, 0, 1100, 900))], nothing, nothing)[0]
    assert first.scale < 0.5


def test_what_is_drawn_is_not_wanted_again_and_nothing_twice() -> None:
    layout = layout_of(5)
    view = PixelRect(0, 0, 1100, 900)
    assert wanted("d", [(layout, view)], everything, everything) == []
    order = wanted("d", [(layout, view)], nothing, nothing)
    assert len(order) == len(set(order))


def test_the_number_wanted_does_not_grow_with_the_document() -> None:
    small = wanted("d", [(layout_of(5), PixelRect(0, 2000, 1100, 900))], nothing, nothing)
    large = wanted("d", [(layout_of(5000), PixelRect(0, 2000, 1100, 900))], nothing, nothing)
    assert len(small) == len(large)


def tile(page: int, scale: float = 1.0, column: int = 0) -> Tile:
    return Tile("d", page, scale, column, 0)


def test_memory_keeps_within_its_budget_and_drops_the_longest_unused() -> None:
    gone: list[str] = []
    memory: TileMemory[str] = TileMemory(budget=300, forget=gone.append)
    for page in (1, 2, 3):
        memory.put(tile(page), f"page {page}", 100)
    assert memory.get(tile(1)) == "page 1"
    memory.put(tile(4), "page 4", 100)
    assert gone == ["page 2"]
    assert memory.bytes == 300
    assert tile(2) not in memory
    assert not memory.has_any("d", 2)


def test_a_picture_drawn_again_replaces_the_old_one() -> None:
    memory: TileMemory[str] = TileMemory(budget=1000)
    memory.put(tile(1), "old", 100)
    memory.put(tile(1), "new", 150)
    assert memory.get(tile(1)) == "new"
    assert memory.bytes == 150
    assert len(memory) == 1


def test_stand_ins_come_with_the_nearest_scale_last() -> None:
    memory: TileMemory[str] = TileMemory()
    for scale in (0.3, 2.0, 1.1):
        memory.put(tile(1, scale), f"{scale}", 1)
    shown = [picture for _, picture in memory.stand_ins("d", 1, 1.0)]
    assert shown == ["0.3", "2.0", "1.1"]
    assert memory.stand_ins("d", 2, 1.0) == []


def test_wiping_forgets_every_picture() -> None:
    gone: list[str] = []
    memory: TileMemory[str] = TileMemory(forget=gone.append)
    memory.put(tile(1), "a", 10)
    memory.put(tile(2), "b", 10)
    memory.wipe()
    assert sorted(gone) == ["a", "b"]
    assert memory.bytes == 0
    assert len(memory) == 0


def test_one_document_can_be_let_go() -> None:
    memory: TileMemory[str] = TileMemory()
    memory.put(tile(1), "a", 10)
    memory.put(Tile("other", 1, 1.0, 0, 0), "b", 10)
    memory.drop_document("d")
    assert not memory.has_any("d", 1)
    assert memory.has_any("other", 1)
