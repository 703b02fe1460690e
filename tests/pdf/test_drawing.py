"""Pictures: the same pixels whichever way they come, one channel only where there is no colour."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from casefile.domain.geometry import Box
from casefile.pdf import easel
from casefile.pdf.session import DocumentSession
from casefile.pdf.values import Pixels, PlainFile
from casefile.pdf.workers import PdfWorkers
from tests.pdf.making import one_page

BLACK = b"0 g 100 100 200 300 re f BT /F 40 Tf 120 500 Td (HELLO) Tj ET"
GREYISH = b"0.4 0.4 0.4 rg 100 100 200 300 re f 0 0 0 0.5 k 310 100 50 300 re f"
RED = b"0.9 0.1 0.1 RG 4 w 100 100 m 300 300 l S"


def opened(workers: PdfWorkers, folder: Path, content: bytes) -> DocumentSession:
    path = folder / "page.pdf"
    path.write_bytes(one_page(content))
    return workers.open(PlainFile(path))


def widened(pixels: Pixels) -> bytes:
    """RGB without padding, of any picture."""
    row = pixels.width * pixels.channels
    rows = (
        bytes(pixels.data[y * pixels.stride : y * pixels.stride + row])
        for y in range(pixels.height)
    )
    packed = b"".join(rows)
    return bytes(v for v in packed for _ in range(3)) if pixels.channels == 1 else packed


@pytest.fixture
def both(workers: PdfWorkers, tmp_path: Path) -> Iterator[tuple[DocumentSession, DocumentSession]]:
    """The same page through shared memory (where this system has it) and through the pipe."""
    with (
        opened(workers, tmp_path, BLACK + RED) as shared,
        PdfWorkers(forking=False) as piped,
        opened(piped, tmp_path, BLACK + RED) as alone,
    ):
        yield shared, alone


def test_shared_memory_and_pipe_give_the_same_picture(
    both: tuple[DocumentSession, DocumentSession],
) -> None:
    shared, alone = both
    large = easel.SHEET_BYTES**0.5 / 792 * 1.2  # more than a sheet holds
    for scale in (0.5, 1.0, large):
        assert widened(shared.render(1, scale)) == widened(alone.render(1, scale))
    assert alone._asker.live()._process.easel is None
    if easel.folder_in_memory() is not None:
        assert shared._asker.live()._process.easel is not None


@pytest.mark.parametrize(("content", "channels"), [(BLACK, 1), (GREYISH, 1), (BLACK + RED, 3)])
def test_only_a_page_without_colour_comes_in_one_channel(
    workers: PdfWorkers, tmp_path: Path, content: bytes, channels: int
) -> None:
    with opened(workers, tmp_path, content) as session:
        sparing, full = session.render(1, 0.5, grey=True), session.render(1, 0.5)
        assert (sparing.channels, full.channels) == (channels, 3)
        assert widened(sparing) == widened(full)


def test_tiles_join_to_the_whole_page(workers: PdfWorkers, tmp_path: Path) -> None:
    with opened(workers, tmp_path, BLACK) as session:
        whole = session.render(1, 1.0, grey=True)
        top = session.render(1, 1.0, Box(0, 0, 612, 400), grey=True)
        below = session.render(1, 1.0, Box(0, 400, 612, 792), grey=True)
        assert widened(top) + widened(below) == widened(whole)


def test_the_corpus_looks_the_same_in_one_channel(workers: PdfWorkers, corpus: Path) -> None:
    """First pages of real releases: what comes without colour is exactly the coloured picture."""
    grey = 0
    for path in sorted((corpus / "releases").rglob("*.pdf")):
        with workers.open(PlainFile(path)) as session:
            sparing, full = session.render(1, 0.3, grey=True), session.render(1, 0.3)
            assert widened(sparing) == widened(full), path
            grey += sparing.channels == 1
    assert grey > 0


def test_pictures_asked_for_together_do_not_overwrite_each_other(
    workers: PdfWorkers, tmp_path: Path
) -> None:
    """More are under way than there are sheets."""
    with opened(workers, tmp_path, BLACK) as session:
        scales = [0.2 + n / 20 for n in range(easel.SHEETS + 4)]
        expected = [widened(session.render(1, scale)) for scale in scales]
        channel = session._asker.live()
        tickets = [
            channel.ask(
                {"do": "render", "page": 1, "scale": scale, "annots": True}, limit=20, drawing=True
            )
            for scale in scales
        ]
        got = [ticket.all()[0] for ticket in tickets]
        assert [bytes(body) for _, body in got] == expected
