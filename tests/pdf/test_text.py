"""Text with places: one quad a character, the same text as import takes, ligatures apart."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from casefile.domain.geometry import Quad
from casefile.pdf.quads import join
from casefile.pdf.values import PageText, PlainFile
from casefile.pdf.worker import text as words
from casefile.pdf.workers import PdfWorkers
from tests.pdf import making


def read(workers: PdfWorkers, folder: Path, data: bytes) -> tuple[PageText, str]:
    path = folder / "a.pdf"
    path.write_bytes(data)
    with workers.open(PlainFile(path)) as session:
        (page,) = session.extract(1, 1)
        return session.text(1), page.text


def test_one_quad_for_each_character(workers: PdfWorkers, tmp_path: Path) -> None:
    text, stored = read(workers, tmp_path, making.pages(["First line\nsecond  line \n\nthird"]))
    assert text.text == stored == "First line\nsecond  line\nthird"
    for line in text.lines:
        assert len(line.quads) == len(line.text)
        lefts = [quad.ul_x for quad in line.quads]
        assert lefts == sorted(lefts)
        assert all(quad.ur_x > quad.ul_x and quad.ll_y > quad.ul_y for quad in line.quads)


def test_a_ligature_s_letters_share_its_place(workers: PdfWorkers, corpus: Path) -> None:
    path = corpus / "robust/synthetic/scripts_ligatures_hyphens.pdf"
    with workers.open(PlainFile(path)) as session:
        text = session.text(1)
    line = next(line for line in text.lines if "affiliate" in line.text)
    at = line.text.index("ffi")
    quads = line.quads[at : at + 3]
    for left, right in pairwise(quads):
        assert left.ur_x == pytest.approx(right.ul_x, abs=0.5)
        assert left.ur_x > left.ul_x


def test_control_characters_never_come_out(workers: PdfWorkers, tmp_path: Path) -> None:
    content = b"BT /F 12 Tf 72 700 Td (a\\002b\\003c\\000d) Tj ET"
    text, stored = read(workers, tmp_path, making.one_page(content))
    assert text.text == stored
    assert not any(ord(c) < 32 for c in stored)


def test_text_outside_the_shown_page_is_left_out(workers: PdfWorkers, tmp_path: Path) -> None:
    content = making.lines("inside", y=300) + b" " + making.lines("outside", y=700)
    page = b"/MediaBox[0 0 612 792]/CropBox[0 0 612 400]"
    _, stored = read(workers, tmp_path, making.one_page(content, page=page))
    assert stored == "inside"


def test_slanted_text_has_slanted_quads(workers: PdfWorkers, tmp_path: Path) -> None:
    content = b"BT /F 20 Tf .866 .5 -.5 .866 200 300 Tm (slanted) Tj ET"
    text, stored = read(workers, tmp_path, making.one_page(content))
    assert stored == "slanted"
    quad = join(text.lines[0].quads)
    run, rise = quad.ur_x - quad.ul_x, quad.ur_y - quad.ul_y
    assert rise / run == pytest.approx(-0.577, abs=0.03)


def test_columns_keep_their_order(workers: PdfWorkers, tmp_path: Path) -> None:
    content = making.lines("left one\nleft two", x=72) + b" "
    content += making.lines("right one\nright two", x=350)
    text, stored = read(workers, tmp_path, making.one_page(content))
    assert stored.split("\n") == ["left one", "left two", "right one", "right two"]
    assert len({line.block for line in text.lines}) >= 2


def test_joining_quads() -> None:
    a, b = Quad.of([0, 0, 5, 0, 0, 10, 5, 10]), Quad.of([5, 1, 9, 1, 5, 12, 9, 12])
    assert join([a, b]).numbers() == (0, 0, 9, 0, 0, 12, 9, 12)
    assert join([b, a]).numbers() == (0, 0, 9, 0, 0, 12, 9, 12)
    flat = Quad.of([3, 3, 3, 3, 3, 3, 3, 3])
    assert join([flat]) == flat
    with pytest.raises(ValueError, match="nothing"):
        join([])


@pytest.mark.parametrize(
    ("direction", "corner"),
    [((1, 0), (1, 2)), ((-1, 0), (3, 4)), ((0, 1), (3, 2)), ((0, -1), (1, 4))],
)
def test_upper_left_is_seen_along_the_line(
    direction: tuple[float, float], corner: tuple[float, float]
) -> None:
    place = words._placer(direction)
    quad = place(direction, {}, {"bbox": (1, 2, 3, 4)})
    assert quad[:2] == corner
    along = (quad[2] - quad[0], quad[3] - quad[1])
    assert along[0] * direction[0] + along[1] * direction[1] > 0
