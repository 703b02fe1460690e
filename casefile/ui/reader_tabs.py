"""One row of tabs: open documents, one shown at a time."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QTabBar, QTabWidget, QWidget

from casefile.services.wording import printable
from casefile.ui.parts import IconButton
from casefile.ui.reader.reader_view import ReaderView

#: Characters of a title in its tab; the whole is in the tooltip.
TITLE = 28
_RIGHT = QTabBar.ButtonPosition.RightSide


class TabRow(QTabWidget):
    """``close_wanted(ReaderView)``; ``menu_wanted(QPoint)``: about the current tab, at a point of
    the screen; ``history_changed()``."""

    close_wanted = Signal(object)
    menu_wanted = Signal(QPoint)
    history_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Open documents")
        self.setDocumentMode(True)
        self.setMovable(True)
        self.setElideMode(Qt.TextElideMode.ElideMiddle)
        self.setUsesScrollButtons(True)
        bar = _Bar()
        bar.menu_wanted.connect(self.menu_wanted)
        self.setTabBar(bar)
        self.currentChanged.connect(lambda _index: self.history_changed.emit())

    @property
    def current(self) -> ReaderView | None:
        widget = self.currentWidget()
        return widget if isinstance(widget, ReaderView) else None

    @property
    def views(self) -> list[ReaderView]:
        widgets = [self.widget(index) for index in range(self.count())]
        return [widget for widget in widgets if isinstance(widget, ReaderView)]

    def add(self, view: ReaderView, at: int = -1) -> None:
        """Put a document into a tab of its own, at the end or before tab ``at``, and show it."""
        index = self.insertTab(at, view, "…")
        self.tabBar().setTabButton(index, _RIGHT, self._closer(view))
        view.titled.connect(self._name_tabs)
        view.history_changed.connect(self.history_changed)
        self._name_tabs()
        self.setCurrentWidget(view)

    def take(self, view: ReaderView) -> None:
        """Take a document out of the row; it goes on living."""
        view.titled.disconnect(self._name_tabs)
        view.history_changed.disconnect(self.history_changed)
        self.removeTab(self.indexOf(view))
        view.setParent(None)

    def step(self, by: int) -> None:
        """The tab ``by`` further on, round the end."""
        if self.count():
            self.setCurrentIndex((self.currentIndex() + by) % self.count())

    def focus_page(self) -> None:
        if self.current is not None:
            self.current.focus_page()

    def _closer(self, view: ReaderView) -> IconButton:
        """The button that closes a tab."""
        button = IconButton("x", "Close tab", ink="muted")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setMinimumSize(24, 24)
        button.clicked.connect(lambda: self.close_wanted.emit(view))
        return button

    def _name_tabs(self) -> None:
        for index, view in enumerate(self.views):
            if not view.title:
                continue
            shown = printable(view.title)
            short = shown if len(shown) <= TITLE else f"{shown[: TITLE - 1]}…"
            self.setTabText(index, short.replace("&", "&&"))
            self.tabBar().setAccessibleTabName(index, shown)
            self.setTabToolTip(index, f"<span>{_escaped(shown)}</span>")


class _Bar(QTabBar):
    """A right click chooses the tab it is about; the Menu key is about the current one."""

    menu_wanted = Signal(QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Open documents")

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            place = self.tabRect(self.currentIndex()).bottomLeft()
            self.menu_wanted.emit(self.mapToGlobal(place))
            return
        index = self.tabAt(event.pos())
        if index >= 0:
            self.setCurrentIndex(index)
            self.menu_wanted.emit(event.globalPos())


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
