"""Follow-ups typed as one line."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.domain.followup_lines import parse_line

SUNDAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("line", "text", "due"),
    [
        ("call HERON fri", "call HERON", date(2026, 11, 27)),
        ("call HERON Friday", "call HERON", date(2026, 11, 27)),
        ("call HERON by next fri", "call HERON", date(2026, 11, 27)),
        ("call HERON on sunday", "call HERON", date(2026, 11, 29)),
        ("HERON anrufen fr.", "HERON anrufen", date(2026, 11, 27)),
        ("HERON anrufen bis Freitag", "HERON anrufen", date(2026, 11, 27)),
        ("ask the agency tomorrow", "ask the agency", date(2026, 11, 23)),
        ("ask today", "ask", SUNDAY),
        ("read page 41: 2026-12-01", "read page 41", date(2026, 12, 1)),
        ("Akte lesen 1.12.", "Akte lesen", date(2026, 12, 1)),
        ("Akte lesen am 1.12.2027", "Akte lesen", date(2027, 12, 1)),
        ("appeal 3 Dec", "appeal", date(2026, 12, 3)),
        ("appeal Dec 3rd", "appeal", date(2026, 12, 3)),
        ("appeal December 3, 2027", "appeal", date(2027, 12, 3)),
        ("appeal 1 nov", "appeal", date(2027, 11, 1)),
        ("appeal 29 feb", "appeal", date(2028, 2, 29)),
        ("chase the fee in 3 days", "chase the fee", date(2026, 11, 25)),
        ("chase in 2w", "chase", date(2026, 12, 6)),
        ("chase in 1 month", "chase", date(2026, 12, 22)),
        ("chase next week", "chase", date(2026, 11, 23)),
        ("chase next month", "chase", date(2026, 12, 1)),
    ],
)
def test_the_date_at_the_end_is_taken(line: str, text: str, due: date) -> None:
    assert parse_line(line, SUNDAY) == (text, due)


@pytest.mark.parametrize(
    "line",
    [
        "call HERON",
        "fri",
        "tomorrow",
        "read the Sun",
        "what to do",
        "it was so",
        "read 3 days",
        "count to 31 feb",
        "meet on 3/4",
        "see 99.99.",
        "wait in 999 lightyears",
        "",
    ],
)
def test_a_line_without_a_date_stays_as_it_is(line: str) -> None:
    assert parse_line(line, SUNDAY) == (line, None)


def test_a_weekday_is_always_ahead() -> None:
    friday = date(2026, 11, 27)
    assert parse_line("call fri", friday) == ("call", friday + timedelta(days=7))


@given(st.text(max_size=80), st.dates())
def test_no_line_is_wrong(line: str, today: date) -> None:
    text, due = parse_line(line, today)
    assert len(text) <= len(line)
    assert due is None or line.split()


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 1, 1)))
def test_an_iso_date_is_itself(day: date) -> None:
    assert parse_line(f"call {day.isoformat()}", SUNDAY) == ("call", day)
