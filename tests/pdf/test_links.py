"""Links: told where they lie and lead to, whichever way a page is turned; never followed."""

from __future__ import annotations

from pathlib import Path

import pytest

from casefile.pdf.session import DocumentSession
from casefile.pdf.values import PageLink, PlainFile
from casefile.pdf.workers import PdfWorkers
from tests.pdf.making import pdf, stream
from tests.pdf.test_positions import CASES, by_mupdf, close, dark

#: A black bar where the link is, and another one whose upper left corner is where it leads.
BAR = b"0 g 100 600 80 20 re f"
TARGET = b"0 g 200 380 60 20 re f"


def linked(page: bytes, annotations: bytes, names: bytes = b"") -> bytes:
    """Two pages; the links are on the first."""
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R" + names + b">>",
            b"<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]" + page
            + b"/Contents 5 0 R/Annots[" + annotations + b"]>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]" + page + b"/Contents 6 0 R>>",
            stream(BAR),
            stream(TARGET),
        ]
    )  # fmt: skip


def link(action: bytes) -> bytes:
    return b"<</Type/Annot/Subtype/Link/Rect[100 600 180 620]" + action + b">>"


def links_of(workers: PdfWorkers, folder: Path, content: bytes) -> list[PageLink]:
    with opened(workers, folder, content) as session:
        return session.links(1)


def opened(workers: PdfWorkers, folder: Path, content: bytes) -> DocumentSession:
    path = folder / "linked.pdf"
    path.write_bytes(content)
    return workers.open(PlainFile(path))


@pytest.mark.parametrize(("rotation", "crop", "unit"), CASES)
def test_a_link_lies_on_its_ink_and_leads_to_its_target(
    workers: PdfWorkers, tmp_path: Path, rotation: int, crop: bytes, unit: bytes
) -> None:
    page = b"/Rotate %d" % rotation + crop + unit
    content = linked(page, link(b"/Dest[4 0 R/XYZ 200 400 null]"))
    with opened(workers, tmp_path, content) as session:
        (found,) = session.links(1)
        ink = by_mupdf(session, dark)
    close(found.box, ink, 2.5)
    turned = tmp_path / "target.pdf"
    turned.write_bytes(content.replace(b"[3 0 R 4 0 R]", b"[4 0 R 3 0 R]"))
    with workers.open(PlainFile(turned)) as session:
        target = by_mupdf(session, dark)
    assert found.page == 2
    corners = {0: (target.x0, target.y0), 90: (target.x1, target.y0),
               180: (target.x1, target.y1), 270: (target.x0, target.y1)}  # fmt: skip
    assert (found.x, found.y) == pytest.approx(corners[rotation], abs=2.5)


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        (b"/A<</S/GoTo/D(chapter)>>", (2, None, 392.0, "")),
        (b"/Dest/old", (2, None, None, "")),
        (b"/Dest[4 0 R/Fit]", (2, None, None, "")),
        (b"/A<</S/URI/URI(https://example.org/a?b=c#d)>>",
         (None, None, None, "https://example.org/a?b=c#d")),
        (b"/A<</S/URI/URI(javascript:alert\\(1\\))>>", (None, None, None, "javascript:alert(1)")),
    ],
)  # fmt: skip
def test_where_links_lead(
    workers: PdfWorkers,
    tmp_path: Path,
    action: bytes,
    expected: tuple[int | None, float | None, float | None, str],
) -> None:
    old = b"/Dests<</old[4 0 R/Fit]>>"
    names = b"/Names<</Dests<</Names[(chapter)[4 0 R/FitH 400]]>>>>"
    names = old if b"/old" in action else names
    (found,) = links_of(workers, tmp_path, linked(b"", link(action), names))
    page, _, y, address = expected
    assert (found.page, found.address) == (page, address)
    assert found.y == (pytest.approx(y) if y is not None else None)


@pytest.mark.parametrize(
    "action",
    [
        b"/Dest(nowhere)",
        b"/A<</S/JavaScript/JS(app.alert\\(1\\))>>",
        b"",
        b"/A null",
    ],
)
def test_what_leads_nowhere_is_no_link(workers: PdfWorkers, tmp_path: Path, action: bytes) -> None:
    assert links_of(workers, tmp_path, linked(b"", link(action))) == []


def test_programs_and_other_files_are_told_as_text(workers: PdfWorkers, tmp_path: Path) -> None:
    annotations = link(b"/A<</S/Launch/F(/bin/sh)>>") + link(b"/A<</S/GoToR/F(b.pdf)/D[3/Fit]>>")
    found = links_of(workers, tmp_path, linked(b"", annotations))
    assert [each.page for each in found] == [None, None]
    assert "/bin/sh" in found[0].address
    assert "b.pdf" in found[1].address
