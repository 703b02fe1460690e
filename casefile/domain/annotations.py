"""Marks on a page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from casefile.domain.geometry import Quad


class AnnotationKind(StrEnum):
    HIGHLIGHT = "highlight"
    UNDERLINE = "underline"
    STRIKEOUT = "strikeout"
    NOTE = "note"
    BOX = "box"
    INK = "ink"
    REDACTION = "redaction"
    WITHHOLDING = "withholding"
    REGION = "region"
    BOOKMARK = "bookmark"


class Extent(StrEnum):
    """How much an agency kept back in one place."""

    AREA = "area"
    PAGE = "page"
    RANGE = "range"
    """Pages that were counted and never delivered."""
    ANSWER = "answer"
    """The whole answer: neither confirmed nor denied, nothing found, and the like."""


#: One stroke of a pen: points as (x, y), in the page's shown space.
Stroke = tuple[tuple[float, float], ...]


#: The six highlight colours, in the order of keys 1 to 6.
COLOURS: dict[str, str] = {
    "yellow": "#FAE96A",
    "orange": "#ECC1AA",
    "pink": "#FE8BB7",
    "violet": "#BBA9F6",
    "blue": "#B3CFE4",
    "green": "#6CC560",
}
#: Lines (underline, strike-out, the frame of a box) need more ink than a fill: at least 4.5:1 on
#: paper, in the same hue as the fill.
INKS: dict[str, str] = {
    "yellow": "#7A6400",
    "orange": "#A44D1C",
    "pink": "#B81659",
    "violet": "#5B3FC4",
    "blue": "#1D5F8F",
    "green": "#24731D",
}


@dataclass(frozen=True, slots=True)
class Annotation:
    """A mark. ``text`` is what stands under it, word for word; ``prefix`` and ``suffix`` are up to
    32 characters before and after it, so that the place can be found again in another release.

    A bookmark may have no quads (the whole page). ``strokes`` belong to ink, whose quads are the
    box around them. The rest belongs to withholdings: ``codes`` of the list ``vocabulary`` (an id
    of ``resources/laws/exemptions.toml``), and for a range ``missing_count`` pages, as far as known
    from ``missing_first`` to ``missing_last`` (Bates numbers or labels); a range stands on the page
    before the gap. ``adopted_key`` names the mark of the file that it was adopted from."""

    id: str
    document_id: str
    page: int
    kind: AnnotationKind
    colour: str
    text: str
    comment: str
    quads: tuple[Quad, ...]
    prefix: str
    suffix: str
    codes: tuple[str, ...]
    created_at: str
    modified_at: str
    deleted_at: str | None
    strokes: tuple[Stroke, ...] = ()
    extent: Extent | None = None
    missing_count: int | None = None
    missing_first: str = ""
    missing_last: str = ""
    vocabulary: str = ""
    adopted_key: str | None = None

    @property
    def pages_withheld(self) -> int | None:
        """How many whole pages a withholding takes: 0 for an area or an answer, None for a range
        that nobody counted."""
        if self.extent is Extent.RANGE:
            return self.missing_count
        return 1 if self.extent is Extent.PAGE else 0


@dataclass(frozen=True, slots=True)
class Withheld:
    """What a withholding has that other marks have not; see ``Annotation``."""

    extent: Extent = Extent.AREA
    missing_count: int | None = None
    missing_first: str = ""
    missing_last: str = ""
    vocabulary: str = ""

    def on(self, mark: Annotation) -> Annotation:
        """The mark with these values."""
        return replace(
            mark,
            extent=self.extent,
            missing_count=self.missing_count,
            missing_first=self.missing_first,
            missing_last=self.missing_last,
            vocabulary=self.vocabulary,
        )
