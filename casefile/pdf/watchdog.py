"""Ends workers that take too long: one thread for all of them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable


class Watchdog:
    """Calls back when a deadline passes. Its thread sleeps until the earliest one; a deadline that
    is taken back in time costs no wake-up."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._deadlines: dict[object, tuple[float, Callable[[], None]]] = {}
        self._sleeping_until: float | None = None
        self._closed = False
        self._thread = threading.Thread(target=self._watch, name="pdf watchdog")
        self._thread.start()

    def arm(self, owner: object, seconds: float, bite: Callable[[], None]) -> None:
        """Call ``bite`` in ``seconds`` unless ``owner`` arms or disarms again before."""
        due = time.monotonic() + seconds
        with self._changed:
            if self._closed:
                return
            self._deadlines[owner] = (due, bite)
            if self._sleeping_until is None or due < self._sleeping_until:
                self._changed.notify()

    def disarm(self, owner: object) -> None:
        with self._changed:
            self._deadlines.pop(owner, None)

    def close(self) -> None:
        """Stop watching; returns when the thread has ended."""
        with self._changed:
            self._closed = True
            self._deadlines.clear()
            self._changed.notify()
        self._thread.join()

    def _watch(self) -> None:
        while True:
            with self._changed:
                bites = self._due()
                if self._closed:
                    return
                if not bites:
                    self._sleep()
            for bite in bites:
                bite()

    def _due(self) -> list[Callable[[], None]]:
        now = time.monotonic()
        owners = [owner for owner, (due, _) in self._deadlines.items() if due <= now]
        return [self._deadlines.pop(owner)[1] for owner in owners]

    def _sleep(self) -> None:
        dues = [due for due, _ in self._deadlines.values()]
        self._sleeping_until = min(dues, default=None)
        left = None if self._sleeping_until is None else self._sleeping_until - time.monotonic()
        self._changed.wait(None if left is None else max(0.0, left))
        self._sleeping_until = None
