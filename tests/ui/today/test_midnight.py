"""Midnight, and waking up on another day: what counts from today is read anew."""

from __future__ import annotations

from datetime import timedelta

from pytestqt.qtbot import QtBot

from casefile.ui.main_window import MainWindow


def test_the_same_day_is_no_news(qtbot: QtBot, open_window: MainWindow) -> None:
    assert open_window.session is not None
    days = open_window.session.days
    qtbot.waitUntil(lambda: days.day is not None)
    with qtbot.assertNotEmitted(days.turned, wait=200):
        days.look()


def test_another_day_reads_everything_anew(qtbot: QtBot, open_window: MainWindow) -> None:
    """As if the window had stood there since yesterday."""
    assert open_window.session is not None
    days = open_window.session.days
    qtbot.waitUntil(lambda: days.day is not None)
    assert days.day is not None
    days.day -= timedelta(days=1)
    days._counted = days.day
    with qtbot.waitSignal(days.turned):
        days.look()
