"""The calendar: a month of limits, agencies' dates and follow-ups, with the chosen day beside."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from casefile.domain.changes import Change
from casefile.ui import icons, theme
from casefile.ui.announce import announce
from casefile.ui.calendar.grid import MonthGrid, month_words
from casefile.ui.calendar.reading import LATE, LEGEND, Month, read
from casefile.ui.models import words
from casefile.ui.parts import EmptyState, IconButton, button, heading, label, section, title
from casefile.ui.session import CaseSession
from casefile.ui.today.agenda import Agenda
from casefile.ui.today.entries import OF_REQUESTS, Entry
from casefile.ui.today.verbs import LineVerbs

_SHOWS = frozenset({"followup", "request", "request_event", "agency", "source"})
_NARROW = 760


class CalendarScreen(QWidget):
    """Refreshes itself when what it shows is edited."""

    def __init__(self, session: CaseSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.grid = MonthGrid(words.today())
        self.grid.chosen.connect(self._show_day)
        self.grid.month_shown.connect(self._name_month)
        self.grid.entered.connect(self._into_day)
        self.verbs = LineVerbs(session, self)
        self.day_line = section("")
        self.agenda = Agenda()
        self.agenda.opened.connect(self._open)
        self.agenda.done.connect(self.verbs.done)
        self.agenda.snoozed.connect(self.verbs.snooze)
        self.nothing = label("Nothing on this day.", "muted")
        self.empty = EmptyState(
            "No dates yet. Limits of requests and follow-ups with a date stand here.",
            "Add follow-up",
            self._add_followup,
            icon="calendar",
        )
        self.empty.button.setEnabled(not session.read_only)
        self.stack = QStackedWidget()
        for page in (self.agenda, self.nothing, self.empty):
            self.stack.addWidget(page)
        # The picture of an empty case must not take the month's room in a small window.
        self.stack.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(150)
        self._soon.timeout.connect(self.refresh)
        session.changed.connect(self.apply_change)
        self._lay_out()
        self.grid.choose(self.grid.day)

    def _lay_out(self) -> None:
        self.month_line = heading("")
        self.before = IconButton("chevron-left", "Month before", "PgUp")
        self.before.clicked.connect(lambda: self.grid.turn(-1))
        self.after = IconButton("chevron-right", "Next month", "PgDown")
        self.after.clicked.connect(lambda: self.grid.turn(1))
        self.today_button = button("Today", lambda: self.grid.choose(words.today()))
        top = QHBoxLayout()
        top.setSpacing(8)
        for widget in (self.before, self.after, self.today_button):
            top.addWidget(widget)
        top.addWidget(self.month_line)
        top.addStretch(1)
        beside = QVBoxLayout()
        beside.setSpacing(6)
        beside.addWidget(self.day_line)
        beside.addWidget(self.stack, 1)
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.setSpacing(20)
        self._body.addWidget(self.grid, 3)
        self._body.addLayout(beside, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(6)
        column.addWidget(title("Calendar"))
        column.addLayout(top)
        column.addLayout(self._body, 1)
        column.addWidget(_Legend())
        column.addWidget(
            label(
                "Arrows go a day or a week · Page Up, Page Down a month · T today · "
                "Enter to the day's list, Enter again opens",
                "caption",
            )
        )

    def refresh(self) -> None:
        """Read the dates again."""
        case = self._session.case
        self._session.tasks.run(lambda: read(case, words.today()), self._show, owner=self)

    def apply_change(self, change: Change) -> None:
        if change.kinds & _SHOWS:
            self._soon.start()

    def focus_list(self) -> None:
        self.grid.setFocus()

    def new_item(self) -> None:
        self._add_followup()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < theme.current().pixels(_NARROW)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._body.setDirection(way)

    def _show(self, month: Month) -> None:
        follows = self.grid.day == self.grid.days.month.today != month.today
        self.grid.days.show_entries(month)
        self.grid.viewport().update()
        if follows:
            self.grid.choose(month.today)
        else:
            self._show_day(self.grid.day)

    def _show_day(self, day: date) -> None:
        month = self.grid.days.month
        entries = month.on(day)
        name = words.long_day(day.isoformat())
        self.day_line.setText(f"{name}, today" if day == month.today else name)
        had_focus = self.agenda.hasFocus()
        chosen, row = self.agenda.chosen, self.agenda.currentIndex().row()
        self.agenda.setAccessibleName(name)
        self.agenda.entries.show_entries(entries)
        if chosen is not None:
            self.agenda.choose(chosen, row)
        nothing = self.nothing if month.days else self.empty
        self.stack.setCurrentWidget(self.agenda if entries else nothing)
        if had_focus and not entries:
            self.grid.setFocus()

    def _name_month(self, first: date) -> None:
        if self.month_line.text() != month_words(first):
            self.month_line.setText(month_words(first))
            announce(month_words(first), self)

    def _into_day(self) -> None:
        if self.agenda.entries.entries:
            self.agenda.choose_first()
            self.agenda.setFocus()

    def _open(self, entry: Entry) -> None:
        kind = "request" if entry.kind in OF_REQUESTS else entry.kind
        self._session.open_record(kind, entry.item_id)

    def _add_followup(self) -> None:
        self._session.show_place("followups")
        self._session.new_requested.emit("followups")


class _Legend(QWidget):
    """What the shapes mean, in words."""

    def __init__(self) -> None:
        super().__init__()
        self._pictures: list[tuple[QLabel, str]] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        late = (LATE, "Late")
        for icon, name in (*((icon, name) for icon, name, _one, _many in LEGEND.values()), late):
            picture = QLabel()
            self._pictures.append((picture, icon))
            row.addWidget(picture)
            row.addWidget(label(name, "caption", wrap=False))
            row.addSpacing(10)
        row.addStretch(1)
        theme.current().changed.connect(self._draw)
        self._draw()

    def _draw(self) -> None:
        side = theme.current().pixels(12)
        for picture, icon in self._pictures:
            picture.setPixmap(icons.pixmap(icon, "muted", side, self.devicePixelRatioF()))
