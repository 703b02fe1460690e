"""Marks that other programs left in the file, as rows among the case's own: seen, never edited,
until they are adopted."""

from __future__ import annotations

from casefile.domain.annotations import Annotation
from casefile.services.file_marks import ForeignMark

_PREFIX = "file:"


def as_mark(foreign: ForeignMark, document_id: str) -> Annotation:
    """A mark of the file in the shape of a mark; its id is no mark's of the case."""
    return Annotation(
        f"{_PREFIX}{foreign.key}", document_id, foreign.page, foreign.kind, foreign.colour, "",
        foreign.comment, foreign.quads, "", "", (), "", "", None, strokes=foreign.strokes,
        adopted_key=foreign.key,
    )  # fmt: skip


def is_from_file(mark: Annotation) -> bool:
    return mark.id.startswith(_PREFIX)
