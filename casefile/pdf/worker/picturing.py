"""Draws a page for OCR: grey, at a resolution Tesseract likes, turned upright and without speckle.

Found on the corpus: 200 pixels an inch read as well as 300 and a quarter faster; a fax whose grey
was scattered into dots is read at 71 % as it is, at 95 % when its dots are smoothed away first by
drawing it at half the resolution.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import pymupdf
from pymupdf import mupdf

from casefile.pdf.worker.recognising import Picture
from casefile.pdf.worker.refusals import Refused, refusing

DPI = 200
#: Small print is drawn closer, where the scan holds more.
CLOSE_DPI = 300
#: Enough for the largest sheet that a scanner takes; larger pages are drawn smaller.
MOST_PIXELS = 16_000_000
#: The share of black pixels that stand alone, from which on a picture counts as speckled.
SPECKLED = 0.06
#: A scanner's lid: rows and columns at the edge that are nearly black, up to this share of a side.
WIDEST_BORDER = 0.12

_DARK = bytes(1 if grey < 128 else 0 for grey in range(256))


@dataclass(frozen=True, slots=True)
class View:
    """A page as drawn: ``picture``, and ``to_page``, which leads from its pixels to the page."""

    picture: Picture
    to_page: Any

    def point(self, x: float, y: float) -> tuple[float, float]:
        found = mupdf.fz_transform_point_xy(x, y, self.to_page)
        return found.x, found.y


class Sheet:
    """Draws one page as often as it takes to read it."""

    def __init__(self, page: Any, number: int) -> None:
        self._page = page
        self._number = number
        bounds = mupdf.fz_bound_page(page)
        sides = (bounds.x1 - bounds.x0, bounds.y1 - bounds.y0)
        if not all(map(math.isfinite, sides)) or min(sides) <= 0:
            raise Refused("page.undrawable", reason="size", page=number)
        self.bounds = bounds
        inches = sides[0] * sides[1] / 72**2
        self._largest_dpi = int(math.sqrt(MOST_PIXELS / inches))

    def view(self, angle: float, dpi: int = DPI, clip: Any = None, *, smooth: bool = False) -> View:
        """The page turned clockwise by ``angle`` degrees; or ``clip`` of it, in the page's shown
        space. ``smooth`` draws it at half the resolution and enlarges that."""
        dpi = max(1, min(dpi, self._largest_dpi))
        drawn = max(1, dpi // 2) if smooth else dpi
        area = mupdf.FzRect(self.bounds) if clip is None else mupdf.fz_intersect_rect(
            mupdf.FzRect(clip), self.bounds
        )  # fmt: skip
        matrix = mupdf.fz_pre_rotate(mupdf.fz_scale(drawn / 72, drawn / 72), angle)
        target = mupdf.fz_round_rect(mupdf.fz_transform_rect(area, matrix))
        if target.x1 <= target.x0 or target.y1 <= target.y0:
            raise Refused("page.undrawable", reason="size", page=self._number)
        pixmap = mupdf.fz_new_pixmap_with_bbox(
            mupdf.fz_device_gray(), target, mupdf.FzSeparations(), 0
        )
        mupdf.fz_clear_pixmap_with_value(pixmap, 255)
        device = mupdf.fz_new_draw_device(mupdf.FzMatrix(), pixmap)
        with refusing("page.undrawable", reason="damaged", page=self._number):
            mupdf.fz_run_page_contents(self._page, device, matrix, mupdf.FzCookie())
            mupdf.fz_close_device(device)
        kept = pymupdf.Pixmap("raw", pixmap)
        times = 2 if smooth else 1
        if smooth:
            kept = pymupdf.Pixmap(kept, kept.width * times, kept.height * times)
        data = bytes(kept.samples_mv)
        if kept.stride != kept.width:
            data = b"".join(data[row * kept.stride :][: kept.width] for row in range(kept.height))
        to_page = mupdf.fz_invert_matrix(mupdf.fz_post_scale(matrix, times, times))
        to_page = mupdf.fz_pre_translate(to_page, target.x0 * times, target.y0 * times)
        return View(Picture(kept.width, kept.height, drawn * times, data), to_page)

    def resolution(self) -> int:
        """Pixels an inch of the largest picture on the page; 0 without one."""
        best, size = 0, 0.0
        flags = pymupdf.TEXT_PRESERVE_IMAGES
        for block in mupdf.FzStextPage(self._page, mupdf.FzStextOptions(flags)):
            if block.m_internal.type != mupdf.FZ_STEXT_BLOCK_IMAGE:
                continue
            box = block.m_internal.bbox
            area = (box.x1 - box.x0) * (box.y1 - box.y0)
            image = block.i_image()
            if area > size:
                size = area
                best = int(math.sqrt(image.w() * image.h() / area) * 72)
        return best


def speckle(picture: Picture) -> float:
    """The share of dark pixels that have no dark neighbour beside them in their row: nearly none
    in print, many where grey was scattered into dots. 0 to 1."""
    dark = picture.data.translate(_DARK)
    count = dark.count(1)
    return dark.count(b"\0\1\0") / count if count else 0.0


def without_borders(picture: Picture) -> Picture:
    """The same picture with the black edges of a scan made white."""
    width, height, data = picture.width, picture.height, picture.data
    dark = data.translate(_DARK)
    most_x, most_y = int(width * WIDEST_BORDER), int(height * WIDEST_BORDER)

    def black(line: bytes) -> bool:
        return line.count(1) > 0.8 * len(line)

    top = _edge(range(most_y), lambda y: black(dark[y * width : (y + 1) * width]))
    bottom = _edge(
        range(most_y), lambda y: black(dark[(height - 1 - y) * width : (height - y) * width])
    )
    left = _edge(range(most_x), lambda x: black(dark[x::width]))
    right = _edge(range(most_x), lambda x: black(dark[width - 1 - x :: width]))
    if not any((top, bottom, left, right)):
        return picture
    rows = [
        b"\xff" * width
        if y < top or y >= height - bottom
        else b"\xff" * left + data[y * width + left : (y + 1) * width - right] + b"\xff" * right
        for y in range(height)
    ]
    return Picture(width, height, picture.dpi, b"".join(rows))


def _edge(places: range, is_black: Any) -> int:
    """How many rows or columns from the edge belong to its border: up to the last black one,
    as long as black ones are never far apart."""
    reach = 0
    for place in places:
        if is_black(place):
            reach = place + 1
        elif place > reach + 4:
            break
    return reach
