"""The colours of a page and of what lies on it, in one place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtGui import QColor, QPainter

from casefile.domain import night
from casefile.domain.annotations import COLOURS, INKS


@dataclass(frozen=True, slots=True)
class PageColours:
    """``fills`` are mixed with the page in the way of ``mixing``, so that ink under them stays ink;
    ``lines`` are drawn on it; both by a mark's colour. ``ink`` is what letters are written in,
    ``signal`` what the reader has chosen, ``edge`` what the sheet ends with."""

    paper: QColor
    edge: QColor
    ink: QColor
    selection: QColor
    hit: QColor
    signal: QColor
    fills: Mapping[str, QColor]
    lines: Mapping[str, QColor]
    mixing: QPainter.CompositionMode = QPainter.CompositionMode.CompositionMode_Multiply

    def fill(self, colour: str) -> QColor:
        return self.fills.get(colour) or next(iter(self.fills.values()))

    def line(self, colour: str) -> QColor:
        return self.lines.get(colour) or next(iter(self.lines.values()))


#: Paper is white in every theme, so what lies on it does not change with the theme.
DAY = PageColours(
    paper=QColor("#FFFFFF"),
    edge=QColor(0, 0, 0, 26),
    ink=QColor("#1D1C1A"),
    selection=QColor("#B9D4F4"),
    hit=QColor("#4A0A2E"),
    signal=QColor("#1B5FA6"),
    fills={name: QColor(code) for name, code in COLOURS.items()},
    lines={name: QColor(code) for name, code in INKS.items()},
)
#: What is written on a night page is light, so fills are mixed in by whichever is lighter. Lines
#: are as light as highlights are by day.
NIGHT = PageColours(
    paper=QColor(night.PAPER),
    edge=QColor("#4A4945"),
    ink=QColor(night.INK),
    selection=QColor("#294361"),
    hit=QColor("#FFD1EA"),
    signal=QColor("#8DBBF2"),
    fills={
        name: QColor(code)
        for name, code in zip(
            COLOURS,
            ("#5A5A03", "#462B07", "#744063", "#460E6E", "#064FB3", "#26543A"),
            strict=True,
        )
    },
    lines={name: QColor(code) for name, code in COLOURS.items()},
    mixing=QPainter.CompositionMode.CompositionMode_Lighten,
)
