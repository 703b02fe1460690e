"""Beside the pages: Pages, Outline, Marks, Hits."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget, QWidget

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
    ``marks_deleted(list)``, ``hit_opened(Found)``."""

    page_opened = Signal(int)
    point_opened = Signal(int, object)
    mark_opened = Signal(object)
    marks_deleted = Signal(object)
    hit_opened = Signal(object)

    def __init__(
        self, document: OpenDocument, finder: Finder, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.thumbnails = Thumbnails(document)
        self.outline = OutlinePanel()
        self.marks = MarksPanel(document)
        self.hits = HitsPanel(document, finder)
        for widget, words in (
            (self.thumbnails, "Pages"),
            (self.outline, "Outline"),
            (self.marks, "Marks"),
            (self.hits, "Hits"),
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
        self.marks.opened.connect(self.mark_opened)
        self.marks.deleted.connect(self.marks_deleted)
        self.hits.opened.connect(self.hit_opened)
        self._document = document
        document.marks_changed.connect(self._list_bookmarks)

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
