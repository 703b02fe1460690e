"""Text in reading order, with and without the places of its characters.

MuPDF's order, that of the page's content cut into blocks and lines, is mended where a reader would
read otherwise (``reading_order``). Ligatures come apart into letters, white space into blanks; a
hyphen at a line's end stays, a soft one too, because the text is verbatim. Import takes the short
way (MuPDF writes the text itself) where that gives the same; places are worked out only when
somebody looks at the page.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pymupdf
from pymupdf import mupdf

from casefile.pdf.worker import reading_order
from casefile.pdf.worker.bidi import RIGHT_TO_LEFT
from casefile.pdf.worker.columns import in_columns, may_be_columns
from casefile.pdf.worker.pieces import Numbers, Piece, part

#: No ligatures, no exotic blanks, no images; nothing from outside the shown page.
_FLAGS = pymupdf.TEXT_MEDIABOX_CLIP
#: A page with more characters than this is cut: nobody reads it, and everything after it is slow.
MAX_CHARACTERS = 1_000_000
#: The share of a page from which on an image may hold text.
SMALLEST_PICTURE = 0.01
# What cannot be text: control characters (also the marks that search snippets use), lone
# surrogates, and the byte order mark.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\x80-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_BLANKS = str.maketrans(dict.fromkeys("\t\u00a0\u2002\u2003\u2009\u202f\u3000", " "))
#: A soft hyphen inside a line: many fonts name every hyphen so.
_DRAWN_HYPHEN = re.compile("\u00ad(?=[^\n ])")
#: The width from which on a hyphen can be seen, in parts of its height.
_VISIBLE = 0.1


@dataclass(slots=True)
class Line:
    """``quads`` holds eight numbers for each character of ``text``."""

    text: str
    quads: list[Numbers]
    block: int


def structured(page: Any) -> Any:
    """MuPDF's structured text of a page, in the space of the page as shown."""
    return mupdf.FzStextPage(page, mupdf.FzStextOptions(_FLAGS))


def plain(page: Any) -> str:
    """The page's lines, joined by newlines: exactly the text of ``lines``."""
    found = pymupdf.TextPage(structured(page))
    blocks = found.extractBLOCKS()
    text = "".join([block[4] for block in blocks])
    if _wants_order(text) or (may_be_columns(blocks) and _are_columns(found)):
        return "\n".join(line.text for line in lines(page))
    text = text[:MAX_CHARACTERS]
    if _UNPRINTABLE.search(text):
        text = _UNPRINTABLE.sub("\ufffd", text)
    stripped = [line.strip(" ") for line in text.translate(_BLANKS).split("\n")]
    return "\n".join([line for line in stripped if line])


def _wants_order(text: str) -> bool:
    """Whether there is something on the page that MuPDF does not put in order."""
    if text.isascii():
        return False
    return any(
        sign.search(text)
        for sign in (
            RIGHT_TO_LEFT,
            reading_order.REORDERED,
            reading_order.DOWNWARDS,
            _DRAWN_HYPHEN,
        )
    )


def _are_columns(found: pymupdf.TextPage) -> bool:
    """A closer look, by whole lines."""
    pieces = [
        Piece(
            ["".join(span["text"] for span in line["spans"])],
            [_placer(line["dir"])(None, None, line)],
            number,
            line["dir"],
            bool(line["wmode"]),
        )
        for number, block in enumerate(found.extractDICT()["blocks"])
        for line in block.get("lines", ())
        if line["dir"] == (1, 0)
    ]
    return in_columns(pieces) != pieces


def has_picture(page: Any) -> bool:
    """Whether an image of some size is on the page; it is not even unpacked to find out."""
    sheet = mupdf.fz_bound_page(page)
    least = (sheet.x1 - sheet.x0) * (sheet.y1 - sheet.y0) * SMALLEST_PICTURE
    flags = _FLAGS | pymupdf.TEXT_PRESERVE_IMAGES
    for block in mupdf.FzStextPage(page, mupdf.FzStextOptions(flags)):
        if block.m_internal.type == mupdf.FZ_STEXT_BLOCK_IMAGE:
            box = block.m_internal.bbox
            if (box.x1 - box.x0) * (box.y1 - box.y0) > least:
                return True
    return False


def lines(page: Any) -> list[Line]:
    """The page's lines with a quad for each character."""
    pieces: list[Piece] = []
    left = MAX_CHARACTERS
    blocks = pymupdf.TextPage(structured(page)).extractRAWDICT()["blocks"]
    for number, block in enumerate(blocks):
        for raw in block.get("lines", ()):
            texts: list[str] = []
            quads: list[Numbers] = []
            place = _placer(raw["dir"])
            for span in raw["spans"]:
                chars = span["chars"][:left]
                left -= len(chars)
                texts += [char["c"] for char in chars]
                quads += [place(raw["dir"], span, char) for char in chars]
            pieces.append(Piece(texts, quads, number, raw["dir"], bool(raw["wmode"])))
    found: list[Line] = []
    for piece in reading_order.ordered(pieces):
        found += _line(piece.texts, piece.quads, piece.block)
    return found


def pack(found: list[Line]) -> tuple[list[tuple[str, int]], bytes]:
    """For the pipe: text and block of each line, and all quads as 32-bit floats."""
    return [(line.text, line.block) for line in found], numbers(
        quad for line in found for quad in line.quads
    )


def numbers(quads: Iterable[Numbers]) -> bytes:
    """Quads as 32-bit floats in this machine's byte order."""
    packed = array("f")
    for quad in quads:
        packed.extend(quad)
    return packed.tobytes()


def _line(texts: list[str], quads: list[Numbers], block: int) -> list[Line]:
    """Clean text, one character to one quad; a stray newline inside a line ends it."""
    made: list[Line] = []
    text = _UNPRINTABLE.sub("\ufffd", "".join(c[:1] or " " for c in texts).translate(_BLANKS))
    if "\u00ad" in text:
        text = _drawn_hyphens(text, quads)
    start = 0
    for piece in text.split("\n"):
        end = start + len(piece)
        first = start + len(piece) - len(piece.lstrip(" "))
        kept = piece.strip(" ")
        if kept:
            made.append(Line(kept, spread(kept, quads[first : first + len(kept)]), block))
        start = end + 1
    return made


def _drawn_hyphens(text: str, quads: list[Numbers]) -> str:
    """A soft hyphen that stands inside a line for all to see is a hyphen."""

    def read(match: re.Match[str]) -> str:
        quad = quads[match.start()]
        high = abs(quad[4] - quad[0]) + abs(quad[5] - quad[1])
        return "-" if _width(quad) > _VISIBLE * high else match[0]

    return _DRAWN_HYPHEN.sub(read, text)


def spread(text: str, quads: list[Numbers]) -> list[Numbers]:
    """The letters of a ligature share its place: MuPDF gives all of it to the first one and none
    to the others, here each gets its part."""
    at = 0
    while at < len(quads):
        end = at + 1
        while end < len(quads) and text[end] != " " and _width(quads[end]) < 1e-3:
            end += 1
        share = end - at
        if 1 < share <= 4 and _width(quads[at]) > 1e-3:
            whole = quads[at]
            quads[at:end] = [part(whole, i / share, (i + 1) / share) for i in range(share)]
        at = end
    return quads


def _width(quad: Numbers) -> float:
    return abs(quad[2] - quad[0]) + abs(quad[3] - quad[1])


def _placer(direction: tuple[float, float]) -> Any:
    """How a character's box becomes a quad, for the direction its line runs in. Almost every line
    is upright or turned by a right angle; then the quad has the corners of the box."""
    cosine, sine = direction
    if abs(sine) < 1e-3:
        return _rightward if cosine > 0 else _leftward
    if abs(cosine) < 1e-3:
        return _downward if sine > 0 else _upward
    return _slanting


def _rightward(_dir: object, _span: object, char: dict[str, Any]) -> Numbers:
    x0, y0, x1, y1 = char["bbox"]
    return (x0, y0, x1, y0, x0, y1, x1, y1)


def _leftward(_dir: object, _span: object, char: dict[str, Any]) -> Numbers:
    x0, y0, x1, y1 = char["bbox"]
    return (x1, y1, x0, y1, x1, y0, x0, y0)


def _downward(_dir: object, _span: object, char: dict[str, Any]) -> Numbers:
    x0, y0, x1, y1 = char["bbox"]
    return (x1, y0, x1, y1, x0, y0, x0, y1)


def _upward(_dir: object, _span: object, char: dict[str, Any]) -> Numbers:
    x0, y0, x1, y1 = char["bbox"]
    return (x0, y1, x0, y0, x1, y1, x1, y0)


def _slanting(
    direction: tuple[float, float], span: dict[str, Any], char: dict[str, Any]
) -> Numbers:
    quad = pymupdf.recover_char_quad(direction, span, char)
    return (
        quad.ul.x, quad.ul.y, quad.ur.x, quad.ur.y, quad.ll.x, quad.ll.y, quad.lr.x, quad.lr.y,
    )  # fmt: skip
