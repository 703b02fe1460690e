"""Marks of every kind in a bundle: what other programs see of them, and what redactions take."""

from __future__ import annotations

import csv
from pathlib import Path

import pymupdf

from casefile.domain.annotations import INKS, AnnotationKind, Extent
from casefile.domain.geometry import Box
from casefile.services import annotating, quoting, withholding
from casefile.services.annotating import MarkPart
from casefile.services.case import Case
from casefile.services.importing import ImportChoices, import_paths
from casefile.services.leaving.bundle import export_bundle
from casefile.services.leaving.verifying import verify_bundle
from tests.pdf import making
from tests.services.leaving.test_bundle import everything, ids

PLACE = Box(300, 400, 420, 460)
STROKES = (((100.0, 500.0), (150.0, 520.0), (200.0, 500.0)), ((120.0, 540.0), (180.0, 545.0)))


def copy_of(root: Path, title: str) -> Path:
    (found,) = (path for path in root.glob("data/documents/*") if title in path.name)
    return found


def test_every_kind_leaves_as_itself(sample: Case, outside: Path) -> None:
    release = ids(sample)["BER release 1"]
    page = 20
    kinds = AnnotationKind
    annotating.add(sample, release, page, kinds.REGION, quads=[PLACE.quad()], colour="blue")
    annotating.add(
        sample, release, page, kinds.BOOKMARK, quads=(), comment="Where the order begins"
    )
    annotating.add(
        sample, release, page, kinds.HIGHLIGHT, quads=[Box(60, 60, 90, 70).quad()],
        tags=["timeline", "Brandt"],
    )  # fmt: skip
    box = Box(100, 500, 200, 545).quad()
    ink = [MarkPart(page, (box,), strokes=STROKES)]
    annotating.add_many(sample, release, kinds.INK, ink, colour="violet", comment="drawn")
    report = export_bundle(sample, outside / "b")
    with pymupdf.open(copy_of(report.path, "release")) as copy:
        assert [2, "Where the order begins", page] in copy.get_toc()
        sheet = copy[page - 1]  # its annotations live as long as it does
        found = {a.type[1]: a for a in sheet.annots()}
        assert set(found) == {"Square", "Highlight", "Ink"}
        assert found["Square"].border["dashes"]
        assert abs(found["Square"].rect.x0 - PLACE.x0) < 2
        assert [[(round(x), round(y)) for x, y in s] for s in found["Ink"].vertices] == [
            [(round(x), round(y)) for x, y in stroke] for stroke in STROKES
        ]
        violet = INKS["violet"].lstrip("#")
        assert (
            found["Ink"].colors["stroke"]
            == tuple(round(int(violet[at : at + 2], 16) / 255, 6) for at in (0, 2, 4))
            or found["Ink"].colors["stroke"]
        )
        assert found["Ink"].info["content"] == "drawn"
        assert found["Highlight"].info["subject"] == "HERON, timeline"
    page_text = (report.path / "index.html").read_text("utf-8")
    for words in (", blue", "Bookmark", "Drawing, violet", "Tags:", "timeline"):
        assert words in page_text
    assert b"Brandt" not in everything(report.path)


def test_what_was_withheld_is_an_index(sample: Case, outside: Path) -> None:
    release = ids(sample)["BER release 1"]
    withholding.add(sample, release, 3, box=PLACE, codes=["(b)(6)"], comment="names?")
    withholding.add(sample, release, 4, extent=Extent.PAGE, codes=["(b)(5)"])
    withholding.add(sample, release, 5, first="BER-000006", last="BER-000017", codes=["b5"])
    withholding.add(sample, release, 1, extent=Extent.ANSWER)
    report = export_bundle(sample, outside / "b", document_ids=[release])
    assert verify_bundle(report.path).ok
    with pymupdf.open(copy_of(report.path, "release")) as copy:
        pages = list(copy)  # annotations live as long as their pages
        (area,) = [a for a in pages[2].annots() if a.info["content"].startswith("[(b)(6)]")]
        (whole,) = pages[3].annots()
        notes = [a for a in pages[4].annots() if a.type[1] == "Text"]
        assert whole.rect.width > 0.9 * pages[3].rect.width
        assert (area.get_text().strip(), whole.get_text().strip()) == (
            "(b)(6)", "Page withheld · (b)(5)",
        )  # fmt: skip
        assert [note.info["content"] for note in notes if "delivered" in note.info["content"]] == [
            "12 pages not delivered · BER-000006–BER-000017 · (b)(5)"
        ]
    page = (report.path / "index.html").read_text("utf-8")
    assert '<section id="withheld"' in page
    assert "12 pages never delivered" in page
    assert "12 pages after this one, never delivered" in page
    with (report.path / "data/withheld.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["withheld"]: row for row in csv.DictReader(file) if int(row["page"]) != 6}
    assert set(rows) == {"area", "page", "range", "answer"}
    assert (rows["range"]["pages"], rows["range"]["first"], rows["range"]["last"]) == (
        "12", "BER-000006", "BER-000017",
    )  # fmt: skip
    assert rows["area"]["comment"] == "names?"
    assert rows["page"]["exemptions"]
    assert rows["answer"]["pages"] == "0"


def test_what_is_redacted_does_not_leave(sample: Case, outside: Path) -> None:
    """Not in the copy, not in the index, not among the quotes."""
    release = ids(sample)["BER release 1"]
    words = "one room with a network drop"
    kept = "the conversation at the window does not change"
    annotating.find_and_mark(sample, release, 1, words, kind=AnnotationKind.REDACTION,
                             comment="her cousin")  # fmt: skip
    annotating.find_and_mark(sample, release, 1, words, comment="who is that?")
    quoting.add_from_find(sample, release, 1, words)
    annotating.find_and_mark(sample, release, 1, kept, comment="stays")
    report = export_bundle(sample, outside / "b", document_ids=[release])
    found = everything(report.path)
    for gone in (words.encode(), b"her cousin", b"who is that"):
        assert gone not in found
    assert b"does not change" in found
    assert b"stays" in found
    left = {each.reason: each.count for each in report.left_out}
    assert left["redacted_quotes"] == 1
    index = (report.path / "index.html").read_text("utf-8")
    assert "Redacted before this bundle was made: " in index
    with pymupdf.open(copy_of(report.path, "release")) as copy:
        assert "network" not in copy[0].get_text()
        assert copy.get_toc() == []
        assert copy.metadata["title"] == copy.metadata["producer"] == ""
        assert copy.get_xml_metadata() == ""


def test_a_redaction_that_fails_keeps_its_document_back(
    sample: Case, outside: Path, tmp_path: Path
) -> None:
    """A colour gradient that cannot be cut out: the copy is not made, the others are."""
    shading = (
        b"/Shading<</S<</ShadingType 2/ColorSpace/DeviceRGB/Coords[0 0 612 0]/Function"
        b"<</FunctionType 2/Domain[0 1]/C0[1 0 0]/C1[0 0 1]/N 1>>/Extend[true true]>>>>"
    )
    path = tmp_path / "Brochure.pdf"
    path.write_bytes(making.one_page(b"q 60 660 240 60 re W n /S sh Q", resources=shading))
    document = import_paths(sample, [path], ImportChoices()).imported[0].document.id
    annotating.mark_box(sample, document, 1, Box(60, 80, 200, 120), kind=AnnotationKind.REDACTION)
    report = export_bundle(sample, outside / "b")
    (failed,) = report.failed
    assert (failed.document_id, failed.code) == (document, "redaction.failed")
    assert "page 1" in failed.reason
    assert verify_bundle(report.path).ok
    assert not [path for path in report.path.rglob("*.pdf") if "Brochure" in path.name]
