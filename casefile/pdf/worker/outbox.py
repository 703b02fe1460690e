"""Sends answers: pictures from a second thread, so that the next page is drawn meanwhile."""

from __future__ import annotations

import os
import queue
import threading
from typing import Any

from casefile.pdf import protocol

#: Smaller answers fit into the pipe and are written at once.
LARGE = 256 * 1024
#: Pictures that may wait to be sent.
WAITING = 2


class Outbox:
    """Keeps answers in order. The thread starts with the first large one: after the walls, which
    would not bind a thread that is there before them."""

    def __init__(self, pipe: int) -> None:
        self._pipe = pipe
        self._queue: queue.Queue[tuple[dict[str, Any], bytes | memoryview, object]] = queue.Queue(
            WAITING
        )
        self._thread: threading.Thread | None = None

    def send(self, header: dict[str, Any], data: bytes | memoryview, keeper: object = None) -> None:
        """Send an answer, now or as soon as those before it are gone. ``keeper`` owns the memory
        that ``data`` looks at. Raises ``protocol.Closed``, ``protocol.ProtocolError``."""
        if len(data) < LARGE and (self._thread is None or self._queue.unfinished_tasks == 0):
            protocol.send(self._pipe, header, data)
            return
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, daemon=True)
            self._thread.start()
        self._queue.put((header, data, keeper))

    def _work(self) -> None:
        while True:
            header, data, keeper = self._queue.get()
            try:
                protocol.send(self._pipe, header, data)
            except (protocol.Closed, protocol.ProtocolError):
                os._exit(1)  # nobody listens, or the answer cannot be said
            del keeper, data
            self._queue.task_done()
