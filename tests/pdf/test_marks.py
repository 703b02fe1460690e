"""Real annotations in a copy: what other programs see, and what must not stand in it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from casefile.domain.errors import UserError
from casefile.domain.geometry import Box, bounds
from casefile.pdf.values import MarkToWrite, PlainFile
from casefile.pdf.workers import PdfWorkers
from tests.pdf import making
from tests.pdf.looking import places_of

PLACE = Box(72, 80, 200, 100).quad()


def annotated(
    workers: PdfWorkers, folder: Path, data: bytes, marks: list[MarkToWrite], author: str = ""
) -> bytes:
    path = folder / "a.pdf"
    path.write_bytes(data)
    with workers.open(PlainFile(path)) as session:
        return b"".join(session.annotated(marks, author))


def looked_at(data: bytes, folder: Path) -> bytes:
    """The copy with everything unpacked, by another program."""
    if shutil.which("qpdf") is None:
        pytest.skip("qpdf is missing: apt-get install qpdf")
    packed, unpacked = folder / "packed.pdf", folder / "unpacked.pdf"
    packed.write_bytes(data)
    subprocess.run(["qpdf", "--check", str(packed)], check=True, capture_output=True)
    subprocess.run(["qpdf", "--qdf", str(packed), str(unpacked)], check=True)
    return unpacked.read_bytes()


@pytest.mark.parametrize(
    ("kind", "subtype"),
    [("highlight", b"/Highlight"), ("underline", b"/Underline"), ("strikeout", b"/StrikeOut"),
     ("note", b"/Text"), ("box", b"/Square")],
)  # fmt: skip
def test_every_kind(workers: PdfWorkers, tmp_path: Path, kind: str, subtype: bytes) -> None:
    mark = MarkToWrite(1, kind, "#FE8BB7", [PLACE], "why – “so”")
    made = looked_at(annotated(workers, tmp_path, making.pages(["Some words"]), [mark]), tmp_path)
    assert b"/Subtype " + subtype in made
    assert b"/AP " in made
    for absent in (b"/T ", b"/T(", b"/CreationDate", b"/M ", b"/M(", b"/NM", b"/Producer"):
        assert absent not in made


def test_author_and_date_only_if_given(workers: PdfWorkers, tmp_path: Path) -> None:
    marks = [
        MarkToWrite(1, "highlight", "#FE8BB7", [PLACE], author="A. Editor"),
        MarkToWrite(1, "underline", "#FE8BB7", [PLACE], date="2026-03-02T10:00:00+00:00"),
    ]
    data = annotated(workers, tmp_path, making.pages(["Some words"]), marks, author="Desk")
    made = looked_at(data, tmp_path)
    assert made.count(b"(A. Editor)") == 1
    assert made.count(b"(Desk)") == 1
    assert b"(D:20260302100000Z)" in made


def test_the_copy_has_no_history(workers: PdfWorkers, tmp_path: Path, corpus: Path) -> None:
    """A file whose earlier revision holds what a later one took out."""
    path = corpus / "redaction/synthetic/bad_previous_revision_recoverable.pdf"
    with workers.open(PlainFile(path)) as session:
        made = b"".join(session.annotated([MarkToWrite(1, "highlight", "#FAE96A", [PLACE])]))
    assert path.read_bytes().count(b"%%EOF") == 2
    assert made.count(b"%%EOF") == 1
    assert b"/Prev" not in made


def test_the_same_marks_give_the_same_bytes(
    workers: PdfWorkers, tmp_path: Path, corpus: Path
) -> None:
    for name in ("robust/synthetic/all_annotations.pdf", "releases/icdar2013-us/us-001.pdf"):
        data = (corpus / name).read_bytes()
        marks = [MarkToWrite(1, "highlight", "#FAE96A", [PLACE], "x", date="2026-03-02")]
        assert annotated(workers, tmp_path, data, marks) == annotated(
            workers, tmp_path, data, marks
        )


def test_the_file_s_own_marks_stay(workers: PdfWorkers, tmp_path: Path, corpus: Path) -> None:
    path = corpus / "robust/synthetic/all_annotations.pdf"
    copy = tmp_path / "copy.pdf"
    with workers.open(PlainFile(path)) as session:
        before = session.file_marks(1)
        mark = MarkToWrite(1, "highlight", "#FAE96A", [PLACE], "mine")
        copy.write_bytes(b"".join(session.annotated([mark])))
        assert session.file_marks(1) == before
    with workers.open(PlainFile(copy)) as session:
        after = session.file_marks(1)
    assert [m.kind for m in after] == [m.kind for m in before] + ["Highlight"]
    assert after[-1].text == "mine"
    assert {"Text", "FreeText", "Line", "Highlight", "StrikeOut", "Ink", "Redact"} <= {
        mark.kind for mark in before
    }


def test_what_the_file_s_marks_tell(workers: PdfWorkers, corpus: Path) -> None:
    path = corpus / "robust/synthetic/all_annotations.pdf"
    with workers.open(PlainFile(path)) as session:
        marks = {mark.kind: mark for mark in session.file_marks(1)}
    assert set(marks) == {
        "Text", "FreeText", "Line", "Square", "Circle", "PolyLine", "Polygon", "Highlight",
        "Underline", "Squiggly", "StrikeOut", "Ink", "Stamp", "Caret", "FileAttachment", "Redact",
    }  # fmt: skip
    assert marks["Text"].text == "sticky"
    assert marks["FreeText"].text == "free text"
    assert marks["Line"].strokes == (((72, 150), (200, 150)),)
    assert [len(line) for line in marks["Ink"].strokes] == [4]
    assert [len(line) for line in marks["Polygon"].strokes] == [3]
    assert bounds(marks["Redact"].quads) == Box(72, 400, 200, 420)
    assert len({mark.key for mark in marks.values()}) == len(marks)
    with workers.open(PlainFile(path)) as session:
        assert {mark.key for mark in session.file_marks(1)} == {m.key for m in marks.values()}


def test_author_date_and_text_of_a_mark(workers: PdfWorkers, corpus: Path) -> None:
    path = corpus / "robust/pdfjs/annotation-strikeout-without-appearance.pdf"
    with workers.open(PlainFile(path)) as session:
        (mark,) = session.file_marks(1)
    assert (mark.kind, mark.text) == ("StrikeOut", "StrikeOut content")
    assert (mark.author, mark.date[:10]) == ("Tim van der Meij", "2019-04-07")


def test_words_in_pop_ups_and_formatted_words(workers: PdfWorkers, tmp_path: Path) -> None:
    """Both places where programs put what was written, besides the mark itself."""
    annots = [
        b"<</Subtype/Highlight/Rect[9 9 80 30]/QuadPoints[9 30 80 30 9 9 80 9]/Popup 7 0 R>>",
        b"<</Type/Annot/Subtype/Popup/Rect[0 0 9 9]/Parent 6 0 R/Contents(in the pop-up)>>",
        b"<</Subtype/Square/Rect[9 9 90 90]/RC(<p>two <b>bold</b> &amp;</p><p>more</p>)>>",
    ]
    page = b"/MediaBox[0 0 612 792]/Annots[6 0 R 7 0 R 8 0 R]"
    path = tmp_path / "a.pdf"
    path.write_bytes(making.one_page(b"", page=page, more=annots))
    with workers.open(PlainFile(path)) as session:
        highlight, square = session.file_marks(1)
    assert highlight.text == "in the pop-up"
    assert square.text == "two bold &\nmore"


def test_a_mark_that_stands_for_the_file_s_replaces_it(
    workers: PdfWorkers, tmp_path: Path, corpus: Path
) -> None:
    path = corpus / "robust/synthetic/all_annotations.pdf"
    copy = tmp_path / "copy.pdf"
    with workers.open(PlainFile(path)) as session:
        before = {mark.kind: mark for mark in session.file_marks(1)}
        old = before["Highlight"]
        mine = MarkToWrite(1, "highlight", "#FAE96A", old.quads, "mine", adopted=old.key)
        copy.write_bytes(b"".join(session.annotated([mine])))
    with workers.open(PlainFile(copy)) as session:
        after = session.file_marks(1)
    assert [mark.text for mark in after if mark.kind == "Highlight"] == ["mine"]
    assert len(after) == len(before)


def test_marks_of_the_file_can_be_left_out(workers: PdfWorkers, corpus: Path) -> None:
    path = corpus / "robust/synthetic/all_annotations.pdf"
    with workers.open(PlainFile(path)) as session:
        shown = session.render(1, 1.0)
        hidden = session.render(1, 1.0, annots=False)
    assert shown.data != hidden.data


def test_a_highlight_over_two_lines_is_one_annotation(workers: PdfWorkers, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(making.pages(["a confi-\ndential memo"]))
    with workers.open(PlainFile(path)) as session:
        (hit,) = places_of(session, 1, "confidential")
        copy = tmp_path / "copy.pdf"
        copy.write_bytes(b"".join(session.annotated([MarkToWrite(1, "highlight", "#FAE96A", hit)])))
    with workers.open(PlainFile(copy)) as session:
        (mark,) = session.file_marks(1)
    assert len(mark.quads) == 2


@pytest.mark.parametrize(
    ("mark", "code"),
    [
        (MarkToWrite(2, "highlight", "#FAE96A", [PLACE]), "page.absent"),
        (MarkToWrite(1, "circle", "#FAE96A", [PLACE]), "mark.unsupported"),
    ],
)
def test_refusals(workers: PdfWorkers, tmp_path: Path, mark: MarkToWrite, code: str) -> None:
    with pytest.raises(UserError) as refused:
        annotated(workers, tmp_path, making.pages(["x"]), [mark])
    assert refused.value.code == code


def test_many_marks(workers: PdfWorkers, tmp_path: Path) -> None:
    marks = [
        MarkToWrite(1 + n % 3, "highlight", "#FAE96A", [PLACE], f"comment {n}" * 20)
        for n in range(900)
    ]
    data = annotated(workers, tmp_path, making.pages(["x"] * 3), marks)
    copy = tmp_path / "copy.pdf"
    copy.write_bytes(data)
    with workers.open(PlainFile(copy)) as session:
        assert [len(session.file_marks(page)) for page in (1, 2, 3)] == [300] * 3
