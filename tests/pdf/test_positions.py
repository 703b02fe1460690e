"""One space for positions: four rotations, with CropBox and UserUnit, against pixels.

The page holds a black bar and the word "HELLO" in known places; what the worker says about them is
compared with where ink is in MuPDF's own picture and in poppler's.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from casefile.domain.geometry import Box, Quad, bounds
from casefile.pdf.session import DocumentSession
from casefile.pdf.values import MarkToWrite, PlainFile
from casefile.pdf.workers import PdfWorkers
from tests.pdf.looking import places_of
from tests.pdf.making import one_page

ROTATIONS = (0, 90, 180, 270)
CROPS = (b"", b"/CropBox[50 80 550 700]")
UNITS = (b"", b"/UserUnit 1.5")
CASES = [(rotation, crop, unit) for rotation in ROTATIONS for crop in CROPS for unit in UNITS]
CONTENT = b"BT /F 40 Tf 120 500 Td (HELLO) Tj ET"

Ink = Callable[[int, int, int], bool]


def page_of(rotation: int, crop: bytes, unit: bytes) -> bytes:
    return one_page(CONTENT, page=b"/MediaBox[0 0 612 792]/Rotate %d" % rotation + crop + unit)


@pytest.fixture(params=CASES, ids=lambda case: f"{case[0]}{case[1].decode()}{case[2].decode()}")
def session(
    request: pytest.FixtureRequest, workers: PdfWorkers, tmp_path: Path
) -> Iterator[DocumentSession]:
    path = tmp_path / "page.pdf"
    path.write_bytes(page_of(*request.param))
    with workers.open(PlainFile(path)) as opened:
        yield opened


def dark(red: int, green: int, blue: int) -> bool:
    return red + green + blue < 200


def yellow(red: int, green: int, blue: int) -> bool:
    return red > 200 and green > 180 and blue < 160


def inked(width: int, height: int, stride: int, data: bytes, ink: Ink) -> Box:
    """The box around all pixels that ``ink`` accepts."""
    xs, ys = [], []
    for y in range(height):
        row = data[y * stride : y * stride + width * 3]
        if row.count(row[:3]) * 3 == len(row) and not ink(row[0], row[1], row[2]):
            continue
        for x in range(width):
            if ink(row[3 * x], row[3 * x + 1], row[3 * x + 2]):
                xs.append(x)
                ys.append(y)
    assert xs
    return Box(min(xs), min(ys), max(xs) + 1, max(ys) + 1)


def by_mupdf(session: DocumentSession, ink: Ink) -> Box:
    pixels = session.render(1, 1.0)
    facts = session.pages(1, 1)[0]
    assert (pixels.width, pixels.height) == (round(facts.width), round(facts.height))
    return inked(pixels.width, pixels.height, pixels.stride, bytes(pixels.data), ink)


def by_poppler(path: Path, ink: Ink) -> Box:
    """poppler's picture at 72 dpi. It does not apply UserUnit, so the caller scales."""
    if shutil.which("pdftoppm") is None:
        pytest.skip("pdftoppm is missing: apt-get install poppler-utils")
    done = subprocess.run(
        ["pdftoppm", "-r", "72", "-cropbox", str(path)], capture_output=True, check=True
    )
    kind, size, _, data = done.stdout.split(b"\n", 3)
    assert kind == b"P6"
    width, height = map(int, size.split())
    return inked(width, height, width * 3, data, ink)


def close(found: Box, expected: Box, slack: float) -> None:
    pairs = zip(
        (found.x0, found.y0, found.x1, found.y1),
        (expected.x0, expected.y0, expected.x1, expected.y1),
        strict=True,
    )
    assert all(abs(a - b) <= slack for a, b in pairs), (found, expected)


def on_the_words(found: Box, expected: Box, rotation: int) -> None:
    """Exact across the line; along it a highlight's ends are rounded, as pens make them."""
    high = expected.height if rotation in {0, 180} else expected.width
    bulge = 0.25 * high
    across = bulge if rotation in {90, 270} else 0.0
    along = bulge - across
    wider = Box(
        expected.x0 - along, expected.y0 - across, expected.x1 + along, expected.y1 + across
    )
    close(found, wider, 0.1 * high)


def unit_of(request: pytest.FixtureRequest) -> float:
    unit = request.node.callspec.params["session"][2]
    return 1.5 if unit else 1.0


def test_text_stands_where_its_ink_is(
    session: DocumentSession, request: pytest.FixtureRequest
) -> None:
    unit = unit_of(request)
    (hit,) = places_of(session, 1, "hello")
    ink = by_mupdf(session, dark)
    found = bounds(hit)
    # A quad is as high as the font, ink only as high as the letters: it lies inside, and along
    # the line both agree.
    assert found.x0 - 2 <= ink.x0 < ink.x1 <= found.x1 + 2
    assert found.y0 - 2 <= ink.y0 < ink.y1 <= found.y1 + 2
    rotation = request.node.callspec.params["session"][0]
    along = (found.width, ink.width) if rotation in {0, 180} else (found.height, ink.height)
    assert abs(along[0] - along[1]) <= 8 * unit


def test_quads_turn_with_the_text(session: DocumentSession, request: pytest.FixtureRequest) -> None:
    """From upper left to upper right is along the words, whichever way the page is turned."""
    ((quad,),) = places_of(session, 1, "hello")
    rotation = request.node.callspec.params["session"][0]
    along = (quad.ur_x - quad.ul_x, quad.ur_y - quad.ul_y)
    down = (quad.ll_x - quad.ul_x, quad.ll_y - quad.ul_y)
    directions = {0: (1, 0), 90: (0, 1), 180: (-1, 0), 270: (0, -1)}
    x, y = directions[rotation]
    assert along[0] * x + along[1] * y > 50
    assert down[0] * -y + down[1] * x > 20


def test_poppler_draws_the_same_place(
    session: DocumentSession, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    unit = unit_of(request)
    ours = by_mupdf(session, dark)
    theirs = by_poppler(tmp_path / "page.pdf", dark)
    scaled = Box(*(value * unit for value in (theirs.x0, theirs.y0, theirs.x1, theirs.y1)))
    close(ours, scaled, 2.5 * unit)


def test_a_written_highlight_lies_on_the_words(
    session: DocumentSession,
    request: pytest.FixtureRequest,
    workers: PdfWorkers,
    tmp_path: Path,
) -> None:
    """Written in the shown space, drawn by both engines in the same place, read back unchanged."""
    (hit,) = places_of(session, 1, "hello")
    mark = MarkToWrite(1, "highlight", "#FAE96A", hit, "see this")
    copy = tmp_path / "copy.pdf"
    copy.write_bytes(b"".join(session.annotated([mark])))
    unit = unit_of(request)
    expected = bounds(hit)
    rotation = request.node.callspec.params["session"][0]
    with workers.open(PlainFile(copy)) as opened:
        on_the_words(by_mupdf(opened, yellow), expected, rotation)
        (found,) = opened.file_marks(1)
    theirs = by_poppler(copy, yellow)
    scaled = Box(*(value * unit for value in (theirs.x0, theirs.y0, theirs.x1, theirs.y1)))
    on_the_words(scaled, expected, rotation)
    assert (found.kind, found.text, found.colour, found.author) == (
        "Highlight", "see this", "#FAE96A", "",
    )  # fmt: skip
    for a, b in zip(found.quads[0].numbers(), hit[0].numbers(), strict=True):
        assert a == pytest.approx(b, abs=0.02)


def test_box_and_note_lie_where_they_were_put(
    session: DocumentSession, workers: PdfWorkers, tmp_path: Path
) -> None:
    place = Box(60, 70, 160, 120)
    marks = [
        MarkToWrite(1, "box", "#6CC560", [place.quad()]),
        MarkToWrite(1, "note", "#B3CFE4", [Box(200, 90, 201, 91).quad()], "call back"),
    ]
    copy = tmp_path / "copy.pdf"
    copy.write_bytes(b"".join(session.annotated(marks)))
    with workers.open(PlainFile(copy)) as opened:
        box, note = opened.file_marks(1)
        assert (box.kind, note.kind) == ("Square", "Text")
        close(bounds(box.quads), place, 2)
        assert abs(bounds(note.quads).x0 - 200) <= 2
        assert abs(bounds(note.quads).y0 - 90) <= 2
        assert note.text == "call back"

        def green(red: int, green_: int, blue: int) -> bool:
            return green_ > red + 40 and green_ > blue + 40

        close(by_mupdf(opened, green), place, 3)


def test_a_clip_is_the_same_part_of_the_whole(session: DocumentSession) -> None:
    (hit,) = places_of(session, 1, "hello")
    area = bounds(hit)
    clip = Box(*(float(round(v)) for v in (area.x0, area.y0, area.x1, area.y1)))
    whole, part = session.render(1, 1.0), session.render(1, 1.0, clip)
    assert (part.width, part.height) == (int(clip.width), int(clip.height))
    for row in range(part.height):
        at = (row + int(clip.y0)) * whole.stride + int(clip.x0) * 3
        assert (
            part.data[row * part.stride : row * part.stride + part.width * 3]
            == whole.data[at : at + part.width * 3]
        )


def test_a_turned_view_is_the_picture_turned(session: DocumentSession) -> None:
    upright, turned = session.render(1, 0.5), session.render(1, 0.5, rotation=180)
    assert (turned.width, turned.height) == (upright.width, upright.height)
    ink = inked(upright.width, upright.height, upright.stride, bytes(upright.data), dark)
    there = inked(turned.width, turned.height, turned.stride, bytes(turned.data), dark)
    close(
        there,
        Box(turned.width - ink.x1, turned.height - ink.y1, turned.width - ink.x0,
            turned.height - ink.y0),
        1.5,
    )  # fmt: skip
    sideways = session.render(1, 0.5, rotation=90)
    assert (sideways.width, sideways.height) == (upright.height, upright.width)


def test_the_quad_of_a_page_corner(session: DocumentSession) -> None:
    """Sizes are as shown: crop, rotation and unit applied."""
    facts = session.pages(1, 1)[0]
    assert facts.rotation in ROTATIONS
    assert Quad.of([0, 0, facts.width, 0, 0, facts.height, facts.width, facts.height])
