"""Marks on pages: made by a selection, by words found on the page, by a box, by a pen.

What is done to marks that are there already: ``changing_marks``; withholdings: ``withholding``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from casefile.domain.annotations import COLOURS, Annotation, AnnotationKind, Stroke, Withheld
from casefile.domain.changes import Change
from casefile.domain.errors import UserError
from casefile.domain.geometry import Box, Quad
from casefile.services import exemptions
from casefile.services.marked_words import captured, check_page, found_places
from casefile.services.merging import Merger
from casefile.services.tags import tag_names
from casefile.store import annotations as marks
from casefile.store import custody, documents, trash
from casefile.store import tags as tag_rows
from casefile.store.ids import new_id, now

if TYPE_CHECKING:
    from casefile.services.case import Case
    from casefile.store.transaction import Transaction


#: Kinds that need no place on the page: they stand for the page, or for more than one.
_PLACELESS = frozenset({AnnotationKind.NOTE, AnnotationKind.BOOKMARK, AnnotationKind.WITHHOLDING})


@dataclass(frozen=True, slots=True)
class MarkPart:
    """The share of one page in a mark; a selection over three pages has three. ``strokes`` are
    for ink, whose quads are then the box around them."""

    page: int
    quads: tuple[Quad, ...]
    text: str = ""
    prefix: str = ""
    suffix: str = ""
    strokes: tuple[Stroke, ...] = ()


def add(
    case: Case,
    document_id: str,
    page: int,
    kind: AnnotationKind,
    *,
    quads: Sequence[Quad],
    text: str = "",
    prefix: str = "",
    suffix: str = "",
    colour: str = "yellow",
    comment: str = "",
    codes: Iterable[str] = (),
    tags: Iterable[str] = (),
) -> Change:
    """Mark a page; the mark's id is ``change.ids("annotation")[0]``. Raises ``UserError``:
    ``document.not_found``, ``page.not_found``, ``annotation.colour``, ``annotation.empty`` (a mark
    without a place, where its kind needs one)."""
    part = MarkPart(page, tuple(quads), text, prefix, suffix)
    return add_many(
        case, document_id, kind, [part], colour=colour, comment=comment, codes=codes, tags=tags
    )


def add_many(
    case: Case,
    document_id: str,
    kind: AnnotationKind,
    parts: Sequence[MarkPart],
    *,
    colour: str = "yellow",
    comment: str = "",
    codes: Iterable[str] = (),
    tags: Iterable[str] = (),
    withheld: Withheld | None = None,
    merge: bool = True,
) -> Change:
    """One mark for each part, as one edit; a comment stands with the first, tags with all.

    A highlight, underline or strike-out that overlaps one of the same kind and colour, or meets it
    without a gap, becomes one mark with it (``merge``): then the older mark is the one that
    ``change.ids("annotation")`` names, and the edit is called ``annotation.extend``. ``withheld``
    belongs to withholdings. Raises as ``add``, and ``UserError("tag.empty")``."""
    check_colour(colour)
    cited, named = tuple(codes), tag_names(tags)
    if not parts or not all(part.quads or kind in _PLACELESS for part in parts):
        raise UserError("annotation.empty")
    merger = Merger(case, document_id, kind, colour, parts) if merge else None
    merged = False

    def work(tx: Transaction) -> None:
        nonlocal merged
        pages = documents.get(tx, document_id).pages
        made: list[dict[str, object]] = []
        for number, part in enumerate(parts):
            if not 1 <= part.page <= pages:
                raise UserError("page.not_found", page=part.page, pages=pages)
            at = now()
            mark = Annotation(
                new_id(), document_id, part.page, kind, colour, part.text,
                comment if number == 0 else "", part.quads, part.prefix, part.suffix,
                cited, at, at, None, strokes=part.strokes,
            )  # fmt: skip
            mark = mark if withheld is None else withheld.on(mark)
            older = merger.merged(tx, mark) if merger is not None else None
            if older is None:
                marks.insert(tx, mark)
            else:
                mark, merged = older, True
            made.append({"annotation": mark.id, "page": part.page})
        for name in named:
            tag_rows.add(tx, name, "annotation", [str(each["annotation"]) for each in made])
        log(case, tx, "marked", {"document": document_id, "kind": str(kind), "marks": made})

    change = case.store.edit(f"{kind}.add", work)
    return replace(change, what="annotation.extend") if merged else change


def find_and_mark(
    case: Case,
    document_id: str,
    page: int,
    needle: str,
    *,
    kind: AnnotationKind = AnnotationKind.HIGHLIGHT,
    nth: int | None = None,
    colour: str = "yellow",
    comment: str = "",
    codes: Iterable[str] = (),
    tags: Iterable[str] = (),
) -> Change:
    """Mark every place on the page where ``needle`` stands, or the ``nth`` (from 1) of them.
    Raises as ``add``, and ``UserError("find.nothing")``."""
    parts = found_parts(case, document_id, page, needle, nth)
    return add_many(
        case, document_id, kind, parts, colour=colour, comment=comment, codes=codes, tags=tags
    )


def found_parts(
    case: Case, document_id: str, page: int, needle: str, nth: int | None = None
) -> list[MarkPart]:
    """The places of a page where ``needle`` stands, or the ``nth`` (from 1) of them, to be marked.
    Raises ``UserError("find.nothing" | "find.nth" | "page.not_found" | "document.not_found")``."""
    places = found_places(case, document_id, page, needle, nth)
    return [MarkPart(page, quads, c.text, c.prefix, c.suffix) for quads, c in places]


def mark_box(
    case: Case,
    document_id: str,
    page: int,
    box: Box,
    *,
    kind: AnnotationKind = AnnotationKind.BOX,
    colour: str = "yellow",
    comment: str = "",
    codes: Iterable[str] = (),
    tags: Iterable[str] = (),
) -> Change:
    """Mark an area (a box, a region, a redaction mark ...) with whatever text stands in it. Raises
    as ``add``."""
    return add_many(
        case, document_id, kind, [boxed(case, document_id, page, box)],
        colour=colour, comment=comment, codes=codes, tags=tags,
    )  # fmt: skip


def boxed(case: Case, document_id: str, page: int, box: Box) -> MarkPart:
    """An area of a page with the words in it. Raises ``UserError("document.not_found" |
    "page.not_found")``."""
    check_page(case, document_id, page)
    words = captured(case, document_id, page, (box.quad(),))
    return MarkPart(page, (box.quad(),), words.text, words.prefix, words.suffix)


def draw(
    case: Case,
    document_id: str,
    page: int,
    strokes: Sequence[Stroke],
    *,
    colour: str = "yellow",
    comment: str = "",
    tags: Iterable[str] = (),
) -> Change:
    """Draw on a page with a pen. Raises as ``add``."""
    part = MarkPart(page, ink_quads(strokes), strokes=tuple(strokes))
    return add_many(
        case, document_id, AnnotationKind.INK, [part], colour=colour, comment=comment, tags=tags
    )


def bookmark(
    case: Case,
    document_id: str,
    page: int,
    *,
    colour: str = "yellow",
    comment: str = "",
    tags: Iterable[str] = (),
) -> Change:
    """Bookmark a whole page. Raises as ``add``."""
    return add_many(
        case, document_id, AnnotationKind.BOOKMARK, [MarkPart(page, ())],
        colour=colour, comment=comment, tags=tags,
    )  # fmt: skip


def toggle_bookmark(case: Case, document_id: str, page: int, *, colour: str = "yellow") -> Change:
    """Bookmark a page, or take its bookmarks away; ``change.what`` tells which: ``bookmark.add`` or
    ``annotation.delete``. Raises as ``add``."""
    there = [
        mark.id
        for mark in marks.listing(case.reader(), document_id, page=page)
        if mark.kind is AnnotationKind.BOOKMARK
    ]
    if there:
        return delete(case, there)
    return bookmark(case, document_id, page, colour=colour)


def edit(
    case: Case,
    annotation_id: str,
    *,
    colour: str | None = None,
    comment: str | None = None,
    codes: Iterable[str] | None = None,
    kind: AnnotationKind | None = None,
    tags: Iterable[str] | None = None,
) -> Change:
    """Change what is given of a mark. Raises as ``edit_many``."""
    return edit_many(
        case, [annotation_id], colour=colour, comment=comment, codes=codes, kind=kind, tags=tags
    )


def edit_many(
    case: Case,
    ids: Iterable[str],
    *,
    colour: str | None = None,
    comment: str | None = None,
    codes: Iterable[str] | None = None,
    kind: AnnotationKind | None = None,
    tags: Iterable[str] | None = None,
    add_tags: Iterable[str] = (),
    remove_tags: Iterable[str] = (),
) -> Change:
    """Change what is given, of all these marks, as one edit; ``tags`` are then the ones each
    carries, ``add_tags`` and ``remove_tags`` come and go beside others; codes of a withholding may
    be spelt in any way. Raises ``UserError``: ``annotation.not_found``, ``annotation.colour``,
    ``annotation.kind`` (what has no place on the page cannot become a mark that needs one, and only
    a drawing is ink), ``tag.empty``."""
    if colour is not None:
        check_colour(colour)
    wanted = list(ids)
    cited = None if codes is None else tuple(codes)
    named = None if tags is None else tag_names(tags)
    coming, going = tag_names(add_tags), tag_names(remove_tags)

    def work(tx: Transaction) -> None:
        for mark_id in wanted:
            old = marks.get(tx, mark_id)
            marks.update(tx, replace(
                _of_kind(old, kind or old.kind),
                colour=old.colour if colour is None else colour,
                comment=old.comment if comment is None else comment,
                codes=old.codes if cited is None else _spelt(old, cited),
                modified_at=now(),
            ))  # fmt: skip
        if named is not None:
            tag_rows.replace(tx, named, "annotation", wanted)
        for name in going:
            tag_rows.remove(tx, name, "annotation", wanted)
        for name in coming:
            tag_rows.add(tx, name, "annotation", wanted)
        log(case, tx, "mark.changed", {"annotations": wanted})

    return case.store.edit("annotation.edit", work)


def _spelt(mark: Annotation, codes: tuple[str, ...]) -> tuple[str, ...]:
    if mark.kind is AnnotationKind.WITHHOLDING:
        return exemptions.normalised(codes, mark.vocabulary)
    return codes


def _of_kind(mark: Annotation, kind: AnnotationKind) -> Annotation:
    """The mark as another kind; what only a withholding has goes and comes with that kind."""
    if kind is mark.kind:
        return mark
    ink = AnnotationKind.INK in (kind, mark.kind)
    if ink or not (mark.quads or kind in _PLACELESS):
        raise UserError("annotation.kind", kind=str(kind))
    if kind is AnnotationKind.WITHHOLDING:
        return Withheld().on(replace(mark, kind=kind))
    return replace(mark, kind=kind, extent=None, missing_count=None, missing_first="",
                   missing_last="", vocabulary="")  # fmt: skip


def delete(case: Case, ids: Iterable[str]) -> Change:
    """Move marks to the trash; quotes made from them stay."""
    wanted = list(ids)

    def work(tx: Transaction) -> None:
        trash.delete(tx, "annotation", wanted, now())
        log(case, tx, "mark.deleted", {"annotations": wanted})

    return case.store.edit("annotation.delete", work)


def listing(case: Case, document_id: str | None = None) -> list[Annotation]:
    """Marks outside the trash, of one document or of all, in reading order."""
    return marks.listing(case.reader(), document_id)


def touched(change: Change, document_id: str) -> dict[str, Annotation | None]:
    """The marks of a document that an edit made or altered, by their ids; None for those that it
    took away. What is shown need not be read again because of one mark among thousands."""
    found: dict[str, Annotation | None] = {}
    for row in change.rows:
        here = row.after or row.before or {}
        if row.table == "annotation" and here.get("document_id") == document_id:
            mark = marks.annotation_from(row.after) if row.after is not None else None
            found[row.id] = None if mark is None or mark.deleted_at is not None else mark
    return found


def get(case: Case, annotation_id: str) -> Annotation:
    """In the trash or not. Raises ``UserError("annotation.not_found")``."""
    return marks.get(case.reader(), annotation_id)


def ink_quads(strokes: Iterable[Stroke]) -> tuple[Quad, ...]:
    """The box around strokes of a pen, as the quads of an ink mark; none without a point."""
    points = [point for stroke in strokes for point in stroke]
    if not points:
        return ()
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return (Box(min(xs), min(ys), max(xs), max(ys)).quad(),)


def check_colour(colour: str) -> None:
    """Raise ``UserError("annotation.colour")`` unless it is one of the six."""
    if colour not in COLOURS:
        raise UserError("annotation.colour", colour=colour, colours=", ".join(COLOURS))


def log(case: Case, tx: Transaction, event: str, detail: dict[str, object]) -> None:
    """Note in the custody log what happens to marks, within the same transaction."""
    custody.append(tx, case.store.custody_key, event, detail)
