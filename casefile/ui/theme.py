"""How the window looks: colours by name, text sizes, one short style sheet.

Colours come from ``resources/themes/*.toml``. Qt's Fusion style gets them as a palette; the style
sheet adds what a palette cannot say. Widgets name a role (``widget.setProperty("role", "title")``)
instead of setting colours or sizes of their own.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Protocol

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyle

from casefile import shipped
from casefile.ui.stylesheet import style_sheet

#: Text sizes by role, as factors of the body size.
SCALE = {"caption": 0.85, "body": 1.0, "section": 1.15, "heading": 1.4, "title": 1.8}
#: What the reporter may choose, in percent.
TEXT_SIZES = (80, 90, 100, 110, 125, 150, 175, 200)


class Look(StrEnum):
    """Which theme the reporter chose."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True)
class Tokens:
    """The colours of one theme, by name (see ``resources/themes/light.toml``)."""

    name: str
    colours: dict[str, str]

    def __getitem__(self, token: str) -> QColor:
        """The colour called ``token``. Raises ``KeyError`` for a name no theme has."""
        return QColor(f"#{self.colours[token]}")

    def hex(self, token: str) -> str:
        return f"#{self.colours[token]}"


@cache
def load(name: str) -> Tokens:
    """The theme in ``resources/themes/<name>.toml``."""
    read = tomllib.loads(shipped.path("themes", f"{name}.toml").read_text("utf-8"))
    return Tokens(read["name"], read["colours"])


def with_high_contrast(tokens: Tokens) -> Tokens:
    """Text-coloured borders and no tints, for those who asked their system for more contrast."""
    colours = dict(tokens.colours)
    for name in ("muted", "control", "divider"):
        colours[name] = colours["text"]
    for name in colours:
        if name.endswith("_tint") or name == "hover":
            colours[name] = colours["base"]
    return Tokens(f"{tokens.name} high contrast", colours)


class Hints(Protocol):
    """What the system says of how its user wants to see things (Qt's ``QAccessibilityHints``)."""

    def contrastPreference(self) -> Qt.ContrastPreference: ...


class Theme(QObject):
    """The look in force. One for the application; widgets that paint themselves follow
    ``changed``."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        app.setStyle("Fusion")
        self._base = QFont(app.font())
        self._hints = app.styleHints()
        self.accessibility: Hints = self._hints.accessibility()
        self.look = Look.SYSTEM
        self.percent = 100
        self.tokens = load("light")
        self._hints.colorSchemeChanged.connect(self.refresh)
        self._hints.accessibility().contrastPreferenceChanged.connect(self.refresh)
        self.refresh()

    def choose(self, look: Look, percent: int) -> None:
        """Use this look, with text at ``percent`` of the system's size (80 to 200)."""
        wanted = look, max(80, min(200, percent))
        if wanted != (self.look, self.percent):
            self.look, self.percent = wanted
            self.refresh()

    @property
    def dark(self) -> bool:
        return self.tokens["window"].lightness() < 128

    def refresh(self) -> None:
        """Work out the tokens again and hand them to Qt."""
        dark = self.look is Look.DARK or (
            self.look is Look.SYSTEM and self._hints.colorScheme() is Qt.ColorScheme.Dark
        )
        tokens = load("dark" if dark else "light")
        high = self.accessibility.contrastPreference() is Qt.ContrastPreference.HighContrast
        self.tokens = with_high_contrast(tokens) if high else tokens
        self._app.setFont(self.font())
        self._app.setPalette(palette(self.tokens))
        pictures = {
            name: shipped.path("themes", f"{tokens.name}-{name}.svg").as_posix()
            for name in ("chevron", "up", "check", "dot", "close")
        }
        sheet = style_sheet(self.tokens.colours, self.points, pictures)
        if sheet != self._app.styleSheet():  # it dresses every widget anew, which takes a while
            self._app.setStyleSheet(sheet)
        self.changed.emit()

    def points(self, role: str = "body") -> float:
        """The size of ``role`` in points."""
        base = self._base.pointSizeF()
        return (base if base > 0 else 10.0) * SCALE[role] * self.percent / 100

    def pixels(self, units: float) -> int:
        """A length that grows with the text: ``units`` are pixels at 100 %."""
        return round(units * max(1.0, self.percent / 100))

    def font(self, role: str = "body", *, bold: bool = False) -> QFont:
        font = QFont(self._base)
        font.setPointSizeF(self.points(role))
        if bold:
            font.setWeight(QFont.Weight.DemiBold)
        return font

    def serif(self, role: str = "body") -> QFont:
        """For captured words: they look different from what the reporter wrote."""
        font = QFont(SERIF)
        font.setStyleHint(QFont.StyleHint.Serif)
        font.setPointSizeF(self.points(role) * 1.08)
        return font


#: Tried in this order; the last is a name that fontconfig maps to whatever serif there is.
SERIF = ["Noto Serif", "Source Serif 4", "DejaVu Serif", "Georgia", "Cambria", "serif"]


def palette(tokens: Tokens) -> QPalette:
    """The tokens as Qt's palette."""
    roles = QPalette.ColorRole
    wanted = {
        roles.Window: "window",
        roles.WindowText: "text",
        roles.Base: "base",
        roles.AlternateBase: "raised",
        roles.Text: "text",
        roles.Button: "base",
        roles.ButtonText: "text",
        roles.BrightText: "on_accent",
        roles.Highlight: "selection",
        roles.HighlightedText: "on_selection",
        roles.ToolTipBase: "tooltip",
        roles.ToolTipText: "on_tooltip",
        roles.PlaceholderText: "muted",
        roles.Link: "accent",
        roles.LinkVisited: "confidential",
        roles.Accent: "accent",
        roles.Light: "raised",
        roles.Midlight: "hover",
        roles.Mid: "divider",
        roles.Dark: "control",
        roles.Shadow: "shadow",
    }
    result = QPalette()
    for role, token in wanted.items():
        result.setColor(role, tokens[token])
    faded = tokens["muted"]
    faded.setAlpha(140)
    for role in (roles.WindowText, roles.Text, roles.ButtonText, roles.HighlightedText):
        result.setColor(QPalette.ColorGroup.Disabled, role, faded)
    return result


def current() -> Theme:
    """The application's theme, made at the first call. Needs a ``QApplication``."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise TypeError("a theme needs a QApplication")
    theme = app.findChild(Theme)
    return theme if theme is not None else Theme(app)


def colour(token: str) -> QColor:
    """The colour called ``token`` in the theme in force."""
    return current().tokens[token]


def is_right_to_left() -> bool:
    return QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft


def placed(box: QRect, whole: QRect) -> QRect:
    """Where ``box``, reckoned from the left, stands within ``whole``: mirrored in a language that
    is read from the right."""
    return QStyle.visualRect(QGuiApplication.layoutDirection(), whole, box)
