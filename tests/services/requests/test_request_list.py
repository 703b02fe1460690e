"""The list of requests is read, not computed, and never shows what was true before an edit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from casefile.domain.clocks import ClockState
from casefile.domain.request_status import NextStep, Status
from casefile.domain.requests import EventKind
from casefile.services import deadlines, request_events, request_list, requests
from casefile.services.case import Case
from casefile.services.request_rows import RequestClocks
from casefile.services.undo import undo
from casefile.store import summaries

DAY = date(2026, 8, 3)


@pytest.fixture
def asked(case: Case) -> str:
    change = requests.add(case, agency="EPA R9", law="us-federal", tracking_number="#2291")
    request_id = change.ids("request")[0]
    request_events.log(case, request_id, EventKind.RECEIVED, received="2026-07-06")
    return request_id


@pytest.fixture
def computed(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The requests that were computed, not read."""
    found: list[str] = []
    really = deadlines._view

    def view(request, *more):
        found.append(request.id)
        return really(request, *more)

    monkeypatch.setattr(deadlines, "_view", view)
    return found


def row(case: Case, day: date = DAY) -> RequestClocks:
    [found] = request_list.with_clocks(case, day)
    return found


def test_a_row_says_what_the_request_itself_says(case: Case, asked: str) -> None:
    for day in (DAY, date(2026, 8, 4), date(2026, 8, 4)):
        view = deadlines.view(case, asked, day)
        found = row(case, day)
        assert (found.status, found.next_step, found.late_since) == (
            view.status, view.next_step, view.late_since,
        )  # fmt: skip
        assert (found.label, found.law) == ("EPA R9 #2291", "us-federal")
        assert found.leading is not None
        assert view.leading is not None
        assert found.leading.due == view.leading.due
        assert found.leading.state is view.leading.state
    assert row(case, date(2026, 8, 4)).standing == "Exhausted by silence since 4 Aug 2026"


def test_what_has_not_changed_is_not_computed_again(
    case: Case, asked: str, computed: list[str]
) -> None:
    other = requests.add(case, agency="US DOT", law="us-federal").ids("request")[0]
    request_list.rows(case, DAY)
    assert sorted(computed) == sorted([asked, other])
    computed.clear()
    request_list.rows(case, DAY)
    request_list.rows(case, DAY)
    assert computed == []
    request_list.rows(case, date(2026, 8, 4))
    assert computed == [asked]  # its limit went by; a draft has no dates


@pytest.mark.parametrize("what", ["event", "request", "agency", "undo"])
def test_an_edit_shows_at_once(case: Case, asked: str, what: str) -> None:
    assert row(case).status is Status.WAITING
    if what == "agency":
        office = requests.get(case, asked).agency_id or ""
        requests.edit_agency(case, office, closures=["2026-07-07"])
        assert (found := row(case).leading) is not None
        assert found.due == date(2026, 8, 4)
        return
    if what == "request":
        requests.edit(case, asked, agency="EPA Region 9")
        assert row(case).agency == "EPA Region 9"
        return
    change = request_events.log(case, asked, EventKind.DENIAL, dated="2026-07-20")
    assert row(case).status is Status.DENIED
    if what == "undo":
        undo(case, change)
        assert row(case).status is Status.WAITING


def test_what_was_computed_before_an_edit_is_not_kept(case: Case, asked: str) -> None:
    before = summaries.Kept(asked, summaries.stamps(case.reader(), [asked])[asked], "2026-08-01",
                            "9999-12-31", ["stale"], [], ())  # fmt: skip
    request_events.log(case, asked, EventKind.DENIAL, dated="2026-07-20")
    case.store.write(lambda tx: summaries.keep(tx, request_list._MADE_BY, [before]))
    assert row(case).status is Status.DENIED


def test_a_clock_that_stands_still_is_looked_at_every_day(case: Case, asked: str) -> None:
    request_events.log(
        case, asked, EventKind.CLARIFICATION, dated="2026-07-13",
        ground="one_information_request", confirmed=True,
    )  # fmt: skip
    leading = row(case).leading
    assert leading is not None
    assert (leading.state, leading.used, leading.of) == (ClockState.PAUSED, 5, 20)
    assert row(case).next_step is NextStep.ANSWER


def test_requests_in_the_trash_are_not_listed(case: Case, asked: str) -> None:
    request_list.rows(case, DAY)
    requests.delete(case, [asked])
    assert request_list.rows(case, DAY) == []
