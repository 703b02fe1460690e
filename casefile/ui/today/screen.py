"""Today: the reporter's own limits, what is late, what comes next, what is not read."""

from __future__ import annotations

from PySide6.QtCore import QDate, QLocale, QPoint, QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from casefile.domain.changes import Change
from casefile.ui.day_watching import set_back_words
from casefile.ui.models import words
from casefile.ui.parts import ElidedLabel, EmptyState, Notice, button, label, title
from casefile.ui.session import CaseSession
from casefile.ui.today.agenda import Agenda
from casefile.ui.today.entries import OF_REQUESTS, Entry
from casefile.ui.today.giving_up import GivingUp
from casefile.ui.today.reading import Shown, read
from casefile.ui.today.verbs import LineVerbs

_SHOWS = frozenset({
    "document", "quote", "followup", "source", "case_setting", "page_read", "request",
    "request_event", "agency",
})  # fmt: skip
HINT = (
    "Enter opens · L next legal deadline · C calendar · D done · S snooze until tomorrow · "
    "Shift+S until… · G give up a limit"
)


class TodayScreen(QWidget):
    """Refreshes itself when what it shows is edited."""

    def __init__(self, session: CaseSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.day_line = ElidedLabel("", "muted")
        self.agenda = Agenda()
        self.agenda.opened.connect(self._open)
        self.verbs = LineVerbs(session, self)
        self.giving_up = GivingUp()
        self.giving_up.given_up.connect(self.verbs.give_up)
        self.agenda.done.connect(self.verbs.done)
        self.agenda.snoozed.connect(self.verbs.snooze)
        self.agenda.put_off.connect(self._put_off)
        self.agenda.given_up.connect(self._give_up)
        self.agenda.calendar_wanted.connect(self._to_calendar)
        self.empty = EmptyState("", "", icon="inbox")
        self.empty.button.clicked.connect(self._start)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.agenda)
        self.stack.addWidget(self.empty)
        self.quote_button = button("Check next quote", self._next_quote)
        self.followup_button = button("Add follow-up", self._add_followup)
        self.followup_button.setEnabled(not session.read_only)
        self.calendar_button = button("Calendar", self._to_calendar, icon="calendar")
        self.notice = Notice("warning")
        self.notice.add_button("Count from the computer's day", session.days.confirm)
        session.days.turned.connect(self._tell_day)
        self._shown: Shown | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(150)
        self._soon.timeout.connect(self.refresh)
        session.changed.connect(self.apply_change)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.quote_button)
        buttons.addWidget(self.followup_button)
        buttons.addWidget(self.calendar_button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(6)
        column.addWidget(title("Today"))
        column.addWidget(self.day_line)
        column.addWidget(self.notice)
        column.addSpacing(6)
        column.addWidget(self.stack, 1)
        column.addWidget(self.giving_up)
        column.addLayout(buttons)
        self.hint = label(HINT, "caption")
        column.addWidget(self.hint)
        self._tell_day()

    def _tell_day(self) -> None:
        """Say that the clock was set back, as long as the reporter has not confirmed it."""
        seen = self._session.days.set_back
        if seen is None:
            self.notice.clear()
        else:
            self.notice.show_words(*set_back_words(seen))

    def refresh(self) -> None:
        """Read the page again."""
        case = self._session.case
        self._session.tasks.run(lambda: read(case, words.today()), self._show, owner=self)

    def apply_change(self, change: Change) -> None:
        if change.kinds & _SHOWS:
            self._soon.start()

    def focus_list(self) -> None:
        target = self.agenda if self.stack.currentWidget() is self.agenda else self.empty.button
        if target is self.agenda and self.agenda.chosen is None:
            self.agenda.choose_first()
        target.setFocus()

    def new_item(self) -> None:
        self._add_followup()

    def _show(self, shown: Shown) -> None:
        before = self.agenda.chosen
        row = self.agenda.currentIndex().row()
        self._shown = shown
        day = QLocale().toString(QDate(shown.day.year, shown.day.month, shown.day.day), "ddd d MMM")
        self.day_line.set_text(f"{day}   ·   {words.visible(shown.case_name)}")
        had_focus = self.agenda.hasFocus() or self.empty.button.hasFocus()
        self.agenda.entries.show_entries(shown.entries)
        if before is not None:
            self.agenda.choose(before, row)
        if shown.is_new:
            self.empty.set_sentence(
                "This case is empty. Drop files anywhere in the window, or import them.", "Import…"
            )
        else:
            self.empty.set_sentence("Nothing waits today.", "Go to the documents")
        self.stack.setCurrentWidget(self.agenda if shown.entries else self.empty)
        quotes = any(entry.kind == "quote" for entry in shown.entries)
        self.quote_button.setEnabled(quotes)
        self.hint.setVisible(bool(shown.entries))
        if had_focus:
            self.focus_list()

    def _start(self) -> None:
        if self._shown is not None and self._shown.is_new:
            self._session.request_import()
        else:
            self._session.show_place("documents")

    def _open(self, entry: Entry) -> None:
        if entry.kind == "document":
            self._session.open_document(entry.item_id)
        elif entry.kind == "place":
            self._session.show_place(entry.item_id)
        else:
            kind = "request" if entry.kind in OF_REQUESTS else entry.kind
            self._session.open_record(kind, entry.item_id)

    def _put_off(self, entry: Entry) -> None:
        menu = self.verbs.snooze_menu(entry, self.agenda)
        if menu is not None:
            line = self.agenda.visualRect(self.agenda.currentIndex())
            menu.popup(self.agenda.viewport().mapToGlobal(QPoint(line.left() + 24, line.bottom())))

    def _give_up(self, entry: Entry) -> None:
        if self.verbs.may_give_up(entry):
            self.giving_up.ask(entry)

    def _to_calendar(self) -> None:
        self._session.show_place("calendar")

    def _next_quote(self) -> None:
        if self._shown is None:
            return
        for entry in self._shown.entries:
            if entry.kind == "quote":
                self._session.open_record("quote", entry.item_id)
                if entry.document_id:
                    self._session.open_document(entry.document_id, entry.page)
                return

    def _add_followup(self) -> None:
        self._session.show_place("followups")
        self._session.new_requested.emit("followups")
