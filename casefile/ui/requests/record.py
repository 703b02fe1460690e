"""A request's own page: state, clocks, timeline; and its sections behind tabs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QTabWidget, QVBoxLayout, QWidget

from casefile.domain.clocks import Clock
from casefile.ui import icons
from casefile.ui.lists.flow import FlowLayout
from casefile.ui.lists.screen import scrolled
from casefile.ui.models.words import visible
from casefile.ui.parts import ElidedLabel, button, label, section
from casefile.ui.requests import sections
from casefile.ui.requests.clock_list import WHY, ClockList, key_of
from casefile.ui.requests.header import RequestHeader
from casefile.ui.requests.timeline import Timeline
from casefile.ui.requests.why import WhyPanel
from casefile.ui.requests.words import STEPS

if TYPE_CHECKING:
    from casefile.services.deadlines import RequestView
    from casefile.ui.session import CaseSession


_NO_CLOCK = "No clock runs for this request: there is no date to explain."


class RequestRecord(QFrame):
    """``step_wanted``, ``reply_wanted``, ``own_wanted`` (the reporter logs what they did),
    ``snooze_wanted``, ``clock_asked(letter, Clock)`` for what must be asked; ``section_made`` hands
    over a section that was just built."""

    step_wanted = Signal()
    reply_wanted = Signal()
    own_wanted = Signal()
    snooze_wanted = Signal()
    clock_asked = Signal(str, object)
    section_made = Signal(QWidget)

    def __init__(self, session: CaseSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.view: RequestView | None = None
        self._sections: list[QWidget | None] = [None for _ in sections.SECTIONS]
        self.setProperty("surface", "panel")
        self.setAccessibleName("Request")
        self.setMinimumWidth(240)
        self.title = ElidedLabel("", "heading")
        self.header = RequestHeader()
        self.clocks = ClockList(read_only=session.read_only)
        self.why = WhyPanel(session)
        self.expected = label("", "caption")
        self.expected.hide()
        self.timeline = Timeline(read_only=session.read_only)
        self.tabs = QTabWidget(self)
        self.tabs.setVisible(bool(sections.SECTIONS))
        self._lay_out()
        self.clocks.asked.connect(self._clock_asked)
        self.why.closed.connect(lambda: self.clocks.view.setFocus(Qt.FocusReason.OtherFocusReason))
        self.tabs.currentChanged.connect(self._turned)

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 10, 16, 16)
        column.setSpacing(6)
        column.addWidget(self.header)
        column.addLayout(self._buttons())
        column.addWidget(self.why)
        column.addSpacing(6)
        column.addWidget(section("Clocks"))
        column.addWidget(self.clocks)
        column.addWidget(self.expected)
        column.addSpacing(6)
        column.addWidget(section("Timeline"))
        column.addWidget(self.timeline)
        column.addStretch(1)
        self.page = scrolled(inside)
        tabs = self.tabs
        tabs.setAccessibleName("Parts of the request")
        tabs.setDocumentMode(True)
        tabs.tabBar().setAccessibleName("Parts of the request")
        tabs.tabBar().setExpanding(False)
        tabs.tabBar().setUsesScrollButtons(True)
        if sections.SECTIONS:
            tabs.addTab(self.page, "Overview")
        for kind in sections.SECTIONS:
            tabs.addTab(_Room(), kind.title)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 10, 1, 1)
        outer.setSpacing(4)
        self.title.setContentsMargins(16, 0, 16, 0)
        outer.addWidget(self.title)
        # A bar of tabs that is hidden would hold the focus: Tab could not leave the list.
        outer.addWidget(tabs if sections.SECTIONS else self.page, 1)

    def _buttons(self) -> FlowLayout:
        self.step = button("", self.step_wanted.emit, role="primary", tip="N on the list")
        self.reply = button("Log reply…", self.reply_wanted.emit, tip="L on the list")
        self.own = button("Log what you did…", self.own_wanted.emit, tip="A on the list")
        self.snooze = button("Look again later…", self.snooze_wanted.emit, tip="S on the list")
        icons.set_icon(self.reply, "mail")
        row = FlowLayout(spacing=6)
        for made in (self.step, self.reply, self.own, self.snooze):
            made.setEnabled(not self._session.read_only)
            row.addWidget(made)
        return row

    @property
    def request_id(self) -> str:
        return self.view.request.id if self.view else ""

    def show_request(self, view: RequestView, titles: Mapping[str, str]) -> None:
        other = view.request.id != self.request_id
        if other:
            self.flush()
            self.why.hide()
            self.expected.hide()
        self.view = view
        self.title.set_text(visible(view.request.agency))
        self.header.show_request(view)
        words = STEPS[view.next_step]
        self.step.setText(f"{words}…" if words else "")
        self.step.setVisible(bool(words))
        self.snooze.setVisible(view.late_since is not None)
        self.clocks.show_request(view)
        self.timeline.show_request(view, titles)
        for made in self._sections:
            if made is not None:
                sections.show(made, view)
        self._turned(self.tabs.currentIndex())

    def show_expected(self, request_id: str, words: str) -> None:
        """What the agency's earlier answers make one expect, of the request that is shown."""
        if request_id == self.request_id:
            self.expected.setText(visible(words))
            self.expected.setVisible(bool(words))

    def section(self, section_id: str) -> QWidget | None:
        """Turn to a section; None where there is none of this id."""
        for number, kind in enumerate(sections.SECTIONS):
            if kind.id == section_id:
                self.tabs.setCurrentIndex(number + 1)
                return self._sections[number]
        return None

    @property
    def part(self) -> str:
        """The id of the section that is turned to; empty for the overview."""
        number = self.tabs.currentIndex()
        return sections.SECTIONS[number - 1].id if number > 0 else ""

    def explain(self, clock: Clock | None = None) -> None:
        """Why this date? Of the leading clock, where none is named."""
        if self.view is None:
            return
        about = clock or self.view.leading or self.clocks.current
        if about is not None:
            self.tabs.setCurrentIndex(0)
            self.clocks.view.choose(key_of(about))
            self.why.show_clock(self.view, about)
            self.page.ensureWidgetVisible(self.why)
        else:
            self._session.toast.emit(_NO_CLOCK, False)  # noqa: FBT003 - there is nothing to undo

    def flush(self) -> None:
        """Every section hands over what was typed."""
        for made in self._sections:
            flush = getattr(made, "flush", None)
            if callable(flush):
                flush()

    def _clock_asked(self, letter: str, clock: Clock) -> None:
        if letter == WHY:
            self.explain(clock)
        else:
            self.clock_asked.emit(letter, clock)

    def _turned(self, number: int) -> None:
        """A section is made when it is first looked at."""
        if number <= 0 or self._sections[number - 1] is not None or self.view is None:
            return
        room = self.tabs.widget(number)
        if not isinstance(room, _Room):
            return
        made = sections.SECTIONS[number - 1].build(self._session, room)
        self._sections[number - 1] = made
        room.column.addWidget(scrolled(made))  # where there is little room for it
        self.section_made.emit(made)
        sections.show(made, self.view)


class _Room(QWidget):
    """Where a section will stand."""

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
