"""The reporter's bookmarks, as entries of a copy's outline (ISO 32000-2, 12.3.3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pymupdf
from pymupdf import mupdf

from casefile.pdf.worker.opening import one_line
from casefile.pdf.worker.shapes import bounds_of

#: What the entries stand under where the file has an outline of its own.
TITLE = "Bookmarks"


def add(copy: pymupdf.Document, marks: Sequence[Mapping[str, Any]]) -> None:
    """Add an entry for each mark, in their order, after those of the file."""
    if not marks:
        return
    document = mupdf.pdf_document_from_fz_document(copy.this)
    root = mupdf.pdf_dict_gets(mupdf.pdf_trailer(document), "Root")
    outline = mupdf.pdf_dict_gets(root, "Outlines")
    if not mupdf.pdf_is_dict(mupdf.pdf_dict_gets(outline, "First")):
        outline = _new(document, {"Type": mupdf.pdf_new_name("Outlines")})
        mupdf.pdf_dict_puts(root, "Outlines", outline)
        _hang(outline, [_entry(document, mark) for mark in marks])
        return
    group = _new(document, {"Title": mupdf.pdf_new_text_string(TITLE)})
    _hang(group, [_entry(document, mark) for mark in marks])
    mupdf.pdf_dict_put_int(group, mupdf.pdf_new_name("Count"), -len(marks))  # shown closed
    _append(outline, group)


def _entry(document: Any, mark: Mapping[str, Any]) -> Any:
    number = int(mark["page"]) - 1
    title = one_line(str(mark.get("comment") or "")) or f"Page {number + 1}"
    return _new(
        document,
        {"Title": mupdf.pdf_new_text_string(title), "Dest": _place(document, number, mark)},
    )


def _place(document: Any, number: int, mark: Mapping[str, Any]) -> Any:
    """The page from the mark's upper edge on; all of it for a bookmark without a place."""
    page = mupdf.pdf_lookup_page_obj(document, number)
    place = mupdf.pdf_new_array(document, 5)
    mupdf.pdf_array_push(place, page)
    if not mark["quads"]:
        mupdf.pdf_array_push(place, mupdf.pdf_new_name("Fit"))
        return place
    sheet, matrix = mupdf.FzRect(), mupdf.FzMatrix()
    mupdf.pdf_page_obj_transform(page, sheet, matrix)
    box = bounds_of(None, mark)
    at = mupdf.fz_transform_point(mupdf.FzPoint(box[0], box[1]), mupdf.fz_invert_matrix(matrix))
    mupdf.pdf_array_push(place, mupdf.pdf_new_name("XYZ"))
    for number_ in (at.x, at.y, 0.0):
        mupdf.pdf_array_push_real(place, round(number_, 2))
    return place


def _new(document: Any, entries: Mapping[str, Any]) -> Any:
    made = mupdf.pdf_add_new_dict(document, 6)
    for name, value in entries.items():
        mupdf.pdf_dict_puts(made, name, value)
    return made


def _hang(parent: Any, children: Sequence[Any]) -> None:
    for child in children:
        _append(parent, child)


def _append(parent: Any, child: Any) -> None:
    """Hang an entry behind the last one; ``Count`` of a parent that is shown open grows."""
    last = mupdf.pdf_dict_gets(parent, "Last")
    if mupdf.pdf_is_dict(last):
        mupdf.pdf_dict_puts(last, "Next", child)
        mupdf.pdf_dict_puts(child, "Prev", last)
    else:
        mupdf.pdf_dict_puts(parent, "First", child)
    mupdf.pdf_dict_puts(child, "Parent", parent)
    mupdf.pdf_dict_puts(parent, "Last", child)
    count = int(mupdf.pdf_to_int(mupdf.pdf_dict_gets(parent, "Count")))
    if count >= 0:
        mupdf.pdf_dict_put_int(parent, mupdf.pdf_new_name("Count"), count + 1)
