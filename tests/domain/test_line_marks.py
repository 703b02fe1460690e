"""When marks on lines of text look like one."""

from __future__ import annotations

import math

import pytest

from casefile.domain.geometry import Box, Quad
from casefile.domain.line_marks import meet, united


def turned(quad: Quad, degrees: float) -> Quad:
    """The quad turned around the page's corner."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    numbers = quad.numbers()
    return Quad.of([
        round(part, 6)
        for x, y in zip(numbers[::2], numbers[1::2], strict=True)
        for part in (x * cos - y * sin, x * sin + y * cos)
    ])  # fmt: skip


FIRST, SECOND = Box(10, 10, 60, 22).quad(), Box(50, 10.5, 90, 22.5).quad()
APART, BELOW = Box(93, 10, 120, 22).quad(), Box(10, 21, 60, 33).quad()


@pytest.mark.parametrize("degrees", [0, 90, 180, 270, 33])
def test_what_touches_is_one_at_any_angle(degrees: float) -> None:
    first, second, apart, below = (turned(q, degrees) for q in (FIRST, SECOND, APART, BELOW))
    assert meet(first, second)
    assert not meet(second, apart)
    assert not meet(first, below), "another line, though ascenders reach into it"
    one, other, line = united([first, apart, below, second])
    assert (other, line) == (apart, below)
    assert one.numbers() == pytest.approx(turned(Box(10, 10, 90, 22.5).quad(), degrees).numbers())


def test_lines_that_cross_do_not_touch_and_points_have_no_line() -> None:
    assert not meet(FIRST, turned(FIRST, 45))
    point = Box(20, 15, 20, 15).quad()
    assert united([FIRST, point]) == (FIRST,)
