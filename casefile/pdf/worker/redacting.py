"""Redactions for real: what stood under them is gone from the copy, and that is proved.

MuPDF takes text, pixels and drawings out of the page. Around it, everything that may say the same
once more goes: links, annotations and form fields over the place, the words kept beside the text
for reading aloud, thumbnails, metadata, attached files, scripts, and the file's outline. Then the
place is drawn and must be of one colour, and the finished file is read again and must hold
neither letters there nor the words anywhere but in the text of its pages. Whatever cannot be proved
is refused.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pymupdf
from pymupdf import mupdf

from casefile.pdf.worker import scrubbing, text
from casefile.pdf.worker.opening import open_bytes
from casefile.pdf.worker.refusals import Refused, refusing
from casefile.pdf.worker.shapes import (
    Corners,
    box_of,
    overlap,
    page_rotation,
    sheet_of,
    user_unit,
)

#: Letters and digits that a passage has at least, for its words to be looked for elsewhere.
LEAST_LETTERS = 4
#: A letter of the line above or below may reach into a place with so much of its box.
NEIGHBOUR = 0.25
#: Pixels for 1/72 inch in the picture that is looked at, and the most it may have.
SCALE, MOST_PIXELS = 2.0, 4_000_000
#: A page with more drawings than this is a drawing itself: all that touches a place goes.
MOST_DRAWINGS = 20_000
#: The edge of a place that is not looked at, in pixels: shared with what lies beside it.
EDGE = 2


class Redactions:
    """The places of a copy that are to be redacted: marks by page."""

    def __init__(self, marks: Mapping[int, Sequence[Mapping[str, Any]]]) -> None:
        self._marks = {number: on_page for number, on_page in sorted(marks.items()) if on_page}
        self._places: dict[int, list[Corners]] = {}
        self._passages: dict[int, list[str]] = {}

    def apply(self, copy: pymupdf.Document) -> None:
        """Take out what stands under the places and paint them black. Raises ``Refused``."""
        for number, marks in self._marks.items():
            with refusing("redaction.failed", page=number):
                page = mupdf.fz_load_page(copy.this, number - 1)
                self._places[number] = places_of(mupdf.pdf_page_from_fz_page(page), marks)
                self._passages[number] = passages(page, self._places[number])
                del page
                _apply(copy, number, self._places[number])
        for number in list(self._places)[:1]:
            with refusing("redaction.failed", page=number):
                scrubbing.document(mupdf.pdf_document_from_fz_document(copy.this))

    def prove(self, written: memoryview, own: Sequence[str]) -> None:
        """Read the finished copy once more. ``own`` is what the reporter wrote on other marks.
        Raises ``Refused("redaction.failed")`` with the page."""
        if not self._places:
            return
        finished = open_bytes(written, "pdf")
        for number, places in self._places.items():
            with refusing("redaction.failed", page=number):
                page = mupdf.fz_load_page(finished.this, number - 1)
                if any(_letters(page, place) for place in places):
                    raise Refused("redaction.failed", page=number)
        said = [folded(words) for words in scrubbing.strings(finished) if words not in own]
        for number, found in self._passages.items():
            if any(passage in words for passage in found for words in said):
                raise Refused("redaction.failed", page=number)


@dataclass(frozen=True, slots=True)
class Drawing:
    """Its box, and whether it is nothing but one filled rectangle."""

    box: Corners
    plain: bool


def grounds_of(copy: pymupdf.Document, number: int) -> list[Drawing] | None:
    """The drawings of a page; None where their places cannot be told for certain (turned pages,
    other units) or there are too many to be grounds."""
    page = copy[number - 1]
    pdf_page = mupdf.pdf_page_from_fz_page(page.this)
    if page_rotation(pdf_page) or user_unit(pdf_page) != 1.0:
        return None
    found: list[Drawing] = []
    for drawing in page.get_cdrawings(extended=True):
        items: Any = drawing.get("items") or ()
        plain = drawing["type"] == "f" and len(items) == 1 and items[0][0] == "re"
        box = drawing.get("rect") or drawing.get("scissor")
        if box is None or len(found) > MOST_DRAWINGS:
            return None
        left, top, right, bottom = box
        found.append(Drawing((left, top, right, bottom), plain))
    return found


def _only_ground(drawings: list[Drawing] | None, place: Corners) -> bool:
    """Whether every drawing that reaches over the edge of a place is a coloured ground around all
    of it, which tells nothing and may stay."""
    if drawings is None:
        return False
    for drawing in drawings:
        box = drawing.box
        around = box[0] <= place[0] and box[1] <= place[1]
        around = around and box[2] >= place[2] and box[3] >= place[3]
        touches = overlap(_wider(box), place) > 0
        inside = overlap(_wider(box), place) >= 0.999 * _area(_wider(box))
        if touches and not inside and not (drawing.plain and around):
            return False
    return True


def _wider(box: Corners) -> Corners:
    """Lines have a box without an area, and a pen as wide as nobody says here."""
    return box[0] - 1, box[1] - 1, box[2] + 1, box[3] + 1


def _area(box: Corners) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def places_of(page: Any, marks: Sequence[Mapping[str, Any]]) -> list[Corners]:
    """The upright boxes around the marks' quads; all of the page for a mark without a place."""
    if any(not mark["quads"] for mark in marks):
        return [sheet_of(page)]
    return [box_of(quad) for mark in marks for quad in mark["quads"]]


def _apply(copy: pymupdf.Document, number: int, places: Sequence[Corners]) -> None:
    document = mupdf.pdf_document_from_fz_document(copy.this)
    scrubbing.annotations_over(document, number, places)
    grounds = grounds_of(copy, number)
    page = mupdf.pdf_page_from_fz_page(mupdf.fz_load_page(copy.this, number - 1))
    made = []
    for place in places:
        annot = mupdf.pdf_create_annot(page, mupdf.PDF_ANNOT_REDACT)
        mupdf.pdf_set_annot_rect(annot, mupdf.FzRect(*place))
        made.append(annot)
    for annot, place in zip(made, places, strict=True):
        mupdf.pdf_apply_redaction(annot, _options(on_ground=_only_ground(grounds, place)))
    scrubbing.contents(document, number)
    redacted = mupdf.fz_load_page(copy.this, number - 1)
    if not all(is_empty(redacted, place) for place in places):
        raise Refused("redaction.failed", page=number)
    scrubbing.paint(document, number, places)


def _options(*, on_ground: bool) -> Any:
    options = mupdf.PdfRedactOptions()
    options.black_boxes = 0  # painted later: an empty place can be proved to be empty
    options.text = mupdf.PDF_REDACT_TEXT_REMOVE
    options.image_method = mupdf.PDF_REDACT_IMAGE_PIXELS
    options.line_art = (
        mupdf.PDF_REDACT_LINE_ART_REMOVE_IF_COVERED
        if on_ground
        else mupdf.PDF_REDACT_LINE_ART_REMOVE_IF_TOUCHED
    )
    return options


def passages(page: Any, places: Sequence[Corners]) -> list[str]:
    """The letters under each place, folded; places with hardly any left out."""
    lines = text.lines(page)
    found = []
    for place in places:
        letters = "".join(
            character
            for line in lines
            for character, quad in zip(line.text, line.quads, strict=True)
            if _middle_in(quad, place)
        )
        if len(folded(letters)) >= LEAST_LETTERS:
            found.append(folded(letters))
    return found


def folded(words: str) -> str:
    """Letters and digits alone, without case and accents."""
    plain = unicodedata.normalize("NFKD", words).casefold()
    return "".join(c for c in plain if c.isalnum())


def _middle_in(quad: Sequence[float], place: Corners) -> bool:
    x, y = sum(quad[::2]) / 4, sum(quad[1::2]) / 4
    return place[0] <= x <= place[2] and place[1] <= y <= place[3]


def _letters(page: Any, place: Corners) -> bool:
    """Whether letters stand in a place, but for the ends of those in the next line."""
    for line in text.lines(page):
        for character, quad in zip(line.text, line.quads, strict=True):
            box = box_of(quad)
            area = (box[2] - box[0]) * (box[3] - box[1])
            if character != " " and overlap(box, place) > NEIGHBOUR * area:
                return True
    return False


def is_empty(page: Any, place: Corners) -> bool:
    """Whether a place is of one colour when the page is drawn, and no letters stand in it."""
    if _letters(page, place):
        return False
    width, height = place[2] - place[0], place[3] - place[1]
    scale = min(SCALE, (MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
    target = mupdf.fz_round_rect(mupdf.FzRect(*(scale * number for number in place)))
    pixmap = mupdf.fz_new_pixmap_with_bbox(mupdf.fz_device_rgb(), target, mupdf.FzSeparations(), 0)
    mupdf.fz_clear_pixmap_with_value(pixmap, 255)
    device = mupdf.fz_new_draw_device(mupdf.fz_scale(scale, scale), pixmap)
    mupdf.fz_run_page_contents(page, device, mupdf.FzMatrix(), mupdf.FzCookie())
    mupdf.fz_close_device(device)
    drawn = pymupdf.Pixmap("raw", pixmap)
    if drawn.width <= 2 * EDGE + 1 or drawn.height <= 2 * EDGE + 1:
        return True  # too small to hold anything that was not taken out as a letter
    _, ground = drawn.color_topusage()
    edges = [
        (drawn.x, drawn.y, drawn.x + EDGE, drawn.y + drawn.h),
        (drawn.x + drawn.w - EDGE, drawn.y, drawn.x + drawn.w, drawn.y + drawn.h),
        (drawn.x, drawn.y, drawn.x + drawn.w, drawn.y + EDGE),
        (drawn.x, drawn.y + drawn.h - EDGE, drawn.x + drawn.w, drawn.y + drawn.h),
    ]
    for box in [*edges, *_neighbours(page, place, scale)]:
        drawn.set_rect(pymupdf.IRect(*box), tuple(ground))
    return bool(drawn.is_unicolor)


def _neighbours(page: Any, place: Corners, scale: float) -> list[tuple[int, int, int, int]]:
    """Pixels of the letters that reach into a place from the lines beside it."""
    return [
        (
            int(scale * box[0]) - 1,
            int(scale * box[1]) - 1,
            int(scale * box[2]) + 2,
            int(scale * box[3]) + 2,
        )
        for line in text.lines(page)
        for box in map(box_of, line.quads)
        if overlap(box, place) > 0
    ]
