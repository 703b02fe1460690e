"""When two marks on lines of text look like one, and the places of both together.

Everything is reckoned along the line that a quad lies on, so that rotated text is no special case.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from casefile.domain.geometry import Quad

#: Ends this close (1/72 inch) touch: less than the blank between two words of any readable size.
TOUCHING = 0.6
#: Two quads are on one line if they share at least this part of the lower one's height.
_SHARED_HEIGHT = 0.5
#: Lines that run within about three degrees of each other run alike (a sine).
_ALIKE = 0.05


@dataclass(frozen=True, slots=True)
class _Line:
    """The direction of a quad's line and the direction across it, as unit vectors."""

    along: tuple[float, float]
    across: tuple[float, float]

    @classmethod
    def of(cls, quad: Quad) -> _Line | None:
        along = _unit(quad.ur_x - quad.ul_x, quad.ur_y - quad.ul_y)
        across = _unit(quad.ll_x - quad.ul_x, quad.ll_y - quad.ul_y)
        if along is None or across is None or abs(_cross(along, across)) < _ALIKE:
            return None
        return cls(along, across)

    def spans(self, quad: Quad) -> tuple[float, float, float, float]:
        """From where to where a quad reaches along the line, then across it."""
        numbers = quad.numbers()
        points = list(zip(numbers[::2], numbers[1::2], strict=True))
        along = [x * self.along[0] + y * self.along[1] for x, y in points]
        across = [x * self.across[0] + y * self.across[1] for x, y in points]
        return min(along), max(along), min(across), max(across)


def meet(first: Quad, second: Quad) -> bool:
    """Whether two quads stand on one line and overlap, or meet without a blank between them."""
    line, other = _Line.of(first), _Line.of(second)
    if line is None or other is None:
        return first.box.intersects(second.box)
    if abs(_cross(line.along, other.along)) > _ALIKE:
        return False
    start, end, top, bottom = line.spans(first)
    begin, stop, above, below = line.spans(second)
    shared = min(bottom, below) - max(top, above)
    lower = min(bottom - top, below - above)
    return shared >= lower * _SHARED_HEIGHT and max(start, begin) - min(end, stop) <= TOUCHING


def marks_touch(first: Sequence[Quad], second: Sequence[Quad]) -> bool:
    """Whether any two quads of two marks touch."""
    return any(meet(one, other) for one in first for other in second)


def united(quads: Sequence[Quad]) -> tuple[Quad, ...]:
    """The same places with every run of touching quads as one, in the order of first mention."""
    left = list(quads)
    out: list[Quad] = []
    while left:
        grown = left.pop(0)
        while True:
            near = [quad for quad in left if meet(grown, quad)]
            if not near:
                break
            left = [quad for quad in left if quad not in near]
            for quad in near:
                grown = _around(grown, quad)
        out.append(grown)
    return tuple(out)


def _around(first: Quad, second: Quad) -> Quad:
    """The smallest quad along the first one's line that holds both."""
    line = _Line.of(first) or _Line.of(second)
    if line is None or first == second:
        return first
    start, end, top, bottom = line.spans(first)
    begin, stop, above, below = line.spans(second)
    start, end, top, bottom = min(start, begin), max(end, stop), min(top, above), max(bottom, below)
    return Quad.of([
        number
        for down in (top, bottom)
        for far in (start, end)
        for number in _point(line, far, down)
    ])  # fmt: skip


def _point(line: _Line, far: float, down: float) -> tuple[float, float]:
    """The point that lies ``far`` along a line and ``down`` across it, also where the two are not
    quite at right angles."""
    (ax, ay), (bx, by) = line.along, line.across
    cross = _cross(line.along, line.across)
    return (far * by - down * ay) / cross, (down * ax - far * bx) / cross


def _cross(one: tuple[float, float], other: tuple[float, float]) -> float:
    return one[0] * other[1] - one[1] * other[0]


def _unit(x: float, y: float) -> tuple[float, float] | None:
    length = math.hypot(x, y)
    return (x / length, y / length) if length > 1e-9 else None
