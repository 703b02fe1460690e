"""Each row of the accessibility table that holds for a whole screen, on every screen, in both
themes, at 100 % and 200 % text, and mirrored for right-to-left languages."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from tests.ui.access import colours, keyboard, looking
from tests.ui.access.conftest import SETTINGS, Setting, none
from tests.ui.access.screens import SCREENS, Screen, Visitor

#: Everything in one setting, then everything in the next.
VISITS = [(setting, screen) for setting in SETTINGS for screen in SCREENS]


@pytest.fixture(scope="module")
def setting_of(hands: Visitor) -> Iterator[list[Setting]]:
    """The setting that the window is in now."""
    SETTINGS[0].apply(hands)
    yield (now := [SETTINGS[0]])
    if now[0] is not SETTINGS[0]:
        SETTINGS[0].apply(hands)


@pytest.fixture(scope="module", params=VISITS, ids=lambda visit: f"{visit[1].name}, {visit[0]}")
def screen(
    request: pytest.FixtureRequest, hands: Visitor, setting_of: list[Setting]
) -> Iterator[Screen]:
    """Tests of one visit follow each other, so that each screen is visited once in each setting."""
    setting, there = request.param
    if setting is not setting_of[0]:
        setting.apply(hands)
        setting_of[0] = setting
    there.go(hands)
    hands.shoot(f"{there.name}, {setting}")
    yield there
    gc.collect()


def test_all_that_can_be_reached_has_a_name(hands: Visitor, screen: Screen) -> None:
    none(looking.nameless(hands.root))


def test_every_cell_that_shows_something_says_it(hands: Visitor, screen: Screen) -> None:
    none(looking.silent(hands.root))


def test_nothing_is_cut_off(hands: Visitor, screen: Screen) -> None:
    none(looking.cut_off(hands.root))
    none(looking.out_of_sight(hands.root))
    none(looking.overlapping(hands.root))


def test_every_target_is_large_enough(hands: Visitor, screen: Screen) -> None:
    none(looking.too_small(hands.root))


def test_words_stand_out_from_their_ground(hands: Visitor, screen: Screen) -> None:
    none(colours.faint(hands.root))


def test_tab_goes_round_everything_and_is_seen(hands: Visitor, screen: Screen) -> None:
    stops, trouble = keyboard.walk(hands)
    assert not trouble
    none(keyboard.missed(hands.root, stops))
