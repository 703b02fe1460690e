"""PDFs written byte by byte for the tests: no PDF library is needed on this side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def pdf(objects: Sequence[bytes], *, root: int = 1, extra: bytes = b"") -> bytes:
    """A file of numbered objects with a correct cross-reference table."""
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root %d 0 R%s>>\n" % (len(objects) + 1, root, extra)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def stream(content: bytes, dictionary: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n" % (dictionary, len(content)) + content + b"\nendstream"


def one_page(
    content: bytes,
    *,
    page: bytes = b"/MediaBox[0 0 612 792]",
    resources: bytes = b"",
    catalog: bytes = b"",
    more: Sequence[bytes] = (),
) -> bytes:
    """One page in Helvetica (``/F``); ``more`` objects count from 6."""
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R%s/Contents 4 0 R/Resources<</Font<</F 5 0 R>>%s>>>>"
            % (page, resources),
            stream(content),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
            *more,
        ]
    )


def spelled(rows: Sequence[str], *, size: int = 20, x: int = 100, y: int = 700) -> bytes:
    """One page in a font that draws any letters as Helvetica's, each row from left to right as it
    stands in ``rows``, and says in its ToUnicode map which letters they are."""
    letters = sorted(set("".join(rows)))
    codes = {letter: at for at, letter in enumerate(letters, start=33)}
    mapped = b"".join(
        b"<%02x> <%s>\n" % (code, letter.encode("utf-16-be").hex().encode())
        for letter, code in codes.items()
    )
    names = b"/CMapName/X def 1 begincodespacerange <00> <ff> endcodespacerange "
    cmap = b"begincmap %s%d beginbfchar\n%sendbfchar endcmap" % (names, len(codes), mapped)
    content = b"BT /S %d Tf %d TL %d %d Td " % (size, 2 * size, x, y)
    content += b"".join(
        b"<%s> Tj T* " % bytes(codes[letter] for letter in row).hex().encode() for row in rows
    )
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 7 0 R>>"
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            (
                b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
                b"/Resources<</Font<</S 6 0 R>>>>>>"
            ),
            stream(content + b"ET"),
            b"null",
            font,
            stream(cmap),
        ]
    )


def downwards(columns: Sequence[str]) -> bytes:
    """One page of Japanese written downwards, the first column on the right."""
    content = b" ".join(
        b"BT /V 20 Tf %d 700 Td <%s> Tj ET"
        % (500 - 30 * at, words.encode("utf-16-be").hex().encode())
        for at, words in enumerate(columns)
    )
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            (
                b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
                b"/Resources<</Font<</V 5 0 R>>>>>>"
            ),
            stream(content),
            (
                b"<</Type/Font/Subtype/Type0/BaseFont/HeiseiMin-W3/Encoding/UniJIS-UCS2-V"
                b"/DescendantFonts[6 0 R]>>"
            ),
            (
                b"<</Type/Font/Subtype/CIDFontType0/BaseFont/HeiseiMin-W3/CIDSystemInfo"
                b"<</Registry(Adobe)/Ordering(Japan1)/Supplement 2>>/FontDescriptor 7 0 R>>"
            ),
            (
                b"<</Type/FontDescriptor/FontName/HeiseiMin-W3/Flags 6/FontBBox[-123 -257 1001 910]"
                b"/ItalicAngle 0/Ascent 709/Descent -241/CapHeight 709/StemV 69>>"
            ),
        ]
    )


def pages(texts: Sequence[str], *, catalog: bytes = b"") -> bytes:
    """One page for each text, a line for each of its lines."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * at) for at in range(len(texts)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(texts)),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for at, text in enumerate(texts):
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents %d 0 R"
            b"/Resources<</Font<</F 3 0 R>>>>>>" % (5 + 2 * at)
        )
        objects.append(stream(lines(text)))
    return pdf(objects)


def lines(text: str, *, x: int = 72, y: int = 700, size: int = 12) -> bytes:
    """Content that writes lines of text downwards."""
    out = b"BT /F %d Tf %d TL %d %d Td " % (size, size + 3, x, y)
    for line in text.split("\n"):
        escaped = line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        out += b"(" + escaped.encode("cp1252") + b") Tj T* "
    return out + b"ET"


def tiff(frames: Sequence[tuple[int, int]], shades: Mapping[int, int] | None = None) -> bytes:
    """An uncompressed grey TIFF of several pages, each of one shade."""
    out = bytearray(b"II*\0\0\0\0\0")
    link = 4
    for at, (width, height) in enumerate(frames):
        data = bytes([(shades or {}).get(at, 128)]) * (width * height)
        offset = len(out)
        out += data + b"\0" * (len(data) % 2)
        directory = len(out)
        out[link : link + 4] = directory.to_bytes(4, "little")
        entries = [
            (256, 3, width), (257, 3, height), (258, 3, 8), (259, 3, 1), (262, 3, 1),
            (273, 4, offset), (277, 3, 1), (278, 3, height), (279, 4, len(data)),
        ]  # fmt: skip
        out += len(entries).to_bytes(2, "little")
        for tag, kind, value in entries:
            out += tag.to_bytes(2, "little") + kind.to_bytes(2, "little")
            out += (1).to_bytes(4, "little") + value.to_bytes(4, "little")
        link = len(out)
        out += b"\0\0\0\0"
    return bytes(out)
