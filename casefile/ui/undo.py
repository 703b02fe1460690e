"""One edit on the undo stack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QUndoCommand

from casefile.domain.changes import Change
from casefile.services import wording

if TYPE_CHECKING:
    from casefile.ui.session import CaseSession


class EditCommand(QUndoCommand):
    """An edit that has been made. ``QUndoStack.push()`` calls ``redo()`` at once, so the first
    one does nothing."""

    def __init__(self, session: CaseSession, change: Change) -> None:
        super().__init__(wording.undo_name(change.what, change.count))
        self._session = session
        self._change = change
        self._made = True

    def redo(self) -> None:
        if self._made:
            self._made = False
            return
        self._session.restore(self._change.reversed())

    def undo(self) -> None:
        self._session.restore(self._change)
