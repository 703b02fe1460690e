"""Rows of documents, their pages and their files.

A document is imported in slices and shown only once ``finish_import`` has marked it complete, in
one transaction; what a killed import leaves is removed by ``discard_incomplete`` at the next
opening for writing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from casefile.domain.documents import Document, DocumentState, Page, PageState, Provenance
from casefile.domain.errors import UserError
from casefile.domain.searching import findable
from casefile.store.database import Queryable
from casefile.store.rows import fetch
from casefile.store.schema import PAGES_PER_DOCUMENT
from casefile.store.transaction import Transaction
from casefile.store.vault import VaultFile

_PAGE_COLUMNS = "number, label, width, height, ocr, state"


@dataclass(frozen=True, slots=True)
class PageStatistics:
    """How many pages of a document there are, and of what kind."""

    pages: int
    with_text: int
    awaiting_ocr: int


def document_from(row: Mapping[str, Any]) -> Document:
    return Document(
        id=row["id"],
        title=row["title"],
        file_name=row["file_name"],
        sha256=row["sha256"],
        bytes=row["bytes"],
        format=row["format"],
        provenance=Provenance(row["provenance"]),
        source_id=row["source_id"],
        request_id=row["request_id"],
        parent_id=row["parent_id"],
        state=DocumentState(row["state"]),
        kept_reason=row["kept_reason"],
        pages=row["pages"],
        pages_with_text=row["pages_with_text"],
        pages_awaiting_ocr=row["pages_awaiting_ocr"],
        has_rendition=bool(row["has_rendition"]),
        added_at=row["added_at"],
        deleted_at=row["deleted_at"],
    )


def listing(db: Queryable, *, deleted: bool = False) -> list[Document]:
    """Every complete document outside the trash (or in it), in the order of import."""
    which = "NOT NULL" if deleted else "NULL"
    rows = db.query(
        f"SELECT * FROM document WHERE complete = 1 AND deleted_at IS {which}"  # noqa: S608
        " ORDER BY seq"
    )
    return [document_from(row) for row in rows]


def get(db: Queryable, document_id: str) -> Document:
    """A complete document, in the trash or not. Raises ``UserError("document.not_found")``."""
    row = fetch(db, "document", document_id)
    if not row["complete"]:
        raise UserError("document.not_found", id=document_id)
    return document_from(row)


def find(db: Queryable, id_or_sha256: str) -> Document:
    """The document of this id or full SHA-256. Raises ``UserError("document.not_found")``."""
    if len(id_or_sha256) != 64:
        return get(db, id_or_sha256)
    found = by_hash(db, id_or_sha256.lower())
    if found is None:
        raise UserError("document.not_found", id=id_or_sha256)
    return found


def by_hash(db: Queryable, sha256: str) -> Document | None:
    """The first complete document with this content; one outside the trash before one in it."""
    row = db.one(
        "SELECT * FROM document WHERE sha256 = ? AND complete = 1"
        " ORDER BY deleted_at IS NOT NULL, parent_id IS NOT NULL, seq LIMIT 1",
        (sha256,),
    )
    return None if row is None else document_from(row)


def children(db: Queryable, document_id: str) -> list[Document]:
    """What was attached to a document (an e-mail's attachments), outside the trash."""
    rows = db.query(
        "SELECT * FROM document WHERE parent_id = ? AND complete = 1 AND deleted_at IS NULL"
        " ORDER BY seq",
        (document_id,),
    )
    return [document_from(row) for row in rows]


def facts(db: Queryable, document_id: str) -> dict[str, Any]:
    """What else is known of a document: a JSON object of the services' making."""
    found: dict[str, Any] = json.loads(fetch(db, "document", document_id)["facts"])
    return found


def password(db: Queryable, document_id: str) -> str | None:
    """What opens an encrypted PDF."""
    found: str | None = fetch(db, "document", document_id)["password"]
    return found


def ocr_languages(db: Queryable, document_id: str) -> str:
    """The languages its pictures are read in (``eng+deu``); empty for the default."""
    found: str = fetch(db, "document", document_id)["ocr_languages"]
    return found


def engine(db: Queryable, document_id: str) -> str | None:
    """Which version of which engine made the rendition."""
    found: str | None = fetch(db, "document", document_id)["engine"]
    return found


# Pages ------------------------------------------------------------------------------------------


def page(db: Queryable, document_id: str, number: int) -> Page:
    """One page with its text. Raises ``UserError("document.not_found" | "page.not_found")``."""
    document = fetch(db, "document", document_id)
    row = db.one(
        f"SELECT {_PAGE_COLUMNS}, text FROM page WHERE id = ?",  # noqa: S608
        (document["seq"] * PAGES_PER_DOCUMENT + number,),
    )
    if row is None or not 1 <= number < PAGES_PER_DOCUMENT:
        raise UserError("page.not_found", page=number, pages=document["pages"])
    return _page_from(document_id, row)


def page_shapes(db: Queryable, document_id: str) -> list[dict[str, Any]]:
    """Number, label, width, height, ocr and state of every page, from an index of their own: of
    thousands of pages in a few milliseconds."""
    return db.query(
        f"SELECT {_PAGE_COLUMNS} FROM page WHERE document_seq = ? ORDER BY number",  # noqa: S608
        (fetch(db, "document", document_id)["seq"],),
    )


def page_texts(db: Queryable, document_id: str, first: int, last: int) -> list[tuple[int, str]]:
    """Number and text of the pages ``first`` to ``last``, to be looked through."""
    base = fetch(db, "document", document_id)["seq"] * PAGES_PER_DOCUMENT
    rows = db.query(
        "SELECT number, text FROM page WHERE id BETWEEN ? AND ? ORDER BY id",
        (base + first, base + last),
    )
    return [(row["number"], row["text"]) for row in rows]


def pages(
    db: Queryable, document_id: str, *, first: int = 1, last: int | None = None, text: bool = True
) -> list[Page]:
    """The pages from ``first`` to ``last``; without ``text`` theirs is left empty."""
    seq = fetch(db, "document", document_id)["seq"]
    base = seq * PAGES_PER_DOCUMENT
    last = PAGES_PER_DOCUMENT - 1 if last is None else min(last, PAGES_PER_DOCUMENT - 1)
    columns = _PAGE_COLUMNS + (", text" if text else ", '' AS text")
    rows = db.query(
        f"SELECT {columns} FROM page WHERE id BETWEEN ? AND ? ORDER BY id",  # noqa: S608
        (base + max(1, first), base + last),
    )
    return [_page_from(document_id, row) for row in rows]


def read_pages(db: Queryable, document_id: str) -> set[int]:
    """Numbers of the pages that the reporter has read."""
    rows = db.query("SELECT page FROM page_read WHERE document_id = ?", (document_id,))
    return {row["page"] for row in rows}


def read_counts(db: Queryable) -> dict[str, int]:
    """How many pages of each document the reporter has read; only those with any."""
    rows = db.query("SELECT document_id, count(*) AS n FROM page_read GROUP BY document_id")
    return {row["document_id"]: row["n"] for row in rows}


def mark_read(
    tx: Transaction, document_id: str, numbers: Iterable[int], read_at: str | None
) -> None:
    """Note when pages were read, or with None that they were not."""
    known = read_pages(tx, document_id)
    if read_at is None:
        for number in known.intersection(numbers):
            tx.delete("page_read", f"{document_id}:{number}")
        return
    new = [
        {"id": f"{document_id}:{n}", "document_id": document_id, "page": n, "read_at": read_at}
        for n in sorted(set(numbers) - known)
    ]
    tx.insert_many("page_read", new)


def insert_pages(tx: Transaction, document_id: str, new: Sequence[Page]) -> None:
    """Add pages and index their text. About 25 pages make a slice of 20 ms."""
    seq = fetch(tx, "document", document_id)["seq"]
    rows = [
        (
            seq * PAGES_PER_DOCUMENT + p.number, seq, p.number, p.label, p.width, p.height,
            int(p.ocr), str(p.state), storable(p.text), findable(p.text),
        )
        for p in new
    ]  # fmt: skip
    tx.execute_many(
        "INSERT INTO page (id, document_seq, number, label, width, height, ocr, state, text,"
        " joined) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )
    tx.execute_many(
        "INSERT INTO page_fts (rowid, text, joined) VALUES (?, ?, ?)",
        [(row[0], row[8], row[9]) for row in rows],
    )
    tx.pages_indexed += len(rows)


def set_page_text(
    tx: Transaction, document_id: str, number: int, text: str, *, ocr: bool, state: PageState
) -> None:
    """Give a page another text (OCR, or texts read again after a restore) and count anew.
    Raises ``UserError("page.not_found")``."""
    document = fetch(tx, "document", document_id)
    row_id = document["seq"] * PAGES_PER_DOCUMENT + number
    old = tx.one("SELECT id, text, joined FROM page WHERE id = ?", (row_id,))
    if old is None:
        raise UserError("page.not_found", page=number, pages=document["pages"])
    _unindex(tx, [old])
    new = (storable(text), findable(text))
    tx.execute(
        "UPDATE page SET text = ?, joined = ?, ocr = ?, state = ? WHERE id = ?",
        (*new, int(ocr), str(state), row_id),
    )
    tx.execute("INSERT INTO page_fts (rowid, text, joined) VALUES (?, ?, ?)", (row_id, *new))
    tx.pages_indexed += 1
    count_again(tx, document_id)


def count_again(tx: Transaction, document_id: str) -> None:
    """Take a document's counts of pages from the pages themselves."""
    found = statistics(tx, document_id)
    tx.execute(
        "UPDATE document SET pages_with_text = ?, pages_awaiting_ocr = ? WHERE id = ?",
        (found.with_text, found.awaiting_ocr, document_id),
    )


def statistics(db: Queryable, document_id: str) -> PageStatistics:
    """Counted from the pages themselves."""
    row = db.one(
        "SELECT count(*) AS pages, total(page.state = 'text') AS with_text,"
        " total(page.state = 'awaiting_ocr') AS awaiting"
        " FROM document JOIN page ON document_seq = seq WHERE document.id = ?",
        (document_id,),
    ) or {"pages": 0, "with_text": 0, "awaiting": 0}
    return PageStatistics(row["pages"], int(row["with_text"]), int(row["awaiting"]))


# Coming in --------------------------------------------------------------------------------------


def begin_import(
    tx: Transaction,
    document: Document,
    *,
    engine: str | None = None,
    password: str | None = None,
    facts: Mapping[str, Any] | None = None,
) -> None:
    """Add the row of a document that is not shown yet; its counts of pages are taken later."""
    seq = tx.query("SELECT coalesce(max(seq), 0) + 1 AS seq FROM document")[0]["seq"]
    tx.insert("document", {
        "id": document.id, "seq": seq, "title": storable(document.title),
        "file_name": storable(document.file_name), "sha256": document.sha256,
        "bytes": document.bytes, "format": document.format,
        "provenance": str(document.provenance), "source_id": document.source_id,
        "request_id": document.request_id, "parent_id": document.parent_id,
        "state": str(document.state), "kept_reason": document.kept_reason,
        "has_rendition": int(document.has_rendition), "engine": engine, "password": password,
        "facts": json.dumps(dict(facts or {}), ensure_ascii=False),
        "added_at": document.added_at, "deleted_at": document.deleted_at,
    })  # fmt: skip


def add_file(tx: Transaction, file: VaultFile) -> None:
    """Note a sealed file of a document that was begun."""
    tx.insert("vault_file", {
        "name": file.name, "document_id": file.document_id, "role": file.role,
        "wrapped_key": file.wrapped_key, "length": file.length, "sha256": file.sha256,
    })  # fmt: skip


def finish_import(tx: Transaction, document_id: str, **values: object) -> Document:
    """Count the pages, set the last columns (``title``, ``state``, ``facts`` ...) and show the
    document: the one moment at which it comes into being."""
    found = statistics(tx, document_id)
    if isinstance(values.get("facts"), Mapping):
        values["facts"] = json.dumps(values["facts"], ensure_ascii=False)
    tx.update("document", document_id, {
        **values, "pages": found.pages, "pages_with_text": found.with_text,
        "pages_awaiting_ocr": found.awaiting_ocr, "complete": 1,
    })  # fmt: skip
    return get(tx, document_id)


def incomplete(db: Queryable) -> list[str]:
    """Ids of documents whose import did not finish, attachments before their mail."""
    rows = db.query("SELECT id FROM document WHERE complete = 0 ORDER BY seq DESC")
    return [row["id"] for row in rows]


def discard_slice(tx: Transaction, document_id: str, most: int = 50) -> bool:
    """Remove up to ``most`` pages of an incomplete document, and with the last ones itself and
    the rows of its files; True when nothing of it is left. Raises ``ValueError`` for a complete
    one: it is never removed this way."""
    row = tx.one("SELECT seq, complete FROM document WHERE id = ?", (document_id,))
    if row is None:
        return True
    if row["complete"]:
        raise ValueError("a complete document is only erased")
    old = tx.query(
        "SELECT id, text, joined FROM page WHERE document_seq = ? LIMIT ?", (row["seq"], most)
    )
    _unindex(tx, old)
    tx.execute_many("DELETE FROM page WHERE id = :id", old)
    if len(old) == most:
        return False
    tx.execute("UPDATE document SET parent_id = NULL WHERE parent_id = ?", (document_id,))
    tx.execute("DELETE FROM vault_file WHERE document_id = ?", (document_id,))
    tx.execute("DELETE FROM page_read WHERE document_id = ?", (document_id,))
    tx.delete("document", document_id)
    return True


# Files ------------------------------------------------------------------------------------------


def file(db: Queryable, document_id: str, role: str) -> VaultFile | None:
    """The sealed file of a document: ``original`` or ``rendition``."""
    row = db.one("SELECT * FROM vault_file WHERE document_id = ? AND role = ?", (document_id, role))
    return None if row is None else VaultFile(**row)


def shown_file(db: Queryable, document_id: str) -> VaultFile:
    """The file whose pages are shown: the rendition if there is one, else the original.
    Raises ``UserError("document.not_found")``."""
    found = file(db, document_id, "rendition") or file(db, document_id, "original")
    if found is None:
        raise UserError("document.not_found", id=document_id)
    return found


def all_files(db: Queryable) -> list[VaultFile]:
    """Every sealed file that a row knows, of incomplete documents too."""
    return [VaultFile(**row) for row in db.query("SELECT * FROM vault_file ORDER BY rowid")]


def texts_lost(db: Queryable) -> list[str]:
    """Ids of documents whose page texts a restore from a daily backup left to be read again."""
    rows = db.query("SELECT id FROM document WHERE text_lost = 1 AND complete = 1 ORDER BY seq")
    return [row["id"] for row in rows]


def text_found(tx: Transaction, document_id: str) -> None:
    """Note that every page of a document has its text again."""
    tx.execute("UPDATE document SET text_lost = 0 WHERE id = ?", (document_id,))


def storable(text: str) -> str:
    """What SQLite can hold as text: no lone surrogates, no NUL (at which its functions stop); and
    not the two characters that stand around hits in snippets."""
    text = text.encode("utf-8", "replace").decode("utf-8")
    return text.translate({0: "\ufffd", 2: " ", 3: " "})


def _unindex(tx: Transaction, rows: Iterable[Mapping[str, Any]]) -> None:
    tx.execute_many(
        "INSERT INTO page_fts (page_fts, rowid, text, joined)"
        " VALUES ('delete', :id, :text, :joined)",
        list(rows),
    )


def _page_from(document_id: str, row: Mapping[str, Any]) -> Page:
    return Page(
        document_id=document_id,
        number=row["number"],
        label=row["label"],
        width=row["width"],
        height=row["height"],
        text=row["text"],
        ocr=bool(row["ocr"]),
        state=PageState(row["state"]),
    )
