"""What is not a PDF: pictures, text, HTML and mail become one."""

from __future__ import annotations

from pathlib import Path

import pytest

from casefile.domain.documents import PageState
from casefile.domain.errors import UserError
from casefile.pdf.values import PlainFile
from casefile.pdf.worker import converting, mail
from casefile.pdf.worker.opening import OpenDocument
from casefile.pdf.workers import PdfWorkers
from tests.pdf import making

MESSAGE = b"""From: =?utf-8?q?J=C3=BCrgen?= <j@example.org>\r
To: a@example.org, b@example.org\r
Subject: Re: the\r
 budget\r
Date: Mon, 2 Mar 2026 10:00:00 +0000\r
MIME-Version: 1.0\r
Content-Type: multipart/mixed; boundary=x\r
\r
--x\r
Content-Type: multipart/alternative; boundary=y\r
\r
--y\r
Content-Type: text/plain; charset=utf-8\r
\r
plain form\r
--y\r
Content-Type: text/html; charset=utf-8\r
\r
<html><head><title>no</title><script>evil()</script></head><body onload=evil()>
<p style="x">rich &amp; form</p><img src="http://tracker.example/x.png" alt="pixel">
<a href="http://example.org">link</a><style>p{}</style></body></html>\r
--y--\r
--x\r
Content-Type: application/pdf; name="../../etc/evil.pdf"\r
Content-Disposition: attachment; filename="../../etc/evil.pdf"\r
Content-Transfer-Encoding: base64\r
\r
JVBERi0xLjcK\r
--x\r
Content-Type: message/rfc822\r
\r
From: c@example.org\r
Subject: forwarded\r
\r
inner words\r
--x--\r
"""


def convert(workers: PdfWorkers, folder: Path, data: bytes, name: str) -> PlainFile:
    source, made = folder / name, folder / f"{name}.pdf"
    source.write_bytes(data)
    with workers.open(PlainFile(source), kind="auto") as session:
        made.write_bytes(b"".join(session.convert()))
    return PlainFile(made)


def texts(workers: PdfWorkers, rendition: PlainFile) -> list[str]:
    with workers.open(rendition) as session:
        return [page.text for page in session.extract(1, session.facts().pages)]


def test_text(workers: PdfWorkers, tmp_path: Path) -> None:
    made = convert(workers, tmp_path, "Grüße — “so”\nsecond line".encode(), "a.txt")
    (text,) = texts(workers, made)
    assert "Grüße — “so”" in text
    assert "second line" in text
    with workers.open(made) as session:
        (page,) = session.pages(1, 1)
        assert (page.width, page.height) == (612, 792)


@pytest.mark.parametrize(
    ("data", "word"),
    [
        ("naïve".encode("utf-16"), "naïve"),
        ("naïve".encode("cp1252"), "naïve"),
        (b"\xef\xbb\xbf" + "naïve".encode(), "naïve"),
    ],
)
def test_encodings(workers: PdfWorkers, tmp_path: Path, data: bytes, word: str) -> None:
    assert word in texts(workers, convert(workers, tmp_path, data, "a.txt"))[0]


@pytest.mark.parametrize("data", [b"\n", b"   \r\n\t", b"x"])
def test_next_to_nothing_is_a_page(workers: PdfWorkers, tmp_path: Path, data: bytes) -> None:
    assert len(texts(workers, convert(workers, tmp_path, data, "a.txt"))) == 1


def test_long_text_is_laid_out_in_pieces() -> None:
    line = "a line of a log file\n"
    parts = list(converting.pieces(line * 60_000))
    assert "".join(parts) == line * 60_000
    assert all(part.endswith("\n") and len(part) <= converting.PIECE for part in parts)
    unbroken = "x" * (converting.PIECE + 1)
    assert [len(part) for part in converting.pieces(unbroken)] == [converting.PIECE, 1]


def test_pieces_follow_each_other(
    workers: PdfWorkers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(converting, "PIECE", 300)
    words = "first\n" + "-\n" * 400 + "last\n"
    made = tmp_path / "made.pdf"
    document = OpenDocument(memoryview(words.encode()), "txt", None)
    made.write_bytes(converting.rendition(document))
    found = texts(workers, PlainFile(made))
    assert len(found) >= 3
    assert found[0].startswith("first")
    assert found[-1].endswith("last")


def test_html_loads_nothing_and_keeps_no_link(workers: PdfWorkers, tmp_path: Path) -> None:
    page = (
        b"<html><head><meta charset=windows-1252><link rel=stylesheet href='http://a.example/x'>"
        b"</head><body><script>evil()</script><p>caf\xe9</p>"
        b"<a href='http://b.example/'>there</a><img src='file:///etc/passwd'></body></html>"
    )
    made = convert(workers, tmp_path, page, "a.html")
    (text,) = texts(workers, made)
    assert "café" in text
    assert "there" in text
    assert "evil" not in text
    assert b"/URI" not in made.path.read_bytes()


def test_a_tiff_of_several_pages(workers: PdfWorkers, tmp_path: Path) -> None:
    frames = [(40, 50), (60, 30), (20, 20)]
    made = convert(workers, tmp_path, making.tiff(frames), "a.tif")
    with workers.open(made) as session:
        pages = session.pages(1, 3)
        assert [round(page.width / page.height, 2) for page in pages] == [0.8, 2.0, 1.0]
        states = [page.state for page in session.extract(1, 3)]
        assert states == [PageState.AWAITING_OCR] * 3


def test_a_rendition_is_the_same_every_time(workers: PdfWorkers, tmp_path: Path) -> None:
    first = convert(workers, tmp_path, MESSAGE, "a.eml").path.read_bytes()
    assert convert(workers, tmp_path, MESSAGE, "b.eml").path.read_bytes() == first


def test_a_pdf_has_no_rendition(workers: PdfWorkers, tmp_path: Path) -> None:
    with (
        pytest.raises(UserError) as refused,
    ):
        convert(workers, tmp_path, making.pages(["x"]), "a.pdf")
    assert refused.value.code == "document.unsupported"


def test_a_message(workers: PdfWorkers, tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(MESSAGE)
    with workers.open(PlainFile(path), kind="auto") as session:
        facts = session.mail()
        parts = [b"".join(session.attachment(at)) for at in range(len(facts.attachments))]
    assert facts.headers["From"] == "Jürgen <j@example.org>"
    assert facts.headers["Subject"] == "Re: the budget"
    assert [(part.name, part.media_type) for part in facts.attachments] == [
        ("evil.pdf", "application/pdf"),
        ("forwarded.eml", "message/rfc822"),
    ]
    assert parts[0] == b"%PDF-1.7\n"
    assert b"inner words" in parts[1]
    assert [part.length for part in facts.attachments] == [len(part) for part in parts]
    (text,) = texts(workers, convert(workers, tmp_path, MESSAGE, "b.eml"))
    for shown in ("From: Jürgen <j@example.org>", "rich & form", "[pixel]", "evil.pdf"):
        assert shown in text
    for hidden in ("evil()", "tracker", "plain form", "inner words"):
        assert hidden not in text


def test_a_mailbox(workers: PdfWorkers, tmp_path: Path) -> None:
    box = (
        b"From a@x Mon Mar  2 10:00:00 2026\nFrom: a@x\nSubject: first\n\n>From here on\n\n"
        b"From b@x Mon Mar  2 11:00:00 2026\nFrom: b@x\nSubject: second/one\n\nbody two\n"
    )
    path = tmp_path / "a.mbox"
    path.write_bytes(box)
    with workers.open(PlainFile(path), kind="auto") as session:
        facts = session.mail()
        first = b"".join(session.attachment(0))
    assert facts.headers == {}
    assert [part.name for part in facts.attachments] == ["0001 first.eml", "0002 one.eml"]
    assert first.endswith(b"\nFrom here on\n")
    (text,) = texts(workers, convert(workers, tmp_path, box, "b.mbox"))
    assert "2 messages" in text
    assert "second/one" in text


@pytest.mark.parametrize(
    "hostile",
    [
        b"From: =?utf-8?b?////?=\nSubject: =?x-none?q?a?=\n\nbody",
        b"From: a\nContent-Type: multipart/mixed; boundary=\n\nbody",
        b"From: a\nContent-Type: text/plain; charset=no-such\n\nbody \xff",
        b"From: a\nContent-Transfer-Encoding: base64\n\n!!!!not base64",
        b"From: a\nContent-Type: text/html\n\n" + b"<div>" * 5_000 + b"body",
        b"From: a\nContent-Type: text/html\n\n<!--" + b"<" * 5_000,
        b"From: a\n" + b"".join(b"X-%d: y\n" % n for n in range(5_000)) + b"\nbody",
    ],
)
def test_hostile_mail(workers: PdfWorkers, tmp_path: Path, hostile: bytes) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(hostile)
    with workers.open(PlainFile(path), kind="eml") as session:
        assert session.mail().headers
        assert b"".join(session.convert()).startswith(b"%PDF")


def test_messages_in_messages_in_messages() -> None:
    data = b"From: a\nSubject: x\n\ninnermost"
    for _ in range(200):
        data = b"From: a\nSubject: x\nContent-Type: message/rfc822\n\n" + data
    (part,) = mail.parts(data, "eml")
    assert part.name == "x.eml"


def test_attachments_out_of_range(workers: PdfWorkers, tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(MESSAGE)
    with workers.open(PlainFile(path), kind="eml") as session:
        for at in (-1, 2, 10**9):
            with pytest.raises(UserError):
                b"".join(session.attachment(at))
