"""The text that is selected in a document: from an anchor, where it began, to a caret."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import hypot

from PySide6.QtCore import QObject, Signal

from casefile.domain.errors import UserError
from casefile.domain.geometry import Box, Quad
from casefile.ui.reader.document import OpenDocument
from casefile.ui.reader.rectangle import ends_in, passage_in
from casefile.ui.reader.selection import Caret, Passage, TextMap, stepped, stepped_line

Ends = tuple[Caret, Caret]

#: How far inside a quad its ends are looked for, in points.
_INSET = 0.3


class TextSelection(QObject):
    """``changed()`` whenever it is another one. While a text it needs is not here yet, what is
    known is shown, and the rest follows."""

    changed = Signal()

    def __init__(self, document: OpenDocument, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._anchor: Ends | None = None
        self._focus: Ends | None = None
        self._rectangle: tuple[int, Box] | None = None
        self._quads: dict[int, Sequence[Quad]] = {}
        self._waits: tuple[int, Callable[[TextMap], None]] | None = None
        document.text_ready.connect(self._text_came)

    @property
    def ends(self) -> Ends | None:
        """First and last caret in reading order; ``None`` when nothing is selected."""
        if self._anchor is None or self._focus is None:
            return None
        start, end = min(self._anchor[0], self._focus[0]), max(self._anchor[1], self._focus[1])
        return (start, end) if start < end else None

    @property
    def caret(self) -> Caret | None:
        """The end that moves."""
        if self._anchor is None or self._focus is None:
            return None
        return self._focus[1] if self._focus[1] > self._anchor[0] else self._focus[0]

    def start(self, ends: Ends | None) -> None:
        """Begin anew at a caret (both ends equal), or with a word or line. ``None`` clears."""
        self._set(ends, ends)

    def extend(self, ends: Ends) -> None:
        """Let the selection reach from where it began to this caret, word or line."""
        self._set(self._anchor or ends, ends)

    def clear(self) -> None:
        self._set(None, None)

    def select_page(self, page: int) -> None:
        """All text of a page."""
        self._when_here(page, lambda text: self.start((text.start, text.end)))

    def select_rectangle(self, page: int, box: Box) -> None:
        """The text in a rectangle of a page, whatever stands beside it."""

        def select(text: TextMap) -> None:
            ends = ends_in(text, box)
            self._set(ends, ends, (page, box) if ends is not None else None)

        self._when_here(page, select)

    def select_quads(self, page: int, quads: Sequence[Quad]) -> None:
        """The text from the first of ``quads`` to the last (an occurrence that was found)."""

        def select(text: TextMap) -> None:
            ends = ends_of(text, quads)
            if ends is not None:
                self.start(ends)

        if quads:
            self._when_here(page, select)

    def quads(self, page: int) -> Sequence[Quad]:
        """What to tint on a page."""
        ends = self.ends
        if ends is None or not ends[0].page <= page <= ends[1].page:
            return ()
        if page not in self._quads:
            text = self._document.text(page)
            if text is None:
                return ()
            passage = _passage(text, ends, self._rectangle)
            self._quads[page] = passage.quads if passage is not None else ()
        return self._quads[page]

    def bar(self, page: int) -> tuple[tuple[float, float], tuple[float, float]] | None:
        """The stroke of the caret, on its page, where a place was chosen by keyboard."""
        caret = self.caret
        if caret is None or caret.page != page or self._rectangle is not None:
            return None
        text = self._document.text(page)
        return text.bar(caret) if text is not None and text.lines else None

    def with_passages(
        self, use: Callable[[list[Passage]], None], failed: Callable[[UserError], None]
    ) -> None:
        """Call ``use`` with the selected text, page by page (an empty list if there is none)."""
        ends = self.ends
        if ends is None:
            use([])
        else:
            pages = range(ends[0].page, ends[1].page + 1)
            rectangle = self._rectangle
            self._document.with_passages(
                pages, lambda text: _passage(text, ends, rectangle), use, failed
            )

    def move(self, how: str, page: int) -> bool:
        """Move the caret: ``left``, ``right``, ``word_left``, ``word_right``, ``up``, ``down``,
        ``line_start``, ``line_end``. Without one it starts at the top of ``page``. False while the
        text that it needs is not here yet."""
        caret = self.caret
        text = self._document.text(caret.page if caret is not None else page)
        if text is None:
            return False
        if not text.lines:
            return True
        if caret is None:
            self.start((text.start, text.start))
            caret = text.start
        target = _target(text, caret, how)
        if target is None:
            target = self._on_next_page(caret, forward=how in ("right", "word_right", "down"))
        if target is not None:
            self.extend((target, target))
        return True

    def _on_next_page(self, caret: Caret, forward: bool) -> Caret | None:
        number = caret.page + (1 if forward else -1)
        text = self._document.text(number) if 1 <= number <= self._document.pages else None
        if text is None or not text.lines:
            return None
        return text.start if forward else text.end

    def _set(
        self,
        anchor: Ends | None,
        focus: Ends | None,
        rectangle: tuple[int, Box] | None = None,
    ) -> None:
        self._waits = None
        if (anchor, focus, rectangle) == (self._anchor, self._focus, self._rectangle):
            return
        self._anchor, self._focus, self._rectangle = anchor, focus, rectangle
        self._quads.clear()
        self.changed.emit()

    def _when_here(self, page: int, use: Callable[[TextMap], None]) -> None:
        """Call ``use`` with the page's text now, or when it comes, unless something else is
        selected meanwhile."""
        text = self._document.text(page)
        if text is None:
            self._waits = page, use
        elif text.lines:
            use(text)

    def _text_came(self, page: int) -> None:
        if self._waits is not None and self._waits[0] == page:
            _, use = self._waits
            self._waits = None
            self._when_here(page, use)
        ends = self.ends
        if ends is not None and ends[0].page <= page <= ends[1].page:
            self._quads.pop(page, None)


def _passage(text: TextMap, ends: Ends, rectangle: tuple[int, Box] | None) -> Passage | None:
    """What of a page is selected: all between two carets, or what lies in a rectangle."""
    return text.passage(*ends) if rectangle is None else passage_in(text, rectangle[1])


def ends_of(text: TextMap, quads: Sequence[Quad]) -> Ends | None:
    """Where marked words begin and end on their page."""
    start = text.caret_at(*_inside(quads[0], 0.0))
    end = text.caret_at(*_inside(quads[-1], 1.0))
    return (min(start, end), max(start, end)) if start is not None and end is not None else None


def _target(text: TextMap, caret: Caret, how: str) -> Caret | None:
    if how in ("up", "down"):
        return stepped_line(text, caret, how == "down")
    if how == "line_start":
        return caret._replace(column=0)
    if how == "line_end":
        return caret._replace(column=len(text.lines[caret.line].text))
    return stepped(text, caret, how.endswith("right"), by_word=how.startswith("word"))


def _inside(quad: Quad, share: float) -> tuple[float, float]:
    """A point half way up a quad, just inside its start (``share`` 0) or its end (1): by less than
    half of the narrowest letter, however many letters the quad spans."""
    width = hypot(quad.ur_x - quad.ul_x, quad.ur_y - quad.ul_y)
    inset = min(0.25, _INSET / width) if width else 0.0
    share = inset + (1 - 2 * inset) * share
    top = quad.ul_x + (quad.ur_x - quad.ul_x) * share, quad.ul_y + (quad.ur_y - quad.ul_y) * share
    foot = quad.ll_x + (quad.lr_x - quad.ll_x) * share, quad.ll_y + (quad.lr_y - quad.ll_y) * share
    return (top[0] + foot[0]) / 2, (top[1] + foot[1]) / 2
