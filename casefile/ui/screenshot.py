"""A picture of the window on a case, without a display: for the demo and the README."""

from __future__ import annotations

import os
import sys
from pathlib import Path

#: How long (in ms) the window may take to settle before the picture is taken anyway.
PATIENCE = 30_000
SIZE = (1360, 840)


def take(
    case: Path,
    passphrase: str,
    out: Path,
    *,
    look: str = "light",
    place: str = "today",
    with_page: bool = True,
) -> None:
    """Open ``case`` in a window that no display shows, at ``place`` of the rail and (``with_page``)
    with its most marked page beside it, and write the window as PNG to ``out``. ``look`` is
    ``light`` or ``dark``.

    Raises ``UserError`` as unlocking does, and ``ImportError`` where Qt cannot be loaded. Must run
    on the main thread, in a process that has no other Qt application.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtCore import QEventLoop, QTimer
    from PySide6.QtGui import QCursor

    from casefile.domain.errors import UserError
    from casefile.ui.application import make_application, take_down
    from casefile.ui.focus_ring import FocusRings
    from casefile.ui.main_window import MainWindow
    from casefile.ui.preferences import NoPreferences
    from casefile.ui.still import Still

    app = make_application([sys.argv[0]])
    app.setCursorFlashTime(0)  # a blinking caret would never let the picture settle
    FocusRings(app)
    window = MainWindow(NoPreferences())
    window.begin_afresh = True
    window.preferences.look = look
    window.apply_preferences()
    window.resize(*SIZE)
    loop = QEventLoop()
    failures: list[UserError] = []
    window.doorkeeper.refused.connect(failures.append)
    window.doorkeeper.refused.connect(loop.quit)
    still = Still(window, place, with_page=with_page)
    still.ready.connect(loop.quit)
    window.case_opened.connect(still.begin)
    window.unlock_with(case, passphrase)
    window.show()
    QCursor.setPos(SIZE[0] - 4, SIZE[1] // 2)  # nothing there lights up under it
    QTimer.singleShot(PATIENCE, loop.quit)
    loop.exec()
    if not failures:
        window.grab().save(str(out), "PNG")
    take_down(app, window)
    if failures:
        raise failures[0]
