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
from tests.pdf.looking import places_of


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


@pytest.mark.parametrize(
    ("drawn", "read_aloud"),
    [
        (".המסרופ 2024-ב FBI דרשמ לש 17 רפסמ", "מספר 17 של משרד FBI ב-2024 פורסמה."),
        ("4.5% לש )ידוס(", "(סודי) של 4.5%"),
        ("(ידוס) רפסמ", "מספר (סודי)"),
        ("٤٥٦ رارقلا", "القرار ٤٥٦"),
        ("The word םולש stands, 12 times", "The word שלום stands, 12 times"),
    ],
)
def test_lines_that_run_to_the_left(
    workers: PdfWorkers, tmp_path: Path, drawn: str, read_aloud: str
) -> None:
    """``drawn`` is what stands on the paper, from left to right."""
    text, stored = read(workers, tmp_path, making.spelled([drawn, drawn]))
    assert text.text == stored == f"{read_aloud}\n{read_aloud}"


def test_arabic_of_another_program(workers: PdfWorkers, corpus: Path) -> None:
    """Its ligatures come out of MuPDF turned round."""
    with workers.open(PlainFile(corpus / "robust/pdfjs/ArabicCIDTrueType.pdf")) as session:
        text = session.text(1)
        (page,) = session.extract(1, 1)
        assert len(places_of(session, 1, "الخطوط")) == 4
    assert text.text == page.text == "\n".join(["انواع الخطوط العربية"] * 4)
    for line in text.lines:
        rights = [quad.ur_x for quad in line.quads]
        assert rights == sorted(rights, reverse=True)


def test_scripts_of_the_corpus(workers: PdfWorkers, corpus: Path) -> None:
    path = corpus / "robust/synthetic/scripts_ligatures_hyphens.pdf"
    with workers.open(PlainFile(path)) as session:
        lines = session.text(1).text.split("\n")
        (page,) = session.extract(1, 1)
    assert page.text.split("\n") == lines
    assert "עברית: משרד המשפטים החליט לשחרר את המסמכים" in lines
    assert any(line.endswith("١٢٣") for line in lines)
    (indic,) = [line for line in lines if "सूचना" in line]
    assert indic.endswith("ไทย: ข้อมูลข่าวสารของราชการ")  # one line, though cut before vowel signs


def test_text_written_downwards(workers: PdfWorkers, tmp_path: Path) -> None:
    columns = ["日本語の縦書き、「文書」です。", "二行目の文章が続く"]
    text, stored = read(workers, tmp_path, making.downwards(columns))
    assert text.text == stored == "\n".join(columns)
    quad = join(text.lines[0].quads)
    assert quad.ur_y - quad.ul_y == pytest.approx(20 * len(columns[0]), abs=1)
    assert quad.ul_x - quad.ll_x == pytest.approx(20, abs=1)


def test_text_turned_on_the_page(workers: PdfWorkers, tmp_path: Path) -> None:
    turned = b"BT /F 12 Tf 0 1 -1 0 300 100 Tm 15 TL (up the page) Tj T* (beside it) Tj ET "
    turned += b"BT /F 12 Tf 0 -1 1 0 400 600 Tm (down the page) Tj ET "
    text, stored = read(workers, tmp_path, making.one_page(turned + making.lines("upright")))
    assert text.text == stored == "up the page\nbeside it\ndown the page\nupright"
    up, _, down, _ = (join(line.quads) for line in text.lines)
    assert up.ur_y < up.ul_y
    assert down.ur_y > down.ul_y


LEFT = [
    "The committee met on Monday to", "consider the request and found",
    "that the records were kept",
    "under an exemption that did not", "apply to the papers at hand and", "was never meant to.",
]  # fmt: skip
RIGHT = [
    "Nobody had asked for it before", "because they had been released",
    "by another agency which said",
    "so in its own letter of the day", "long before anybody looked at it", "with any care at all.",
]  # fmt: skip


def across(left: list[str], right: list[str]) -> bytes:
    """Two columns as some programs write them: line by line across the page."""
    content = b"".join(
        making.lines(words, x=x, y=700 - 15 * row) + b" "
        for row, pair in enumerate(zip(left, right, strict=True))
        for words, x in zip(pair, (72, 330), strict=True)
    )
    return making.one_page(content + making.lines("The end of both", y=500))


def test_columns_written_across_the_page(workers: PdfWorkers, tmp_path: Path) -> None:
    text, stored = read(workers, tmp_path, across(LEFT, RIGHT))
    assert text.text == stored == "\n".join([*LEFT, *RIGHT, "The end of both"])
    assert len({line.block for line in text.lines}) == 3


def test_a_table_stays_in_rows(workers: PdfWorkers, tmp_path: Path) -> None:
    names = ["Akeley, Grant and partners", "Brook", "Chase & Co", "Dale", "Every Name Company", "F"]
    sums = ["1,200.00 paid on 2 May 2011", "3.10", "7,000.00", "8", "12.00 (not paid)", "0"]
    text, stored = read(workers, tmp_path, across(names, sums))
    rows = [cell for row in zip(names, sums, strict=True) for cell in row]
    assert text.text == stored == "\n".join([*rows, "The end of both"])


def test_a_soft_hyphen_that_is_drawn_is_read(workers: PdfWorkers, tmp_path: Path) -> None:
    """Many fonts call every hyphen soft; at a line's end it stays what the file says."""
    text, stored = read(workers, tmp_path, making.spelled(["well\u00adknown con\u00ad", "tractor"]))
    assert text.text == stored == "well-known con\u00ad\ntractor"


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
