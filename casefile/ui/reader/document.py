"""A document that is open in the reader: its pages, texts, marks and pictures.

Views ask for what they show and hear when it is there; nothing here waits.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from casefile.domain.annotations import Annotation
from casefile.domain.changes import Change
from casefile.domain.documents import Document
from casefile.domain.errors import UserError
from casefile.domain.geometry import Box, sort_key
from casefile.domain.quotes import Quote
from casefile.services.finding import Matcher, PageHits
from casefile.services.reading import PageLink, PageShape, PageText, Pixels
from casefile.ui.reader.layout import PageColumn
from casefile.ui.reader.marks import MarkIndex
from casefile.ui.reader.page_links import PageLinks
from casefile.ui.reader.page_thread import PageThread
from casefile.ui.reader.selection import Passage, TextMap
from casefile.ui.reader.tiles import Tile, TileMemory

#: How many pages' texts are kept with their geometry (about 0.5 MB each at most).
TEXTS = 48


class PageSource(Protocol):
    """Where pages come from: the services for reading, or a stand-in in tests. Blocking; called on
    the page thread only."""

    def render(self, page: int, scale: float, clip: Box, *, night: bool) -> Pixels: ...

    def text(self, page: int) -> PageText: ...

    def links(self, page: int) -> Sequence[PageLink]: ...

    def find(self, matcher: Matcher, start_page: int) -> Iterator[PageHits]: ...


class _Sized:
    """The pages as the page thread draws them."""

    def __init__(self, source: PageSource, column: PageColumn) -> None:
        self._source, self._column = source, column

    def size(self, page: int) -> tuple[float, float]:
        return self._column.widths[page - 1], self._column.heights[page - 1]

    def render(self, page: int, scale: float, clip: Box, *, night: bool) -> Pixels:
        return self._source.render(page, scale, clip, night=night)


class OpenDocument(QObject):
    """See the module. ``picture_ready(page)``, ``text_ready(page)``, ``page_failed(page)``,
    ``page_wanted()``: something is to be drawn again, ``marks_changed()``, ``tags_changed()``,
    ``file_marks_changed()``, ``quotes_changed()``, ``night_changed()``. Pages count from 1."""

    picture_ready = Signal(int)
    text_ready = Signal(int)
    page_failed = Signal(int)
    page_wanted = Signal()
    marks_changed = Signal()
    tags_changed = Signal()
    file_marks_changed = Signal()
    quotes_changed = Signal()
    night_changed = Signal()

    def __init__(
        self,
        document: Document,
        shapes: Sequence[PageShape],
        source: PageSource,
        memory: TileMemory[QImage],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.document = document
        self.shapes = shapes
        self.source = source
        self.memory = memory
        self.column = PageColumn([(shape.width, shape.height) for shape in shapes])
        self.marks = MarkIndex()
        self.tags: Mapping[str, Sequence[str]] = {}
        self.tag_names: Sequence[str] = ()
        self.file_marks = MarkIndex()
        self.quotes: dict[int, list[Quote]] = {}
        self.failed: dict[int, UserError] = {}
        self.renders = 0
        self.night = False
        self._texts: OrderedDict[int, TextMap] = OrderedDict()
        self._asked: set[int] = set()
        self.links = PageLinks(self, self)
        self.thread_ = PageThread(_Sized(source, self.column), self)
        self.thread_.drawn.connect(self._drawn)
        self.thread_.failed.connect(self._not_drawn)

    @property
    def id(self) -> str:
        return self.document.id

    @property
    def pages(self) -> int:
        return len(self.shapes)

    def size(self, page: int) -> tuple[float, float]:
        return self.column.widths[page - 1], self.column.heights[page - 1]

    def set_night(self, night: bool) -> None:
        """Show night pages, or pages as they are."""
        if night != self.night:
            self.night = night
            self.night_changed.emit()
            self.page_wanted.emit()

    def plan(self, tiles: Iterable[Tile]) -> None:
        """Draw these, most urgent first, and nothing else that was planned."""
        self.thread_.plan([tile for tile in tiles if tile.page not in self.failed])

    def plan_previews(self, tiles: Iterable[Tile]) -> None:
        self.thread_.later([t for t in tiles if t.page not in self.failed and t not in self.memory])

    def try_again(self, page: int) -> None:
        """Forget that a page could not be drawn."""
        self.failed.pop(page, None)
        self._asked.discard(page)
        self.page_wanted.emit()

    def text(self, page: int, *, urgent: bool = True) -> TextMap | None:
        """The page's text if it is here; else it is asked for and ``text_ready`` follows."""
        found = self._texts.get(page)
        if found is not None:
            self._texts.move_to_end(page)
        elif page not in self._asked and 1 <= page <= self.pages:
            self._asked.add(page)
            self.thread_.ask(
                lambda: TextMap(page, self.source.text(page)),
                lambda got: self._keep_text(page, got),
                lambda _error: None,  # its picture fails as well and says so on the page
                urgent=urgent,
            )
        return found

    def confidence(self, page: int) -> float | None:
        """How sure OCR was of a page's words, if they are here and came from OCR."""
        found = self._texts.get(page)
        return found.confidence if found is not None else None

    def page_was_read(self, page: int, shape: PageShape) -> None:
        """OCR has read a page: its words are there now."""
        self.shapes = [*self.shapes[: page - 1], shape, *self.shapes[page:]]
        self._texts.pop(page, None)
        self._asked.discard(page)
        self.text(page, urgent=False)

    def with_passages(
        self,
        pages: Sequence[int],
        take: Callable[[TextMap], Passage | None],
        use: Callable[[list[Passage]], None],
        failed: Callable[[UserError], None],
    ) -> None:
        """Call ``use`` with what ``take`` makes of the texts of ``pages``: at once if the texts are
        here, else as soon as they are."""
        have = {page: self._texts[page] for page in pages if page in self._texts}

        def passages() -> list[Passage]:
            found = (take(have[page]) for page in pages)
            return [passage for passage in found if passage is not None]

        def fetch() -> list[Passage]:
            for page in pages:
                if page not in have:
                    have[page] = TextMap(page, self.source.text(page))
            return passages()

        if len(have) == len(pages):
            use(passages())
        else:
            self.thread_.ask(fetch, lambda got: use(_passages(got)), failed, urgent=True)

    def set_marks(self, marks: MarkIndex) -> None:
        self.marks = marks
        self.marks_changed.emit()

    def set_tags(self, tags: Mapping[str, Sequence[str]], names: Sequence[str]) -> None:
        """The tags of marks, by their ids, and every tag of the case."""
        self.tags, self.tag_names = tags, names
        self.tags_changed.emit()

    def set_file_marks(self, marks: MarkIndex) -> None:
        """What other programs left in the file and is not adopted (see ``file_marks``)."""
        self.file_marks = marks
        self.file_marks_changed.emit()

    def replace_marks(self, touched: Mapping[str, Annotation | None]) -> None:
        """What an edit made of some marks; None where it took one away."""
        for mark_id, mark in touched.items():
            self.marks.replace(mark_id, mark)
        self.marks_changed.emit()

    def set_quotes(self, quotes: Iterable[Quote]) -> None:
        """What has been quoted from this document; kept by page, in reading order."""
        found = [quote for quote in quotes if quote.page is not None and quote.quads]
        self.quotes = {}
        for quote in sorted(found, key=lambda quote: sort_key(quote.page or 1, quote.quads)):
            self.quotes.setdefault(quote.page or 1, []).append(quote)
        self.quotes_changed.emit()

    def touched_by(self, change: Change, table: str) -> bool:
        """Whether an edit may have changed what has been quoted from this document (``table``
        "quote")."""
        rows = (row for row in change.rows if row.table == table)
        return any(
            (row.after or row.before or {}).get("document_id", self.id) == self.id for row in rows
        )

    def wipe(self, *, shared: bool = False) -> None:
        """Let go of every picture and text, now; of a ``shared`` document another view still needs
        the pictures."""
        self.thread_.close()
        self._texts.clear()
        self.links.wipe()
        self.marks = MarkIndex()
        self.file_marks = MarkIndex()
        self.tags, self.tag_names = {}, ()
        self.quotes = {}
        if not shared:
            self.memory.drop_document(self.id)

    def _keep_text(self, page: int, got: object) -> None:
        self._asked.discard(page)
        if isinstance(got, TextMap):
            self._texts[page] = got
            while len(self._texts) > TEXTS:
                self._texts.popitem(last=False)
            self.text_ready.emit(page)

    def _drawn(self, tile: Tile, image: QImage) -> None:
        self.renders += 1
        self.memory.put(tile, image, image.sizeInBytes())
        self.picture_ready.emit(tile.page)

    def _not_drawn(self, page: int, error: UserError) -> None:
        self.failed[page] = error
        self.page_failed.emit(page)


def _passages(got: object) -> list[Passage]:
    return [each for each in got if isinstance(each, Passage)] if isinstance(got, list) else []
