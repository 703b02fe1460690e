"""The colours, computed again from the tokens; the sizes; the focus ring."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QTabBar,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from casefile.domain.annotations import COLOURS
from casefile.ui import theme
from casefile.ui.focus_ring import FocusRings
from casefile.ui.theme import Look

TEXT, SHAPE = 4.5, 3.0
STATES = ("danger", "warning", "verified", "confidential")
#: Which colour is seen on which, and the contrast it needs (WCAG 2.2, 1.4.3 and 1.4.11).
PAIRS = [
    *((ink, ground, TEXT) for ink in ("text", "muted") for ground in ("window", "base", "raised")),
    *((ink, ground, TEXT) for ink in ("text", "muted") for ground in ("hover", "neutral_tint")),
    *((state, ground, TEXT) for state in STATES for ground in ("window", "base", "hover")),
    *((state, f"{state}_tint", TEXT) for state in STATES),
    *(("text", f"{state}_tint", TEXT) for state in STATES),
    *(("accent", ground, TEXT) for ground in ("window", "base")),
    *(("control", ground, SHAPE) for ground in ("window", "base", "raised")),
    ("accent", "selection", SHAPE),
    ("accent", "canvas", SHAPE),
    ("on_accent", "accent", TEXT),
    ("on_selection", "selection", TEXT),
    ("on_tooltip", "tooltip", TEXT),
    ("on_tooltip", "muted", SHAPE),
]


def luminance(colour: QColor) -> float:
    """Relative luminance as WCAG 2.2 defines it."""

    def linear(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(v) for v in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: QColor, second: QColor) -> float:
    bright, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
def test_every_pair_can_be_told_apart(name: str, ink: str, ground: str, least: float) -> None:
    tokens = theme.load(name)
    assert contrast(tokens[ink], tokens[ground]) >= least


@pytest.mark.parametrize("name", ["light", "dark"])
def test_high_contrast_draws_borders_in_the_colour_of_text(name: str) -> None:
    tokens = theme.with_high_contrast(theme.load(name))
    assert tokens["control"] == tokens["text"]
    assert tokens["danger_tint"] == tokens["base"]


def test_the_themes_name_the_same_colours() -> None:
    assert theme.load("light").colours.keys() == theme.load("dark").colours.keys()


def test_ink_can_be_read_on_every_highlight() -> None:
    for colour in COLOURS.values():
        assert contrast(QColor("black"), QColor(colour)) >= 8.6


#: What a person with each colour blindness sees: matrices for linear RGB, severity 1.0, from
#: Machado, Oliveira, Fernandes, "A Physiologically-based Model for Simulation of Color Vision
#: Deficiency", IEEE TVCG 15(6), 2009.
BLINDNESS = {
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216),
               (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413),
               (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602),
               (0.004733, 0.691367, 0.303900)),
}  # fmt: skip


def seen(colour: QColor, kind: str) -> tuple[float, float, float]:
    """CIE L*a*b* (D65) of what is seen."""

    def linear(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    rgb = [linear(v) for v in (colour.redF(), colour.greenF(), colour.blueF())]
    rows = BLINDNESS[kind]
    red, green, blue = (
        min(1.0, max(0.0, sum(a * b for a, b in zip(row, rgb, strict=True)))) for row in rows
    )
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883

    def cube(value: float) -> float:
        return value ** (1 / 3) if value > 0.008856 else 7.787 * value + 16 / 116

    return 116 * cube(y) - 16, 500 * (cube(x) - cube(y)), 200 * (cube(y) - cube(z))


@pytest.mark.parametrize("kind", list(BLINDNESS))
def test_highlights_differ_for_the_colour_blind(kind: str) -> None:
    """At least 10 by the plain distance of CIE 1976, which is what this test can compute simply;
    the design's figure (11.1) is by CIEDE2000."""
    shown = [seen(QColor(colour), kind) for colour in COLOURS.values()]
    for first, second in itertools.combinations(shown, 2):
        distance = sum((a - b) ** 2 for a, b in zip(first, second, strict=True)) ** 0.5
        assert distance >= 10


def test_the_look_reaches_qt(look: theme.Theme, qapp: object) -> None:
    look.choose(Look.DARK, 200)
    from PySide6.QtWidgets import QApplication

    assert QApplication.palette().color(QPalette.ColorRole.Window) == look.tokens["window"]
    assert look.dark
    dark_points = QApplication.font().pointSizeF()
    look.choose(Look.LIGHT, 100)
    assert dark_points == pytest.approx(2 * QApplication.font().pointSizeF())
    look.choose(Look.LIGHT, 900)
    assert look.percent == 200


def test_captured_words_are_set_in_a_serif(look: theme.Theme) -> None:
    assert look.serif().styleHint() is QFont.StyleHint.Serif


def tabs() -> QTabBar:
    bar = QTabBar()
    bar.addTab("Pages")
    return bar


WIDGETS = {
    "button": lambda: QPushButton("Unlock"),
    "check": lambda: QCheckBox("I understand"),
    "radio": lambda: QRadioButton("Published"),
    "combo": QComboBox,
    "line": QLineEdit,
    "text": QPlainTextEdit,
    "list": QListWidget,
    "tabs": tabs,
}


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("kind", list(WIDGETS))
def test_focus_is_seen_on_every_kind_of_widget(
    qtbot: QtBot, look: theme.Theme, rings: FocusRings, name: str, kind: str
) -> None:
    look.choose(Look(name), 100)
    holder, other = QWidget(), QPushButton("Other")
    qtbot.addWidget(holder)
    widget = WIDGETS[kind]()
    widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    column = QVBoxLayout(holder)
    column.setContentsMargins(20, 20, 20, 20)
    column.addWidget(widget)
    column.addWidget(other)
    with qtbot.waitExposed(holder):
        holder.show()
    holder.activateWindow()
    other.setFocus()
    before = holder.grab().toImage()
    widget.setFocus()
    after = holder.grab().toImage()
    corner = widget.mapTo(holder, QPoint(0, 0))
    lines = [
        [(x, corner.y() - offset) for x in range(corner.x(), corner.x() + widget.width())]
        for offset in (2, 3)
    ]
    for line in lines:
        changed = [point for point in line if _stands_out(before, after, point)]
        assert len(changed) >= 0.95 * len(line)


def _stands_out(before: QImage, after: QImage, point: tuple[int, int]) -> bool:
    return contrast(before.pixelColor(*point), after.pixelColor(*point)) >= 3
