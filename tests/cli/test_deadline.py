"""The calculator and the table of laws, as typed."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.cli.conftest import Cli
from tests.domain.test_worked_cases import Case, cases

#: What answering one deadline must never load: it is typed, and answers, at once.
HEAVY = (
    "sqlite3",
    "sqlcipher3",
    "sqlite_utils",
    "pymupdf",
    "PySide6",
    "tesserocr",
    "cryptography",
    "jinja2",
    "icalendar",
    "holidays.countries.united_kingdom",
    "casefile.store",
    "casefile.pdf",
    "casefile.ui",
)


def typed(case: Case) -> list[str]:
    """The line of the file as somebody would type it."""
    adjust = case.adjust
    argv = ["deadline", "--json", "--law", case.law, "--event", f"{case.event}={case.on}"]
    argv += ["--as-of", str(case.on)]
    if "pause" in adjust:
        argv += ["--pause", f"{adjust['ground']}={adjust['pause']}"]
    if "extend" in adjust:
        argv += ["--extend", adjust["extend"]]
    if "holidays" in adjust:
        argv += ["--holidays", adjust["holidays"]]
    if "if" in adjust:
        argv += ["--fact", f"{case.clock}={adjust['if']}"]
    if "interim" in adjust:
        argv += ["--event", f"interim_release={adjust['interim']}"]
    return argv


@pytest.mark.parametrize("case", cases(), ids=str)
def test_every_worked_case_is_answered(cli: Cli, case: Case) -> None:
    ran = cli(*typed(case), passphrase=None)
    assert ran.status == 0
    assert ran.json["law"] == case.law
    clock = next(each for each in ran.json["clocks"] if each["id"] == case.clock)
    expected = None if case.expected in ("refused", "no_date") else case.expected
    assert clock["due"] == expected, clock["explanation"]
    assert (clock["started"] is None) == (case.expected == "refused")
    assert clock["explanation"]


def test_a_clock_says_what_a_script_needs(cli: Cli) -> None:
    ran = cli("deadline", "--json", "--law", "us-federal", "--event", "denial=2026-03-02",
              "--as-of", "2026-03-10")  # fmt: skip
    clock = next(each for each in ran.json["clocks"] if each["id"] == "appeal_filing")
    assert clock["explanation"].pop(0) == "The law gives 90 days."
    assert clock["explanation"]
    expected = {
        "id": "appeal_filing",
        "kind": "appeal_filing",
        "state": "running",
        "party": "requester",
        "started": "2026-03-02",
        "started_by": "denial",
        "due": "2026-05-31",
        "unrolled": "2026-05-31",
        "send_by": "2026-05-29",
        "agency_due": None,
        "opens_after": [],
        "used": 8,
        "of": 90,
        "check_this": False,
        "doubt": None,
        "asks": None,
        "citation": "5 U.S.C. 552(a)(6)(A)(i)(III)(aa)",
        "confidence": "verified",
        "checked": "2026-11-22",
        "source": "5 U.S.C. 552 text, legalize-dev/legalize-us us/USC-T5-S552.md",
    }
    assert {name: clock[name] for name in expected} == expected


def test_several_events_stand_after_one_option_or_after_several(cli: Cli) -> None:
    events = ["received=2026-03-02", "denial=2026-03-10"]
    said = ["deadline", "--json", "--law", "uk", "--as-of", "2026-03-11", "--event"]
    together = cli(*said, *events).json
    assert together == cli(*said, events[0], "--event", events[1]).json
    states = {each["id"]: each["state"] for each in together["clocks"]}
    assert (states["response"], states["internal_review_filing"]) == ("met", "running")


def test_a_pause_without_a_ground_is_the_clocks_first_one(cli: Cli) -> None:
    said = ["deadline", "--json", "--law", "us-federal", "--event", "received=2024-03-04"]
    named = cli(*said, "--pause", "one_information_request=2024-03-15..2024-03-28")
    plain = cli(*said, "--pause", "2024-03-15..2024-03-28")
    assert named.json == plain.json
    assert named.json["clocks"][1]["due"] == "2024-04-12"


def test_a_pause_that_is_still_open_has_no_date(cli: Cli) -> None:
    ran = cli("deadline", "--json", "--law", "us-federal", "--event", "received=2024-03-04",
              "--pause", "2024-03-15..", "--as-of", "2024-05-01")  # fmt: skip
    clock = ran.json["clocks"][1]
    assert (clock["state"], clock["due"], clock["party"]) == ("paused", None, "requester")
    assert (clock["used"], clock["of"]) == (9, 20)


def test_a_pause_for_another_reason_moves_only_the_bodys_own_date(cli: Cli) -> None:
    ran = cli("deadline", "--json", "--law", "us-federal", "--event", "received=2024-03-04",
              "--pause", "third_party_consultation=2024-03-15..2024-03-28")  # fmt: skip
    clock = ran.json["clocks"][1]
    assert (clock["due"], clock["agency_due"]) == ("2024-04-01", "2024-04-12")


def test_a_fact_that_was_not_told_is_asked_for(cli: Cli) -> None:
    said = ["deadline", "--json", "--law", "ie", "--event", "review_body_decision=2026-09-01"]
    for told, state, due in (
        ([], "asks", None),
        (["--fact", "high_court_part_access=no"], "off", None),
        (["--fact", "high_court_part_access=yes"], "lapsed", "2026-10-27"),
    ):
        ran = cli(*said, *told, "--as-of", "2026-12-01")
        found = {each["id"]: each for each in ran.json["clocks"]}["high_court_part_access"]
        assert (found["state"], found["due"]) == (state, due)


def test_people_read_why(cli: Cli) -> None:
    ran = cli("deadline", "--law", "us-federal", "--event", "received=2024-06-15",
              "--as-of", "2024-06-20")  # fmt: skip
    assert "Response: due Tuesday 16 July 2024 (running" in ran.out
    assert "Juneteenth National Independence Day, not counted." in ran.out
    assert "answer: opens after service of the complaint" in ran.out


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["--event", "recieved=2026-03-02"], "These start the clocks of uk: received,"),
        (["--event", "received"], "not an event such as received=2026-03-02"),
        (["--event", "received=2.3.2026"], "not a date such as"),
        (["--event", "received=1066-10-14"], "from 1950 to 2090"),
        (["--event", "received=2026-03-02", "--extend", "more"], "public_interest_test_extension"),
        (["--event", "received=2026-03-02", "--pause", "ill=2026-03-02..2026-03-04"], "fee_notice"),
        (["--event", "received=2026-03-02", "--pause", "2026-03-04..2026-03-02"], "before it be"),
        (["--event", "received=2026-03-02", "--pause", "2026-03-04"], "not a span"),
        (["--event", "received=2026-03-02", "--fact", "response=maybe"], "not a fact"),
        (["--event", "received=2026-03-02", "--fact", "response=yes"], "waits for no fact"),
        ([], "--event"),
    ],
)
def test_wrong_usage_says_what_would_be_right(cli: Cli, argv: list[str], words: str) -> None:
    ran = cli("deadline", "--law", "uk", *argv)
    assert (ran.status, ran.out) == (2, "")
    assert words in ran.err


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["--law", "atlantis"], "no law called “atlantis”"),
        (["--law", "uk", "--holidays", "XX"], "no holiday calendar for “XX”"),
    ],
)
def test_what_casefile_does_not_know_is_refused(cli: Cli, argv: list[str], words: str) -> None:
    ran = cli("deadline", *argv, "--event", "received=2026-03-02")
    assert (ran.status, ran.out) == (1, "")
    assert words in ran.err


def test_an_event_that_only_other_laws_know_starts_nothing(cli: Cli) -> None:
    ran = cli("deadline", "--json", "--law", "nz", "--event", "service=2026-03-02")
    assert ran.status == 0
    assert {each["state"] for each in ran.json["clocks"]} == {"waiting"}


def test_the_table_of_laws(cli: Cli) -> None:
    found = {each["id"]: each for each in cli("laws", "--json").json["laws"]}
    assert len(found) == 106
    assert found["us-federal"]["citation"] == "5 U.S.C. 552(a)(6)"
    assert (found["us-federal"]["verified"], found["jp"]["verified"]) == (True, False)
    assert "Wet open overheid" in cli("laws").out


def test_one_law_with_its_clocks(cli: Cli) -> None:
    (law,) = cli("laws", "uk", "--json").json["laws"]
    clock = {each["id"]: each for each in law["clocks"]}["internal_review_filing"]
    assert (clock["amount"], clock["unit"]) == (40, "business_days")
    assert "tribunal: 28 days from when the outside reviewer decided" in cli("laws", "uk").out
    assert cli("laws", "atlantis").status == 1


def test_a_deadline_is_answered_without_the_heavy_parts() -> None:
    argv = ["deadline", "--json", "--law", "us-federal", "--event", "received=2024-06-15"]
    code = (
        "import json, sys; from casefile.app import run;"
        f"status = run({argv!r});"
        f"print(json.dumps([status, [m for m in {HEAVY!r} if m in sys.modules]]))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(out.stdout.splitlines()[-1]) == [0, []]


def test_a_pause_that_never_ends_is_wrong_usage(cli: Cli) -> None:
    argv = ("--law", "es", "--event", "received=2026-03-02", "--pause", "2026-03-05..9999-12-31")
    ran = cli("deadline", *argv, passphrase=None)
    assert ran.status == 2
    assert "1950 to 2090" in ran.err


def test_holidays_that_are_not_known_are_no_warning_for_programmers(cli: Cli) -> None:
    ran = cli("deadline", "--law", "in", "--event", "received=2050-03-02", passphrase=None)
    assert (ran.status, ran.err) == (0, "")
