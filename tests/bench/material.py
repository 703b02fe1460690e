"""PDFs to measure with: made anew each time, the same for us and for the peer."""

from __future__ import annotations

import random
import zlib
from pathlib import Path

import pymupdf

_SYLLABLES = (
    "ba",
    "co",
    "de",
    "fi",
    "gra",
    "ha",
    "in",
    "ju",
    "ka",
    "lo",
    "men",
    "nor",
    "op",
    "pre",
)


def vocabulary(size: int = 5_000, seed: int = 7) -> list[str]:
    """Made-up words, the common ones first."""
    rng = random.Random(seed)
    words: dict[str, None] = {}
    while len(words) < size:
        words["".join(rng.choices(_SYLLABLES, k=rng.randint(1, 4)))] = None
    return list(words)


def prose(rng: random.Random, words: list[str], count: int) -> str:
    """``count`` words, drawn as language draws them (Zipf)."""
    weights = [1 / rank for rank in range(1, len(words) + 1)]
    return " ".join(rng.choices(words, weights, k=count))


def text_release(path: Path, pages: int, seed: int = 1, words_per_page: int = 350) -> Path:
    """A release of ``pages`` pages of text with a Bates number on each."""
    rng, words = random.Random(seed), vocabulary()
    document = pymupdf.open()
    for number in range(1, pages + 1):
        page = document.new_page(width=612, height=792)
        page.insert_textbox((72, 60, 540, 730), prose(rng, words, words_per_page), fontsize=9)
        page.insert_text((450, 770), f"BENCH-{seed:02d}-{number:06d}", fontsize=9)
    document.save(path, deflate=True)
    document.close()
    return path


def long_release(path: Path, pages: int = 5_000, megabytes: int = 50) -> Path:
    """A release of ``pages`` pages and about ``megabytes`` MB: a letter's worth of text on each, a
    chapter every 50 pages, roman numbers on the first ten. It is written object by object: with
    a library this takes minutes."""
    rng, words = random.Random(5), vocabulary()
    ballast = max(0, megabytes * 1_000_000 // pages - 1_400)
    chapters = range(0, pages, 50)
    first_page, first_chapter = 6, 6 + 3 * pages
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/Outlines 5 0 R/PageLabels<</Nums[0<</S/r>>10<</S/D>>]>>>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>"
        % (pages, b" ".join(b"%d 0 R" % (first_page + 3 * n) for n in range(pages))),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        b"<</Font<</F 3 0 R>>>>",
        b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>"
        % (first_chapter, first_chapter + len(chapters) - 1, len(chapters)),
    ]
    for number in range(pages):
        at = first_page + 3 * number
        objects += [
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources 4 0 R/Contents %d 0 R"
            b"/PieceInfo<</Bench<</Private %d 0 R>>>>>>" % (at + 1, at + 2),
            _stream(zlib.compress(_typed(rng, words, number + 1)), deflated=True),
            _stream(rng.randbytes(ballast), deflated=False),
        ]
    for at, page in enumerate(chapters):
        here = first_chapter + at
        beside = b"/Next %d 0 R" % (here + 1) if at + 1 < len(chapters) else b""
        beside += b"/Prev %d 0 R" % (here - 1) if at else b""
        objects.append(
            b"<</Title(Chapter %d)/Parent 5 0 R/Dest[%d 0 R/Fit]%s>>"
            % (at + 1, first_page + 3 * page, beside)
        )
    _write(path, objects)
    return path


def _typed(rng: random.Random, words: list[str], number: int) -> bytes:
    """The content of a page: 45 lines of eight words, and its number at the foot."""
    drawn = prose(rng, words, 8 * 45).split()
    text = " ' ".join(f"({' '.join(drawn[n : n + 8])})" for n in range(0, len(drawn), 8))
    return (
        f"BT /F 10 Tf 15 TL 72 740 Td {text} ' ET BT /F 9 Tf 450 30 Td (BENCH-{number:06d}) Tj ET"
    ).encode()


def _stream(data: bytes, *, deflated: bool) -> bytes:
    flate = b"/Filter/FlateDecode" if deflated else b""
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(data), flate, data)


def _write(path: Path, objects: list[bytes]) -> None:
    """A PDF of ``objects``, numbered from 1; the first is the catalogue."""
    with path.open("wb") as file:
        file.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        offsets = []
        for number, body in enumerate(objects, 1):
            offsets.append(file.tell())
            file.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
        start = file.tell()
        file.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
        file.writelines(b"%010d 00000 n \n" % offset for offset in offsets)
        file.write(
            b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
            % (len(objects) + 1, start)
        )
