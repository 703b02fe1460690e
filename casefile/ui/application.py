"""The Qt application: made once, with the look, the focus rings and the bug reporter."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from casefile.ui import theme
from casefile.ui.collecting import MainThreadCollector
from casefile.ui.main_window import MainWindow
from casefile.ui.preferences import PreferenceFile

_kept: list[QApplication] = []
_collectors: list[MainThreadCollector] = []


def make_application(arguments: list[str]) -> QApplication:
    """The one ``QApplication``, with its look."""
    app = QApplication(arguments)
    _kept.append(app)
    _collectors.append(MainThreadCollector(app))
    app.setApplicationName("Casefile")
    app.setDesktopFileName("casefile")
    theme.current()
    return app


def run_window(case: Path | None, passphrase: str | None, protect: Callable[[], object]) -> int:
    """Open the window, on ``case`` if one is given (unlocked, with its passphrase), and run until
    it is closed. ``protect`` hardens the process: it is called once the window shows, before any
    key is in memory. Returns the exit status."""
    app = make_application([sys.argv[0]])
    window = MainWindow(PreferenceFile())
    if case is None:
        window.show_start()
    else:
        window.show_unlock(case)
    window.painted.connect(protect)
    window.painted.connect(lambda: _after_showing(app, window, case, passphrase))
    window.show()
    status = app.exec()
    take_down(app, window)
    return status


def take_down(app: QApplication, window: MainWindow) -> None:
    """Delete the window while the application is still there; Python alone would delete them in
    any order. The application stays until the process ends."""
    window.close()
    window.deleteLater()
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    app.processEvents()
    while _collectors:
        _collectors.pop().stop()


def _after_showing(
    app: QApplication, window: MainWindow, case: Path | None, passphrase: str | None
) -> None:
    """What may wait until the window is there."""
    from casefile.ui.bug_report import BugReporter
    from casefile.ui.focus_ring import FocusRings

    FocusRings(app).follow_focus()
    BugReporter(app).install()
    if case is not None and passphrase is not None:
        window.unlock_with(case, passphrase)
    elif case is not None:
        window.open_at_start(case)
    window.doorkeeper.warm_up()
