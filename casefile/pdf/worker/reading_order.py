"""Puts lines as MuPDF finds them into the order in which somebody reads them.

MuPDF follows the content of the page: right for nearly every file that was typed. Mended is what it
leaves in pieces or turned round: text written downwards, which comes as one line for each
character; Arabic and Hebrew (``bidi``); lines of Indic scripts, cut where a vowel sign stands
before its letter; columns of prose written across the page (``columns``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from casefile.pdf.worker.bidi import RIGHT_TO_LEFT, right_to_left
from casefile.pdf.worker.columns import in_columns
from casefile.pdf.worker.pieces import Piece, follows, put_together

#: Scripts with signs that are written before the letter they follow.
REORDERED = re.compile("[\u0900-\u0dff\u1000-\u109f\u1780-\u17ff]")
_IDEOGRAPHIC = "[\u2e80-\u9fff\uf900-\ufaff\ufe10-\ufe1f\ufe30-\ufe4f\uff00-\uffef]"
#: What text written downwards looks like before it is put together.
DOWNWARDS = re.compile(f"(?:^|\n){_IDEOGRAPHIC}\n{_IDEOGRAPHIC}\n")


def ordered(pieces: Sequence[Piece]) -> list[Piece]:
    """The same characters as lines in reading order."""
    found = [piece for piece in pieces if piece.quads]
    if any(piece.downwards for piece in found):
        found = _joined_downwards(found)
    words = "".join(piece.text() for piece in found)
    if RIGHT_TO_LEFT.search(words):
        found = right_to_left(found)
    if REORDERED.search(words):
        found = _joined_signs(found)
    return in_columns(found)


def _joined_downwards(pieces: list[Piece]) -> list[Piece]:
    made: list[Piece] = []
    for piece in pieces:
        last = made[-1] if made else None
        if last is not None and piece.downwards and follows(last, piece, -0.3, 0.8):
            made[-1] = put_together([last, piece])
        else:
            made.append(piece)
    return made


def _joined_signs(pieces: list[Piece]) -> list[Piece]:
    made: list[Piece] = []
    for piece in pieces:
        last = made[-1] if made else None
        if (
            last is not None
            and REORDERED.search(last.text() + piece.text())
            and follows(last, piece, -1.0, 0.2)
        ):
            made[-1] = put_together([last, piece])
        else:
            made.append(piece)
    return made
