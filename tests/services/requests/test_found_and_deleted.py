"""What happened to a request and its letters are found by search, and come back from the trash."""

from __future__ import annotations

import pytest

from casefile.domain.letters import LetterKind
from casefile.domain.requests import EventKind
from casefile.services import letters, request_events, requests, searching, trash
from casefile.services.case import Case


@pytest.fixture
def asked(case: Case) -> str:
    return requests.add(case, agency="EPA R9", law="us-federal").ids("request")[0]


def found(case: Case, words: str) -> list[tuple[str, str, str]]:
    return [(hit.kind, hit.id, hit.title) for hit in searching.search_case(case, words).hits]


def logged(case: Case, request_id: str, **details: object) -> str:
    change = request_events.log(case, request_id, EventKind.NOTE, dated="2026-07-10", **details)
    return change.ids("request_event")[0]


def test_a_person_at_the_agency_is_found_with_the_agencys_name(case: Case, asked: str) -> None:
    event = logged(case, asked, person="M. Osei", note="Will call back about the waivers")
    assert found(case, "osei") == [("request_event", event, "EPA R9")]
    assert found(case, "waivers call") == [("request_event", event, "EPA R9")]
    requests.delete(case, [asked])
    assert found(case, "osei") == []


def test_a_letter_is_found_by_its_words(case: Case, asked: str) -> None:
    kept = letters.keep(case, asked, LetterKind.REMINDER, "The heron survey is late.", "Nudge")
    letter = kept.ids("letter")[0]
    assert found(case, "heron") == [("letter", letter, "EPA R9")]
    assert requests.owner(case, "letter", letter) == asked
    letters.delete(case, [letter])
    assert found(case, "heron") == []
    requests.delete(case, [asked])
    trash.restore(case, [("letter", letter)])
    assert found(case, "heron") == [], "its request is in the trash"


def test_letters_and_events_come_back_from_the_trash(case: Case, asked: str) -> None:
    event = logged(case, asked, note="Called")
    letter = letters.keep(case, asked, LetterKind.REMINDER, "Late.", "Nudge").ids("letter")[0]
    request_events.delete(case, event)
    letters.delete(case, [letter])
    labels = {(item.kind, item.id): item.label for item in trash.listing(case)}
    assert labels["request_event", event] == "note, 2026-07-10, Called"
    assert labels["letter", letter] == "Nudge"
    trash.restore(case, [("request_event", event), ("letter", letter)])
    assert [each.id for each in request_events.listing(case, asked)] == [event]
    assert [each.id for each in letters.listing(case, asked)] == [letter]
