"""All marks of the document, filtered by text: arrows and Enter go there, Del deletes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import islice, takewhile
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QListView, QVBoxLayout, QWidget

from casefile.domain.annotations import Annotation
from casefile.services.reading import PageShape
from casefile.ui.models.long_list import LongListModel
from casefile.ui.parts import caption
from casefile.ui.reader.document import OpenDocument
from casefile.ui.reader.marks import describe, reading_order
from casefile.ui.reader.place_of import short_page_name
from casefile.ui.reader.rows import Index, Role, Row, RowDelegate

#: More marks than these at once, and the list is made anew.
FEW = 50


class MarksModel(LongListModel):
    """Marks in reading order, those that ``filter_text`` leaves. There may be ten thousand of
    them: an edit changes only its own rows."""

    def __init__(self, shapes: Sequence[PageShape], parent: QObject | None = None) -> None:
        super().__init__(parent)
        # Before any view is: it finds the marks as Qt says the rows are.
        self.rowsRemoved.connect(self._rows_removed)
        self.rowsInserted.connect(self._rows_inserted)
        self._coming: list[Annotation] = []
        self._shapes = shapes
        self._all: list[Annotation] = []
        self._shown: list[Annotation] = []
        self._needle = ""

    def set_marks(self, marks: Sequence[Annotation]) -> None:
        before, self._all = self._all, list(marks)
        head = _alike(before, self._all)
        rest = min(len(before), len(self._all)) - head
        tail = _alike(before[::-1], self._all[::-1], rest)
        gone = before[head : len(before) - tail]
        come = self._all[head : len(self._all) - tail]
        if len(gone) + len(come) > FEW:
            self._filter()
        elif len(gone) == len(come) == 1 and gone[0].id == come[0].id:
            self._alter(come[0])
        else:
            for mark in gone:
                self._take_out(mark)
            for mark in come:
                self._put_in(mark)

    def filter_text(self, needle: str) -> None:
        """Keep marks whose text or comment holds every word, or that are of this colour or kind."""
        self._needle = needle
        self._filter()

    @property
    def total(self) -> int:
        return len(self._all)

    def mark(self, index: Index) -> Annotation | None:
        return self._shown[index.row()] if 0 <= index.row() < len(self._shown) else None

    def row_of(self, mark_id: str) -> int:
        """Where a mark stands in the list; -1 if it is not shown."""
        return next((row for row, mark in enumerate(self._shown) if mark.id == mark_id), -1)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        mark = self.mark(index)
        if mark is None:
            return None
        where = short_page_name(self._shapes, mark.page)
        words = " ".join(mark.text.split()) or describe(mark)
        if role == Qt.ItemDataRole.DisplayRole:
            return words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            comment = f", comment: {mark.comment}" if mark.comment else ""
            return f"{describe(mark)}, {where}: {words}{comment}"
        if role == Role.ROW:
            return Row(
                words, where, mark.comment, colour=mark.colour, captured=bool(mark.text.strip())
            )
        return None

    def _filter(self) -> None:
        wanted = self._needle.casefold().split()
        self._shown = [mark for mark in self._all if _matches(mark, wanted)]
        self.set_count(len(self._shown))

    def _alter(self, mark: Annotation) -> None:
        row = self.row_of(mark.id)
        if row >= 0 and _matches(mark, self._needle.casefold().split()):
            self._shown[row] = mark
            self.dataChanged.emit(self.index(row), self.index(row))
        else:
            self._take_out(mark)
            self._put_in(mark)

    def _take_out(self, mark: Annotation) -> None:
        row = self.row_of(mark.id)
        if row >= 0:
            self.removeRows(row, 1)

    def _put_in(self, mark: Annotation) -> None:
        """Show a mark, if the filter leaves it."""
        if not _matches(mark, self._needle.casefold().split()):
            return
        self._coming = [mark]
        self.insertRows(bisect_left(self._shown, reading_order(mark), key=reading_order), 1)

    def _rows_removed(self, _parent: Index, first: int, last: int) -> None:
        del self._shown[first : last + 1]

    def _rows_inserted(self, _parent: Index, first: int, _last: int) -> None:
        self._shown[first:first] = self._coming
        self._coming = []


class MarksList(QListView):
    """Enter and double click open, Del deletes."""

    opened = Signal(object)
    deleted = Signal(object)

    def __init__(self, model: MarksModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(RowDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Marks in this document")
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self._model = model
        self.clicked.connect(self._open)

    def chosen(self) -> list[Annotation]:
        rows = sorted(self.selectedIndexes(), key=lambda index: index.row())
        marks = [self._model.mark(index) for index in rows]
        return [mark for mark in marks if mark is not None]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        elif event.matches(QKeySequence.StandardKey.Delete) and self.chosen():
            self.deleted.emit(self.chosen())
        else:
            super().keyPressEvent(event)

    def _open(self, index: Index) -> None:
        mark = self._model.mark(index)
        if mark is not None:
            self.opened.emit(mark)


class MarksPanel(QWidget):
    """Filter field, list, and a sentence where there is nothing. ``opened(Annotation)``,
    ``deleted(list[Annotation])``."""

    opened = Signal(object)
    deleted = Signal(object)

    def __init__(self, document: OpenDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.model = MarksModel(document.shapes, self)
        self.field = QLineEdit()
        self.field.setPlaceholderText("Filter marks")
        self.field.setAccessibleName("Filter marks by their text, comment, colour or kind")
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(self._filter)
        self.list = MarksList(self.model)
        self.list.opened.connect(self.opened)
        self.list.deleted.connect(self.deleted)
        self._count = caption()
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.field)
        column.addWidget(self._count)
        column.addWidget(self.list, 1)
        document.marks_changed.connect(self._reload)
        self._reload()

    def choose(self, mark_id: str) -> None:
        """Show which mark is selected on the page."""
        row = self.model.row_of(mark_id)
        if row >= 0:
            self.list.setCurrentIndex(self.model.index(row))
        else:
            self.list.clearSelection()

    def _reload(self) -> None:
        kept = [mark.id for mark in self.list.chosen()]
        self.model.set_marks(self._document.marks.all)
        if not self.list.chosen():  # the list was made anew
            for mark_id in kept:
                self.choose(mark_id)
        self._tell()

    def _filter(self, text: str) -> None:
        self.model.filter_text(text)
        self._tell()

    def _tell(self) -> None:
        shown, total = self.model.rowCount(), self.model.total
        if not total:
            self._count.setText("No marks yet. Select text and press 1 to 6.")
        elif shown < total:
            self._count.setText(f"{shown:,} of {total:,} marks")
        else:
            self._count.setText(f"{total:,} marks" if total != 1 else "1 mark")


def _alike(some: Sequence[object], others: Sequence[object], most: int | None = None) -> int:
    """How many of the first are the same, up to ``most``."""
    pairs = islice(zip(some, others, strict=False), most)
    return sum(1 for _ in takewhile(lambda pair: pair[0] is pair[1], pairs))


def _matches(mark: Annotation, wanted: Sequence[str]) -> bool:
    text = f"{mark.text} {mark.comment} {describe(mark)}".casefold()
    return all(word in text for word in wanted)
