"""What may go onto paper, and the note of what went.

Paper leaves the case like a bundle for an editor, so the same rules hold: a document that a
confidential source gave is not printed, nor a mark made for words that are off the record, under
embargo or not for use; comments and quotes stay in the case; what is marked for redaction comes out
black, with or without the other marks. There is no printing to a file: that would be a copy in the
clear that no leak check has seen; a bundle is made for that.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from casefile.domain.annotations import Annotation, AnnotationKind
from casefile.domain.errors import UserError
from casefile.domain.geometry import Box
from casefile.domain.page_ranges import written
from casefile.services.leaving import door
from casefile.services.leaving.choosing import choose
from casefile.services.leaving.contents import Recipient

if TYPE_CHECKING:
    from casefile.services.case import Case

#: How printers are called that make a file (or send one) instead of a sheet of paper.
_NOT_PAPER = re.compile(r"pdf|xps|postscript file|print to file|onenote|\bfax\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Printing:
    """What is printed: ``pages`` (from 1, in order), by page the ``marks`` drawn on them and the
    places that come out black."""

    document_id: str
    title: str
    pages: tuple[int, ...]
    marks: Mapping[int, tuple[Annotation, ...]]
    redacted: Mapping[int, tuple[Box, ...]]
    with_marks: bool


@dataclass(frozen=True, slots=True)
class PrintedWords:
    """Words to be printed; ``what`` tells the custody log what they are."""

    what: str
    text: str


def is_paper(printer: str) -> bool:
    """Whether a printer, by its name or model, puts pages on paper and not into a file."""
    return not _NOT_PAPER.search(printer)


def prepare(case: Case, document_id: str, pages: Sequence[int], *, with_marks: bool) -> Printing:
    """What may be printed of ``pages``.

    Raises ``UserError``: ``print.protected``, ``print.nothing``, ``document.not_found``.
    """
    from casefile.services import documents

    title = documents.get(case, document_id).title
    if not pages:
        raise UserError("print.nothing")
    try:
        chosen = choose(case, [document_id], Recipient.EDITOR).documents
    except UserError as error:
        if error.code != "export.nothing":
            raise
        chosen = ()
    if not chosen:
        raise UserError("print.protected", title=title)
    marks: dict[int, tuple[Annotation, ...]] = {}
    redacted: dict[int, tuple[Box, ...]] = {}
    for mark in chosen[0].marks:
        if mark.kind is AnnotationKind.REDACTION:
            boxes = tuple(quad.box for quad in mark.quads)
            redacted[mark.page] = (*redacted.get(mark.page, ()), *boxes)
        elif with_marks:
            bare = replace(mark, comment="")
            marks[mark.page] = (*marks.get(mark.page, ()), bare)
    return Printing(document_id, title, tuple(pages), marks, redacted, with_marks)


def hand_over(case: Case, printing: Printing) -> None:
    """Note in the custody log what is on its way to the printer: called before the last word is
    said to it, so that nothing is printed that is not noted. Raises ``UserError`` where it cannot
    be noted; then nothing may be printed."""
    marks = "with marks" if printing.with_marks else "without marks"
    detail = f"pages {written(printing.pages)}, {marks}"
    door.record(case, door.Departure("printed", (printing.document_id,), detail=detail), None)


def prepare_words(what: str, text: str) -> PrintedWords:
    """Words of the reporter's own or of the law, which hold nothing of a confidential source.
    Raises ``UserError("print.nothing")``."""
    if not text.strip():
        raise UserError("print.nothing")
    return PrintedWords(what, text)


def hand_over_words(case: Case, words: PrintedWords) -> None:
    """As ``hand_over``."""
    door.record(case, door.Departure("printed", (), detail=words.what), None)
