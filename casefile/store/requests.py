"""Rows of records requests and of what belongs to one: events, agencies, rules, page ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from casefile.domain.requests import Agency, Bucket, EventKind, LedgerEntry, Request, RequestEvent
from casefile.store.database import Queryable
from casefile.store.rows import fetch, live, words_in, words_out
from casefile.store.transaction import Transaction

_Thing = Request | RequestEvent | Agency | LedgerEntry
_LISTS = frozenset({"tracking_numbers", "documents", "holidays", "closures"})
_YES_OR_NO = frozenset(
    {
        "waiver_asked",
        "expedited_asked",
        "expedited_certified",
        "confirmed",
        "appeal_offered",
        "after_hours",
    }
)
_EVERY = """
    SELECT request_event.* FROM request_event JOIN request ON request.id = request_id
    WHERE request_event.deleted_at IS NULL AND request.deleted_at IS NULL
    ORDER BY request_event.created_at, request_event.id
"""
_OF_SOME = """
    SELECT * FROM request_event
    WHERE deleted_at IS NULL AND request_id IN (SELECT value FROM json_each(?))
    ORDER BY created_at, id
"""
_TABLES = {
    Request: "request",
    RequestEvent: "request_event",
    Agency: "agency",
    LedgerEntry: "ledger_entry",
}


def request_from(row: Mapping[str, Any]) -> Request:
    return Request(**_values(Request, row))


def event_from(row: Mapping[str, Any]) -> RequestEvent:
    values = _values(RequestEvent, row)
    return RequestEvent(**{**values, "kind": EventKind(values["kind"])})


def agency_from(row: Mapping[str, Any]) -> Agency:
    return Agency(**_values(Agency, row))


def ledger_entry_from(row: Mapping[str, Any]) -> LedgerEntry:
    values = _values(LedgerEntry, row)
    return LedgerEntry(**{**values, "bucket": Bucket(values["bucket"])})


def row_of(thing: _Thing) -> dict[str, object]:
    """Every column of a row."""
    return {field.name: _column(getattr(thing, field.name)) for field in fields(thing)}


def insert(tx: Transaction, thing: _Thing) -> None:
    tx.insert(_TABLES[type(thing)], row_of(thing))


def update(tx: Transaction, thing: _Thing) -> None:
    """Write every column of a row that exists."""
    tx.update(_TABLES[type(thing)], thing.id, row_of(thing))


def get(db: Queryable, request_id: str) -> Request:
    """In the trash or not. Raises ``UserError("request.not_found")``."""
    return request_from(fetch(db, "request", request_id))


def event(db: Queryable, event_id: str) -> RequestEvent:
    """Deleted or not. Raises ``UserError("request_event.not_found")``."""
    return event_from(fetch(db, "request_event", event_id))


def agency(db: Queryable, agency_id: str) -> Agency:
    """Raises ``UserError("agency.not_found")``."""
    return agency_from(fetch(db, "agency", agency_id))


def ledger_entry(db: Queryable, entry_id: str) -> LedgerEntry:
    """Raises ``UserError("ledger_entry.not_found")``."""
    return ledger_entry_from(fetch(db, "ledger_entry", entry_id))


def listing(db: Queryable, *, deleted: bool = False) -> list[Request]:
    """Requests outside the trash (or in it), in the order in which they were made."""
    rows = live(db, "request", deleted=deleted, order="created_at, id")
    return [request_from(row) for row in rows]


def some(db: Queryable, ids: Iterable[str]) -> list[Request]:
    """These requests, in the trash or not, in the order in which they were made."""
    rows = db.query(
        "SELECT * FROM request WHERE id IN (SELECT value FROM json_each(?))"
        " ORDER BY created_at, id",
        (words_out(ids),),
    )
    return [request_from(row) for row in rows]


def order(db: Queryable) -> list[str]:
    """The ids of all requests outside the trash, in the order in which they were made."""
    rows = db.query("SELECT id FROM request WHERE deleted_at IS NULL ORDER BY created_at, id")
    return [row["id"] for row in rows]


def count(db: Queryable) -> int:
    """How many requests there are outside the trash."""
    row = db.one("SELECT count(*) AS many FROM request WHERE deleted_at IS NULL")
    return int(row["many"]) if row else 0


def events_of(db: Queryable, request_id: str) -> list[RequestEvent]:
    """The events of one request that were not deleted, in the order in which they were logged."""
    rows = db.query(
        "SELECT * FROM request_event WHERE request_id = ? AND deleted_at IS NULL"
        " ORDER BY created_at, id",
        (request_id,),
    )
    return [event_from(row) for row in rows]


def every_event(db: Queryable, only: Iterable[str] | None = None) -> dict[str, list[RequestEvent]]:
    """The same of all requests outside the trash, or of ``only`` those, by request."""
    found: dict[str, list[RequestEvent]] = {}
    rows = db.query(_EVERY) if only is None else db.query(_OF_SOME, (words_out(only),))
    for row in rows:
        found.setdefault(row["request_id"], []).append(event_from(row))
    return found


def agencies(db: Queryable) -> list[Agency]:
    """The address book, by name."""
    rows = live(db, "agency", deleted=False, order="name COLLATE NOCASE, id")
    return [agency_from(row) for row in rows]


def ledger_of(db: Queryable, request_id: str) -> list[LedgerEntry]:
    """The page ledger of a request, in the order in which it was written."""
    rows = db.query(
        "SELECT * FROM ledger_entry WHERE request_id = ? AND deleted_at IS NULL"
        " ORDER BY created_at, id",
        (request_id,),
    )
    return [ledger_entry_from(row) for row in rows]


def keep_rules(tx: Transaction, rules_id: str, law: str, text: str) -> None:
    """Keep the text of a law's rules, once however many requests were made under it."""
    if tx.one("SELECT id FROM law_rules WHERE id = ?", (rules_id,)) is None:
        tx.insert("law_rules", {"id": rules_id, "law": law, "text": text})


def rules(db: Queryable, ids: Iterable[str]) -> dict[str, str]:
    """These texts of rules that were kept, by id."""
    rows = db.query(
        "SELECT id, text FROM law_rules WHERE id IN (SELECT value FROM json_each(?))",
        (words_out(ids),),
    )
    return {row["id"]: row["text"] for row in rows}


_NAMES = {kind: tuple(field.name for field in fields(kind)) for kind in _TABLES}


def _values(kind: type[_Thing], row: Mapping[str, Any]) -> dict[str, Any]:
    values = {name: row[name] for name in _NAMES[kind]}
    for name in _LISTS & values.keys():
        values[name] = words_in(values[name]) if values[name] != "[]" else ()
    for name in _YES_OR_NO & values.keys():
        if values[name] is not None:
            values[name] = bool(values[name])
    return values


def _column(value: object) -> object:
    if isinstance(value, tuple):
        return words_out(value)
    if isinstance(value, bool):
        return int(value)
    return str(value) if isinstance(value, (EventKind, Bucket)) else value
