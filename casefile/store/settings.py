"""What the case remembers about itself: its name, drafts, the last place read. Values are JSON."""

from __future__ import annotations

import json
from typing import Any

from casefile.store.database import Queryable
from casefile.store.transaction import Transaction


def read(db: Queryable, key: str, default: Any = None) -> Any:
    """The value under ``key``, or ``default``."""
    row = db.one("SELECT value FROM case_setting WHERE key = ?", (key,))
    return default if row is None else json.loads(row["value"])


def read_all(db: Queryable, prefix: str = "") -> dict[str, Any]:
    """Every value whose key begins with ``prefix``."""
    rows = db.query(
        "SELECT key, value FROM case_setting WHERE substr(key, 1, ?) = ?", (len(prefix), prefix)
    )
    return {row["key"]: json.loads(row["value"]) for row in rows}


def put(tx: Transaction, key: str, value: Any) -> None:
    """Keep a value that JSON can hold."""
    text = json.dumps(value, ensure_ascii=False)
    if tx.one("SELECT 1 FROM case_setting WHERE key = ?", (key,)) is None:
        tx.insert("case_setting", {"key": key, "value": text})
    else:
        tx.update("case_setting", key, {"value": text})


def forget(tx: Transaction, key: str) -> None:
    """Remove a value; harmless if there is none."""
    if tx.one("SELECT 1 FROM case_setting WHERE key = ?", (key,)) is not None:
        tx.delete("case_setting", key)
