"""Words that were read from the picture of a page (OCR), with their places and how sure it was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from casefile.domain.geometry import Quad

#: Places along a line are counted in this many parts of its length.
PARTS = 10_000


@dataclass(frozen=True, slots=True)
class RecognisedLine:
    """A line of words, one blank apart. ``place`` lies around all of it; ``edges`` tell, in
    ``PARTS`` of its length, where each character begins and the last one ends; ``confidences``
    has a number from 0 to 100 for each word."""

    text: str
    place: Quad = field(repr=False)
    edges: tuple[int, ...] = field(repr=False)
    confidences: tuple[int, ...] = field(repr=False)
    block: int

    def quads(self) -> Iterator[Quad]:
        """The place of each character, blanks too."""
        for start, end in zip(self.edges, self.edges[1:], strict=False):
            low, high = min(start, end), max(start, end)
            yield part(self.place, low / PARTS, high / PARTS)


@dataclass(frozen=True, slots=True)
class RecognisedPage:
    """What OCR found on a page. ``turned``: by how many degrees clockwise (0, 90, 180, 270) the
    page had to be turned to be read; ``skew``: how far its lines then sloped, in degrees clockwise.
    """

    lines: tuple[RecognisedLine, ...]
    turned: int
    skew: float
    engine: str

    @property
    def text(self) -> str:
        """The lines joined by newlines, as stored and searched."""
        return "\n".join(line.text for line in self.lines)

    @property
    def confidence(self) -> float | None:
        """The mean over all characters, from 0 to 100; None without words."""
        return mean_confidence((line.text, line.confidences) for line in self.lines)


def mean_confidence(lines: Iterable[tuple[str, Sequence[int]]]) -> float | None:
    """The mean over all characters of lines of words with a confidence for each word; None where
    there are none."""
    total = weight = 0
    for text, confidences in lines:
        for word, sure in zip(text.split(" "), confidences, strict=False):
            total += sure * len(word)
            weight += len(word)
    return round(total / weight, 1) if weight else None


def part(whole: Quad, start: float, end: float) -> Quad:
    """The piece of a quad between two points of its length (0 to 1)."""
    top_x, top_y = whole.ur_x - whole.ul_x, whole.ur_y - whole.ul_y
    low_x, low_y = whole.lr_x - whole.ll_x, whole.lr_y - whole.ll_y
    return Quad(
        whole.ul_x + top_x * start, whole.ul_y + top_y * start,
        whole.ul_x + top_x * end, whole.ul_y + top_y * end,
        whole.ll_x + low_x * start, whole.ll_y + low_y * start,
        whole.ll_x + low_x * end, whole.ll_y + low_y * end,
    )  # fmt: skip
