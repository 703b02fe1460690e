"""Ctrl held alone shows the keys of buttons, and does nothing else."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from casefile.ui.announce import announcer
from casefile.ui.hints import CtrlHints
from casefile.ui.main_window import MainWindow

CONTROL = Qt.Key.Key_Control


@pytest.fixture
def hints(open_window: MainWindow) -> CtrlHints:
    (found,) = open_window.findChildren(CtrlHints)
    return found


def hold(window: MainWindow) -> None:
    QTest.keyPress(window.windowHandle(), CONTROL, Qt.KeyboardModifier.ControlModifier)


def test_held_alone_it_shows_keys_and_letting_go_hides_them(
    qtbot: QtBot, open_window: MainWindow, hints: CtrlHints, accessible: None
) -> None:
    said: list[str] = []
    announcer.said.connect(said.append)
    session = open_window.session
    assert session is not None
    qtbot.waitUntil(lambda: not session.tasks._running, timeout=10_000)
    focus = QApplication.focusWidget()
    hold(open_window)
    qtbot.waitUntil(lambda: hints.shown is not None)
    assert hints.shown is not None
    told = {key: rect for rect, key in hints.shown.places()}
    assert {"Ctrl+J", "Ctrl+L", "Alt+Left"} <= set(told)
    assert all(open_window.rect().contains(rect) for rect in told.values())
    rects = list(told.values())
    assert not any(a.intersects(b) for n, a in enumerate(rects) for b in rects[:n])
    assert QApplication.focusWidget() is focus
    assert said == []
    hints.shown.grab()
    QTest.keyRelease(open_window.windowHandle(), CONTROL)
    assert hints.shown is None
    announcer.said.disconnect(said.append)


def test_with_another_key_it_is_a_shortcut_and_nothing_shows(
    qtbot: QtBot, open_window: MainWindow, hints: CtrlHints
) -> None:
    hold(open_window)
    assert hints._wait.isActive()
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(open_window.windowHandle(), Qt.Key.Key_J, control)
    assert not hints._wait.isActive()
    assert hints.shown is None


def test_hints_go_with_the_lock(qtbot: QtBot, open_window: MainWindow, hints: CtrlHints) -> None:
    hold(open_window)
    qtbot.waitUntil(lambda: hints.shown is not None)
    shown = hints.shown
    assert shown is not None
    with qtbot.waitSignal(open_window.doorkeeper.closed, timeout=20_000):
        open_window.lock()
        assert not shown.isVisible()


def test_switched_off_nothing_shows(open_window: MainWindow, hints: CtrlHints) -> None:
    open_window.preferences.ctrl_hints = False
    hold(open_window)
    assert not hints._wait.isActive()
