"""One edit of a form at a time: a key held down, or a second click, does not make it again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from casefile.domain.changes import Change
from casefile.domain.errors import UserError
from casefile.ui.session import CaseSession


class Once:
    """Edits for ``owner``; what is asked for while one is under way is not done."""

    def __init__(self, session: CaseSession, owner: QObject) -> None:
        self._session = session
        self._owner = owner
        self._busy = False

    def afresh(self) -> None:
        """A form was opened anew: what it is asked for is another edit."""
        self._busy = False

    def edit(
        self,
        do: Callable[[], Change],
        done: Callable[[Change], object],
        refused: Callable[[UserError], object],
    ) -> None:
        if self._busy:
            return
        self._busy = True

        def made(change: Change) -> None:
            self._busy = False
            done(change)

        def not_made(error: UserError) -> None:
            self._busy = False
            refused(error)

        self._session.tasks.edit(do, made, not_made, owner=self._owner)
