"""One open document: every call blocks, may come from any thread, and has a time limit.

The worker behind it is started with the first call and again after every death; what killed it
costs one page, never the document. Calls raise ``WorkerFailed``, ``UserError`` for what the
document itself refuses (see ``answers``), ``Cancelled`` after ``cancel()``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Self

from casefile.domain.errors import Cancelled, UserError
from casefile.domain.geometry import Box
from casefile.domain.recognised import RecognisedPage
from casefile.pdf import answers
from casefile.pdf.asking import Asker, ending, only
from casefile.pdf.channel import Lost, Message
from casefile.pdf.values import (
    ExtractedPage,
    FileMark,
    MailFacts,
    MarkToWrite,
    OpenedFacts,
    OutlineItem,
    PageFacts,
    PageLink,
    PageText,
    Pixels,
    Protection,
    WorkerFailed,
)

#: Pages asked for at once during extraction: enough to keep the worker busy, few enough that a
#: page somebody looks at does not wait long behind them.
BATCH = 24
#: A document that ends this many workers during one extraction is given up.
MAX_DEATHS = 12


class DocumentSession:
    """What can be asked of a document. ``closed`` is called when the session ends."""

    def __init__(self, asker: Asker, closed: Callable[[DocumentSession], None]) -> None:
        self._asker = asker
        self._closed = closed

    def facts(self) -> OpenedFacts:
        """What opening told; opens the document if that has not happened yet."""
        return self._asker.opened()[0]

    def walls(self) -> tuple[Protection, ...]:
        """The protections around this document's worker."""
        return self._asker.opened()[1]

    def outline(self) -> tuple[OutlineItem, ...]:
        """The document's own table of contents. Not a part of opening: to find the pages that a
        thousand bookmarks lead to takes longer than drawing the first one."""
        pages = self.facts().pages
        return self._asker.ask(
            {"do": "outline"},
            lambda parts: answers.outline(only(parts)[0], pages),
            self._asker.limits.whole,
        )

    def pages(self, first: int, last: int) -> list[PageFacts]:
        """Facts of the pages ``first`` to ``last``."""
        self._check_range(first, last)

        def read(parts: list[Message]) -> list[PageFacts]:
            if len(parts) != last - first + 1:
                raise WorkerFailed("protocol")
            return [
                answers.page_facts(header, expected)
                for expected, (header, _) in enumerate(parts, start=first)
            ]

        request = {"do": "pages", "first": first, "last": last}
        return self._asker.ask(request, read, self._asker.limits.page)

    def extract(self, first: int, last: int) -> Iterator[ExtractedPage]:
        """The pages in order, each with its text. A page that ends its worker comes as
        ``UNDRAWABLE`` and the next one from a fresh worker."""
        self._check_range(first, last)
        number, deaths, crashed_at = first, 0, 0
        while number <= last:
            try:
                for page in self._extract(number, last):
                    yield page
                    number += 1
            except (WorkerFailed, Lost) as failure:
                deaths += 1
                crashed = isinstance(failure, Lost) or failure.reason == "crash"
                if crashed and crashed_at != number and deaths < MAX_DEATHS:
                    crashed_at = number  # something else may have ended it: once more
                    continue
                yield answers.undrawable(number)
                number += 1
                if deaths >= MAX_DEATHS:
                    yield from (answers.undrawable(rest) for rest in range(number, last + 1))
                    return

    def _extract(self, first: int, last: int) -> Iterator[ExtractedPage]:
        """Batches, the next one always asked for before the last one is read."""
        channel = self._asker.live()
        cancels = self._asker.cancels
        limit = self._asker.limits.page
        requests: list[dict[str, Any]] = [
            {"do": "extract", "first": start, "last": min(last, start + BATCH - 1)}
            for start in range(first, last + 1, BATCH)
        ]
        ahead = channel.ask(requests[0], limit=limit)
        for at, request in enumerate(requests):
            ticket, expected = ahead, int(request["first"])
            if at + 1 < len(requests):
                ahead = channel.ask(requests[at + 1], limit=limit)
            with ending(channel):
                for header, body in ticket.parts():
                    if self._asker.cancels != cancels:  # pages that came before count no more
                        raise Cancelled
                    yield answers.extracted(header, body, expected)
                    expected += 1
                if expected != int(request["last"]) + 1:
                    raise WorkerFailed("protocol")

    def text(self, number: int) -> PageText:
        """The lines of a page with the place of every character."""
        return self._asker.page("text", number, lambda parts: answers.page_text(*only(parts)))

    def ocr(self, number: int, languages: Sequence[str]) -> RecognisedPage:
        """The words of a page's picture, read in the languages given (codes of ``languages``).
        Raises ``UserError("ocr.language_missing")``. Takes seconds."""
        return self._asker.page(
            "ocr",
            number,
            lambda parts: answers.recognised(*only(parts)),
            limit=self._asker.limits.ocr,
            languages=list(languages),
        )

    def render(
        self,
        number: int,
        scale: float,
        clip: Box | None = None,
        rotation: int = 0,
        *,
        annots: bool = True,
        grey: bool = False,
        night: bool = False,
    ) -> Pixels:
        """A page at ``scale`` pixels for 1/72 inch, or the part of it inside ``clip`` (in the
        page's shown space), turned clockwise by ``rotation`` degrees more; ``annots`` draws the
        file's own annotations too. With ``grey`` a page that has no colour comes in one channel:
        the same picture in a third of the bytes. With ``night`` it comes in the colours of
        ``casefile.domain.night``, photographs excepted, always in three. At most 40 million
        pixels."""
        return self._asker.page(
            "render",
            number,
            lambda parts: answers.pixels(*only(parts), grey=grey),
            scale=scale,
            clip=None if clip is None else (clip.x0, clip.y0, clip.x1, clip.y1),
            rotation=rotation,
            annots=annots,
            grey=grey,
            drawing=True,
            night=night,
        )

    def links(self, number: int) -> list[PageLink]:
        """The links of a page, in the order of the file. Nothing follows them."""
        pages = self.facts().pages
        return self._asker.page(
            "links", number, lambda parts: [answers.page_link(part[0], pages) for part in parts]
        )

    def file_marks(self, number: int) -> list[FileMark]:
        """The annotations that are in the file already."""
        return self._asker.page(
            "marks", number, lambda parts: [answers.file_mark(part[0], number) for part in parts]
        )

    def annotated(self, marks: Sequence[MarkToWrite], author: str = "") -> Iterator[bytes]:
        """A copy of the PDF with ``marks`` as real annotations, piece by piece. ``author`` is
        written for marks that name none; without either no author stands in the file. A document
        opened with a password is written without one. With a redaction among the marks, metadata
        and attached files stay behind too, and the copy is searched again. Raises ``UserError``
        ``mark.unsupported``, ``page.absent``, ``redaction.failed`` (that could not be proved to be
        gone)."""
        wanted = [
            {
                "page": mark.page,
                "kind": mark.kind,
                "colour": mark.colour,
                "quads": [quad.numbers() for quad in mark.quads],
                "comment": mark.comment,
                "author": mark.author or author,
                "date": mark.date,
                "strokes": mark.strokes,
                "label": mark.label,
                "subject": mark.subject,
                "adopted": mark.adopted,
            }
            for mark in marks
        ]
        return self._asker.take({"do": "annotate"}, json.dumps(wanted).encode("utf-8"))

    def convert(self, *, a4: bool = False) -> Iterator[bytes]:
        """The PDF rendition, piece by piece, in the layout of ``PdfWorkers.engine()``; with ``a4``
        HTML is laid out on that paper instead: for what goes out, never for what is kept."""
        return self._asker.take({"do": "convert", "a4": a4})

    def mail(self) -> MailFacts:
        """Headers and attachments of a message; of a mailbox no headers and its messages."""

        def read(parts: list[Message]) -> MailFacts:
            if not parts:
                raise WorkerFailed("protocol")
            headers = answers.mail_headers(parts[0][0])
            return MailFacts(headers, tuple(answers.mail_part(header) for header, _ in parts[1:]))

        return self._asker.ask({"do": "mail"}, read, self._asker.limits.whole)

    def attachment(self, index: int) -> Iterator[bytes]:
        """The bytes of an attachment, counted from 0 as in ``mail().attachments``."""
        return self._asker.take({"do": "attachment", "index": index})

    def cancel(self) -> None:
        """End whatever is under way: those calls raise ``Cancelled``. The session stays usable."""
        self._asker.cancel()

    def close(self) -> None:
        """End the worker for good."""
        self._asker.close()
        self._closed(self)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _check_range(self, first: int, last: int) -> None:
        facts = self.facts()
        if facts.needs_password:
            raise UserError("document.needs_password")
        if not 1 <= first <= last <= facts.pages:
            raise UserError("page.absent", page=last)
