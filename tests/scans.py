"""Scans: PDFs whose pages are pictures of words."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from pathlib import Path

from casefile.pdf.values import PlainFile
from casefile.pdf.workers import PdfWorkers
from tests.pdf import making

_DPI = 150


def scan(workers: PdfWorkers, folder: Path, texts: Sequence[str]) -> bytes:
    """A PDF with a page for each text, small sheets, drawn as pictures; an empty text gives a grey
    square without words."""
    plain = folder / "typed.pdf"
    folder.mkdir(parents=True, exist_ok=True)
    plain.write_bytes(making.pages(texts))
    pictures = []
    with workers.open(PlainFile(plain)) as session:
        for number, text in enumerate(texts, start=1):
            pixels = session.render(number, _DPI / 72)
            step, width = pixels.stride // pixels.width, pixels.width
            grey = bytearray().join(
                pixels.data[y * pixels.stride : y * pixels.stride + width * step : step]
                for y in range(pixels.height)
            )
            if not text:
                for y in range(200, 600):
                    grey[y * width + 300 : y * width + 700] = b"\x80" * 400
            pictures.append((width, pixels.height, zlib.compress(bytes(grey), 1)))
    plain.unlink()
    return _of_pictures(pictures)


def _of_pictures(pictures: Sequence[tuple[int, int, bytes]]) -> bytes:
    kids = b" ".join(b"%d 0 R" % (3 + 3 * at) for at in range(len(pictures)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(pictures)),
    ]
    for at, (width, height, data) in enumerate(pictures):
        sheet = (width * 72 // _DPI, height * 72 // _DPI)
        objects += [
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents %d 0 R"
            b"/Resources<</XObject<</I %d 0 R>>>>>>" % (*sheet, 4 + 3 * at, 5 + 3 * at),
            making.stream(b"q %d 0 0 %d 0 0 cm /I Do Q" % sheet),
            making.stream(
                data,
                b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8"
                b"/ColorSpace/DeviceGray/Filter/FlateDecode" % (width, height),
            ),
        ]
    return making.pdf(objects)
