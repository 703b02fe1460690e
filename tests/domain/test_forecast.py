"""What to expect of an agency: quartiles that do not forget who still waits."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from casefile.domain.forecast import Basis, Wait, forecast, wait
from casefile.domain.requests import EventKind as Kind

START = date(2026, 3, 2)
TODAY = date(2026, 11, 28)


def after(days: int) -> date:
    return START + timedelta(days=days)


def answered(*days: int) -> list[Wait]:
    return [Wait(each, answered=True) for each in days]


def waiting(*days: int) -> list[Wait]:
    return [Wait(each, answered=False) for each in days]


def test_the_wait_runs_from_receipt_to_the_first_answer() -> None:
    events = [(Kind.SENT, START), (Kind.RECEIVED, after(3)), (Kind.DENIAL, after(43)),
              (Kind.FINAL_RELEASE, after(90))]  # fmt: skip
    assert wait(events, TODAY) == Wait(40, answered=True)
    assert wait([(Kind.SENT, START), (Kind.DENIAL, after(20))], TODAY) == Wait(20, answered=True)
    assert wait([(Kind.SENT, START)], after(9)) == Wait(9, answered=False)
    assert wait([(Kind.DENIAL, START)], TODAY) is None
    assert wait([], TODAY) is None


def test_what_was_withdrawn_waited_until_then_and_never_had_an_answer() -> None:
    events = [(Kind.SENT, START), (Kind.WITHDRAWN, after(12)), (Kind.DENIAL, after(30))]
    assert wait(events, TODAY) == Wait(12, answered=False)


def test_nothing_is_known_of_a_day_that_has_not_come() -> None:
    events = [(Kind.SENT, START), (Kind.DENIAL, after(40))]
    assert wait(events, after(10)) == Wait(10, answered=False)


def test_without_open_requests_these_are_the_plain_quartiles() -> None:
    found = forecast(answered(10, 20, 30, 40), [])
    assert (found.lower, found.median, found.upper) == (10, 20, 30)


def test_who_still_waits_makes_the_forecast_longer() -> None:
    # by hand: at 10 one of four (3/4 wait on), at 20 one of three (1/2), at 40 the last (0)
    found = forecast([*answered(10, 20, 40), *waiting(25)], [])
    assert (found.lower, found.median, found.upper) == (10, 20, 40)
    slow = forecast([*answered(10), *waiting(200, 300, 400)], [])
    assert (slow.lower, slow.median, slow.upper) == (10, None, None)
    assert slow.few


def test_the_agency_goes_before_the_law_unless_it_has_too_few() -> None:
    many, few = answered(1, 2, 3, 4, 5), answered(7, 8)
    assert forecast(many, many + few).basis is Basis.AGENCY
    assert forecast(few, many + few).basis is Basis.LAW
    assert forecast(few, few).basis is Basis.AGENCY
    assert forecast([], few).basis is Basis.LAW
    assert forecast(waiting(3), waiting(3)) == forecast(waiting(3), [])
    assert forecast([], []).basis is Basis.NONE


@given(
    st.lists(st.integers(0, 900), min_size=1, max_size=30),
    st.lists(st.integers(0, 900), max_size=30),
)
def test_an_open_request_never_makes_an_agency_look_quicker(
    done: list[int], still: list[int]
) -> None:
    plain = forecast(answered(*done), [])
    with_open = forecast([*answered(*done), *waiting(*still)], [])
    for name in ("lower", "median", "upper"):
        later = getattr(with_open, name)
        assert later is None or later >= getattr(plain, name)
    known = [d for d in (plain.lower, plain.median, plain.upper) if d is not None]
    assert known == sorted(known)
