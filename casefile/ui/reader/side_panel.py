"""Beside the pages: Pages, Outline, Marks, Hits."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from casefile.domain.annotations import AnnotationKind
from casefile.ui import theme
from casefile.ui.reader.document import OpenDocument
from casefile.ui.reader.find import Finder
from casefile.ui.reader.hits_panel import HitsPanel
from casefile.ui.reader.marks_panel import MarksPanel
from casefile.ui.reader.outline_panel import OutlinePanel
from casefile.ui.reader.place_of import short_page_name
from casefile.ui.reader.thumbnails import Thumbnails

#: The tabs by the name under which the chosen one is remembered.
NAMES = ("pages", "outline", "marks", "hits")


class SidePanel(QTabWidget):
    """``page_opened(int)``, ``point_opened(page, y or None)``, ``mark_opened(Annotation)``,
    ``marks_deleted(list)``, ``hit_opened(Found)``. The panels of marks and hits are made when they
    are first looked at, so that a document opens sooner: ``marks_made(MarksPanel)``."""

    page_opened = Signal(int)
    point_opened = Signal(int, object)
    mark_opened = Signal(object)
    marks_deleted = Signal(object)
    hit_opened = Signal(object)
    marks_made = Signal(object)

    def __init__(
        self, document: OpenDocument, finder: Finder, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.thumbnails = Thumbnails(document)
        self.outline = OutlinePanel()
        self._finder = finder
        self._chosen_mark = ""
        self._room_for_marks, self._room_for_hits = _Room(), _Room()
        for widget, words in (
            (self.thumbnails, "Pages"),
            (self.outline, "Outline"),
            (self._room_for_marks, "Marks"),
            (self._room_for_hits, "Hits"),
        ):
            self.addTab(widget, words)
        self.setAccessibleName("Side panel")
        self.setDocumentMode(True)
        self.tabBar().setAccessibleName("Side panel")
        self.tabBar().setExpanding(False)
        self.tabBar().setUsesScrollButtons(True)
        self.setMinimumWidth(theme.current().pixels(200))
        self.thumbnails.opened.connect(self.page_opened)
        self.outline.opened.connect(self.point_opened)
        self._document = document
        self.currentChanged.connect(self._turned)
        document.marks_changed.connect(self._list_bookmarks)

    @cached_property
    def marks(self) -> MarksPanel:
        panel = MarksPanel(self._document)
        panel.opened.connect(self.mark_opened)
        panel.deleted.connect(self.marks_deleted)
        self.marks_made.emit(panel)
        self._room_for_marks.column.addWidget(panel)
        if self._chosen_mark:
            panel.choose(self._chosen_mark)
        return panel

    @cached_property
    def hits(self) -> HitsPanel:
        panel = HitsPanel(self._document, self._finder)
        panel.opened.connect(self.hit_opened)
        self._room_for_hits.column.addWidget(panel)
        return panel

    def choose_mark(self, mark_id: str) -> None:
        """Show which mark is selected on the page."""
        self._chosen_mark = mark_id
        if "marks" in self.__dict__:
            self.marks.choose(mark_id)

    def _turned(self, _number: int) -> None:
        if self.shown in ("marks", "hits"):
            getattr(self, self.shown)

    def _list_bookmarks(self) -> None:
        document = self._document
        self.outline.set_bookmarks(
            [
                (mark.page, mark.comment or short_page_name(document.shapes, mark.page))
                for mark in document.marks.all
                if mark.kind is AnnotationKind.BOOKMARK
            ]
        )

    @property
    def shown(self) -> str:
        return NAMES[self.currentIndex()]

    def show_tab(self, name: str) -> None:
        if name in NAMES:
            self.setCurrentIndex(NAMES.index(name))


class _Room(QWidget):
    """Where a panel will stand."""

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
