"""Reading a document: its pages, their text and picture, the place where the reader was.
Words found in it: ``finding``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from casefile.domain.documents import PageState
from casefile.domain.geometry import Box
from casefile.pdf.values import (
    FileMark,
    OutlineItem,
    PageLink,
    PageText,
    Pixels,
    TextLine,
    WorkerFailed,
)
from casefile.services import ocr, settings
from casefile.store import documents

if TYPE_CHECKING:
    from casefile.services.case import Case

__all__ = [
    "FileMark",
    "OutlineItem",
    "PageLink",
    "PageShape",
    "PageText",
    "Pixels",
    "TextLine",
    "WorkerFailed",
    "file_marks",
    "links",
    "outline",
    "page",
    "pages",
    "place",
    "remember_place",
    "render",
    "text",
]

_STATES = {state.value: state for state in PageState}


class PageShape(NamedTuple):
    """A page without its text; sizes as shown, in 1/72 inch."""

    number: int
    label: str
    width: float
    height: float
    state: PageState
    ocr: bool


def pages(case: Case, document_id: str) -> tuple[PageShape, ...]:
    """Every page of a document, in one cheap query; needs no worker. Raises
    ``UserError("document.not_found")``."""
    return tuple(
        PageShape(
            row["number"],
            row["label"],
            row["width"],
            row["height"],
            _STATES[row["state"]],
            bool(row["ocr"]),
        )
        for row in documents.page_shapes(case.reader(), document_id)
    )


def page(case: Case, document_id: str, number: int) -> PageShape:
    """One page. Raises ``UserError("document.not_found" | "page.not_found")``."""
    found = documents.page(case.reader(), document_id, number)
    return PageShape(found.number, found.label, found.width, found.height, found.state, found.ocr)


def outline(case: Case, document_id: str) -> tuple[OutlineItem, ...]:
    """The document's own table of contents. Raises as ``Case.session``."""
    return case.session(document_id).outline()


def text(case: Case, document_id: str, page: int) -> PageText:
    """The words of a page with their places: those in the file, or those that OCR read from its
    picture. Raises as ``Case.session``, and ``WorkerFailed``."""
    return ocr.words(case, document_id, page) or case.session(document_id).text(page)


def render(
    case: Case,
    document_id: str,
    page: int,
    scale: float,
    clip: Box | None = None,
    rotation: int = 0,
    annots: bool = True,
    grey: bool = False,
    night: bool = False,
) -> Pixels:
    """A page as a picture, ``scale`` pixels for 1/72 inch; with ``grey`` in one channel where the
    page has no colour, with ``night`` as a night page. Raises as ``Case.session``, and
    ``WorkerFailed``."""
    session = case.session(document_id)
    return session.render(page, scale, clip, rotation, annots=annots, grey=grey, night=night)


def links(case: Case, document_id: str, page: int) -> list[PageLink]:
    """The links of a page: into the document, or out of it (then an address, for reading only).
    Raises as ``Case.session``, and ``WorkerFailed``."""
    return case.session(document_id).links(page)


def file_marks(case: Case, document_id: str, page: int) -> list[FileMark]:
    """The annotations that were in the file when it came."""
    return case.session(document_id).file_marks(page)


def place(case: Case, document_id: str) -> dict[str, Any] | None:
    """Where the reader was when ``remember_place`` was last called."""
    found = settings.get(case, f"place.{document_id}")
    return found if isinstance(found, dict) else None


def remember_place(case: Case, document_id: str, at: dict[str, Any]) -> None:
    """Keep a place (anything JSON can hold). Not an edit; nothing is kept where the case cannot be
    written."""
    settings.put(case, f"place.{document_id}", at)
