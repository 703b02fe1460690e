"""Sees to it that dates are counted from the right day: midnight, waking up, a clock set back."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from casefile.services.day_watch import DaySeen
from casefile.ui.models import words

if TYPE_CHECKING:
    from casefile.ui.session import CaseSession

#: How often to look, in ms. A timer to the next midnight would miss it while the machine sleeps.
_LOOK = 30_000


class DayWatch(QObject):
    """``looked`` tells that the day is known, ``turned`` that it is another one and dates must be
    counted anew. ``set_back`` is what to tell the reporter while the clock of the computer is
    behind the day on which the case was last open."""

    looked = Signal()
    turned = Signal()

    def __init__(self, session: CaseSession) -> None:
        super().__init__(session)
        self._session = session
        self.day: date | None = None
        self.set_back: DaySeen | None = None
        self._confirmed: date | None = None
        self._counted = words.today()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK)
        self._timer.timeout.connect(self.look)
        session.locked.connect(self.stop)

    def start(self) -> None:
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.applicationStateChanged.connect(self._came_forward)
        self._timer.start()
        self.look()

    def stop(self) -> None:
        self._timer.stop()
        words.count_from(None)

    def look(self) -> None:
        """Ask the case, if the computer has another day than when it was last asked."""
        computer = words.computers_day()
        if computer == self.day:
            return
        self.day = computer
        case, moment = self._session.case, datetime.now(UTC)

        def work() -> DaySeen:
            from casefile.services import day_watch

            return day_watch.look(case, computer, moment)

        self._session.tasks.run(work, self._seen, owner=self)

    def confirm(self) -> None:
        """The computer's day is right: count from it again."""
        computer, moment = words.computers_day(), datetime.now(UTC)
        self._confirmed = computer
        case = self._session.case

        def work() -> DaySeen:
            from casefile.services import day_watch

            day_watch.confirm(case, computer, moment)
            return DaySeen(computer)

        self._session.tasks.run(work, self._seen, owner=self)

    def _seen(self, seen: DaySeen) -> None:
        # A case that cannot be written does not keep what was confirmed.
        behind = seen.latest is not None and seen.computer != self._confirmed
        self.set_back = seen if behind else None
        words.count_from(seen.latest if behind else None)
        if words.today() != self._counted:
            self._counted = words.today()
            self.turned.emit()
        self.looked.emit()

    def _came_forward(self, state: Qt.ApplicationState) -> None:
        if state is Qt.ApplicationState.ApplicationActive and self._timer.isActive():
            self.look()


def set_back_words(seen: DaySeen) -> tuple[str, str]:
    """What happened, and what that means for dates."""
    computer, latest = words.day(seen.computer.isoformat()), words.day(seen.counted.isoformat())
    what = (
        f"This computer's clock was set back: today is {computer}, the case was last open on "
        f"{latest}."
    )
    return what, "Dates are counted from the later day until you confirm."
