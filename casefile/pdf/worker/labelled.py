"""The look of a frame with words on it: exemption codes on what an agency kept back.

PDF's squares carry no visible words, and two annotations for one mark would be two in every list of
comments; so the frame gets an appearance of its own, which every viewer draws.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pymupdf
from pymupdf import mupdf

from casefile.pdf.worker.shapes import Corners, page_rotation, sheet_of

#: In points: letters where there is room, and the smallest that can be read.
LARGEST, SMALLEST = 9.0, 6.0
#: The tab around the words, in parts of the letters' size.
TAB_HEIGHT, TAB_ENDS = 1.35, 0.8
_FONT = "hebo"


def write_label(
    page: Any,
    annot: Any,
    frame: Corners,
    words: str,
    tint: Sequence[float],
    line: float,
    *,
    heading: bool,
) -> None:
    """Draw ``frame`` in the colour ``tint`` and ``words`` in its lower right corner, or above it
    where it is too small for them (the annotation grows around both); a ``heading`` stands in the
    middle of the upper edge."""
    words = words.encode("cp1252", "replace").decode("cp1252")
    size = max(SMALLEST, min(LARGEST, 0.45 * (frame[3] - frame[1])))
    width = pymupdf.get_text_length(words, _FONT, size) + TAB_ENDS * size
    height = TAB_HEIGHT * size
    tab = _tab(sheet_of(page), frame, width, height)
    if heading:
        middle = (frame[0] + frame[2]) / 2
        tab = middle - width / 2, frame[1], middle + width / 2, frame[1] + height
    whole = (
        min(frame[0], tab[0]), min(frame[1], tab[1]), max(frame[2], tab[2]), max(frame[3], tab[3]),
    )  # fmt: skip
    mupdf.pdf_set_annot_rect(annot, mupdf.FzRect(*whole))
    mupdf.pdf_update_annot(annot)

    def place(box: Corners, inset: float = 0.0) -> bytes:
        """A rectangle in the appearance's own space: its origin lower left."""
        left, bottom = box[0] - whole[0] + inset, whole[3] - box[3] + inset
        across, up = box[2] - box[0] - 2 * inset, box[3] - box[1] - 2 * inset
        return b"%.2f %.2f %.2f %.2f re" % (left, bottom, max(across, 0.1), max(up, 0.1))

    colour = b"%.3f %.3f %.3f" % tuple(tint)
    light = b"%.3f %.3f %.3f" % tuple(0.85 + 0.15 * part for part in tint)
    content = b"%s RG %.2f w %s S " % (colour, line, place(frame, line / 2))
    content += b"%s rg %s f 0 g BT /F %.2f Tf %.2f %.2f Td %s Tj ET" % (
        light,
        place(tab),
        size,
        tab[0] - whole[0] + TAB_ENDS * size / 2,
        whole[3] - tab[3] + 0.36 * size,
        _written(words),
    )
    matrix = mupdf.fz_rotate(page_rotation(page))
    box = mupdf.FzRect(0, 0, whole[2] - whole[0], whole[3] - whole[1])
    buffer = mupdf.fz_new_buffer_from_copied_data(content)
    mupdf.pdf_set_annot_appearance(annot, "N", None, matrix, box, _resources(page), buffer)


def _tab(sheet: Corners, frame: Corners, width: float, height: float) -> Corners:
    if width <= frame[2] - frame[0] and 2 * height <= frame[3] - frame[1]:
        return frame[2] - width, frame[3] - height, frame[2], frame[3]
    left = max(sheet[0], min(frame[0], sheet[2] - width))
    top = frame[1] - height
    if top < sheet[1]:
        top = min(frame[3], sheet[3] - height)
    return left, top, left + width, top + height


def _written(words: str) -> bytes:
    """A string of a content stream."""
    return b"<" + words.encode("cp1252", "replace").hex().encode() + b">"


def _resources(page: Any) -> Any:
    """Helvetica, which every viewer has."""
    document = page.doc()
    font = mupdf.pdf_new_dict(document, 4)
    named = {
        "Type": "Font", "Subtype": "Type1", "BaseFont": "Helvetica-Bold",
        "Encoding": "WinAnsiEncoding",
    }  # fmt: skip
    for name, value in named.items():
        mupdf.pdf_dict_puts(font, name, mupdf.pdf_new_name(value))
    fonts, resources = mupdf.pdf_new_dict(document, 1), mupdf.pdf_new_dict(document, 1)
    mupdf.pdf_dict_puts(fonts, "F", font)
    mupdf.pdf_dict_puts(resources, "Font", fonts)
    return resources
