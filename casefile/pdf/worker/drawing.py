"""Draws pages: a display list is kept for the pages looked at, so that tiles cost little."""

from __future__ import annotations

import math
from collections import OrderedDict
from dataclasses import dataclass
from functools import partial
from typing import Any

import pymupdf
from pymupdf import mupdf

from casefile.pdf.protocol import MAX_PIXELS
from casefile.pdf.worker.night import Night
from casefile.pdf.worker.opening import OpenDocument
from casefile.pdf.worker.refusals import Refused, refusing

#: Display lists kept: the page, its neighbours, and the one scrolled to.
KEPT_LISTS = 4
SMALLEST_SCALE, LARGEST_SCALE = 0.001, 64.0


@dataclass(slots=True)
class Drawn:
    """A picture, ``stride`` bytes a row of ``channels`` bytes a pixel; ``keeper`` owns the memory
    that ``data`` looks at."""

    width: int
    height: int
    stride: int
    channels: int
    data: memoryview
    keeper: Any


@dataclass(slots=True)
class _Sheet:
    """A page ready to be drawn. ``grey`` is None until somebody wants to know."""

    display: Any
    bounds: Any
    grey: bool | None = None


class Drawing:
    """Draws the pages of one document."""

    def __init__(self, document: OpenDocument) -> None:
        self._document = document
        self._sheets: OrderedDict[tuple[int, bool], _Sheet] = OrderedDict()
        self._night = Night()

    def draw(
        self,
        number: int,
        scale: float,
        clip: list[float] | None,
        rotation: int,
        *,
        annots: bool,
        grey: bool = False,
        night: bool = False,
        room: memoryview | None = None,
    ) -> Drawn:
        """RGB pixels of a page, or of ``clip`` (in the page's shown space), ``scale`` pixels for
        1/72 inch, turned clockwise by ``rotation`` more. With ``grey`` a page without colour is
        drawn in one channel: the same values, sooner; with ``night`` in the night's colours. The
        picture is drawn into ``room`` if it fits there."""
        sheet = self._sheet(number, annots)
        bounds = sheet.bounds
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
            if grey and sheet.grey is None:
                sheet.grey = not _has_colour(sheet)
            channels = 1 if grey and sheet.grey and not night else 3
            pixmap, data, keeper = _paper(target, channels, room)
            _run(sheet.display, mupdf.fz_new_draw_device(mupdf.FzMatrix(), pixmap), matrix, target)
            if night:
                page = self._document.page(number)
                self._night.turn(pixmap, matrix, number, page, partial(_glance, sheet))
        return Drawn(width, height, len(data) // height, channels, data, keeper)

    def _sheet(self, number: int, annots: bool) -> _Sheet:
        key = (number, annots)
        if key not in self._sheets:
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
            self._sheets[key] = _Sheet(made, bounds)
            while len(self._sheets) > KEPT_LISTS:
                self._sheets.popitem(last=False)
        self._sheets.move_to_end(key)
        return self._sheets[key]


def _paper(target: Any, channels: int, room: memoryview | None) -> tuple[Any, memoryview, Any]:
    """White paper for the rectangle ``target``: MuPDF's pixmap, its memory, and who owns that."""
    space = mupdf.fz_device_gray() if channels == 1 else mupdf.fz_device_rgb()
    none = mupdf.FzSeparations()
    size = (target.x1 - target.x0) * (target.y1 - target.y0) * channels
    if room is not None and size <= len(room):
        samples = mupdf.python_mutable_buffer_data(room)
        pixmap = mupdf.fz_new_pixmap_with_bbox_and_data(space, target, none, 0, samples)
        data, keeper = room[:size], pixmap
    else:
        pixmap = mupdf.fz_new_pixmap_with_bbox(space, target, none, 0)
        keeper = pymupdf.Pixmap("raw", pixmap)
        data = memoryview(keeper.samples_mv)
    mupdf.fz_clear_pixmap_with_value(pixmap, 255)
    return pixmap, data, keeper


def _run(display: Any, device: Any, matrix: Any, target: Any) -> None:
    mupdf.fz_run_display_list(display, device, matrix, mupdf.FzRect(target), mupdf.FzCookie())
    mupdf.fz_close_device(device)


def _glance(sheet: _Sheet, scale: float) -> Any:
    """The whole page, small, in colour."""
    matrix = mupdf.fz_scale(scale, scale)
    target = mupdf.fz_round_rect(mupdf.fz_transform_rect(sheet.bounds, matrix))
    pixmap, _data, _keeper = _paper(target, 3, None)
    _run(sheet.display, mupdf.fz_new_draw_device(mupdf.FzMatrix(), pixmap), matrix, target)
    return pixmap


def _has_colour(sheet: _Sheet) -> bool:
    """Whether anything on a page is other than black, grey or white. A picture in a colour space
    counts as coloured: it is not unpacked to find out."""
    found = mupdf.ll_fz_new_test_device_outparams()
    device = mupdf.FzDevice(mupdf.ll_fz_new_test_device_outparams_fn(0.0, 0, None, found))
    try:
        _run(sheet.display, device, mupdf.FzMatrix(), mupdf.fz_round_rect(sheet.bounds))
    except Exception:  # noqa: BLE001 - also how it stops at the first colour
        return True
    return bool(found.is_color)
