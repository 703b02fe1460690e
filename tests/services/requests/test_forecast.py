"""What a case tells of how long its agencies take."""

from __future__ import annotations

from datetime import date, timedelta

from casefile.domain.forecast import Basis
from casefile.domain.requests import EventKind
from casefile.services import forecast, request_events, requests
from casefile.services.case import Case

TODAY = date(2026, 11, 28)
START = date(2026, 1, 5)


def asked(case: Case, agency: str, days: int | None = None, law: str = "us-federal") -> str:
    """A request that the agency had on the 5th of January; answered after so many days."""
    request_id = requests.add(case, agency=agency, law=law).ids("request")[0]
    request_events.log(
        case, request_id, EventKind.SENT, sent="2026-01-02", received=START.isoformat()
    )
    if days is not None:
        answer = (START + timedelta(days=days)).isoformat()
        request_events.log(case, request_id, EventKind.DETERMINATION, dated=answer)
    return request_id


def test_a_case_without_history_says_so(case: Case) -> None:
    found = forecast.of_request(case, asked(case, "EPA R9"), TODAY)
    assert found.basis is Basis.NONE
    assert "No earlier request" in forecast.sentence(found)


def test_the_agencys_own_history_counts_and_not_the_request_itself(case: Case) -> None:
    for days in (20, 30, 40, 50, 60):
        asked(case, "EPA R9", days)
    asked(case, "Navy", 900)
    asked(case, "EPA R9")  # still open
    mine = asked(case, "EPA R9", 1)
    found = forecast.of_request(case, mine, TODAY)
    assert (found.basis, found.answered, found.waiting) == (Basis.AGENCY, 5, 1)
    assert found.median == 40
    words = forecast.sentence(found)
    assert words.startswith("This agency took 40 days")
    assert "1 is still open" in words
    assert "Too few" not in words


def test_few_answers_are_told_as_few(case: Case) -> None:
    asked(case, "EPA R9", 20)
    found = forecast.of_request(case, asked(case, "EPA R9"), TODAY)
    assert found.few
    assert "Too few to go by." in forecast.sentence(found)
    assert "1 answered request of this case" in forecast.sentence(found)


def test_an_agency_without_history_is_judged_by_its_law(case: Case) -> None:
    for days in (20, 30, 40, 50, 60):
        asked(case, "EPA R9", days)
    found = forecast.of_request(case, asked(case, "Navy"), TODAY)
    assert (found.basis, found.median) == (Basis.LAW, 40)
    assert forecast.of_request(case, asked(case, "Town", law="us-ny"), TODAY).basis is Basis.NONE


def test_what_is_in_the_trash_does_not_count(case: Case) -> None:
    gone = asked(case, "EPA R9", 20)
    requests.delete(case, [gone])
    assert forecast.of_request(case, asked(case, "EPA R9"), TODAY).answered == 0
