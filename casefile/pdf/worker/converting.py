"""Makes the pinned PDF rendition of what is not a PDF.

Pictures keep their size in inches, one page each; what flows is laid out on the sheet pinned in
``opening``. Nothing outside the given bytes is ever read: the documents have no archive beside
them, and the process can open neither files nor sockets. Links do not come along.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import pymupdf
from pymupdf import mupdf

from casefile.pdf import kinds
from casefile.pdf.worker import mail
from casefile.pdf.worker.opening import LAYOUT_FONT_SIZE, MAX_PAGES, OpenDocument, open_bytes
from casefile.pdf.worker.refusals import Refused, out_of_memory

#: Characters of text laid out at once.
PIECE = 100_000
#: MuPDF never breaks a word, and the time it takes grows with the square of the word's length: 3 MB
#: without a blank took longer than any limit.
_LONGEST_WORD = re.compile(r"\S{1000}")

_BYTE_ORDER = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_EMPTY_SHEET = mupdf.FzRect(0, 0, 612, 792)
#: ISO 216, in points.
_A4 = (595, 842)
_CHARSET = re.compile(rb"(?i)charset\s*=\s*[\"']?([a-z0-9_-]{1,40})")


def rendition(document: OpenDocument, *, a4: bool = False) -> bytes:
    """The PDF that stands for the document from now on; with ``a4`` HTML is laid out on that paper.
    Raises ``Refused``."""
    if document.kind in kinds.SHOWN_AS_IT_IS:
        raise Refused("document.unsupported", format=document.kind)
    if document.kind == "txt":
        return to_pdf(_of_text(piece, "txt") for piece in pieces(_with_breaks(document)))
    if document.kind == "html":
        charset = _CHARSET.search(bytes(document.data[:4096]))
        named = charset[1].decode("ascii") if charset else ""
        page = _of_text(decoded(bytes(document.data), named), "html")
        if a4:
            page.layout(width=_A4[0], height=_A4[1], fontsize=LAYOUT_FONT_SIZE)
        return to_pdf([page])
    if document.kind in kinds.MAIL:
        return to_pdf([_of_text(mail.as_html(bytes(document.data), document.kind), "html")])
    return to_pdf([document.pymupdf])


def _with_breaks(document: OpenDocument) -> str:
    return _LONGEST_WORD.sub("\\g<0>\n", decoded(bytes(document.data)))


def pieces(text: str) -> Iterator[str]:
    """Long text in parts that end with a line: for every page MuPDF goes through all that was laid
    out with it, in time and memory. Every part begins on a new sheet."""
    start = 0
    while start < len(text):
        end = start + PIECE
        if end < len(text):
            end = text.rfind("\n", start, end) + 1 or end
            end = end if end > start else start + PIECE
        yield text[start:end]
        start = end


def _of_text(text: str, kind: str) -> pymupdf.Document:
    """The mark at the start keeps MuPDF from guessing at the encoding."""
    return open_bytes(b"\xef\xbb\xbf" + text.encode("utf-8", "replace"), kind)


def to_pdf(sources: Iterable[pymupdf.Document]) -> bytes:
    """Every page of every source drawn into one PDF without metadata. Raises ``Refused`` when
    there is nothing or too much to draw."""
    made = mupdf.PdfDocument()
    count = drawn = 0
    for source in sources:
        pages = source.page_count
        count += pages
        if count > MAX_PAGES:
            raise Refused("document.unsupported", format="")
        drawn += sum(_add_page(made, source, number) for number in range(pages))
    if drawn == 0:
        raise Refused("document.damaged_pdf")
    mupdf.pdf_subset_fonts2(made, list(range(count)))
    options = mupdf.PdfWriteOptions()
    options.do_garbage = 3
    options.do_compress = 1
    options.do_compress_images = 1
    options.do_compress_fonts = 1
    buffer = mupdf.fz_new_buffer(65_536)
    output = mupdf.FzOutput(buffer)
    mupdf.pdf_write_document(made, output, options)
    output.fz_close_output()
    return bytes(mupdf.fz_buffer_extract_copy(buffer))


def _add_page(made: Any, source: pymupdf.Document, number: int) -> bool:
    """Draw a page into the PDF. One that is broken becomes an empty sheet, so that the others keep
    their numbers; returns whether it was drawn."""
    sheet, resources, contents, drawn = _EMPTY_SHEET, None, None, False
    try:
        page = mupdf.fz_load_page(source.this, number)
        sheet = mupdf.fz_bound_page(page)
        device, resources, contents = mupdf.pdf_page_write(made, sheet)
        mupdf.fz_run_page(page, device, mupdf.FzMatrix(), mupdf.FzCookie())
        mupdf.fz_close_device(device)
        drawn = True
    except Exception as error:
        if out_of_memory(error):
            raise
        device, resources, contents = mupdf.pdf_page_write(made, sheet)
        mupdf.fz_close_device(device)
    mupdf.pdf_insert_page(made, -1, mupdf.pdf_add_page(made, sheet, 0, resources, contents))
    return drawn


def decoded(data: bytes, named: str = "") -> str:
    """Text in whatever encoding it most likely has: a byte order mark, UTF-8, the one it names,
    else Windows-1252, usual in old files (it never fails; unknown bytes become U+FFFD)."""
    for mark, encoding in _BYTE_ORDER:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode(named or "cp1252", "replace")
    except LookupError:
        return data.decode("cp1252", "replace")
