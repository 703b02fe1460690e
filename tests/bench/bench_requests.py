"""Ten thousand records requests with twenty events each: the list of them and Today, against plain
sqlite3 reading the same rows.

``CASEFILE_BENCH_REQUESTS`` sets how many requests are made (10,000 unless told).
"""

from __future__ import annotations

import json
import os
import random
import sqlite3
import statistics
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from casefile.domain.requests import Agency, EventKind, Request, RequestEvent
from casefile.services import deadlines, forecast, request_events, request_list
from casefile.services.case import Case
from casefile.store import requests
from casefile.store.ids import new_id
from casefile.ui.models.requests import entries
from casefile.ui.today.reading import read
from tests.bench.cases import new_case
from tests.bench.figures import Figure, median_of, seconds

REQUESTS = int(os.environ.get("CASEFILE_BENCH_REQUESTS", "10000"))
TODAY = date(2026, 11, 28)
_EVENTS, _AGENCIES, _SLICE = 20, 200, 500
_ROUNDS, _NEXT_DAYS = 7, 14
_LAWS = ("us-federal", "us-federal", "us-ny", "us-ca", "us-tx", "uk", "de-federal", "eu")
#: What happens to a request until it is decided; notes and interim releases fill the rest.
_OPENING = (
    EventKind.SENT, EventKind.RECEIVED, EventKind.ACKNOWLEDGED, EventKind.FEE_ESTIMATE,
    EventKind.FEE_COMMITMENT, EventKind.EXTENSION, EventKind.INTERIM_RELEASE,
)  # fmt: skip
_ENDING = (EventKind.DETERMINATION, EventKind.APPEAL, EventKind.APPEAL_DECISION)


def measure(workspace: Path) -> list[Figure]:
    with new_case(workspace / "case") as case:
        _fill(case, random.Random(2026))
        first = seconds(lambda: request_list.rows(case, TODAY))
        plain = _Plain(case, workspace / "plain.db")
        try:
            return [*_lists(case, plain), *_whole(case, plain, first)]
        finally:
            plain.close()


def _lists(case: Case, plain: _Plain) -> list[Figure]:
    """What is read many times a day: bounded in milliseconds."""
    peer = median_of(_ROUNDS, plain.summaries)
    some = request_list.rows(case, TODAY)[REQUESTS // 2].id
    logged = statistics.median(seconds(_after_an_event(case, some)) for _ in range(_ROUNDS))
    next_days = statistics.median(
        [
            seconds(lambda day=TODAY + timedelta(days=n): entries(case, day))  # type: ignore[misc]
            for n in range(1, _NEXT_DAYS + 1)
        ]
    )
    request_list.rows(case, TODAY)
    listed = median_of(_ROUNDS, lambda: entries(case, TODAY))
    return [
        _within(f"list of {REQUESTS:,} requests", listed, peer),
        _within("Today beside them", median_of(_ROUNDS, lambda: read(case, TODAY)), peer),
        _within("the list after an event was logged", logged, peer),
        _within("the list on one of the next 14 days", next_days, peer, goal=1.0),
    ]  # fmt: skip


def _whole(case: Case, plain: _Plain, first: float) -> list[Figure]:
    """What computes every clock of every request, and one request with its forecast."""
    peer = median_of(2, plain.everything)
    every = seconds(lambda: deadlines.overview(case, TODAY))
    some = request_list.rows(case, TODAY)[0].id
    one = median_of(_ROUNDS, lambda: deadlines.view(case, some, TODAY))
    expected = median_of(_ROUNDS, lambda: forecast.of_request(case, some, TODAY))
    row = median_of(_ROUNDS, lambda: plain.one(some))
    return [
        _within("every clock of every request", every, peer, goal=60.0),
        _within("the first list of a case", first, peer, goal=60.0),
        _within("one request with its clocks", one, row, goal=0.1),
        _within("its forecast", expected, peer, goal=1.0),
    ]


def _within(name: str, ours: float, peer: float, goal: float = 0.1) -> Figure:
    return Figure(
        name, "ms", ours * 1000, "plain sqlite3 reading the same rows", peer * 1000, ours / peer,
        f"<= {goal * 1000:,.0f} ms", ours <= goal,
    )  # fmt: skip


def _after_an_event(case: Case, request_id: str) -> Callable[[], object]:
    request_events.log(case, request_id, EventKind.NOTE, dated=TODAY.isoformat(), note="called")
    return lambda: entries(case, TODAY)


def _fill(case: Case, chance: random.Random) -> None:
    offices = [
        Agency(id=new_id(), name=f"Office {n}", created_at=_at(0), modified_at=_at(0))
        for n in range(_AGENCIES)
    ]
    case.store.write(lambda tx: tx.insert_many("agency", [requests.row_of(o) for o in offices]))
    for start in range(0, REQUESTS, _SLICE):
        made = [_request(chance, offices, n) for n in range(start, min(start + _SLICE, REQUESTS))]
        events = [event for each in made for event in _events(chance, each)]
        case.store.write(_inserting("request", made), job=True)
        case.store.write(_inserting("request_event", events), job=True)


def _inserting(table: str, things: list[Any]) -> Callable[[Any], None]:
    return lambda tx: tx.insert_many(table, [requests.row_of(each) for each in things])


def _request(chance: random.Random, offices: list[Agency], number: int) -> Request:
    office = chance.choice(offices)
    return Request(
        id=new_id(), agency=office.name, agency_id=office.id, law=chance.choice(_LAWS),
        subject=f"All records on contract {number}", tracking_numbers=(f"2026-{number}",),
        created_at=_at(number), modified_at=_at(number),
    )  # fmt: skip


def _events(chance: random.Random, request: Request) -> list[RequestEvent]:
    """Twenty events over up to three years; a third of the requests are not decided yet."""
    day = TODAY - timedelta(days=chance.randint(30, 1000))
    decided = chance.random() < 0.67
    ending = _ENDING[: chance.randint(1, len(_ENDING))] if decided else ()
    between = [
        chance.choice((EventKind.NOTE, EventKind.INTERIM_RELEASE, EventKind.REMINDER))
        for _ in range(_EVENTS - len(_OPENING) - len(ending))
    ]
    made: list[RequestEvent] = []
    for number, kind in enumerate((*_OPENING, *between, *ending)):
        day = min(day + timedelta(days=chance.randint(1, 30)), TODAY)
        made.append(RequestEvent(
            id=new_id(), request_id=request.id, kind=kind, dated=day.isoformat(),
            received=day.isoformat(), pages=chance.randint(1, 400), way="email",
            appeal_offered=True if kind is EventKind.DETERMINATION else None,
            answers=made[-1].id if kind is EventKind.FEE_COMMITMENT else None,
            created_at=_at(number), modified_at=_at(number),
        ))  # fmt: skip
    return made


def _at(number: int) -> str:
    return f"2026-01-01T00:00:00.{number:06}Z"


class _Plain:
    """The same tables, unencrypted, behind the standard library's sqlite3."""

    def __init__(self, case: Case, path: Path) -> None:
        connection = case.store.connect_copying()
        connection.execute("ATTACH ? AS plain KEY ''", (str(path),))
        connection.execute("SELECT sqlcipher_export('plain')")
        connection.execute("DETACH plain")
        connection.close()
        self._connection = sqlite3.connect(path)
        self._connection.row_factory = sqlite3.Row

    def summaries(self) -> list[Any]:
        """What the list shows, a row a request."""
        rows = self._connection.execute(
            "SELECT short FROM request_summary JOIN request ON request.id = request_id"
            " WHERE deleted_at IS NULL ORDER BY created_at, request.id"
        )
        return [json.loads(row["short"]) for row in rows]

    def everything(self) -> list[list[dict[str, Any]]]:
        """Every request and every event."""
        return [
            [dict(row) for row in self._connection.execute(f"SELECT * FROM {table}")]  # noqa: S608
            for table in ("request", "request_event")
        ]

    def one(self, request_id: str) -> list[dict[str, Any]]:
        rows = self._connection.execute(
            "SELECT * FROM request_event WHERE request_id = ?", (request_id,)
        )
        return [dict(row) for row in rows]

    def close(self) -> None:
        self._connection.close()
