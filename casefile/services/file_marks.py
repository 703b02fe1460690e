"""Marks that other programs left in a file: shown as the file's, and adopted into the case.

The file is never changed. An adopted mark is the case's own from then on; the file's stays where it
is and is not listed again while the adopted one is outside the trash.
"""

from __future__ import annotations

import colorsys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from casefile.domain.annotations import Annotation, AnnotationKind, Stroke
from casefile.domain.changes import Change
from casefile.domain.errors import UserError
from casefile.domain.geometry import Quad
from casefile.pdf.values import WorkerFailed
from casefile.services.annotating import log
from casefile.services.marked_words import captured, check_page
from casefile.store import annotations as marks
from casefile.store import documents
from casefile.store.ids import new_id, now

if TYPE_CHECKING:
    from casefile.pdf.session import DocumentSession
    from casefile.pdf.values import FileMark
    from casefile.services.case import Case
    from casefile.store.transaction import Transaction

#: PDF's kinds (ISO 32000-2, table 171) as ours. What is not named becomes a note.
_KINDS = {
    "Highlight": AnnotationKind.HIGHLIGHT,
    "Underline": AnnotationKind.UNDERLINE,
    "Squiggly": AnnotationKind.UNDERLINE,
    "StrikeOut": AnnotationKind.STRIKEOUT,
    "Square": AnnotationKind.BOX,
    "Circle": AnnotationKind.BOX,
    "Ink": AnnotationKind.INK,
    "Line": AnnotationKind.INK,
    "PolyLine": AnnotationKind.INK,
    "Polygon": AnnotationKind.INK,
    "Redact": AnnotationKind.REDACTION,
}
_ON_WORDS = frozenset({
    AnnotationKind.HIGHLIGHT, AnnotationKind.UNDERLINE, AnnotationKind.STRIKEOUT,
    AnnotationKind.BOX, AnnotationKind.REDACTION,
})  # fmt: skip
#: Where each of the six colours begins on the circle of hues, in degrees.
_HUES = (
    (15, "orange"), (45, "yellow"), (70, "green"), (165, "blue"), (247, "violet"), (300, "pink"),
)  # fmt: skip
#: How many pages are asked of the worker at once: drawing does not wait long behind them.
_SLICE = 50

#: Which pages carry marks of the file; numbers only, so nothing of the case outlives it.
_pages: WeakKeyDictionary[DocumentSession, tuple[int, ...]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class ForeignMark:
    """A mark of the file that is not adopted. ``kind`` and ``colour`` are what it would become,
    ``pdf_kind`` and ``file_colour`` (``#RRGGBB`` or empty) what the file says; ``comment`` is its
    text with its author and day."""

    key: str
    page: int
    kind: AnnotationKind
    colour: str
    quads: tuple[Quad, ...]
    strokes: tuple[Stroke, ...]
    comment: str
    author: str
    pdf_kind: str
    file_colour: str


def on_page(case: Case, document_id: str, page: int) -> list[ForeignMark]:
    """The file's own marks on a page, without those adopted. Raises ``UserError``:
    ``document.not_found``, ``page.not_found``; as ``Case.session``; and ``WorkerFailed``."""
    check_page(case, document_id, page)
    adopted = marks.adopted_keys(case.reader(), document_id)
    found = map(_foreign, case.session(document_id).file_marks(page))
    return [mark for mark in found if mark.key not in adopted]


def listing(case: Case, document_id: str) -> list[ForeignMark]:
    """The file's own marks on all pages, without those adopted; a page that cannot be read is
    passed over. Takes a moment for a long document. Raises ``UserError("document.not_found")`` and
    as ``Case.session``."""
    adopted = marks.adopted_keys(case.reader(), document_id)
    session = case.session(document_id)
    found: list[ForeignMark] = []
    for page in _pages_with_marks(session, documents.get(case.reader(), document_id).pages):
        try:
            found += map(_foreign, session.file_marks(page))
        except WorkerFailed:
            continue
    return [mark for mark in found if mark.key not in adopted]


def adopt(case: Case, document_id: str, keys: Iterable[str] | None = None) -> Change:
    """Make marks of the file the case's own (all of them without ``keys``), as one edit, with the
    words under them captured. Raises ``UserError("annotation.nothing_to_adopt")`` where none of
    them is there, and as ``listing``."""
    wanted = None if keys is None else set(keys)
    chosen = {
        mark.key: mark
        for mark in listing(case, document_id)
        if wanted is None or mark.key in wanted
    }
    if not chosen:
        raise UserError("annotation.nothing_to_adopt")
    ours = [_adopted(case, document_id, mark) for mark in chosen.values()]

    def work(tx: Transaction) -> None:
        for mark in ours:
            marks.insert(tx, mark)
        detail = [{"annotation": mark.id, "page": mark.page} for mark in ours]
        log(case, tx, "marks.adopted", {"document": document_id, "marks": detail})

    return case.store.edit("annotation.adopt", work)


def nearest_colour(colour: str) -> str:
    """The one of the six colours that ``#RRGGBB`` is seen as; yellow for greys and for none."""
    try:
        red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    except ValueError:
        return "yellow"
    hue, saturation, value = colorsys.rgb_to_hsv(red, green, blue)
    if saturation < 0.1 or value < 0.1:
        return "yellow"
    name = "pink"  # the circle's seam lies among the reds
    for begins, following in _HUES:
        if hue * 360 >= begins:
            name = following
    return name


def _foreign(mark: FileMark) -> ForeignMark:
    kind = _KINDS.get(mark.kind, AnnotationKind.NOTE)
    if kind is AnnotationKind.INK and not mark.strokes:
        kind = AnnotationKind.BOX
    return ForeignMark(
        mark.key,
        mark.page,
        kind,
        nearest_colour(mark.colour),
        mark.quads,
        mark.strokes if kind is AnnotationKind.INK else (),
        _comment(mark),
        mark.author,
        mark.kind,
        mark.colour,
    )


def _comment(mark: FileMark) -> str:
    by = ", ".join(part for part in (mark.author.strip(), mark.date[:10]) if part)
    signed = f"— {by}" if mark.author.strip() else ""
    return "\n".join(part for part in (mark.text.strip(), signed) if part)


def _adopted(case: Case, document_id: str, mark: ForeignMark) -> Annotation:
    text, prefix, suffix = "", "", ""
    if mark.kind in _ON_WORDS:
        words = captured(case, document_id, mark.page, mark.quads)
        text, prefix, suffix = words.text, words.prefix, words.suffix
    at = now()
    return Annotation(
        new_id(), document_id, mark.page, mark.kind, mark.colour, text, mark.comment, mark.quads,
        prefix, suffix, (), at, at, None, strokes=mark.strokes, adopted_key=mark.key,
    )  # fmt: skip


def _pages_with_marks(session: DocumentSession, pages: int) -> tuple[int, ...]:
    found = _pages.get(session)
    if found is None:
        found = tuple(
            facts.number
            for first in range(1, pages + 1, _SLICE)
            for facts in session.pages(first, min(pages, first + _SLICE - 1))
            if facts.has_file_annotations
        )
        _pages[session] = found
    return found
