"""Verbatim words with a speaker and an anchor."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from casefile.domain.geometry import Quad
from casefile.domain.people import Terms


class QuoteState(StrEnum):
    UNVERIFIED = "unverified"
    CHECKING = "checking"
    VERIFIED = "verified"
    DISPUTED = "disputed"
    NOT_FOR_USE = "not_for_use"


@dataclass(frozen=True, slots=True)
class Quote:
    """``text`` is the capture, word for word. A quote is anchored to a page region
    (``document_id``, ``page``, ``quads``) or to a dated note of a conversation (``spoken_on``).
    ``edited`` is the capture with marked changes (``[…]``, ``[the company]``), or empty;
    ``is_region`` says that the picture of the region is what is quoted (``text`` may be empty)."""

    id: str
    text: str
    source_id: str | None
    document_id: str | None
    page: int | None
    annotation_id: str | None
    quads: tuple[Quad, ...]
    prefix: str
    suffix: str
    spoken_on: str | None
    terms: Terms
    embargo_until: str | None
    state: QuoteState
    note: str
    created_at: str
    modified_at: str
    deleted_at: str | None
    edited: str = ""
    is_region: bool = False

    @property
    def words(self) -> str:
        """What is quoted: the edited version where there is one, else the capture."""
        return self.edited or self.text
