"""Bates numbers that count."""

from __future__ import annotations

import pytest

from casefile.domain.page_numbers import count_between, gap_between


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [
        ("EPA-000123", "EPA-000130", 8),
        ("epa-99", "EPA-0101", 3),
        ("12", "12", 1),
        ("BER 0007 (R)", "BER 0009 (R)", 3),
        ("EPA-5", "EPA-2", -2),
        ("EPA-5", "DOJ-9", None),
        ("iv", "vii", None),
        ("", "3", None),
    ],
)
def test_pages_are_counted_from_their_numbers(first: str, last: str, count: int | None) -> None:
    assert count_between(first, last) == count


def test_a_gap_is_what_the_numbers_leave_out() -> None:
    assert gap_between("BER-000012", "BER-000020") == ("BER-000013", "BER-000019", 7)
    assert gap_between("BER-000012", "BER-000013") is None
    assert gap_between("12", "x") is None
