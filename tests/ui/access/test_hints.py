"""What the system asks for: more contrast, less motion."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QAbstractAnimation, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton

from casefile.ui import theme
from tests.ui.access import colours
from tests.ui.access.conftest import Setting, none
from tests.ui.access.screens import SCREENS, Visitor

#: Screens with borders, chips, notices and selected rows.
SOME = ("quotes", "error and toast", "settings", "mark form")


@pytest.fixture(params=["light", "dark"])
def more_contrast(hands: Visitor, request: pytest.FixtureRequest) -> Iterator[theme.Theme]:
    """As if the system had been told to show more contrast."""
    look = theme.current()
    real = look.accessibility
    high = Qt.ContrastPreference.HighContrast
    look.accessibility = SimpleNamespace(contrastPreference=lambda: high)
    Setting(request.param, 100).apply(hands)
    look.refresh()
    yield look
    look.accessibility = real
    Setting("light", 100).apply(hands)
    look.refresh()


def test_more_contrast_is_given_where_it_is_asked_for(
    hands: Visitor, more_contrast: theme.Theme
) -> None:
    tokens = more_contrast.tokens
    for name in ("control", "divider", "muted"):
        assert tokens[name] == tokens["text"]
    tints = {tokens.hex(name) for name in tokens.colours if name.endswith("_tint")}
    assert tints == {tokens.hex("base")}
    assert QApplication.palette().color(QPalette.ColorRole.PlaceholderText) == tokens["text"]
    for screen in SCREENS:
        if screen.name in SOME:
            screen.go(hands)
            none([f"{screen.name}: {words}" for words in colours.faint(hands.root)])
    hands.place("settings")
    plain = next(b for b in hands.root.findChildren(QPushButton) if b.isVisible() and b.isEnabled())
    assert plain.grab().toImage().pixelColor(plain.width() // 2, 0) == tokens["text"]


def test_nothing_moves_by_itself(hands: Visitor) -> None:
    """Qt 6.11 cannot tell who asked for less motion, so nothing is animated for anybody. (The sign
    that empties a field comes into sight over a sixth of a second; Qt lets nobody change that.)"""
    seen = [screen for screen in SCREENS if screen.name in (*SOME, "hits", "palette")]
    for screen in seen:
        screen.go(hands)
        moving = hands.window.findChildren(QAbstractAnimation)
        running = [m for m in moving if m.state() is QAbstractAnimation.State.Running]
        assert [m for m in running if not isinstance(m.parent().parent(), QLineEdit)] == []
