"""A document's pages as the services for reading give them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from casefile.domain.geometry import Box
from casefile.services import finding, reading
from casefile.services.finding import Matcher, PageHits
from casefile.services.reading import PageLink, PageText, Pixels

if TYPE_CHECKING:
    from casefile.services.case import Case


class CasePages:
    """A document of the case; blocking, called on the page thread."""

    def __init__(self, case: Case, document_id: str) -> None:
        self._case = case
        self._id = document_id

    def render(self, page: int, scale: float, clip: Box, *, night: bool) -> Pixels:
        return reading.render(self._case, self._id, page, scale, clip, grey=True, night=night)

    def text(self, page: int) -> PageText:
        return reading.text(self._case, self._id, page)

    def links(self, page: int) -> Sequence[PageLink]:
        return reading.links(self._case, self._id, page)

    def find(self, matcher: Matcher, start_page: int) -> Iterator[PageHits]:
        return finding.find(self._case, self._id, matcher, start_page=start_page)
