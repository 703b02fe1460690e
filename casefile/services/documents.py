"""The documents of a case: listed, found, renamed, filed, deleted, read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casefile.domain.changes import Change
from casefile.domain.documents import Document, Page, Provenance
from casefile.domain.errors import UserError
from casefile.services import requests as request_words
from casefile.services.sources import speaker_labels
from casefile.store import annotations as mark_rows
from casefile.store import documents, quotes, requests, sources, tags, trash
from casefile.store.ids import now

if TYPE_CHECKING:
    from casefile.services.case import Case
    from casefile.store.database import Queryable
    from casefile.store.transaction import Transaction

_PAGES_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document as a list shows it. Labels are safe: a confidential source is its code name.
    ``same_as`` is the title of an earlier document with the same bytes, ``kinds`` are those of its
    marks."""

    document: Document
    marks: int
    quotes: int
    pages_read: int
    tags: tuple[str, ...]
    source_label: str
    request_label: str
    same_as: str = ""
    kinds: frozenset[str] = frozenset()


def listing(case: Case) -> list[DocumentRow]:
    """Every document outside the trash, in the order of import."""
    reader = case.reader()
    found = documents.listing(reader)
    marks, quoted = mark_rows.counts(reader), quotes.counts_by_document(reader)
    kinds = mark_rows.kinds(reader)
    read, tagged = documents.read_counts(reader), tags.of(reader, "document")
    labels = speaker_labels(case)
    asked = {
        request.id: request_words.label(request)
        for request in requests.some(reader, {each.request_id for each in found if each.request_id})
    }
    first: dict[str, Document] = {}
    rows = []
    for document in found:
        earlier = first.setdefault(document.sha256, document)
        rows.append(DocumentRow(
            document,
            marks.get(document.id, 0),
            quoted.get(document.id, 0),
            read.get(document.id, 0),
            tagged.get(document.id, ()),
            labels.get(document.source_id or "", ""),
            asked.get(document.request_id or "", ""),
            "" if earlier is document else earlier.title,
            kinds.get(document.id, frozenset()),
        ))  # fmt: skip
    return rows


def get(case: Case, document_id: str) -> Document:
    """In the trash or not. Raises ``UserError("document.not_found")``."""
    return documents.get(case.reader(), document_id)


def find(case: Case, id_or_sha256: str) -> Document:
    """By id or full SHA-256. Raises ``UserError("document.not_found")``."""
    return documents.find(case.reader(), id_or_sha256)


def children(case: Case, document_id: str) -> list[Document]:
    """The attachments of an e-mail, the messages of a mailbox, outside the trash."""
    return documents.children(case.reader(), document_id)


def page_texts(
    case: Case, document_id: str, first: int = 1, last: int | None = None
) -> Iterator[Page]:
    """The pages from ``first`` to ``last`` with their texts, a few at a time. Raises
    ``UserError("document.not_found" | "page.not_found")``."""
    pages = documents.get(case.reader(), document_id).pages
    end = pages if last is None else last
    for number in {first, end} if end >= first and pages else ():
        if not 1 <= number <= pages:
            raise UserError("page.not_found", page=number, pages=pages)
    for start in range(first, end + 1, _PAGES_AT_ONCE):
        stop = min(end, start + _PAGES_AT_ONCE - 1)
        yield from documents.pages(case.reader(), document_id, first=start, last=stop)


def rename(case: Case, document_id: str, title: str) -> Change:
    """Give a document another title; its file name stays on record. Raises ``UserError``:
    ``document.title_needed``, ``document.not_found``."""
    words = " ".join(title.split())
    if not words:
        raise UserError("document.title_needed")

    def work(tx: Transaction) -> None:
        documents.get(tx, document_id)
        tx.update("document", document_id, {"title": documents.storable(words)})

    return case.store.edit("document.rename", work)


def delete(case: Case, ids: Iterable[str]) -> Change:
    """Move documents and their attachments to the trash. Raises
    ``UserError("document.not_found")``."""
    wanted = list(ids)

    def work(tx: Transaction) -> None:
        at = now()
        for document_id in wanted:
            trash.delete(tx, "document", [document_id, *descendants(tx, document_id)], at)

    return case.store.edit("document.delete", work)


def set_provenance(
    case: Case,
    ids: Iterable[str],
    provenance: Provenance,
    source_id: str | None = None,
    request_id: str | None = None,
) -> Change:
    """Say how documents came; their attachments came the same way. Raises ``UserError``:
    ``document.not_found``, ``source.not_found``, ``request.not_found``."""
    wanted = list(ids)

    def work(tx: Transaction) -> None:
        if source_id is not None:
            sources.get(tx, source_id)
        if request_id is not None:
            requests.get(tx, request_id)
        values = {
            "provenance": str(provenance), "source_id": source_id, "request_id": request_id
        }  # fmt: skip
        for document_id in wanted:
            documents.get(tx, document_id)
            for each in (document_id, *descendants(tx, document_id)):
                tx.update("document", each, values)

    return case.store.edit("document.provenance", work)


def set_read(case: Case, ids: Iterable[str], read: bool) -> Change:
    """Mark every page of documents read or unread; the change names rows of ``page_read``. Raises
    ``UserError("document.not_found")``."""
    wanted, at = list(ids), now() if read else None

    def work(tx: Transaction) -> None:
        for document_id in wanted:
            pages = documents.get(tx, document_id).pages
            documents.mark_read(tx, document_id, range(1, pages + 1), at)

    return case.store.edit("document.read" if read else "document.unread", work)


def set_page_read(case: Case, document_id: str, page: int, read: bool) -> Change:
    """Mark one page read or unread. Raises ``UserError("document.not_found" |
    "page.not_found")``."""

    def work(tx: Transaction) -> None:
        pages = documents.get(tx, document_id).pages
        if not 1 <= page <= pages:
            raise UserError("page.not_found", page=page, pages=pages)
        documents.mark_read(tx, document_id, [page], now() if read else None)

    return case.store.edit("page.read" if read else "page.unread", work)


def set_pages_read(case: Case, document_id: str, pages: Iterable[int]) -> Change:
    """Note pages that the reporter dwelt on. The change tells views what is new; it is no edit, and
    is not undone. Nothing is noted where the case cannot be written."""
    numbers = sorted(set(pages))
    if not numbers or case.read_only:
        return Change("page.dwelt", ())
    at = now()
    return case.store.edit(
        "page.dwelt", lambda tx: documents.mark_read(tx, document_id, numbers, at)
    )


def pages_read(case: Case, document_id: str) -> set[int]:
    """Numbers of the pages that count as read."""
    return documents.read_pages(case.reader(), document_id)


def descendants(db: Queryable, document_id: str, deleted_with: str | None = None) -> list[str]:
    """Ids of what was attached to a document, and to that, and so on. With ``deleted_with`` only
    those that went to the trash together with that document."""
    at = None if deleted_with is None else documents.get(db, deleted_with).deleted_at
    children: dict[str, list[Document]] = {}
    for each in documents.listing(db) + documents.listing(db, deleted=True):
        if each.parent_id is not None:
            children.setdefault(each.parent_id, []).append(each)
    found: list[str] = []
    waiting = [document_id]
    while waiting:
        for child in children.get(waiting.pop(), ()):
            waiting.append(child.id)
            if deleted_with is None or child.deleted_at == at:
                found.append(child.id)
    return found
