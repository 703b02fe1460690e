"""Reads the words in a picture with Tesseract.

MuPDF carries a Tesseract of its own, but built without the processor's vector instructions (three
times slower, measured) and without a way to its confidence; ``tesserocr`` is the same engine with
both. It is given raw pixels only, so none of its picture formats is ever parsed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from math import degrees
from typing import Any

import tesserocr

from casefile.pdf import languages
from casefile.pdf.worker.refusals import Refused

#: What is recorded with pages read: the engine and the way of preparing the picture.
ENGINE = f"1 {tesserocr.tesseract_version().splitlines()[0]}"

_LEVEL = tesserocr.RIL
_PICTURES = frozenset({tesserocr.PT.FLOWING_IMAGE, tesserocr.PT.HEADING_IMAGE,
                       tesserocr.PT.PULLOUT_IMAGE})  # fmt: skip
_TEXT_BLOCKS = frozenset({tesserocr.PT.FLOWING_TEXT, tesserocr.PT.HEADING_TEXT,
                          tesserocr.PT.PULLOUT_TEXT, tesserocr.PT.TABLE})  # fmt: skip


#: Left, top, right, bottom.
PixelBox = tuple[int, int, int, int]
#: Words in pictures (letterheads, stamps) count only when the engine is this sure.
_SURE = 70.0
#: Pixels; smaller pieces hold no words.
_LEAST_SIDE = 24


@dataclass(frozen=True, slots=True)
class Picture:
    """Grey pixels, 0 black, one byte each, rows without padding."""

    width: int
    height: int
    dpi: int
    data: bytes

    def piece(self, box: PixelBox) -> tuple[Picture | None, int, int]:
        """What lies within a box, with its left and top; None where that is next to nothing.
        (Tesseract's own way to look at a part of a picture crashes at some edges.)"""
        left, top = max(0, box[0]), max(0, box[1])
        right, bottom = min(self.width, box[2]), min(self.height, box[3])
        if right - left < _LEAST_SIDE or bottom - top < _LEAST_SIDE:
            return None, left, top
        rows = [
            self.data[y * self.width + left : y * self.width + right] for y in range(top, bottom)
        ]
        return Picture(right - left, bottom - top, self.dpi, b"".join(rows)), left, top


@dataclass(frozen=True, slots=True)
class Layout:
    """What a picture looks like before it is read: how far its lines slope (degrees, clockwise),
    how high most of them are (pixels; a large number without lines), whether they run up or down,
    and where the largest piece of text and all pictures lie (left, top, right, bottom in pixels).
    """

    skew: float
    line_height: int
    sideways: bool
    largest: PixelBox | None
    pictures: list[PixelBox]


@dataclass(slots=True)
class Word:
    """``edges``: where each character begins, in pixels from the left, and where the last ends."""

    text: str
    edges: list[float]
    confidence: float


@dataclass(slots=True)
class ReadLine:
    """A line of words; ``start`` and ``end`` are the ends of its base line (x, y in pixels)."""

    words: list[Word]
    start: tuple[float, float]
    end: tuple[float, float]
    above: float
    below: float
    block: int

    @property
    def runs_down(self) -> bool:
        (x0, y0), (x1, y1) = self.start, self.end
        return abs(y1 - y0) > abs(x1 - x0)


class Recogniser:
    """The engine of this process, loaded when first needed and for as long as the languages stay
    the same."""

    def __init__(self) -> None:
        self._loaded: tuple[str, ...] = ()
        self._engine: Any = None

    def load(self, wanted: tuple[str, ...]) -> None:
        """Raises ``Refused("ocr.language_missing")``."""
        if wanted == self._loaded and self._engine is not None:
            return
        there = languages.installed()
        for code in wanted:
            if code not in there:
                raise Refused("ocr.language_missing", language=code)
        # Seen from the root, so that languages may come from different folders.
        names = [there[code].with_suffix("").as_posix() for code in wanted]
        root = there[wanted[0]].anchor.replace("\\", "/")
        relative = "+".join(name.removeprefix(root) for name in names)
        try:
            self._engine = tesserocr.PyTessBaseAPI(path=root, lang=relative, psm=tesserocr.PSM.AUTO)
        except RuntimeError as error:
            raise Refused("ocr.language_missing", language=wanted[0]) from error
        # Or it would open /dev/null for its remarks, which the walls forbid, and crash over that;
        # standard error leads nowhere already.
        self._engine.SetDebugVariable("debug_file", "")
        self._loaded = wanted

    def lay_out(self, picture: Picture) -> Layout:
        """Find the lines; ``read`` goes on from there."""
        self._show(picture)
        layout = self._engine.AnalyseLayout()
        slopes: Counter[float] = Counter()
        largest, size, pictures = None, 0, []
        for block in _each(layout, _LEVEL.BLOCK):
            box = block.BoundingBox(_LEVEL.BLOCK)
            kind = block.BlockType()
            area = (box[2] - box[0]) * (box[3] - box[1])
            if kind in _PICTURES:
                pictures.append(box)
            elif kind in _TEXT_BLOCKS:
                slopes[round(degrees(block.Orientation()[3]), 2)] += area
                if area > size:
                    largest, size = box, area
        skew = slopes.most_common(1)[0][0] if slopes else 0.0
        boxes = [line.BoundingBox(_LEVEL.TEXTLINE) for line in _each(layout, _LEVEL.TEXTLINE)]
        upright = sum(box[3] - box[1] > box[2] - box[0] for box in boxes if _is_long(box))
        sideways = upright * 2 > sum(map(_is_long, boxes))
        heights = sorted(box[3] - box[1] for box in boxes)
        height = heights[len(heights) // 2] if heights else 1000
        return Layout(skew, height, sideways, largest, pictures)

    def read(self, picture: Picture | None = None) -> list[ReadLine]:
        """The lines of ``picture``, or of the one that was laid out last."""
        if picture is not None:
            self._show(picture)
        return self._read()

    def read_inside(self, picture: Picture, box: PixelBox) -> list[ReadLine]:
        """Words within a picture on the page (a letterhead, a stamp): only those the engine is sure
        of, for it sees letters in any drawing."""
        piece, left, top = picture.piece(box)
        if piece is None:
            return []
        self._engine.SetPageSegMode(tesserocr.PSM.SPARSE_TEXT)
        try:
            lines = self.read(piece)
        finally:
            self._engine.SetPageSegMode(tesserocr.PSM.AUTO)
        for line in lines:
            line.words = [word for word in line.words if word.confidence >= _SURE]
            for word in line.words:
                word.edges = [edge + left for edge in word.edges]
            line.start = (line.start[0] + left, line.start[1] + top)
            line.end = (line.end[0] + left, line.end[1] + top)
        return [line for line in lines if sum(len(word.text) for word in line.words) > 3]

    def clear(self) -> None:
        """Let go of the picture."""
        self._engine.Clear()

    def _show(self, picture: Picture) -> None:
        self._engine.SetImageBytes(picture.data, picture.width, picture.height, 1, picture.width)
        self._engine.SetSourceResolution(picture.dpi)

    def _read(self) -> list[ReadLine]:
        lines: list[ReadLine] = []
        if not self._engine.Recognize():
            return lines
        block = -1
        for symbol in _each(self._engine.GetIterator(), _LEVEL.SYMBOL):
            if symbol.Empty(_LEVEL.SYMBOL):
                continue
            if symbol.IsAtBeginningOf(_LEVEL.BLOCK):
                block += 1
            if symbol.IsAtBeginningOf(_LEVEL.TEXTLINE) or not lines:
                lines.append(_line(symbol, max(block, 0)))
            words = lines[-1].words
            if symbol.IsAtBeginningOf(_LEVEL.WORD) or not words:
                words.append(Word("", [], float(symbol.Confidence(_LEVEL.WORD))))
            _add(words[-1], symbol)
        for line in lines:
            line.words = [word for word in line.words if word.text]
        return [line for line in lines if line.words]


def _each(found: Any, level: int) -> Iterator[Any]:
    """Every element of a level; nothing where nothing was found."""
    if found is None:
        return
    found.Begin()
    for each in tesserocr.iterate_level(found, level):
        if each.BoundingBox(level) is not None:
            yield each


def _is_long(box: PixelBox) -> bool:
    """Whether a line is clearly longer than high, either way."""
    sides = sorted((box[2] - box[0], box[3] - box[1]))
    return sides[1] > 3 * sides[0]


def _line(at: Any, block: int) -> ReadLine:
    start, end = at.Baseline(_LEVEL.TEXTLINE)
    row = at.RowAttributes()
    below = max(0.0, -float(row["descenders"]))
    above = max(1.0, float(row["row_height"]) - below)
    return ReadLine([], start, end, above, below, block)


def _add(word: Word, symbol: Any) -> None:
    """A symbol may be several characters; they share its place."""
    text = symbol.GetUTF8Text(_LEVEL.SYMBOL).replace(" ", "")
    left, _, right, _ = symbol.BoundingBox(_LEVEL.SYMBOL)
    if not text:
        return
    if word.edges:
        word.edges.pop()
    word.edges += [left + (right - left) * n / len(text) for n in range(len(text) + 1)]
    word.text += text
