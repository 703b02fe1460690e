"""While 500 pages come in, the window answers: no turn of its event loop takes over 50 ms."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from casefile.services import today
from tests.journeys.driving import Reporter
from tests.journeys.heartbeat import Heartbeat
from tests.journeys.test_a_days_work import case_of
from tests.services.material import many_pages, write_pdf

pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(sys.platform != "linux", reason="the kernel's counters are Linux's"),
]

LONGEST = 0.050
FILES, PAGES_EACH = 10, 50
ATTEMPTS = 3


def test_the_window_stays_awake_while_five_hundred_pages_come_in(
    at_desk: Reporter,
    qapp: QApplication,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    """Processor time is dearer while the machine's other work is in its caches; so of up to three
    imports one has to be without a late turn. A call that blocks is late in each."""
    at_desk.press("Ctrl+2")
    at_desk.idle()
    # What watches over the other journeys would be measured as the window's own work.
    QAccessible.setActive(False)
    if at_desk.strays is not None:
        qapp.removeEventFilter(at_desk.strays)
    told = []
    for attempt in range(1, ATTEMPTS + 1):
        paths = [
            write_pdf(
                tmp_path / f"in{attempt}" / f"part{n}.pdf",
                many_pages(PAGES_EACH, f"part{attempt}x{n}x"),
            )
            for n in range(FILES)
        ]
        heart = Heartbeat()
        heart.start()
        at_desk.bring_in(paths)
        heart.stop()
        told.append(heart.summary())
        assert len(heart.worked) > 20
        # Other threads of Python may hold its lock a few times five milliseconds; a blocking call
        # would stand still for as long as the import takes.
        assert max(heart.stood_still) < 0.5, heart.summary()
        assert today.counts(case_of(at_desk)).pages == attempt * FILES * PAGES_EACH
        if heart.late(LONGEST) == 0:
            break
    record_property("heartbeat", told)
    assert heart.late(LONGEST) == 0, told


def test_the_heartbeat_notices_work_and_standing_still(at_desk: Reporter) -> None:
    """A blocked main thread is seen, whichever way it is blocked."""
    import threading
    import time

    from PySide6.QtCore import QTimer

    def work() -> None:
        until = time.thread_time() + 0.08
        while time.thread_time() < until:
            pass

    done: list[int] = []
    waiting = threading.Event()
    heart = Heartbeat()
    heart.start()
    QTimer.singleShot(5, work)
    QTimer.singleShot(100, lambda: waiting.wait(0.6))
    QTimer.singleShot(150, lambda: done.append(1))
    at_desk.until(lambda: done, "the timers over")
    at_desk.breathe()
    heart.stop()
    assert heart.late(LONGEST) >= 1
    assert max(heart.stood_still) >= 0.5
