"""What an opening for writing clears away: the leavings of a process that was killed."""

from __future__ import annotations

from casefile.store import documents
from casefile.store.store import Store
from casefile.store.vault import Vault


def tidy(store: Store, vault: Vault) -> int:
    """Remove documents whose import did not finish and files that no row knows. Call it once after
    opening for writing, before any import. Returns how many documents were removed."""
    unfinished = documents.incomplete(store.reader())
    for document_id in unfinished:
        discard(store, document_id)
    for unfinished_copy in store.folder.backups.glob(".new-*"):
        unfinished_copy.unlink(missing_ok=True)
    vault.sweep(file.name for file in documents.all_files(store.reader()))
    return len(unfinished)


def discard(store: Store, document_id: str) -> None:
    """Remove an incomplete document slice by slice, so that edits get their turn."""
    while not store.write(lambda tx: documents.discard_slice(tx, document_id), job=True):
        pass
