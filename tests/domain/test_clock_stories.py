"""Timelines that go wrong: letters out of order, twice, too late, too early, or not at all."""

from __future__ import annotations

from datetime import date

import pytest

from casefile.domain.clocks import Clock, ClockState, Extension, Happening, Matter, Pause, clocks
from casefile.services import laws

TEN_DAYS = "unusual_circumstances_extension"


def d(text: str) -> date:
    return date.fromisoformat(text)


def told(event: str, on: str, **more: object) -> Happening:
    day = d(on)
    return Happening(event=event, dated=day, sent=day, received=day, **more)  # type: ignore[arg-type]


def all_of(law: str, *happened: Happening, today: str, **more: object) -> list[Clock]:
    matter = Matter(laws.get(law), happened, **more)  # type: ignore[arg-type]
    return list(clocks(matter, d(today), laws.calendar(matter.law, matter.holidays)))


def every(law: str, clock: str, *happened: Happening, today: str, **more: object) -> list[Clock]:
    return [c for c in all_of(law, *happened, today=today, **more) if c.rule.id == clock]


def one(law: str, clock: str, *happened: Happening, today: str, **more: object) -> Clock:
    (found,) = every(law, clock, *happened, today=today, **more)
    return found


RECEIVED = told("received", "2026-03-02")  # twenty working days end on 30 March, thirty on 13 April


# Extensions


def response(*letters: Extension, today: str = "2026-03-20", **more: object) -> Clock:
    return one("us-federal", "response", RECEIVED, today=today, extensions=letters, **more)


def test_an_extension_announced_twice_lengthens_once() -> None:
    """Ten working days is all that 552(a)(6)(B)(i) gives, however many letters say so."""
    first, again = Extension(TEN_DAYS, d("2026-03-10")), Extension(TEN_DAYS, d("2026-03-20"))
    assert response(first, again).due == d("2026-04-13")
    assert response(first, again).agency_due is None


def test_a_further_letter_on_an_extension_names_another_date() -> None:
    """3 April was named first; 10 April is still within the ten days, 27 April is not."""
    first = Extension(TEN_DAYS, d("2026-03-10"), d("2026-04-03"))
    within = response(first, Extension(TEN_DAYS, d("2026-04-02"), d("2026-04-10")))
    assert (within.due, within.agency_due) == (d("2026-04-10"), None)
    late = response(first, Extension(TEN_DAYS, d("2026-04-07"), d("2026-04-10")))
    assert (late.due, late.agency_due) == (d("2026-04-03"), d("2026-04-13"))
    beyond = response(first, Extension(TEN_DAYS, d("2026-04-02"), d("2026-04-27")))
    assert (beyond.due, beyond.agency_due) == (d("2026-04-13"), d("2026-04-27"))


def test_an_extension_letter_takes_no_day_away() -> None:
    """A date before the plain last day is a slip of the pen."""
    assert response(Extension(TEN_DAYS, d("2026-03-10"), d("2026-03-12"))).due == d("2026-03-30")


def test_a_second_extension_is_in_time_within_the_first() -> None:
    """Israel: 30 days to 1 April, 30 more to 1 May; the next, told on 20 April, makes it 120."""
    first, further = Extension("extension", d("2026-03-30")), d("2026-04-20")
    clock = one(
        "il", "decision", RECEIVED, today="2026-05-04",
        extensions=(first, Extension("further_extension", further)),
    )  # fmt: skip
    assert (clock.state, clock.due, clock.agency_due) == (
        ClockState.RUNNING, d("2026-06-30"), None,
    )  # fmt: skip


def test_an_extension_in_a_period_that_began_anew_is_in_time() -> None:
    """European Union: fifteen working days anew from 25 March end on 16 April; fifteen more, with
    Labour Day between, on 8 May."""
    law = laws.get("eu")
    base = next(rule for rule in law.clocks if any(s.mode == "restart" for s in rule.stop_rules))
    longer = next(rule for rule in law.clocks if rule.adds_to == base.id)
    pause = Pause(d("2026-03-09"), d("2026-03-25"), base.stop_rules[0].ground)
    clock = one(
        law.id, base.id, RECEIVED, today="2026-03-26",
        pauses=(pause,), extensions=(Extension(longer.id, d("2026-04-08")),),
    )  # fmt: skip
    assert (clock.started, clock.agency_due) == (d("2026-03-25"), None)
    assert clock.due == d("2026-05-08")


# Pauses


def test_a_pause_that_has_not_begun_takes_no_date_away() -> None:
    ahead = Pause(d("2026-03-10"), None, "one_information_request")
    clock = one("us-federal", "response", RECEIVED, today="2026-03-05", pauses=(ahead,))
    assert (clock.state, clock.due) == (ClockState.RUNNING, d("2026-03-30"))


def test_days_of_two_pauses_at_once_are_left_out_once() -> None:
    """Spain: a month to 2 April; 11 to 25 March are fifteen days, whoever asked meanwhile."""
    pauses = (
        Pause(d("2026-03-10"), d("2026-03-20"), "clarification"),
        Pause(d("2026-03-15"), d("2026-03-25"), "third_party_consultation"),
    )
    clock = one("es", "decision", RECEIVED, today="2026-03-26", pauses=pauses)
    assert clock.unrolled == d("2026-04-17")
    within = (pauses[0], Pause(d("2026-03-12"), d("2026-03-14"), "third_party_consultation"))
    clock = one("es", "decision", RECEIVED, today="2026-03-26", pauses=within)
    assert clock.unrolled == d("2026-04-12")


# Out of order


def test_a_clarification_after_the_decision_starts_nothing_anew() -> None:
    asked = Pause(d("2026-03-06"), d("2026-03-20"), "clarification")
    answered = Happening(event="clarification", received=d("2026-03-20"))
    refused = told("denial", "2026-03-12")
    found = all_of("uk", RECEIVED, refused, answered, today="2026-06-01", pauses=(asked,))
    clock = {each.rule.id: each for each in found}
    assert (clock["response"].state, clock["response"].met_on) == (
        ClockState.MET, d("2026-03-12"),
    )  # fmt: skip
    assert clock["after_clarification"].state is ClockState.WAITING


@pytest.mark.parametrize("law", ["us-federal", "uk", "us-ny"])
def test_a_decision_dated_before_the_receipt_that_is_known_is_a_decision(law: str) -> None:
    """The receipt was read off a late acknowledgement: that makes no silence."""
    early = told("denial", "2026-02-27")
    found = all_of(law, RECEIVED, early, today="2026-06-01")
    headline = next(each for each in found if each.rule.id == laws.get(law).headline)
    assert (headline.state, headline.met_on) == (ClockState.MET, d("2026-02-27"))
    assert not [c for c in found if c.started_by and c.started_by.event == "response_silence"]


# What is delivered


def test_what_was_granted_waits_for_its_delivery() -> None:
    """A grant ends the wait for a decision, not that for the records (Israel, South Carolina)."""
    granted = (told("determination", "2026-03-10", id="a"), told("grant", "2026-03-10", id="a"))
    waiting = one("il", "deliver", RECEIVED, *granted, today="2026-03-12")
    assert (waiting.state, waiting.due) == (ClockState.RUNNING, d("2026-03-25"))
    delivered = told("final_release", "2026-03-20", id="b")
    assert one("il", "deliver", RECEIVED, *granted, delivered, today="2026-03-22").met_on == d(
        "2026-03-20"
    )


# What nobody knows


def test_a_year_whose_holidays_are_not_known_says_so() -> None:
    """Indian feasts that follow the moon are known to 2035; Filipino holidays from 1988."""
    known = one("in", "response", told("received", "2026-03-02"), today="2026-03-03")
    assert "holidays" not in known.doubt
    far = told("received", "2050-03-02")
    clock = one("in", "response", far, today="2050-03-03")
    counts = "holiday" in laws.get("in").roll
    assert ("Not all holidays of 2050" in clock.doubt) == counts
    early = one("ph", "response", told("received", "1975-03-03"), today="1975-03-04")
    assert "Not all holidays of 1975" in early.doubt


def test_a_pause_beyond_every_calendar_breaks_nothing() -> None:
    for law in laws.every():
        for ground in {ground for rule in law.clocks for ground in rule.stops_for}:
            pauses = (Pause(d("2026-03-05"), date.max, ground), Pause(date.max, date.max, ground))
            assert all_of(law.id, RECEIVED, today="2026-03-20", pauses=pauses)
