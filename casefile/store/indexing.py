"""Which words of a row can be searched for: the index of everything but pages.

``item_text`` holds them (``item_fts`` is an external-content index over it), one row for each thing
that is neither deleted nor half-imported. A confidential source is found by code name and agreed
attribution alone: snippets are shown outside its own record, where the real name must not appear.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from casefile.domain.searching import findable

if TYPE_CHECKING:
    from casefile.store.transaction import Transaction

Row = Mapping[str, Any]


def _document(row: Row) -> tuple[str, str] | None:
    if not row["complete"]:
        return None
    file_name = "" if row["file_name"] == row["title"] else row["file_name"]
    return row["title"], file_name


def _source(row: Row) -> tuple[str, str]:
    if row["confidential"]:
        return row["code_name"], row["attribution"]
    aliases = "\n".join(map(str, json.loads(row["aliases"])))
    about = (row["code_name"] or "", aliases, row["attribution"], row["contacts"], row["notes"])
    return row["name"], "\n".join(filter(None, about))


def _quote(row: Row) -> tuple[str, str]:
    return row["text"], "\n".join(filter(None, (row["edited"], row["note"])))


def _annotation(row: Row) -> tuple[str, str]:
    return row["text"], row["comment"]


def _followup(row: Row) -> tuple[str, str]:
    return row["text"], ""


def _request(row: Row) -> tuple[str, str]:
    numbers = " ".join(map(str, json.loads(row["tracking_numbers"])))
    about = (row["subject"], numbers, row["law"], row["scope"], row["text"])
    return row["agency"], "\n".join(filter(None, about))


def _request_event(row: Row) -> tuple[str, str] | None:
    words = (row["person"], row["proof"], row["note"])
    return ("", "\n".join(filter(None, words))) if any(words) else None


def _letter(row: Row) -> tuple[str, str]:
    return row["title"], row["text"]


#: Title and body of a row, or None if it is not to be found.
INDEXED_TABLES: dict[str, Callable[[Row], tuple[str, str] | None]] = {
    "document": _document,
    "source": _source,
    "quote": _quote,
    "annotation": _annotation,
    "followup": _followup,
    "request": _request,
    "request_event": _request_event,
    "letter": _letter,
}


def index_row(tx: Transaction, table: str, item_id: str, row: Row | None) -> None:
    """Bring the index up to date with ``row``; None or a deleted row takes it out."""
    words = _words(table, row)
    old = tx.one(
        "SELECT id, title, body, joined FROM item_text WHERE kind = ? AND item_id = ?",
        (table, item_id),
    )
    if old is not None:
        if words == (old["title"], old["body"], old["joined"]):
            return
        tx.execute(
            "INSERT INTO item_fts (item_fts, rowid, title, body, joined)"
            " VALUES ('delete', :id, :title, :body, :joined)",
            old,
        )
        tx.execute("DELETE FROM item_text WHERE id = ?", (old["id"],))
    if words is not None:
        tx.execute(
            "INSERT INTO item_text (kind, item_id, title, body, joined) VALUES (?, ?, ?, ?, ?)",
            (table, item_id, *words),
        )
        tx.execute(
            "INSERT INTO item_fts (rowid, title, body, joined) VALUES (last_insert_rowid(),?,?,?)",
            words,
        )


def _words(table: str, row: Row | None) -> tuple[str, str, str] | None:
    found = None if row is None or row["deleted_at"] else INDEXED_TABLES[table](row)
    return None if found is None else (*found, findable("\n".join(found)))


def rebuild(tx: Transaction) -> None:
    """Make the whole index anew from the rows: after a restore, which brings none."""
    tx.execute("DELETE FROM item_text")
    tx.execute("INSERT INTO item_fts (item_fts) VALUES ('delete-all')")
    for table in INDEXED_TABLES:
        for row in tx.query(f'SELECT * FROM "{table}"'):  # noqa: S608 - a constant name
            index_row(tx, table, row["id"], row)
