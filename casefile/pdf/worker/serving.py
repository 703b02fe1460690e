"""The worker's loop: one document, one request after the other, until the pipe closes.

Answers never hold a traceback: a refusal has a code, anything unforeseen is ``page.undrawable``
with the reason ``damaged``, and running out of memory says so (the other side ends the process).
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from typing import Any

from pymupdf import mupdf

from casefile.domain.errors import UserError
from casefile.pdf import kinds, protocol, sandbox
from casefile.pdf.easel import Easel
from casefile.pdf.worker import converting, file_marks, links, mail, marks, receiving, text
from casefile.pdf.worker.drawing import Drawing
from casefile.pdf.worker.mail import Part
from casefile.pdf.worker.opening import ENGINE, OpenDocument, one_line, quieten
from casefile.pdf.worker.outbox import Outbox
from casefile.pdf.worker.refusals import Refused, out_of_memory, unforeseen
from casefile.pdf.worker.shapes import page_rotation

#: Facts, bytes, and where wanted the owner of the memory of those bytes.
Answer = tuple[dict[str, Any], bytes | memoryview] | tuple[dict[str, Any], memoryview, object]
Operation = Callable[["Worker", protocol.Header, bytearray], Iterator[Answer]]
#: A page is looked at this closely to tell a blank sheet from one with a picture on it.
BLANK_SCALE = 0.25
#: How much a worker that nobody waits for gives way: an edit must not wait for a processor.
GIVES_WAY = 10
#: Results waiting to be taken piece by piece.
MAX_SHELF = 4


def warm() -> None:
    """Import and touch everything that is otherwise done on first use, before any wall is up."""
    import codecs
    from email import message_from_bytes

    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    for name in ("cp1252", "idna", "latin-1", "utf-16-le"):
        codecs.lookup(name)
    quieten()
    AESGCM(bytes(32)).encrypt(bytes(12), b"", b"")
    message = b"From: =?utf-8?q?a?=\nContent-Type: text/plain; charset=utf-8\n\nbody\n"
    message_from_bytes(message).get_payload(decode=True)
    page = converting.rendition(OpenDocument(memoryview(message), "eml", None))
    warmed = OpenDocument(memoryview(page), "pdf", None)
    text.lines(warmed.page(1))
    Drawing(warmed).draw(1, 0.2, None, 0, annots=True, grey=True)
    Drawing(warmed).draw(1, 0.2, None, 0, annots=True, night=True)
    file_marks.of_page(warmed.page(1))
    with contextlib.suppress(Refused):
        ocr().warm(warmed.page(1))
    mupdf.fz_empty_store()


def ocr() -> Any:
    """The module that reads words in pictures. Where Tesseract does not load, everything else still
    works. Raises ``Refused("ocr.unavailable")``."""
    try:
        from casefile.pdf.worker import ocr as found
    except ImportError as error:
        raise Refused("ocr.unavailable") from error
    return found


class Worker:
    """What this process knows: its pipes, and its document once that is open."""

    def __init__(self, requests: int, answers: int, easel: Easel | None = None) -> None:
        self._requests, self._outbox = requests, Outbox(answers)
        self._easel = easel
        self._document: OpenDocument | None = None
        self._drawing: Drawing | None = None
        self._password: str | None = None
        self._shelf: dict[int, tuple[bytes | memoryview, object]] = {}
        self._parts: list[Part] | None = None
        self._recogniser: Any = None

    def serve(self) -> None:
        """Answer until nobody asks any more."""
        self._outbox.send({"hello": os.getpid()}, b"")
        try:
            while True:
                header, body = protocol.receive(self._requests)
                self._answer(header, body)
        except protocol.Closed:
            return

    def _answer(self, header: protocol.Header, body: bytearray) -> None:
        number = header.get("id")
        operation = OPERATIONS.get(str(header.get("do")))
        if operation is None:
            raise protocol.ProtocolError("an unknown request")
        try:
            for facts, data, *keeper in operation(self, header, body):
                self._outbox.send({"id": number, **facts}, data, keeper)
                if facts.get("last"):
                    return
            refusal: dict[str, Any] = {}
        except (Refused, UserError) as error:
            refusal = {"error": error.code, "values": error.values}
        except (protocol.Closed, protocol.ProtocolError):
            raise
        except Exception as error:  # noqa: BLE001 - nothing a file does may end the loop
            said = unforeseen(error)
            refusal = {"error": said.code, "values": said.values}
        self._outbox.send({"id": number, "end": True, **refusal}, b"")

    @property
    def document(self) -> OpenDocument:
        if self._document is None:
            raise protocol.ProtocolError("no document is open")
        return self._document

    def open(self, header: protocol.Header, key: bytearray) -> Iterator[Answer]:
        """Raise the walls, then read the document and open it."""
        if self._document is not None:
            raise protocol.ProtocolError("this process has its document")
        length = int(header["length"])
        if header.get("background") and hasattr(os, "nice"):
            os.nice(GIVES_WAY)
        walls = sandbox.enter(length)
        data = receiving.document(self._requests, length, key, str(header["document_id"]))
        self._password = header.get("password")
        kind = str(header["kind"])
        if kind == "auto":
            kind = kinds.recognise(bytes(data[: kinds.PROBE]), str(header.get("name") or ""))
        self._document = OpenDocument(data, kind, self._password)
        self._drawing = Drawing(self._document)
        yield {"facts": self._document.facts(), "walls": walls}, b""

    def outline(self, _header: protocol.Header, _body: bytearray) -> Iterator[Answer]:
        yield {"outline": self.document.outline(), "last": True}, b""

    def walls(self, _header: protocol.Header, _body: bytearray) -> Iterator[Answer]:
        """Raise the walls without a document, and tell which stand."""
        yield {"walls": sandbox.enter(0), "engine": ENGINE}, b""

    def pages(self, header: protocol.Header, _body: bytearray) -> Iterator[Answer]:
        for number in range(int(header["first"]), int(header["last"]) + 1):
            yield self._page_facts(number, self.document.page(number)), b""

    def extract(self, header: protocol.Header, _body: bytearray) -> Iterator[Answer]:
        for number in range(int(header["first"]), int(header["last"]) + 1):
            try:
                page = self.document.page(number)
                written = text.plain(page)
                facts = self._page_facts(number, page)
                state = "text" if written else self._textless(number, page)
            except Exception as error:
                memory = isinstance(error, Refused) and error.values.get("reason") == "memory"
                if memory or out_of_memory(error):
                    raise
                written, facts, state = "", {"page": number}, "undrawable"
            yield {**facts, "state": state}, written.encode("utf-8", "replace")

    def _page_facts(self, number: int, page: Any) -> dict[str, Any]:
        bounds = mupdf.fz_bound_page(page)
        pdf_page = mupdf.pdf_page_from_fz_page(page)
        rotation, marked = 0, False
        if pdf_page.m_internal:
            rotation = page_rotation(pdf_page)
            marked = bool(mupdf.pdf_first_annot(pdf_page).m_internal)
        return {
            "page": number,
            "label": self.document.label(number),
            "width": bounds.x1 - bounds.x0,
            "height": bounds.y1 - bounds.y0,
            "rotation": rotation,
            "marked": marked,
        }

    def _textless(self, number: int, page: Any) -> str:
        """A page with a picture waits for OCR; else a sheet of one colour is blank."""
        if self._drawing is None or text.has_picture(page):
            return "awaiting_ocr"
        drawn = self._drawing.draw(number, self._blank_scale(number), None, 0, annots=False)
        return "blank" if drawn.keeper.is_unicolor else "awaiting_ocr"

    def _blank_scale(self, number: int) -> float:
        """Small enough to be quick, whatever the page's size."""
        bounds = mupdf.fz_bound_page(self.document.page(number))
        longest = max(bounds.x1 - bounds.x0, bounds.y1 - bounds.y0, 1.0)
        return float(min(BLANK_SCALE, 400 / longest))

    def text(self, header: protocol.Header, _body: bytearray) -> Iterator[Answer]:
        lines, quads = text.pack(text.lines(self.document.page(int(header["page"]))))
        # The words go into the body, before the numbers: a header has no room for a whole page.
        words = "\n".join(str(line[0]) for line in lines).encode("utf-8", "replace")
        blocks = [line[1] for line in lines]
        yield {"words": len(words), "blocks": blocks, "last": True}, words + quads

    def render(self, header: protocol.Header, _body: bytearray) -> Iterator[Answer]:
        if self._drawing is None:
            raise protocol.ProtocolError("no document is open")
        number = header.get("sheet")
        room = None if number is None or self._easel is None else self._easel.sheet(int(number))
        drawn = self._drawing.draw(
            int(header["page"]),
            float(header["scale"]),
            header.get("clip"),
            int(header.get("rotation") or 0),
            annots=bool(header.get("annots", True)),
            grey=bool(header.get("grey")),
            room=room,
            night=bool(header.get("night")),
        )
        facts = {
            "width": drawn.width,
            "height": drawn.height,
            "stride": drawn.stride,
            "channels": drawn.channels,
            "last": True,
        }
        if room is not None and drawn.data.obj is room.obj:
            yield {**facts, "drawn": len(drawn.data)}, b""
        else:
            yield facts, drawn.data, drawn.keeper

    def links(self, header: protocol.Header, _body: bytearray) -> Iterator[Answer]:
        for link in links.of_page(self.document, int(header["page"])):
            yield link, b""

    def ocr(self, header: protocol.Header, _body: bytearray) -> Iterator[Answer]:
        number = int(header["page"])
        wanted = tuple(str(code) for code in header["languages"])
        reading = ocr()
        self._recogniser = self._recogniser or reading.Recogniser()
        found = reading.read_page(self.document.page(number), number, wanted, self._recogniser)
        yield reading.pack(found)

    def marks(self, header: protocol.Header, _body: bytearray) -> Iterator[Answer]:
        for mark in file_marks.of_page(self.document.page(int(header["page"]))):
            yield mark, b""

    def convert(self, header: protocol.Header, _body: bytearray) -> Iterator[Answer]:
        yield self._shelve(header, converting.rendition(self.document, a4=header.get("a4") is True))

    def mail(self, _header: protocol.Header, _body: bytearray) -> Iterator[Answer]:
        document = self._mail_document()
        found = {} if document.kind == "mbox" else mail.headers(bytes(document.data))
        yield {"headers": found}, b""
        for part in self._mail_parts():
            media = one_line(part.media_type)
            yield {"name": part.name, "media_type": media, "length": len(part.data)}, b""

    def attachment(self, header: protocol.Header, _body: bytearray) -> Iterator[Answer]:
        parts = self._mail_parts()
        at = int(header["index"])
        if not 0 <= at < len(parts):
            raise Refused("document.unsupported", format="")
        yield self._shelve(header, parts[at].data)

    def _mail_parts(self) -> list[Part]:
        """Taken apart once: a mailbox may hold thousands of messages."""
        document = self._mail_document()
        if self._parts is None:
            self._parts = mail.parts(bytes(document.data), document.kind)
        return self._parts

    def _mail_document(self) -> OpenDocument:
        if self.document.kind not in kinds.MAIL:
            raise Refused("document.unsupported", format=self.document.kind)
        return self.document

    def annotate(self, header: protocol.Header, body: bytearray) -> Iterator[Answer]:
        wanted = protocol.decode_json(body)
        copy = marks.annotated(self.document, self._password, wanted)
        yield self._shelve(header, copy.data, copy.keeper)

    def _shelve(
        self, header: protocol.Header, result: bytes | memoryview, keeper: object = None
    ) -> Answer:
        """Keep a result, to be taken piece by piece at the reader's pace."""
        while len(self._shelf) >= MAX_SHELF:
            self._shelf.pop(next(iter(self._shelf)))
        number = int(header["id"])
        self._shelf[number] = result, keeper
        return {"shelf": number, "length": len(result)}, b""

    def take(self, header: protocol.Header, _body: bytearray) -> Iterator[Answer]:
        found = self._shelf.get(int(header["shelf"]))
        if found is None:
            raise Refused("page.undrawable", reason="crash")
        result, keeper = found
        start = int(header["start"])
        piece = memoryview(result)[start : start + protocol.CHUNK]
        if start + len(piece) >= len(result):
            del self._shelf[int(header["shelf"])]
        yield {}, piece, keeper


OPERATIONS: dict[str, Operation] = {
    "open": Worker.open,
    "walls": Worker.walls,
    "outline": Worker.outline,
    "pages": Worker.pages,
    "extract": Worker.extract,
    "text": Worker.text,
    "render": Worker.render,
    "links": Worker.links,
    "ocr": Worker.ocr,
    "marks": Worker.marks,
    "convert": Worker.convert,
    "mail": Worker.mail,
    "attachment": Worker.attachment,
    "annotate": Worker.annotate,
    "take": Worker.take,
}
