"""Clears away what an import began and did not finish; none of it ever showed."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from casefile.store import documents

if TYPE_CHECKING:
    from casefile.services.case import Case


def discard_leftovers(case: Case) -> None:
    """Remove the rows and files of every half-imported document but those that some thread is
    importing at this moment. Attachments go before their e-mail."""
    known = documents.all_files(case.reader())
    for document_id in documents.incomplete(case.reader()):
        if not case.claims.is_begun(document_id) and discard(case, document_id):
            for file in known:
                if file.document_id == document_id:
                    case.vault.remove(file)


def discard(case: Case, document_id: str, until: float = float("inf")) -> bool:
    """Remove a half-imported document's rows, slice by slice, and say whether that was done before
    ``until`` (as of ``time.monotonic``)."""
    while time.monotonic() < until:
        if case.store.write(lambda tx: documents.discard_slice(tx, document_id), job=True):
            return True
    return False
