"""Edited quotes leave with their capture beside them, regions as pictures, redacted words not."""

from __future__ import annotations

import csv
from pathlib import Path

import pymupdf
import pytest

from casefile.domain.annotations import AnnotationKind
from casefile.domain.geometry import Box
from casefile.services import annotating, documents, quoting
from casefile.services.case import Case
from casefile.services.leaving.bundle import export_bundle
from casefile.services.leaving.clipboard_text import quotes_text

SAID = "any order was signed"


@pytest.fixture
def letter(sample: Case) -> tuple[str, int, str]:
    """A document, a page of it, and a passage that stands there."""
    document = next(
        row.document for row in documents.listing(sample)
        if row.document.title == "BER release 1"
    )  # fmt: skip
    page = next(p for p in documents.page_texts(sample, document.id) if len(p.text.split()) > 40)
    words = " ".join(page.text.split()[4:12])
    return document.id, page.number, words


def rows(bundle: Path) -> list[dict[str, str]]:
    with (bundle / "data/quotes.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_an_edited_quote_leaves_with_its_capture(
    sample: Case, letter: tuple[str, int, str], outside: Path
) -> None:
    document_id, page, words = letter
    [quote_id] = quoting.add_from_find(sample, document_id, page, words).ids("quote")
    capture = quoting.get(sample, quote_id).text
    first, *_, last = capture.split()
    edited = f"{first} […] {last}"
    quoting.edit(sample, quote_id, edited=edited)
    report = export_bundle(sample, outside / "b", document_ids=[document_id])
    [row] = [row for row in rows(report.path) if row["quote"] == quote_id]
    assert (row["text"], row["captured"]) == (edited, capture)
    page_html = (report.path / "index.html").read_text("utf-8")
    assert f"Captured: “<bdi>{capture}</bdi>”" in page_html
    assert quotes_text(sample, [quote_id]).text.startswith(f"“{edited}” (")


def test_a_quoted_part_of_a_page_leaves_as_its_picture(
    sample: Case, letter: tuple[str, int, str], outside: Path
) -> None:
    document_id, page, _ = letter
    [quote_id] = quoting.add_from_region(sample, document_id, page, Box(50, 60, 250, 160)).ids(
        "quote"
    )
    report = export_bundle(sample, outside / "b", document_ids=[document_id])
    [row] = [row for row in rows(report.path) if row["quote"] == quote_id]
    assert row["box"] == "50,60,250,160"
    picture = pymupdf.Pixmap(str(report.path / row["picture"]))
    assert picture.width == pytest.approx(200 / 72 * 200, abs=2)
    assert picture.height == pytest.approx(100 / 72 * 200, abs=2)
    assert row["picture"] in (report.path / "index.html").read_text("utf-8")


def test_what_is_marked_for_redaction_leaves_neither_as_words_nor_as_a_picture(
    sample: Case, letter: tuple[str, int, str], outside: Path
) -> None:
    document_id, page, words = letter
    quoting.add_from_find(sample, document_id, page, words)
    annotating.find_and_mark(sample, document_id, page, words, comment="a secret remark")
    change = annotating.find_and_mark(
        sample, document_id, page, words, kind=AnnotationKind.REDACTION, comment="hide"
    )
    box = annotating.get(sample, change.ids("annotation")[0]).quads[0].box
    quoting.add_from_region(sample, document_id, page, Box(0, box.y0 - 5, 500, box.y1 + 5))
    report = export_bundle(sample, outside / "b", document_ids=[document_id])
    left_out = {each.reason: each.count for each in report.left_out}
    assert left_out["redacted_quotes"] == 2
    assert left_out["redacted_words"] == 2
    assert not [row for row in rows(report.path) if row["picture"]]
    for name in ("index.html", "data/quotes.csv"):
        text = (report.path / name).read_text("utf-8")
        assert words not in " ".join(text.split())
        assert "a secret remark" not in text
