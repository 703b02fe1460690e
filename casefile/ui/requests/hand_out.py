"""Clocks and requests for other programs: a calendar file, a table, written through the one door
where the reporter says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from casefile.services.leaving import calendar_out, requests_csv
from casefile.ui import file_dialog
from casefile.ui.models.words import today
from casefile.ui.parts import Notice, button
from casefile.ui.session import CaseSession

_CANNOT_BE_UNDONE = False
_OPAQUE = "Calendar file that names nothing…"
_NAMED = "Calendar file with agencies, numbers and laws…"
_TABLE = "Table of all requests (CSV)…"
_CALENDAR_TIP = "Each entry says only “a deadline”. Read again, it updates what is there."
_NAMED_TIP = "Whoever sees the calendar, also on a phone, sees whom you asked for what."
_TABLE_TIP = "Everything that the list knows, not encrypted."


class HandOut:
    """Makes the button and does what its menu says; ``notice`` shows what went wrong."""

    def __init__(self, session: CaseSession, owner: QWidget, notice: Notice) -> None:
        self._session = session
        self._owner = owner
        self._notice = notice
        self.button: QPushButton = button("Export", lambda: None)
        menu = QMenu(self.button)
        menu.setToolTipsVisible(True)
        for words, tip, act in (
            (_OPAQUE, _CALENDAR_TIP, lambda: self.calendar(details=False)),
            (_NAMED, _NAMED_TIP, lambda: self.calendar(details=True)),
            (_TABLE, _TABLE_TIP, self.table),
        ):
            action = menu.addAction(words)
            action.setToolTip(tip)
            action.setStatusTip(tip)
            action.triggered.connect(lambda _on=False, act=act: act())
            action.setEnabled(act == self.table or not session.read_only)
        self.button.setMenu(menu)

    def calendar(self, *, details: bool) -> None:
        """Save the running clocks; the case remembers what was given out."""
        case, day = self._session.case, today()
        self._save(
            "Save the calendar",
            "casefile-deadlines.ics",
            lambda out: calendar_out.save(case, out, details=details, today=day, force=True),
        )

    def table(self) -> None:
        case, day = self._session.case, today()
        self._save(
            "Save the table",
            "casefile-requests.csv",
            lambda out: requests_csv.save(case, out, today=day, force=True),
        )

    def _save(self, title: str, name: str, write: Callable[[Path], Path]) -> None:
        out = file_dialog.choose_new_file(self._owner, title, name)
        if out is None:
            return
        self._notice.clear()
        self._session.tasks.run(
            lambda: write(out), self._done, self._notice.show_error, owner=self._owner
        )

    def _done(self, written: Path) -> None:
        told = f"Wrote {written.name}, unencrypted"
        self._session.toast.emit(told, _CANNOT_BE_UNDONE)
