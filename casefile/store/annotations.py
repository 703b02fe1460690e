"""Rows of marks on pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casefile.domain.annotations import Annotation, AnnotationKind, Extent
from casefile.domain.geometry import sort_key
from casefile.store.database import Queryable
from casefile.store.rows import (
    fetch,
    quads_in,
    quads_out,
    strokes_in,
    strokes_out,
    words_in,
    words_out,
)
from casefile.store.transaction import Transaction


def annotation_from(row: Mapping[str, Any]) -> Annotation:
    return Annotation(
        id=row["id"],
        document_id=row["document_id"],
        page=row["page"],
        kind=AnnotationKind(row["kind"]),
        colour=row["colour"],
        text=row["text"],
        comment=row["comment"],
        quads=quads_in(row["quads"]),
        prefix=row["prefix"],
        suffix=row["suffix"],
        codes=words_in(row["codes"]),
        created_at=row["created_at"],
        modified_at=row["modified_at"],
        deleted_at=row["deleted_at"],
        strokes=strokes_in(row["strokes"]),
        extent=None if row["extent"] is None else Extent(row["extent"]),
        missing_count=row["missing_count"],
        missing_first=row["missing_first"],
        missing_last=row["missing_last"],
        vocabulary=row["vocabulary"],
        adopted_key=row["adopted_key"],
    )


def row_of(annotation: Annotation) -> dict[str, object]:
    """Every column of an annotation's row."""
    return {
        "id": annotation.id,
        "document_id": annotation.document_id,
        "page": annotation.page,
        "kind": str(annotation.kind),
        "colour": annotation.colour,
        "text": annotation.text,
        "comment": annotation.comment,
        "quads": quads_out(annotation.quads),
        "prefix": annotation.prefix,
        "suffix": annotation.suffix,
        "codes": words_out(annotation.codes),
        "sort_key": sort_key(annotation.page, annotation.quads),
        "created_at": annotation.created_at,
        "modified_at": annotation.modified_at,
        "deleted_at": annotation.deleted_at,
        "strokes": strokes_out(annotation.strokes),
        "extent": None if annotation.extent is None else str(annotation.extent),
        "missing_count": annotation.missing_count,
        "missing_first": annotation.missing_first,
        "missing_last": annotation.missing_last,
        "vocabulary": annotation.vocabulary,
        "adopted_key": annotation.adopted_key,
    }


def insert(tx: Transaction, annotation: Annotation) -> None:
    tx.insert("annotation", row_of(annotation))


def update(tx: Transaction, annotation: Annotation) -> None:
    """Write every column of an annotation that exists."""
    tx.update("annotation", annotation.id, row_of(annotation))


def get(db: Queryable, annotation_id: str) -> Annotation:
    """In the trash or not. Raises ``UserError("annotation.not_found")``."""
    return annotation_from(fetch(db, "annotation", annotation_id))


def listing(
    db: Queryable, document_id: str | None = None, *, page: int | None = None
) -> list[Annotation]:
    """Marks outside the trash, on documents outside the trash, in reading order."""
    chosen, values = "", []
    if document_id is not None:
        chosen, values = " AND document_id = ?", [document_id]
    if page is not None:
        # By the range of its sort keys a page is found among thousands of marks.
        chosen += " AND sort_key >= ? AND sort_key < ?"
        values += [f"{page:07d}|", f"{page:07d}}}"]
    rows = db.query(
        "SELECT annotation.* FROM annotation JOIN document ON document.id = document_id"  # noqa: S608
        f" WHERE annotation.deleted_at IS NULL AND document.deleted_at IS NULL{chosen}"
        " ORDER BY document.seq, sort_key, annotation.created_at",
        values,
    )
    return [annotation_from(row) for row in rows]


def withholdings(db: Queryable, document_id: str | None = None) -> list[Annotation]:
    """What agencies kept back, outside the trash, in reading order; of one document or of all."""
    rows = db.query(
        "SELECT annotation.* FROM annotation JOIN document ON document.id = document_id"
        " WHERE kind = 'withholding' AND annotation.deleted_at IS NULL"
        " AND document.deleted_at IS NULL AND (?1 IS NULL OR document_id = ?1)"
        " ORDER BY document.seq, sort_key, annotation.created_at",
        (document_id,),
    )
    return [annotation_from(row) for row in rows]


def last_vocabulary(db: Queryable) -> str:
    """The vocabulary of the newest withholding outside the trash that names one; else empty."""
    row = db.one(
        "SELECT vocabulary FROM annotation WHERE vocabulary <> '' AND deleted_at IS NULL"
        " ORDER BY created_at DESC LIMIT 1"
    )
    return str(row["vocabulary"]) if row is not None else ""


def adopted_keys(db: Queryable, document_id: str) -> frozenset[str]:
    """The file's marks that have been adopted, by key, as far as they are outside the trash."""
    rows = db.query(
        "SELECT adopted_key FROM annotation"
        " WHERE document_id = ? AND adopted_key IS NOT NULL AND deleted_at IS NULL",
        (document_id,),
    )
    return frozenset(row["adopted_key"] for row in rows)


def kinds(db: Queryable) -> dict[str, frozenset[str]]:
    """The kinds of marks that each document carries; only those with any."""
    found: dict[str, set[str]] = {}
    for row in db.query(
        "SELECT DISTINCT document_id, kind FROM annotation WHERE deleted_at IS NULL"
    ):
        found.setdefault(row["document_id"], set()).add(row["kind"])
    return {document_id: frozenset(names) for document_id, names in found.items()}


def counts(db: Queryable) -> dict[str, int]:
    """How many marks each document carries; only those with any."""
    rows = db.query(
        "SELECT document_id, count(*) AS n FROM annotation WHERE deleted_at IS NULL"
        " GROUP BY document_id"
    )
    return {row["document_id"]: row["n"] for row in rows}
