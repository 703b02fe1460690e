"""Sets pages that look like a records release: printed mail, boxes with exemption codes, stamps.

Run by developers only. Positions are in points from the top left. A box stands for words that were
never put into the file, except where ``botched`` asks for the mistake this program exists to find.
"""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import pymupdf

WIDTH, HEIGHT = 612.0, 792.0

#: ``[[b6 b7c 14]]`` is a box as wide as 14 letters; ``[[!b5|words]]`` a box laid over live words.
MARKUP = re.compile(r"\[\[(!?)([^\]|]*)(?:\|([^\]]*))?\]\]")

CODES = {
    "b4": "(b)(4)",
    "b5": "(b)(5)",
    "b6": "(b)(6)",
    "b7c": "(b)(7)(C)",
    "b7e": "(b)(7)(E)",
}

CELL_INSET = (2, 2, -2, -2)

FAMILIES = {
    "sans": ("helv", "hebo", "heit"),
    "serif": ("tiro", "tibo", "tiit"),
    "mono": ("cour", "cobo", "coit"),
}


def fonts(family: str) -> tuple[pymupdf.Font, pymupdf.Font, pymupdf.Font]:
    """Regular, bold and italic."""
    regular, bold, italic = FAMILIES[family]
    return pymupdf.Font(regular), pymupdf.Font(bold), pymupdf.Font(italic)


@dataclass
class Box:
    rect: pymupdf.Rect
    codes: tuple[str, ...]
    white: bool = False


@dataclass
class Sheet:
    """One page being set. Words, then boxes over them, then the codes on the boxes."""

    page: pymupdf.Page
    words: pymupdf.TextWriter = field(init=False)
    boxes: list[Box] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.words = pymupdf.TextWriter(self.page.rect)

    def finish(self, code_font: pymupdf.Font) -> None:
        self.words.write_text(self.page, color=(0.05, 0.05, 0.05))
        for colour, white in (((1, 1, 1), False), ((0, 0, 0), True)):
            codes = pymupdf.TextWriter(self.page.rect)
            for box in (each for each in self.boxes if each.white is white):
                shape = self.page.new_shape()
                shape.draw_rect(box.rect)
                shape.finish(color=(0, 0, 0), fill=(1, 1, 1) if white else (0, 0, 0), width=0.7)
                shape.commit()
                self._code(codes, box, code_font)
            codes.write_text(self.page, color=colour)

    @staticmethod
    def _code(codes: pymupdf.TextWriter, box: Box, font: pymupdf.Font) -> None:
        label = "; ".join(CODES[code] for code in box.codes)
        size = min(8.0, box.rect.height * 0.72)
        while size > 4 and font.text_length(label, size) > box.rect.width - 2:
            size -= 0.5
        width = font.text_length(label, size)
        x = box.rect.x0 + (box.rect.width - width) / 2
        codes.append((x, (box.rect.y0 + box.rect.y1) / 2 + size * 0.35), label, font, size)


class Flow:
    """Sets paragraphs down a page and onto the next."""

    def __init__(
        self,
        document: pymupdf.Document,
        *,
        family: str = "sans",
        size: float = 10.5,
        margins: tuple[float, float, float, float] = (72, 60, 72, 70),
        white_boxes: bool = False,
        numbered: bool = False,
    ) -> None:
        self.document = document
        self.regular, self.bold, self.italic = fonts(family)
        self.size = size
        self.left, self.top, self.right, self.bottom = margins
        self.white_boxes = white_boxes
        self.numbered = numbered
        self.sheets: list[Sheet] = []
        self.y = 0.0
        self.page_break()

    @property
    def sheet(self) -> Sheet:
        return self.sheets[-1]

    @property
    def measure(self) -> float:
        return WIDTH - self.left - self.right

    def page_break(self) -> None:
        if self.sheets:
            self.close()  # a page object does not outlive the making of the next
        self.sheets.append(Sheet(self.document.new_page(width=WIDTH, height=HEIGHT)))
        self.y = self.top

    def close(self) -> None:
        """Put the page being set into the document; call once after the last words."""
        if self.numbered:
            label = str(len(self.sheets))
            width = self.regular.text_length(label, 9)
            self.sheet.words.append(((WIDTH - width) / 2, HEIGHT - 40), label, self.regular, 9)
        self.sheet.finish(pymupdf.Font("hebo"))

    def space(self, points: float) -> None:
        self.y += points

    def room(self, points: float) -> None:
        if self.y + points > HEIGHT - self.bottom:
            self.page_break()

    def rule(self, width: float = 0.7) -> None:
        self.sheet.page.draw_line(
            (self.left, self.y), (WIDTH - self.right, self.y), color=(0, 0, 0), width=width
        )
        self.y += 4 + width

    def line(
        self,
        text: str,
        *,
        bold: bool = False,
        italic: bool = False,
        size: float | None = None,
        align: str = "left",
    ) -> None:
        """One line as it is, without breaking."""
        size = size or self.size
        font = self.bold if bold else self.italic if italic else self.regular
        self.room(size * 1.3)
        width = font.text_length(text, size)
        x = {
            "left": self.left,
            "centre": (WIDTH - width) / 2,
            "right": WIDTH - self.right - width,
        }[align]
        self.y += size * 1.25
        self.sheet.words.append((x, self.y - size * 0.25), text, font, size)

    def fields(self, pairs: Iterable[tuple[str, str]], *, indent: float = 72) -> None:
        """``From:`` and so on in bold, their values hanging beside them."""
        for name, value in pairs:
            self.room(self.size * 1.3)
            first = self.y
            self.sheet.words.append(
                (self.left, first + self.size), name + ":", self.bold, self.size
            )
            self.paragraph(value, indent=indent, after=1)

    def text(self, words: str, *, indent: float = 0, after: float | None = None) -> None:
        """Paragraphs parted by empty lines; a line that starts with ``- `` hangs."""
        for paragraph in re.split(r"\n\s*\n", words.strip("\n")):
            lines = [line.strip() for line in paragraph.splitlines()]
            if lines[0].startswith("- "):
                for item in " ".join(lines)[2:].split(" - "):
                    self.room(self.size * 1.3)
                    self.sheet.words.append(
                        (self.left + indent + 10, self.y + self.size),
                        "•",
                        self.regular,
                        self.size,
                    )
                    self.paragraph(item, indent=indent + 24, after=2)
                self.space(self.size * 0.5)
            elif lines[0].startswith("|"):
                for line in lines:
                    self.paragraph(line[1:].strip(), indent=indent, after=0)
                self.space(self.size * 0.7 if after is None else after)
            else:
                self.paragraph(" ".join(lines), indent=indent, after=after)

    def paragraph(self, words: str, *, indent: float = 0, after: float | None = None) -> None:
        size, leading = self.size, self.size * 1.28
        pieces = self._pieces(words)
        x = self.left + indent
        self.room(leading)
        space = self.regular.text_length(" ", size)
        for piece in pieces:
            width = self._width(piece)
            if x > self.left + indent and x + width > WIDTH - self.right:
                x = self.left + indent
                self.y += leading
                self.room(leading)
            self._put(piece, x, width)
            x += width + (space if piece.spaced else 0)
        self.y += leading + (size * 0.7 if after is None else after)

    def block(self, codes: Sequence[str], lines: int, *, indent: float = 0) -> None:
        """Whole paragraphs blacked out."""
        height = lines * self.size * 1.28
        self.room(min(height, 60))
        height = min(height, HEIGHT - self.bottom - self.y)
        rect = pymupdf.Rect(self.left + indent, self.y + 1, WIDTH - self.right, self.y + height - 1)
        self.sheet.boxes.append(Box(rect, tuple(codes), self.white_boxes))
        self.y += height + self.size * 0.7

    def table(
        self, rows: Sequence[Sequence[str]], widths: Sequence[float], *, size: float | None = None
    ) -> None:
        """Ruled cells, the first row bold; a cell that is markup alone becomes a full box."""
        size = size or self.size - 1
        height = size * 1.9
        for number, row in enumerate(rows):
            self.room(height)
            x = self.left
            for text, width in zip(row, widths, strict=True):
                cell = pymupdf.Rect(x, self.y, x + width, self.y + height)
                self.sheet.page.draw_rect(cell, color=(0.35, 0.35, 0.35), width=0.5)
                mark = MARKUP.fullmatch(text)
                if mark:
                    codes = tuple(c for c in mark[2].split() if not c.isdigit())
                    self.sheet.boxes.append(Box(cell + CELL_INSET, codes, self.white_boxes))
                else:
                    font = self.bold if number == 0 else self.regular
                    self.sheet.words.append((x + 4, self.y + size * 1.3), text, font, size)
                x += width
            self.y += height
        self.space(self.size)

    def _pieces(self, words: str) -> list[Piece]:
        pieces: list[Piece] = []
        at = 0
        for mark in MARKUP.finditer(words):
            pieces.extend(self._words(words[at : mark.start()]))
            at = mark.end()
            spaced = words[at : at + 1] in {"", " "}
            codes = tuple(c for c in mark[2].split() if not c.isdigit())
            length = next((int(c) for c in mark[2].split() if c.isdigit()), 12)
            if mark[1]:
                hidden = (mark[3] or "").split(" ")
                pieces.extend(Piece(word, codes, botched=True) for word in hidden)
            else:
                pieces.append(Piece("x" * length, codes, spaced=spaced))
        pieces.extend(self._words(words[at:]))
        return pieces

    @staticmethod
    def _words(words: str) -> list[Piece]:
        found: list[Piece] = []
        for word in words.split():
            bold = word.startswith("*") and word.endswith("*") and len(word) > 2
            found.append(Piece(word.strip("*") if bold else word, bold=bold))
        if found and words[-1] not in " \n":
            found[-1] = Piece(found[-1].text, bold=found[-1].bold, spaced=False)
        return found

    def _width(self, piece: Piece) -> float:
        font = self.bold if piece.bold else self.regular
        return float(font.text_length(piece.text, self.size))

    def _put(self, piece: Piece, x: float, width: float) -> None:
        font = self.bold if piece.bold else self.regular
        if not piece.codes or piece.botched:
            self.sheet.words.append((x, self.y + self.size), piece.text, font, self.size)
        if piece.codes:
            last = self.sheet.boxes[-1] if self.sheet.boxes else None
            rect = pymupdf.Rect(x, self.y + 0.5, x + width, self.y + self.size * 1.24)
            if (
                piece.botched
                and last
                and abs(last.rect.y0 - rect.y0) < 1
                and last.rect.x1 < x < (last.rect.x1 + 8)
            ):
                last.rect.x1 = rect.x1
            else:
                self.sheet.boxes.append(Box(rect, piece.codes, self.white_boxes))


@dataclass(frozen=True)
class Piece:
    """A word or a box; ``spaced`` if a space follows."""

    text: str
    codes: tuple[str, ...] = ()
    bold: bool = False
    botched: bool = False
    spaced: bool = True


def stamp(page: pymupdf.Page, number: str, font: pymupdf.Font) -> None:
    """A Bates number, lower right as the page is shown."""
    if page.rotation:
        width = font.text_length(number, 8.5)
        place = pymupdf.Point(page.rect.width - 36 - width, page.rect.height - 22)
        page.insert_text(
            place * page.derotation_matrix, number, fontname="hebo", fontsize=8.5,
            rotate=page.rotation,
        )  # fmt: skip
        return
    writer = pymupdf.TextWriter(page.rect)
    width = font.text_length(number, 8.5)
    writer.append((WIDTH - 36 - width, HEIGHT - 22), number, font, 8.5)
    writer.write_text(page, color=(0, 0, 0))


def scanned(
    source: pymupdf.Page, seed: int, angle: float, dpi: int = 170
) -> tuple[int, int, bytes]:
    """The page as a black-and-white scan, a little askew: width, height, packed rows."""
    grey = source.get_pixmap(
        matrix=pymupdf.Matrix(dpi / 72, dpi / 72).prerotate(angle),
        colorspace=pymupdf.csGRAY,
        alpha=False,
    )
    wide, high = round(WIDTH * dpi / 72), round(HEIGHT * dpi / 72)
    skip_x, skip_y = (grey.width - wide) // 2, (grey.height - high) // 2
    dice = random.Random(seed)  # the same specks every time
    table = bytes(1 if value > 150 else 0 for value in range(256))
    samples = bytes(grey.samples)
    rows: list[bytes] = []
    for y in range(high):
        start = (y + skip_y) * grey.stride + skip_x
        row = bytearray(samples[start : start + wide].translate(table))
        if dice.random() < 0.12:
            for _ in range(dice.randrange(1, 3)):
                at = dice.randrange(wide - 2)
                row[at : at + dice.randrange(1, 3)] = b"\0"
        if 6 < y < high - 6 and dice.random() < 0.5:
            row[4 + dice.randrange(3)] = 0
        rows.append(_pack(bytes(row)))
    return wide, high, b"".join(rows)


def _pack(bits: bytes) -> bytes:
    text = bits.translate(bytes([48, 49]) + bytes(254)).decode("ascii")
    text += "1" * (-len(text) % 8)
    return int(text, 2).to_bytes(len(text) // 8, "big")


def place_scan(page: pymupdf.Page, wide: int, high: int, rows: bytes) -> None:
    """Fill ``page`` with one 1-bit picture."""
    document = page.parent
    xref = document.get_new_xref()
    document.update_object(
        xref,
        f"<</Type/XObject/Subtype/Image/Width {wide}/Height {high}"
        "/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/FlateDecode>>",
    )
    document.update_stream(xref, zlib.compress(rows, 9), new=False, compress=False)
    document.xref_set_key(xref, "Filter", "/FlateDecode")
    page.insert_image(page.rect, xref=xref)
