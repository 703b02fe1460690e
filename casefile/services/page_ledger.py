"""The page ledger: every promised page in one place, and where the count does not come out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from casefile.domain.changes import Change
from casefile.domain.errors import UserError
from casefile.domain.page_numbers import count_between
from casefile.domain.requests import Bucket, EventKind, LedgerEntry
from casefile.store import documents, requests
from casefile.store.ids import new_id, now

if TYPE_CHECKING:
    from casefile.domain.documents import Document
    from casefile.services.case import Case
    from casefile.store.transaction import Transaction

#: Each of these brings pages of its own.
_ROLLING = frozenset({EventKind.INTERIM_RELEASE, EventKind.FINAL_RELEASE})


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


def listing(case: Case, request_id: str) -> list[LedgerEntry]:
    return requests.ledger_of(case.reader(), request_id)


def released(case: Case, request_id: str) -> list[Document]:
    """The documents released for a request, outside the trash, in the order of import."""
    return [each for each in documents.listing(case.reader()) if each.request_id == request_id]


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
