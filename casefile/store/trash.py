"""Deleting moves to the trash; from there things come back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from casefile.domain.errors import UserError
from casefile.store.database import Queryable
from casefile.store.transaction import Transaction

#: Tables with a trash, and what names a row of theirs; a confidential source by its code name.
_NAMES = {
    "document": "title",
    "annotation": "CASE WHEN text <> '' THEN text WHEN comment <> '' THEN comment"
    " ELSE kind || ', page ' || page END",
    "quote": "CASE WHEN text <> '' THEN text ELSE 'part of page ' || page END",
    "source": "CASE WHEN confidential THEN code_name ELSE name END",
    "followup": "text",
    "request": "agency",
    "request_event": "replace(kind, '_', ' ') || ', ' || coalesce(dated, sent, received,"
    " substr(created_at, 1, 10)) || CASE WHEN note <> '' THEN ', ' || note ELSE '' END",
    "letter": "CASE WHEN title <> '' THEN title ELSE replace(kind, '_', ' ') END",
}
KINDS = tuple(_NAMES)


@dataclass(frozen=True, slots=True)
class Trashed:
    """A deleted thing. ``name`` is its first words; never a confidential source's real name."""

    kind: str
    id: str
    name: str
    deleted_at: str


def listing(db: Queryable) -> list[Trashed]:
    """Everything in the trash, the newest first."""
    parts = [
        f"SELECT '{kind}' AS kind, id, substr({name}, 1, 200) AS name, deleted_at"  # noqa: S608
        f' FROM "{kind}" WHERE deleted_at IS NOT NULL'
        for kind, name in _NAMES.items()
    ]
    rows = db.query(" UNION ALL ".join(parts) + " ORDER BY deleted_at DESC, kind, id")
    return [Trashed(**row) for row in rows]


def delete(tx: Transaction, kind: str, ids: Iterable[str], at: str) -> None:
    """Move things to the trash; those already there stay as they are."""
    for item_id in ids:
        if _deleted_at(tx, kind, item_id) is None:
            tx.update(kind, item_id, {"deleted_at": at})


def restore(tx: Transaction, kind: str, ids: Iterable[str]) -> None:
    """Bring things back from the trash."""
    for item_id in ids:
        if _deleted_at(tx, kind, item_id) is not None:
            tx.update(kind, item_id, {"deleted_at": None})


def _deleted_at(tx: Transaction, kind: str, item_id: str) -> str | None:
    if kind not in _NAMES:
        raise ValueError(f"nothing of kind {kind} goes to the trash")
    row = tx.one(f'SELECT deleted_at FROM "{kind}" WHERE id = ?', (item_id,))  # noqa: S608
    if row is None:
        raise UserError(f"{kind}.not_found", id=item_id)
    found: str | None = row["deleted_at"]
    return found
