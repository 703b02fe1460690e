"""The links of a document as the page view needs them: by page, findable at a point."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from casefile.services.reading import PageLink

if TYPE_CHECKING:
    from casefile.ui.reader.document import OpenDocument

#: How many pages' links are kept.
KEPT = 64


class PageLinks(QObject):
    """``ready(page)``: a page's links are here."""

    ready = Signal(int)

    def __init__(self, document: OpenDocument, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._known: OrderedDict[int, Sequence[PageLink]] = OrderedDict()
        self._asked: set[int] = set()

    def on(self, page: int, *, urgent: bool = False) -> Sequence[PageLink] | None:
        """The links of a page; ``None`` while they are not here: then they are asked for."""
        found = self._known.get(page)
        if found is not None:
            self._known.move_to_end(page)
        elif page not in self._asked and 1 <= page <= self._document.pages:
            self._asked.add(page)
            source = self._document.source
            self._document.thread_.ask(
                lambda: source.links(page),
                lambda got: self._keep(page, got),
                lambda _error: self._keep(page, ()),  # the page says itself that it is broken
                urgent=urgent,
            )
        return found

    def at(self, page: int, x: float, y: float) -> PageLink | None:
        """The link under a point of a page, as far as links are known; the smallest of several."""
        under = [link for link in self._known.get(page, ()) if link.box.contains(x, y)]
        return min(under, key=lambda link: link.box.width * link.box.height, default=None)

    def wipe(self) -> None:
        """Let go of all of them."""
        self._known.clear()

    def _keep(self, page: int, got: object) -> None:
        self._asked.discard(page)
        self._known[page] = got if isinstance(got, Sequence) else ()
        while len(self._known) > KEPT:
            self._known.popitem(last=False)
        self.ready.emit(page)
