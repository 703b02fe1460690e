"""Deadlines: passed, taken back, moved."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from casefile.pdf.watchdog import Watchdog

PATIENCE = 10.0


@pytest.fixture
def dog() -> Iterator[Watchdog]:
    made = Watchdog()
    yield made
    made.close()


def test_it_bites_once_a_deadline_passes(dog: Watchdog) -> None:
    bitten = threading.Event()
    dog.arm(object(), 0.01, bitten.set)
    assert bitten.wait(PATIENCE)


def test_the_earlier_deadline_comes_first(dog: Watchdog) -> None:
    order: list[str] = []
    both = threading.Event()
    dog.arm("later", 0.2, lambda: (order.append("later"), both.set()))
    dog.arm("sooner", 0.01, lambda: order.append("sooner"))
    assert both.wait(PATIENCE)
    assert order == ["sooner", "later"]


def test_a_deadline_taken_back_or_moved_does_not_bite(dog: Watchdog) -> None:
    bites: list[str] = []
    end = threading.Event()
    dog.arm("back", 0.02, lambda: bites.append("back"))
    dog.arm("moved", 0.02, lambda: bites.append("early"))
    dog.disarm("back")
    dog.arm("moved", 0.1, end.set)
    assert end.wait(PATIENCE)
    assert bites == []


def test_a_closed_one_does_not_bite() -> None:
    dog = Watchdog()
    bites: list[str] = []
    dog.arm("a", 0.05, lambda: bites.append("a"))
    dog.close()
    dog.arm("b", 0.0, lambda: bites.append("b"))
    dog.disarm("b")
    assert bites == []
