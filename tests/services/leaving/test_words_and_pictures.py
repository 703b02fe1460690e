"""Originals, pictures, and words for the clipboard."""

from __future__ import annotations

import io
from pathlib import Path

import pymupdf
import pytest

from casefile.domain.annotations import AnnotationKind
from casefile.domain.errors import UserError
from casefile.domain.geometry import Box
from casefile.pdf.values import Pixels
from casefile.services import annotating, documents, quoting
from casefile.services.case import Case
from casefile.services.leaving import log
from casefile.services.leaving.clipboard_text import quotes_text, selection_text
from casefile.services.leaving.original import write_original
from casefile.services.leaving.picture_out import write_picture, write_png
from casefile.services.leaving.text_out import pages_out


def document(case: Case, title: str) -> str:
    return next(r.document.id for r in documents.listing(case) if r.document.title == title)


def quote(case: Case, words: str) -> str:
    (found,) = quoting.listing(case, words)
    return found.id


def test_a_quote_carries_its_citation(sample: Case) -> None:
    words = quotes_text(sample, [quote(sample, "nobody in the line")])
    assert words.text.startswith("“We can run every face that walks up to one of your counters")
    assert words.text.endswith(
        "” (Grant Leclair, on the record, BER release 1, p. BER-000001 (1 of 30))"
    )
    assert not words.delicate
    (entry,) = log.history(sample, "words")
    assert entry.documents == 1


def test_a_conversation_is_delicate_and_names_nobody(sample: Case) -> None:
    words = quotes_text(sample, [quote(sample, "the notice was a lie")])
    assert words.text.endswith("” (HERON, on background, 9 November 2025)")
    assert words.delicate


def test_what_is_off_the_record_says_so(sample: Case) -> None:
    words = quotes_text(sample, [quote(sample, "who signed"), quote(sample, "nobody in the line")])
    first, second = words.text.split("\n\n")
    assert first.endswith("NOT FOR PUBLICATION")
    assert "NOT FOR PUBLICATION" not in second
    assert words.delicate


def test_a_selection_carries_its_place(sample: Case) -> None:
    words = selection_text(sample, document(sample, "BER release 1"), 26, "our servers")
    assert words.text == "“our servers” (BER release 1, p. BER-000028 (26 of 30))"
    assert not words.delicate
    given = selection_text(sample, document(sample, "Draft assessment"), 1, "forty-one")
    assert given.text == "“forty-one” (Draft assessment, p. 1 of 2)"
    assert given.delicate


def test_a_damaged_original_leaves_nothing(sample: Case, outside: Path) -> None:
    victim = max((sample.path / "documents").iterdir(), key=lambda path: path.stat().st_size)
    data = bytearray(victim.read_bytes())
    data[-20] ^= 1
    victim.write_bytes(data)
    with pytest.raises(UserError, match=r"document\.damaged"):
        write_original(sample, document(sample, "BER release 1"), outside / "o.pdf")
    assert list(outside.iterdir()) == []
    assert log.history(sample, "original") == []


def test_a_picture_is_noted(sample: Case, outside: Path) -> None:
    report = write_picture(sample, document(sample, "BER release 1"), 1, outside / "p.png", dpi=36)
    assert (report.width, report.height) == (306, 396)
    (entry,) = log.history(sample, "picture")
    assert entry.name == "p.png"


def test_a_picture_beyond_all_bounds_is_refused(sample: Case, outside: Path) -> None:
    for dpi in (17, 1201):
        with pytest.raises(UserError, match=r"picture\.dpi"):
            write_picture(sample, document(sample, "BER release 1"), 1, outside / "p", dpi=dpi)
    with pytest.raises(UserError, match=r"picture\.too_large"):
        write_picture(sample, document(sample, "BER release 1"), 1, outside / "p", dpi=1200)


def test_what_is_redacted_is_black_in_a_picture(sample: Case, outside: Path) -> None:
    release = document(sample, "BER release 1")
    place = Box(100, 100, 300, 200)
    annotating.mark_box(sample, release, 1, place, kind=AnnotationKind.REDACTION)
    write_picture(sample, release, 1, outside / "p.png", dpi=72)
    image = pymupdf.Pixmap(str(outside / "p.png"))
    inside = {image.pixel(x, y) for x in range(100, 300) for y in range(100, 200)}
    assert inside == {(0, 0, 0)}
    assert image.pixel(20, 150) == (255, 255, 255)


def test_png_rows_leave_the_padding_out() -> None:
    pixels = Pixels(2, 2, 8, bytes(range(16)))
    out = io.BytesIO()
    write_png(pixels, 72, out)
    read = pymupdf.Pixmap(out.getvalue())
    assert (read.width, read.height, read.xres) == (2, 2, 72)
    assert bytes(read.samples) == bytes(range(6)) + bytes(range(8, 14))


def test_text_is_noted_once_and_only_if_it_came(sample: Case) -> None:
    release = document(sample, "BER release 1")
    with pytest.raises(UserError, match=r"page\.not_found"):
        list(pages_out(sample, release, 31, 31))
    assert log.history(sample, "text") == []
    assert len(list(pages_out(sample, release))) == 30
    assert len(log.history(sample, "text")) == 1
