"""How rail, list and page share the window.

Where there is room, list and page stand side by side; in a narrow window (or with large text) one
gives way to the other, and the rail shrinks to its icons.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from casefile.ui import theme
from casefile.ui.rail import Rail

#: Pixels (at 100 %) that list and page need to stand side by side.
SIDE_BY_SIDE = 860
#: The part of the window that the rail may take before it shrinks.
RAIL_SHARE = 0.24


class Panes(QSplitter):
    """``arranged`` when what is shown has changed."""

    arranged = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.rail = Rail()
        self.middle = QStackedWidget()
        self.page = QFrame()
        self._page_column = QVBoxLayout(self.page)
        self._page_column.setContentsMargins(0, 0, 0, 0)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        for index, pane in enumerate((self.rail, self.middle, self.page)):
            self.addWidget(pane)
            self.setStretchFactor(index, (0, 2, 3)[index])
        self.page.hide()
        self._has_page = self._page_only = False
        self._front: QWidget = self.middle
        theme.current().changed.connect(self._refit)
        self.fit()

    def fill_page(self, widget: QWidget) -> None:
        """Put the reader into its pane."""
        self._page_column.addWidget(widget)

    @property
    def has_page(self) -> bool:
        """Whether a document is open, shown or not."""
        return self._has_page

    @property
    def narrow(self) -> bool:
        """Whether list and page have no room side by side."""
        return self.width() - self.rail.width() < theme.current().pixels(SIDE_BY_SIDE)

    @property
    def list_shown(self) -> bool:
        return not self.middle.isHidden()

    def show_page(self) -> None:
        """A document is wanted: beside the list, or in its place."""
        self._has_page, self._front = True, self.page
        self.arrange()

    def show_list(self) -> None:
        """The list is wanted: beside the page, or in its place."""
        self._front, self._page_only = self.middle, False
        self.arrange()

    def drop_page(self) -> None:
        """The last document was closed."""
        self._has_page, self._page_only, self._front = False, False, self.middle
        self.arrange()

    def toggle(self) -> None:
        """Page alone or with the list; in a narrow window the one or the other."""
        if not self._has_page:
            return
        if self.list_shown:
            self._page_only, self._front = True, self.page
            self.arrange()
        else:
            self.show_list()

    def arrange(self) -> None:
        """Show what there is room for."""
        together = not self.narrow
        alone = self._has_page and (self._page_only if together else self._front is self.page)
        first = together and not alone and self._has_page and self.page.isHidden()
        self.page.setVisible(self._has_page and (together or alone))
        self.middle.setVisible(not alone)
        if first:
            room = self.width() - self.rail.width()
            self.setSizes([self.rail.width(), room * 2 // 5, room * 3 // 5])
        self.arranged.emit()

    def fit(self) -> None:
        """Give the rail what its names need, or only its icons."""
        wish = max(self.rail.wish(), theme.current().pixels(160))
        small = self.width() > 0 and wish > RAIL_SHARE * self.width()
        wide = self.rail.narrowest() if small else max(wish, 190)
        self.rail.setMinimumWidth(self.rail.narrowest())
        self.rail.setMaximumWidth(wide if small else wide + 80)
        sizes = self.sizes()
        if sizes[0] > wide or not small:
            rest = max(0, sum(sizes) - wide)
            parts = [wide, *self._shares(rest, sizes[1], sizes[2])]
            self.setSizes(parts)
        minimum = theme.current().pixels(240)
        self.middle.setMinimumWidth(min(minimum, max(200, self.width() // 2)))
        self.page.setMinimumWidth(min(minimum, max(200, self.width() // 2)))

    def _refit(self) -> None:
        """Larger text may leave no room side by side, smaller text makes it again."""
        self.fit()
        if self.isVisible():
            self.arrange()

    @staticmethod
    def _shares(rest: int, middle: int, page: int) -> tuple[int, int]:
        whole = middle + page
        return (rest * middle // whole, rest * page // whole) if whole else (rest, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.fit()
            self.arrange()
