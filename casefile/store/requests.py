"""Rows of records requests, as far as documents and follow-ups refer to one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casefile.domain.followups import Request
from casefile.store.database import Queryable
from casefile.store.rows import fetch, live
from casefile.store.transaction import Transaction

_COLUMNS = (
    "id", "agency", "law", "subject", "tracking_number", "sent_on", "created_at", "modified_at",
    "deleted_at",
)  # fmt: skip


def request_from(row: Mapping[str, Any]) -> Request:
    return Request(**{column: row[column] for column in _COLUMNS})


def row_of(request: Request) -> dict[str, object]:
    """Every column of a request's row."""
    return {column: getattr(request, column) for column in _COLUMNS}


def insert(tx: Transaction, request: Request) -> None:
    tx.insert("request", row_of(request))


def update(tx: Transaction, request: Request) -> None:
    """Write every column of a request that exists."""
    tx.update("request", request.id, row_of(request))


def get(db: Queryable, request_id: str) -> Request:
    """In the trash or not. Raises ``UserError("request.not_found")``."""
    return request_from(fetch(db, "request", request_id))


def listing(db: Queryable, *, deleted: bool = False) -> list[Request]:
    """Requests outside the trash (or in it), in the order in which they were made."""
    rows = live(db, "request", deleted=deleted, order="created_at, id")
    return [request_from(row) for row in rows]
