"""The documents that are open for reading: one sandboxed process each, only so many at a time."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from casefile.domain.errors import UserError

if TYPE_CHECKING:
    from casefile.pdf.session import DocumentSession

#: A process holds a document's bytes and fonts; more tabs than this share by coming back later.
MOST_OPEN: Final = 8


class Sessions:
    """Hands out the open session of a document, opening it when needed and closing the one that
    was longest unused when there are too many.

    A password that proved right is remembered until the case closes.
    """

    def __init__(self, open_session: Callable[[str, str | None], DocumentSession]) -> None:
        self._open = open_session
        self._lock = threading.Lock()
        self._sessions: OrderedDict[str, DocumentSession] = OrderedDict()
        self._opening: dict[str, threading.Lock] = {}
        self._passwords: dict[str, str] = {}
        self._closed = False

    def get(self, document_id: str, password: str | None = None) -> DocumentSession:
        """Safe from any thread; two threads that ask for one document share its session."""
        found = self._found(document_id)
        if found is not None:
            return found
        with self._lock:
            turn = self._opening.setdefault(document_id, threading.Lock())
        with turn:
            found = self._found(document_id)
            if found is not None:
                return found
            if password is None:
                password = self._passwords.get(document_id)
            session = self._open(document_id, password)
            return self._keep(document_id, session, password)

    def forget(self, document_id: str) -> None:
        """End the document's process, if there is one."""
        with self._lock:
            session = self._sessions.pop(document_id, None)
        if session is not None:
            session.close()

    def close(self) -> None:
        """End all; nothing is opened from now on."""
        with self._lock:
            self._closed = True
            sessions = list(self._sessions.values())
            self._sessions.clear()
            self._passwords.clear()
        for session in sessions:
            session.close()

    def _found(self, document_id: str) -> DocumentSession | None:
        with self._lock:
            if self._closed:
                raise UserError("case.closed")
            session = self._sessions.get(document_id)
            if session is not None:
                self._sessions.move_to_end(document_id)
            return session

    def _keep(
        self, document_id: str, session: DocumentSession, password: str | None
    ) -> DocumentSession:
        with self._lock:
            if not self._closed:
                self._sessions[document_id] = session
                self._opening.pop(document_id, None)
                if password is not None:
                    self._passwords[document_id] = password
                idle = [
                    self._sessions.popitem(last=False)[1]
                    for _ in range(len(self._sessions) - MOST_OPEN)
                ]
            else:
                idle = [session]
        for other in idle:
            other.close()
        if session in idle:
            raise UserError("case.closed")
        return session
