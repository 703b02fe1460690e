"""One open document: every call blocks, may come from any thread, and has a time limit.

The worker behind it is started with the first call and again after every death; what killed it
costs one page, never the document. Calls raise ``WorkerFailed``, ``UserError`` for what the
document itself refuses (see ``answers``), ``Cancelled`` after ``cancel()``.
"""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Self, TypeVar

from casefile.domain.errors import Cancelled, UserError
from casefile.domain.geometry import Box, Quad
from casefile.pdf import answers, protocol
from casefile.pdf.channel import Channel, Lost, Message, once
from casefile.pdf.feeding import Feed
from casefile.pdf.quads import join
from casefile.pdf.values import (
    ExtractedPage,
    FileMark,
    MailFacts,
    MailPart,
    MarkToWrite,
    OpenedFacts,
    PageFacts,
    PageText,
    Pixels,
    Protection,
    WorkerFailed,
)

T = TypeVar("T")

#: Pages asked for at once during extraction: enough to keep the worker busy, few enough that a
#: page somebody looks at does not wait long behind them.
BATCH = 24
#: A document that kills this many workers during one extraction is given up.
MAX_DEATHS = 8
#: How often a request that merely stood behind a deadly one is asked again.
MAX_RETRIES = 5


class Limits:
    """Seconds a worker may take; tests make them short."""

    def __init__(self, page: float = 20.0, whole: float = 300.0) -> None:
        self.page = page
        """For one page, or one piece of an answer."""
        self.whole = whole
        """For work on all of a document: opening, converting, writing a copy."""


class DocumentSession:
    """A document in a worker of its own. ``start`` gives a fresh channel; ``feed`` the bytes."""

    def __init__(
        self,
        start: Callable[[], Channel],
        feed: Feed,
        *,
        kind: str,
        password: str | None,
        limits: Limits,
    ) -> None:
        self._start = start
        self._feed = feed
        self._kind, self._password, self._limits = kind, password, limits
        self._lock = threading.Lock()
        self._channel: Channel | None = None
        self._facts: OpenedFacts | None = None
        self._walls: tuple[Protection, ...] = ()
        self._closed = False
        self._deadly: dict[tuple[str, int], str] = {}

    # -- what it is --

    def facts(self) -> OpenedFacts:
        """Opens the document if that has not happened yet."""
        self._live()
        if self._facts is None:
            raise WorkerFailed("protocol")
        return self._facts

    def walls(self) -> tuple[Protection, ...]:
        """The protections around this document's worker."""
        self._live()
        return self._walls

    def pages(self, first: int, last: int) -> list[PageFacts]:
        """Facts of the pages ``first`` to ``last``."""
        self._check_range(first, last)
        found = self._ask({"do": "pages", "first": first, "last": last}, self._limits.page)
        if len(found) != last - first + 1:
            raise WorkerFailed("protocol")
        return [
            answers.page_facts(header, expected)
            for expected, (header, _) in enumerate(found, start=first)
        ]

    # -- text --

    def extract(self, first: int, last: int) -> Iterator[ExtractedPage]:
        """The pages in order, each with its text. A page that ends the worker comes as
        ``UNDRAWABLE`` and the next one from a fresh worker."""
        self._check_range(first, last)
        number, deaths = first, 0
        while number <= last:
            try:
                for page in self._extract_live(number, last):
                    yield page
                    number += 1
            except WorkerFailed:
                deaths += 1
                yield answers.undrawable(number)
                number += 1
                if deaths >= MAX_DEATHS:
                    yield from (answers.undrawable(rest) for rest in range(number, last + 1))
                    return
            except Lost:
                deaths += 1
                if deaths >= MAX_DEATHS:
                    raise WorkerFailed("crash", number) from None

    def _extract_live(self, first: int, last: int) -> Iterator[ExtractedPage]:
        """Batches, the next one always asked for before the last one is read."""
        channel = self._live()
        starts = range(first, last + 1, BATCH)
        requests: list[dict[str, Any]] = [
            {"do": "extract", "first": start, "last": min(last, start + BATCH - 1)}
            for start in starts
        ]
        ahead = channel.ask(requests[0], limit=self._limits.page)
        for at, request in enumerate(requests):
            ticket = ahead
            if at + 1 < len(requests):
                ahead = channel.ask(requests[at + 1], limit=self._limits.page)
            expected = int(request["first"])
            for header, body in ticket.parts():
                yield answers.extracted(header, body, expected)
                expected += 1
            if expected != int(request["last"]) + 1:
                raise WorkerFailed("protocol")

    def text(self, number: int) -> PageText:
        """The lines of a page with the place of every character."""
        header, body = self._ask_page("text", number)
        return answers.page_text(header, body)

    def find(self, number: int, needle: str) -> list[tuple[Quad, ...]]:
        """Every occurrence on a page, each as one quad for each line it runs over. Case, accents
        and ligatures do not matter; a hyphen at a line's end may break a word."""
        found = self._ask({"do": "find", "page": number, "needle": needle}, self._limits.page)
        return [tuple(join(run) for run in answers.hit(header, body)) for header, body in found]

    # -- pictures and marks --

    def render(
        self,
        number: int,
        scale: float,
        clip: Box | None = None,
        rotation: int = 0,
        *,
        annots: bool = True,
    ) -> Pixels:
        """A page at ``scale`` pixels for 1/72 inch, or the part of it inside ``clip`` (in the
        page's shown space), turned clockwise by ``rotation`` degrees more; ``annots`` draws the
        file's own annotations too. At most 40 million pixels."""
        header, body = self._ask_page(
            "render",
            number,
            scale=scale,
            clip=answers.clip_numbers(clip),
            rotation=rotation,
            annots=annots,
        )
        return answers.pixels(header, body)

    def file_marks(self, number: int) -> list[FileMark]:
        """The annotations that are in the file already."""
        found = self._ask({"do": "marks", "page": number}, self._limits.page)
        return [answers.file_mark(header, number) for header, _ in found]

    def annotated(self, marks: Sequence[MarkToWrite], author: str = "") -> Iterator[bytes]:
        """A copy of the PDF with ``marks`` as real annotations, piece by piece. ``author`` is
        written for marks that name none; without either no author stands in the file. Raises
        ``UserError("mark.unsupported")``, ``UserError("page.absent")``."""
        wanted = [
            {
                "page": mark.page,
                "kind": mark.kind,
                "colour": mark.colour,
                "quads": [quad.numbers() for quad in mark.quads],
                "comment": mark.comment,
                "author": mark.author or author,
                "date": mark.date,
            }
            for mark in marks
        ]
        return self._take({"do": "annotate"}, json.dumps(wanted).encode("utf-8", "replace"))

    # -- what is not a PDF --

    def convert(self) -> Iterator[bytes]:
        """The PDF rendition, piece by piece, in the layout of ``PdfWorkers.engine()``."""
        return self._take({"do": "convert"})

    def mail(self) -> MailFacts:
        """Headers and attachments of a message; of a mailbox no headers and its messages."""
        found = self._ask({"do": "mail"}, self._limits.whole)
        if not found:
            raise WorkerFailed("protocol")
        parts: tuple[MailPart, ...] = tuple(answers.mail_part(header) for header, _ in found[1:])
        return MailFacts(answers.mail_headers(found[0][0]), parts)

    def attachment(self, index: int) -> Iterator[bytes]:
        """The bytes of an attachment, counted from 0 as in ``mail().attachments``."""
        return self._take({"do": "attachment", "index": index})

    # -- ending --

    def cancel(self) -> None:
        """End whatever is under way: those calls raise ``Cancelled``. The session stays usable."""
        channel = self._channel
        if channel is not None:
            channel.end("cancelled")

    def close(self) -> None:
        """End the worker for good."""
        with self._lock:
            self._closed = True
            channel, self._channel = self._channel, None
        if channel is not None:
            channel.close()
        self._password = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- inside --

    def _live(self) -> Channel:
        """The present worker, or a new one that has opened the document."""
        with self._lock:
            if self._closed:
                raise Cancelled
            if self._channel is not None and not self._channel.dead:
                return self._channel
            if self._channel is not None:
                self._channel.close()
                self._channel = None
            channel = self._start()
            try:
                self._open(channel)
            except BaseException:
                channel.close()
                raise
            self._channel = channel
            return channel

    def _open(self, channel: Channel) -> None:
        length = self._feed.length()
        request = {
            "do": "open",
            "kind": self._kind,
            "name": self._feed.name,
            "length": length,
            "document_id": self._feed.document_id,
            "password": self._password,
        }
        ticket = channel.ask(
            request, self._feed.key(), limit=self._limits.whole, feed=self._feed.write
        )
        try:
            header, _ = once(ticket)
        except Lost:
            raise WorkerFailed("crash") from None
        self._facts = answers.opened(header)
        self._walls = answers.protections(header.get("walls"))

    def _check_range(self, first: int, last: int) -> None:
        if not 1 <= first <= last <= self.facts().pages:
            self._check_unlocked()
            raise UserError("page.absent", page=last)

    def _check_unlocked(self) -> None:
        if self.facts().needs_password:
            raise UserError("document.needs_password")

    def _ask(self, request: dict[str, Any], limit: float, body: bytes = b"") -> list[Message]:
        return self._with_worker(lambda channel: channel.ask(request, body, limit=limit).all())

    def _ask_page(self, do: str, number: int, **more: object) -> Message:
        """A request about one page with one answer. A page that has ended a worker in this way
        is not tried again, except where that was for want of memory."""
        known = self._deadly.get((do, number))
        if known is not None:
            raise WorkerFailed(known, number)
        request = {"do": do, "page": number, **more}
        try:
            return self._with_worker(
                lambda channel: once(channel.ask(request, limit=self._limits.page))
            )
        except WorkerFailed as failure:
            if failure.reason in {"timeout", "crash"}:
                self._deadly[(do, number)] = failure.reason
            raise WorkerFailed(failure.reason, number) from failure

    def _with_worker(self, work: Callable[[Channel], T]) -> T:
        for _ in range(MAX_RETRIES):
            with contextlib.suppress(Lost):
                return work(self._live())
        raise WorkerFailed("crash")

    def _take(self, request: dict[str, Any], body: bytes = b"") -> Iterator[bytes]:
        """Have something made, then fetch it piece by piece at the reader's own pace."""
        made: dict[str, Any] = {}

        def make(channel: Channel) -> Channel:
            header, _ = once(channel.ask(request, body, limit=self._limits.whole))
            made.update(header)
            return channel

        channel = self._with_worker(make)
        shelf = answers.integer(made.get("shelf"), 0, 2**53)
        length = answers.integer(made.get("length"), 0, answers.LARGEST_RESULT)
        return self._pieces(channel, shelf, length)

    def _pieces(self, channel: Channel, shelf: int, length: int) -> Iterator[bytes]:
        start = 0
        while start < length:
            try:
                ticket = channel.ask(
                    {"do": "take", "shelf": shelf, "start": start}, limit=self._limits.page
                )
                _, body = once(ticket)
            except Lost:
                raise WorkerFailed("crash") from None
            if len(body) != min(protocol.CHUNK, length - start):
                raise WorkerFailed("protocol")
            start += len(body)
            yield bytes(body)
