"""A page's own measures, and the places of marks on it, in the page's shown space."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pymupdf import mupdf

#: Left, top, right, bottom.
Corners = tuple[float, float, float, float]


def page_rotation(page: Any) -> int:
    """A PDF page's own /Rotate: 0, 90, 180 or 270."""
    found = mupdf.pdf_dict_get_inheritable(page.obj(), mupdf.pdf_new_name("Rotate"))
    turned = int(mupdf.pdf_to_int(found)) % 360
    return turned - turned % 90


def user_unit(page: Any) -> float:
    """The page's UserUnit: 1/72 inches in one of its own units."""
    unit = float(mupdf.pdf_to_real(mupdf.pdf_dict_gets(page.obj(), "UserUnit")))
    return unit if unit > 0 else 1.0


def sheet_of(page: Any) -> Corners:
    """The page as shown."""
    sheet = mupdf.pdf_bound_page(page, mupdf.FZ_CROP_BOX)
    return sheet.x0, sheet.y0, sheet.x1, sheet.y1


def box_of(quad: Sequence[float]) -> Corners:
    """The upright box around a quad."""
    xs, ys = quad[::2], quad[1::2]
    return min(xs), min(ys), max(xs), max(ys)


def bounds_of(page: Any, mark: Mapping[str, Any]) -> Corners:
    """The box around a mark; the page, a little inside its edges, for a mark without a place."""
    if not mark["quads"]:
        left, top, right, bottom = sheet_of(page)
        inset = min(6.0, (right - left) / 4, (bottom - top) / 4)
        return left + inset, top + inset, right - inset, bottom - inset
    boxes = [box_of(quad) for quad in mark["quads"]]
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


def overlap(a: Corners, b: Corners) -> float:
    """The area two boxes have in common; 0 where they only touch."""
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    return max(0.0, width) * max(0.0, height)
