"""Quads of characters joined into the quad of a stretch of a line."""

from __future__ import annotations

from collections.abc import Sequence

from casefile.domain.geometry import Quad


def join(quads: Sequence[Quad]) -> Quad:
    """One quad around characters of one line, turned as the line is.

    Works along the first character's baseline, so that text running right to left, upright or
    slanted gives the same tight quad. Raises ``ValueError`` when there are none."""
    if not quads:
        raise ValueError("nothing to join")
    first = next((quad for quad in quads if _length(quad) > 1e-6), None)
    if first is None:
        return quads[0]
    along_x, along_y = _unit(first.ur_x - first.ul_x, first.ur_y - first.ul_y)
    down_x, down_y = -along_y, along_x
    xs: list[float] = []
    ys: list[float] = []
    for quad in quads:
        n = quad.numbers()
        for x, y in zip(n[::2], n[1::2], strict=True):
            xs.append(x * along_x + y * along_y)
            ys.append(x * down_x + y * down_y)
    left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)

    def corner(along: float, down: float) -> tuple[float, float]:
        return along * along_x + down * down_x, along * along_y + down * down_y

    return Quad(
        *corner(left, top), *corner(right, top), *corner(left, bottom), *corner(right, bottom)
    )


def _length(quad: Quad) -> float:
    return abs(quad.ur_x - quad.ul_x) + abs(quad.ur_y - quad.ul_y)


def _unit(x: float, y: float) -> tuple[float, float]:
    length = (x * x + y * y) ** 0.5
    return x / length, y / length
