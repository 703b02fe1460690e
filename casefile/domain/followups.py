"""Things to do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FollowUp:
    """``due`` is an ISO date. ``linked_kind`` and ``linked_id`` name what it is about: a document,
    annotation, quote, source or request; ``linked_page`` is the page where it was made."""

    id: str
    text: str
    due: str | None
    linked_kind: str | None
    linked_id: str | None
    linked_page: int | None
    done_at: str | None
    created_at: str
    modified_at: str
    deleted_at: str | None
