"""Reads a page that is a picture: upright, straight and clean first, then word by word.

A page is laid out; if its lines slope it is drawn again straight. What was read with little
confidence may stand on its head or on its side: a piece of it is tried in all four directions, and
the page is read again as it reads best, or else from a smoothed picture. The places of words lead
back through the same matrix with which the page was drawn.
"""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass, replace
from typing import Any

from pymupdf import mupdf

from casefile.domain.recognised import PARTS
from casefile.pdf.worker.picturing import (
    CLOSE_DPI,
    DPI,
    SPECKLED,
    Sheet,
    View,
    speckle,
    without_borders,
)
from casefile.pdf.worker.pieces import Numbers
from casefile.pdf.worker.recognising import ENGINE, Layout, ReadLine, Recogniser, Word
from casefile.pdf.worker.text import MAX_CHARACTERS

#: Lines that slope less (degrees) are read as they are.
LEAST_SKEW = 0.4
MOST_SKEW = 15.0
#: Below this mean confidence other ways of looking are tried.
DOUBTFUL = 75.0
#: Another direction must read that much better, and more than a few words.
CLEARLY, LEAST_SCORE = 1.5, 500
#: Slopes that are tried where no line is seen: layout sees lines that slope up to 5 degrees.
LEANS = (8.0, -8.0)
#: Pictures up to this share of the page are searched for words.
LARGEST_PICTURE = 0.25
#: The side of the piece of a page that is tried in four directions, in 1/72 inch.
TRIAL = 216.0
#: Lines lower than this many pixels are small print, worth a closer look.
SMALL_LINE = 17
#: Words that count when ways of reading are compared.
_WORD = re.compile(r"\w\w")
#: Marks without a letter that the engine itself takes for nothing: dust. (A dash between two years
#: came with 31.)
_DUST_BELOW = 10.0
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Found:
    """What one way of looking at the page gave."""

    view: View
    lines: list[ReadLine]
    turned: int
    skew: float

    @property
    def score(self) -> float:
        """More words that the engine is sure of."""
        return sum(_worth(word) for line in self.lines for word in line.words)

    @property
    def confidence(self) -> float:
        words = [word for line in self.lines for word in line.words]
        length = sum(len(word.text) for word in words)
        return sum(word.confidence * len(word.text) for word in words) / length if length else 0.0


def _worth(word: Word) -> float:
    return len(word.text) * max(0.0, word.confidence - 40) if _WORD.search(word.text) else 0.0


def read_page(page: Any, number: int, wanted: tuple[str, ...], engine: Recogniser) -> Found:
    """The words of a page. Raises ``Refused``."""
    engine.load(wanted)
    look = _Look(Sheet(page, number), engine)
    try:
        found = _best(look)
    finally:
        engine.clear()
    if not found.score:
        found.lines.clear()  # not one word the engine believes in: there is none
    return found


def _best(look: _Look) -> Found:
    """What was found in the way that gives most words."""
    found = look.read(0)
    if found.confidence >= DOUBTFUL and found.score:
        return found
    turned = look.best_turn()
    if turned:
        return max(found, look.read(turned), key=_score)
    for lean in LEANS:
        if not found.score and look.has_lines(lean):
            return look.read(0, lean)
    return max(found, look.read(0, smooth=True), key=_score) if found.score else found


def _score(found: Found) -> float:
    return found.score


class _Look:
    """Looks at one page in one way or another."""

    def __init__(self, sheet: Sheet, engine: Recogniser) -> None:
        self._sheet = sheet
        self._engine = engine
        self._most_text: Any = None

    def read(self, turned: int, lean: float = 0.0, *, smooth: bool | None = None) -> Found:
        """The page turned by ``turned`` and, with lines known to lean so far, by ``-lean``;
        ``smooth`` as the picture asks for it when None."""
        dpi = DPI
        view = self._sheet.view(turned - lean, dpi)
        if smooth is None:
            smooth = speckle(view.picture) > SPECKLED
        if smooth:
            view = self._sheet.view(turned - lean, dpi, smooth=True)
        view, layout = self._lay_out(view)
        if layout.sideways:
            upright = self.best_turn((90, 270))
            if upright:
                turned, lean = upright, 0.0
                view, layout = self._lay_out(self._sheet.view(turned, dpi, smooth=smooth))
        skew = lean
        if LEAST_SKEW <= abs(layout.skew) <= MOST_SKEW:
            skew += layout.skew
        small = layout.line_height < SMALL_LINE and not smooth
        if small and self._sheet.resolution() > DPI * 1.2:
            dpi = CLOSE_DPI
        if skew != lean or dpi != DPI:
            view, layout = self._lay_out(self._sheet.view(turned - skew, dpi, smooth=smooth))
        lines = self._engine.read()
        sheet = view.picture.width * view.picture.height
        for box in layout.pictures:
            if (box[2] - box[0]) * (box[3] - box[1]) < sheet * LARGEST_PICTURE:
                _insert(lines, self._engine.read_inside(view.picture, box))
        return Found(view, lines, turned, skew)

    def has_lines(self, lean: float) -> bool:
        """Whether lines are to be seen on the page if it leans so far."""
        layout = self._engine.lay_out(self._sheet.view(-lean, DPI // 2).picture)
        return layout.line_height < DPI // 4 and not layout.sideways

    def best_turn(self, turns: tuple[int, ...] = (0, 90, 180, 270)) -> int:
        """By how many degrees clockwise the page must be turned to be read: a piece of it is read
        in each direction. 0 where none reads clearly better."""
        around = mupdf.FzRect(self._most_text or self._sheet.bounds)
        middle_x, middle_y = (around.x0 + around.x1) / 2, (around.y0 + around.y1) / 2
        reach_x = min(TRIAL, around.x1 - around.x0) / 2
        reach_y = min(TRIAL, around.y1 - around.y0) / 2
        clip = mupdf.FzRect(
            middle_x - reach_x, middle_y - reach_y, middle_x + reach_x, middle_y + reach_y
        )
        scores = {}
        for turn in turns:
            view = self._sheet.view(turn, DPI, clip)
            # The engine reads lines that run downwards too, as it finds them.
            lines = [line for line in self._engine.read(view.picture) if not line.runs_down]
            scores[turn] = Found(view, lines, turn, 0.0).score
        best = max(scores, key=lambda turn: scores[turn])
        return best if scores[best] > CLEARLY * scores.get(0, 0) + LEAST_SCORE else 0

    def _lay_out(self, view: View) -> tuple[View, Layout]:
        view = replace(view, picture=without_borders(view.picture))
        layout = self._engine.lay_out(view.picture)
        if layout.largest is not None:
            corners = mupdf.FzRect(*layout.largest)
            self._most_text = mupdf.fz_transform_rect(corners, view.to_page)
        return view, layout


def _insert(lines: list[ReadLine], more: list[ReadLine]) -> None:
    """Put lines from within a picture before the first line that stands below them."""
    for line in more:
        at = next((n for n, each in enumerate(lines) if each.start[1] > line.start[1]), len(lines))
        line.block = lines[at - 1].block if at else 0
        lines.insert(at, line)


# For the pipe ------------------------------------------------------------------------------------


def pack(found: Found) -> tuple[dict[str, Any], bytes]:
    """Header and body of the answer: the words of all lines (UTF-8, newlines between), then for
    each line its place (eight 32-bit floats), then the edges of its characters (16 bit each), then
    one byte of confidence for each word."""
    words: list[str] = []
    blocks: list[int] = []
    places, edges, confidences = array("f"), array("H"), array("B")
    left = MAX_CHARACTERS
    for line in found.lines:
        kept = [word for word in map(_clean, line.words) if word is not None]
        text = " ".join(word.text for word in kept)
        if not text or len(text) > left:
            continue
        left -= len(text)
        start, end = _reach(kept)
        words.append(text)
        blocks.append(line.block)
        places.extend(_place(found.view, line, start, end))
        edges.extend(_edges(kept, start, end))
        confidences.extend(min(100, max(0, round(word.confidence))) for word in kept)
    written = "\n".join(words).encode("utf-8", "replace")
    header = {
        "words": len(written),
        "edges": len(edges),
        "blocks": blocks,
        "turned": found.turned,
        "skew": round(found.skew, 2),
        "engine": ENGINE,
    }
    return header, written + places.tobytes() + edges.tobytes() + confidences.tobytes()


def _clean(word: Word) -> Word | None:
    """None for dust: marks without a letter or digit that the engine itself doubts."""
    if not any(c.isalnum() for c in word.text) and word.confidence < _DUST_BELOW:
        return None
    if not word.text.strip():
        return None
    word.text = _CONTROL.sub("\ufffd", word.text.replace("\n", "\ufffd"))
    return word


def _reach(words: list[Word]) -> tuple[float, float]:
    """The first and the last pixel of a line's words, from the left."""
    edges = [edge for word in words for edge in word.edges]
    low, high = min(edges), max(edges)
    return low, max(high, low + 1)


def _edges(words: list[Word], start: float, end: float) -> list[int]:
    """Where each character begins and the last one ends, blanks between words included."""
    places: list[float] = []
    for word in words:
        places += word.edges
    scale = PARTS / (end - start)
    return [min(PARTS, max(0, round((place - start) * scale))) for place in places]


def _place(view: View, line: ReadLine, start: float, end: float) -> Numbers:
    """The quad around a line, along its base line, on the page."""
    (x0, y0), (x1, y1) = line.start, line.end
    slope = (y1 - y0) / (x1 - x0) if x1 > x0 else 0.0
    low_start, low_end = y0 + (start - x0) * slope, y0 + (end - x0) * slope
    corners = (
        (start, low_start - line.above), (end, low_end - line.above),
        (start, low_start + line.below), (end, low_end + line.below),
    )  # fmt: skip
    ul, ur, ll, lr = (view.point(x, y) for x, y in corners)
    return (*ul, *ur, *ll, *lr)


def warm(page: Any) -> None:
    """Draw and measure once, before any wall stands."""
    view = Sheet(page, 1).view(1.0, 50, smooth=True)
    speckle(without_borders(view.picture))
