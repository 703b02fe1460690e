"""Checks what a worker says before anybody believes it: types, ranges, lengths.

Every function here raises ``WorkerFailed("protocol")`` on anything out of bounds.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from casefile.domain.annotations import Stroke
from casefile.domain.documents import PageState
from casefile.domain.errors import UserError
from casefile.domain.geometry import LARGEST_COORDINATE, Box, Quad, is_coordinate
from casefile.domain.recognised import PARTS, RecognisedLine, RecognisedPage
from casefile.pdf.protocol import MAX_PIXELS, Header
from casefile.pdf.values import (
    ExtractedPage,
    FileMark,
    MailPart,
    OpenedFacts,
    OutlineItem,
    PageFacts,
    PageLink,
    PageText,
    Pixels,
    Protection,
    TextLine,
    WorkerFailed,
)

MAX_PAGES = 200_000
MAX_TEXT = 8 * 1024 * 1024
LARGEST_RESULT = 8 * 1024**3
#: What a page is taken for when the worker cannot say: A4.
DEFAULT_WIDTH, DEFAULT_HEIGHT = 595.0, 842.0
_QUAD_BYTES = 32

#: The refusals a worker may send, with the values each may carry.
_REFUSALS: dict[str, frozenset[str]] = {
    "document.empty": frozenset(),
    "document.damaged": frozenset({"reason"}),
    "document.damaged_pdf": frozenset(),
    "document.needs_password": frozenset(),
    "document.wrong_password": frozenset(),
    "document.unsupported": frozenset({"format"}),
    "page.absent": frozenset({"page"}),
    "page.undrawable": frozenset({"reason", "page"}),
    "mark.unsupported": frozenset({"kind"}),
    "redaction.failed": frozenset({"page"}),
    "ocr.language_missing": frozenset({"language"}),
    "ocr.unavailable": frozenset(),
}


def refusal(header: Header) -> UserError:
    """The error that a worker's refusal stands for."""
    code = header.get("error")
    allowed = _REFUSALS.get(code) if isinstance(code, str) else None
    values = header.get("values")
    if allowed is None or not isinstance(values, dict) or not isinstance(code, str):
        return WorkerFailed("protocol")
    kept = {name: _value(values.get(name)) for name in allowed}
    if code == "page.undrawable":
        page = kept.get("page")
        return WorkerFailed(str(kept.get("reason")), page if isinstance(page, int) else None)
    return UserError(code, **kept)


def _value(value: object) -> object:
    return value if isinstance(value, int) else text(value or "", 300)


def number(value: object, low: float, high: float) -> float:
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        raise WorkerFailed("protocol")
    if not math.isfinite(value) or not low <= value <= high:
        raise WorkerFailed("protocol")
    return float(value)


def integer(value: object, low: int, high: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise WorkerFailed("protocol")
    return value


def text(value: object, longest: int) -> str:
    if not isinstance(value, str) or len(value) > longest:
        raise WorkerFailed("protocol")
    return value


def items(value: object, most: int) -> list[Any]:
    if not isinstance(value, list) or len(value) > most:
        raise WorkerFailed("protocol")
    return value


def exactly(value: object, count: int) -> list[Any]:
    if not isinstance(value, list) or len(value) != count:
        raise WorkerFailed("protocol")
    return value


def mapping(value: object) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise WorkerFailed("protocol")
    return value


def opened(header: Header) -> OpenedFacts:
    facts = mapping(header.get("facts"))
    pages = integer(facts.get("pages"), 0, MAX_PAGES)
    return OpenedFacts(
        pages=pages,
        needs_password=facts.get("needs_password") is True,
        title=text(facts.get("title"), 500),
        is_pdf=facts.get("is_pdf") is True,
        format=text(facts.get("format"), 20),
    )


def outline(header: Header, pages: int) -> tuple[OutlineItem, ...]:
    """The bookmarks of a document of ``pages`` pages."""
    found = []
    for item in items(header.get("outline"), 5_000):
        level, title, page, y = exactly(item, 4)
        at = None if page is None else integer(page, 1, max(1, pages))
        down = None if y is None else number(y, -LARGEST_COORDINATE, LARGEST_COORDINATE)
        found.append(OutlineItem(integer(level, 1, 100), text(title, 500), at, down))
    return tuple(found)


def page_facts(header: Header, expected: int) -> PageFacts:
    if integer(header.get("page"), 1, MAX_PAGES) != expected:
        raise WorkerFailed("protocol")
    rotation = integer(header.get("rotation"), 0, 270)
    return PageFacts(
        number=expected,
        label=text(header.get("label"), 64),
        width=number(header.get("width"), 0, LARGEST_COORDINATE),
        height=number(header.get("height"), 0, LARGEST_COORDINATE),
        rotation=rotation if rotation % 90 == 0 else 0,
        has_file_annotations=header.get("marked") is True,
    )


def undrawable(page: int) -> ExtractedPage:
    """What stands for a page that no worker survives."""
    facts = PageFacts(page, str(page), DEFAULT_WIDTH, DEFAULT_HEIGHT, 0, has_file_annotations=False)
    return ExtractedPage(facts, "", PageState.UNDRAWABLE)


def extracted(header: Header, body: bytearray, expected: int) -> ExtractedPage:
    state = text(header.get("state"), 20)
    if state == PageState.UNDRAWABLE:
        if integer(header.get("page"), 1, MAX_PAGES) != expected:
            raise WorkerFailed("protocol")
        return undrawable(expected)
    if state not in set(PageState) or len(body) > MAX_TEXT:
        raise WorkerFailed("protocol")
    return ExtractedPage(page_facts(header, expected), words(body), PageState(state))


def words(body: bytes | bytearray) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise WorkerFailed("protocol") from None


def page_text(header: Header, body: bytearray) -> PageText:
    split = integer(header.get("words"), 0, len(body))
    blocks = items(header.get("blocks"), 1_000_000)
    lines = words(body[:split]).split("\n") if blocks else []
    every = list(quads(memoryview(body)[split:]))
    if len(lines) != len(blocks) or sum(map(len, lines)) != len(every):
        raise WorkerFailed("protocol")
    made, at = [], 0
    for line, block in zip(lines, blocks, strict=True):
        place = tuple(every[at : at + len(line)])
        made.append(TextLine(line, place, integer(block, 0, 1_000_000)))
        at += len(line)
    return PageText(tuple(made))


def recognised(header: Header, body: bytearray) -> RecognisedPage:
    """Words read from a picture: in the body the lines' text, a quad for each line, the edges of
    the characters (16 bit), a byte of confidence for each word."""
    split = integer(header.get("words"), 0, min(len(body), MAX_TEXT))
    blocks = items(header.get("blocks"), 100_000)
    lines = words(body[:split]).split("\n") if blocks else []
    counts = [line.count(" ") + 1 for line in lines]
    edges = array("H")
    edge_count = sum(len(line) + 1 for line in lines)
    after_places = split + _QUAD_BYTES * len(lines)
    after_edges = after_places + edges.itemsize * edge_count
    if len(lines) != len(blocks) or len(body) != after_edges + sum(counts):
        raise WorkerFailed("protocol")
    edges.frombytes(body[after_places:after_edges])
    sure = body[after_edges:]
    if (edges and max(edges) > PARTS) or (sure and max(sure) > 100):
        raise WorkerFailed("protocol")
    made, at, word = [], 0, 0
    places = quads(memoryview(body)[split:after_places])
    for line, place, block, count in zip(lines, places, blocks, counts, strict=True):
        if not line.strip() or "  " in line or any(c < " " or c == "\x7f" for c in line):
            raise WorkerFailed("protocol")
        there = tuple(edges[at : at + len(line) + 1])
        made.append(RecognisedLine(
            line, place, there, tuple(sure[word : word + count]), integer(block, 0, 1_000_000)
        ))  # fmt: skip
        at, word = at + len(there), word + count
    turned = integer(header.get("turned"), 0, 270)
    if turned % 90:
        raise WorkerFailed("protocol")
    skew = number(header.get("skew"), -45, 45)
    return RecognisedPage(tuple(made), turned, skew, text(header.get("engine"), 100))


def quads(body: bytes | bytearray | memoryview) -> Iterator[Quad]:
    """Quads from 32-bit floats; each number finite and within any page."""
    if len(body) % _QUAD_BYTES:
        raise WorkerFailed("protocol")
    numbers = array("f")
    numbers.frombytes(body)
    # A sum is finite exactly if every number is: 32-bit floats cannot overflow a 64-bit sum.
    if not math.isfinite(sum(numbers)):
        raise WorkerFailed("protocol")
    if numbers and not -LARGEST_COORDINATE <= min(numbers) <= max(numbers) <= LARGEST_COORDINATE:
        raise WorkerFailed("protocol")
    for at in range(0, len(numbers), 8):
        yield Quad(*numbers[at : at + 8])


def pixels(header: Header, body: bytearray, *, grey: bool) -> Pixels:
    width = integer(header.get("width"), 1, MAX_PIXELS)
    height = integer(header.get("height"), 1, MAX_PIXELS)
    channels = 1 if grey and header.get("channels") == 1 else 3
    stride = integer(header.get("stride"), width * channels, width * channels + 64)
    if width * height > MAX_PIXELS or len(body) != stride * height:
        raise WorkerFailed("protocol")
    return Pixels(width, height, stride, body, channels)


def page_link(header: Header, pages: int) -> PageLink:
    far = LARGEST_COORDINATE
    sides = [number(side, -far, far) for side in items(header.get("box"), 4)]
    if len(sides) != 4:
        raise WorkerFailed("protocol")
    box = Box.spanning(*sides)
    if "page" not in header:
        return PageLink(box, None, address=text(header.get("address"), 2_000))
    x, y = (None if name not in header else number(header[name], -far, far) for name in "xy")
    return PageLink(box, integer(header["page"], 1, max(1, pages)), x, y)


def file_mark(header: Header, page: int) -> FileMark:
    places = []
    for place in items(header.get("quads"), 1_000):
        try:
            places.append(Quad.of(items(place, 8)))
        except ValueError:
            continue  # a mark far off the page has no place to show
    colour = text(header.get("colour"), 7)
    return FileMark(
        kind=text(header.get("kind"), 40),
        page=page,
        quads=tuple(places),
        colour=colour,
        text=text(header.get("text"), 20_000),
        author=text(header.get("author"), 200),
        date=date(header.get("date")),
        strokes=tuple(
            line for each in items(header.get("strokes"), 1_000) if (line := stroke(each))
        ),
    )


def stroke(value: object) -> Stroke:
    """The points of a line; empty where it leaves every page there can be."""
    points = [tuple(items(point, 2)) for point in items(value, 20_000)]
    if not all(len(point) == 2 and all(map(is_coordinate, point)) for point in points):
        return ()
    return tuple((float(x), float(y)) for x, y in points)


def date(value: object) -> str:
    """ISO 8601, or empty."""
    words = text(value, 40)
    if words:
        try:
            datetime.fromisoformat(words)
        except ValueError:
            raise WorkerFailed("protocol") from None
    return words


def mail_part(header: Header) -> MailPart:
    length = integer(header.get("length"), 0, LARGEST_RESULT)
    return MailPart(text(header.get("name"), 200), text(header.get("media_type"), 500), length)


def mail_headers(header: Header) -> dict[str, str]:
    found = mapping(header.get("headers"))
    return {text(name, 40): text(value, 2_000) for name, value in list(found.items())[:20]}


def protections(value: object) -> tuple[Protection, ...]:
    made = []
    for wall in items(value, 10):
        name, on, note = exactly(wall, 3)
        made.append(Protection(text(name, 20), on is True, text(note, 300)))
    return tuple(made)
