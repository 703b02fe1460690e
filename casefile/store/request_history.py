"""When requests went out and were answered, for what to expect of an agency."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from casefile.domain.requests import EventKind
from casefile.store.database import Queryable


@dataclass(frozen=True, slots=True)
class Past:
    """A request with the days of its events of some kinds."""

    request_id: str
    agency_id: str | None
    law: str
    days: tuple[tuple[EventKind, date], ...]


def history(
    db: Queryable, agency_id: str | None, law: str, kinds: Iterable[EventKind]
) -> list[Past]:
    """Requests to this agency or under this law, outside the trash. A receipt that was logged with
    the sending is one of its own."""
    rows = db.query(
        "SELECT request_id, agency_id, law, kind, sent, event.received,"
        " coalesce(dated, sent, event.received, substr(event.created_at, 1, 10)) AS day"
        " FROM request_event AS event JOIN request ON request.id = request_id"
        " WHERE event.deleted_at IS NULL AND request.deleted_at IS NULL"
        " AND (agency_id = ? OR (law = ? AND law != ''))"
        " AND kind IN (SELECT value FROM json_each(?))"
        " ORDER BY request_id",
        (agency_id, law, json.dumps([kind.value for kind in kinds])),
    )
    found: dict[str, Past] = {}
    for row in rows:
        had = found.get(row["request_id"])
        days = [
            *(had.days if had else ()),
            (EventKind(row["kind"]), date.fromisoformat(row["day"])),
        ]
        if row["kind"] == EventKind.SENT and row["received"]:
            days.append((EventKind.RECEIVED, date.fromisoformat(row["received"])))
        found[row["request_id"]] = Past(
            row["request_id"], row["agency_id"], row["law"], tuple(days)
        )
    return list(found.values())
