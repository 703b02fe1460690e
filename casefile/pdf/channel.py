"""One live worker: requests go in from any thread, a reader thread hands out the answers.

Several requests may be under way; the worker takes them in turn. The time limit of a request runs
from when it is the first in the row, and anew with each part of its answer. When the worker dies,
the request it was working on fails with the reason; those behind it fail as ``lost`` and can be
asked again of the next worker.
"""

from __future__ import annotations

import queue
import threading
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any

from casefile.domain.errors import Cancelled
from casefile.pdf import protocol
from casefile.pdf.answers import refusal
from casefile.pdf.easel import SHEET_BYTES, SHEETS
from casefile.pdf.processes import Process
from casefile.pdf.values import WorkerFailed
from casefile.pdf.watchdog import Watchdog

Message = tuple[protocol.Header, bytearray]
#: Parts of one answer that may wait to be read.
MAX_PARTS = 250_000


class Lost(Exception):
    """The worker died over another request; ask again."""


class Ticket:
    """A request under way."""

    def __init__(self, number: int, limit: float, sheet: int | None = None) -> None:
        self.number = number
        self.limit = limit
        self.sheet = sheet
        """Where on the easel the answer's picture may be drawn."""
        self._messages: queue.SimpleQueue[Message | Exception] = queue.SimpleQueue()
        self._parts = 0

    def put(self, message: Message | Exception) -> None:
        self._parts += 1
        if self._parts > MAX_PARTS:
            raise protocol.ProtocolError("an endless answer")
        self._messages.put(message)

    def parts(self) -> Iterator[Message]:
        """Each part as it comes, the closing one left out. Raises ``UserError`` for a refusal or
        a dead worker, ``Lost``, ``Cancelled``."""
        while True:
            message = self._messages.get()
            if isinstance(message, Exception):
                raise message
            header, body = message
            if header.get("end") is True:
                if "error" in header:
                    raise refusal(header)
                return
            yield header, body
            if header.get("last") is True:
                return

    def all(self) -> list[Message]:
        return list(self.parts())


class Channel:
    """Owns a worker process and the thread that reads its answers."""

    def __init__(self, process: Process, watchdog: Watchdog) -> None:
        self._process = process
        self._watchdog = watchdog
        self._sending = threading.Lock()
        self._state = threading.Lock()
        self._waiting: deque[Ticket] = deque()
        self._numbers = 0
        self._free = list(range(SHEETS)) if process.easel is not None else []
        self._why: str | None = None
        self._reader = threading.Thread(target=self._read, name="pdf answers")
        self._reader.start()

    @property
    def dead(self) -> bool:
        return self._why is not None

    def ask(
        self,
        header: dict[str, Any],
        body: bytes = b"",
        *,
        limit: float,
        feed: Callable[[int], None] | None = None,
        drawing: bool = False,
    ) -> Ticket:
        """Send a request; ``feed`` writes what follows it to the given descriptor; the answer to
        one for ``drawing`` comes by way of the easel where a sheet is free. Raises ``Lost`` when
        the worker is already gone."""
        with self._sending:
            with self._state:
                if self._why is not None:
                    raise Lost
                self._numbers += 1
                ticket = Ticket(
                    self._numbers, limit, self._free.pop() if drawing and self._free else None
                )
                self._waiting.append(ticket)
                if len(self._waiting) == 1:
                    self._arm(ticket)
            try:
                if ticket.sheet is not None:
                    header = {**header, "sheet": ticket.sheet}
                protocol.send(self._process.requests, {"id": ticket.number, **header}, body)
                if feed is not None:
                    feed(self._process.requests)
            except protocol.Closed:
                self.end("crash")  # the reader tells the ticket
        return ticket

    def end(self, why: str) -> None:
        """Kill the worker; ``why`` is what the request it works on is told: ``timeout``,
        ``memory``, ``crash``, ``protocol`` or ``cancelled``."""
        with self._state:
            if self._why is None:
                self._why = why
        self._process.kill()

    def close(self) -> None:
        """End the worker and wait for the reader thread."""
        self.end("cancelled")
        self._reader.join()
        with self._sending:
            self._process.close()

    def _arm(self, ticket: Ticket) -> None:
        self._watchdog.arm(self, ticket.limit, lambda: self.end("timeout"))

    def _read(self) -> None:
        why = "crash"
        try:
            while self._why is None:
                self._deliver(*protocol.receive(self._process.answers))
        except protocol.Closed:
            pass
        except (protocol.ProtocolError, MemoryError):
            why = "protocol"
        self._watchdog.disarm(self)
        self.end(why)
        self._fail_all()

    def _deliver(self, header: protocol.Header, body: bytearray) -> None:
        with self._state:
            if not self._waiting or header.get("id") != self._waiting[0].number:
                raise protocol.ProtocolError("an answer to no question")
            ticket = self._waiting[0]
            if "drawn" in header:
                body = self._take_off(ticket, header["drawn"])
            if header.get("end") is True or header.get("last") is True:
                self._waiting.popleft()
                if ticket.sheet is not None:
                    self._free.append(ticket.sheet)
                if self._waiting:
                    self._arm(self._waiting[0])
                else:
                    self._watchdog.disarm(self)
            else:
                self._arm(ticket)
        if _out_of_memory(header):
            self.end("memory")  # before the ticket hears: its owner must not ask here again
        ticket.put((header, body))

    def _take_off(self, ticket: Ticket, length: object) -> bytearray:
        """A picture from the sheet that was lent for it, ``length`` bytes as the worker says."""
        easel = self._process.easel
        if easel is None or ticket.sheet is None:
            raise protocol.ProtocolError("a picture on no sheet")
        if not isinstance(length, int) or not 0 <= length <= SHEET_BYTES:
            raise protocol.ProtocolError("a picture larger than its sheet")
        return easel.copied(ticket.sheet, length)

    def _fail_all(self) -> None:
        with self._state:
            why = self._why or "crash"
            tickets = list(self._waiting)
            self._waiting.clear()
        for at, ticket in enumerate(tickets):
            if why == "cancelled":
                ticket.put(Cancelled())
            else:
                ticket.put(WorkerFailed(why) if at == 0 else Lost())


def _out_of_memory(header: protocol.Header) -> bool:
    """A worker that ran out of memory is not asked again: what it holds may be half made."""
    values = header.get("values")
    return (
        header.get("error") == "page.undrawable"
        and isinstance(values, dict)
        and values.get("reason") == "memory"
    )


def once(ticket: Ticket) -> Message:
    """The single part of an answer that has one. Raises like ``Ticket.parts``."""
    found = ticket.all()
    if len(found) != 1:
        raise WorkerFailed("protocol")
    return found[0]
