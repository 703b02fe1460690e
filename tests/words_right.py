"""How much of a known text was read: words compared without order, case and accents kept.

Without order, because a page in columns can be transcribed in more than one.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

#: The scans of the corpus whose words are known: file, transcription.
KNOWN = {
    "letter": (
        "ocr/hand-transcribed/cia-glomar-F-2021-02366-p1.pdf",
        "ocr/hand-transcribed/cia-glomar-F-2021-02366-p1.truth.txt",
    ),
    "teletype": (
        "ocr/hand-transcribed/fbi-nitel-DOCID-32989794-p6.pdf",
        "ocr/hand-transcribed/fbi-nitel-DOCID-32989794-p6.truth.txt",
    ),
    "dithered columns": (
        "ocr/synthetic-scan/federal-register-2020-17221.multipage-g4.tif",
        "ocr/synthetic-scan/federal-register-2020-17221.truth.txt",
    ),
    "clean print": ("ocr/tesseract-test/phototest.tif", "ocr/tesseract-test/phototest.gold.txt"),
}
_ALIKE = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "•": " "}
)  # fmt: skip


def words(text: str) -> list[str]:
    """Words without the marks around them."""
    bare = (word.strip(".,;:()[]\"'*") for word in text.translate(_ALIKE).split())
    return [word for word in bare if word]


def share_right(found: str, truth: str) -> float:
    """The share (0 to 1) of the words of ``truth`` that are among those of ``found``."""
    known = Counter(words(truth))
    return sum((Counter(words(found)) & known).values()) / max(1, sum(known.values()))


def truth(corpus: Path, name: str) -> str:
    return (corpus / KNOWN[name][1]).read_text("utf-8")
