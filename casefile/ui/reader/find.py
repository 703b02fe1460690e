"""Find in a document: as the reader types, hits come page by page and the count grows."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from casefile.domain.errors import UserError
from casefile.domain.geometry import Quad
from casefile.services.finding import FindOptions, Hit, Matcher, PageHits, places
from casefile.services.wording import explain
from casefile.ui.reader.document import OpenDocument
from casefile.ui.reader.page_thread import Walk

#: A pause this long in typing starts the search, in milliseconds.
PAUSE = 40
#: How often what was found meanwhile is told, in milliseconds.
TELL_EVERY = 60
#: Seconds that the places of one page may take.
PATIENCE = 0.1
#: More hits than this are no longer listed: a single letter stands millions of times.
MOST = 5_000


@dataclass(frozen=True, slots=True)
class Found:
    """One occurrence: the ``index``-th (from 0) on its page."""

    page: int
    index: int
    hit: Hit


class HitPlaces(Mapping[int, Sequence[Sequence[Quad]]]):
    """Where the hits stand, by page. A page's places are worked out once its text is here; looking
    them up asks for it."""

    def __init__(self, document: OpenDocument, matcher: Matcher, pages: Sequence[int]) -> None:
        self._document, self._matcher, self._pages = document, matcher, pages
        self._known: dict[int, Sequence[Sequence[Quad]]] = {}

    def __getitem__(self, page: int) -> Sequence[Sequence[Quad]]:
        at = bisect_left(self._pages, page)
        if at == len(self._pages) or self._pages[at] != page:
            raise KeyError(page)
        return self.on(page) or ()

    def on(self, page: int) -> Sequence[Sequence[Quad]] | None:
        """The same; ``None`` while the page's text is not here yet."""
        if page not in self._known:
            text = self._document.text(page)
            if text is None:
                return None
            try:
                self._known[page] = places(text.lines, self._matcher, PATIENCE)
            except UserError:  # a regular expression that would hold up the window
                self._known[page] = ()
        return self._known[page]

    def __iter__(self) -> Iterator[int]:
        return iter(self._pages)

    def __len__(self) -> int:
        return len(self._pages)


class Finder(QObject):
    """``changed()``: more was found, or another hit is the current one; ``jumped()``: the current
    hit should be shown; ``failed(UserError)``."""

    changed = Signal()
    jumped = Signal()
    failed = Signal(object)

    def __init__(self, document: OpenDocument, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.needle = ""
        self.options = FindOptions()
        self.trouble = ""
        self.complete = True
        self.capped = False
        self.current: Found | None = None
        self._document = document
        self._walk: Walk | None = None
        self._matcher = Matcher("")
        self._places = HitPlaces(document, self._matcher, ())
        self._start_page = 1
        self._count = 0
        self._hits: dict[int, tuple[Hit, ...]] = {}
        self._pages: list[int] = []
        self._typing = QTimer(self, singleShot=True, interval=PAUSE)
        self._typing.timeout.connect(self._begin)
        self._telling = QTimer(self, singleShot=True, interval=TELL_EVERY)
        self._telling.timeout.connect(self.changed)

    @property
    def count(self) -> int:
        return self._count

    @property
    def pages(self) -> Sequence[int]:
        """The pages with hits, in order."""
        return self._pages

    @property
    def is_pending(self) -> bool:
        """Whether the needle has been typed but not been looked for yet."""
        return self._typing.isActive()

    def on(self, page: int) -> Sequence[Hit]:
        return self._hits.get(page, ())

    def all(self) -> list[Found]:
        """Every hit, in the order of the document."""
        return [
            Found(page, index, hit)
            for page in self._pages
            for index, hit in enumerate(self._hits[page])
        ]

    def quads(self) -> Mapping[int, Sequence[Sequence[Quad]]]:
        """The hits as outlines, by page."""
        return self._places

    def quads_of(self, found: Found) -> Sequence[Quad] | None:
        """Where a hit stands; ``None`` while the page's text is not here yet (it is asked for)."""
        on_page = self._places.on(found.page)
        if on_page is None:
            return None
        return on_page[found.index] if found.index < len(on_page) else ()

    def position(self) -> int:
        """The current hit's number, from 1; 0 if there is none."""
        if self.current is None:
            return 0
        before = self._pages[: bisect_left(self._pages, self.current.page)]
        return sum(len(self._hits[page]) for page in before) + self.current.index + 1

    def summary(self) -> str:
        """``3 of 48``, ``3 of 48 so far``, ``No hits``."""
        if self.trouble or not self.needle:
            return self.trouble
        if not self._hits:
            return "No hits" if self.complete and not self.is_pending else "Looking…"
        so_far = "+" if self.capped else "" if self.complete else " so far"
        return f"{self.position() or '–'} of {self.count:,}{so_far}"

    def look_for(
        self,
        needle: str,
        start_page: int,
        options: FindOptions | None = None,
        *,
        at_once: bool = False,
    ) -> None:
        """Look for ``needle`` from ``start_page`` on, round to the page before it. Typing on
        replaces what was looked for; ``options`` stay until others are given."""
        options = options or self.options
        needle = needle if options.pattern else needle.strip()
        self._start_page = start_page
        if (needle, options) == (self.needle, self.options) and not at_once:
            return
        self.clear()
        self.needle, self.options = needle, options
        try:
            self._matcher = Matcher(needle, options)
        except UserError as error:
            self.trouble = explain(error).what
            self.changed.emit()
            return
        if not self._matcher:
            return
        self._places = HitPlaces(self._document, self._matcher, self._pages)
        self.complete = False
        if at_once:
            self._begin()
        else:
            self._typing.start()
        self.changed.emit()

    def clear(self) -> None:
        """Give up what is being looked for and forget what was found."""
        self._typing.stop()
        self._telling.stop()
        if self._walk is not None:
            self._walk.cancel()
            self._walk = None
        self.needle, self.complete, self.capped, self.current = "", True, False, None
        self.trouble = ""
        self._count = 0
        self._hits = {}
        self._pages = []
        self._places = HitPlaces(self._document, Matcher(""), ())
        self.changed.emit()

    def step(self, forward: bool, page: int) -> None:
        """Go to the next (or previous) hit, round the end; the first from ``page`` if there is no
        current one."""
        if not self._pages:
            return
        if self.current is None:
            target = self._first_from(page) if forward else self._last_up_to(page)
        else:
            target = self._beside(self.current, forward)
        self.go_to(target)

    def go_to(self, found: Found) -> None:
        self.current = found
        self.changed.emit()
        self.jumped.emit()

    def _begin(self) -> None:
        self._typing.stop()
        source, matcher, start = self._document.source, self._matcher, self._start_page
        self._walk = self._document.thread_.walk(
            lambda: source.find(matcher, start), self._came, self._ended
        )

    def _came(self, hits: object) -> None:
        if not isinstance(hits, PageHits) or not hits.hits:
            return
        if hits.page not in self._hits:
            insort(self._pages, hits.page)
        self._count += len(hits.hits) - len(self._hits.get(hits.page, ()))
        self._hits[hits.page] = hits.hits
        if self._count >= MOST and self._walk is not None:
            self._walk.cancel()
            self.capped = True
            self._ended(None)
        if self.current is None:
            self.go_to(Found(hits.page, 0, hits.hits[0]))
        elif not self._telling.isActive():
            self._telling.start()

    def _ended(self, error: UserError | None) -> None:
        self.complete = True
        self._walk = None
        self._telling.stop()
        if error is not None:
            self.failed.emit(error)
        self.changed.emit()

    def _first_from(self, page: int) -> Found:
        at = bisect_left(self._pages, page) % len(self._pages)
        return Found(self._pages[at], 0, self._hits[self._pages[at]][0])

    def _last_up_to(self, page: int) -> Found:
        at = bisect_right(self._pages, page) - 1
        number = self._pages[at]
        last = len(self._hits[number]) - 1
        return Found(number, last, self._hits[number][last])

    def _beside(self, found: Found, forward: bool) -> Found:
        hits = self._hits[found.page]
        index = found.index + (1 if forward else -1)
        if 0 <= index < len(hits):
            return Found(found.page, index, hits[index])
        at = bisect_left(self._pages, found.page) + (1 if forward else -1)
        page = self._pages[at % len(self._pages)]
        index = 0 if forward else len(self._hits[page]) - 1
        return Found(page, index, self._hits[page][index])
