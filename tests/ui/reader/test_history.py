"""Back and Forward; places that were stored, also by a newer or broken program."""

from __future__ import annotations

import pytest

from casefile.ui.reader.history import DEPTH, History, Place


def test_back_returns_exactly_and_keeps_the_way_forward() -> None:
    history = History()
    first, second = Place(3, 10.5, 20.25, 1.5, ""), Place(41)
    history.leave(first)
    assert history.back(second) == first
    assert history.forward(first) == second
    assert not history.can_go_forward


def test_going_somewhere_new_forgets_the_way_forward() -> None:
    history = History()
    history.leave(Place(1))
    history.back(Place(2))
    history.leave(Place(5))
    assert history.forward(Place(6)) is None


def test_leaving_the_same_place_twice_counts_once() -> None:
    history = History()
    history.leave(Place(1))
    history.leave(Place(1))
    assert history.back(Place(2)) == Place(1)
    assert history.back(Place(1)) is None


def test_history_is_bounded() -> None:
    history = History()
    for page in range(1, 3 * DEPTH):
        history.leave(Place(page))
    steps = 0
    while history.back(Place(1)) is not None:
        steps += 1
    assert steps == DEPTH


def test_a_place_survives_being_stored() -> None:
    place = Place(7, 1.5, 300.25, 2.5, "")
    assert Place.from_dict(place.as_dict(), 10) == place


@pytest.mark.parametrize(
    "stored",
    [
        {},
        {"page": 0},
        {"page": 99},
        {"page": "7"},
        {"page": None, "x": "left"},
    ],
)
def test_a_place_that_does_not_fit_is_the_beginning(stored: dict[str, object]) -> None:
    assert Place.from_dict(stored, 10) == Place()


def test_what_is_odd_in_a_place_falls_back_by_itself() -> None:
    stored = {"page": 2, "x": float("nan"), "y": 1e99, "zoom": -3, "fit": "sideways"}
    assert Place.from_dict(stored, 10) == Place(2, 0.0, 0.0, 1.0, "width")
