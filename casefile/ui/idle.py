"""Notices that the reporter has left: no input for a while, the screen locked, the machine asleep.

The time without input is the system's where it tells (GNOME, KDE and others over D-Bus), else the
time since the last key or pointer event in our own window.
"""

from __future__ import annotations

import sys
import time

from PySide6.QtCore import SLOT, QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QInputEvent

_INPUT = {
    QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel,
    QEvent.Type.TouchBegin, QEvent.Type.TabletPress, QEvent.Type.HoverMove,
}  # fmt: skip
#: How often to look, in ms.
_LOOK = 5000


class IdleWatch(QObject):
    """``left`` after ``minutes`` without input; ``remaining(minutes)`` for the status bar."""

    left = Signal()
    remaining = Signal(int)

    def __init__(self, app: QObject, minutes: int) -> None:
        super().__init__(app)
        self._app = app
        self.minutes = minutes
        self._last = time.monotonic()
        self._system: SystemIdle | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Begin to count: a case was opened."""
        self._last = time.monotonic()
        self._app.installEventFilter(self)
        if self._system is None:
            self._system = SystemIdle()
        self._timer.start()
        self.look()

    def stop(self) -> None:
        self._app.removeEventFilter(self)
        self._timer.stop()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        # Every event of the program comes by here: what is no input must not even be looked at.
        if isinstance(event, QInputEvent) and event.type() in _INPUT:
            self._last = time.monotonic()
        return False

    def idle_seconds(self) -> float:
        """How long nobody has touched anything: no longer than in our own window."""
        own = time.monotonic() - self._last
        system = self._system.seconds() if self._system is not None else None
        return own if system is None else min(own, system)

    def look(self) -> None:
        left_over = self.minutes * 60 - self.idle_seconds()
        if left_over <= 0:
            self.stop()
            self.left.emit()
        else:
            self.remaining.emit(max(1, round(left_over / 60 + 0.49)))


class SystemIdle:
    """Asks the desktop's session over D-Bus; ``None`` where it does not answer."""

    def __init__(self) -> None:
        self._ask = None
        if sys.platform != "linux":
            return
        from PySide6.QtDBus import QDBusConnection, QDBusInterface

        bus = QDBusConnection.sessionBus()
        if not bus.isConnected():
            return
        for service, path, interface, method, unit in (
            ("org.gnome.Mutter.IdleMonitor", "/org/gnome/Mutter/IdleMonitor/Core",
             "org.gnome.Mutter.IdleMonitor", "GetIdletime", 1000.0),
            ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver",
             "org.freedesktop.ScreenSaver", "GetSessionIdleTime", 1000.0),
        ):  # fmt: skip
            asked = QDBusInterface(service, path, interface, bus)
            asked.setTimeout(40)
            if asked.isValid():
                self._ask = (asked, method, unit)
                return

    def seconds(self) -> float | None:
        if self._ask is None:
            return None
        asked, method, unit = self._ask
        answer = asked.call(method).arguments()
        if len(answer) == 1 and isinstance(answer[0], int):
            return answer[0] / unit
        self._ask = None
        return None


class SessionWatch(QObject):
    """``leaving``: the screen is being locked, the user switched, or the machine goes to sleep."""

    leaving = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.watching = False

    def start(self) -> None:
        """Listen to logind and the screen saver, where there are any."""
        if self.watching or sys.platform != "linux":
            return
        from PySide6.QtDBus import QDBusConnection

        system, session = QDBusConnection.systemBus(), QDBusConnection.sessionBus()
        login = "org.freedesktop.login1"
        if system.isConnected():
            manager, one = f"{login}.Manager", f"{login}.Session"
            self._listen(system, login, manager, "PrepareForSleep", "sleeps(bool)")
            self._listen(system, login, one, "Lock", "locks()")
        if session.isConnected():
            for saver in ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver"):
                self._listen(session, saver, saver, "ActiveChanged", "blanks(bool)")

    def _listen(self, bus: object, service: str, interface: str, name: str, slot: str) -> None:
        heard = bus.connect(service, "", interface, name, self, SLOT(slot))  # type: ignore[attr-defined]  # QDBusConnection, imported late
        self.watching = self.watching or bool(heard)

    @Slot(bool)
    def sleeps(self, begins: bool) -> None:
        if begins:
            self.leaving.emit("Locked before the computer went to sleep.")

    @Slot()
    def locks(self) -> None:
        self.leaving.emit("Locked with the screen.")

    @Slot(bool)
    def blanks(self, active: bool) -> None:
        if active:
            self.leaving.emit("Locked with the screen.")
