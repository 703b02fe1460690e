"""The reader of one window: a row of tabs, or two of them side by side.

The two halves show two documents, or two places of one document. What is opened or closed by key
is in the half that has (or last had) the focus.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QApplication, QSplitter, QVBoxLayout, QWidget

from casefile.domain.geometry import Quad
from casefile.ui import theme
from casefile.ui.reader.reader_view import ReaderView
from casefile.ui.reader.shelf import Shelf
from casefile.ui.reader.tiles import TileMemory
from casefile.ui.reader_tabs import TabRow
from casefile.ui.session import CaseSession

#: Narrower than this (at 100 % text) the halves lie one above the other.
BESIDE = 720


class ReaderArea(QWidget):
    """``emptied()``: the last tab went; ``history_changed()``: ask ``can_go_back`` again;
    ``menu_wanted(QPoint)``: about the current document, at a point of the screen."""

    emptied = Signal()
    history_changed = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(
        self, session: CaseSession, parent: QWidget | None = None, shelf: Shelf | None = None
    ) -> None:
        super().__init__(parent)
        self.session = session
        self.shelf = shelf or Shelf()
        self._halves = QSplitter(Qt.Orientation.Horizontal)
        self._halves.setChildrenCollapsible(False)
        self._active = self._add_row()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._halves)
        session.locked.connect(self.wipe)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    # What is there

    @property
    def rows(self) -> list[TabRow]:
        """One row of tabs, or the two halves from left to right."""
        widgets = [self._halves.widget(index) for index in range(self._halves.count())]
        return [widget for widget in widgets if isinstance(widget, TabRow)]

    @property
    def tabs(self) -> TabRow:
        """The row that is worked in."""
        return self._active

    @property
    def is_split(self) -> bool:
        return len(self.rows) > 1

    @property
    def current(self) -> ReaderView | None:
        return self._active.current

    @property
    def views(self) -> list[ReaderView]:
        return [view for row in self.rows for view in row.views]

    @property
    def memory(self) -> TileMemory[QImage]:
        """The pictures that every reader of the case shares."""
        return self.shelf.memory

    @property
    def can_go_back(self) -> bool:
        view = self.current
        return view is not None and view.desk is not None and view.desk.history.can_go_back

    @property
    def can_go_forward(self) -> bool:
        view = self.current
        return view is not None and view.desk is not None and view.desk.history.can_go_forward

    def view_of(self, document_id: str) -> ReaderView | None:
        """A view of this document, first of all one in the half that is worked in."""
        every = [*self._active.views, *self.views]
        return next((view for view in every if view.document_id == document_id), None)

    # Opening and closing

    def open(
        self,
        document_id: str,
        page: int | None = None,
        find: str | None = None,
        quads: Sequence[Quad] | None = None,
    ) -> ReaderView:
        """Show a document: in the tab it is open in, or in a new one; at ``page``, with ``quads``
        in sight, with ``find`` looked for."""
        view = self.view_of(document_id) or self._new(document_id, self._active)
        self.show_view(view)
        if page is not None:
            view.go_to(page, quads)
        if find:
            view.look_for(find)
        view.focus_page()
        return view

    def show_view(self, view: ReaderView) -> None:
        """Bring a document of this area to the front of its row."""
        row = self._row_of(view)
        row.setCurrentWidget(view)
        self._work_in(row)

    def adopt(self, view: ReaderView) -> None:
        """Take a document from elsewhere into this area, and show it."""
        self._active.add(view)
        view.show()

    def take(self, view: ReaderView) -> None:
        """Let a document go elsewhere."""
        self._row_of(view).take(view)
        self._tidy()

    def close_current(self) -> None:
        if self.current is not None:
            self._close(self.current)

    def _new(self, document_id: str, row: TabRow) -> ReaderView:
        view = ReaderView(self.session, document_id, self.shelf)
        row.add(view)
        return view

    def _close(self, view: ReaderView) -> None:
        row = self._row_of(view)
        view.close_document()
        row.take(view)
        view.deleteLater()
        self._tidy()
        self.focus_page()

    # Two halves

    def split(self) -> None:
        """Show the current document a second time beside itself, at the same place."""
        view = self.current
        if view is None or self.is_split:
            return
        row = self._add_row()
        second = self._new(view.document_id, row)
        second.restore({**view.place(), "unfinished": {}})
        self._halves.setSizes([1000, 1000])
        self._lay_halves()
        self._work_in(row)
        second.focus_page()

    def join(self) -> None:
        """Back to one row. Of a document that is in both halves, the view that is worked in
        stays."""
        if not self.is_split:
            return
        current = self.current
        stays, goes = self.rows
        for view in goes.views:
            twin = next((v for v in stays.views if v.document_id == view.document_id), None)
            goes.take(view)
            if twin is not None and view is not current:
                self._end(view)
                continue
            at = -1
            if twin is not None:
                at = stays.indexOf(twin)
                stays.take(twin)
                self._end(twin)
            stays.add(view, at)
        self._drop(goes)
        if current is not None and current in stays.views:
            stays.setCurrentWidget(current)
        self.focus_page()

    def move_across(self) -> None:
        """The current document to the other half (which opens for it, if need be)."""
        view = self.current
        if view is None or len(self.views) < 2:
            return
        here = self._active
        there = next((row for row in self.rows if row is not here), None) or self._add_row()
        here.take(view)
        there.add(view)
        view.show()
        self._halves.setSizes([1000, 1000])
        self._work_in(there)
        self._tidy()
        self.focus_page()

    def _end(self, view: ReaderView) -> None:
        view.close_document()
        view.deleteLater()

    def _add_row(self) -> TabRow:
        row = TabRow()
        row.close_wanted.connect(self._close)
        row.menu_wanted.connect(self.menu_wanted)
        row.history_changed.connect(self.history_changed)
        self._halves.addWidget(row)
        return row

    def _drop(self, row: TabRow) -> None:
        row.setParent(None)
        row.deleteLater()
        self._work_in(self.rows[0])

    def _tidy(self) -> None:
        """A half without documents goes; an area without any says so."""
        for row in self.rows:
            if not row.count() and self.is_split:
                self._drop(row)
        if not self.views:
            self.emptied.emit()

    def _row_of(self, view: ReaderView) -> TabRow:
        return next(row for row in self.rows if view in row.views)

    def _work_in(self, row: TabRow) -> None:
        if row is not self._active:
            self._active = row
            self.history_changed.emit()

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        for row in self.rows:
            if new is not None and row.isAncestorOf(new):
                self._work_in(row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_halves()

    def _lay_halves(self) -> None:
        beside = self.width() >= theme.current().pixels(BESIDE)
        way = Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical
        if self._halves.orientation() is not way:
            self._halves.setOrientation(way)

    # Keys of the window

    def next_tab(self, step: int = 1) -> None:
        """The tab ``step`` further on in this half, round the end."""
        self._active.step(step)
        self.focus_page()

    def open_find(self) -> None:
        """Ctrl+F: put the caret into Find."""
        if self.current is not None:
            self.current.look_for()

    def focus_page(self) -> None:
        if self.current is not None:
            self.current.focus_page()

    def stops(self) -> list[tuple[QWidget, Callable[[], object]]]:
        """What F6 goes round in here: each half with the way to give it the focus."""
        return [(row, row.focus_page) for row in self.rows if row.count()]

    def back(self) -> bool:
        """One place back in the document; False if there is none."""
        view = self.current
        return view is not None and view.desk is not None and view.desk.back()

    def forward(self) -> bool:
        view = self.current
        return view is not None and view.desk is not None and view.desk.forward()

    # Remembering

    def place(self) -> dict[str, object]:
        """All tabs with their places, to be kept in the case until the next unlocking."""
        rows = self.rows
        return {
            "tabs": [
                {"document": view.document_id, "place": view.place(), "half": half}
                for half, row in enumerate(rows)
                for view in row.views
            ],
            "current": self._active.currentIndex(),
            "half": rows.index(self._active),
            "shown": [row.currentIndex() for row in rows],
            "sizes": self._halves.sizes(),
        }

    def restore(self, place: Mapping[str, object]) -> None:
        """Open the tabs again. Whatever does not read as a place is passed over."""
        tabs = place.get("tabs")
        for tab in tabs if isinstance(tabs, list) else ():
            document = tab.get("document") if isinstance(tab, dict) else None
            if isinstance(document, str):
                self._restore_tab(document, tab)
        shown, half, current = (place.get(name) for name in ("shown", "half", "current"))
        for row, index in zip(self.rows, shown if isinstance(shown, list) else (), strict=False):
            if isinstance(index, int):
                row.setCurrentIndex(index)
        sizes = place.get("sizes")
        if self.is_split and isinstance(sizes, list) and len(sizes) == 2 and all(sizes):
            self._halves.setSizes([int(size) for size in sizes])
        if isinstance(half, int) and 0 <= half < len(self.rows):
            self._work_in(self.rows[half])
        if isinstance(current, int) and 0 <= current < self._active.count():
            self._active.setCurrentIndex(current)

    def _restore_tab(self, document_id: str, tab: Mapping[str, object]) -> None:
        row = self.rows[-1]
        if tab.get("half") == 1 and not self.is_split and self.views:
            row = self._add_row()
            self._lay_halves()
        view = self._new(document_id, row)
        where = tab.get("place")
        if isinstance(where, dict) and where:
            view.restore(where)

    def wipe(self) -> None:
        """The case is locked: pictures are overwritten and every document is let go."""
        for view in self.views:
            view.wipe()
        self.shelf.memory.wipe()
