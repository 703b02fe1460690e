"""Undo and redo: recorded rows are put back, an intent is never guessed again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casefile.domain.changes import Change

if TYPE_CHECKING:
    from casefile.services.case import Case


def undo(case: Case, change: Change) -> Change:
    """Make every row that ``change`` touched what it was before, and return that as a change.
    ``undo(case, change.reversed())`` makes it again. Raises ``UserError("undo.conflict")`` if
    something newer stands in the way."""
    return case.store.apply(change.reversed())
