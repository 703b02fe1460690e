"""The words that a mark or a quote stands on, taken from the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from casefile.domain.errors import UserError
from casefile.domain.finding import Matcher
from casefile.domain.geometry import Quad
from casefile.pdf.values import WorkerFailed
from casefile.services import finding, reading
from casefile.services.running_text import Captured, capture
from casefile.store import documents

if TYPE_CHECKING:
    from casefile.services.case import Case


def found_places(
    case: Case, document_id: str, page: int, needle: str, nth: int | None = None
) -> list[tuple[tuple[Quad, ...], Captured]]:
    """Where ``needle`` stands on a page, with the words captured there; only the ``nth`` (from 1)
    if given. Raises ``UserError("find.nothing" | "find.nth" | "page.not_found")``."""
    check_page(case, document_id, page)
    text = reading.text(case, document_id, page)
    places = finding.places(text.lines, Matcher(needle))
    if not places:
        raise UserError("find.nothing", text=needle, page=page)
    if nth is not None:
        if not 1 <= nth <= len(places):
            raise UserError("find.nth", text=needle, page=page, nth=nth, found=len(places))
        places = [places[nth - 1]]
    return [(tuple(quads), capture(text, quads)) for quads in places]


def captured(case: Case, document_id: str, page: int, quads: Sequence[Quad]) -> Captured:
    """The words of a page under some quads; nothing where the page has no words or cannot be
    read: marking it must still be possible."""
    try:
        return capture(reading.text(case, document_id, page), quads)
    except WorkerFailed:
        return Captured("", "", "")


def check_page(case: Case, document_id: str, page: int) -> None:
    """Raise ``UserError("document.not_found" | "page.not_found")`` if there is no such page."""
    pages = documents.get(case.reader(), document_id).pages
    if not 1 <= page <= pages:
        raise UserError("page.not_found", page=page, pages=pages)
