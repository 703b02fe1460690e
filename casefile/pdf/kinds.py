"""What a file is, judged by its first bytes; the name only decides where the bytes cannot.

Nothing is parsed here: fixed marks are compared, and names are looked for in the first bytes of a
ZIP container. Anything cleverer happens in the worker.
"""

from __future__ import annotations

import re
from pathlib import PurePath

#: How many first bytes ``recognise`` wants.
PROBE = 65_536

#: Formats whose pages can be shown as they are.
SHOWN_AS_IT_IS = frozenset({"pdf"})
#: Formats that get a PDF rendition.
RENDERED = frozenset(
    {
        "png", "jpeg", "tiff", "gif", "bmp", "jpx", "pnm", "psd", "txt", "html", "docx", "xlsx",
        "pptx", "epub", "mobi", "fb2", "xps", "cbz", "svg", "eml", "mbox",
    }
)  # fmt: skip
MAIL = frozenset({"eml", "mbox"})

_MARKS: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", "png"),
    (0, b"\xff\xd8\xff", "jpeg"),
    (0, b"II*\0", "tiff"),
    (0, b"MM\0*", "tiff"),
    (0, b"II+\0", "tiff"),
    (0, b"MM\0+", "tiff"),
    (0, b"GIF87a", "gif"),
    (0, b"GIF89a", "gif"),
    (0, b"8BPS", "psd"),
    (0, b"\0\0\0\x0cjP  \r\n\x87\n", "jpx"),
    (0, b"\xff\x4f\xff\x51", "jpx"),
    (0, b"!BDN", "pst"),
    (60, b"BOOKMOBI", "mobi"),
    (0, b"Rar!\x1a\x07", "rar"),
    (0, b"7z\xbc\xaf\x27\x1c", "7z"),
    (0, b"\x1f\x8b", "gzip"),
    (0, b"{\\rtf", "rtf"),
    (0, b"%!PS", "ps"),
    (8, b"WEBP", "webp"),
    (8, b"WAVE", "wav"),
    (4, b"ftyphei", "heic"),
    (4, b"ftypmif1", "heic"),
    (4, b"ftypavif", "avif"),
    (4, b"ftyp", "mp4"),
    (0, b"ID3", "mp3"),
    (0, b"OggS", "ogg"),
    (0, b"\x1a\x45\xdf\xa3", "mkv"),
)
_EXTENSIONS = {
    "jpg": "jpeg", "jpeg": "jpeg", "tif": "tiff", "htm": "html", "html": "html", "xhtml": "html",
    "text": "txt", "txt": "txt", "md": "txt", "csv": "txt", "log": "txt", "tsv": "txt",
    "eml": "eml", "mbox": "mbox", "mbx": "mbox", "svg": "svg", "fb2": "fb2",
}  # fmt: skip
_OLE = {"msg": "msg", "xls": "xls", "ppt": "ppt"}
_MAIL_HEADER = re.compile(
    rb"(?im)^(from|to|cc|subject|date|received|return-path|message-id|mime-version|delivered-to"
    rb"|x-[a-z-]+|content-type|reply-to):[ \t]"
)
_HEADER_LINE = re.compile(rb"[!-9;-~]+:[ \t]?.*|[ \t]+\S.*")
_HTML = re.compile(rb"(?i)<(?:!doctype\s+html|html|head|body|title|meta|div|table|p)\b")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def recognise(first_bytes: bytes, file_name: str) -> str:
    """The format of a file: ``pdf``, ``png``, ``jpeg``, ``tiff``, ``gif``, ``bmp``, ``txt``,
    ``html``, ``docx``, ``xlsx``, ``pptx``, ``epub``, ``eml``, ``mbox``, ``svg``, ``msg`` and so on;
    ``empty`` without any byte, ``unknown`` where nothing fits. Content wins over the name.

    ``first_bytes`` holds at most the first ``PROBE`` bytes."""
    head = first_bytes[:PROBE]
    extension = PurePath(file_name).suffix.lower().lstrip(".")
    if not head:
        return "empty"
    if b"%PDF-" in head[:1024]:
        return "pdf"
    for offset, mark, kind in _MARKS:
        if head.startswith(mark, offset):
            return kind
    if head.startswith(b"PK\x03\x04"):
        return _container(head, extension)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _compound(head, extension)
    if head.startswith(b"BM") and len(head) > 26 and head[14:18] in _BITMAP_HEADERS:
        return "bmp"
    if re.match(rb"P[1-7][\s#]", head):
        return "pnm"
    if not _is_text(head):
        return "pdf" if extension == "pdf" else "unknown"
    return _text(head, extension)


_BITMAP_HEADERS = {size.to_bytes(4, "little") for size in (12, 40, 52, 56, 64, 108, 124)}


def _container(head: bytes, extension: str) -> str:
    """ZIP: an office document names its parts in the clear."""
    if b"mimetypeapplication/epub+zip" in head[:200]:
        return "epub"
    by_name = {"docx", "xlsx", "pptx", "epub", "xps", "cbz"} & {extension}
    by_name |= {"xps"} if extension == "oxps" else set()
    for mark, kind in ((b"word/", "docx"), (b"xl/", "xlsx"), (b"ppt/", "pptx")):
        if mark in head:
            return kind
    if b"FixedDocumentSequence" in head or b"FixedDocSeq" in head:
        return "xps"
    return by_name.pop() if by_name else "zip"


def _compound(head: bytes, extension: str) -> str:
    """OLE compound files: Outlook messages carry streams with this name in UTF-16."""
    if "__substg1.0_".encode("utf-16-le") in head or "__nameid".encode("utf-16-le") in head:
        return "msg"
    return _OLE.get(extension, "doc")


def _is_text(head: bytes) -> bool:
    if head.startswith(_UTF16):
        return True
    if b"\0" in head:
        return False
    odd = sum(byte < 32 and byte not in b"\t\n\r\f\x1b\x08" for byte in head[:4096])
    return odd * 50 <= len(head[:4096])


def _text(head: bytes, extension: str) -> str:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"From ") and _MAIL_HEADER.search(start[:4096]):
        return "mbox"
    if start[:1] == b"<":
        lower = start[:2048].lower()
        if b"<svg" in lower and b"<html" not in lower:
            return "svg"
        if b"<fictionbook" in lower:
            return "fb2"
        plain_xml = lower.startswith(b"<?xml") and b"<html" not in lower
        if _HTML.search(start[:4096]) and not plain_xml:
            return "html"
    if extension == "pdf" and _HTML.search(start[:4096]):
        return "html"
    if _looks_like_mail(start):
        return "eml"
    by_name = _EXTENSIONS.get(extension)
    if by_name in {"html", "eml", "txt"}:
        return by_name
    # A PDF whose mark is gone may still be mended by the worker.
    return "pdf" if extension == "pdf" and b" obj" in head else "txt"


def _looks_like_mail(start: bytes) -> bool:
    """Header lines before the first empty line, at least two of them ones that mail has."""
    known = set()
    for line in start[:8192].splitlines()[:200]:
        if not line.strip():
            break
        if not _HEADER_LINE.fullmatch(line.rstrip(b"\r\n")):
            return False
        match = _MAIL_HEADER.match(line)
        if match:
            known.add(match[1].lower())
    return len(known) >= 2 and bool(known & {b"from", b"received", b"message-id", b"return-path"})
