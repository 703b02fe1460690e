"""Looks for words on a page of an open document."""

from __future__ import annotations

from casefile.domain.finding import Matcher
from casefile.domain.geometry import Quad
from casefile.pdf.session import DocumentSession
from casefile.services.finding import places


def places_of(session: DocumentSession, page: int, needle: str) -> list[tuple[Quad, ...]]:
    return places(session.text(page).lines, Matcher(needle))
