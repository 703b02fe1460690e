"""Between places on a page (``Caret``) and places in its running text. No Qt.

The running text is what import stores: the page's lines joined by newlines. Places in it are
counted as Qt counts them, in units of UTF-16: a letter beyond the basic plane counts two.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from casefile.ui.reader.selection import Caret, TextMap


class TextOffsets:
    """The running ``text`` of one page, and the way there and back."""

    def __init__(self, page: TextMap) -> None:
        self.page = page.page
        self._lines = [line.text for line in page.lines]
        self.text = "\n".join(self._lines)
        lengths = [_units(line) + 1 for line in self._lines]
        self._starts = [0, *accumulate(lengths)][: len(lengths)]

    def offset(self, caret: Caret) -> int:
        """Where a caret of this page is in the text; of an earlier page 0, of a later one the
        text's end."""
        if not self._lines or caret.page < self.page:
            return 0
        if caret.page > self.page or caret.line >= len(self._lines):
            return self._starts[-1] + _units(self._lines[-1])
        return self._starts[caret.line] + _units(self._lines[caret.line][: caret.column])

    def caret(self, offset: int) -> Caret | None:
        """The place on the page; ``None`` where there is no text."""
        if not self._lines:
            return None
        line = max(0, bisect_right(self._starts, offset) - 1)
        units = offset - self._starts[line]
        before = self._lines[line].encode("utf-16-le")[: 2 * units]
        return Caret(self.page, line, len(before.decode("utf-16-le", "ignore")))


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2
