"""Measures how long the main thread is away from its event loop.

``worked`` is the processor time of the main thread in each turn of the loop. Where a turn begins
is told by ``awake`` or by ``aboutToBlock``, as the kind of event loop has it. Beside that a timer
beats; where a beat is late, and the thread neither worked nor waited for a processor, it stood
still in a call that blocked (a lock, a file, another thread). The time in which a busy machine
gives the processor to others is nobody's call and is left out; the kernel tells it
(``/proc/…/schedstat``).
"""

from __future__ import annotations

import threading
import time
from pathlib import Path

from PySide6.QtCore import QAbstractEventDispatcher, Qt, QTimer

_EVERY = 0.010


class Heartbeat:
    """``worked`` (of every turn), ``stood_still`` and ``wall`` (of every beat), in seconds, of the
    main thread between ``start`` and ``stop``."""

    def __init__(self) -> None:
        assert threading.current_thread() is threading.main_thread()
        self.worked: list[float] = []
        self.stood_still: list[float] = []
        self.wall: list[float] = []
        self._counters = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat")
        self._dispatcher = QAbstractEventDispatcher.instance()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(round(_EVERY * 1000))
        self._timer.timeout.connect(self._beat)
        self._turn = 0.0
        self._last = (0.0, 0.0, 0.0)

    def start(self) -> None:
        self._turn, self._last = time.thread_time(), self._now()
        self._dispatcher.aboutToBlock.connect(self._turned)
        self._dispatcher.awake.connect(self._turned)
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()
        self._dispatcher.aboutToBlock.disconnect(self._turned)
        self._dispatcher.awake.disconnect(self._turned)

    def late(self, seconds: float) -> int:
        """How many turns the main thread worked longer than this."""
        return sum(turn > seconds for turn in self.worked)

    def summary(self) -> str:
        """The longest of each kind in milliseconds, for the report."""
        work, still, wall = (
            1000 * max(each, default=0.0) for each in (self.worked, self.stood_still, self.wall)
        )
        return (
            f"{len(self.worked)} turns, {len(self.wall)} beats; longest: {work:.0f} ms of work, "
            f"{still:.0f} ms standing still, {wall:.0f} ms between beats"
        )

    def _turned(self) -> None:
        now = time.thread_time()
        self.worked.append(now - self._turn)
        self._turn = now

    def _beat(self) -> None:
        now = self._now()
        wall, worked, queued = (new - old for new, old in zip(now, self._last, strict=True))
        self._last = now
        self.wall.append(wall)
        self.stood_still.append(max(0.0, wall - worked - queued - _EVERY))

    def _now(self) -> tuple[float, float, float]:
        """Wall clock, processor time, and time spent ready to run without a processor."""
        queued = int(self._counters.read_text().split()[1]) / 1e9
        return time.perf_counter(), time.thread_time(), queued
