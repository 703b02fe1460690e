"""PDFs to measure with: made anew each time, the same for us and for the peer."""

from __future__ import annotations

import random
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


def heavy_release(path: Path, pages: int = 500, megabytes: int = 50) -> Path:
    """A release of ``pages`` pages and about ``megabytes`` MB: text over a noisy scan."""
    rng = random.Random(3)
    document = pymupdf.open()
    words = vocabulary()
    each = megabytes * 1_000_000 // pages
    for _ in range(pages):
        page = document.new_page(width=612, height=792)
        xref = document.get_new_xref()
        document.update_object(xref, "<< /Type /Metadata /Subtype /XML >>")
        document.update_stream(xref, rng.randbytes(each), compress=False)
        document.xref_set_key(page.xref, "PieceInfo", f"<< /Bench << /Private {xref} 0 R >> >>")
        page.insert_textbox((72, 60, 540, 730), prose(rng, words, 350), fontsize=9)
    document.save(path)
    document.close()
    return path
