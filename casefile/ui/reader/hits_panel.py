"""All hits of find in their context; the list grows while the document is being looked through."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QVBoxLayout, QWidget

from casefile.domain.documents import PageState
from casefile.services.reading import PageShape
from casefile.ui.parts import caption
from casefile.ui.reader.document import OpenDocument
from casefile.ui.reader.find import Finder, Found
from casefile.ui.reader.place_of import short_page_name
from casefile.ui.reader.rows import Index, Role, Row, RowDelegate

#: Context that stands before a hit in its row, in characters, so that the hit itself is in sight.
LEAD = 24


class HitsModel(QAbstractListModel):
    """Hits in the order of the document."""

    def __init__(self, shapes: Sequence[PageShape], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shapes = shapes
        self._hits: list[Found] = []

    def set_hits(self, hits: list[Found]) -> None:
        """What was found so far; hits that only follow those shown leave them as they are."""
        shown = len(self._hits)
        if shown and shown < len(hits) and hits[:shown] == self._hits:
            self.beginInsertRows(QModelIndex(), shown, len(hits) - 1)
            self._hits = hits
            self.endInsertRows()
        elif hits != self._hits:
            self.beginResetModel()
            self._hits = hits
            self.endResetModel()

    def found(self, index: Index) -> Found | None:
        return self._hits[index.row()] if 0 <= index.row() < len(self._hits) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        found = self.found(index)
        if found is None:
            return None
        hit, where = found.hit, short_page_name(self._shapes, found.page)
        before = hit.before
        if len(before) > LEAD:  # from the beginning of a word on
            before = f"…{before[before.find(' ', len(before) - LEAD - 1) + 1 :]}"
        text = f"{before}{hit.match}{hit.after}".replace("\n", " ")
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{where}: {text}"
        if role == Role.ROW:
            return Row(text, where, strong=(len(before), len(before) + len(hit.match)))
        return None


class HitsList(QListView):
    """Enter and click go to the hit."""

    opened = Signal(object)

    def __init__(self, model: HitsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(RowDelegate(self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Hits in this document")
        self.setMouseTracking(True)
        self._model = model
        self.clicked.connect(self._open)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _open(self, index: Index) -> None:
        found = self._model.found(index)
        if found is not None:
            self.opened.emit(found)


class HitsPanel(QWidget):
    """``opened(Found)``: the reader chose a hit."""

    opened = Signal(object)

    def __init__(
        self, document: OpenDocument, finder: Finder, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._finder = finder
        self._document = document
        self.model = HitsModel(document.shapes, self)
        self.list = HitsList(self.model)
        self.list.opened.connect(self.opened)
        self.summary = caption()
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.summary)
        column.addWidget(self.list, 1)
        finder.changed.connect(self._reload)
        self._reload()

    def _reload(self) -> None:
        finder = self._finder
        self.model.set_hits(finder.all())
        position = finder.position()
        if position:
            self.list.setCurrentIndex(self.model.index(position - 1))
        self.summary.setText(f"{_sentence(finder)} {self._not_searched()}".strip())

    def _not_searched(self) -> str:
        """What find could not look through."""
        if not self._finder.needle or not self._finder.complete:
            return ""
        waiting = sum(s.state is PageState.AWAITING_OCR for s in self._document.shapes)
        if not waiting:
            return ""
        pages = "1 page waits" if waiting == 1 else f"{waiting:,} pages wait"
        return f"Not searched: {pages} for OCR."


def _sentence(finder: Finder) -> str:
    if finder.trouble:
        return finder.trouble
    if not finder.needle:
        return "Type in Find to list every hit here."
    count, pages = finder.count, len(finder.pages)
    if not count:
        return "No hits." if finder.complete else "Looking…"
    hits = "1 hit" if count == 1 else f"{count:,} hits"
    on = "1 page" if pages == 1 else f"{pages:,} pages"
    if finder.capped:
        return f"The first {hits} are listed."
    return f"{hits} on {on}{'.' if finder.complete else ' so far'}"
