"""Icons are drawn in the colour asked for, and follow the theme."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from casefile import shipped
from casefile.ui import icons, theme
from casefile.ui.theme import Look


def test_an_icon_has_the_colour_of_its_token(look: theme.Theme) -> None:
    image = icons.pixmap("lock", "danger", 32).toImage()
    drawn = {
        image.pixelColor(x, y).name()
        for x in range(32)
        for y in range(32)
        if image.pixelColor(x, y).alpha() == 255
    }
    assert look.tokens.hex("danger").lower() in drawn


def test_an_icon_is_drawn_again_when_the_theme_changes(qtbot: QtBot, look: theme.Theme) -> None:
    button = QPushButton("Lock")
    qtbot.addWidget(button)
    icons.set_icon(button, "lock")
    before = button.icon().pixmap(QSize(16, 16)).toImage()
    look.choose(Look.DARK, 150)
    assert button.icon().pixmap(QSize(16, 16)).toImage() != before
    assert button.iconSize().width() == 24


def test_an_icon_that_is_not_shipped_is_a_bug(look: theme.Theme) -> None:
    with pytest.raises(FileNotFoundError):
        icons.pixmap("no-such-icon")


def test_the_licence_is_shipped_and_every_icon_is_used() -> None:
    assert "ISC License" in shipped.path("icons", "LICENSE").read_text("utf-8")
    source = "\n".join(
        path.read_text("utf-8") for path in Path(icons.__file__).parent.rglob("*.py")
    )
    words = set(re.findall(r'"([a-z0-9-]+)"', source))
    shipped_names = {path.stem for path in shipped.path("icons").glob("*.svg")}
    assert shipped_names <= words
