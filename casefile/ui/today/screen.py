"""Today: what is late, what comes next, what is not verified, what is not read."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QDate, QLocale, QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from casefile.domain.changes import Change
from casefile.ui.models import words
from casefile.ui.parts import ElidedLabel, EmptyState, button, label, title
from casefile.ui.session import CaseSession
from casefile.ui.today.agenda import Agenda
from casefile.ui.today.reading import Entry, Shown, read

_SHOWS = frozenset({"document", "quote", "followup", "source", "case_setting", "page_read"})


class TodayScreen(QWidget):
    """Refreshes itself when what it shows is edited."""

    def __init__(self, session: CaseSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.day_line = ElidedLabel("", "muted")
        self.agenda = Agenda()
        self.agenda.opened.connect(self._open)
        self.agenda.done.connect(self._done)
        self.agenda.snoozed.connect(self._snooze)
        self.empty = EmptyState("", "", icon="inbox")
        self.empty.button.clicked.connect(self._start)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.agenda)
        self.stack.addWidget(self.empty)
        self.quote_button = button("Check next quote", self._next_quote)
        self.followup_button = button("Add follow-up", self._add_followup)
        self.followup_button.setEnabled(not session.read_only)
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
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(6)
        column.addWidget(title("Today"))
        column.addWidget(self.day_line)
        column.addSpacing(6)
        column.addWidget(self.stack, 1)
        column.addLayout(buttons)
        self.hint = label("Enter opens · D done · S snooze until tomorrow", "caption")
        column.addWidget(self.hint)

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
            self.agenda.choose(before.item_id, row)
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
        else:
            self._session.open_record(entry.kind, entry.item_id)

    def _done(self, entry: Entry) -> None:
        if entry.kind != "followup" or self._session.read_only:
            return
        case = self._session.case

        def work() -> Change:
            from casefile.services import followups

            return followups.set_done(case, [entry.item_id], True)  # noqa: FBT003 - done

        self._session.tasks.edit(work, lambda _change: self._say("Done"), owner=self)

    def _snooze(self, entry: Entry) -> None:
        if entry.kind != "followup" or self._session.read_only:
            return
        case, tomorrow = self._session.case, words.today() + timedelta(days=1)

        def work() -> Change:
            from casefile.services import followups

            return followups.edit(case, entry.item_id, due=tomorrow)

        self._session.tasks.edit(work, lambda _change: self._say("Due tomorrow"), owner=self)

    def _say(self, text: str) -> None:
        self._session.toast.emit(text, True)  # noqa: FBT003 - it can be undone

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
