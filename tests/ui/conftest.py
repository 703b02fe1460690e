"""The real window, offscreen, with a cheap key derivation and preferences of its own."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from casefile.security.kdf import CHEAP
from casefile.services.case import create_case
from casefile.ui import theme
from casefile.ui.doorkeeper import Doorkeeper
from casefile.ui.focus_ring import FocusRings
from casefile.ui.main_window import MainWindow
from casefile.ui.preferences import PreferenceFile
from casefile.ui.theme import Look

PASSPHRASE = "correct horse battery"


@pytest.fixture
def look(qapp: QApplication) -> Iterator[theme.Theme]:
    """The theme, put back to light and 100 % afterwards."""
    keeper = theme.current()
    keeper.choose(Look.LIGHT, 100)
    yield keeper
    keeper.choose(Look.LIGHT, 100)


@pytest.fixture
def rings(qapp: QApplication) -> FocusRings:
    found = qapp.findChild(FocusRings)
    return found if found is not None else FocusRings(qapp)


@pytest.fixture
def accessible() -> Iterator[None]:
    """As if a screen reader were listening."""
    before = QAccessible.isActive()
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(before)


@pytest.fixture
def window(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, look: theme.Theme, rings: FocusRings
) -> Iterator[MainWindow]:
    """The window on its first page."""
    made = MainWindow(PreferenceFile(tmp_path / "preferences.json"), Doorkeeper(cost=CHEAP))
    made.show_start()
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    yield made
    made.close()
    made.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def case_folder(tmp_path: Path) -> Path:
    """A closed case, called Harbor Cooling inside."""
    folder = tmp_path / "Case 2026-11"
    create_case(folder, PASSPHRASE, "Harbor Cooling", CHEAP).close()
    return folder


@pytest.fixture
def unlock(qtbot: QtBot, window: MainWindow) -> Callable[[Path], MainWindow]:
    """Unlock a case in the window, and wait for its desk."""

    def do(folder: Path, passphrase: str = PASSPHRASE) -> MainWindow:
        with qtbot.waitSignal(window.case_opened, timeout=20_000):
            window.unlock_with(folder, passphrase)
        return window

    return do


@pytest.fixture
def open_window(unlock: Callable[[Path], MainWindow], case_folder: Path) -> MainWindow:
    """The window with an empty case open."""
    return unlock(case_folder)


@pytest.fixture(autouse=True)
def no_hidden_bugs() -> Iterator[None]:
    """An exception on its way to ``sys.excepthook`` fails the test that caused it."""
    caught: list[str] = []
    former = sys.excepthook
    sys.excepthook = lambda kind, error, _trace: caught.append(f"{kind.__name__}: {error}")
    yield
    sys.excepthook = former
    assert not caught
