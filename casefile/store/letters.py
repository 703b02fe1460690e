"""Rows of letters, and of the templates that the reporter changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casefile.domain.letters import Letter, LetterKind
from casefile.store.database import Queryable
from casefile.store.ids import new_id, now
from casefile.store.rows import fetch
from casefile.store.transaction import Transaction

_COLUMNS = (
    "id", "request_id", "kind", "title", "text", "findings_reason", "created_at", "modified_at",
    "deleted_at",
)  # fmt: skip


def letter_from(row: Mapping[str, Any]) -> Letter:
    return Letter(
        **{**{column: row[column] for column in _COLUMNS}, "kind": LetterKind(row["kind"])}
    )


def row_of(letter: Letter) -> dict[str, object]:
    """Every column of a letter's row."""
    return {column: getattr(letter, column) for column in _COLUMNS} | {"kind": str(letter.kind)}


def insert(tx: Transaction, letter: Letter) -> None:
    tx.insert("letter", row_of(letter))


def update(tx: Transaction, letter: Letter) -> None:
    """Write every column of a letter that exists."""
    tx.update("letter", letter.id, row_of(letter))


def get(db: Queryable, letter_id: str) -> Letter:
    """Deleted or not. Raises ``UserError("letter.not_found")``."""
    return letter_from(fetch(db, "letter", letter_id))


def of_request(db: Queryable, request_id: str) -> list[Letter]:
    """The letters of a request that were not deleted, in the order in which they were made."""
    rows = db.query(
        "SELECT * FROM letter WHERE request_id = ? AND deleted_at IS NULL ORDER BY created_at, id",
        (request_id,),
    )
    return [letter_from(row) for row in rows]


def template(db: Queryable, law: str, kind: LetterKind) -> str | None:
    """The reporter's own template, if there is one."""
    row = _template(db, law, kind)
    return None if row is None else str(row["text"])


def keep_template(tx: Transaction, law: str, kind: LetterKind, text: str) -> None:
    old = _template(tx, law, kind)
    values: dict[str, object] = {"text": text, "modified_at": now()}
    if old is None:
        tx.insert("letter_template", {"id": new_id(), "law": law, "kind": str(kind), **values})
    else:
        tx.update("letter_template", str(old["id"]), values)


def forget_template(tx: Transaction, law: str, kind: LetterKind) -> None:
    old = _template(tx, law, kind)
    if old is not None:
        tx.delete("letter_template", str(old["id"]))


def _template(db: Queryable, law: str, kind: LetterKind) -> dict[str, Any] | None:
    return db.one("SELECT * FROM letter_template WHERE law = ? AND kind = ?", (law, str(kind)))
