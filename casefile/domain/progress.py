"""How long work reports and is cancelled: one call does both."""

from __future__ import annotations

import threading
from collections.abc import Callable

from casefile.domain.errors import Cancelled


class JobContext:
    """Handed to a job as ``context``.

    ``report(done, total, what)`` tells how far it is and raises ``Cancelled`` when the reporter has
    asked to stop; a job calls it often, and throttling is the listener's business. ``cancel()`` may
    be called from any thread; ``on_cancel`` callbacks then run at once, so that work which waits
    for something else (a worker process) can be woken.
    """

    def __init__(self, listener: Callable[[int, int, str], None] | None = None) -> None:
        self._listener = listener
        self._cancelled = threading.Event()
        self._wake: list[Callable[[], None]] = []

    def report(self, done: int, total: int, what: str = "") -> None:
        self.check()
        if self._listener is not None:
            self._listener(done, total, what)

    def check(self) -> None:
        """Raise ``Cancelled`` if the reporter has asked to stop."""
        if self._cancelled.is_set():
            raise Cancelled

    @property
    def cancelled(self) -> bool:
        return self._cancelled.is_set()

    def on_cancel(self, wake: Callable[[], None]) -> None:
        self._wake.append(wake)

    def cancel(self) -> None:
        self._cancelled.set()
        for wake in list(self._wake):
            wake()
