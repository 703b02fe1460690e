"""What lists show of a request, kept so that ten thousand of them need not be computed anew.

Derived data: a row is dropped with every edit of what it was made of, and made again when it is
next asked for.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casefile.store.database import Queryable

if TYPE_CHECKING:
    from casefile.store.transaction import Transaction

#: Tables of which a summary is made.
SUMMARISED_TABLES = frozenset({"request", "request_event", "agency"})

_STAMP = """
    SELECT request.id AS id,
        request.modified_at || ' ' || coalesce(agency.modified_at, '') || ' ' || (
            SELECT count(*) || ' ' || coalesce(max(modified_at), '') FROM request_event
            WHERE request_id = request.id AND request_event.deleted_at IS NULL) AS stamp
    FROM request LEFT JOIN agency ON agency.id = request.agency_id
    WHERE request.deleted_at IS NULL
"""
_ONLY = " AND request.id IN (SELECT value FROM json_each(?))"
_STAMPS = _STAMP + _ONLY


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing that a request asks of the reporter: the ``section`` of Today in which it stands
    with its day, and a second day (its last, or to which it is put off); ISO, or empty."""

    section: str
    day: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """A summary in two parts, any JSON lists, with the days (ISO) from which and until which,
    without that day, it holds. ``stamp`` tells what it was made of."""

    request_id: str
    stamp: str
    holds_from: str
    holds_until: str
    short: Sequence[Any]
    rest: Sequence[Any]
    asks: Sequence[Ask]


def drop_summary(tx: Transaction, table: str, row: Mapping[str, Any]) -> None:
    """Forget the summaries that this row went into."""
    match table:
        case "request":
            tx.execute("DELETE FROM request_summary WHERE request_id = ?", (row.get("id"),))
        case "request_event":
            tx.execute("DELETE FROM request_summary WHERE request_id = ?", (row.get("request_id"),))
        case "agency":
            tx.execute(
                "DELETE FROM request_summary WHERE request_id IN"
                " (SELECT id FROM request WHERE agency_id = ?)",
                (row.get("id"),),
            )


def all_short(db: Queryable) -> list[list[Any]]:
    """The short part of every summary, in the order in which the requests were made: for when none
    is ``lacking``. Read as one text: thousands of them take a few hundredths of a second."""
    row = db.one(
        "SELECT '[' || group_concat(short, ',') || ']' AS all_of_them FROM ("
        " SELECT short FROM request_summary JOIN request ON request.id = request_id"
        " WHERE deleted_at IS NULL ORDER BY created_at, request.id)"
    )
    found: list[list[Any]] = json.loads(row["all_of_them"] or "[]") if row else []
    return found


def whole(
    db: Queryable, day: str, made_by: str, only: Iterable[str] | None = None
) -> list[tuple[list[Any], list[Any]]]:
    """Both parts of the summaries that hold on this day, or of ``only`` those, in the order in
    which the requests were made."""
    chosen, wanted = ("", ()) if only is None else (_ONLY, (json.dumps(list(only)),))
    rows = db.query(
        "SELECT short, rest FROM request_summary JOIN request ON request.id = request_id"  # noqa: S608
        f" WHERE holds_from <= ? AND ? < holds_until AND made_by = ? AND deleted_at IS NULL{chosen}"
        " ORDER BY created_at, request.id",
        (day, day, made_by, *wanted),
    )
    return [(json.loads(row["short"]), json.loads(row["rest"])) for row in rows]


def lacking(db: Queryable, day: str, made_by: str, only: Iterable[str] | None = None) -> list[str]:
    """Requests outside the trash, or of ``only`` those, of which no summary holds on this day."""
    chosen, wanted = ("", ()) if only is None else (_ONLY, (json.dumps(list(only)),))
    rows = db.query(
        "SELECT id FROM request WHERE deleted_at IS NULL AND NOT EXISTS ("  # noqa: S608
        " SELECT 1 FROM request_summary WHERE request_id = request.id"
        f" AND holds_from <= ? AND ? < holds_until AND made_by = ?){chosen}",
        (day, day, made_by, *wanted),
    )
    return [row["id"] for row in rows]


def stamps(db: Queryable, ids: Iterable[str]) -> dict[str, str]:
    """What each of these requests that is outside the trash is made of now, in a word."""
    wanted = json.dumps(list(ids))
    return {row["id"]: row["stamp"] for row in db.query(_STAMPS, (wanted,))}


def keep(tx: Transaction, made_by: str, rows: Iterable[Kept]) -> None:
    """Keep summaries, but for those of requests that were edited since they were read."""
    for row in rows:
        now = tx.one(_STAMP + " AND request.id = ?", (row.request_id,))
        if now is None or now["stamp"] != row.stamp:
            continue
        tx.execute("DELETE FROM request_summary WHERE request_id = ?", (row.request_id,))
        tx.execute(
            "INSERT INTO request_summary"
            " (request_id, made_by, holds_from, holds_until, short, rest)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (
                row.request_id, made_by, row.holds_from, row.holds_until,
                json.dumps(row.short), json.dumps(row.rest),
            ),
        )  # fmt: skip
        for ask in row.asks:
            tx.execute(
                "INSERT INTO request_ask (request_id, section, day, until) VALUES (?, ?, ?, ?)",
                (row.request_id, ask.section, ask.day, ask.until),
            )
