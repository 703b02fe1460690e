"""Rows of quotes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casefile.domain.people import Terms
from casefile.domain.quotes import Quote, QuoteState
from casefile.store.database import Queryable
from casefile.store.rows import fetch, live, quads_in, quads_out
from casefile.store.transaction import Transaction


def quote_from(row: Mapping[str, Any]) -> Quote:
    return Quote(
        id=row["id"],
        text=row["text"],
        source_id=row["source_id"],
        document_id=row["document_id"],
        page=row["page"],
        annotation_id=row["annotation_id"],
        quads=quads_in(row["quads"]),
        prefix=row["prefix"],
        suffix=row["suffix"],
        spoken_on=row["spoken_on"],
        terms=Terms(row["terms"]),
        embargo_until=row["embargo_until"],
        state=QuoteState(row["state"]),
        note=row["note"],
        created_at=row["created_at"],
        modified_at=row["modified_at"],
        deleted_at=row["deleted_at"],
        edited=row["edited"],
        is_region=bool(row["is_region"]),
    )


def row_of(quote: Quote) -> dict[str, object]:
    """Every column of a quote's row."""
    return {
        "id": quote.id,
        "text": quote.text,
        "source_id": quote.source_id,
        "document_id": quote.document_id,
        "page": quote.page,
        "annotation_id": quote.annotation_id,
        "quads": quads_out(quote.quads),
        "prefix": quote.prefix,
        "suffix": quote.suffix,
        "spoken_on": quote.spoken_on,
        "terms": str(quote.terms),
        "embargo_until": quote.embargo_until,
        "state": str(quote.state),
        "note": quote.note,
        "created_at": quote.created_at,
        "modified_at": quote.modified_at,
        "deleted_at": quote.deleted_at,
        "edited": quote.edited,
        "is_region": int(quote.is_region),
    }


def insert(tx: Transaction, quote: Quote) -> None:
    tx.insert("quote", row_of(quote))


def update(tx: Transaction, quote: Quote) -> None:
    """Write every column of a quote that exists."""
    tx.update("quote", quote.id, row_of(quote))


def get(db: Queryable, quote_id: str) -> Quote:
    """In the trash or not. Raises ``UserError("quote.not_found")``."""
    return quote_from(fetch(db, "quote", quote_id))


def listing(db: Queryable, *, deleted: bool = False) -> list[Quote]:
    """Quotes outside the trash (or in it), newest first."""
    rows = live(db, "quote", deleted=deleted, order="created_at DESC, id")
    return [quote_from(row) for row in rows]


def note_check(tx: Transaction, quote_id: str, how: str | None, on: str | None) -> None:
    """Note how and on which day a quote was checked; None when that no longer holds."""
    tx.update("quote", quote_id, {"checked_how": how, "checked_on": on})


def checks(db: Queryable) -> dict[str, tuple[str, str]]:
    """How and when each quote was checked; only those that were."""
    rows = db.query("SELECT id, checked_how, checked_on FROM quote WHERE checked_how IS NOT NULL")
    return {row["id"]: (row["checked_how"], row["checked_on"] or "") for row in rows}


def counts_by_document(db: Queryable) -> dict[str, int]:
    """How many quotes were taken from each document; only those with any."""
    return _counts(db, "document_id")


def counts_by_source(db: Queryable) -> dict[str, int]:
    """How many quotes each source has; only those with any."""
    return _counts(db, "source_id")


def _counts(db: Queryable, column: str) -> dict[str, int]:
    rows = db.query(
        f"SELECT {column} AS id, count(*) AS n FROM quote"  # noqa: S608 - a constant
        f" WHERE deleted_at IS NULL AND {column} IS NOT NULL GROUP BY {column}"
    )
    return {row["id"]: row["n"] for row in rows}
