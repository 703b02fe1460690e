"""The window from its first page, with a cheap key derivation and preferences of its own."""

from __future__ import annotations

import sys
from collections.abc import Iterator
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
from tests.journeys.driving import Reporter, Strays

PASSPHRASE = "correct horse battery"


@pytest.fixture(autouse=True)
def no_hidden_bugs() -> Iterator[None]:
    """An exception on its way to ``sys.excepthook`` fails the journey that caused it."""
    caught: list[str] = []
    former = sys.excepthook
    sys.excepthook = lambda kind, error, _trace: caught.append(f"{kind.__name__}: {error}")
    yield
    sys.excepthook = former
    assert not caught


@pytest.fixture
def reporter(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Reporter]:
    """Somebody who has just started Casefile for the first time."""
    monkeypatch.setattr("casefile.ui.start.making.start_folder", lambda: tmp_path)
    theme.current().choose(Look.LIGHT, 100)
    if qapp.findChild(FocusRings) is None:
        FocusRings(qapp)
    QAccessible.setActive(True)
    window = MainWindow(PreferenceFile(tmp_path / "preferences.json"), Doorkeeper(cost=CHEAP))
    window.show_start()
    strays = Strays(qapp)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    made = Reporter(window)
    made.strays = strays
    made.until(lambda: QApplication.focusWidget() is not None, "the focus in the window")
    yield made
    window.close()
    window.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QAccessible.setActive(False)
    qapp.removeEventFilter(strays)
    assert not strays.seen, f"shown as windows of their own: {strays.seen}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A closed, empty case."""
    made = tmp_path / "Case 2026-11"
    create_case(made, PASSPHRASE, "Harbor Cooling", CHEAP).close()
    return made


@pytest.fixture
def at_desk(reporter: Reporter, folder: Path) -> Reporter:
    """The reporter with the empty case unlocked."""
    reporter.unlock(folder, PASSPHRASE)
    reporter.presses = 0
    return reporter
