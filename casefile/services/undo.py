"""Undo and redo: recorded rows are put back, an intent is never guessed again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casefile.domain.changes import Change
from casefile.store import custody

if TYPE_CHECKING:
    from casefile.services.case import Case


def undo(case: Case, change: Change) -> Change:
    """Make every row that ``change`` touched what it was before, and return that as a change.
    ``undo(case, change.reversed())`` makes it again. Raises ``UserError("undo.conflict")`` if
    something newer stands in the way."""
    undone = case.store.apply(change.reversed())
    marks = [row for row in undone.rows if row.table == "annotation"]
    if marks:
        detail = {"what": change.what, "annotations": [row.id for row in marks]}
        case.store.write(
            lambda tx: custody.append(tx, case.store.custody_key, "mark.undone", detail)
        )
    return undone
