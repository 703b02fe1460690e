"""Keeps a worker behind a document: starts it, starts it again when it died, asks it things.

An answer is checked while its worker is still at hand, and a worker that said something impossible
is ended. A request that died with its worker for no fault of its own is asked again.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from casefile.domain.errors import Cancelled
from casefile.pdf import answers, protocol
from casefile.pdf.channel import Channel, Lost, Message, once
from casefile.pdf.feeding import Feed
from casefile.pdf.values import OpenedFacts, Protection, WorkerFailed

T = TypeVar("T")

#: How often a request that merely stood behind a deadly one is asked again.
MAX_RETRIES = 5


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds a worker may take: ``page`` for one page or one piece of an answer, ``whole`` for
    work on all of a document (opening, converting, writing a copy), ``ocr`` for reading the words
    of a picture. Tests make them short."""

    page: float = 20.0
    whole: float = 300.0
    ocr: float = 300.0


class Asker:
    """The worker of one document. ``start`` gives a fresh channel, ``feed`` the bytes."""

    def __init__(
        self,
        start: Callable[[], Channel],
        feed: Feed,
        *,
        kind: str,
        password: str | None,
        limits: Limits,
        background: bool = False,
    ) -> None:
        self.limits = limits
        self._start = start
        self._feed = feed
        self._kind, self._password = kind, password
        self._background = background
        self._lock = threading.Lock()
        self._channel: Channel | None = None
        self._opened: tuple[OpenedFacts, tuple[Protection, ...]] | None = None
        self._closed = False
        self._cancels = 0
        self._deadly: dict[tuple[str, int], str] = {}

    def opened(self) -> tuple[OpenedFacts, tuple[Protection, ...]]:
        """What opening the document told, and the walls around its worker."""
        if self._opened is None:
            self.live()
        if self._opened is None:
            raise WorkerFailed("protocol")
        return self._opened

    def live(self) -> Channel:
        """The present worker, or a new one that has opened the document."""
        with self._lock:
            if self._closed:
                raise Cancelled
            if self._channel is not None and not self._channel.dead:
                return self._channel
            self._drop()
            before = self._cancels
            # Known from here on, so that cancel() and close() also end an opening that drags on.
            channel = self._channel = self._start()
            try:
                self._open(channel, before)
            except BaseException:
                self._drop()
                raise
            return channel

    def run(self, work: Callable[[Channel], T]) -> T:
        """Do something with a live worker, again where it was lost over another request."""
        for _ in range(MAX_RETRIES):
            channel = self.live()
            try:
                return work(channel)
            except Lost:
                continue
            except WorkerFailed as failure:
                if failure.reason == "protocol":
                    channel.end("protocol")  # nothing it says is worth hearing any more
                raise
        raise WorkerFailed("crash")

    def ask(
        self,
        request: dict[str, Any],
        read: Callable[[list[Message]], T],
        limit: float,
        *,
        drawing: bool = False,
    ) -> T:
        """A request whose answer has any number of parts, each within ``limit`` seconds."""
        return self.run(
            lambda channel: read(channel.ask(request, limit=limit, drawing=drawing).all())
        )

    def page(
        self,
        do: str,
        number: int,
        read: Callable[[list[Message]], T],
        *,
        drawing: bool = False,
        limit: float | None = None,
        **more: object,
    ) -> T:
        """A request about one page, within ``limit`` seconds or the usual ones. A page that has
        ended two workers in this way, or kept one too long, is not tried again; in other ways it
        is given a quarter of the time."""
        known = self._deadly.get((do, number))
        if known is not None:
            raise WorkerFailed(known, number)
        request = {"do": do, "page": number, **more}
        seconds = limit or self.limits.page
        if any(page == number for _, page in self._deadly):
            seconds = min(seconds, self.limits.page / 4)
        for attempt in (1, 2):
            try:
                return self.ask(request, read, seconds, drawing=drawing)
            except WorkerFailed as failure:
                if failure.reason == "crash" and attempt == 1:
                    continue  # something else may have ended the worker
                if failure.reason in {"timeout", "crash"}:
                    self._deadly[(do, number)] = failure.reason
                raise WorkerFailed(failure.reason, number) from failure
        raise WorkerFailed("crash", number)

    def take(self, request: dict[str, Any], body: bytes = b"") -> Iterator[bytes]:
        """Have something made, then fetch it piece by piece at the reader's own pace."""

        def make(channel: Channel) -> tuple[Channel, int, int]:
            header, _ = once(channel.ask(request, body, limit=self.limits.whole))
            shelf = answers.integer(header.get("shelf"), 0, 2**53)
            length = answers.integer(header.get("length"), 0, answers.LARGEST_RESULT)
            return channel, shelf, length

        return self._pieces(*self.run(make))

    def cancel(self) -> None:
        """Calls under way raise ``Cancelled``, an opening too; the next one starts afresh."""
        self._cancels += 1
        channel = self._channel
        if channel is not None:
            channel.end("cancelled")

    @property
    def cancels(self) -> int:
        """How often ``cancel`` was called: who takes what has already arrived compares it."""
        return self._cancels

    def close(self) -> None:
        """End the worker for good."""
        self._closed = True
        self.cancel()
        with self._lock:
            self._drop()
        self._password = None

    def _drop(self) -> None:
        channel, self._channel = self._channel, None
        if channel is not None:
            channel.close()

    def _open(self, channel: Channel, cancels_before: int) -> None:
        if self._cancels != cancels_before:
            raise Cancelled  # while the process was being started
        request = {
            "do": "open",
            "kind": self._kind,
            "name": self._feed.name,
            "length": self._feed.length(),
            "document_id": self._feed.document_id,
            "password": self._password,
            "background": self._background,
        }
        try:
            ticket = channel.ask(
                request, self._feed.key(), limit=self.limits.whole, feed=self._feed.write
            )
            header, _ = once(ticket)
        except Lost:
            raise WorkerFailed("crash") from None
        self._opened = answers.opened(header), answers.protections(header.get("walls"))

    def _pieces(self, channel: Channel, shelf: int, length: int) -> Iterator[bytes]:
        start = 0
        while start < length:
            request = {"do": "take", "shelf": shelf, "start": start}
            try:
                _, body = once(channel.ask(request, limit=self.limits.page))
            except Lost:
                raise WorkerFailed("crash") from None
            if len(body) != min(protocol.CHUNK, length - start):
                channel.end("protocol")
                raise WorkerFailed("protocol")
            start += len(body)
            yield bytes(body)


def only(messages: list[Message]) -> Message:
    """The single part of an answer that has one."""
    if len(messages) != 1:
        raise WorkerFailed("protocol")
    return messages[0]


@contextlib.contextmanager
def ending(channel: Channel) -> Iterator[None]:
    """A worker caught lying inside is ended."""
    try:
        yield
    except WorkerFailed as failure:
        if failure.reason == "protocol":
            channel.end("protocol")
        raise
