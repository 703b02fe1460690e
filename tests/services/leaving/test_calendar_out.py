"""The calendar of deadlines, as another program reads it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from casefile.domain.errors import UserError
from casefile.domain.requests import EventKind
from casefile.services import request_events, requests
from casefile.services.case import Case
from casefile.services.leaving import calendar_out
from casefile.services.leaving.log import history

TODAY = date(2026, 11, 28)
SUBJECT = "Ündïsclosed wáivers, " * 12


@pytest.fixture
def denied(case: Case) -> str:
    """Refused by the agency, so that the reporter has a limit."""
    request_id = requests.add(
        case, agency="Bureau of Secrets", law="us-federal", subject=SUBJECT, tracking_number="S-7"
    ).ids("request")[0]
    log(case, request_id, EventKind.SENT, sent="2026-10-01", received="2026-10-02")
    log(case, request_id, EventKind.DENIAL, dated="2026-11-16", appeal_offered=True)
    return request_id


def log(case: Case, request_id: str, kind: EventKind, **details: object) -> None:
    request_events.log(case, request_id, kind, **details)


def saved(case: Case, path: Path, today: date = TODAY, **how: Any) -> dict[str, Any]:
    """Every entry of a calendar that was just written, by UID."""
    calendar_out.save(case, path, today=today, force=True, **how)
    events = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    found = {str(event["uid"]): event for event in events}
    assert len(found) == len(events)
    return found


def own(found: dict[str, Any]) -> tuple[str, Any]:
    """The first of the entries that have alarms: the limit for the appeal."""
    mine = [(uid, event) for uid, event in found.items() if event.walk("VALARM")]
    return min(mine, key=lambda each: each[1]["dtstart"].dt)


def test_it_tells_nothing_but_days(case: Case, denied: str, tmp_path: Path) -> None:
    found = saved(case, tmp_path / "d.ics")
    assert found
    assert {str(event["summary"]) for event in found.values()} == {"Casefile: a deadline"}
    raw = (tmp_path / "d.ics").read_bytes()
    for told in (b"Bureau", b"Secrets", b"S-7", b"waivers", b"us-federal", denied.encode()):
        assert told not in raw
    (left,) = history(case, "calendar")
    assert left.name == "d.ics"


def test_a_day_has_no_hour_that_a_time_zone_could_move(
    case: Case, denied: str, tmp_path: Path
) -> None:
    _, event = own(saved(case, tmp_path / "d.ics"))
    assert type(event["dtstart"].dt) is date
    assert event["dtend"].dt - event["dtstart"].dt == timedelta(days=1)
    assert event["dtstart"].params["VALUE"] == "DATE"
    # 90 days after the refusal of November 16 is Sunday, February 14: the Friday before
    assert event["dtstart"].dt == date(2027, 2, 12)


def test_only_limits_of_the_reporters_own_ring(case: Case, denied: str, tmp_path: Path) -> None:
    log(case, denied, EventKind.APPEAL, sent="2026-11-20", received="2026-11-20")
    found = saved(case, tmp_path / "d.ics")
    assert any(not event.walk("VALARM") for event in found.values())  # the agency's answer
    _, event = own(found)
    rings = [alarm["trigger"].dt for alarm in event.walk("VALARM")]
    nine = timedelta(hours=9)
    assert rings == [nine - timedelta(days=7), nine - timedelta(days=1)]


def test_reading_it_again_changes_nothing(case: Case, denied: str, tmp_path: Path) -> None:
    first = saved(case, tmp_path / "1.ics")
    again = saved(case, tmp_path / "2.ics", TODAY + timedelta(days=1))
    assert first.keys() == again.keys()
    for uid, event in first.items():
        for name in ("sequence", "dtstart", "last-modified", "status"):
            assert event[name] == again[uid][name]


def test_a_moved_day_is_a_later_version_of_the_same_entry(
    case: Case, denied: str, tmp_path: Path
) -> None:
    uid, before = own(saved(case, tmp_path / "1.ics"))
    request_events.override(case, denied, "appeal_filing", "2027-01-15", "their letter says so")
    same, after = own(saved(case, tmp_path / "2.ics"))
    assert same == uid
    assert after["dtstart"].dt == date(2027, 1, 15)
    assert after["sequence"] == before["sequence"] + 1


def test_an_entry_whose_clock_has_ended_is_cancelled_and_then_forgotten(
    case: Case, denied: str, tmp_path: Path
) -> None:
    uid, before = own(saved(case, tmp_path / "1.ics"))
    assert str(before["status"]) == "CONFIRMED"
    requests.delete(case, [denied])
    ended = saved(case, tmp_path / "2.ics")
    assert {str(event["status"]) for event in ended.values()} == {"CANCELLED"}
    assert ended[uid]["sequence"] == before["sequence"] + 1
    assert not ended[uid].walk("VALARM")
    assert saved(case, tmp_path / "3.ics")[uid]["sequence"] == ended[uid]["sequence"]
    assert saved(case, tmp_path / "4.ics", TODAY + timedelta(days=100)) == {}


def test_a_clock_that_runs_again_is_no_longer_cancelled(
    case: Case, denied: str, tmp_path: Path
) -> None:
    uid, _ = own(saved(case, tmp_path / "1.ics"))
    log(case, denied, EventKind.WITHDRAWN, sent="2026-11-27")
    assert str(saved(case, tmp_path / "2.ics")[uid]["status"]) == "CANCELLED"
    request_events.delete(case, request_events.listing(case, denied)[-1].id)
    back = saved(case, tmp_path / "3.ics")[uid]
    assert (str(back["status"]), back["sequence"]) == ("CONFIRMED", 2)


def test_details_are_a_choice_and_can_be_taken_back(
    case: Case, denied: str, tmp_path: Path
) -> None:
    uid, event = own(saved(case, tmp_path / "1.ics", details=True))
    assert str(event["summary"]) == "Bureau of Secrets #S-7: appeal filing"
    assert SUBJECT.strip() in str(event["description"])
    lines = (tmp_path / "1.ics").read_bytes().split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)  # folded, and never inside a letter
    assert b"\n" not in b"".join(lines)
    opaque = saved(case, tmp_path / "2.ics")[uid]
    assert str(opaque["summary"]) == "Casefile: a deadline"
    assert "description" not in opaque
    assert opaque["sequence"] == 1


def test_the_same_request_of_another_case_has_another_uid(
    case: Case, denied: str, tmp_path: Path
) -> None:
    from casefile.services import settings

    first = saved(case, tmp_path / "1.ics")
    settings.put(case, "calendar_out", {})
    assert not first.keys() & saved(case, tmp_path / "2.ics").keys()


def test_what_is_there_is_not_replaced_unasked(case: Case, denied: str, tmp_path: Path) -> None:
    (tmp_path / "d.ics").write_text("mine")
    with pytest.raises(UserError, match=r"leaving\.exists"):
        calendar_out.save(case, tmp_path / "d.ics", today=TODAY)
    assert (tmp_path / "d.ics").read_text() == "mine"


def test_an_empty_case_gives_an_empty_calendar(case: Case, tmp_path: Path) -> None:
    assert saved(case, tmp_path / "d.ics") == {}
