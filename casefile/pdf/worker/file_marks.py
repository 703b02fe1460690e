"""The annotations that are in a file already.

MuPDF's own annotation calls give positions on the page as shown (rotated, cropped, after UserUnit),
so nothing is converted here.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from pymupdf import mupdf

from casefile.pdf import answers

MAX_MARKS_ON_A_PAGE = 10_000
MAX_CONTENTS = 20_000
MAX_AUTHOR = 200
MAX_QUADS, MAX_POINTS, MAX_STROKES = 1_000, 20_000, 1_000
#: A year in which no PDF was made, or one that no calendar here can say.
_EARLIEST, _LATEST = 0, 32_503_680_000

#: Lists of points, each one stroke or one line through all of them.
_POLYGONS = {mupdf.PDF_ANNOT_POLYGON, mupdf.PDF_ANNOT_POLY_LINE}


def of_page(page: Any) -> list[dict[str, Any]]:
    """The annotations of a page, links and form fields left out."""
    pdf_page = mupdf.pdf_page_from_fz_page(page)
    return [described for _, described in _each(pdf_page)] if pdf_page.m_internal else []


def remove(pdf_page: Any, number: int, keys: set[str]) -> None:
    """Take annotations off a page by their ``FileMark.key``."""
    for annot, described in list(_each(pdf_page)):
        if answers.file_mark(described, number).key in keys:
            mupdf.pdf_delete_annot(pdf_page, annot)


def _each(pdf_page: Any) -> Iterator[tuple[Any, dict[str, Any]]]:
    annot = mupdf.pdf_first_annot(pdf_page)
    count = 0
    while annot.m_internal and count < MAX_MARKS_ON_A_PAGE:
        kind = mupdf.pdf_annot_type(annot)
        if kind != mupdf.PDF_ANNOT_POPUP:
            count += 1
            yield annot, _described(annot, kind)
        annot = mupdf.pdf_next_annot(annot)


def _described(annot: Any, kind: int) -> dict[str, Any]:
    author = mupdf.pdf_annot_author(annot) if mupdf.pdf_annot_has_author(annot) else ""
    return {
        "kind": str(mupdf.pdf_string_from_annot_type(kind))[:40],
        "quads": _quads(annot),
        "strokes": list(_strokes(annot, kind))[:MAX_STROKES],
        "colour": _colour(mupdf.pdf_annot_obj(annot)),
        "text": _text(annot)[:MAX_CONTENTS],
        "author": (author or "")[:MAX_AUTHOR],
        "date": _date(annot),
    }


def _quads(annot: Any) -> list[list[float]]:
    if mupdf.pdf_annot_has_quad_points(annot):
        count = min(int(mupdf.pdf_annot_quad_point_count(annot)), MAX_QUADS)
        quads = [mupdf.pdf_annot_quad_point(annot, at) for at in range(count)]
        if quads:
            return [[q.ul.x, q.ul.y, q.ur.x, q.ur.y, q.ll.x, q.ll.y, q.lr.x, q.lr.y] for q in quads]
    box = mupdf.pdf_bound_annot(annot)
    return [[box.x0, box.y0, box.x1, box.y0, box.x0, box.y1, box.x1, box.y1]]


def _strokes(annot: Any, kind: int) -> Iterator[list[list[float]]]:
    """What was drawn by hand, and the points of lines and polygons."""
    left = MAX_POINTS
    if kind == mupdf.PDF_ANNOT_INK and mupdf.pdf_annot_has_ink_list(annot):
        for stroke in range(min(int(mupdf.pdf_annot_ink_list_count(annot)), MAX_STROKES)):
            count = min(int(mupdf.pdf_annot_ink_list_stroke_count(annot, stroke)), left)
            left -= count
            points = (
                mupdf.pdf_annot_ink_list_stroke_vertex(annot, stroke, at) for at in range(count)
            )
            if count:
                yield [[point.x, point.y] for point in points]
    elif kind == mupdf.PDF_ANNOT_LINE and mupdf.pdf_annot_has_line(annot):
        start, end = mupdf.FzPoint(), mupdf.FzPoint()
        mupdf.pdf_annot_line(annot, start, end)
        yield [[start.x, start.y], [end.x, end.y]]
    elif kind in _POLYGONS and mupdf.pdf_annot_has_vertices(annot):
        count = min(int(mupdf.pdf_annot_vertex_count(annot)), left)
        corners = [mupdf.pdf_annot_vertex(annot, at) for at in range(count)]
        if corners:
            yield [[corner.x, corner.y] for corner in corners]


def _text(annot: Any) -> str:
    """What was written: on the mark, else in its pop-up, else as formatted text."""
    mark = mupdf.pdf_annot_obj(annot)
    text = mupdf.pdf_annot_contents(annot) or ""
    for other in (mupdf.pdf_dict_gets(mark, "Popup"), mark):
        if not text.strip() and mupdf.pdf_is_dict(other):
            plain = mupdf.pdf_dict_get_text_string(other, mupdf.pdf_new_name("Contents")) or ""
            text = plain or _without_tags(_string(other, "RC"))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in text if c.isprintable() or c in "\n\t")


def _string(dictionary: Any, name: str) -> str:
    return mupdf.pdf_dict_get_text_string_opt(dictionary, mupdf.pdf_new_name(name)) or ""


def _without_tags(rich: str) -> str:
    """The words of a formatted text (XHTML, ISO 32000-2, 12.7.3.4), a line for each paragraph."""
    rich = re.sub(r"(?i)</(?:p|div|li)\s*>|<br[^>]{0,200}>", "\n", rich[: 4 * MAX_CONTENTS])
    return html.unescape(re.sub(r"<[^>]{0,2000}>", "", rich)).strip()


def _date(annot: Any) -> str:
    """When it was last changed, or made: ISO 8601 in UTC, empty where the file does not say."""
    for seconds in (
        mupdf.pdf_annot_modification_date(annot),
        mupdf.pdf_annot_creation_date(annot),
    ):
        if _EARLIEST < seconds < _LATEST:
            return datetime.fromtimestamp(seconds, UTC).isoformat()
    return ""


def _colour(dictionary: Any) -> str:
    """``/C`` as ``#RRGGBB``; empty when it is transparent or broken."""
    array = mupdf.pdf_dict_gets(dictionary, "C")
    if not mupdf.pdf_is_array(array):
        return ""
    parts = [
        min(1.0, max(0.0, float(mupdf.pdf_to_real(mupdf.pdf_array_get(array, at)))))
        for at in range(min(int(mupdf.pdf_array_len(array)), 4))
    ]
    if len(parts) == 1:
        parts *= 3
    elif len(parts) == 4:
        cyan, magenta, yellow, black = parts
        parts = [(1 - part) * (1 - black) for part in (cyan, magenta, yellow)]
    if len(parts) != 3:
        return ""
    return "#" + "".join(f"{round(part * 255):02X}" for part in parts)
