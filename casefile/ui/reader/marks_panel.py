"""All marks of the document: filtered, gone through and changed by keyboard, many at once."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import merge

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QVBoxLayout, QWidget

from casefile.domain.annotations import COLOURS, Annotation
from casefile.ui.lists.flow import FlowLayout
from casefile.ui.parts import button, caption
from casefile.ui.reader.document import OpenDocument
from casefile.ui.reader.file_marks import is_from_file
from casefile.ui.reader.mark_filter import MarkFilterBar, colours_of, kinds_of, tags_of
from casefile.ui.reader.marks import reading_order
from casefile.ui.reader.marks_model import MarksModel
from casefile.ui.reader.rows import Index, RowDelegate

#: The keys of the six colours.
_DIGITS = {Qt.Key(Qt.Key.Key_1 + number): name for number, name in enumerate(COLOURS)}
_PLAIN = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier


class MarksList(QListView):
    """Enter and a click open, Del deletes, 1 to 6 recolour, M adopts, / filters."""

    opened = Signal(object)
    deleted = Signal(object)
    recoloured = Signal(object, str)
    adopted = Signal(object)
    filter_wanted = Signal()
    chosen_changed = Signal()

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
        self.selectionModel().selectionChanged.connect(self.chosen_changed)

    def chosen(self) -> list[Annotation]:
        chosen = self.selectionModel().selection()
        ranges = [chosen.at(number) for number in range(chosen.count())]
        rows = sorted(row for each in ranges for row in range(each.top(), each.bottom() + 1))
        return self._model.marks_in(rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = Qt.Key(event.key()), event.modifiers() in _PLAIN
        own = [mark for mark in self.chosen() if not is_from_file(mark)]
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        elif event.matches(QKeySequence.StandardKey.Delete) and own:
            self.deleted.emit(own)
        elif key in _DIGITS and plain and own:
            self.recoloured.emit(own, _DIGITS[key])
        elif key == Qt.Key.Key_M and plain:
            self.adopted.emit([mark for mark in self.chosen() if is_from_file(mark)])
        elif key == Qt.Key.Key_Slash:
            self.filter_wanted.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A plain click opens; with Ctrl or Shift it chooses."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.modifiers() in _PLAIN:
            self._open(index)

    def _open(self, index: Index) -> None:
        mark = self._model.mark(index)
        if mark is not None:
            self.opened.emit(mark)


class MarksPanel(QWidget):
    """``opened(Annotation)``, ``deleted(list[Annotation])``, ``adopted(list[Annotation])``: marks
    of the file; ``shown()``: it came into view."""

    opened = Signal(object)
    deleted = Signal(object)
    adopted = Signal(object)
    shown = Signal()

    def __init__(self, document: OpenDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.model = MarksModel(document.shapes, self)
        self.filter = MarkFilterBar(
            lambda: kinds_of(self.model.all),
            lambda: colours_of(self.model.all),
            lambda: tags_of(document.tags.get(mark.id, ()) for mark in self.model.all),
        )
        self.field = self.filter.field
        self.list = MarksList(self.model)
        self._count = caption()
        self.clear = button("Clear filters", self.filter.clear, role="link")
        self.adopt_all = button("", self._adopt_all, icon="download")
        told = FlowLayout(spacing=8)
        for widget in (self._count, self.clear, self.adopt_all):
            told.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.filter)
        column.addLayout(told)
        column.addWidget(self.list, 1)
        self.filter.changed.connect(self._filter)
        self.filter.left.connect(self._to_list)
        self.list.opened.connect(self.opened)
        self.list.deleted.connect(self.deleted)
        self.list.adopted.connect(self._adopt)
        self.list.filter_wanted.connect(self._to_filter)
        document.marks_changed.connect(self._reload)
        document.file_marks_changed.connect(self._reload)
        document.tags_changed.connect(self._retag)
        self._reload()

    def choose(self, mark_id: str) -> None:
        """Show which mark is selected on the page."""
        row = self.model.row_of(mark_id)
        if row < 0:
            self.list.clearSelection()
        elif not self.list.selectionModel().isSelected(self.model.index(row)):
            self.list.setCurrentIndex(self.model.index(row))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit()

    def _reload(self) -> None:
        kept = [mark.id for mark in self.list.chosen()]
        own, foreign = self._document.marks.all, self._document.file_marks.all
        every: Sequence[Annotation] = own
        if foreign:
            every = list(merge(own, foreign, key=reading_order))
        self.model.set_marks(every)
        if kept and not self.list.chosen():  # the list was made anew
            self._choose_again(set(kept))
        self._tell()

    def _choose_again(self, ids: set[str]) -> None:
        """All at once: each change of what is chosen is told."""
        chosen = QItemSelection()
        for first, last in runs(self.model.rows_of(ids)):
            chosen.append(QItemSelectionRange(self.model.index(first), self.model.index(last)))
        flag = QItemSelectionModel.SelectionFlag.Select
        self.list.selectionModel().select(chosen, flag)

    def _retag(self) -> None:
        kept = {mark.id for mark in self.list.chosen()}
        self.model.set_tags(self._document.tags)
        if kept and not self.list.chosen():
            self._choose_again(kept)
        self._tell()

    def _filter(self) -> None:
        self.model.set_filter(self.filter.asked)
        self._tell()

    def _to_list(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.list.currentIndex().isValid() and self.model.rowCount():
            self.list.setCurrentIndex(self.model.index(0))

    def _to_filter(self) -> None:
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def _adopt(self, marks: list[Annotation]) -> None:
        if marks:
            self.adopted.emit(marks)

    def _adopt_all(self) -> None:
        self._adopt(self._document.file_marks.all)

    def _tell(self) -> None:
        shown, total = self.model.rowCount(), self.model.total
        foreign = len(self._document.file_marks.all)
        filtered = bool(self.filter.asked)
        if not total:
            self._count.setText("No marks yet. Select text and press 1 to 6.")
        elif filtered and not shown:
            self._count.setText(f"None of {total:,} marks fits the filter.")
        elif filtered:
            self._count.setText(f"{shown:,} of {total:,} marks")
        else:
            self._count.setText(f"{total:,} marks" if total != 1 else "1 mark")
        self.clear.setVisible(filtered)
        self.adopt_all.setVisible(bool(foreign))
        self.adopt_all.setText(f"Adopt {foreign:,} from the file")


def runs(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Ascending row numbers as first and last of each unbroken run."""
    found: list[tuple[int, int]] = []
    for row in rows:
        if found and row == found[-1][1] + 1:
            found[-1] = found[-1][0], row
        else:
            found.append((row, row))
    return found
