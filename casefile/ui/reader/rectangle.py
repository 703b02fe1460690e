"""The text within a rectangle of a page: a column of a table, one of two columns. No Qt.

What stands on one level is one row, in the direction in which its lines read; rows keep their line
ends, so that a column of figures stays one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from casefile.domain.geometry import Box, Quad
from casefile.pdf.quads import join
from casefile.services.running_text import CONTEXT
from casefile.ui.reader.selection import Caret, Passage, TextMap


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of a line; ``across`` is where its row lies, ``along`` where in the row."""

    line: int
    start: int
    end: int
    quad: Quad
    across: float
    height: float
    along: float


def ends_in(text: TextMap, box: Box) -> tuple[Caret, Caret] | None:
    """The first and the last caret, in reading order, of what lies in ``box``."""
    parts = _parts(text, box)
    if not parts:
        return None
    first = min(parts, key=lambda part: (part.line, part.start))
    last = max(parts, key=lambda part: (part.line, part.end))
    return Caret(text.page, first.line, first.start), Caret(text.page, last.line, last.end)


def passage_in(text: TextMap, box: Box) -> Passage | None:
    """What lies in ``box`` (in points of the page), by the middles of the characters."""
    ends, parts = ends_in(text, box), _parts(text, box)
    if ends is None:
        return None
    rows: list[list[_Part]] = []
    for part in sorted(parts, key=lambda part: (part.across, part.along)):
        if rows and abs(part.across - rows[-1][0].across) < part.height / 2:
            rows[-1].append(part)
        else:
            rows.append([part])
    written = [
        " ".join(
            text.lines[part.line].text[part.start : part.end].strip()
            for part in sorted(row, key=lambda part: part.along)
        )
        for row in rows
    ]
    words = "\n".join(line for line in written if line)
    if not words:
        return None
    before, after = text.passage(text.start, ends[0]), text.passage(ends[1], text.end)
    return Passage(
        text.page,
        words,
        tuple(part.quad for row in rows for part in row),
        before.text[-CONTEXT:] if before is not None else "",
        after.text[:CONTEXT] if after is not None else "",
    )


def _parts(text: TextMap, box: Box) -> list[_Part]:
    """Of each line, from its first character in the box to its last one."""
    parts = []
    for number, line in enumerate(text.lines):
        inside = [at for at, quad in enumerate(line.quads) if box.contains(*_middle(quad))]
        while inside and line.text[inside[0]].isspace():
            inside.pop(0)
        while inside and line.text[inside[-1]].isspace():
            inside.pop()
        if inside:
            start, end = inside[0], inside[-1] + 1
            parts.append(_part(number, start, end, line.quads[start:end]))
    return parts


def _part(line: int, start: int, end: int, quads: Sequence[Quad]) -> _Part:
    """Rows and what stands in them run along the line's own directions."""
    quad = join(quads)
    along = quad.ur_x - quad.ul_x, quad.ur_y - quad.ul_y
    length = (along[0] ** 2 + along[1] ** 2) ** 0.5 or 1.0
    unit = along[0] / length, along[1] / length
    x, y = _middle(quad)
    (ax, ay), (bx, by) = _middle(quads[0]), _middle(quads[-1])
    onwards = -1 if (bx - ax) * unit[0] + (by - ay) * unit[1] < 0 else 1  # from right to left
    height = ((quad.ll_x - quad.ul_x) ** 2 + (quad.ll_y - quad.ul_y) ** 2) ** 0.5
    return _Part(
        line,
        start,
        end,
        quad,
        y * unit[0] - x * unit[1],
        height,
        onwards * (x * unit[0] + y * unit[1]),
    )


def _middle(quad: Quad) -> tuple[float, float]:
    n = quad.numbers()
    return (n[0] + n[2] + n[4] + n[6]) / 4, (n[1] + n[3] + n[5] + n[7]) / 4
