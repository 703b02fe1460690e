"""All requests as a table, as a spreadsheet reads it."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

from casefile.domain.requests import EventKind
from casefile.services import request_events, requests
from casefile.services.case import Case
from casefile.services.leaving import requests_csv

TODAY = date(2026, 11, 28)


def rows(case: Case, path: Path) -> list[dict[str, str]]:
    raw = requests_csv.save(case, path, today=TODAY).read_bytes()
    assert raw.count(b"\r\n") == raw.count(b"\n")
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8"), newline="")))


def test_a_line_says_how_a_request_stands(case: Case, tmp_path: Path) -> None:
    request_id = requests.add(
        case, agency="EPA R9", law="us-federal", subject='Waivers, "all"', fee_ceiling=2500,
        currency="USD", tracking_numbers=("A-1", "B-2"), waiver_asked=True,
    ).ids("request")[0]  # fmt: skip
    request_events.log(case, request_id, EventKind.SENT, sent="2026-10-01", received="2026-10-02")
    request_events.log(case, request_id, EventKind.DENIAL, dated="2026-11-16", appeal_offered=True)
    requests.add(case, agency="Town clerk", law="a law of the town")
    first, second = rows(case, tmp_path / "r.csv")
    assert (first["agency"], first["subject"]) == ("EPA R9", 'Waivers, "all"')
    assert (first["tracking_numbers"], first["fee_ceiling"]) == ("A-1; B-2", "25.00")
    assert (first["sent"], first["received"]) == ("2026-10-01", "2026-10-02")
    assert (first["status"], first["last_event"]) == ("denied", "denial")
    assert (first["next_limit"], first["next_limit_of"]) == ("appeal filing", "requester")
    assert first["next_limit_on"] == "2027-02-12"
    assert "appeal filing 2027-02-12 (running; law 2027-02-14)" in first["clocks"]
    assert first["suit"]
    assert (second["status"], second["clocks"], second["sent"]) == ("draft", "", "")


def test_no_cell_is_a_formula(case: Case, tmp_path: Path) -> None:
    requests.add(case, agency="=HYPERLINK(1)", subject="@SUM(A1)", tracking_number="-2+3")
    (row,) = rows(case, tmp_path / "r.csv")
    assert (row["agency"], row["subject"]) == ("'=HYPERLINK(1)", "'@SUM(A1)")
    assert row["tracking_numbers"] == "'-2+3"
