"""Writes marks as real annotations into a copy of a PDF.

MuPDF's own annotation calls take and give positions on the page as shown (rotated, cropped, after
UserUnit), so nothing is converted here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from pymupdf import mupdf

from casefile.pdf.worker.opening import OpenDocument, open_bytes
from casefile.pdf.worker.refusals import Refused

MAX_CONTENTS = 20_000
MAX_AUTHOR = 200
#: The icon that stands for a note, in units of the page: MuPDF makes it so large.
NOTE_SIZE = 16.0
BOX_LINE = 1.5

_TYPES = {
    "highlight": mupdf.PDF_ANNOT_HIGHLIGHT,
    "underline": mupdf.PDF_ANNOT_UNDERLINE,
    "strikeout": mupdf.PDF_ANNOT_STRIKE_OUT,
    "note": mupdf.PDF_ANNOT_TEXT,
    "box": mupdf.PDF_ANNOT_SQUARE,
}


def annotated(document: OpenDocument, password: str | None, marks: Sequence[Any]) -> bytes:
    """A copy of the PDF with the marks as real annotations: rewritten whole, so that no earlier
    revision comes along, and without a password. No author stands in it unless a mark names one;
    the same marks give the same bytes."""
    if document.kind != "pdf":
        raise Refused("document.unsupported", format=document.kind)
    # A fresh reading: what drawing and extraction may have mended in memory stays out of the copy.
    copy = open_bytes(document.data, "pdf")
    if copy.needs_pass:
        copy.authenticate(password or "")
    by_page: dict[int, list[Any]] = {}
    for mark in marks:
        by_page.setdefault(int(mark["page"]), []).append(mark)
    for number, on_page in sorted(by_page.items()):
        if not 1 <= number <= document.pages:
            raise Refused("page.absent", page=number)
        page = mupdf.pdf_page_from_fz_page(mupdf.fz_load_page(copy.this, number - 1))
        for mark in on_page:
            _write(page, mark)
    written: bytes = copy.tobytes(
        garbage=3, deflate=True, encryption=mupdf.PDF_ENCRYPT_NONE, no_new_id=True
    )
    return written


def _write(page: Any, mark: Mapping[str, Any]) -> None:
    kind = _TYPES.get(str(mark["kind"]))
    if kind is None:
        raise Refused("mark.unsupported", kind=str(mark["kind"]))
    annot = mupdf.pdf_create_annot(page, kind)
    colour = str(mark["colour"]).lstrip("#")
    mupdf.pdf_set_annot_color(annot, [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)])
    if kind == mupdf.PDF_ANNOT_TEXT:
        x, y = mark["quads"][0][:2]
        mupdf.pdf_set_annot_rect(annot, _note_place(page, x, y))
        mupdf.pdf_set_annot_icon_name(annot, "Note")
    elif kind == mupdf.PDF_ANNOT_SQUARE:
        xs = [x for quad in mark["quads"] for x in quad[::2]]
        ys = [y for quad in mark["quads"] for y in quad[1::2]]
        mupdf.pdf_set_annot_rect(annot, mupdf.FzRect(min(xs), min(ys), max(xs), max(ys)))
        mupdf.pdf_set_annot_border_width(annot, BOX_LINE)
    else:
        for quad in mark["quads"]:
            mupdf.pdf_add_annot_quad_point(annot, _fz_quad(quad))
    mupdf.pdf_set_annot_contents(annot, str(mark.get("comment") or "")[:MAX_CONTENTS])
    if mark.get("author"):
        mupdf.pdf_set_annot_author(annot, str(mark["author"])[:MAX_AUTHOR])
    _date(annot, str(mark.get("date") or ""))
    mupdf.pdf_update_annot(annot)


def _note_place(page: Any, x: float, y: float) -> Any:
    """Notes stay upright on turned pages (NoRotate): viewers hang the icon from the corner that is
    the upper left one of the unturned page. This puts that corner where the mark was made."""
    size = NOTE_SIZE * _unit(page)
    turned = page_rotation(page)
    left = x - size if turned in {90, 180} else x
    top = y - size if turned in {180, 270} else y
    return mupdf.FzRect(left, top, left + size, top + size)


def page_rotation(page: Any) -> int:
    """A PDF page's own /Rotate: 0, 90, 180 or 270."""
    found = mupdf.pdf_dict_get_inheritable(page.obj(), mupdf.pdf_new_name("Rotate"))
    turned = int(mupdf.pdf_to_int(found)) % 360
    return turned - turned % 90


def _unit(page: Any) -> float:
    """The page's UserUnit: 1/72 inches in one of its own units."""
    unit = float(mupdf.pdf_to_real(mupdf.pdf_dict_gets(page.obj(), "UserUnit")))
    return unit if unit > 0 else 1.0


def _date(annot: Any, date: str) -> None:
    """The given date, or none at all: MuPDF would write the present one."""
    dictionary = mupdf.pdf_annot_obj(annot)
    if date:
        seconds = int(datetime.fromisoformat(date).timestamp())
        mupdf.pdf_set_annot_modification_date(annot, seconds)
        mupdf.pdf_set_annot_creation_date(annot, seconds)
    else:
        mupdf.pdf_dict_dels(dictionary, "M")
        mupdf.pdf_dict_dels(dictionary, "CreationDate")


def _fz_quad(numbers: Sequence[float]) -> Any:
    return mupdf.fz_make_quad(*(float(number) for number in numbers))
