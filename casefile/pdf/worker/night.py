"""Night pages: light turned into dark, photographs left as they are.

Lightness is turned round and hues are kept (MuPDF does it), then black and white become the
night's paper and ink. Done blindly, that would turn photographs into negatives; leaving out every
picture would leave scans, which are pictures of paper, glaring. So each picture on a page is looked
at once, small: if most of it is pale, it shows paper and is turned like the rest. A page that is
dark by itself is left alone.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Any

import pymupdf
from pymupdf import mupdf

from casefile.domain.night import INK, PAPER

#: The longest side of the small drawing that is judged, in pixels.
GLANCE = 160
#: A pixel is pale if its weakest colour is at least this; paper is mostly pale, however yellowed.
PALE = 150
#: From this share of pale pixels on, a picture shows paper.
MOSTLY = 0.55
#: Up to this share of pale pixels, a page is dark by itself.
HARDLY = 0.25
#: Pictures smaller than this, in points, are part of the writing: rules, bullets, logos.
SMALL = 24.0
#: More pictures than this are slices of one; then the page is turned as a whole.
MOST = 200
#: How many pages are remembered.
KEPT = 64
_FLAGS = pymupdf.TEXT_MEDIABOX_CLIP | pymupdf.TEXT_PRESERVE_IMAGES

#: Draws a page small: ``glance(scale)`` is a pixmap.
Glance = Callable[[float], Any]


class Night:
    """Remembers what of each page stays as it is."""

    def __init__(self) -> None:
        self._kept: OrderedDict[int, list[Any]] = OrderedDict()

    def turn(self, pixmap: Any, matrix: Any, number: int, page: Any, glance: Glance) -> None:
        """Turn a drawing of page ``number``, made with ``matrix``, into its night version."""
        whole = mupdf.fz_pixmap_bbox(pixmap)
        saved = []
        for area in self._bright_areas(number, page, glance):
            part = mupdf.fz_round_rect(mupdf.fz_transform_rect(area, matrix))
            part = mupdf.fz_intersect_irect(part, whole)
            if part.x1 > part.x0 and part.y1 > part.y0:
                saved.append((part, _copy(pixmap, part)))
        mupdf.fz_invert_pixmap_luminance(pixmap)
        mupdf.fz_tint_pixmap(pixmap, PAPER, INK)
        for part, copy in saved:
            mupdf.fz_copy_pixmap_rect(pixmap, copy, part, mupdf.FzDefaultColorspaces())

    def _bright_areas(self, number: int, page: Any, glance: Glance) -> list[Any]:
        """What keeps its colours, as rectangles of the page."""
        if number not in self._kept:
            self._kept[number] = _judged(page, glance)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return self._kept[number]


def _judged(page: Any, glance: Glance) -> list[Any]:
    bounds = mupdf.fz_bound_page(page)
    scale = GLANCE / max(bounds.x1 - bounds.x0, bounds.y1 - bounds.y0, 1.0)
    small = glance(scale)
    seen = mupdf.fz_pixmap_bbox(small)
    if _pale(small) <= HARDLY:
        return [bounds]
    matrix = mupdf.fz_scale(scale, scale)
    photographs = []
    for area in _pictures(page):
        part = mupdf.fz_round_rect(mupdf.fz_transform_rect(area, matrix))
        part = mupdf.fz_intersect_irect(part, seen)
        if part.x1 > part.x0 and part.y1 > part.y0 and _pale(_copy(small, part)) < MOSTLY:
            photographs.append(area)
    return photographs if len(photographs) <= MOST else []


def _pictures(page: Any) -> list[Any]:
    areas = []
    for block in mupdf.FzStextPage(page, mupdf.FzStextOptions(_FLAGS)):
        if block.m_internal.type == mupdf.FZ_STEXT_BLOCK_IMAGE:
            area = mupdf.FzRect(block.m_internal.bbox)
            if min(area.x1 - area.x0, area.y1 - area.y0) >= SMALL:
                areas.append(area)
    return areas


def _copy(pixmap: Any, part: Any) -> Any:
    made = mupdf.fz_new_pixmap_with_bbox(mupdf.fz_device_rgb(), part, mupdf.FzSeparations(), 0)
    mupdf.fz_copy_pixmap_rect(made, pixmap, part, mupdf.FzDefaultColorspaces())
    return made


def _pale(pixmap: Any) -> float:
    """The share of pale pixels."""
    samples = bytes(pymupdf.Pixmap("raw", pixmap).samples)
    weakest = list(map(min, samples[0::3], samples[1::3], samples[2::3]))
    return sum(value >= PALE for value in weakest) / max(1, len(weakest))
