"""Rows of sources."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casefile.domain.errors import UserError
from casefile.domain.people import Source, Terms
from casefile.store.database import Queryable
from casefile.store.rows import fetch, live, words_in, words_out
from casefile.store.transaction import Transaction


def source_from(row: Mapping[str, Any]) -> Source:
    return Source(
        id=row["id"],
        name=row["name"],
        code_name=row["code_name"],
        confidential=bool(row["confidential"]),
        organisation=bool(row["organisation"]),
        aliases=words_in(row["aliases"]),
        terms=Terms(row["terms"]),
        attribution=row["attribution"],
        contacts=row["contacts"],
        notes=row["notes"],
        created_at=row["created_at"],
        modified_at=row["modified_at"],
        deleted_at=row["deleted_at"],
    )


def row_of(source: Source) -> dict[str, object]:
    """Every column of a source's row."""
    return {
        "id": source.id,
        "name": source.name,
        "code_name": source.code_name,
        "confidential": int(source.confidential),
        "organisation": int(source.organisation),
        "aliases": words_out(source.aliases),
        "terms": str(source.terms),
        "attribution": source.attribution,
        "contacts": source.contacts,
        "notes": source.notes,
        "created_at": source.created_at,
        "modified_at": source.modified_at,
        "deleted_at": source.deleted_at,
    }


def insert(tx: Transaction, source: Source) -> None:
    """Raises ``UserError("source.code_name_taken")``."""
    _refuse_taken(tx, source)
    tx.insert("source", row_of(source))


def update(tx: Transaction, source: Source) -> None:
    """Write every column of a source. Raises ``UserError("source.code_name_taken")``."""
    _refuse_taken(tx, source)
    tx.update("source", source.id, row_of(source))


def get(db: Queryable, source_id: str) -> Source:
    """In the trash or not. Raises ``UserError("source.not_found")``."""
    return source_from(fetch(db, "source", source_id))


def listing(db: Queryable, *, deleted: bool = False) -> list[Source]:
    """Sources outside the trash (or in it), by what may be shown of them."""
    rows = live(db, "source", deleted=deleted, order="created_at")
    found = [source_from(row) for row in rows]
    return sorted(found, key=lambda source: source.label.casefold())


def labels(db: Queryable) -> dict[str, str]:
    """What may be shown anywhere of each source, those in the trash too, by id."""
    rows = db.query(
        "SELECT id, CASE WHEN confidential THEN code_name ELSE name END AS label FROM source"
    )
    return {row["id"]: row["label"] for row in rows}


def by_code_name(db: Queryable, code_name: str) -> Source | None:
    """The source outside the trash that goes by this code name, in whatever case of letters."""
    wanted = code_name.strip().casefold()
    return next((s for s in listing(db) if (s.code_name or "").casefold() == wanted), None)


def _refuse_taken(tx: Transaction, source: Source) -> None:
    if source.code_name and source.deleted_at is None:
        other = by_code_name(tx, source.code_name)
        if other is not None and other.id != source.id:
            raise UserError("source.code_name_taken", code_name=source.code_name)
