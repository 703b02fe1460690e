"""Long work that survives a restart: a job and its items (OCR: one item a page)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from casefile.store.database import Queryable
from casefile.store.ids import new_id, now
from casefile.store.transaction import Transaction

_ENDED = ("done", "failed", "cancelled")


@dataclass(frozen=True, slots=True)
class Job:
    """``state`` is waiting, running, paused, done, failed or cancelled."""

    id: str
    kind: str
    state: str
    payload: dict[str, Any]
    done: int
    failed: int
    total: int


@dataclass(frozen=True, slots=True)
class JobItem:
    """``state`` is waiting, done, failed or skipped; a higher ``priority`` goes first."""

    id: str
    job_id: str
    document_id: str | None
    page: int | None
    state: str
    priority: int
    reason: str | None
    payload: dict[str, Any]


def add(tx: Transaction, kind: str, payload: Mapping[str, Any] | None = None) -> str:
    """A new waiting job; returns its id."""
    job_id = new_id()
    tx.execute(
        "INSERT INTO job (id, kind, state, payload, created_at) VALUES (?, ?, 'waiting', ?, ?)",
        (job_id, kind, json.dumps(dict(payload or {})), now()),
    )
    return job_id


def add_items(
    tx: Transaction, job_id: str, places: Iterable[tuple[str | None, int | None]]
) -> None:
    """One waiting item for each document id and page."""
    tx.execute_many(
        "INSERT INTO job_item (id, job_id, document_id, page, state)"
        " VALUES (?, ?, ?, ?, 'waiting')",
        [(new_id(), job_id, document_id, page) for document_id, page in places],
    )


def set_state(tx: Transaction, job_id: str, state: str) -> None:
    """Let a job run, pause or end."""
    ended = now() if state in _ENDED else None
    tx.execute("UPDATE job SET state = ?, finished_at = ? WHERE id = ?", (state, ended, job_id))


def finish_item(
    tx: Transaction, item_id: str, state: str = "done", reason: str | None = None
) -> None:
    tx.execute("UPDATE job_item SET state = ?, reason = ? WHERE id = ?", (state, reason, item_id))


def prefer(tx: Transaction, document_id: str, page: int) -> None:
    """Let the page that is being looked at go before all others."""
    tx.execute(
        "UPDATE job_item SET priority = (SELECT coalesce(max(priority), 0) + 1 FROM job_item"
        " WHERE state = 'waiting') WHERE document_id = ? AND page = ? AND state = 'waiting'",
        (document_id, page),
    )


def next_item(db: Queryable, kind: str) -> JobItem | None:
    """The waiting item of that kind which comes next, of a job that is not paused or ended."""
    row = db.one(
        "SELECT job_item.* FROM job_item JOIN job ON job.id = job_id"
        " WHERE job.kind = ? AND job.state IN ('waiting', 'running')"
        " AND job_item.state = 'waiting'"
        " ORDER BY priority DESC, job.created_at, job_item.rowid LIMIT 1",
        (kind,),
    )
    return None if row is None else JobItem(**{**row, "payload": json.loads(row["payload"])})


def listing(db: Queryable, *, ended: bool = False) -> list[Job]:
    """Jobs that have not ended (or all), the oldest first."""
    rows = db.query(
        "SELECT job.id, kind, job.state, job.payload, total(job_item.state = 'done') AS done,"
        " total(job_item.state = 'failed') AS failed, count(job_item.id) AS total"
        " FROM job LEFT JOIN job_item ON job_id = job.id"
        " WHERE ? OR job.state NOT IN ('done', 'failed', 'cancelled')"
        " GROUP BY job.id ORDER BY job.created_at, job.rowid",
        (int(ended),),
    )
    return [
        Job(
            row["id"], row["kind"], row["state"], json.loads(row["payload"]),
            int(row["done"]), int(row["failed"]), row["total"],
        )
        for row in rows
    ]  # fmt: skip
