"""A page as a picture file (PNG, written here: the window's libraries stay out of the services)."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from math import ceil, floor
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from casefile.domain.annotations import AnnotationKind
from casefile.domain.errors import UserError
from casefile.domain.geometry import Box, bounds
from casefile.pdf.values import WorkerFailed
from casefile.services.leaving import door

if TYPE_CHECKING:
    from casefile.domain.quotes import Quote
    from casefile.pdf.values import Pixels
    from casefile.services.case import Case

LEAST_DPI, MOST_DPI = 18, 1200

REGION_DPI = 200
#: What a worker draws at once.
MOST_REGION_PIXELS = 30_000_000

#: RGB at three bytes: 300 MB, far above any sheet of paper at 600 dpi.
MOST_PIXELS = 100_000_000


@dataclass(frozen=True, slots=True)
class PictureReport:
    """Sizes in pixels."""

    path: Path
    width: int
    height: int


def write_picture(
    case: Case, document_id: str, page: int, out: Path, *, dpi: int = 150, force: bool = False
) -> PictureReport:
    """Draw a page (from 1) as it was imported, without the reporter's marks, but black where they
    say that something is to be redacted.

    Raises ``UserError``: ``document.*``, ``page.not_found``, ``page.undrawable``,
    ``picture.too_large``, ``leaving.*``.
    """
    from casefile.services import reading

    if not LEAST_DPI <= dpi <= MOST_DPI:
        raise UserError("picture.dpi", least=LEAST_DPI, most=MOST_DPI)
    shapes = {shape.number: shape for shape in reading.pages(case, document_id)}
    shape = shapes.get(page)
    if shape is None:
        raise UserError("page.not_found", page=page, pages=len(shapes))
    scale = dpi / 72
    if shape.width * scale * shape.height * scale > MOST_PIXELS:
        raise UserError("picture.too_large", dpi=dpi)
    pixels = blackened(
        reading.render(case, document_id, page, scale), redacted(case, document_id, page), scale
    )
    path = door.leave_file(
        case,
        door.Departure("picture", (document_id,), detail=f"page {page}"),
        out,
        lambda file: write_png(pixels, dpi, file),
        force=force,
    )
    return PictureReport(path, pixels.width, pixels.height)


def redacted(case: Case, document_id: str, page: int) -> list[Box]:
    """The places of a page that are marked for redaction."""
    from casefile.services import annotating

    return [
        quad.box
        for mark in annotating.listing(case, document_id)
        if mark.kind is AnnotationKind.REDACTION and mark.page == page
        for quad in mark.quads
    ]


def blackened(pixels: Pixels, boxes: Sequence[Box], scale: float) -> Pixels:
    """The picture of a whole page with these places black, rounded outwards to whole pixels."""
    if not boxes:
        return pixels
    data = bytearray(pixels.data)
    for box in boxes:
        left, right = max(0, floor(box.x0 * scale)), min(pixels.width, ceil(box.x1 * scale))
        for y in range(max(0, floor(box.y0 * scale)), min(pixels.height, ceil(box.y1 * scale))):
            at = y * pixels.stride
            if left < right:
                data[at + 3 * left : at + 3 * right] = bytes(3 * (right - left))
    return replace(pixels, data=data)


def region_picture(case: Case, quote: Quote, dpi: int = REGION_DPI) -> bytes:
    """The quoted part of a page as PNG; empty where it cannot be drawn."""
    from casefile.services import reading

    if quote.document_id is None or quote.page is None or not quote.quads:
        return b""
    clip = bounds(quote.quads)
    scale = min(dpi / 72, (MOST_REGION_PIXELS / max(1.0, clip.width * clip.height)) ** 0.5)
    try:
        pixels = reading.render(case, quote.document_id, quote.page, scale, clip)
    except WorkerFailed:
        return b""
    file = BytesIO()
    write_png(pixels, round(scale * 72), file)
    return file.getvalue()


def write_png(pixels: Pixels, dpi: int, file: BinaryIO) -> None:
    """``pixels`` as PNG (W3C PNG, third edition), 8 bits RGB, with its resolution."""

    def chunk(kind: bytes, data: bytes) -> None:
        file.write(struct.pack(">I", len(data)) + kind + data)
        file.write(struct.pack(">I", zlib.crc32(data, zlib.crc32(kind))))

    file.write(b"\x89PNG\r\n\x1a\n")
    chunk(b"IHDR", struct.pack(">IIBBBBB", pixels.width, pixels.height, 8, 2, 0, 0, 0))
    metre = round(dpi / 0.0254)
    chunk(b"pHYs", struct.pack(">IIB", metre, metre, 1))
    deflate = zlib.compressobj(6)
    row = pixels.width * 3
    data = memoryview(pixels.data)
    for y in range(pixels.height):
        packed = deflate.compress(b"\0" + data[y * pixels.stride : y * pixels.stride + row])
        if packed:
            chunk(b"IDAT", packed)
    chunk(b"IDAT", deflate.flush())
    chunk(b"IEND", b"")
