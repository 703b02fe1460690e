"""Marks in another place: drawn longer or shorter, moved, made larger or smaller.

The words under a mark are captured anew; a quote made from it keeps its own capture.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from casefile.domain.annotations import Annotation, AnnotationKind, Stroke
from casefile.domain.changes import Change
from casefile.domain.errors import UserError
from casefile.domain.geometry import Box, Quad, bounds
from casefile.services.annotating import ink_quads, log
from casefile.services.marked_words import captured
from casefile.services.merging import Merger
from casefile.store import annotations as marks
from casefile.store import documents
from casefile.store.ids import now

if TYPE_CHECKING:
    from casefile.services.case import Case
    from casefile.store.transaction import Transaction

#: Kinds whose text is what stands under them. A note keeps the words it was made about.
_CAPTURES = frozenset(AnnotationKind) - {
    AnnotationKind.NOTE, AnnotationKind.INK, AnnotationKind.BOOKMARK
}  # fmt: skip


def reshape(case: Case, annotation_id: str, quads: Sequence[Quad]) -> Change:
    """Give a mark other quads on its page: the ends of a highlight, the corners of a box; a
    drawing is stretched to fill them. A highlight, underline or strike-out takes in what it comes
    to touch of its kind and colour. Raises ``UserError``: ``annotation.not_found``,
    ``annotation.empty``."""
    old = marks.get(case.reader(), annotation_id)
    if not quads:
        raise UserError("annotation.empty")
    strokes = old.strokes
    if strokes and old.quads:
        strokes = _stretched(strokes, bounds(old.quads), bounds(quads))
    return _put(case, [replace(old, quads=tuple(quads), strokes=strokes)], "annotation.reshape")


def redraw(case: Case, annotation_id: str, strokes: Sequence[Stroke]) -> Change:
    """Give a drawing other strokes. Raises as ``reshape``, and ``UserError("annotation.kind")``
    for a mark that is no drawing."""
    old = marks.get(case.reader(), annotation_id)
    if old.kind is not AnnotationKind.INK:
        raise UserError("annotation.kind", kind=str(AnnotationKind.INK))
    quads = ink_quads(strokes)
    if not quads:
        raise UserError("annotation.empty")
    return _put(case, [replace(old, quads=quads, strokes=tuple(strokes))], "annotation.reshape")


def move(case: Case, ids: Iterable[str], right: float, down: float) -> Change:
    """Shift marks on their pages by so many points, as far as the page goes; those without a place
    stay. Raises ``UserError``: ``annotation.not_found``, ``annotation.empty`` (none has a
    place)."""
    moved = []
    for mark_id in ids:
        old = marks.get(case.reader(), mark_id)
        if old.quads:
            moved.append(_shifted(old, *_within(case, old, right, down)))
    if not moved:
        raise UserError("annotation.empty")
    return _put(case, moved, "annotation.move")


def _put(case: Case, wanted: Sequence[Annotation], what: str) -> Change:
    """Write the new places of marks, with the words that stand there."""
    places: dict[str, Annotation] = {}
    for mark in wanted:
        if mark.kind in _CAPTURES:
            words = captured(case, mark.document_id, mark.page, mark.quads)
            mark = replace(mark, text=words.text, prefix=words.prefix, suffix=words.suffix)  # noqa: PLW2901
        places[mark.id] = mark
    mergers = {mark.id: _merger(case, mark) for mark in places.values()}

    def work(tx: Transaction) -> None:
        for mark_id, mark in places.items():
            old = marks.get(tx, mark_id)
            new = replace(
                old, quads=mark.quads, strokes=mark.strokes, text=mark.text, prefix=mark.prefix,
                suffix=mark.suffix, modified_at=now(),
            )  # fmt: skip
            marks.update(tx, new)
            if old.deleted_at is None:
                mergers[mark_id].taken_in(tx, new)
        log(case, tx, "mark.moved", {"annotations": list(places)})

    return case.store.edit(what, work)


def _merger(case: Case, mark: Annotation) -> Merger:
    return Merger(case, mark.document_id, mark.kind, mark.colour, [mark])


def _within(case: Case, mark: Annotation, right: float, down: float) -> tuple[float, float]:
    """As much of a shift as keeps the mark on its page."""
    pages = documents.pages(
        case.reader(), mark.document_id, first=mark.page, last=mark.page, text=False
    )
    box = bounds(mark.quads)
    for page in pages:
        right = min(max(right, -max(box.x0, 0.0)), max(page.width - box.x1, 0.0))
        down = min(max(down, -max(box.y0, 0.0)), max(page.height - box.y1, 0.0))
    return right, down


def _shifted(mark: Annotation, right: float, down: float) -> Annotation:
    return replace(
        mark,
        quads=tuple(
            Quad.of([n + (down if at % 2 else right) for at, n in enumerate(quad.numbers())])
            for quad in mark.quads
        ),
        strokes=tuple(tuple((x + right, y + down) for x, y in stroke) for stroke in mark.strokes),
    )


def _stretched(strokes: Sequence[Stroke], old: Box, new: Box) -> tuple[Stroke, ...]:
    wide = new.width / old.width if old.width else 1.0
    high = new.height / old.height if old.height else 1.0
    return tuple(
        tuple((new.x0 + (x - old.x0) * wide, new.y0 + (y - old.y0) * high) for x, y in stroke)
        for stroke in strokes
    )
