"""A notification of the desktop that a deadline is due today: never which, of whom, or for what.

Only when the reporter has switched it on, while the case is open, and once a day at most.
"""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from casefile.domain.changes import Change
from casefile.ui.models import words

if TYPE_CHECKING:
    from casefile.ui.session import CaseSession

TEXT: Final = "A deadline is due today."
_TOLD: Final = "day.notified"
_CLOCKS: Final = frozenset({"request", "request_event", "agency"})
_SECONDS: Final = 3.0


class DueNotices(QObject):
    """Looks when a case opens, when a day turns and when a request changes."""

    def __init__(self, session: CaseSession) -> None:
        super().__init__(session)
        self._session = session
        self._told: date | None = None
        self._tray: QSystemTrayIcon | None = None
        session.days.looked.connect(self.look)
        session.changed.connect(self._changed)
        session.preferences_changed.connect(self.look)

    def look(self) -> None:
        """Tell the desktop, if there is something to tell and it was not told today."""
        case, day = self._session.case, words.today()
        if not self._session.preferences.notify_due or self._told == day:
            return

        def work() -> bool | None:
            """Whether the desktop was told; None: nothing is due, or it was told before."""
            from casefile.services import settings, today

            if settings.get(case, _TOLD) == day.isoformat() or not today.is_due(case, day):
                return None
            settings.put(case, _TOLD, day.isoformat())
            return tell_desktop()

        self._session.tasks.run(work, self._tell, owner=self)

    def _changed(self, change: Change) -> None:
        if change.kinds & _CLOCKS:
            self.look()

    def _tell(self, told: bool | None) -> None:
        if told is None:
            return
        self._told = words.today()
        if not told and QSystemTrayIcon.isSystemTrayAvailable():
            self._tray = QSystemTrayIcon(QApplication.windowIcon(), self)
            self._tray.show()
            self._tray.showMessage(TEXT, "", QSystemTrayIcon.MessageIcon.NoIcon)


def tell_desktop() -> bool:
    """Over the session bus. False where there is none, or nobody there who shows notifications."""
    if sys.platform != "linux":
        return False
    # Qt's own D-Bus cannot send unsigned numbers from Python; the keyring brings this library.
    from jeepney import DBusAddress, DBusErrorResponse, new_method_call
    from jeepney.io.blocking import open_dbus_connection
    from jeepney.wrappers import unwrap_msg

    place = DBusAddress(
        "/org/freedesktop/Notifications",
        bus_name="org.freedesktop.Notifications",
        interface="org.freedesktop.Notifications",
    )
    # Transient: the desktop keeps no list of it. No name, no icon, no further words, no actions.
    parts: tuple[object, ...] = ("", 0, "", TEXT, "", [], {"transient": ("b", True)}, -1)
    message = new_method_call(place, "Notify", "susssasa{sv}i", parts)
    try:
        with open_dbus_connection(bus="SESSION") as connection:
            unwrap_msg(connection.send_and_get_reply(message, timeout=_SECONDS))
    except (OSError, KeyError, ValueError, RuntimeError, DBusErrorResponse):
        return False
    return True
