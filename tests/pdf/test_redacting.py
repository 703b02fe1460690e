"""Redactions in a copy: gone from text, pictures and drawings, and from everything around them."""

from __future__ import annotations

import json
from pathlib import Path

import pymupdf
import pytest

from casefile.domain.errors import UserError
from casefile.domain.geometry import Box, Quad
from casefile.pdf.values import MarkToWrite, PlainFile
from casefile.pdf.workers import PdfWorkers
from tests.pdf import making
from tests.pdf.looking import places_of

#: Around "Secret" in ``WORDS``, in the page's shown space.
PLACE = Box(60, 76, 300, 104).quad()
WORDS = b"BT /F 12 Tf 72 700 Td (Secret) Tj ET BT /F 12 Tf 72 500 Td (open) Tj ET"


def redacted(
    workers: PdfWorkers, folder: Path, data: bytes, quads: list[Quad] | None = None, page: int = 1
) -> bytes:
    path = folder / "a.pdf"
    path.write_bytes(data)
    mark = MarkToWrite(page, "redaction", "#FAE96A", [PLACE] if quads is None else quads)
    with workers.open(PlainFile(path)) as session:
        return b"".join(session.annotated([mark]))


def everything(data: bytes) -> bytes:
    """All objects and streams of a file, unpacked."""
    with pymupdf.open(stream=data, filetype="pdf") as copy:
        whole: bytes = copy.tobytes(expand=255, deflate=False, ascii=True)
        strings = " ".join(copy.xref_object(n) for n in range(1, copy.xref_length()))
    return whole + strings.encode("utf-8", "replace")


def look(data: bytes, page: int = 0) -> pymupdf.Page:
    return pymupdf.open(stream=data, filetype="pdf")[page]


FORM = b"<</Type/XObject/Subtype/Form/BBox[0 0 612 792]%s/Resources<</Font<</F 5 0 R>>>>"
LAYERS = b"/OCProperties<</OCGs[6 0 R]/D<</OFF[6 0 R]>>>>"
MASK = FORM % b"/Group<</S/Transparency/CS/DeviceGray>>"
TILES = (
    b"<</Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 612 792]/XStep 612/YStep 792"
)
PAGES = {
    "text": making.one_page(WORDS),
    "invisible text": making.one_page(b"3 Tr " + WORDS),
    "text for reading aloud": making.one_page(
        b"/Span <</ActualText(Secret)>> BDC BT /F 12 Tf 72 700 Td (Sxx) Tj ET EMC"
    ),
    "text for reading aloud, elsewhere": making.one_page(
        b"/Span /P BDC BT /F 12 Tf 72 700 Td (Sxx) Tj ET EMC",
        resources=b"/Properties<</P<</ActualText(Secret)>>>>",
    ),
    "a form": making.one_page(
        b"/X Do", resources=b"/XObject<</X 6 0 R>>", more=[making.stream(WORDS, (FORM % b"")[2:])]
    ),
    "a form that is not used": making.one_page(
        WORDS, resources=b"/XObject<</X 6 0 R>>", more=[making.stream(WORDS, (FORM % b"")[2:])]
    ),
    "a pattern": making.one_page(
        b"/Pattern cs /P scn 0 0 612 792 re f",
        resources=b"/Pattern<</P 6 0 R>>",
        more=[making.stream(WORDS, TILES[2:] + b"/Resources<</Font<</F 5 0 R>>>>")],
    ),
    "a soft mask": making.one_page(
        b"/G gs 0 0 612 792 re f",
        resources=b"/ExtGState<</G<</SMask<</S/Luminosity/G 6 0 R>>>>>>",
        more=[making.stream(b"1 g " + WORDS, MASK[2:])],
    ),
    "a hidden layer": making.one_page(
        b"/OC /O BDC " + WORDS + b" EMC",
        resources=b"/Properties<</O 6 0 R>>",
        catalog=LAYERS,
        more=[b"<</Type/OCG/Name(x)>>"],
    ),
    "the outline": making.one_page(
        WORDS,
        catalog=b"/Outlines 6 0 R",
        more=[
            b"<</First 7 0 R/Last 7 0 R/Count 1>>",
            b"<</Title(The Secret place)/Parent 6 0 R/Dest[3 0 R/Fit]>>",
        ],
    ),
    "metadata": making.one_page(
        WORDS,
        catalog=b"/Metadata 6 0 R/Names<</EmbeddedFiles<</Names[(s)7 0 R]>>>>/MarkInfo<<>>"
        b"/StructTreeRoot 9 0 R",
        more=[
            making.stream(b"<x>Secret</x>", b"/Type/Metadata/Subtype/XML"),
            b"<</Type/Filespec/F(Secret.txt)/EF<</F 8 0 R>>>>",
            making.stream(b"Secret"),
            b"<</Type/StructTreeRoot/K<</S/P/Alt(Secret)/Pg 3 0 R>>>>",
        ],
    ),
    "annotations": making.one_page(
        WORDS,
        page=b"/MediaBox[0 0 612 792]/Annots[6 0 R 7 0 R 8 0 R 9 0 R]",
        catalog=b"/AcroForm<</Fields[9 0 R]>>",
        more=[
            b"<</Subtype/Square/Rect[70 690 200 720]/Contents(Secret)/Popup 7 0 R>>",
            b"<</Subtype/Popup/Rect[400 100 500 200]/Parent 6 0 R/Contents(Secret)>>",
            b"<</Subtype/Link/Rect[70 690 200 720]/A<</S/URI/URI(http://x.test/Secret)>>>>",
            b"<</Subtype/Widget/FT/Tx/T(name)/V(Secret)/Rect[70 690 200 720]>>",
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_it_is_gone(workers: PdfWorkers, tmp_path: Path, name: str) -> None:
    assert b"Secret" in everything(PAGES[name])
    data = redacted(workers, tmp_path, PAGES[name])
    assert b"Secret" not in everything(data)
    page = look(data)
    covered = name in {"a pattern", "a soft mask"}  # one drawing over all of the page
    assert covered or ("open" in page.get_text()) == ("open" in look(PAGES[name]).get_text())
    assert list(page.annots()) == []
    black = page.get_pixmap(clip=pymupdf.Rect(62, 78, 298, 102), dpi=100)
    assert black.is_unicolor
    assert black.pixel(0, 0) == (0, 0, 0)


PICTURE = b"q 200 0 0 100 60 650 cm BI /W 4 /H 4 /CS /G /BPC 8 ID %s EI Q" % bytes(
    range(0, 160, 10)
)
DRAWN = b"2 w 50 640 m 100 800 200 600 400 720 c S 72 690 m 80 710 l S 0 0 612 30 re f"


@pytest.mark.parametrize("content", [PICTURE, DRAWN])
def test_pictures_and_drawings_are_gone(
    workers: PdfWorkers, tmp_path: Path, content: bytes
) -> None:
    data = redacted(workers, tmp_path, making.one_page(content))
    with pymupdf.open(stream=data, filetype="pdf") as copy:
        box = copy[0].get_contents()[-1]  # the black box: without it the place is seen empty
        copy.update_stream(box, b"Q")
        assert copy[0].get_pixmap(clip=pymupdf.Rect(62, 78, 298, 102), dpi=100).is_unicolor


def test_a_coloured_ground_stays(workers: PdfWorkers, tmp_path: Path) -> None:
    """A tint behind all of the page goes on; what is drawn on it and reaches into the place goes,
    also when a white box hid it."""
    ground = b".8 .9 1 rg 0 0 612 792 re f 0 g "
    data = redacted(workers, tmp_path, making.one_page(ground + WORDS))
    assert look(data).get_pixmap(dpi=36).pixel(5, 5)[0] == 204
    hidden = b"2 w 20 690 m 330 720 l S 1 g 40 660 300 80 re f 0 g "
    data = redacted(workers, tmp_path, making.one_page(ground + hidden + WORDS))
    assert b"330 720 l" not in everything(data)
    assert b"open" in everything(data)


def test_what_cannot_be_removed_is_refused(workers: PdfWorkers, tmp_path: Path) -> None:
    """A shading without a form that MuPDF could take out."""
    shading = (
        b"/Shading<</S<</ShadingType 2/ColorSpace/DeviceRGB/Coords[0 0 612 0]/Function"
        b"<</FunctionType 2/Domain[0 1]/C0[1 0 0]/C1[0 0 1]/N 1>>/Extend[true true]>>>>"
    )
    page = making.one_page(b"q 60 660 240 60 re W n /S sh Q", resources=shading)
    with pytest.raises(UserError) as refused:
        redacted(workers, tmp_path, page)
    assert (refused.value.code, refused.value.values) == ("redaction.failed", {"page": 1})


def test_what_the_reader_could_still_find_is_refused(workers: PdfWorkers, tmp_path: Path) -> None:
    """The redacted words once more in a comment of the file, on another page."""
    data = making.pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R 6 0 R]/Count 2>>",
            b"<</Parent 2 0 R/MediaBox 8 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
            making.stream(WORDS),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Annots[7 0 R]>>",
            b"<</Subtype/Text/Rect[9 9 30 30]/Contents(so says S\\351cret)>>",
            b"[0 0 612 792]",
        ]
    )
    with pytest.raises(UserError) as refused:
        redacted(workers, tmp_path, data)
    assert (refused.value.code, refused.value.values) == ("redaction.failed", {"page": 1})


def test_a_whole_page(workers: PdfWorkers, tmp_path: Path) -> None:
    data = redacted(workers, tmp_path, making.pages(["one\ntwo", "three", "four"]), [], page=2)
    texts = [look(data, at).get_text().split() for at in range(3)]
    assert texts == [["one", "two"], [], ["four"]]
    assert look(data, 1).get_pixmap(dpi=20).is_unicolor


def test_lines_beside_it_stay(workers: PdfWorkers, tmp_path: Path) -> None:
    path = tmp_path / "b.pdf"
    path.write_bytes(making.pages(["Line one is here\nLine two is here\nLine three is here"]))
    with workers.open(PlainFile(path)) as session:
        (hit,) = places_of(session, 1, "two")
    data = redacted(workers, tmp_path, path.read_bytes(), list(hit))
    words = " ".join(look(data).get_text().split())
    assert words == "Line one is here Line is here Line three is here"


def test_the_same_on_turned_and_cut_pages(workers: PdfWorkers, tmp_path: Path) -> None:
    path = tmp_path / "b.pdf"
    for rotation in (0, 90, 180, 270):
        page = b"/MediaBox[-50 -40 562 752]/CropBox[0 20 550 700]/UserUnit 1.5/Rotate %d" % rotation
        path.write_bytes(making.one_page(making.lines("The Secret is out", y=400), page=page))
        with workers.open(PlainFile(path)) as session:
            (hit,) = places_of(session, 1, "secret")
        data = redacted(workers, tmp_path, path.read_bytes(), list(hit))
        assert look(data).get_text().split() == ["The", "is", "out"], rotation
        (tmp_path / "c.pdf").write_bytes(data)
        with workers.open(PlainFile(tmp_path / "c.pdf")) as session:
            drawn = session.render(1, 2.0, hit[0].box)
        middle = drawn.height // 2 * drawn.stride + drawn.width // 2 * 3
        assert bytes(drawn.data[middle : middle + 3]) == b"\0\0\0", rotation


def test_the_same_marks_give_the_same_bytes(workers: PdfWorkers, tmp_path: Path) -> None:
    page = PAGES["annotations"]
    assert redacted(workers, tmp_path, page) == redacted(workers, tmp_path, page)


def test_boxes_that_hid_nothing_hide_now(workers: PdfWorkers, corpus: Path) -> None:
    """The badly redacted files of the corpus, redacted where their boxes are: what they meant to
    hide is nowhere in the copies."""
    truth = json.loads((corpus / "redaction/truth-dev.json").read_text("utf-8"))
    tried = 0
    for name, told in truth.items():
        boxes = [Box.spanning(*box).quad() for box in told.get("rects") or []]
        if not told["bad"] or not boxes or not name.startswith("redaction/"):
            continue
        with workers.open(PlainFile(corpus / name)) as session:
            data = b"".join(session.annotated([MarkToWrite(1, "redaction", "#FAE96A", boxes)]))
        words = everything(data)
        assert not [leak for leak in told["leaked"] if leak.encode() in words], name
        assert not look(data).get_text(clip=pymupdf.Rect(told["rects"][0])).strip(), name
        tried += 1
    assert tried >= 6


def test_a_signature_goes_with_what_it_signed(workers: PdfWorkers, corpus: Path) -> None:
    path = corpus / "releases/pdfplumber/federal-register-2020-17221.pdf"
    with workers.open(PlainFile(path)) as session:
        (hit,) = places_of(session, 8, "00000")
        data = b"".join(session.annotated([MarkToWrite(8, "redaction", "#FAE96A", list(hit))]))
    found = everything(data)
    assert b"/ByteRange" in path.read_bytes()
    assert b"/ByteRange" not in found
    assert b"00000" not in look(data, 7).get_text().encode()


def test_places_on_scans(workers: PdfWorkers, corpus: Path) -> None:
    """Whatever the pictures are packed with (JBIG2, CCITT, JPX, with and without OCR), the place
    is of one colour in the copy."""
    for name in (
        "releases/jfk/104-10165-10033.pdf",
        "releases/rooney-foia/OpenBSD/FBI_OpenBSD_response_OCRd.pdf",
        "releases/rooney-foia/DHS OPSEC@ Email/2021-HQFO-00060.pdf",
        "ocr/hand-transcribed/fbi-nitel-DOCID-32989794-p6.pdf",
    ):
        place = Box(120, 180, 330, 260)
        with workers.open(PlainFile(corpus / name)) as session:
            mark = MarkToWrite(1, "redaction", "#FAE96A", [place.quad()])
            data = b"".join(session.annotated([mark]))
        with pymupdf.open(stream=data, filetype="pdf") as copy:
            copy.update_stream(copy[0].get_contents()[-1], b"Q")
            inner = pymupdf.Rect(122, 182, 328, 258)
            assert copy[0].get_pixmap(clip=inner, dpi=150, annots=False).is_unicolor, name
            assert not copy[0].get_text(clip=inner).strip(), name
