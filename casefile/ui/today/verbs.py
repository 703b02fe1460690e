"""What can be done with a line of Today: done, put off, given up."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QWidget

from casefile.domain.changes import Change
from casefile.ui.lists.menus import build_menu
from casefile.ui.models import words
from casefile.ui.session import CaseSession
from casefile.ui.today.entries import OF_REQUESTS, Entry

CANNOT_SNOOZE = "Your own limits cannot be put off: meet them, or press G to give one up."
NOT_LATE = "Only what is late can be put off."
LOG_IT = "Log what you did in the request: Enter opens it."
ONLY_LIMITS = "Only a limit of your own can be given up."


class LineVerbs(QObject):
    """Edits the case for a line, or says why not."""

    def __init__(self, session: CaseSession, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session

    def done(self, entry: Entry) -> None:
        if entry.kind in OF_REQUESTS:
            self._say(LOG_IT)
        elif entry.kind == "followup":
            case = self._session.case

            def work() -> Change:
                from casefile.services import followups

                return followups.set_done(case, [entry.item_id], True)  # noqa: FBT003 - done

            self._edit(work, "Done")

    def snooze(self, entry: Entry) -> None:
        """Until tomorrow, without a question."""
        if self._may_be_put_off(entry):
            self.put_off(entry, words.today() + timedelta(days=1))

    def snooze_menu(self, entry: Entry, owner: QWidget) -> QMenu | None:
        """Until when."""
        if not self._may_be_put_off(entry):
            return None
        today = words.today()
        choices = {
            "Tomorrow": today + timedelta(days=1),
            "In a week": today + timedelta(days=7),
            "In a month": months_on(today, 1),
            "In a quarter": months_on(today, 3),
        }
        return build_menu(
            owner,
            [
                (f"{name}\t{words.day(until.isoformat())}", self._putting_off(entry, until), True)
                for name, until in choices.items()
            ],
        )

    def put_off(self, entry: Entry, until: date) -> None:
        case = self._session.case

        def late() -> Change:
            from casefile.services import request_events

            return request_events.snooze(case, entry.item_id, until)

        def followup() -> Change:
            from casefile.services import followups

            return followups.edit(case, entry.item_id, due=until)

        if entry.kind == "late":
            self._edit(late, f"Put off until {words.day(until.isoformat())}")
        else:
            tomorrow = until == words.today() + timedelta(days=1)
            when = "tomorrow" if tomorrow else words.day(until.isoformat())
            self._edit(followup, f"Due {when}")

    def may_give_up(self, entry: Entry) -> bool:
        if entry.kind != "limit":
            self._say(ONLY_LIMITS)
        return entry.kind == "limit" and not self._session.read_only

    def give_up(self, entry: Entry, reason: str) -> None:
        case = self._session.case
        clock, _, letter = entry.clock.partition(" ")

        def work() -> Change:
            from casefile.services import request_events

            return request_events.give_up(case, entry.item_id, clock, reason, letter or None)

        self._edit(work, "Given up")

    def _putting_off(self, entry: Entry, until: date) -> Callable[[], None]:
        return lambda: self.put_off(entry, until)

    def _may_be_put_off(self, entry: Entry) -> bool:
        if entry.kind in ("followup", "late"):
            return not self._session.read_only
        if entry.kind in OF_REQUESTS:
            own = entry.kind in ("limit", "question")
            self._say(CANNOT_SNOOZE if own else NOT_LATE)
        return False

    def _edit(self, work: Callable[[], Change], said: str) -> None:
        if self._session.read_only:
            return
        toast = self._session.toast
        self._session.tasks.edit(
            work,
            lambda _change: toast.emit(said, True),  # noqa: FBT003 - it can be undone
            owner=self,
        )

    def _say(self, text: str) -> None:
        self._session.toast.emit(text, False)  # noqa: FBT003 - there is nothing to undo


def months_on(day: date, months: int) -> date:
    """The same day of a later month, or its last."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
