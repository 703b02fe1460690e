"""Marks on a page."""

from __future__ import annotations

from dataclasses import dataclass
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


#: The six highlight colours, in the order of keys 1 to 6.
COLOURS: dict[str, str] = {
    "yellow": "#FAE96A",
    "orange": "#ECC1AA",
    "pink": "#FE8BB7",
    "violet": "#BBA9F6",
    "blue": "#B3CFE4",
    "green": "#6CC560",
}


@dataclass(frozen=True, slots=True)
class Annotation:
    """A mark. ``text`` is what stands under it, word for word; ``prefix`` and ``suffix`` are up to
    32 characters before and after it, so that the place can be found again in another release."""

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
