"""The page ledger: every promised page in one place, and where the count does not come out."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from casefile.domain.annotations import Extent
from casefile.domain.changes import Change
from casefile.domain.errors import UserError
from casefile.domain.page_counts import Proposal, Released, not_in_ledger
from casefile.domain.page_numbers import count_between
from casefile.domain.requests import RELEASES, Bucket, EventKind, LedgerEntry
from casefile.store import annotations as marked
from casefile.store import documents, requests
from casefile.store.ids import new_id, now

if TYPE_CHECKING:
    from casefile.domain.annotations import Annotation
    from casefile.domain.documents import Document
    from casefile.domain.requests import RequestEvent
    from casefile.services.case import Case
    from casefile.store.database import Queryable
    from casefile.store.transaction import Transaction

#: Each of these brings pages of its own.
_ROLLING = frozenset({EventKind.INTERIM_RELEASE, EventKind.FINAL_RELEASE})
#: Records may come with these; what comes with others is a letter.
_BRINGS = RELEASES | {
    EventKind.APPEAL_DECISION, EventKind.REVIEW_DECISION, EventKind.COURT_DECISION, EventKind.NOTE,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Totals:
    """``promised`` is what the letters speak of, ``accounted`` what the ledger holds;
    ``difference`` is what the letters promise beyond it (negative: the ledger holds more)."""

    promised: int
    accounted: int
    by_bucket: dict[Bucket, int]

    @property
    def difference(self) -> int:
        return self.promised - self.accounted


def add(case: Case, request_id: str, bucket: Bucket, pages: int, **details: Any) -> Change:
    """Put pages into a bucket. Raises ``UserError``: ``request.not_found``, ``ledger.pages``,
    ``ledger.backwards``, ``document.not_found``."""
    at = now()
    entry = _checked(
        LedgerEntry(
            id=new_id(), request_id=request_id, bucket=bucket, pages=pages,
            created_at=at, modified_at=at, **details,
        )
    )  # fmt: skip

    def work(tx: Transaction) -> None:
        requests.get(tx, request_id)
        if entry.document_id is not None:
            documents.get(tx, entry.document_id)
        requests.insert(tx, entry)

    return case.store.edit("ledger.add", work)


def edit(case: Case, entry_id: str, **details: Any) -> Change:
    """Change fields of an entry. Raises as ``add``, and ``UserError("ledger_entry.not_found")``."""

    def work(tx: Transaction) -> None:
        old = requests.ledger_entry(tx, entry_id)
        requests.update(tx, _checked(replace(old, **details, modified_at=now())))

    return case.store.edit("ledger.edit", work)


def delete(case: Case, ids: Iterable[str]) -> Change:
    """Take entries out of the ledger; undo brings them back."""

    def work(tx: Transaction) -> None:
        for entry_id in ids:
            requests.update(tx, replace(requests.ledger_entry(tx, entry_id), deleted_at=now()))

    return case.store.edit("ledger.delete", work)


@dataclass(frozen=True, slots=True)
class Proposed:
    """What the released documents say and the ledger does not. ``uncounted`` gaps have no count,
    ``unreadable`` documents no pages that could be counted: both are left out."""

    entries: tuple[Proposal, ...]
    uncounted: int = 0
    unreadable: int = 0


def proposed(case: Case, request_id: str) -> Proposed:
    """What ``take`` would add: the pages of the documents released for a request, and what was
    marked as withheld in them, as far as the ledger does not hold them. A document of which there
    are two copies counts once; so does a page of two marks, or of two documents that print the
    same Bates number on it. What came with an event that brings no records is a letter and does not
    count. Raises ``UserError("request.not_found")``."""
    return _proposed(case.reader(), request_id)


def take(case: Case, request_id: str, only: Collection[str] | None = None) -> Change:
    """Put everything that is ``proposed`` (of ``only`` these documents, where they are given) into
    the ledger, as one step. Raises ``UserError``: ``request.not_found``,
    ``ledger.nothing_to_take``."""

    def work(tx: Transaction) -> None:
        found = _proposed(tx, request_id).entries
        wanted = [each for each in found if only is None or each.document_id in only]
        if not wanted:
            raise UserError("ledger.nothing_to_take")
        for each in wanted:
            at = now()  # each its own, which is their order
            requests.insert(
                tx,
                LedgerEntry(
                    id=new_id(), request_id=request_id, bucket=each.bucket, pages=each.pages,
                    first=each.first, last=each.last, document_id=each.document_id,
                    note=each.note, created_at=at, modified_at=at,
                ),
            )  # fmt: skip

    return case.store.edit("ledger.take", work)


def _proposed(db: Queryable, request_id: str) -> Proposed:
    requests.get(db, request_id)
    letters = _letters(requests.events_of(db, request_id))
    found = [each for each in _released(db, request_id) if each.id not in letters]
    whole = [each for each in found if each.pages]
    originals: dict[str, str] = {}
    copies = {each.id: originals.setdefault(each.sha256, each.id) for each in whole}
    marks = [mark for each in whole for mark in marked.withholdings(db, each.id)]
    read = [_read(db, each, [mark for mark in marks if copies[mark.document_id] == each.id])
            for each in whole if copies[each.id] == each.id]  # fmt: skip
    entries = [
        replace(each, document_id=copies.get(each.document_id or "", each.document_id))
        for each in requests.ledger_of(db, request_id)
    ]
    return Proposed(
        tuple(not_in_ledger(read, entries)),
        sum(each.extent is Extent.RANGE and not each.missing_count for each in marks),
        len(found) - len(whole),
    )


def _letters(events: Iterable[RequestEvent]) -> set[str]:
    """The documents that came with events, but with none that may bring records."""
    letters: set[str] = set()
    records: set[str] = set()
    for event in events:
        (records if event.kind in _BRINGS else letters).update(event.documents)
    return letters - records


def _read(db: Queryable, document: Document, marks: list[Annotation]) -> Released:
    pages = documents.pages(db, document.id, text=False)
    return Released(document.id, [page.label for page in pages], marks)


def listing(case: Case, request_id: str) -> list[LedgerEntry]:
    return requests.ledger_of(case.reader(), request_id)


def released(case: Case, request_id: str) -> list[Document]:
    """The documents released for a request, outside the trash, in the order of import."""
    return _released(case.reader(), request_id)


def _released(db: Queryable, request_id: str) -> list[Document]:
    return [each for each in documents.listing(db) if each.request_id == request_id]


def totals(case: Case, request_id: str) -> Totals:
    """What is promised: the most that any one letter speaks of, what rolling releases add up to, or
    what was expected of a referral, whichever is most. Against it what stands in the ledger."""
    reader = case.reader()
    request = requests.get(reader, request_id)
    events = requests.events_of(reader, request_id)
    rolling = sum(each.pages or 0 for each in events if each.kind in _ROLLING)
    told = max((each.pages or 0 for each in events), default=0)
    buckets: dict[Bucket, int] = {}
    for entry in requests.ledger_of(reader, request_id):
        buckets[entry.bucket] = buckets.get(entry.bucket, 0) + entry.pages
    promised = max(rolling, told, request.pages_expected or 0)
    return Totals(promised, sum(buckets.values()), buckets)


def _checked(entry: LedgerEntry) -> LedgerEntry:
    if entry.pages < 1:
        raise UserError("ledger.pages")
    first, last = entry.first.strip(), entry.last.strip()
    counts = count_between(first, last)
    if counts is not None and counts < 1:
        raise UserError("ledger.backwards", first=first, last=last)
    return replace(entry, first=first, last=last)
