"""The way to everything that is done to a foreign file: sandboxed workers, one a document."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Self

from casefile.pdf import answers, processes
from casefile.pdf.asking import Asker, Limits
from casefile.pdf.channel import Channel, once
from casefile.pdf.feeding import Feed
from casefile.pdf.session import DocumentSession
from casefile.pdf.values import PlainFile, Protection, WorkerFailed
from casefile.pdf.watchdog import Watchdog
from casefile.security.cipher import Sealed

_PROBE_SECONDS = 30.0


class PdfWorkers:
    """Starts workers; on Linux as children of a template process, elsewhere one by one.

    ``forking`` and ``command`` are for tests: the other way of starting, another template."""

    def __init__(
        self,
        *,
        forking: bool | None = None,
        command: Sequence[str] | None = None,
        limits: Limits | None = None,
    ) -> None:
        self._forking = processes.can_fork() if forking is None else forking
        self._command = list(command or processes.command(forking=self._forking))
        self._limits = limits or Limits()
        self._watchdog = Watchdog()
        self._lock = threading.Lock()
        self._source: processes.Source | None = self._new_source()
        self._sessions: set[DocumentSession] = set()
        self._probed: tuple[str, tuple[Protection, ...]] | None = None

    def open(
        self,
        source: Sealed | PlainFile,
        *,
        password: str | None = None,
        kind: str = "pdf",
        limits: Limits | None = None,
        announce: Callable[[DocumentSession], None] | None = None,
        background: bool = False,
    ) -> DocumentSession:
        """A session for a document, opened at once. ``kind`` is a format of ``kinds``, or
        ``auto`` to let the worker judge the first bytes. ``announce`` is called with the session
        before that, so that another thread can ``cancel()`` a long opening. A ``background``
        worker gives way to whatever else the computer has to do. Raises ``Cancelled``,
        ``WorkerFailed``, ``OSError``, and ``UserError`` ``document.empty``, ``document.too_large``,
        ``document.damaged``, ``document.damaged_pdf``, ``document.wrong_password``,
        ``document.unsupported``. A missing password is no error here: ``facts().needs_password``
        says so."""
        asker = Asker(
            self._channel, Feed(source), kind=kind, password=password,
            limits=limits or self._limits, background=background,
        )  # fmt: skip
        session = DocumentSession(asker, self._forget)
        with self._lock:
            self._sessions.add(session)
        try:
            if announce is not None:
                announce(session)
            session.facts()
        except BaseException:
            session.close()
            raise
        return session

    def protections(self) -> list[Protection]:
        """The walls that a worker has on this system, found by raising them in one."""
        return list(self._probe()[1])

    def engine(self) -> str:
        """What renditions are made with, to be recorded with each."""
        return self._probe()[0]

    def close(self) -> None:
        """End every worker and the template."""
        with self._lock:
            sessions = list(self._sessions)
            self._sessions.clear()
            source, self._source = self._source, None
        for session in sessions:
            session.close()
        if source is not None:
            source.close()
        self._watchdog.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _forget(self, session: DocumentSession) -> None:
        with self._lock:
            self._sessions.discard(session)

    def _new_source(self) -> processes.Source:
        if self._forking:
            try:
                return processes.Forker(self._command)
            except OSError:
                self._stop_forking()
        return processes.Spares(self._command)

    def _stop_forking(self) -> None:
        """No place for named pipes (no temporary folder that can be written): the other way."""
        self._forking = False
        self._command = processes.command(forking=False)

    def _channel(self) -> Channel:
        """A fresh worker; a template that died is started again once."""
        with self._lock:
            source = self._source
        if source is None:
            raise WorkerFailed("crash")
        try:
            return Channel(source.new(), self._watchdog)
        except (WorkerFailed, OSError) as failure:
            with self._lock:
                if self._source is None:
                    raise WorkerFailed("crash") from failure
                if self._source is source:
                    source.close()
                    if isinstance(failure, OSError):
                        self._stop_forking()
                    self._source = self._new_source()
                fresh = self._source
            return Channel(fresh.new(), self._watchdog)

    def _probe(self) -> tuple[str, tuple[Protection, ...]]:
        if self._probed is None:
            channel = self._channel()
            try:
                header, _ = once(channel.ask({"do": "walls"}, limit=_PROBE_SECONDS))
            finally:
                channel.close()
            process = Protection(
                "process",
                on=True,
                note="forked for each document" if self._forking else "fresh for each document",
            )
            walls = (process, *answers.protections(header.get("walls")))
            self._probed = answers.text(header.get("engine"), 100), walls
        return self._probed
