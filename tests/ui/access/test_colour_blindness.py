"""Marks can be told apart by those who see fewer colours, by day and on night pages.

Distances are CIEDE2000, after Sharma, Wu, Dalal, "The CIEDE2000 Color-Difference Formula", Color
Research & Application 30(1), 2005.
"""

from __future__ import annotations

import itertools
from math import atan2, cos, degrees, exp, hypot, radians, sin, sqrt

import pytest
from PySide6.QtGui import QColor

from casefile.ui.reader.page_colours import DAY, NIGHT, PageColours
from tests.ui.shell.test_theme import BLINDNESS, seen

Lab = tuple[float, float, float]


def distance(first: Lab, second: Lab) -> float:
    """CIEDE2000 between two colours in L*a*b*."""
    mean = (hypot(*first[1:]) + hypot(*second[1:])) / 2
    stretch = 1 + 0.5 * (1 - sqrt(mean**7 / (mean**7 + 25**7)))
    (l1, c1, h1), (l2, c2, h2) = (
        (light, hypot(a * stretch, b), degrees(atan2(b, a * stretch)) % 360)
        for light, a, b in (first, second)
    )
    turn = 0.0 if not c1 * c2 else (h2 - h1 + 180) % 360 - 180
    hue = 2 * sqrt(c1 * c2) * sin(radians(turn / 2))
    middle = h1 + h2 if not c1 * c2 else (h1 + turn / 2) % 360
    light, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    t = (
        1
        - 0.17 * cos(radians(middle - 30))
        + 0.24 * cos(radians(2 * middle))
        + 0.32 * cos(radians(3 * middle + 6))
        - 0.20 * cos(radians(4 * middle - 63))
    )
    s_light = 1 + 0.015 * (light - 50) ** 2 / sqrt(20 + (light - 50) ** 2)
    s_chroma, s_hue = 1 + 0.045 * chroma, 1 + 0.015 * chroma * t
    bend = 2 * sqrt(chroma**7 / (chroma**7 + 25**7))
    rotation = -sin(radians(60 * exp(-(((middle - 275) / 25) ** 2)))) * bend
    parts = ((l2 - l1) / s_light, (c2 - c1) / s_chroma, hue / s_hue)
    return sqrt(sum(part**2 for part in parts) + rotation * parts[1] * parts[2])


def test_distances_are_those_of_the_paper() -> None:
    """The first, a middle and the last pair of its table 1."""
    pairs = (
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 2.5, 0), (58, 24, 15), 19.4535),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    )
    for first, second, wanted in pairs:
        assert distance(first, second) == pytest.approx(wanted, abs=1e-4)


@pytest.mark.parametrize("page", [DAY, NIGHT], ids=["day", "night"])
@pytest.mark.parametrize("kind", list(BLINDNESS))
def test_highlights_differ(kind: str, page: PageColours) -> None:
    shown = {name: seen(QColor(colour), kind) for name, colour in page.fills.items()}
    near = {
        f"{a} and {b}: {distance(shown[a], shown[b]):.1f}"
        for a, b in itertools.combinations(shown, 2)
        if distance(shown[a], shown[b]) < 10
    }
    assert near == set()
