"""A document's text on its way out of the case."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from casefile.domain.documents import Page
from casefile.services.leaving import door

if TYPE_CHECKING:
    from casefile.services.case import Case


def pages_out(
    case: Case, document_id: str, first: int = 1, last: int | None = None
) -> Iterator[Page]:
    """The pages with their texts, for the terminal. Raises ``UserError``: ``document.not_found``,
    ``page.not_found``."""
    from casefile.services import documents

    pages = documents.page_texts(case, document_id, first, last)
    head = next(pages, None)  # raises before anything is logged
    door.record(case, door.Departure("text", (document_id,)), None)
    if head is not None:
        yield head
        yield from pages
