"""Draws pages: a display list is kept for the pages looked at, so that tiles cost little."""

from __future__ import annotations

import math
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

import pymupdf
from pymupdf import mupdf

from casefile.pdf.protocol import MAX_PIXELS
from casefile.pdf.worker.opening import OpenDocument
from casefile.pdf.worker.refusals import Refused, refusing

#: Display lists kept: the page, its neighbours, and the one scrolled to.
KEPT_LISTS = 4
SMALLEST_SCALE, LARGEST_SCALE = 0.001, 64.0


@dataclass(slots=True)
class Drawn:
    width: int
    height: int
    stride: int
    data: memoryview
    keeper: Any
    """Owns the memory that ``data`` looks at."""


class Drawing:
    """Draws the pages of one document."""

    def __init__(self, document: OpenDocument) -> None:
        self._document = document
        self._lists: OrderedDict[tuple[int, bool], tuple[Any, Any]] = OrderedDict()

    def draw(
        self,
        number: int,
        scale: float,
        clip: list[float] | None,
        rotation: int,
        *,
        annots: bool,
    ) -> Drawn:
        """RGB pixels of a page, or of ``clip`` (in the page's shown space), ``scale`` pixels for
        1/72 inch, turned clockwise by ``rotation`` more."""
        display, bounds = self._list(number, annots)
        if not SMALLEST_SCALE <= scale <= LARGEST_SCALE or rotation not in {0, 90, 180, 270}:
            raise Refused("page.undrawable", reason="size", page=number)
        area = mupdf.FzRect(*clip) if clip else mupdf.FzRect(bounds)
        area = mupdf.fz_intersect_rect(area, bounds)
        matrix = mupdf.fz_pre_rotate(mupdf.fz_scale(scale, scale), rotation)
        target = mupdf.fz_round_rect(mupdf.fz_transform_rect(area, matrix))
        width, height = target.x1 - target.x0, target.y1 - target.y0
        if width < 1 or height < 1 or width * height > MAX_PIXELS:
            raise Refused("page.undrawable", reason="size", page=number)
        with refusing("page.undrawable", reason="damaged", page=number):
            return self._pixels(display, matrix, target)

    def _pixels(self, display: Any, matrix: Any, target: Any) -> Drawn:
        pixmap = mupdf.fz_new_pixmap_with_bbox(
            mupdf.fz_device_rgb(), target, mupdf.FzSeparations(), 0
        )
        mupdf.fz_clear_pixmap_with_value(pixmap, 255)
        device = mupdf.fz_new_draw_device(mupdf.FzMatrix(), pixmap)
        mupdf.fz_run_display_list(display, device, matrix, mupdf.FzRect(target), mupdf.FzCookie())
        mupdf.fz_close_device(device)
        kept = pymupdf.Pixmap("raw", pixmap)
        return Drawn(kept.width, kept.height, kept.stride, memoryview(kept.samples_mv), kept)

    def _list(self, number: int, annots: bool) -> tuple[Any, Any]:
        key = (number, annots)
        if key not in self._lists:
            page = self._document.page(number)
            bounds = mupdf.fz_bound_page(page)
            if not all(map(math.isfinite, (bounds.x0, bounds.y0, bounds.x1, bounds.y1))):
                raise Refused("page.undrawable", reason="size", page=number)
            with refusing("page.undrawable", reason="damaged", page=number):
                made = (
                    mupdf.fz_new_display_list_from_page(page)
                    if annots
                    else mupdf.fz_new_display_list_from_page_contents(page)
                )
            self._lists[key] = (made, bounds)
            while len(self._lists) > KEPT_LISTS:
                self._lists.popitem(last=False)
        self._lists.move_to_end(key)
        return self._lists[key]
