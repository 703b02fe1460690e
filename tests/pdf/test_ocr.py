"""Words read from pictures of pages: how many are right, where they stand, what cannot stop it."""

from __future__ import annotations

import math
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from casefile.domain.errors import UserError
from casefile.domain.recognised import RecognisedPage
from casefile.pdf import languages, worker
from casefile.pdf.asking import Limits
from casefile.pdf.session import DocumentSession
from casefile.pdf.values import PlainFile, WorkerFailed
from casefile.pdf.worker import serving
from casefile.pdf.worker.refusals import Refused
from casefile.pdf.workers import PdfWorkers
from tests import words_right
from tests.pdf import making

ENGLISH = ("eng",)
#: The share of words that must be right: a little under what was measured (letter 98.3 %, teletype
#: with handwriting 93.9 %, dithered columns 95.3 %, clean print 100 %). ocrmypdf 14 with Tesseract
#: 5.3 on the same pages: 98.3, 93.2, 70.7 and 100 %.
FLOORS = {"letter": 0.975, "teletype": 0.93, "dithered columns": 0.94, "clean print": 1.0}


@pytest.fixture(scope="module")
def letter(workers: PdfWorkers, corpus: Path) -> Iterator[DocumentSession]:
    with workers.open(PlainFile(corpus / words_right.KNOWN["letter"][0])) as session:
        yield session


@pytest.fixture(scope="module")
def upright(letter: DocumentSession) -> RecognisedPage:
    return letter.ocr(1, ENGLISH)


@pytest.mark.parametrize("name", FLOORS)
def test_words_right(workers: PdfWorkers, corpus: Path, tmp_path: Path, name: str) -> None:
    path = corpus / words_right.KNOWN[name][0]
    if path.suffix == ".tif":
        with workers.open(PlainFile(path), kind="tiff") as session:
            made = b"".join(session.convert())
        path = tmp_path / "scan.pdf"
        path.write_bytes(made)
    with workers.open(PlainFile(path)) as session:
        pages = range(1, session.facts().pages + 1)
        read = "\n".join(session.ocr(page, ENGLISH).text for page in pages)
    assert words_right.share_right(read, words_right.truth(corpus, name)) >= FLOORS[name]


def test_the_engine_says_how_sure_it_is(upright: RecognisedPage) -> None:
    assert upright.confidence is not None
    assert 90 < upright.confidence <= 100
    assert upright.engine.startswith("1 tesseract")
    line = next(line for line in upright.lines if "Freedom of Information" in line.text)
    assert len(line.confidences) == len(line.text.split())
    assert len(list(line.quads())) == len(line.text)


@pytest.mark.parametrize(("angle", "turned"), [(90, 270), (180, 180), (3, 0)])
def test_turned_and_sloping_pages(
    workers: PdfWorkers,
    letter: DocumentSession,
    upright: RecognisedPage,
    tmp_path: Path,
    angle: int,
    turned: int,
) -> None:
    """The same words, and each where it is on the page that is shown."""
    path = tmp_path / "turned.pdf"
    path.write_bytes(_turned(letter, angle))
    with workers.open(PlainFile(path)) as session:
        found = session.ocr(1, ENGLISH)
    assert found.turned == turned
    assert abs(found.skew - (angle if abs(angle) < 45 else 0)) < 0.8
    assert words_right.share_right(found.text, upright.text) > 0.95
    known, seen = _middles(upright), _middles(found)
    shared = [word for word in known if word in seen and len(word) > 5]
    assert len(shared) > 40
    off = [math.dist(_around(known[word], angle), seen[word]) for word in shared]
    assert sorted(off)[int(len(off) * 0.95)] < 6  # points


def test_a_sheet_without_words_gives_none(workers: PdfWorkers, tmp_path: Path) -> None:
    path = tmp_path / "shape.pdf"
    path.write_bytes(making.one_page(b"0 g 100 100 200 300 re f"))
    with workers.open(PlainFile(path)) as session:
        assert session.ocr(1, ENGLISH).text == ""


def test_huge_pages_are_read_smaller(workers: PdfWorkers, tmp_path: Path) -> None:
    content = making.lines("ENORMOUS", x=200, y=9000, size=900)
    path = tmp_path / "huge.pdf"
    path.write_bytes(making.one_page(content, page=b"/MediaBox[0 0 14400 14400]"))
    with workers.open(PlainFile(path)) as session:
        assert "ENORMOUS" in session.ocr(1, ENGLISH).text


def test_a_page_that_takes_too_long_costs_only_itself(corpus: Path) -> None:
    path = corpus / words_right.KNOWN["letter"][0]
    with (
        PdfWorkers(limits=Limits(ocr=0.01)) as workers,
        workers.open(PlainFile(path)) as session,
    ):
        with pytest.raises(WorkerFailed) as failed:
            session.ocr(1, ENGLISH)
        assert failed.value.reason == "timeout"
        assert session.render(1, 0.2).width > 0


def test_a_language_that_is_not_there(letter: DocumentSession) -> None:
    assert "eng" in languages.installed()
    with pytest.raises(UserError) as refused:
        letter.ocr(1, ("eng", "xx_none"))
    assert refused.value.code == "ocr.language_missing"
    assert refused.value.values["language"] == "xx_none"


def test_without_tesseract_only_ocr_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("tesserocr", "casefile.pdf.worker.recognising"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.delitem(sys.modules, "casefile.pdf.worker.ocr", raising=False)
    monkeypatch.delitem(sys.modules, "casefile.pdf.worker.picturing", raising=False)
    monkeypatch.delattr(worker, "ocr", raising=False)
    monkeypatch.setitem(sys.modules, "tesserocr", None)
    with pytest.raises(Refused) as refused:
        serving.ocr()
    assert refused.value.code == "ocr.unavailable"


def _turned(session: DocumentSession, angle: int) -> bytes:
    """The page as a picture on a larger sheet, turned clockwise around its middle."""
    pixels = session.render(1, 200 / 72)
    step = pixels.stride // pixels.width
    grey = b"".join(
        bytes(pixels.data[y * pixels.stride : y * pixels.stride + pixels.width * step : step])
        for y in range(pixels.height)
    )
    data = zlib.compress(grey, 1)
    picture = making.stream(
        data,
        b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8/ColorSpace/DeviceGray"
        b"/Filter/FlateDecode" % (pixels.width, pixels.height),
    )
    cosine, sine = math.cos(math.radians(-angle)), math.sin(math.radians(-angle))
    turn = f"{cosine:.6f} {sine:.6f} {-sine:.6f} {cosine:.6f} 500 500"
    content = f"q {turn} cm 612 0 0 792 -306 -396 cm /I Do Q"
    return making.one_page(
        content.encode(), page=b"/MediaBox[0 0 1000 1000]", resources=b"/XObject<</I 6 0 R>>",
        more=[picture],
    )  # fmt: skip


def _middles(page: RecognisedPage) -> dict[str, tuple[float, float]]:
    """Where the words that stand there once have their middle."""
    found: dict[str, list[tuple[float, float]]] = {}
    for line in page.lines:
        quads, at = list(line.quads()), 0
        for word in line.text.split(" "):
            first, last = quads[at], quads[at + len(word) - 1]
            middle = ((first.ul_x + last.lr_x) / 2, (first.ul_y + last.lr_y) / 2)
            found.setdefault(word, []).append(middle)
            at += len(word) + 1
    return {word: places[0] for word, places in found.items() if len(places) == 1}


def _around(point: tuple[float, float], angle: int) -> tuple[float, float]:
    """Where a point of the letter lies on the turned sheet (y runs downwards)."""
    x, y = point[0] - 306, point[1] - 396
    cosine, sine = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    return 500 + x * cosine - y * sine, 500 + x * sine + y * cosine
