"""While 500 pages come in, the window answers: no turn of its event loop takes over 50 ms."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

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


def test_the_window_stays_awake_while_five_hundred_pages_come_in(
    at_desk: Reporter, tmp_path: Path, record_property: pytest.RecordProperty
) -> None:
    paths = [
        write_pdf(tmp_path / "in" / f"part{n}.pdf", many_pages(PAGES_EACH, f"part{n}x"))
        for n in range(FILES)
    ]
    at_desk.press("Ctrl+2")
    at_desk.idle()
    heart = Heartbeat()
    heart.start()
    at_desk.bring_in(paths)
    heart.stop()
    record_property("heartbeat", heart.summary())
    print(heart.summary())
    assert today.counts(case_of(at_desk)).pages == FILES * PAGES_EACH
    assert len(heart.worked) > 20
    assert heart.late(LONGEST) == 0, heart.summary()
    # Other threads of Python may hold its lock a few times five milliseconds; a blocking call
    # would stand still for as long as the import takes.
    assert max(heart.stood_still) < 0.5, heart.summary()


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
