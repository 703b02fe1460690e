"""What can be offered when a case does not open: the copy of its key file, the newest sound copy
of its store, or reading while another window writes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from casefile.domain.errors import UserError
from casefile.ui.announce import announce
from casefile.ui.doorkeeper import Doorkeeper
from casefile.ui.models.words import counted, day
from casefile.ui.start.unlock_page import UnlockPage

if TYPE_CHECKING:
    from casefile.services.backing_up import OfferedBackup

_HEADER = frozenset({"header.damaged", "header.missing", "header.unreadable", "header.refused"})
_STORE = frozenset({"store.damaged", "store.missing"})


class Mender(QObject):
    """Looks at each refusal on the unlock page and offers what helps, if anything does."""

    def __init__(self, page: UnlockPage, doorkeeper: Doorkeeper) -> None:
        super().__init__(page)
        self._page, self._door = page, doorkeeper

    def look(self, path: Path, error: UserError) -> None:
        """See what can be offered for ``error``."""
        if error.code in _HEADER:
            self._look_for_header(path)
        elif error.code in _STORE:
            self._look_for_backup(path)
        elif error.code == "case.open_elsewhere":
            self._page.notice.offer("Open for reading only", lambda: self._read_only(path))

    def _look_for_header(self, path: Path) -> None:
        def work() -> bool:
            from casefile.services.case import header_copy_offered

            return header_copy_offered(path)

        def offer(there: bool) -> None:
            if there:
                self._page.notice.offer("Use its copy", lambda: self._restore_header(path))

        self._door.tasks.run(work, offer, lambda _error: None, owner=self, lane="edit")

    def _restore_header(self, path: Path) -> None:
        def work() -> None:
            from casefile.services.case import restore_header

            restore_header(path)

        def restored(_none: None) -> None:
            self._page.notice.clear()
            self._page.passphrase.setFocus()
            announce("The copy is in place. Unlock again.", self._page)
            self._page.progress.setText("The copy is in place. Unlock again.")

        self._door.tasks.run(work, restored, self._page.show_error, owner=self, lane="edit")

    def _look_for_backup(self, path: Path) -> None:
        passphrase = self._page.passphrase.text()

        def work() -> OfferedBackup | None:
            from casefile.services.backing_up import offered
            from casefile.services.case import Passphrase

            return offered(path, Passphrase(passphrase))

        def offer(found: OfferedBackup | None) -> None:
            if found is None:
                return
            lacks = f", without {counted(found.lacks, 'document')}" if found.lacks else ""
            self._page.notice.offer(
                f"Open the copy of {day(found.day)}{lacks}",
                lambda: self._restore_backup(path, passphrase),
            )

        self._door.tasks.run(work, offer, lambda _error: None, owner=self, lane="edit")

    def _restore_backup(self, path: Path, passphrase: str) -> None:
        self._page.set_busy(busy=True, words="Putting the copy in place…")
        self._door.restore_daily(path, passphrase)

    def _read_only(self, path: Path) -> None:
        self._page.set_busy(busy=True)
        self._door.unlock(path, self._page.passphrase.text(), writing=False)
