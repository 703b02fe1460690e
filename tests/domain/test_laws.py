"""The law files: whoever edits one is told at once what is wrong with it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from typing import Any, get_type_hints

import pytest

from casefile import shipped
from casefile.domain.clocks import Party
from casefile.domain.errors import UserError
from casefile.domain.laws import EVENTS, GROUNDS, NOTICES, ClockKind, ClockRule, Law, law_from
from casefile.services import laws

MONTH_DAY = re.compile(r"\d\d-\d\d(\.\.\d\d-\d\d)?")
SOURCE_TYPES = {"statute_text", "official_page", "secondary", "not_recorded"}
ROLLS = {"friday", "saturday", "sunday", "holiday"}


def rules() -> Iterator[tuple[Law, ClockRule]]:
    for law in laws.every():
        for rule in law.clocks:
            yield law, rule


def one_of(value: object, allowed: set[str], where: str) -> None:
    assert value in allowed, where


def test_there_are_106_laws_with_522_clocks() -> None:
    assert len(laws.every()) == 106
    assert sum(len(law.clocks) for law in laws.every()) == 522


def test_a_law_is_the_one_its_file_is_named_after() -> None:
    assert all(laws.get(each).id == each for each in laws.ids())


def test_every_field_of_a_law_is_of_its_type() -> None:
    for law in laws.every():
        _of_their_types(law, law.id)
        assert law.name, law.id
        assert law.citation, law.id
        assert law.on_silence, law.id
        assert law.holidays, law.id
        one_of(law.holiday_mode, {"single", "union"}, law.id)
        assert (len(law.holidays) > 1) == (law.holiday_mode == "union"), law.id
        assert set(law.weekend) <= set(range(7)), law.id
        assert set(law.roll) <= ROLLS, law.id
        assert all(MONTH_DAY.fullmatch(each) for each in law.extra_closed), law.id
        assert law.checked >= date(2026, 11, 22), law.id


def test_every_field_of_a_clock_is_of_its_type() -> None:
    for law, rule in rules():
        where = f"{law.id}.{rule.id}"
        _of_their_types(rule, where)
        assert re.fullmatch(r"[a-z0-9_]+", rule.id), where
        assert rule.amount is None or rule.amount > 0, where
        words = rule.standard or rule.note or rule.kind is ClockKind.EXTENSION
        assert rule.amount or words, where
        assert rule.starts_from, where
        assert set(rule.starts_from) <= set(EVENTS), where
        assert set(rule.stops_for) <= set(GROUNDS), where
        assert (rule.notice in NOTICES) == ("notice_sent" in rule.starts_from), where
        assert rule.kind is not ClockKind.ANSWER, where
        one_of(rule.if_several, {"", "latest"}, where)
        one_of(rule.direction, {"", "not_before"}, where)
        one_of(rule.pause_span, {"", "both_ends"}, where)
        one_of(rule.party.replace(" ", "_"), {"", *Party}, where)
        assert rule.roll is None or set(rule.roll) <= ROLLS, where


def test_ids_are_unique_and_what_they_point_to_is_there() -> None:
    for law in laws.every():
        ids = [rule.id for rule in law.clocks]
        assert len(ids) == len(set(ids)), law.id
        assert {law.headline, *law.silence_of} <= set(ids), law.id
        for rule in law.clocks:
            pointed = {rule.adds_to, rule.chained_to, *(stop.then for stop in rule.stop_rules)}
            assert pointed - {""} <= set(ids) - {rule.id}, f"{law.id}.{rule.id}"
            assert bool(rule.adds_to) == (rule.kind is ClockKind.EXTENSION), f"{law.id}.{rule.id}"


def test_every_stop_rule_is_for_a_ground_of_its_clock() -> None:
    for law, rule in rules():
        where = f"{law.id}.{rule.id}"
        assert {stop.ground for stop in rule.stop_rules} == set(rule.stops_for), where
        for stop in rule.stop_rules:
            one_of(stop.mode, {"pause", "restart"}, where)
            assert stop.times in ("as_needed", "not_stated") or isinstance(stop.times, int), where
            assert not stop.then or stop.mode == "restart", where


def test_what_is_called_verified_names_its_source() -> None:
    for law, rule in rules():
        where = f"{law.id}.{rule.id}"
        one_of(rule.confidence, {"verified", "recalled"}, where)
        assert rule.citation, where
        if rule.verified:
            assert rule.source, where
            one_of(rule.source_type, SOURCE_TYPES, where)
        if rule.stage_doubt:
            assert rule.doubt, where


def test_every_calendar_is_known_to_the_holidays_package() -> None:
    for law in laws.every():
        laws.calendar(law).names(date(2026, 1, 1))


def test_the_readme_names_every_field_event_ground_and_notice() -> None:
    words = shipped.path("laws", "README.md").read_text("utf-8")
    names = {each.name for kind in (Law, ClockRule) for each in fields(kind)} - {"clocks"}
    for name in (*names, *EVENTS, *GROUNDS):
        assert f"`{name}`" in words, name
    assert all(name in words for name in NOTICES)


def test_a_field_with_a_slip_in_its_name_is_refused() -> None:
    with pytest.raises(ValueError, match=r"uk\.response: unknown field ammount"):
        law_from(_changed("uk", "response", ammount=20))


@pytest.mark.parametrize(
    ("field", "value"),
    [("kind", "reply"), ("unit", "fortnights"), ("counts_from_letter", "printed")],
)
def test_a_word_that_means_nothing_is_refused(field: str, value: str) -> None:
    with pytest.raises(ValueError, match=rf"uk\.response: '{value}'"):
        law_from(_changed("uk", "response", **{field: value}))


def test_a_law_without_a_headline_is_refused() -> None:
    read = _read("uk")
    del read["headline"]
    with pytest.raises(ValueError, match="headline"):
        law_from(read)


@pytest.mark.parametrize("name", ["", "exemptions", "../messages/cli", "us-zz"])
def test_a_law_that_is_not_there_is_told_by_name(name: str) -> None:
    with pytest.raises(UserError, match=r"law\.unknown"):
        laws.get(name)


@pytest.mark.parametrize("code", ["XX", "US-ZZ", "", "..", "United States of America"])
def test_a_calendar_that_is_not_there_is_told(code: str) -> None:
    with pytest.raises(UserError, match=r"calendar\.unknown"):
        laws.calendar(laws.get("uk"), [code])


def _of_their_types(value: Any, where: str) -> None:
    hints = get_type_hints(type(value))
    for name, hint in hints.items():
        assert _fits(getattr(value, name), hint), f"{where}: {name}"


def _fits(value: Any, hint: Any) -> bool:
    arguments = getattr(hint, "__args__", ())
    if getattr(hint, "__origin__", None) is tuple:
        return isinstance(value, tuple) and all(_fits(each, arguments[0]) for each in value)
    if arguments:
        return any(_fits(value, each) for each in arguments)
    return isinstance(value, hint) and not (hint is int and isinstance(value, bool))


def _read(law: str) -> dict[str, Any]:
    return tomllib.loads(shipped.path("laws", f"{law}.toml").read_text("utf-8"))


def _changed(law: str, clock: str, **values: object) -> dict[str, Any]:
    read = _read(law)
    next(each for each in read["clock"] if each["id"] == clock).update(values)
    return read
