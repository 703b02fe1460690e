"""Marks on their way into a copy: what the worker writes for each kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from casefile.domain.annotations import COLOURS, INKS, Annotation, AnnotationKind, Extent
from casefile.services.mark_words import withheld_label

if TYPE_CHECKING:
    from casefile.pdf.values import MarkToWrite

#: Kinds that are lines and frames: they need more ink than a fill.
_LINES = frozenset({
    AnnotationKind.UNDERLINE, AnnotationKind.STRIKEOUT, AnnotationKind.BOX, AnnotationKind.INK,
    AnnotationKind.REGION, AnnotationKind.WITHHOLDING,
})  # fmt: skip
#: A bookmark's title is no longer than this.
_TITLE = 120


def to_write(
    mark: Annotation, author: str, tags: Sequence[str] = (), page_name: str = ""
) -> MarkToWrite:
    """A mark as the worker writes it into a copy. The exemption codes go before the comment;
    ``page_name`` is the title of a bookmark that has no words."""
    from casefile.pdf.values import MarkToWrite

    inks = INKS if mark.kind in _LINES else COLOURS
    written = MarkToWrite(
        mark.page,
        mark.kind.value,
        inks.get(mark.colour, inks["yellow"]),
        mark.quads,
        _comment(mark),
        author,
        mark.modified_at if author else "",
        mark.strokes,
        subject=", ".join(tags),
        adopted=mark.adopted_key or "",
    )
    if mark.kind is AnnotationKind.WITHHOLDING:
        return _withholding(mark, written)
    if mark.kind is AnnotationKind.BOOKMARK:
        title = " ".join((mark.comment or mark.text).split())
        return replace(written, comment=title[:_TITLE] or page_name)
    return written


def is_in_the_file(mark: Annotation, tags: Sequence[str] = ()) -> bool:
    """Whether the copy shows this mark already: it came with the file, was adopted, and nothing was
    changed on it since."""
    return mark.adopted_key is not None and mark.modified_at == mark.created_at and not tags


def _withholding(mark: Annotation, written: MarkToWrite) -> MarkToWrite:
    """A frame with its codes, around the page where all of it was kept back; a note at the foot of
    the page after which pages are missing."""
    label = withheld_label(mark)
    if mark.extent is Extent.RANGE:
        comment = ". ".join(part for part in (label, mark.comment) if part)
        return replace(written, kind="gap", quads=(), comment=comment)
    quads = mark.quads if mark.extent in (None, Extent.AREA) else ()
    return replace(written, quads=quads, label=label)


def _comment(mark: Annotation) -> str:
    codes = f"[{', '.join(mark.codes)}]" if mark.codes else ""
    return " ".join(part for part in (codes, mark.comment) if part)
