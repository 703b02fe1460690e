"""Widgets in reference cycles are destroyed on the main thread, whoever allocates."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from casefile.ui.collecting import MainThreadCollector, collect_what_is_due


class Cycle:
    """Garbage that only the collector finds, with a widget in it."""

    def __init__(self, ended_in: list[threading.Thread]) -> None:
        self.itself = self
        self.widget = QWidget()
        self.ended_in = ended_in

    def __del__(self) -> None:
        self.ended_in.append(threading.current_thread())


@pytest.fixture
def collector(qapp: QApplication) -> Iterator[MainThreadCollector]:
    gc.enable()
    made = MainThreadCollector(qapp)
    yield made
    made.stop()
    assert gc.isenabled()
    gc.disable()


def allocate_much() -> None:
    kept = [[number] for number in range(200_000)]
    assert len(kept) == 200_000


def test_a_busy_thread_collects_nothing_and_the_main_thread_does(
    qtbot: QtBot, collector: MainThreadCollector
) -> None:
    ended_in: list[threading.Thread] = []
    Cycle(ended_in)
    busy = threading.Thread(target=allocate_much)
    busy.start()
    busy.join()
    assert ended_in == []
    kept = [[number] for number in range(2_000)]
    qtbot.waitUntil(lambda: bool(ended_in), timeout=10_000)
    assert ended_in == [threading.main_thread()]
    assert len(kept) == 2_000


def test_nothing_is_collected_before_it_is_due() -> None:
    gc.collect()
    assert collect_what_is_due() is None
