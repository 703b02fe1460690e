"""Marks on pages: made by a selection, by words found on the page, or by a box."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from casefile.domain.annotations import COLOURS, Annotation, AnnotationKind
from casefile.domain.changes import Change
from casefile.domain.errors import UserError
from casefile.domain.geometry import Box, Quad
from casefile.services.running_text import Captured, capture
from casefile.store import annotations as marks
from casefile.store import custody, documents, trash
from casefile.store.ids import new_id, now

if TYPE_CHECKING:
    from casefile.services.case import Case
    from casefile.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class MarkPart:
    """The share of one page in a mark; a selection over three pages has three."""

    page: int
    quads: tuple[Quad, ...]
    text: str = ""
    prefix: str = ""
    suffix: str = ""


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
) -> Change:
    """Mark a page; the new id is ``change.ids("annotation")[0]``. Raises ``UserError``:
    ``document.not_found``, ``page.not_found``, ``annotation.colour``, ``annotation.empty`` (a mark
    other than a note without a place)."""
    part = MarkPart(page, tuple(quads), text, prefix, suffix)
    return add_many(case, document_id, kind, [part], colour=colour, comment=comment, codes=codes)


def add_many(
    case: Case,
    document_id: str,
    kind: AnnotationKind,
    parts: Sequence[MarkPart],
    *,
    colour: str = "yellow",
    comment: str = "",
    codes: Iterable[str] = (),
) -> Change:
    """One mark for each part, as one edit; a comment stands with the first. Raises as ``add``."""
    _check_colour(colour)
    cited = tuple(codes)
    if not parts or (kind != AnnotationKind.NOTE and not all(part.quads for part in parts)):
        raise UserError("annotation.empty")

    def work(tx: Transaction) -> None:
        pages = documents.get(tx, document_id).pages
        made: list[dict[str, object]] = []
        for number, part in enumerate(parts):
            if not 1 <= part.page <= pages:
                raise UserError("page.not_found", page=part.page, pages=pages)
            at, mark_id = now(), new_id()
            made.append({"annotation": mark_id, "page": part.page})
            marks.insert(tx, Annotation(
                mark_id, document_id, part.page, kind, colour, part.text,
                comment if number == 0 else "", part.quads, part.prefix, part.suffix,
                cited, at, at, None,
            ))  # fmt: skip
        log(case, tx, "marked", {"document": document_id, "kind": str(kind), "marks": made})

    return case.store.edit(f"{kind}.add", work)


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
) -> Change:
    """Mark every place on the page where ``needle`` stands, or the ``nth`` (from 1) of them.
    Raises as ``add``, and ``UserError("find.nothing")``."""
    places = found_places(case, document_id, page, needle, nth)
    parts = [MarkPart(page, quads, c.text, c.prefix, c.suffix) for quads, c in places]
    return add_many(case, document_id, kind, parts, colour=colour, comment=comment, codes=codes)


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
) -> Change:
    """Mark an area with whatever text stands in it. Raises as ``add``."""
    check_page(case, document_id, page)
    quad = box.quad()
    words = capture(case.session(document_id).text(page), (quad,))
    return add(
        case, document_id, page, kind, quads=(quad,), text=words.text, prefix=words.prefix,
        suffix=words.suffix, colour=colour, comment=comment, codes=codes,
    )  # fmt: skip


def edit(
    case: Case,
    annotation_id: str,
    *,
    colour: str | None = None,
    comment: str | None = None,
    codes: Iterable[str] | None = None,
    kind: AnnotationKind | None = None,
) -> Change:
    """Change what is given of a mark. Raises ``UserError``: ``annotation.not_found``,
    ``annotation.colour``."""
    if colour is not None:
        _check_colour(colour)
    cited = None if codes is None else tuple(codes)

    def work(tx: Transaction) -> None:
        old = marks.get(tx, annotation_id)
        marks.update(tx, replace(
            old,
            colour=old.colour if colour is None else colour,
            comment=old.comment if comment is None else comment,
            codes=old.codes if cited is None else cited,
            kind=old.kind if kind is None else kind,
            modified_at=now(),
        ))  # fmt: skip
        log(case, tx, "mark.changed", {"annotation": annotation_id})

    return case.store.edit("annotation.edit", work)


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


def get(case: Case, annotation_id: str) -> Annotation:
    """In the trash or not. Raises ``UserError("annotation.not_found")``."""
    return marks.get(case.reader(), annotation_id)


def found_places(
    case: Case, document_id: str, page: int, needle: str, nth: int | None = None
) -> list[tuple[tuple[Quad, ...], Captured]]:
    """Where ``needle`` stands on a page, with the words captured there; only the ``nth`` (from 1)
    if given. Raises ``UserError("find.nothing" | "find.nth" | "page.not_found")``."""
    check_page(case, document_id, page)
    session = case.session(document_id)
    places = session.find(page, needle) if needle.strip() else []
    if not places:
        raise UserError("find.nothing", text=needle, page=page)
    if nth is not None:
        if not 1 <= nth <= len(places):
            raise UserError("find.nth", text=needle, page=page, nth=nth, found=len(places))
        places = [places[nth - 1]]
    text = session.text(page)
    return [(tuple(quads), capture(text, quads)) for quads in places]


def check_page(case: Case, document_id: str, page: int) -> None:
    """Raise ``UserError("document.not_found" | "page.not_found")`` if there is no such page."""
    pages = documents.get(case.reader(), document_id).pages
    if not 1 <= page <= pages:
        raise UserError("page.not_found", page=page, pages=pages)


def _check_colour(colour: str) -> None:
    if colour not in COLOURS:
        raise UserError("annotation.colour", colour=colour, colours=", ".join(COLOURS))


def log(case: Case, tx: Transaction, event: str, detail: dict[str, object]) -> None:
    """Note in the custody log what happens to marks, within the same transaction."""
    custody.append(tx, case.store.custody_key, event, detail)
