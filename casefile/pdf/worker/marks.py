"""Writes marks as real annotations into a copy of a PDF.

MuPDF's own annotation calls take positions on the page as shown (rotated, cropped, after UserUnit),
so nothing is converted here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pymupdf
from pymupdf import mupdf

from casefile.pdf.worker import bookmarks, file_marks, redacting
from casefile.pdf.worker.labelled import write_label
from casefile.pdf.worker.opening import OpenDocument, open_bytes
from casefile.pdf.worker.refusals import Refused
from casefile.pdf.worker.shapes import bounds_of, page_rotation, user_unit

MAX_CONTENTS = 20_000
MAX_AUTHOR = 200
#: The icon that stands for a note, in units of the page: MuPDF makes it so large.
NOTE_SIZE = 16.0
#: How far a note about a whole page stands from its edges, in points.
MARGIN = 12.0
#: The lines of boxes and of withholdings, and the pen's stroke, in points.
BOX_LINE, WITHHOLDING_LINE, PEN = 1.5, 2.25, 1.8
DASHES = (4.0, 2.5)

Mark = Mapping[str, Any]
#: Marks that are no annotations.
_OTHERWISE = {"redaction", "bookmark"}


@dataclass(frozen=True, slots=True)
class Copy:
    """A finished file; ``keeper`` owns the memory that ``data`` looks at."""

    data: memoryview
    keeper: Any


def annotated(document: OpenDocument, password: str | None, marks: Sequence[Mark]) -> Copy:
    """A copy of the PDF with the marks as real annotations, bookmarks in its outline, and what is
    under redactions gone: rewritten whole, so that no earlier revision comes along, and without a
    password. No author stands in it unless a mark names one; the same marks give the same bytes.
    Raises ``Refused`` ``mark.unsupported``, ``page.absent``, ``redaction.failed``."""
    if document.kind != "pdf":
        raise Refused("document.unsupported", format=document.kind)
    # A fresh reading: what drawing and extraction may have mended in memory stays out of the copy.
    copy = open_bytes(document.data, "pdf")
    if copy.needs_pass:
        copy.authenticate(password or "")
    by_page: dict[int, list[Mark]] = {}
    for mark in marks:
        by_page.setdefault(int(mark["page"]), []).append(mark)
    for number in by_page:
        if not 1 <= number <= document.pages:
            raise Refused("page.absent", page=number)
    redactions = redacting.Redactions(
        {number: _of_kind(on_page, "redaction") for number, on_page in by_page.items()}
    )
    redactions.apply(copy)
    for number, on_page in sorted(by_page.items()):
        page = mupdf.pdf_page_from_fz_page(mupdf.fz_load_page(copy.this, number - 1))
        adopted = {str(mark["adopted"]) for mark in on_page if mark.get("adopted")}
        if adopted:
            file_marks.remove(page, number, adopted)
        for mark in on_page:
            if mark["kind"] not in _OTHERWISE:
                _write(page, mark)
        del page
    bookmarks.add(copy, sorted(_of_kind(marks, "bookmark"), key=lambda mark: int(mark["page"])))
    written = rewritten(copy, len(document.data))
    # A large document fits into the process's memory once more, not twice.
    del copy
    mupdf.fz_empty_store()
    own = [str(mark.get(name) or "") for mark in marks for name in ("comment", "subject")]
    redactions.prove(written.data, own)
    return written


def rewritten(copy: pymupdf.Document, length: int) -> Copy:
    """The copy as a new file, of about ``length`` bytes, of what its catalogue reaches. Looking for
    objects that are alike would save little and takes the square of their number."""
    options = mupdf.PdfWriteOptions()
    options.do_garbage = 2
    options.do_compress = 1
    options.do_encrypt = mupdf.PDF_ENCRYPT_NONE
    options.do_preserve_metadata = 1
    options.dont_regenerate_id = 1
    buffer = mupdf.fz_new_buffer(65_536 + length + length // 16)
    output = mupdf.FzOutput(buffer)
    mupdf.pdf_write_document(mupdf.pdf_document_from_fz_document(copy.this), output, options)
    output.fz_close_output()
    return Copy(memoryview(mupdf.fz_buffer_storage_memoryview(buffer)), buffer)


def _of_kind(marks: Sequence[Mark], kind: str) -> list[Mark]:
    return [mark for mark in marks if mark["kind"] == kind]


def _write(page: Any, mark: Mark) -> None:
    writer = _WRITERS.get(str(mark["kind"]))
    if writer is None:
        raise Refused("mark.unsupported", kind=str(mark["kind"]))
    annot = writer(page, mark)
    colour = str(mark["colour"]).lstrip("#")
    tint = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    mupdf.pdf_set_annot_color(annot, tint)
    mupdf.pdf_set_annot_contents(annot, str(mark.get("comment") or "")[:MAX_CONTENTS])
    if mark.get("author"):
        mupdf.pdf_set_annot_author(annot, str(mark["author"])[:MAX_AUTHOR])
    if mark.get("subject"):
        subject = str(mark["subject"])[:MAX_AUTHOR]
        mupdf.pdf_dict_put_text_string(
            mupdf.pdf_annot_obj(annot), mupdf.pdf_new_name("Subj"), subject
        )
    _date(annot, str(mark.get("date") or ""))
    if mark.get("label"):
        write_label(
            page, annot, bounds_of(page, mark), str(mark["label"]), tint, WITHHOLDING_LINE,
            heading=not mark["quads"],
        )  # fmt: skip
    mupdf.pdf_update_annot(annot)


def _over_words(kind: int) -> Callable[[Any, Mark], Any]:
    def write(page: Any, mark: Mark) -> Any:
        annot = mupdf.pdf_create_annot(page, kind)
        for quad in mark["quads"]:
            mupdf.pdf_add_annot_quad_point(
                annot, mupdf.fz_make_quad(*(float(number) for number in quad))
            )
        return annot

    return write


def _framed(line: float, dashes: Sequence[float] = ()) -> Callable[[Any, Mark], Any]:
    def write(page: Any, mark: Mark) -> Any:
        annot = mupdf.pdf_create_annot(page, mupdf.PDF_ANNOT_SQUARE)
        mupdf.pdf_set_annot_rect(annot, mupdf.FzRect(*bounds_of(page, mark)))
        mupdf.pdf_set_annot_border_width(annot, line / user_unit(page))
        if dashes:
            mupdf.pdf_set_annot_border_style(annot, mupdf.PDF_BORDER_STYLE_DASHED)
            for dash in dashes:
                mupdf.pdf_add_annot_border_dash_item(annot, dash / user_unit(page))
        return annot

    return write


def _ink(page: Any, mark: Mark) -> Any:
    annot = mupdf.pdf_create_annot(page, mupdf.PDF_ANNOT_INK)
    mupdf.pdf_set_annot_border_width(annot, PEN / user_unit(page))
    for stroke in mark["strokes"]:
        mupdf.pdf_add_annot_ink_list_stroke(annot)
        # A single point would be drawn by nobody: it becomes a dot.
        for x, y in stroke if len(stroke) > 1 else [*stroke, *([x + 0.1, y] for x, y in stroke)]:
            mupdf.pdf_add_annot_ink_list_stroke_vertex(annot, mupdf.FzPoint(x, y))
    return annot


def _note(page: Any, mark: Mark) -> Any:
    """A note without a place is about the whole page, one about a gap stands at its foot."""
    annot = mupdf.pdf_create_annot(page, mupdf.PDF_ANNOT_TEXT)
    sheet = mupdf.pdf_bound_page(page, mupdf.FZ_CROP_BOX)
    x, y = sheet.x0 + MARGIN, sheet.y0 + MARGIN
    if mark["quads"]:
        x, y = mark["quads"][0][:2]
    elif mark["kind"] == "gap":
        side = MARGIN + NOTE_SIZE * user_unit(page)
        x, y = sheet.x1 - side, sheet.y1 - side
    mupdf.pdf_set_annot_rect(annot, _note_place(page, x, y))
    mupdf.pdf_set_annot_icon_name(annot, "Note")
    return annot


def _note_place(page: Any, x: float, y: float) -> Any:
    """Notes stay upright on turned pages (NoRotate): viewers hang the icon from the corner that is
    the upper left one of the unturned page. This puts that corner where the mark was made."""
    size = NOTE_SIZE * user_unit(page)
    turned = page_rotation(page)
    left = x - size if turned in {90, 180} else x
    top = y - size if turned in {180, 270} else y
    return mupdf.FzRect(left, top, left + size, top + size)


_WRITERS: dict[str, Callable[[Any, Mark], Any]] = {
    "highlight": _over_words(mupdf.PDF_ANNOT_HIGHLIGHT),
    "underline": _over_words(mupdf.PDF_ANNOT_UNDERLINE),
    "strikeout": _over_words(mupdf.PDF_ANNOT_STRIKE_OUT),
    "note": _note,
    "gap": _note,
    "box": _framed(BOX_LINE),
    "region": _framed(BOX_LINE, DASHES),
    "withholding": _framed(WITHHOLDING_LINE),
    "ink": _ink,
}


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
