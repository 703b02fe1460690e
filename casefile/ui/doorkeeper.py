"""Opens, makes and closes cases away from the main thread, one after the other.

Everything heavy (cryptography, the store, key derivation) is imported and run on one thread: a
case that is being closed is closed before the next one is opened.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from casefile.domain.errors import Cancelled, UserError
from casefile.ui.tasks import Tasks

if TYPE_CHECKING:
    from casefile.security.kdf import KdfCost
    from casefile.services.case import Case
    from casefile.ui.session import CaseSession


class _Attempt:
    """One try to open a case; the newest is the one that counts.

    A case that opens after its attempt was given up must be closed before the next attempt begins:
    whoever comes second, the thread that opened it or the one that gave up, sees to that.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._given_up = False
        self._case: Case | None = None

    def keeps(self, case: Case) -> bool:
        """Called by the opening thread. False: nobody wants the case any more."""
        with self._lock:
            self._case = case
            return not self._given_up

    def give_up(self) -> Case | None:
        """Called by the main thread. Returns a case that is open already and has to be closed."""
        with self._lock:
            self._given_up = True
            return self._case


@dataclass
class Opened:
    """A case, with what it remembers of the last time: unfinished input, and the place."""

    case: Case
    drafts: dict[str, str] = field(default_factory=dict)
    place: object = None


#: The setting under which a case keeps where the reporter was.
PLACE = "window.place"


class Doorkeeper(QObject):
    """``opened(Opened)`` or ``refused(UserError)`` answers the newest attempt. ``closed`` tells
    that a case is sealed again. ``cost`` sets the effort of new passphrase slots (tests: small).
    """

    opened = Signal(object)
    refused = Signal(object)
    closed = Signal()
    peeked = Signal(object)
    checked = Signal()

    def __init__(self, parent: QObject | None = None, cost: KdfCost | None = None) -> None:
        super().__init__(parent)
        self.tasks = Tasks(self)
        self._cost = cost
        self._attempt: _Attempt | None = None

    @property
    def busy(self) -> bool:
        return self._attempt is not None

    def warm_up(self) -> None:
        """Import what opening a case needs while the reporter still types."""
        self.tasks.run(_import_heavy_parts, lane="edit")

    def peek(self, path: Path) -> None:
        """Look at the case's header: ``peeked(CasePeek)``, or ``refused``."""

        def work() -> object:
            from casefile.services.case import peek

            return peek(path)

        self.tasks.run(work, self.peeked.emit, self.refused.emit, owner=self, lane="edit")

    def unlock(self, path: Path, passphrase: str, *, writing: bool = True) -> None:
        def work() -> Case:
            from casefile.services.case import Passphrase, open_case

            return open_case(path, Passphrase(passphrase), writing)

        self._try(work)

    def restore_daily(self, path: Path, passphrase: str) -> None:
        """Put the newest sound copy in the place of a damaged store, and open that."""

        def work() -> Case:
            from casefile.services.backing_up import restore_daily
            from casefile.services.case import Passphrase

            return restore_daily(path, Passphrase(passphrase))

        self._try(work)

    def unlock_with_code(self, path: Path, code: str, new_passphrase: str) -> None:
        """Open with the recovery code and set a new passphrase."""
        cost = self._cost

        def work() -> Case:
            from casefile.services import keys
            from casefile.services.case import Passphrase, open_case

            keys.use_recovery_code(path, code, new_passphrase, cost)
            return open_case(path, Passphrase(new_passphrase))

        self._try(work)

    def unlock_from_keyring(self, path: Path) -> None:
        def work() -> Case:
            from casefile.services.case import OsKeyring, open_case

            return open_case(path, OsKeyring())

        self._try(work)

    def create(self, path: Path, passphrase: str, name: str) -> None:
        cost = self._cost

        def work() -> Case:
            from casefile.services.case import create_case

            return create_case(path, passphrase, name or None, cost)

        self._try(work)

    def cancel(self) -> None:
        """Give up the attempt under way; a case that opens after all is closed again."""
        attempt, self._attempt = self._attempt, None
        case = attempt.give_up() if attempt is not None else None
        if case is not None:
            self.tasks.run(case.close, lane="edit")

    def check(self, case: Case, passphrase: str) -> None:
        """Whether the passphrase is that of an open case: ``checked``, or ``refused``."""

        def work() -> None:
            from casefile.services.keys import check_passphrase

            check_passphrase(case, passphrase)

        self.tasks.run(
            work, lambda _none: self.checked.emit(), self.refused.emit, owner=self, lane="edit"
        )

    def close(self, session: CaseSession, place: object) -> None:
        """Seal ``session``'s case: wait for its threads, keep its drafts and the place in it,
        close it. ``closed`` follows."""
        session.tasks.shut()
        tasks, case, drafts = session.tasks, session.case, dict(session.drafts)

        def work() -> None:
            tasks.drain()
            try:
                from casefile.services import settings

                settings.keep_drafts(case, drafts)
                settings.put(case, PLACE, place)
            finally:
                case.close()

        self.tasks.run(work, lambda _none: self.closed.emit(), self._not_closed, lane="edit")

    def shut(self) -> None:
        """End the thread, after what it is doing; nothing is opened any more."""
        self.cancel()
        self.tasks.drain()
        self.tasks.shut()

    def _try(self, open_it: Callable[[], Case]) -> None:
        self.cancel()
        attempt = _Attempt()
        self._attempt = attempt

        def work() -> Opened:
            from casefile.services import settings

            case = open_it()
            wanted = False
            try:
                opened = Opened(case, settings.drafts(case), settings.get(case, PLACE))
                wanted = attempt.keeps(case)
            finally:
                if not wanted:
                    case.close()
            if not wanted:
                raise Cancelled
            return opened

        self.tasks.run(
            work,
            lambda opened: self._has_opened(attempt, opened),
            lambda error: self._was_refused(attempt, error),
            owner=self,
            lane="edit",
        )

    def _has_opened(self, attempt: _Attempt, opened: Opened) -> None:
        if attempt is self._attempt:
            self._attempt = None
            self.opened.emit(opened)

    def _was_refused(self, attempt: _Attempt, error: UserError) -> None:
        if attempt is self._attempt:
            self._attempt = None
            self.refused.emit(error)

    def _not_closed(self, error: UserError) -> None:
        self.refused.emit(error)
        self.closed.emit()


def _import_heavy_parts() -> None:
    import casefile.services.case
    import casefile.services.keys
    import casefile.services.settings  # noqa: F401 - imported for what importing them costs
