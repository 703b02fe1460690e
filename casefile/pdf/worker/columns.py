"""Columns of prose that were written across the page, line by line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from casefile.pdf.worker.pieces import Piece, parallel

#: Rows that a section of columns has at least, and letters in a line of one.
LEAST_ROWS, LEAST_LETTERS = 5, 16


def in_columns(pieces: list[Piece]) -> list[Piece]:
    """Columns of prose that were written across the page, each in one go. What looks like a table
    (short cells, ragged widths, figures) stays in rows."""
    if len(pieces) < 2 * LEAST_ROWS:
        return pieces
    rows = _rows(pieces)
    block = max(piece.block for piece in pieces) + 1
    made: list[Piece] = []
    at = 0
    while at < len(rows):
        end = _section(rows, at)
        if end - at < LEAST_ROWS or not _is_prose(rows[at:end]):
            made += rows[at]
            at += 1
            continue
        for column in zip(*rows[at:end], strict=True):
            made += [replace(piece, block=block) for piece in column]
            block += 1
        at = end
    return made


def _rows(pieces: list[Piece]) -> list[list[Piece]]:
    """Runs of pieces that lie beside each other, each right of the one before."""
    rows: list[list[Piece]] = []
    for piece in pieces:
        last = rows[-1][-1] if rows else None
        if (
            last is not None
            and abs(piece.direction[0] - 1) < 0.01
            and parallel(last, piece)
            and piece.along()[0] > last.along()[1]
        ):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return rows


def _section(rows: list[list[Piece]], start: int) -> int:
    """The end of the rows from ``start`` on that have the same columns."""
    count = len(rows[start])
    end = start + 1
    if not 2 <= count <= 4:
        return end
    reach = [piece.along() for piece in rows[start]]
    while end < len(rows) and len(rows[end]) == count:
        wider = [
            (min(left, found[0]), max(right, found[1]))
            for (left, right), found in zip(reach, (p.along() for p in rows[end]), strict=True)
        ]
        height = rows[end][0].across()
        step = height[0] - rows[end - 1][0].across()[0]
        size = height[1] - height[0]
        gutters = (right[0] - left[1] for left, right in pairwise(wider))
        if not 0 < step <= 2.5 * size or min(gutters) < 0.4 * size:
            break
        reach = wider
        end += 1
    return end


def _is_prose(rows: list[list[Piece]]) -> bool:
    """Whether every column is long lines of words that fill their width."""
    for column in zip(*rows, strict=True):
        words = [piece.text().strip() for piece in column]
        if sum(map(len, words)) < LEAST_LETTERS * len(words):
            return False
        if not _is_wordy("".join(words)):
            return False
        widths = [piece.along()[1] - piece.along()[0] for piece in column]
        if sum(width > 0.75 * max(widths) for width in widths) < 0.7 * len(widths):
            return False
    return True


def _is_wordy(text: str) -> bool:
    """Whether hardly anything but words stands in it: no table of figures."""
    return sum(c.isalpha() or c.isspace() for c in text) >= 0.8 * len(text)


def may_be_columns(blocks: Sequence[Sequence[object]]) -> bool:
    """Whether blocks (left, top, right, bottom, text) are worth a closer look: lines too close for
    their number of letters, or one block beside the other again and again."""
    beside = 0
    before: tuple[float, float, float, float] | None = None
    for left, top, right, bottom, text, *_ in blocks:
        box = (float(left), float(top), float(right), float(bottom))  # type: ignore[arg-type]
        count = str(text).count("\n") or 1
        letters = len(str(text)) / count
        if letters < LEAST_LETTERS:
            before = None
            continue
        # A letter is about half as wide as a line is high: twice that for lines half as long.
        high = 2 * (box[2] - box[0]) / letters
        close = count >= 2 * LEAST_ROWS and (box[3] - box[1]) / count < 0.7 * high
        if close and _is_wordy(str(text)):
            return True
        if before is not None and before[2] < box[0]:
            shared = min(before[3], box[3]) - max(before[1], box[1])
            beside += shared > 0.6 * min(before[3] - before[1], box[3] - box[1])
        before = box
    return beside >= LEAST_ROWS
