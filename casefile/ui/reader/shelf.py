"""What all readers of a case share: the memory of pictures, and which documents are open in them.

A document that is open twice (two places of it side by side, or in two windows) is one document
with one process and one set of pictures; it is let go of when the last view of it closes.
"""

from __future__ import annotations

from collections import Counter

from PySide6.QtGui import QImage

from casefile.ui.reader.tiles import TileMemory


class Shelf:
    """One for each open case."""

    def __init__(self) -> None:
        self.memory: TileMemory[QImage] = TileMemory(forget=_blank)
        self._views: Counter[str] = Counter()

    def take(self, document_id: str) -> None:
        """One more view of a document."""
        self._views[document_id] += 1

    def give_back(self, document_id: str) -> bool:
        """One view less; whether that was the last one of this document."""
        self._views[document_id] -= 1
        return self._views[document_id] <= 0


def _blank(image: QImage) -> None:
    """Overwrite a picture that is let go of."""
    image.fill(0)
