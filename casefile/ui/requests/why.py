"""Why this date? The count day by day, as text that can be read aloud, copied and printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from casefile.domain.clock_words import STATES
from casefile.domain.clocks import Clock, explain
from casefile.domain.requests import ABOUT_CLOCKS, EventKind
from casefile.ui import clipboard, theme
from casefile.ui.announce import announce
from casefile.ui.lists.flow import FlowLayout
from casefile.ui.models.words import day, today, visible
from casefile.ui.parts import button, label, section
from casefile.ui.requests.words import EVENTS, date_words, full_name

if TYPE_CHECKING:
    from casefile.services.deadlines import RequestView
    from casefile.services.leaving.door import Words
    from casefile.ui.session import CaseSession


class WhyPanel(QFrame):
    """Stands in the record, beside the clock; Esc closes it. ``closed`` when it is put away."""

    closed = Signal()

    def __init__(self, session: CaseSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setProperty("surface", "panel")
        self.setAccessibleName("Why this date?")
        self.heading = section("Why this date?")
        self.what = label("", "body")
        self.text = _ReadOnly()
        self.copy = button("Copy", self._copy, icon="copy")
        self.print_button = button("Print…", self._print, icon="printer")
        self.close_button = button("Close", self.leave, tip="Esc")
        row = FlowLayout(spacing=6)
        for made in (self.copy, self.print_button, self.close_button):
            row.addWidget(made)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(6)
        for widget in (self.heading, self.what, self.text):
            column.addWidget(widget)
        column.addLayout(row)
        self.hide()

    def show_clock(self, view: RequestView, clock: Clock) -> None:
        """Explain ``clock``, with the keyboard on the first line."""
        self.what.setText(visible(_headline(view, clock)))
        self.text.setPlainText(visible_lines([*explain(clock), *history(view, clock)]))
        self.show()
        self.text.fit()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _words(self) -> str:
        return f"{self.what.text()}\n\n{self.text.toPlainText()}\n"

    def _print(self) -> None:
        from casefile.ui.printing.text_sheet import TextSheet

        TextSheet(self._session, "why a date", self._words(), self.window()).open()

    def _copy(self) -> None:
        from casefile.services.leaving import clipboard_text

        case, words = self._session.case, self._words()

        def put(let_out: Words) -> None:
            clipboard.put(self._session, let_out.text, sensitive=let_out.delicate)
            announce("Copied", self)

        self._session.tasks.run(
            lambda: clipboard_text.explanation_text(case, words), put, owner=self
        )


class _ReadOnly(QPlainTextEdit):
    """Text with a caret, as high as what it says up to a point."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setAccessibleName("Why this date, day by day")
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard
            | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def fit(self) -> None:
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        tall = QFontMetrics(theme.current().font()).lineSpacing()
        lines = min(16, max(4, self.document().blockCount() + 1))
        return QSize(200, tall * lines + 16)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()  # the panel's
        else:
            super().keyPressEvent(event)


def _headline(view: RequestView, clock: Clock) -> str:
    who = f"{view.request.agency}: {full_name(clock)}"
    dates = date_words(clock, today())
    return f"{who}, {dates}" if dates else f"{who}, {STATES[clock.state]}"


def history(view: RequestView, clock: Clock) -> list[str]:
    """What the reporter decided of this clock, oldest first."""
    letter = clock.started_by.id if clock.started_by else ""
    told = [
        event
        for event in view.events
        if event.kind in ABOUT_CLOCKS
        and event.clock == clock.rule.id
        and event.answers in (None, "", letter)
    ]
    lines = [
        f"{day(event.created_at)}: {EVENTS[event.kind].lower()}"
        + (f" to {day(event.until)}" if event.kind is EventKind.OVERRIDE else "")
        + (f" ({event.outcome})" if event.outcome else "")
        + (f": {event.note}" if event.note else "")
        for event in view.events
        if event in told
    ]
    return ["", "Edits:", *lines] if lines else []


def visible_lines(lines: list[str]) -> str:
    return "\n".join(visible(line) for line in lines)
