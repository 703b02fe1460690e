"""Documents that lie about sizes and counts: their page is given up at most, the next is read."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import pytest

from casefile.domain.documents import PageState
from casefile.domain.errors import UserError
from casefile.pdf.asking import Limits
from casefile.pdf.values import MarkToWrite, PlainFile, WorkerFailed
from casefile.pdf.workers import PdfWorkers
from tests.pdf.making import lines, pdf, stream

SHEET = b"/MediaBox[0 0 612 792]"
FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 612 792]"
TILES = b"/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/Resources<<>>"


def before_a_good_page(
    content: bytes, *, page: bytes = SHEET, resources: bytes = b"", more: Sequence[bytes] = ()
) -> bytes:
    """Two pages: the hostile one (its ``more`` objects count from 8), and one to be read."""
    font = b"/Font<</F 5 0 R>>"
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R 6 0 R]/Count 2>>",
            b"<</Parent 2 0 R%s/Contents 4 0 R/Resources<<%s%s>>>>" % (page, font, resources),
            content if content.startswith(b"<<") else stream(content),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            b"<</Parent 2 0 R%s/Contents 7 0 R/Resources<<%s>>>>" % (SHEET, font),
            stream(lines("a good page")),
            *more,
        ]
    )


def picture(width: int, height: int, data: bytes, about: bytes) -> bytes:
    about = b"/Type/XObject/Subtype/Image/Width %d/Height %d%s" % (width, height, about)
    return before_a_good_page(
        b"q 400 0 0 400 50 50 cm /I Do Q",
        resources=b"/XObject<</I 8 0 R>>",
        more=[stream(data, about)],
    )


@cache
def packed(length: int) -> bytes:
    squeeze = zlib.compressobj(9)
    parts = [squeeze.compress(b" " * (1 << 20)) for _ in range(length >> 20)]
    return b"".join(parts) + squeeze.flush()


def jbig2(width: int, height: int) -> bytes:
    """A page of that size and nothing on it (ITU-T T.88)."""
    page = struct.pack(">IBBBI", 0, 48, 0, 1, 19) + struct.pack(
        ">IIIIBH", width, height, 0, 0, 0, 0
    )
    region = struct.pack(">IBBBI", 1, 38, 0, 1, 26) + struct.pack(
        ">IIIIBB", width, height, 0, 0, 0, 0
    )
    return page + region + bytes(8)


def jpeg2000(side: int) -> bytes:
    """A code stream that announces an image of that size (ITU-T T.800)."""
    size = struct.pack(">IIIIIIIIH", side, side, 0, 0, side, side, 0, 0, 3) + b"\x07\x01\x01" * 3
    style = bytes.fromhex("ff52000c00000001000504040001ff5c00134040484850484850484850484850484850")
    return b"\xff\x4f\xff\x51\x00\x2f\x00\x00" + size + style + b"\xff\xd9"


def laughs(depth: int, fan: int) -> bytes:
    """Forms that draw ten forms that draw ten forms."""
    forms = [
        stream(b"/X Do " * fan, FORM + b"/Resources<</XObject<</X %d 0 R>>>>" % (9 + at))
        for at in range(depth)
    ]
    return before_a_good_page(
        b"/X Do", resources=b"/XObject<</X 8 0 R>>", more=[*forms, stream(b"0 0 9 9 re f", FORM)]
    )


RGB = b"/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/FlateDecode"
GREY = b"/ColorSpace/DeviceGray/BitsPerComponent 1"
LARGEST = 2**31 - 1
HOSTILE: dict[str, Callable[[], bytes]] = {
    "a picture with hardly any data": lambda: picture(100_000, 100_000, packed(1 << 20), RGB),
    "the largest picture there is": lambda: picture(LARGEST, LARGEST, packed(1 << 20), RGB),
    "a picture of 200 MB": lambda: picture(8_000, 8_000, packed(200 << 20), RGB),
    "a negative picture": lambda: picture(-5, -5, b"x", RGB),
    "JPEG 2000": lambda: picture(9, 9, jpeg2000(LARGEST), b"/Filter/JPXDecode"),
    "JBIG2": lambda: picture(
        LARGEST, LARGEST, jbig2(LARGEST, LARGEST), GREY + b"/Filter/JBIG2Decode"
    ),
    "large JBIG2": lambda: picture(
        60_000, 60_000, jbig2(60_000, 60_000), GREY + b"/Filter/JBIG2Decode"
    ),
    "a fax of a million lines": lambda: picture(
        1_000_000, 1_000_000, bytes(1000),
        GREY + b"/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 1000000/Rows 1000000>>",
    ),
    "a page of 350 kilometres": lambda: before_a_good_page(
        lines("x"), page=b"/MediaBox[0 0 1000000000 1000000000]"
    ),
    "a page without an end": lambda: before_a_good_page(
        lines("x"), page=b"/MediaBox[-1e30 -1e30 1e30 1e30]"
    ),
    "a unit of a billion": lambda: before_a_good_page(
        lines("x"), page=SHEET + b"/UserUnit 1000000000"
    ),
    "letters without an end": lambda: before_a_good_page(b"BT /F 1e30 Tf (xxxx) Tj ET"),
    "forms in forms": lambda: laughs(12, 10),
    "a form in itself": lambda: before_a_good_page(
        b"/X Do", resources=b"/XObject<</X 8 0 R>>",
        more=[stream(b"/X Do /X Do", FORM + b"/Resources<</XObject<</X 8 0 R>>>>")],
    ),
    "a million states": lambda: before_a_good_page(b"q " * 1_000_000),
    "lists in lists": lambda: before_a_good_page(b"[" * 500_000 + b"] TJ"),
    "the smallest tiles": lambda: before_a_good_page(
        b"/Pattern cs /P scn 0 0 612 792 re f", resources=b"/Pattern<</P 8 0 R>>",
        more=[stream(b"0 0 1 1 re f", TILES + b"/BBox[0 0 .0001 .0001]/XStep .0001/YStep .0001")],
    ),
    "the shortest dashes": lambda: before_a_good_page(b"[.00001] 0 d 0 0 m 600 700 l S"),
    "two million letters": lambda: before_a_good_page(
        b"BT /F 1 Tf 9 9 Td " + b"(%s) Tj " % (b"a" * 40) * 50_000 + b"ET"
    ),
    "100,000 annotations": lambda: before_a_good_page(
        b"", page=SHEET + b"/Annots[" + b"8 0 R " * 100_000 + b"]",
        more=[b"<</Subtype/Square/Rect[0 0 9 9]>>"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_the_next_page_is_read(workers: PdfWorkers, tmp_path: Path, name: str) -> None:
    path = tmp_path / "hostile.pdf"
    path.write_bytes(HOSTILE[name]())
    with workers.open(PlainFile(path), limits=Limits(page=2.0, whole=20.0)) as session:
        for look in (session.text, session.file_marks, lambda n: session.render(n, 1.0)):
            try:
                look(1)
            except WorkerFailed:
                continue
        pages = list(session.extract(1, 2))
        assert [page.state for page in pages[1:]] == [PageState.TEXT]
        assert pages[1].text == session.text(2).text == "a good page"
        assert session.render(2, 1.0).width == 612
        try:
            b"".join(session.annotated([MarkToWrite(2, "note", "#FAE96A", [])]))
        except UserError:
            return


@pytest.mark.parametrize("where", ["page", "form", "twice packed"])
def test_a_bomb_is_known_before_it_goes_off(
    workers: PdfWorkers, tmp_path: Path, where: str
) -> None:
    """Content that unpacks to more than any page has is refused, not read until time is up; no
    worker dies of it."""
    bomb = packed(1 << 28)
    flate = b"/Filter/FlateDecode"
    content, more = stream(bomb, flate), []
    if where == "form":
        content, more = b"/X Do", [stream(bomb, FORM + flate)]
    elif where == "twice packed":
        content = stream(zlib.compress(bomb, 9), b"/Filter[/FlateDecode/FlateDecode]")
    path = tmp_path / "bomb.pdf"
    path.write_bytes(before_a_good_page(content, resources=b"/XObject<</X 8 0 R>>", more=more))
    with workers.open(PlainFile(path)) as session:
        with pytest.raises(WorkerFailed) as failure:
            session.render(1, 1.0)
        assert failure.value.reason == "size"
        states = [page.state for page in session.extract(1, 2)]
        assert states == [PageState.UNDRAWABLE, PageState.TEXT]


def test_a_page_that_eats_all_memory(workers: PdfWorkers, tmp_path: Path) -> None:
    """Groups in groups, each a sheet of pixels of its own: the worker runs into its limit, says so
    and is replaced; the page is still there at a smaller size, and so is the next one."""
    group = b"/Group<</S/Transparency>>"
    mixed = b"/ExtGState<</G<</ca .5>>>>"
    forms = [
        stream(
            b"/G gs 0 0 612 792 re f /X Do",
            FORM + group + b"/Resources<<%s/XObject<</X %d 0 R>>>>" % (mixed, 9 + at),
        )
        for at in range(40)
    ]
    forms.append(stream(b"0 0 9 9 re f", FORM + group))
    path = tmp_path / "groups.pdf"
    path.write_bytes(
        before_a_good_page(b"/G gs /X Do", resources=mixed + b"/XObject<</X 8 0 R>>", more=forms)
    )
    with workers.open(PlainFile(path)) as session:
        with pytest.raises(WorkerFailed) as failure:
            session.render(1, 4.0)
        assert failure.value.reason == "memory"
        assert session.render(1, 0.2).width == 123
        assert session.text(2).text == "a good page"
