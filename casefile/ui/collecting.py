"""Lets Python's cycle collector run on the main thread only.

The collector runs in whichever thread happens to allocate. If that is a worker thread and the
cycle it finds holds a widget, the widget is destroyed outside the main thread, and Qt crashes. So
automatic collection is off while the window lives, and a timer does the same work, by the same
thresholds, where it is safe.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 1_000


class MainThreadCollector(QObject):
    """Collects until it is stopped; then automatic collection is as it was before."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_on = gc.isenabled()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(collect_what_is_due)
        self._timer.start(EVERY_MS)

    def stop(self) -> None:
        """Collect once more and let Python do it again."""
        self._timer.stop()
        gc.collect()
        if self._was_on:
            gc.enable()


def collect_what_is_due() -> int | None:
    """Collect the oldest generation whose count is over its threshold, as Python would; returns
    which, or ``None`` when nothing was due."""
    counts, thresholds = gc.get_count(), gc.get_threshold()
    if counts[0] <= thresholds[0]:
        return None
    oldest = 0
    for generation in (1, 2):
        if counts[generation] <= thresholds[generation]:
            break
        oldest = generation
    gc.collect(oldest)
    return oldest
