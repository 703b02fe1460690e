"""Files to import, made from nothing: small PDFs byte by byte, pictures, mail."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path

import pytest

from casefile.domain.errors import UserError

A4 = (595, 842)


@contextmanager
def refused(code: str) -> Iterator[None]:
    """What happens within is refused with this code."""
    with pytest.raises(UserError) as error:
        yield
    assert error.value.code == code


def pdf_bytes(pages: Sequence[str], size: tuple[int, int] = A4) -> bytes:
    """A PDF with one line of text for each line of each page; an empty page is blank."""
    objects: list[bytes] = []

    def add(body: bytes) -> int:
        objects.append(body)
        return len(objects)

    catalog, tree = add(b""), add(b"")
    font = add(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    kids = []
    for page in pages:
        stream = _stream(page)
        content = add(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        kids.append(add(
            b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R"
            b" /Resources << /Font << /F1 %d 0 R >> >> >>" % (tree, *size, content, font)
        ))  # fmt: skip
    objects[catalog - 1] = b"<< /Type /Catalog /Pages %d 0 R >>" % tree
    objects[tree - 1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (
        len(kids),
        b" ".join(b"%d 0 R" % kid for kid in kids),
    )
    return _assembled(objects, catalog)


def _stream(page: str) -> bytes:
    shown = []
    for line in page.splitlines():
        text = line.encode("cp1252", "replace")
        for special in (b"\\", b"(", b")"):
            text = text.replace(special, b"\\" + special)
        shown.append(b"(%s) Tj 0 -14 Td" % text)
    return b"BT /F1 11 Tf 56 780 Td " + b" ".join(shown) + b" ET" if shown else b""


def _assembled(objects: list[bytes], catalog: int) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        catalog,
        start,
    )
    return bytes(out)


def write_pdf(path: Path, pages: Sequence[str]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(pdf_bytes(pages))
    return path


def many_pages(count: int, word: str = "release") -> list[str]:
    """Pages that each have words of their own."""
    return [
        f"Page {n} of the {word}\n"
        + "\n".join(f"line {k} of {word}{n} says nothing" for k in range(9))
        for n in range(1, count + 1)
    ]


def png_bytes(width: int = 40, height: int = 30) -> bytes:
    """A picture with something on it, so that it waits for OCR."""
    rows = b"".join(
        b"\0" + bytes((x * 6 ^ y * 8) & 255 for x in range(width) for _ in range(3))
        for y in range(height)
    )

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"".join((
        b"\x89PNG\r\n\x1a\n", chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(rows)),
        chunk(b"IEND", b""),
    ))  # fmt: skip


def mail_bytes(
    subject: str, body: str = "See the attachment.", attachments: Sequence[tuple[str, bytes]] = ()
) -> bytes:
    message = EmailMessage()
    message["From"] = "clerk@agency.example"
    message["To"] = "reporter@paper.example"
    message["Subject"] = subject
    message["Date"] = "Tue, 03 Nov 2026 09:00:00 +0000"
    message.set_content(body)
    for name, data in attachments:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()
