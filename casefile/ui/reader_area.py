"""The tabs of the reader: open documents side by side, each with its place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QTabBar, QTabWidget, QVBoxLayout, QWidget

from casefile.domain.geometry import Quad
from casefile.services.wording import printable
from casefile.ui.parts import IconButton
from casefile.ui.reader.reader_view import ReaderView
from casefile.ui.reader.tiles import TileMemory
from casefile.ui.session import CaseSession

#: Characters of a title in its tab; the whole is in the tooltip.
TITLE = 28
_RIGHT = QTabBar.ButtonPosition.RightSide


class ReaderArea(QWidget):
    """``emptied()``: the last tab was closed; ``history_changed()``: ask ``can_go_back`` again."""

    emptied = Signal()
    history_changed = Signal()

    def __init__(self, session: CaseSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.memory: TileMemory[QImage] = TileMemory(forget=_blank)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setMovable(True)
        self.tabs.setElideMode(Qt.TextElideMode.ElideMiddle)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.tabBar().setAccessibleName("Open documents")
        self.tabs.currentChanged.connect(lambda _index: self.history_changed.emit())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.tabs)
        session.locked.connect(self.wipe)

    @property
    def current(self) -> ReaderView | None:
        widget = self.tabs.currentWidget()
        return widget if isinstance(widget, ReaderView) else None

    @property
    def views(self) -> list[ReaderView]:
        widgets = [self.tabs.widget(index) for index in range(self.tabs.count())]
        return [widget for widget in widgets if isinstance(widget, ReaderView)]

    @property
    def can_go_back(self) -> bool:
        view = self.current
        return view is not None and view.desk is not None and view.desk.history.can_go_back

    @property
    def can_go_forward(self) -> bool:
        view = self.current
        return view is not None and view.desk is not None and view.desk.history.can_go_forward

    def open(
        self,
        document_id: str,
        page: int | None = None,
        find: str | None = None,
        quads: Sequence[Quad] | None = None,
    ) -> ReaderView:
        """Show a document: in the tab it is open in, or in a new one; at ``page``, with ``quads``
        in sight, with ``find`` looked for."""
        view = next((v for v in self.views if v.document_id == document_id), None)
        if view is None:
            view = ReaderView(self.session, document_id, self.memory)
            view.titled.connect(lambda title, view=view: self._title(view, title))
            view.history_changed.connect(self.history_changed)
            index = self.tabs.addTab(view, "…")
            self.tabs.tabBar().setTabButton(index, _RIGHT, self._closer(view))
        self.tabs.setCurrentWidget(view)
        if page is not None:
            view.go_to(page, quads)
        if find:
            view.look_for(find)
        view.focus_page()
        return view

    def close_current(self) -> None:
        self._close_tab(self.tabs.currentIndex())

    def next_tab(self, step: int = 1) -> None:
        """The tab ``step`` further on, round the end."""
        if self.tabs.count():
            self.tabs.setCurrentIndex((self.tabs.currentIndex() + step) % self.tabs.count())
            self.focus_page()

    def open_find(self) -> None:
        """Ctrl+F: put the caret into Find."""
        view = self.current
        if view is not None:
            view.look_for()

    def focus_page(self) -> None:
        view = self.current
        if view is not None:
            view.focus_page()

    def back(self) -> bool:
        """One place back in the document; False if there is none."""
        view = self.current
        return view is not None and view.desk is not None and view.desk.back()

    def forward(self) -> bool:
        view = self.current
        return view is not None and view.desk is not None and view.desk.forward()

    def place(self) -> dict[str, object]:
        """All tabs with their places, to be kept in the case until the next unlocking."""
        return {
            "tabs": [{"document": v.document_id, "place": v.place()} for v in self.views],
            "current": self.tabs.currentIndex(),
        }

    def restore(self, place: dict[str, object]) -> None:
        """Open the tabs again. Whatever does not read as a place is passed over."""
        tabs = place.get("tabs")
        for tab in tabs if isinstance(tabs, list) else ():
            document = tab.get("document") if isinstance(tab, dict) else None
            if isinstance(document, str):
                view = self.open(document)
                where = tab.get("place")
                if isinstance(where, dict) and where:
                    view.restore(where)
        current = place.get("current")
        if isinstance(current, int) and 0 <= current < self.tabs.count():
            self.tabs.setCurrentIndex(current)

    def wipe(self) -> None:
        """The case is locked: pictures are overwritten and every document is let go."""
        for view in self.views:
            view.wipe()
        self.memory.wipe()

    def _closer(self, view: ReaderView) -> IconButton:
        """The button that closes a tab."""
        button = IconButton("x", "Close tab", ink="muted")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setMinimumSize(24, 24)
        button.clicked.connect(lambda: self._close_tab(self.tabs.indexOf(view)))
        return button

    def _title(self, view: ReaderView, title: str) -> None:
        index = self.tabs.indexOf(view)
        shown = printable(title)
        short = shown if len(shown) <= TITLE else f"{shown[: TITLE - 1]}…"
        self.tabs.setTabText(index, short.replace("&", "&&"))
        self.tabs.tabBar().setAccessibleTabName(index, shown)
        self.tabs.setTabToolTip(index, f"<span>{_escaped(shown)}</span>")

    def _close_tab(self, index: int) -> None:
        view = self.tabs.widget(index)
        if not isinstance(view, ReaderView):
            return
        view.close_document()
        self.tabs.removeTab(index)
        view.deleteLater()
        if self.tabs.count():
            self.focus_page()
        else:
            self.emptied.emit()


def _blank(image: QImage) -> None:
    """Overwrite a picture that is let go of."""
    image.fill(0)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
