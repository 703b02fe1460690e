"""The custody log: what came in, was marked and went out. It only grows.

Entry n carries ``mac(n) = HMAC-SHA256(custody key, mac(n-1) || body(n))``, where ``mac(0)`` is 32
zero bytes and ``body(n)`` the RFC 8785 canonical JSON of ``[n, at, event, detail]``. A row that was
altered, swapped or removed breaks the chain from there on. ``custody_head`` holds the last entry's
number and ``HMAC-SHA256(custody key, "head" || number in 8 bytes, big-endian || its mac)``, so that
entries cut off the end are missed too. (Putting back a whole older store is not detected.)
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from casefile.store.database import Queryable
from casefile.store.ids import now
from casefile.store.transaction import Transaction

_NOTHING = bytes(32)
_SLICE = 1_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log."""

    seq: int
    at: str
    event: str
    detail: dict[str, Any]


def append(tx: Transaction, key: bytes | bytearray, event: str, detail: Mapping[str, Any]) -> int:
    """Add an entry within the transaction of what it tells of; returns its number. ``detail`` is
    JSON and must never hold a confidential source's real name."""
    import rfc8785

    last = tx.one("SELECT seq, mac FROM custody ORDER BY seq DESC LIMIT 1")
    seq, previous = (last["seq"] + 1, last["mac"]) if last else (1, _NOTHING)
    at, text = now(), rfc8785.dumps(dict(detail)).decode("utf-8")
    mac = _mac(key, previous, seq, at, event, text)
    tx.execute(
        "INSERT INTO custody (seq, at, event, detail, mac) VALUES (?, ?, ?, ?, ?)",
        (seq, at, event, text, mac),
    )
    tx.execute(
        "INSERT INTO custody_head (id, seq, mac) VALUES (1, ?1, ?2)"
        " ON CONFLICT (id) DO UPDATE SET seq = ?1, mac = ?2",
        (seq, _head(key, seq, mac)),
    )
    return seq


def listing(db: Queryable, *, event: str | None = None, limit: int = 1_000) -> list[Entry]:
    """The newest entries first."""
    rows = db.query(
        "SELECT seq, at, event, detail FROM custody WHERE ?1 IS NULL OR event = ?1"
        " ORDER BY seq DESC LIMIT ?2",
        (event, limit),
    )
    return [Entry(r["seq"], r["at"], r["event"], json.loads(r["detail"])) for r in rows]


def verify(db: Queryable, key: bytes | bytearray) -> int | None:
    """The number of the first entry that is not as it was written or is missing; None if the
    whole log is."""
    seq, previous = 0, _NOTHING
    for row in _all(db):
        seq += 1
        mac = _mac(key, previous, seq, row["at"], row["event"], row["detail"])
        if row["seq"] != seq or not hmac.compare_digest(mac, row["mac"]):
            return seq
        previous = mac
    head = db.one("SELECT seq, mac FROM custody_head")
    if head is None:
        return 1 if seq else None
    if head["seq"] != seq or not hmac.compare_digest(_head(key, seq, previous), head["mac"]):
        return seq + 1
    return None


def _all(db: Queryable) -> Iterator[dict[str, Any]]:
    after = 0
    while rows := db.query(
        "SELECT * FROM custody WHERE seq > ? ORDER BY seq LIMIT ?", (after, _SLICE)
    ):
        yield from rows
        after = rows[-1]["seq"]


def _mac(
    key: bytes | bytearray, previous: bytes, seq: int, at: str, event: str, detail: str
) -> bytes:
    import rfc8785

    body = rfc8785.dumps([seq, at, event, json.loads(detail)])
    return hmac.digest(key, previous + body, "sha256")


def _head(key: bytes | bytearray, seq: int, mac: bytes) -> bytes:
    return hmac.digest(key, b"head" + seq.to_bytes(8, "big") + mac, "sha256")
