"""What a file is: content first, the name only where the content says nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from casefile.pdf.kinds import PROBE, recognise

ZIP = b"PK\x03\x04" + bytes(26)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
MAIL = b"Received: from a\r\nFrom: b@example.org\r\nSubject: c\r\n\r\nhello"


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"", "a.pdf", "empty"),
        (b"%PDF-1.4\n", "a.txt", "pdf"),
        (b"junk before\n%PDF-1.4\n", "a", "pdf"),
        (b"<html><body>404</body></html>", "a.pdf", "html"),
        (b"Not found", "a.pdf", "txt"),
        (b"1 0 obj <</Type/Catalog>> endobj", "a.pdf", "pdf"),
        (b"\x89PNG\r\n\x1a\n", "a.jpg", "png"),
        (b"\xff\xd8\xff\xe0", "a", "jpeg"),
        (b"II*\0", "a", "tiff"),
        (b"MM\0*", "a", "tiff"),
        (b"GIF89a", "a", "gif"),
        (b"BM" + bytes(12) + (40).to_bytes(4, "little") + bytes(20), "a", "bmp"),
        (b"BMW is a car maker and this is text", "a.txt", "txt"),
        (ZIP + b"word/document.xml", "a.bin", "docx"),
        (ZIP + b"xl/workbook.xml", "a.zip", "xlsx"),
        (ZIP + b"ppt/presentation.xml", "a", "pptx"),
        (ZIP + b"mimetypeapplication/epub+zip", "a", "epub"),
        (ZIP + b"notes.txt", "a.docx", "docx"),
        (ZIP + b"notes.txt", "a.zip", "zip"),
        (OLE + "__substg1.0_".encode("utf-16-le"), "a", "msg"),
        (OLE, "a.msg", "msg"),
        (OLE, "a.xls", "xls"),
        (b"!BDN" + bytes(40), "a.pst", "pst"),
        (MAIL, "a", "eml"),
        (MAIL, "mail.txt", "eml"),
        (b"From b@example.org Mon Jan 1\n" + MAIL, "a", "mbox"),
        (b"From the desk of nobody\n\nhello", "a.txt", "txt"),
        (b"Dear Sir,\nsubject: none\n", "a.txt", "txt"),
        (b"plain words", "a", "txt"),
        (b"\xff\xfeh\0i\0", "a.txt", "txt"),
        (b"a,b\n1,2\n", "a.csv", "txt"),
        (b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>", "a", "svg"),
        (b"<?xml version='1.0'?><table><p>x</p></table>", "a.xml", "txt"),
        (b"\0\1\2\3", "a", "unknown"),
        (b"\0\1\2\3", "a.pdf", "pdf"),
        (b"{\\rtf1", "a.doc", "rtf"),
    ],
)
def test_recognise(data: bytes, name: str, kind: str) -> None:
    assert recognise(data, name) == kind


def test_only_the_beginning_is_looked_at() -> None:
    assert recognise(b"x" * (PROBE * 2) + b"\0", "a.txt") == "txt"


def test_the_corpus(corpus: Path) -> None:
    expected = {
        ".pdf": {"pdf", "html"}, ".tif": {"tiff"}, ".jpg": {"jpeg"}, ".docx": {"docx"},
        ".xlsx": {"xlsx"}, ".eml": {"eml"}, ".mbox": {"mbox"}, ".msg": {"msg"}, ".pst": {"pst"},
        ".html": {"html"}, ".txt": {"txt"},
    }  # fmt: skip
    for path in corpus.rglob("*"):
        if path.suffix in expected and path.is_file():
            kind = recognise(path.read_bytes()[:PROBE], path.name)
            assert kind in expected[path.suffix], path
