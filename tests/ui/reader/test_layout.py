"""Page geometry: offsets, look-ups and fits over thousands of pages of mixed sizes."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.domain.geometry import Box, Quad
from casefile.ui.reader.layout import (
    LONGEST_CANVAS,
    PageColumn,
    PageLayout,
    PixelRect,
    Spot,
    corners,
    fitting_scale,
    next_zoom,
    scroll_to_show,
)

MIXED = [(612.0, 792.0), (842.0, 595.0), (306.0, 396.0), (612.0, 1008.0)] * 1250
sizes = st.tuples(st.floats(1, 2000), st.floats(1, 2000))


def laid(pages: list[tuple[float, float]], scale: float = 1.5, width: int = 900) -> PageLayout:
    return PageLayout(PageColumn(pages), scale, width)


def test_pages_follow_each_other_without_overlap_at_any_zoom() -> None:
    for scale in (0.1, 0.77, 1.0, 4 / 3, 5.3333):
        layout = laid(MIXED, scale)
        for page in (1, 2, 3, 4, 2500, 4999):
            here, below = layout.rect(page), layout.rect(page + 1)
            assert here.bottom + layout.gap == below.y
        assert layout.rect(5000).bottom + layout.margin == layout.height


def test_a_page_is_found_by_any_offset_on_it() -> None:
    layout = laid(MIXED)
    for page in (1, 2, 3, 17, 2500, 5000):
        rect = layout.rect(page)
        assert layout.page_at(rect.y) == page
        assert layout.page_at(rect.bottom - 1) == page
        assert layout.page_at(rect.bottom + layout.gap - 1) == page
    assert layout.page_at(-100) == 1
    assert layout.page_at(layout.height + 100) == 5000


def test_only_pages_that_touch_the_view_are_in_it() -> None:
    layout = laid(MIXED)
    third = layout.rect(3)
    assert layout.pages_in(third.y, third.bottom) == range(3, 4)
    assert layout.pages_in(third.y - layout.gap, third.bottom) == range(3, 4)
    assert layout.pages_in(third.y - layout.gap - 1, third.bottom + layout.gap + 1) == range(2, 5)
    assert laid([]).pages_in(0, 100) == range(0)


def test_pages_are_centred_in_a_wide_view() -> None:
    layout = laid([(600, 800)], 1.0, 1000)
    assert layout.rect(1) == PixelRect(200, 16, 600, 800)
    assert laid([(600, 800)], 1.0, 100).width == 632


@given(st.lists(sizes, min_size=1, max_size=40), st.floats(0.05, 8), st.data())
def test_a_spot_survives_the_way_to_the_canvas_and_back(
    pages: list[tuple[float, float]], scale: float, data: st.DataObject
) -> None:
    layout = laid(pages, scale)
    page = data.draw(st.integers(1, len(pages)))
    spot = Spot(page, pages[page - 1][0] / 2, pages[page - 1][1] / 2)
    x, y = layout.position(spot)
    back = layout.spot(x, y)
    assert back.page == page
    assert back.x == pytest.approx(spot.x, abs=1e-6)
    assert back.y == pytest.approx(spot.y, abs=1e-6)


def test_a_document_that_lies_about_its_sizes_stays_within_the_scroll_bars() -> None:
    monstrous = [(1e9, 1e9), (math.nan, math.inf), (-5.0, 0.0)] * 1000
    layout = laid(monstrous, 8.0)
    assert layout.height <= LONGEST_CANVAS
    assert layout.width <= LONGEST_CANVAS
    assert layout.scale < 8.0
    assert layout.rect(3000).height >= 1


def test_fit_width_and_fit_page() -> None:
    assert fitting_scale((600, 800), (632, 100), 16, whole_page=False) == 1.0
    assert fitting_scale((600, 800), (632, 432), 16, whole_page=True) == 0.5
    assert fitting_scale((600, 800), (0, 0), 16, whole_page=True) > 0


def test_zoom_steps_go_to_the_next_one_either_way() -> None:
    steps = (0.5, 1, 2)
    assert next_zoom(1, 1, steps) == 2
    assert next_zoom(0.7, 1, steps) == 1
    assert next_zoom(0.7, -1, steps) == 0.5
    assert next_zoom(2, 1, steps) == 2
    assert next_zoom(0.5, -1, steps) == 0.5


def test_scrolling_to_show_moves_no_further_than_needed() -> None:
    assert scroll_to_show(500, 20, 400, 300, 50) == 400, "it is in sight: do not move"
    assert scroll_to_show(100, 20, 400, 300, 50) == 50
    assert scroll_to_show(900, 20, 400, 300, 50) == 670
    assert scroll_to_show(900, 1000, 400, 300, 50) == 900, "too tall: show its beginning"


def test_a_box_covers_whole_pixels() -> None:
    layout = laid([(600, 800)], 1.5, 932)
    rect = layout.rect(1)
    assert layout.box_rect(1, Box(1, 1, 2, 2)) == PixelRect(rect.x + 1, rect.y + 1, 2, 2)


def test_corners_go_round() -> None:
    quad = Quad(0, 0, 10, 0, 0, 5, 10, 5)
    assert list(corners(quad)) == [(0, 0), (10, 0), (10, 5), (0, 5)]


def test_rectangles_share_what_both_cover() -> None:
    assert PixelRect(0, 0, 10, 10).intersected(PixelRect(5, 5, 10, 10)) == (5, 5, 5, 5)
    assert not PixelRect(0, 0, 10, 10).intersected(PixelRect(10, 0, 5, 5))
