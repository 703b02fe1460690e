"""Documents and their pages."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Provenance(StrEnum):
    """How a document came."""

    RELEASED = "released"
    PUBLISHED = "published"
    COURT = "court"
    OWN = "own"
    GIVEN = "given"


class DocumentState(StrEnum):
    """READY can be read page by page. KEPT is stored and returnable, but not readable yet."""

    READY = "ready"
    KEPT = "kept"


class PageState(StrEnum):
    """What is known of a page's text."""

    TEXT = "text"
    AWAITING_OCR = "awaiting_ocr"
    BLANK = "blank"
    UNDRAWABLE = "undrawable"


@dataclass(frozen=True, slots=True)
class Document:
    """Anything imported. ``bytes`` and ``sha256`` are the original's; ``pages`` counts the pages of
    what is shown (the original PDF, or the pinned PDF rendition of anything else)."""

    id: str
    title: str
    file_name: str
    sha256: str
    bytes: int
    format: str
    provenance: Provenance
    source_id: str | None
    request_id: str | None
    parent_id: str | None
    state: DocumentState
    kept_reason: str | None
    pages: int
    pages_with_text: int
    pages_awaiting_ocr: int
    has_rendition: bool
    added_at: str
    deleted_at: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """A physical page, counted from 1. ``width`` and ``height`` are as shown, in 1/72 inch."""

    document_id: str
    number: int
    label: str
    width: float
    height: float
    text: str
    ocr: bool
    state: PageState
