"""A document that exists only in a test, to count and to hold up what is asked of it."""

from __future__ import annotations

import threading
from collections.abc import Iterator

from casefile.domain.documents import Document, DocumentState, PageState, Provenance
from casefile.domain.geometry import Box, Quad
from casefile.services.finding import Matcher, PageHits
from casefile.services.reading import (
    PageLink,
    PageShape,
    PageText,
    Pixels,
    TextLine,
    WorkerFailed,
)
from casefile.ui.reader.tiles import PREVIEW


class PretendedPages:
    """Grey pages with one line of text each. ``gate`` holds drawing up while it is cleared;
    ``broken`` pages cannot be drawn."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.gate.set()
        self.asked: list[tuple[int, float]] = []
        self.broken: set[int] = set()
        self.texts: list[int] = []

    def render(self, page: int, scale: float, clip: Box, *, night: bool) -> Pixels:
        self.asked.append((page, scale))
        assert self.gate.wait(20), "nobody opened the gate"
        if page in self.broken:
            raise WorkerFailed("crash", page)
        width = max(1, round(clip.width * scale))
        height = max(1, round(clip.height * scale))
        return Pixels(
            width, height, width * 3, (b"\x33" if night else b"\xcc") * (width * 3 * height)
        )

    def text(self, page: int) -> PageText:
        self.texts.append(page)
        if page in self.broken:
            raise WorkerFailed("crash", page)
        return PageText((line(f"words of page {page}", 72, 90),))

    def links(self, _page: int) -> tuple[PageLink, ...]:
        return ()

    def find(self, _matcher: Matcher, _start_page: int) -> Iterator[PageHits]:
        yield from ()

    def sharp(self) -> list[int]:
        """The pages that were asked for, without previews."""
        return [page for page, scale in self.asked if scale * 792 > PREVIEW * 1.01]


def line(text: str, x: float, y: float, width: float = 6.0, block: int = 0) -> TextLine:
    """Letters of one width, 12 points high, from ``(x, y)`` on."""
    quads = tuple(
        Box(x + width * i, y, x + width * (i + 1), y + 12).quad() for i in range(len(text))
    )
    return TextLine(text, quads, block)


def turned(made: TextLine, pivot: float = 0.0) -> TextLine:
    """The same line read from bottom to top (a page turned by 90 degrees)."""

    def turn(quad: Quad) -> Quad:
        n = quad.numbers()
        return Quad(*(part for i in range(0, 8, 2) for part in (n[i + 1], pivot - n[i])))

    return TextLine(made.text, tuple(turn(quad) for quad in made.quads), made.block)


def shapes(pages: int, width: float = 612, height: float = 792) -> tuple[PageShape, ...]:
    return tuple(
        PageShape(number, str(number), width, height, PageState.TEXT, ocr=False)
        for number in range(1, pages + 1)
    )


def document(pages: int) -> Document:
    return Document(
        id="0123456789abcdef",
        title="Pretended",
        file_name="pretended.pdf",
        sha256="0" * 64,
        bytes=1,
        format="pdf",
        provenance=Provenance.RELEASED,
        source_id=None,
        request_id=None,
        parent_id=None,
        state=DocumentState.READY,
        kept_reason=None,
        pages=pages,
        pages_with_text=pages,
        pages_awaiting_ocr=0,
        has_rendition=False,
        added_at="2026-11-22T00:00:00Z",
        deleted_at=None,
    )
