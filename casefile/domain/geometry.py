"""Positions on a page.

One space everywhere: the page as it is shown (CropBox applied, rotated), origin at the top left,
units of 1/72 inch after UserUnit.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from casefile.domain.errors import UserError

#: No page that PDF allows is larger: 14,400 units times a UserUnit of 75 (ISO 32000-2, annex C).
LARGEST_COORDINATE = 1_080_000.0


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle; ``x0 <= x1`` and ``y0 <= y1``."""

    x0: float
    y0: float
    x1: float
    y1: float

    @classmethod
    def parse(cls, text: str) -> Box:
        """Read ``x0,y0,x1,y1``, corners in any order. Raises ``UserError("box.invalid")``."""
        try:
            numbers = [float(part) for part in text.split(",")]
        except ValueError:
            raise UserError("box.invalid", box=text) from None
        if len(numbers) != 4 or not all(map(is_coordinate, numbers)):
            raise UserError("box.invalid", box=text)
        return cls.spanning(numbers[0], numbers[1], numbers[2], numbers[3])

    @classmethod
    def spanning(cls, xa: float, ya: float, xb: float, yb: float) -> Box:
        return cls(min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb))

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    def quad(self) -> Quad:
        return Quad(self.x0, self.y0, self.x1, self.y0, self.x0, self.y1, self.x1, self.y1)

    def contains(self, x: float, y: float) -> bool:
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1

    def intersects(self, other: Box) -> bool:
        return (
            self.x0 < other.x1 and other.x0 < self.x1 and self.y0 < other.y1 and other.y0 < self.y1
        )


@dataclass(frozen=True, slots=True)
class Quad:
    """Four corners, as PDF's QuadPoints are used in practice: upper left, upper right, lower left,
    lower right, seen along the text (so a quad over rotated text is rotated with it)."""

    ul_x: float
    ul_y: float
    ur_x: float
    ur_y: float
    ll_x: float
    ll_y: float
    lr_x: float
    lr_y: float

    @classmethod
    def of(cls, numbers: Sequence[float]) -> Quad:
        """Eight finite numbers within any page PDF allows. Raises ``ValueError`` otherwise."""
        if len(numbers) != 8 or not all(map(is_coordinate, numbers)):
            raise ValueError("a quad is eight finite coordinates")
        return cls(*(float(number) for number in numbers))

    def numbers(self) -> tuple[float, ...]:
        return (
            self.ul_x, self.ul_y, self.ur_x, self.ur_y,
            self.ll_x, self.ll_y, self.lr_x, self.lr_y,
        )  # fmt: skip

    @property
    def box(self) -> Box:
        xs = self.ul_x, self.ur_x, self.ll_x, self.lr_x
        ys = self.ul_y, self.ur_y, self.ll_y, self.lr_y
        return Box(min(xs), min(ys), max(xs), max(ys))


def is_coordinate(number: object) -> bool:
    """A finite number that can lie on (or a little off) a page."""
    return (
        isinstance(number, (int, float))
        and not isinstance(number, bool)
        and math.isfinite(number)
        and abs(number) <= LARGEST_COORDINATE
    )


def bounds(quads: Iterable[Quad]) -> Box:
    """The smallest box around all quads. Raises ``ValueError`` when there are none."""
    boxes = [quad.box for quad in quads]
    return Box(
        min(box.x0 for box in boxes),
        min(box.y0 for box in boxes),
        max(box.x1 for box in boxes),
        max(box.y1 for box in boxes),
    )


def sort_key(page: int, quads: Sequence[Quad]) -> str:
    """Reading position as text that sorts: page, top, left, each zero-padded."""
    if not quads:
        return f"{page:07d}|0000000|0000000"
    box = bounds(quads)
    return f"{page:07d}|{max(0, int(box.y0)):07d}|{max(0, int(box.x0)):07d}"
