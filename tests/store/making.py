"""Cases to try things on."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from casefile.domain.annotations import Annotation, AnnotationKind
from casefile.domain.documents import Document, DocumentState, Page, PageState, Provenance
from casefile.domain.followups import FollowUp
from casefile.domain.geometry import Quad
from casefile.domain.people import Source, Terms
from casefile.domain.quotes import Quote, QuoteState
from casefile.domain.requests import Request
from casefile.store import custody, documents
from casefile.store.ids import new_id
from casefile.store.store import Store
from casefile.store.vault import Vault, VaultFile

KEY = bytes(range(32))
CUSTODY_KEY = bytes(range(1, 33))
WRAPPING_KEY = bytes(range(2, 34))
THEN = "2026-11-03T09:15:00.000000Z"
LATER = "2026-11-04T09:15:00.000000Z"


def document(**values: object) -> Document:
    plain: dict[str, object] = {
        "id": new_id(), "title": "Memo", "file_name": "memo.pdf", "sha256": "0" * 64, "bytes": 1,
        "format": "pdf", "provenance": Provenance.RELEASED, "source_id": None, "request_id": None,
        "parent_id": None, "state": DocumentState.READY, "kept_reason": None, "pages": 0,
        "pages_with_text": 0, "pages_awaiting_ocr": 0, "has_rendition": False, "added_at": THEN,
        "deleted_at": None,
    }  # fmt: skip
    return Document(**{**plain, **values})


def page(document_id: str, number: int, text: str, state: PageState = PageState.TEXT) -> Page:
    return Page(document_id, number, str(number), 612.0, 792.0, text, False, state)


def imported(
    store: Store, texts: Sequence[str], vault: Vault | None = None, **values: object
) -> Document:
    """A complete document whose pages have these texts, with a sealed original if there is a
    vault."""
    new = document(**values)
    file: VaultFile | None = None
    if vault is not None:
        file = vault.add("\n".join(texts).encode(), new.id, "original")

    def begin(tx):
        documents.begin_import(tx, new)
        if file is not None:
            documents.add_file(tx, file)

    def finish(tx):
        custody.append(tx, CUSTODY_KEY, "import", {"document": new.id})
        return documents.finish_import(tx, new.id)

    store.write(begin)
    pages = [page(new.id, number, text) for number, text in enumerate(texts, 1)]
    store.write(lambda tx: documents.insert_pages(tx, new.id, pages), job=True)
    return store.write(finish)


def source(**values: object) -> Source:
    plain: dict[str, object] = {
        "id": new_id(), "name": "Maria Reyes", "code_name": None, "confidential": False,
        "organisation": False, "aliases": (), "terms": Terms.ON_RECORD, "attribution": "",
        "contacts": "", "notes": "", "created_at": THEN, "modified_at": THEN, "deleted_at": None,
    }  # fmt: skip
    return Source(**{**plain, **values})


def annotation(document_id: str, **values: object) -> Annotation:
    plain: dict[str, object] = {
        "id": new_id(), "document_id": document_id, "page": 1, "kind": AnnotationKind.HIGHLIGHT,
        "colour": "yellow", "text": "approved a waiver", "comment": "", "quads":
        (Quad(10, 20, 110.5, 20, 10, 32, 110.5, 32),), "prefix": "has ", "suffix": " of",
        "codes": (), "created_at": THEN, "modified_at": THEN, "deleted_at": None,
    }  # fmt: skip
    return Annotation(**{**plain, **values})


def quote(**values: object) -> Quote:
    plain: dict[str, object] = {
        "id": new_id(), "text": "nobody wrote it down", "source_id": None, "document_id": None,
        "page": None, "annotation_id": None, "quads": (), "prefix": "", "suffix": "",
        "spoken_on": None, "terms": Terms.ON_RECORD, "embargo_until": None,
        "state": QuoteState.UNVERIFIED, "note": "", "created_at": THEN, "modified_at": THEN,
        "deleted_at": None,
    }  # fmt: skip
    return Quote(**{**plain, **values})


def followup(**values: object) -> FollowUp:
    plain: dict[str, object] = {
        "id": new_id(), "text": "call HERON", "due": None, "linked_kind": None, "linked_id": None,
        "linked_page": None, "done_at": None, "created_at": THEN, "modified_at": THEN,
        "deleted_at": None,
    }  # fmt: skip
    return FollowUp(**{**plain, **values})


def request(**values: object) -> Request:
    plain: dict[str, object] = {
        "id": new_id(), "agency": "County Health", "law": "CORA", "subject": "cooling waivers",
        "tracking_numbers": ("CH-2291",), "created_at": THEN, "modified_at": THEN,
        "deleted_at": None,
    }  # fmt: skip
    return Request(**{**plain, **values})


def dump(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table that holds what the reporter made."""
    reader = store.reader()
    tables = (
        "source", "request", "document", "annotation", "quote", "followup", "tag", "tagging",
        "case_setting", "page_read",
    )  # fmt: skip
    rows = {
        table: [tuple(row.values()) for row in reader.query(f"SELECT * FROM {table} ORDER BY 1")]  # noqa: S608
        for table in tables
    }
    rows["item_text"] = [
        tuple(row.values())
        for row in reader.query(
            "SELECT kind, item_id, title, body, joined FROM item_text ORDER BY kind, item_id"
        )
    ]
    return rows


def child(code: str, *arguments: str | Path) -> subprocess.Popen[str]:
    """Another Python process that runs ``code`` with these arguments."""
    root = Path(__file__).parent.parent.parent
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=root,
        stdout=subprocess.PIPE,
        stdin=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
