"""Night pages: paper dark, writing light, hues kept, photographs untouched, scans turned."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest

from casefile.domain import night
from casefile.domain.geometry import Box
from casefile.pdf.session import DocumentSession
from casefile.pdf.values import Pixels, PlainFile
from casefile.pdf.workers import PdfWorkers

Colour = tuple[int, int, int]
PAPER, INK = ((c >> 16, c >> 8 & 255, c & 255) for c in (night.PAPER, night.INK))
PLACE = pymupdf.Rect(100, 200, 300, 400)


def picture(shades: list[Colour]) -> bytes:
    """A PNG of 64 x 64 pixels, in stripes of these colours."""
    pixmap = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, 64, 64))
    for y in range(64):
        pixmap.set_rect(pymupdf.IRect(0, y, 64, y + 1), shades[y * len(shades) // 64])
    return bytes(pixmap.tobytes("png"))


PHOTOGRAPH = picture([(135, 206, 235), (30, 90, 40), (120, 70, 20), (200, 180, 150)])
SCAN = picture([(244, 240, 225), (250, 246, 232), (20, 20, 20), (244, 240, 225)] * 4)


def a_page(folder: Path, image: bytes | None = None, paper: Colour | None = None) -> Path:
    """A black and a red block at the top of a page, a picture below."""
    path = folder / "page.pdf"
    with pymupdf.open() as pdf:
        page = pdf.new_page(width=400, height=600)
        if paper is not None:
            page.draw_rect(page.rect, fill=[c / 255 for c in paper], width=0)
        page.draw_rect(pymupdf.Rect(20, 20, 120, 60), fill=(0, 0, 0), width=0)
        page.draw_rect(pymupdf.Rect(140, 20, 240, 60), fill=(0.8, 0, 0), width=0)
        if image is not None:
            page.insert_image(PLACE, stream=image)
        pdf.save(path)
    return path


def at(pixels: Pixels, x: int, y: int) -> Colour:
    start = y * pixels.stride + 3 * x
    red, green, blue = pixels.data[start : start + 3]
    return red, green, blue


def near(one: Colour, other: Colour, by: int = 4) -> bool:
    return all(abs(a - b) <= by for a, b in zip(one, other, strict=True))


def both(session: DocumentSession) -> tuple[Pixels, Pixels]:
    return session.render(1, 1.0), session.render(1, 1.0, grey=True, night=True)


def test_paper_is_dark_and_writing_light_and_red_stays_red(
    workers: PdfWorkers, tmp_path: Path
) -> None:
    with workers.open(PlainFile(a_page(tmp_path))) as session:
        _, dark = both(session)
    assert near(at(dark, 380, 580), PAPER)
    assert near(at(dark, 70, 40), INK)
    red, green, blue = at(dark, 190, 40)
    assert red > 1.4 * max(green, blue)


def test_a_photograph_keeps_every_pixel(workers: PdfWorkers, tmp_path: Path) -> None:
    with workers.open(PlainFile(a_page(tmp_path, PHOTOGRAPH))) as session:
        day, dark = both(session)
        part = session.render(1, 2.0, Box(0, 300, 200, 400), night=True)
        same = session.render(1, 2.0, Box(0, 300, 200, 400))
    inside = [(x, y) for x in range(105, 296, 10) for y in range(205, 396, 10)]
    assert all(at(day, x, y) == at(dark, x, y) for x, y in inside)
    assert near(at(dark, 90, 300), PAPER)
    assert at(part, 300, 100) == at(same, 300, 100)
    assert near(at(part, 100, 100), PAPER)


def test_a_scan_is_turned_like_paper(workers: PdfWorkers, tmp_path: Path) -> None:
    with workers.open(PlainFile(a_page(tmp_path, SCAN))) as session:
        day, dark = both(session)
    column = list(range(205, 396, 4))
    pale = [y for y in column if min(at(day, 200, y)) > 200]
    assert len(pale) > len(column) / 2
    assert all(max(at(dark, 200, y)) < 70 for y in pale)


def test_a_page_that_is_dark_by_itself_is_left_alone(workers: PdfWorkers, tmp_path: Path) -> None:
    with workers.open(PlainFile(a_page(tmp_path, paper=(20, 30, 60)))) as session:
        day, dark = both(session)
    assert at(day, 300, 500) == at(dark, 300, 500)


@pytest.mark.parametrize("rotation", [0, 90])
def test_tiles_of_a_night_page_join(workers: PdfWorkers, tmp_path: Path, rotation: int) -> None:
    path = a_page(tmp_path, PHOTOGRAPH)
    with pymupdf.open(path) as pdf:
        pdf[0].set_rotation(rotation)
        pdf.saveIncr()
    with workers.open(PlainFile(path)) as session:
        whole = session.render(1, 1.0, night=True)
        top = session.render(1, 1.0, Box(0, 0, whole.width, 300), night=True)
        below = session.render(1, 1.0, Box(0, 300, whole.width, whole.height), night=True)
    assert bytes(top.data) + bytes(below.data) == bytes(whole.data)


def test_the_corpus_turns_dark(workers: PdfWorkers, corpus: Path) -> None:
    """Releases are text and scans: hardly anything of their first pages glares at night."""
    for path in sorted((corpus / "releases").rglob("*.pdf")):
        with workers.open(PlainFile(path)) as session:
            dark = session.render(1, 0.2, night=True)
        glaring = sum(value > 170 for value in bytes(dark.data)[1::3])
        assert glaring < 0.25 * dark.width * dark.height, path
