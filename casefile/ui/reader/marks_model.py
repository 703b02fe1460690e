"""The marks of a document as rows of a list, filtered."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import islice
from operator import is_
from typing import Any

from PySide6.QtCore import QObject, Qt

from casefile.domain.annotations import Annotation, AnnotationKind
from casefile.services.reading import PageShape
from casefile.ui.models.long_list import LongListModel
from casefile.ui.reader.badges import LETTERS
from casefile.ui.reader.file_marks import is_from_file
from casefile.ui.reader.mark_filter import MarkFilter
from casefile.ui.reader.marks import KIND_NAMES, describe, reading_order
from casefile.ui.reader.place_of import short_page_name
from casefile.ui.reader.rows import Index, Role, Row

#: More marks than these at once, and the list is made anew.
FEW = 50
#: What stands for marks other than those on words, as in the page's margin.
SIGNS = {**LETTERS, AnnotationKind.NOTE: "N", AnnotationKind.BOOKMARK: "▾"}


class MarksModel(LongListModel):
    """Marks in reading order, those that the filter leaves. There may be ten thousand of them: an
    edit changes only its own rows."""

    def __init__(self, shapes: Sequence[PageShape], parent: QObject | None = None) -> None:
        super().__init__(parent)
        # Before any view is: it finds the marks as Qt says the rows are.
        self.rowsRemoved.connect(self._rows_removed)
        self.rowsInserted.connect(self._rows_inserted)
        self._coming: list[Annotation] = []
        self._shapes = shapes
        self._all: list[Annotation] = []
        self._shown: list[Annotation] = []
        self._asked = MarkFilter()
        self._tags: Mapping[str, Sequence[str]] = {}

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

    def set_filter(self, asked: MarkFilter) -> None:
        if asked != self._asked:
            self._asked = asked
            self._filter()

    def set_tags(self, tags: Mapping[str, Sequence[str]]) -> None:
        """The tags of marks, by their ids; only those with any."""
        self._tags = tags
        if self._asked.tags or self._asked.words:
            self._filter()
        elif self._shown:
            self.dataChanged.emit(self.index(0), self.index(len(self._shown) - 1))

    @property
    def all(self) -> Sequence[Annotation]:
        """Every mark, also those that the filter hides."""
        return self._all

    @property
    def total(self) -> int:
        return len(self._all)

    def mark(self, index: Index) -> Annotation | None:
        return self._shown[index.row()] if 0 <= index.row() < len(self._shown) else None

    def row_of(self, mark_id: str) -> int:
        """Where a mark stands in the list; -1 if it is not shown."""
        return next((row for row, mark in enumerate(self._shown) if mark.id == mark_id), -1)

    def marks_in(self, rows: Sequence[int]) -> list[Annotation]:
        return [self._shown[row] for row in rows if 0 <= row < len(self._shown)]

    def rows_of(self, ids: set[str]) -> list[int]:
        """Where several marks stand in the list, those that are shown."""
        return [row for row, mark in enumerate(self._shown) if mark.id in ids]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        mark = self.mark(index)
        if mark is None:
            return None
        tags = self._tags.get(mark.id, ())
        words = " ".join(mark.text.split()) or describe(mark)
        if role == Qt.ItemDataRole.DisplayRole:
            return words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(mark, words, tags)
        if role == Role.ROW:
            where = [short_page_name(self._shapes, mark.page)]
            if mark.kind is not AnnotationKind.HIGHLIGHT and mark.text.strip():
                where.append(KIND_NAMES[mark.kind])
            if is_from_file(mark):
                where.append("from the file")
            return Row(
                words, " · ".join([*where, *tags]), mark.comment, colour=mark.colour,
                captured=bool(mark.text.strip()), sign=SIGNS.get(mark.kind, ""),
            )  # fmt: skip
        return None

    def _spoken(self, mark: Annotation, words: str, tags: Sequence[str]) -> str:
        parts = [describe(mark), short_page_name(self._shapes, mark.page)]
        if is_from_file(mark):
            parts.append("from the file")
        said = f"{', '.join(parts)}: {words}"
        if tags:
            said += f", tags: {', '.join(tags)}"
        return f"{said}, comment: {mark.comment}" if mark.comment else said

    def _leaves(self, mark: Annotation) -> bool:
        return self._asked.leaves(mark, self._tags.get(mark.id, ()))

    def _filter(self) -> None:
        self._shown = [mark for mark in self._all if self._leaves(mark)]
        self.set_count(len(self._shown))

    def _alter(self, mark: Annotation) -> None:
        row = self.row_of(mark.id)
        if row >= 0 and self._leaves(mark):
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
        if not self._leaves(mark):
            return
        self._coming = [mark]
        self.insertRows(bisect_left(self._shown, reading_order(mark), key=reading_order), 1)

    def _rows_removed(self, _parent: Index, first: int, last: int) -> None:
        del self._shown[first : last + 1]

    def _rows_inserted(self, _parent: Index, first: int, _last: int) -> None:
        self._shown[first:first] = self._coming
        self._coming = []


def _alike(some: Sequence[object], others: Sequence[object], most: int | None = None) -> int:
    """How many of the first are the same, up to ``most``."""
    same = list(islice(map(is_, some, others), most))
    return same.index(False) if False in same else len(same)
