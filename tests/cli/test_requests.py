"""Records requests on the command line, from the letter that goes out to the suit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Cli

#: What every request and every clock of an answer has.
KEYS = {"request", "agency", "law", "status", "clocks", "next_step", "standing", "late_since"}
CLOCK_KEYS = {
    "id", "kind", "started", "due", "send_by", "state", "explanation", "party", "opens_after",
    "agency_due", "agency_open", "stated", "drives", "override", "check_this", "doubt", "citation",
    "checked", "source",
}  # fmt: skip


@pytest.fixture
def case(cli: Cli, tmp_path: Path) -> Path:
    assert cli("new", tmp_path / "c").status == 0
    return tmp_path / "c"


def asked(cli: Cli, case: Path, *more: object) -> str:
    made = cli("request", case, "add", "--agency", "EPA R9", "--law", "us-federal", *more, "--json")
    assert made.status == 0, made.err
    (request,) = made.json["requests"]
    assert set(request) >= KEYS
    return str(request["request"])


def logged(cli: Cli, case: Path, request: str, kind: str, *more: object) -> dict[str, Any]:
    ran = cli("request", case, "event", request, kind, *more, "--json")
    assert ran.status == 0, ran.err
    found: dict[str, Any] = ran.json
    return found


def shown(cli: Cli, case: Path, request: str, *more: object) -> dict[str, Any]:
    (found,) = cli("request", case, "show", request, *more, "--json").json["requests"]
    assert all(set(clock) >= CLOCK_KEYS for clock in found["clocks"])
    return dict(found)


def test_everything_about_a_request_can_be_said(cli: Cli, case: Path, tmp_path: Path) -> None:
    words = tmp_path / "asked.txt"
    words.write_text("All waivers since 2024.\n")
    request = asked(
        cli, case, "--subject", "waivers", "--tracking-number", "R9-1", "--tracking-number", "R9-2",
        "--requester", "Ada Quill", "--on-behalf-of", "The Ledger", "--scope", "all waivers",
        "--from", "2024-01-01", "--to", "2024-12-31", "--text-file", words, "--category", "media",
        "--fee-ceiling", "25.00 USD", "--waiver", "--expedited", "--certified",
    )  # fmt: skip
    found = shown(cli, case, request)
    assert found["tracking_numbers"] == ["R9-1", "R9-2"]
    assert found["tracking_number"] == "R9-1"
    assert (found["requester"], found["on_behalf_of"]) == ("Ada Quill", "The Ledger")
    assert (found["from"], found["to"]) == ("2024-01-01", "2024-12-31")
    assert found["text"].strip() == "All waivers since 2024."
    assert found["fee_ceiling"] == {"amount": "25.00", "currency": "USD"}
    assert (found["waiver"], found["expedited"], found["certified"]) == (True, True, True)
    assert found["status"] == "draft"
    assert cli("request", case, "edit", request, "--no-waiver", "--subject", "old").status == 0
    found = shown(cli, case, request)
    assert (found["waiver"], found["subject"], found["category"]) == (False, "old", "media")


def test_events_are_logged_as_people_write_them(cli: Cli, case: Path) -> None:
    request = asked(cli, case, "--sent", "2026-10-01", "--received", "2026-10-02")
    estimate = logged(
        cli, case, request, "fee-estimate", "--dated", "2026-10-09", "--amount", "250 usd",
        "--way", "email", "--person", "Lee Marsh", "--pages", 40,
    )["event"]  # fmt: skip
    assert estimate["amount"] == {"amount": "250.00", "currency": "USD"}
    answer = logged(cli, case, request, "fee_commitment", "--sent", "2026-10-12")
    assert answer["event"]["answers"] == estimate["event"]
    denial = logged(
        cli, case, request, "denial", "--dated", "2026-11-02", "--appeal-offered",
        "--limit", "2027-02-01", "--bates-first", "EPA-1", "--bates-last", "EPA-40",
    )  # fmt: skip
    assert denial["event"]["appeal_offered"] is True
    assert denial["event"]["limit"] == "2027-02-01"
    found = shown(cli, case, request)
    assert found["status"] == "denied"
    kinds = [event["kind"] for event in found["events"]]
    assert kinds == ["sent", "fee_estimate", "fee_commitment", "denial"]
    assert found["events"][0]["received"] == "2026-10-02"
    text = cli("request", case, "show", request).out
    assert "Lee Marsh" in text
    assert "No earlier request" in text
    assert found["forecast"]["basis"] == "none"
    assert "fee_estimate" in text


def test_show_reckons_the_fees(cli: Cli, case: Path) -> None:
    request = asked(
        cli, case, "--sent", "2026-07-02", "--received", "2026-07-06", "--category", "media",
        "--fee-ceiling", "25.00 USD", "--waiver",
    )  # fmt: skip
    logged(
        cli, case, request, "fee-estimate", "--dated", "2026-07-10", "--amount", "420 USD",
        "--limit", "2026-07-26",
    )  # fmt: skip
    fees = shown(cli, case, request, "--as-of", "2026-07-20")["fees"]
    assert fees["estimates"] == [{"amount": "420.00", "currency": "USD", "over": "395.00"}]
    assert (fees["open"][0]["due"], fees["open"][0]["send_by"]) == ("2026-07-26", "2026-07-24")
    assert (fees["waiver"], fees["late"]) == ("asked", None)
    logged(cli, case, request, "waiver-decision", "--dated", "2026-07-21", "--outcome", "denied")
    logged(cli, case, request, "fee-paid", "--sent", "2026-07-22", "--amount", "25 USD")
    fees = shown(cli, case, request, "--as-of", "2026-09-01")["fees"]
    assert fees["paid"] == [{"amount": "25.00", "currency": "USD"}]
    assert fees["waiver_appeal"]["due"] == "2026-10-19"
    assert fees["late"]["due"] == "2026-08-03"
    text = cli("request", case, "show", request, "--as-of", "2026-09-01").out
    assert "Fees: estimate 420.00 USD (395.00 over the ceiling); 25.00 USD paid" in text
    assert "may not charge search fees" in text


def test_a_letter_is_tied_to_its_papers(cli: Cli, sample: Path, release: str) -> None:
    request = asked(cli, sample)
    listed = cli("documents", sample, "--json").json["documents"]
    sha256 = next(each["sha256"] for each in listed if each["document"] != release)
    other = next(each["document"] for each in listed if each["sha256"] == sha256)
    event = logged(
        cli, sample, request, "interim-release", "--received", "2026-11-02",
        "--document", release, "--document", sha256,
    )["event"]  # fmt: skip
    assert event["documents"] == [release, other]


def test_a_referral_is_a_request_of_its_own(cli: Cli, case: Path) -> None:
    request = asked(cli, case, "--sent", "2026-10-01")
    ran = logged(
        cli, case, request, "referral", "--dated", "2026-10-20", "--agency", "US Coast Guard",
        "--tracking-number", "CG-7", "--pages", 12,
    )  # fmt: skip
    parent, child = ran["requests"]
    assert parent["request"] == request
    assert (child["agency"], child["parent"]) == ("US Coast Guard", request)
    assert (child["tracking_number"], child["pages_expected"]) == ("CG-7", 12)
    assert ran["event"]["child"] == child["request"]
    again = cli("request", case, "refer", request, "--agency", "Navy", "--dated", "2026-10-21")
    assert again.status == 0
    assert len(cli("request", case, "list", "--json").json["requests"]) == 3
    assert cli("request", case, "event", request, "referral", "--dated", "2026-10-20").status == 2
    assert cli("request", case, "event", request, "note", "--agency", "Navy").status == 2


def test_what_is_decided_about_a_clock_is_kept(cli: Cli, case: Path) -> None:
    request = asked(cli, case, "--sent", "2026-10-01", "--received", "2026-10-02")
    clock = shown(cli, case, request)["clocks"][0]["id"]
    logged(cli, case, request, "override", "--clock", clock, "--until", "2026-11-11",
           "--note", "their letter says so")  # fmt: skip
    logged(cli, case, request, "give-up", "--clock", clock, "--note", "too dear")
    logged(cli, case, request, "fact", "--clock", clock, "--outcome", "yes")
    logged(cli, case, request, "snooze", "--until", "2026-12-24")
    kinds = [event["kind"] for event in shown(cli, case, request)["events"]]
    assert kinds[-4:] == ["override", "given_up", "fact", "snoozed"]
    for wrong in (
        ("override", "--clock", clock),
        ("override", "--clock", "no-such-clock", "--until", "2026-11-11", "--note", "x"),
        ("fact", "--clock", clock, "--outcome", "perhaps"),
        ("snooze",),
    ):
        assert cli("request", case, "event", request, *wrong).status == 2, wrong
    refused = cli("request", case, "event", request, "give-up", "--clock", clock)
    assert refused.status == 1
    assert "reason" in refused.err


def test_every_page_is_somewhere(cli: Cli, case: Path) -> None:
    request = asked(cli, case, "--pages-expected", 100)
    put = ("request", case, "ledger", request, "--json")
    assert cli(*put).json["difference"] == 100
    assert cli(*put, "--put", "full", "--pages", 60, "--first", "A-1").json["difference"] == 40
    ledger = cli(*put, "--put", "referred", "--pages", 30, "--to-whom", "Navy").json
    assert ledger["buckets"] == {"full": 60, "referred": 30}
    assert (ledger["promised"], ledger["accounted"], ledger["difference"]) == (100, 90, 10)
    assert ledger["entries"][1]["to_whom"] == "Navy"
    taken = cli(*put, "--take", ledger["entries"][0]["entry"]).json
    assert taken["accounted"] == 30
    assert shown(cli, case, request)["ledger"]["accounted"] == 30
    assert cli("request", case, "ledger", request, "--put", "full").status == 2


def test_the_clocks_are_those_of_the_day_that_is_asked_for(cli: Cli, case: Path) -> None:
    request = asked(cli, case, "--sent", "2026-09-01", "--received", "2026-09-01")
    found = shown(cli, case, request, "--as-of", "2026-09-02")
    response = next(clock for clock in found["clocks"] if clock["kind"] == "response")
    assert response["due"] == "2026-09-30"  # Labor Day does not count
    assert any("Labor Day" in line for line in response["explanation"])
    assert {"on", "what", "count"} <= set(response["steps"][0])
    listed = cli("deadlines", case, "--as-of", "2026-09-02", "--json")
    assert listed.status == 0
    keys = {"request", "agency", "kind", "due", "state", "days_left", "clock", "send_by", "law"}
    assert all(set(each) >= keys for each in listed.json["deadlines"])


@pytest.mark.parametrize(
    "wrong",
    [
        ("add",),
        ("add", "--agency", "X", "--fee-ceiling", "lots"),
        ("add", "--agency", "X", "--fee-ceiling", "25.001 USD"),
        ("add", "--agency", "X", "--sent", "2026-10-02", "--received", "2026-10-01"),
        ("event", "ID", "telepathy", "--dated", "2026-10-01"),
        ("event", "ID", "denial", "--dated", "soon"),
    ],
)
def test_wrong_usage_touches_nothing(cli: Cli, case: Path, wrong: tuple[str, ...]) -> None:
    assert cli("request", case, *wrong).status == 2
    assert cli("request", case, "list", "--json").json == {"requests": []}


def test_a_request_that_is_not_there_is_told(cli: Cli, case: Path) -> None:
    for words in (("show", "0" * 16), ("ledger", "0" * 16), ("edit", "0" * 16, "--law", "x")):
        ran = cli("request", case, *words)
        assert ran.status == 1
        assert ran.err.count("\n") == 1
    request = asked(cli, case)
    undated = cli("request", case, "event", request, "denial")
    assert undated.status == 1
    assert "day" in undated.err


def test_deadlines_come_soonest_first_and_leave_as_files(
    cli: Cli, case: Path, tmp_path: Path
) -> None:
    late = asked(cli, case, "--sent", "2026-09-01", "--received", "2026-09-01")
    fresh = asked(cli, case, "--sent", "2026-11-20", "--received", "2026-11-20")
    closed = asked(cli, case, "--sent", "2026-09-01", "--received", "2026-09-01")
    logged(cli, case, closed, "withdrawn", "--sent", "2026-09-05")
    argv = ("deadlines", case, "--as-of", "2026-11-28", "--json")
    found = cli(*argv).json["deadlines"]
    response = [each for each in found if each["clock"] == "response"]
    assert [each["request"] for each in response] == [late, fresh]
    assert response[0]["state"] == "lapsed"
    assert response[0]["days_left"] < 0 < response[1]["days_left"]
    assert closed not in {each["request"] for each in found}
    wrote = cli(*argv, "--ics", tmp_path / "d.ics", "--csv", tmp_path / "r.csv")
    assert wrote.status == 0, wrote.err
    assert wrote.json["ics"] == str(tmp_path / "d.ics")
    assert b"EPA" not in (tmp_path / "d.ics").read_bytes()
    assert b"EPA R9" in (tmp_path / "r.csv").read_bytes()
    assert cli(*argv, "--ics", tmp_path / "d.ics").status == 1
    told = cli(*argv, "--ics", tmp_path / "d.ics", "--details", "--force")
    assert told.status == 0
    assert "names agencies" in told.err
    assert b"EPA R9" in (tmp_path / "d.ics").read_bytes()
    assert cli("deadlines", case, "--details").status == 2


def test_what_was_logged_wrongly_is_put_right(cli: Cli, case: Path) -> None:
    request = asked(cli, case, "--sent", "2026-09-01", "--received", "2026-09-01")
    event = logged(cli, case, request, "denial", "--dated", "2026-09-20")["event"]["event"]
    put_right = cli(
        "request", case, "event-edit", event, "--kind", "interim-release",
        "--dated", "2026-09-21", "--no-appeal-offered",
        "--as-of", "2026-09-22", "--json",
    )  # fmt: skip
    assert put_right.json["event"]["kind"] == "interim_release"
    assert put_right.json["event"]["dated"] == "2026-09-21"
    assert put_right.json["requests"][0]["status"] == "partial"
    gone = cli("request", case, "event-delete", event, "--as-of", "2026-09-22", "--json")
    assert gone.json["requests"][0]["status"] == "waiting"
    assert [each["kind"] for each in shown(cli, case, request)["events"]] == ["sent"]
    assert cli("request", case, "event-delete", "0" * 16).status == 1


def test_days_on_which_an_agency_is_closed_move_its_date(cli: Cli, case: Path) -> None:
    request = asked(cli, case, "--sent", "2026-09-01", "--received", "2026-09-01")

    def due() -> str:
        clocks = shown(cli, case, request, "--as-of", "2026-09-02")["clocks"]
        return str(next(each["due"] for each in clocks if each["id"] == "response"))

    assert due() == "2026-09-30"
    (office,) = cli("agency", case, "list", "--json").json["agencies"]
    changed = cli(
        "agency", case, "edit", office["agency"], "--closures", "2026-09-10, 2026-09-11",
        "--zone", "America/Denver", "--closes-at", "17:00", "--json",
    ).json["agencies"]  # fmt: skip
    assert changed[0]["closures"] == ["2026-09-10", "2026-09-11"]
    assert changed[0]["name"] == "EPA R9"
    assert due() == "2026-10-02"
    assert cli("agency", case, "edit", office["agency"], "--zone", "Nowhere/Land").status == 1
    assert cli("agency", case, "edit", "0" * 16, "--phone", "1").status == 1


def test_dates_that_cannot_be_leave_nothing_behind(cli: Cli, case: Path) -> None:
    for day in ("0001-01-01", "9999-12-31"):
        ran = cli("request", case, "add", "--agency", "EPA", "--law", "us-federal", "--sent", day)
        assert ran.status == 1
        assert "Nothing was changed" in ran.err
    assert cli("request", case, "list", "--json").json == {"requests": []}
    request = asked(cli, case, "--sent", "2026-10-01", "--received", "2026-10-02")
    for kind, *more in (
        ("reminder", "--sent", "9999-12-31"),
        ("fee-estimate", "--dated", "2026-10-05", "--until", "9999-12-31"),
        ("snooze", "--until", "0001-01-01"),
        ("denial", "--dated", "2026-10-05", "--limit", "9999-12-31"),
    ):
        assert cli("request", case, "event", request, kind, *more).status == 1
    assert cli("deadlines", case, "--as-of", "2026-10-10").status == 0
    for day in ("0001-01-01", "9999-12-31"):
        for words in (("deadlines", case), ("request", case, "list")):
            assert cli(*words, "--as-of", day).status == 2


def test_a_date_by_hand_or_a_limit_given_up_may_name_its_letter(cli: Cli, case: Path) -> None:
    request = asked(cli, case, "--sent", "2026-10-01", "--received", "2026-10-02")
    letters = [
        logged(cli, case, request, "denial", "--dated", day)["event"]["event"]
        for day in ("2026-10-12", "2026-10-19")
    ]
    logged(cli, case, request, "override", "--clock", "appeal_filing", "--until", "2026-11-11",
           "--note", "their letter says so", "--answers", letters[1])  # fmt: skip
    clocks = shown(cli, case, request, "--as-of", "2026-10-20")["clocks"]
    appeals = [clock for clock in clocks if clock["id"] == "appeal_filing"]
    assert [clock["drives"] for clock in appeals] == ["2027-01-08", "2026-11-11"]
