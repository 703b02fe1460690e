"""The fees of a request: how they stand, then everything that was said of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from casefile.domain.fees import Waiver
from casefile.domain.letters import LetterKind
from casefile.domain.requests import EventKind
from casefile.services import fees
from casefile.ui.lists.flow import FlowLayout
from casefile.ui.lists.screen import scrolled
from casefile.ui.models.words import today
from casefile.ui.parts import EmptyState, button, label, section
from casefile.ui.requests import sections, work
from casefile.ui.requests.fee_words import summary_lines, thread_lines
from casefile.ui.requests.lines import LinesView
from casefile.ui.requests.timeline import Timeline

if TYPE_CHECKING:
    from casefile.services.deadlines import RequestView
    from casefile.services.fees import Fees
    from casefile.ui.session import CaseSession


class FeesSection(QWidget):
    """``log_wanted(EventKind)``, ``draft_wanted(kind of letter)``, ``edit_wanted(id of an event)``,
    ``delete_wanted(key of its line)``."""

    log_wanted = Signal(object)
    draft_wanted = Signal(str)
    edit_wanted = Signal(str)
    delete_wanted = Signal(str)

    def __init__(self, session: CaseSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._view: RequestView | None = None
        self._fees: Fees | None = None
        self.setAccessibleName("Fees")
        self.summary = LinesView("How the fees stand")
        self.history = Timeline(read_only=session.read_only)
        self.history.setAccessibleName("What was said about fees")
        self.nothing = label("The agency has not written about fees.", "muted")
        self.empty = EmptyState(
            "Nothing has been said about fees yet.", "Log fee letter…", self.log_letter, icon="mail"
        )
        self.empty.button.setEnabled(not session.read_only)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.empty)
        self.pages.addWidget(scrolled(self._page()))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pages)
        self.summary.opened.connect(self._show_letter)
        self.history.edit_wanted.connect(self.edit_wanted)
        self.history.delete_wanted.connect(self.delete_wanted)

    def _page(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 10, 16, 16)
        column.setSpacing(6)
        column.addWidget(self.summary)
        column.addSpacing(4)
        column.addLayout(self._buttons())
        column.addSpacing(6)
        column.addWidget(section("What was said"))
        column.addWidget(self.nothing)
        column.addWidget(self.history)
        column.addStretch(1)
        return inside

    def _buttons(self) -> FlowLayout:
        self.letter = button("Log fee letter…", self.log_letter, icon="mail")
        self.answer = button("Log answer to fees…", self.log_answer)
        self.objection = button(
            "Draft objection…", lambda: self.draft_wanted.emit(LetterKind.FEE_OBJECTION.value)
        )
        self.argument = button(
            "Draft fee-waiver argument…",
            lambda: self.draft_wanted.emit(LetterKind.FEE_WAIVER.value),
        )
        row = FlowLayout(spacing=6)
        for made in (self.letter, self.answer, self.objection, self.argument):
            row.addWidget(made)
        return row

    def show_request(self, view: RequestView) -> None:
        """Reckoned off the main thread: the days of one that has ended are counted anew."""
        self._view, now = view, today()

        def show(found: Fees) -> None:
            if view is self._view:
                self._show(found, view)

        self._session.tasks.run(lambda: fees.of_request(view, now), show, owner=self)

    def log_letter(self) -> None:
        """What the agency wrote about fees."""
        self.log_wanted.emit(EventKind.FEE_ESTIMATE)

    def log_answer(self) -> None:
        """What the reporter did about them; first what the open question waits for."""
        asked = self._fees.thread.open if self._fees else ()
        self.log_wanted.emit(work.answers_with(asked[-1].kind) if asked else EventKind.FEE_PAID)

    def _show(self, found: Fees, view: RequestView) -> None:
        self._fees = found
        lines = summary_lines(found, today())
        self.summary.show_lines(lines)
        told = thread_lines(found, view)
        self.history.show_lines(told)
        self.history.setVisible(bool(told))
        self.nothing.setVisible(not told)
        self._offer(found)
        self.pages.setCurrentIndex(1 if lines else 0)

    def _offer(self, found: Fees) -> None:
        thread, editable = found.thread, not self._session.read_only
        letters = sections.known("letters")
        asked = any(event.kind in work.FEE_QUESTIONS for event in thread.events)
        self.letter.setEnabled(editable)
        self.answer.setEnabled(editable)
        for made, sensible in (
            (self.objection, asked),
            (self.argument, thread.waiver is not Waiver.GRANTED),
        ):
            made.setVisible(letters)
            made.setEnabled(editable and sensible)

    def _show_letter(self, key: str) -> None:
        """From a line of the summary to the letter that it is about."""
        letter = key.partition(" ")[2]
        if letter and self.history.choose(f"event {letter}"):
            self.history.setFocus(Qt.FocusReason.OtherFocusReason)
