"""A clock that was set back is noticed; a journey or the hour of summer time is none."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest

from casefile.domain.requests import EventKind
from casefile.services import day_watch, deadlines, request_events, requests
from casefile.services.case import Case
from casefile.services.day_watch import DaySeen, look

MONDAY = date(2026, 11, 9)
NOON = datetime(2026, 11, 9, 12, tzinfo=UTC)
WEEK = timedelta(days=6)


def test_the_first_look_has_nothing_to_compare_with(case: Case) -> None:
    assert look(case, MONDAY, NOON) == DaySeen(MONDAY)


def test_a_clock_set_back_counts_from_the_later_day_until_confirmed(case: Case) -> None:
    look(case, MONDAY, NOON)
    seen = look(case, MONDAY - WEEK, NOON - WEEK)
    assert (seen.computer, seen.latest) == (date(2026, 11, 3), MONDAY)
    assert seen.counted == MONDAY
    assert look(case, MONDAY - WEEK, NOON - WEEK).latest == MONDAY, "it is still set back"
    day_watch.confirm(case, MONDAY - WEEK, NOON - WEEK)
    assert look(case, MONDAY - WEEK, NOON - WEEK) == DaySeen(date(2026, 11, 3))


def test_days_that_go_on_are_no_news(case: Case) -> None:
    look(case, MONDAY, NOON)
    assert look(case, MONDAY + WEEK, NOON + WEEK) == DaySeen(MONDAY + WEEK)
    assert look(case, MONDAY + WEEK, NOON + WEEK - timedelta(hours=1)).latest is None


def test_a_flight_to_the_west_into_the_day_before_is_no_clock_set_back(case: Case) -> None:
    morning_in_tokyo = datetime(2026, 11, 8, 23, tzinfo=UTC)
    look(case, MONDAY, morning_in_tokyo)
    evening_in_los_angeles = morning_in_tokyo + timedelta(hours=5)
    assert look(case, date(2026, 11, 8), evening_in_los_angeles).latest is None


def test_what_was_kept_wrongly_is_kept_anew(case: Case) -> None:
    from casefile.services import settings

    settings.put(case, "day.latest", {"day": "no day"})
    assert look(case, MONDAY, NOON) == DaySeen(MONDAY)
    assert look(case, MONDAY - WEEK, NOON - WEEK).latest == MONDAY


@contextmanager
def living_in(zone: str) -> Iterator[None]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = zone
    time.tzset()
    try:
        yield
    finally:
        os.environ.pop("TZ") if before is None else os.environ.update(TZ=before)
        time.tzset()


@pytest.mark.parametrize(
    "zone", ["Pacific/Kiritimati", "Pacific/Niue", "America/Denver", "Europe/Berlin", "Asia/Tehran"]
)
def test_no_time_zone_and_no_summer_time_moves_a_date(case: Case, zone: str) -> None:
    """The days from request to answer go over a change of the clock in Denver and Berlin."""
    change = requests.add(case, agency="EPA R9", law="us-federal", sent_on="2026-10-13")
    request_id = change.ids("request")[0]
    request_events.log(case, request_id, EventKind.RECEIVED, received="2026-10-14")
    with living_in(zone):
        view = deadlines.view(case, request_id, date(2026, 11, 2))
        response = next(each for each in view.clocks if each.rule.id == "response")
        assert (response.started, response.due) == (date(2026, 10, 14), date(2026, 11, 12))
