"""Dates worked out by hand: ``worked_cases.csv``, one a line, each with its reason."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from casefile.domain.clocks import Clock, ClockState, Extension, Happening, Matter, Pause, clocks
from casefile.services import laws

FILE = Path(__file__).with_name("worked_cases.csv")


@dataclass(frozen=True)
class Case:
    """One line of the file."""

    number: str
    law: str
    event: str
    on: date
    clock: str
    adjust: dict[str, str]
    expected: str
    why: str

    def __str__(self) -> str:
        return f"{self.number}-{self.law}-{self.clock}"


def cases() -> list[Case]:
    with FILE.open(encoding="utf-8") as lines:
        return [
            Case(
                row["case"],
                row["law"],
                row["event_kind"],
                date.fromisoformat(row["event_date"]),
                row["clock"],
                dict(each.split("=", 1) for each in row["adjust"].split(";") if each),
                row["expected"],
                row["why"],
            )
            for row in csv.DictReader(lines)
        ]


def matter_of(case: Case) -> Matter:
    law, adjust = laws.get(case.law), case.adjust
    happened = [Happening(event=case.event, dated=case.on)]
    if "interim" in adjust:
        on = date.fromisoformat(adjust["interim"])
        happened.append(Happening(event="interim_release", dated=on))
    pauses = []
    if "pause" in adjust:
        first, last = map(date.fromisoformat, adjust["pause"].split(".."))
        pauses.append(Pause(first, last, adjust["ground"]))
    return Matter(
        law,
        tuple(happened),
        extensions=(Extension(adjust["extend"]),) if "extend" in adjust else (),
        pauses=tuple(pauses),
        facts={case.clock: adjust["if"] == "yes"} if "if" in adjust else {},
        holidays=(adjust["holidays"],) if "holidays" in adjust else (),
    )


def the_clock(case: Case, today: date) -> Clock:
    matter = matter_of(case)
    calendar = laws.calendar(matter.law, matter.holidays)
    found = clocks(matter, today, calendar)
    return next(each for each in found if each.rule.id == case.clock)


def test_there_are_as_many_cases_as_were_worked_out() -> None:
    assert len(cases()) == 94


@pytest.mark.parametrize("case", cases(), ids=str)
def test_the_date_is_the_one_worked_out_by_hand(case: Case) -> None:
    clock = the_clock(case, case.on)
    if case.expected == "refused":
        assert (clock.due, clock.state) == (None, ClockState.WAITING)
        assert clock.opens_after
    elif case.expected == "no_date":
        assert clock.due is None
        assert clock.state in (ClockState.NO_DATE, ClockState.NO_NUMBER)
    else:
        assert clock.due == date.fromisoformat(case.expected), clock.explanation


@pytest.mark.parametrize("case", cases(), ids=str)
def test_the_clock_has_lapsed_on_the_day_after_and_not_before(case: Case) -> None:
    due = the_clock(case, case.on).due
    if due is not None:
        assert the_clock(case, due).state is ClockState.RUNNING
        assert the_clock(case, due + timedelta(days=1)).state is ClockState.LAPSED
