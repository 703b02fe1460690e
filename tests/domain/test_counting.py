"""What holds of every count, whatever the law, the day and the pause: over all 106 laws."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casefile.domain.clocks import Clock, Extension, Happening, Matter, Pause, clocks
from casefile.domain.counting import LISTED_UP_TO, LeftOut, Leg, add_months, count
from casefile.domain.laws import ClockKind, ClockRule, Law, Unit
from casefile.domain.working_days import WorkingDays, easter
from casefile.services import laws

ONE = timedelta(days=1)


def dated(rule: ClockRule) -> bool:
    return rule.amount is not None and not rule.stage_doubt and rule.kind is not ClockKind.EXTENSION


RULES = [(law, rule) for law in laws.every() for rule in law.clocks if dated(rule)]
PAUSABLE = [(law, rule) for law, rule in RULES if rule.stops_for]
EXTENSIBLE = [
    (law, law.rule(rule.adds_to), rule)
    for law in laws.every()
    for rule in law.clocks
    if rule.adds_to and dated(law.rule(rule.adds_to))
]

days = st.dates(date(2016, 1, 1), date(2034, 12, 31))
rules = st.sampled_from(RULES)
spans = st.integers(0, 60)


def working(law: Law) -> WorkingDays:
    return WorkingDays(law, laws.calendar(law))


def clock_of(law: Law, rule: ClockRule, start: date, **more: object) -> Clock:
    """The clock as it stands on its first day."""
    event = rule.starts_from[0]
    happened = Happening(event=event, received=start, notice=rule.notice)
    facts = {rule.id: True} if rule.only_if else {}
    matter = Matter(law, (happened,), facts=facts, **more)  # type: ignore[arg-type]
    found = clocks(matter, start, laws.calendar(law))
    return next(each for each in found if each.rule.id == rule.id)


@settings(max_examples=300, deadline=None)
@given(rules, days, spans)
def test_who_starts_later_is_never_due_earlier(
    pair: tuple[Law, ClockRule], start: date, later: int
) -> None:
    first = clock_of(*pair, start).due
    second = clock_of(*pair, start + timedelta(days=later)).due
    assert first is not None
    assert second is not None
    assert first <= second


@settings(max_examples=300, deadline=None)
@given(rules, days)
def test_nothing_is_due_on_a_day_that_the_law_excludes(
    pair: tuple[Law, ClockRule], start: date
) -> None:
    law, rule = pair
    clock, place = clock_of(law, rule, start), working(law)
    assert clock.due is not None
    if rule.unit is Unit.BUSINESS_DAYS or rule.as_business_days:
        assert not place.closed(clock.due)
    else:
        roll = law.roll if rule.roll is None else rule.roll
        assert not place.bars_an_end(clock.due, roll)
        assert clock.unrolled is not None
        between = range((clock.due - clock.unrolled).days)
        assert all(place.bars_an_end(clock.unrolled + at * ONE, roll) for at in between)
    if clock.send_by is not None:
        assert clock.send_by <= clock.due
        assert not place.closed(clock.send_by)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(PAUSABLE), days, spans, spans, spans, st.data())
def test_a_longer_pause_never_makes_a_date_earlier(
    pair: tuple[Law, ClockRule],
    start: date,
    begins: int,
    length: int,
    longer: int,
    data: st.DataObject,
) -> None:
    law, rule = pair
    ground = data.draw(st.sampled_from(rule.stops_for))
    stop = rule.stop_rule(ground)
    if stop is None or stop.then:
        return
    asked = start + timedelta(days=begins)

    def due(days: int) -> date:
        pause = Pause(asked, asked + timedelta(days=days), ground)
        found = clock_of(law, rule, start, pauses=(pause,)).due
        assert found is not None
        return found

    plain = clock_of(law, rule, start).due
    assert plain is not None
    assert plain <= due(length) <= due(length + longer)


@settings(max_examples=300, deadline=None)
@given(rules, days)
def test_the_days_of_the_explanation_add_up(pair: tuple[Law, ClockRule], start: date) -> None:
    law, rule = pair
    clock, place = clock_of(law, rule, start), working(law)
    counted = [step for step in clock.explanation if step.count]
    if rule.unit is Unit.MONTHS:
        assert [step.count for step in counted] == [rule.amount]
        return
    assert clock.of == (rule.as_business_days or (rule.amount or 0) * _factor(rule))
    assert counted[-1].count == clock.of
    if clock.of > LISTED_UP_TO:
        return
    assert [step.count for step in counted] == list(range(1, clock.of + 1))
    assert counted[-1].on == clock.unrolled
    if rule.unit is Unit.BUSINESS_DAYS:
        listed = {step.on for step in counted}
        assert clock.started is not None
        assert clock.unrolled is not None
        for at in range(1, (clock.unrolled - clock.started).days + 1):
            day = clock.started + at * ONE
            assert (day in listed) == (not place.closed(day))


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(EXTENSIBLE), days)
def test_an_extension_never_makes_a_date_earlier(
    found: tuple[Law, ClockRule, ClockRule], start: date
) -> None:
    law, rule, extension = found
    plain = clock_of(law, rule, start).due
    longer = clock_of(law, rule, start, extensions=(Extension(extension.id),)).due
    assert plain is not None
    assert longer is not None
    assert plain <= longer


@settings(max_examples=100, deadline=None)
@given(rules, days, st.lists(spans, max_size=5))
def test_days_that_the_reporter_closes_never_make_a_date_earlier(
    pair: tuple[Law, ClockRule], start: date, closed: list[int]
) -> None:
    closures = tuple(start + timedelta(days=at) for at in closed)
    plain, later = clock_of(*pair, start).due, clock_of(*pair, start, closures=closures).due
    assert plain is not None
    assert later is not None
    assert plain <= later


def test_every_dated_clock_of_every_law_gets_a_date() -> None:
    for law, rule in RULES:
        clock = clock_of(law, rule, date(2026, 3, 2))
        assert clock.due is not None, f"{law.id}.{rule.id}"
        assert clock.explanation, f"{law.id}.{rule.id}"


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2025, 11, 30), 3, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2025, 12, 31), 72, date(2031, 12, 31)),
    ],
)
def test_a_month_ends_on_the_same_day_or_on_its_last(start: date, months: int, end: date) -> None:
    assert add_months(start, months) == end


def test_long_counts_are_told_in_runs() -> None:
    place = working(laws.get("us-federal"))
    found = count(date(2026, 3, 2), [Leg(90, Unit.CALENDAR_DAYS)], place, ())
    assert [step.count for step in found.steps] == [90]
    assert found.due == date(2026, 5, 31)


def test_a_pause_in_a_period_of_months_is_added_at_its_end() -> None:
    place = working(laws.get("es"))
    out = [LeftOut(date(2026, 3, 11), date(2026, 3, 20), "paused")]
    found = count(date(2026, 3, 2), [Leg(1, Unit.MONTHS)], place, (), left_out=out)
    assert found.due == date(2026, 4, 12)


@pytest.mark.parametrize(
    ("law", "clock", "start", "due"),
    [
        ("de-federal", "response", "2026-03-09", "2026-04-09"),  # froide: 10 April
        ("de-federal", "response", "2024-01-31", "2024-02-29"),  # froide: 1 March
        ("ca-federal", "response", "2026-03-04", "2026-04-04"),  # Alaveteli: a working day
    ],
)
def test_the_handbooks_examples_are_true(law: str, clock: str, start: str, due: str) -> None:
    found = clock_of(laws.get(law), laws.get(law).rule(clock), date.fromisoformat(start))
    assert found.due == date.fromisoformat(due)


def test_easter_is_where_the_calendar_has_it() -> None:
    christian = laws.calendar(laws.get("nl"))
    for year in range(2000, 2060):
        assert "Easter Sunday" in christian.names(easter(year))


def _factor(rule: ClockRule) -> int:
    return 7 if rule.unit is Unit.WEEKS else 1
