"""The states of quotes side by side with how many are in each: the board's heads, as a filter."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from casefile.domain.quotes import QuoteState
from casefile.ui import icons
from casefile.ui.lists.flow import FlowLayout
from casefile.ui.parts import CHIPS


class _Tab(QPushButton):
    """Left and right go to the neighbour, as in every row of tabs."""

    moved = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            self.moved.emit(-step if mirrored else step)


class StateTabs(QWidget):
    """``chosen(QuoteState or None)``."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("State")
        self._group = QButtonGroup(self)
        self._tabs: dict[QuoteState | None, _Tab] = {}
        row = FlowLayout(self, spacing=6)
        for state in (None, *QuoteState):
            tab = _Tab()
            tab.setCheckable(True)
            tab.setAutoDefault(False)
            if state is not None:
                icons.set_icon(tab, CHIPS[state].icon, CHIPS[state].token)
            tab.clicked.connect(lambda _on=True, state=state: self.chosen.emit(state))
            tab.moved.connect(lambda step, tab=tab: self._step(tab, step))
            self._group.addButton(tab)
            self._tabs[state] = tab
            row.addWidget(tab)
        self._tabs[None].setChecked(True)
        self.count({})

    def count(self, numbers: Mapping[QuoteState, int]) -> None:
        """How many quotes each tab would show."""
        for state, tab in self._tabs.items():
            number = sum(numbers.values()) if state is None else numbers.get(state, 0)
            word = "All" if state is None else CHIPS[state].word
            tab.setText(f"{word}  {number}")
            tab.setAccessibleName(f"{word}, {number}")

    def choose(self, state: QuoteState | None) -> None:
        self._tabs[state].setChecked(True)

    def _step(self, tab: _Tab, step: int) -> None:
        row = list(self._tabs.values())
        follower = row[(row.index(tab) + step) % len(row)]
        follower.setFocus(Qt.FocusReason.TabFocusReason)
        follower.click()
