"""What lists show of a request, kept so that ten thousand of them need not be computed anew.

Derived data: a row is dropped with every edit of what it was made of, and made again when it is
next asked for.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from casefile.store.database import Queryable

if TYPE_CHECKING:
    from casefile.store.transaction import Transaction

#: Tables of which a summary is made.
SUMMARISED_TABLES = frozenset({"request", "request_event", "agency"})


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


def holding(db: Queryable, day: str, made_by: str) -> dict[str, list[Any]]:
    """The summaries that hold on this day, of requests outside the trash, by request."""
    rows = db.query(
        "SELECT request_id, summary FROM request_summary"
        " WHERE holds_from <= ? AND ? < holds_until AND made_by = ?",
        (day, day, made_by),
    )
    return {row["request_id"]: json.loads(row["summary"]) for row in rows}


def keep(
    tx: Transaction, made_by: str, rows: Iterable[tuple[str, str, str, Sequence[Any]]]
) -> None:
    """Keep summaries, each with its request, the day from which and the day until which (without
    that day) it holds."""
    tx.execute_many(
        "INSERT OR REPLACE INTO request_summary"
        " (request_id, made_by, holds_from, holds_until, summary) VALUES (?, ?, ?, ?, ?)",
        [
            (request_id, made_by, first, end, json.dumps(summary))
            for request_id, first, end, summary in rows
        ],
    )
