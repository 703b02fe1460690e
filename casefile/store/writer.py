"""The one thread that writes: a queue in which edits overtake jobs."""

from __future__ import annotations

import contextlib
import itertools
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from casefile.domain.changes import RowChange
from casefile.domain.errors import UserError
from casefile.store.database import Connection, DatabaseError, is_damage, told
from casefile.store.transaction import Transaction

T = TypeVar("T")

_EDIT, _STOP, _UPKEEP, _JOB = 0, 1, 2, 3
#: Frames of the write-ahead log (4 KiB each) that wait for a checkpoint.
_LOGGED = 400
#: The same, at which SQLite makes one within a COMMIT, whoever's it is.
_LOGGED_TOO_LONG = 8_000
#: Index pages that a step of merging writes for every page that was indexed, and when idle.
_MERGED_PER_PAGE, _MERGED_IDLE = 4, 64


@dataclass(order=True, slots=True)
class _Task:
    priority: int
    number: int
    work: Callable[[Transaction], Any] | None = field(compare=False, default=None)
    merge: int = field(compare=False, default=0)
    record: bool = field(compare=False, default=False)
    outcome: Future[tuple[Any, tuple[RowChange, ...]]] = field(
        compare=False, default_factory=Future
    )


class Writer:
    """Runs functions, each in a transaction of its own, on the only connection that writes.

    ``run`` blocks the calling thread until the transaction is committed, so a caller that returns
    knows that its work is on the disk. A job must come in slices of about 20 ms, because an edit
    waits for the slice that runs.
    """

    def __init__(self, connect: Callable[[], Connection], path: Path) -> None:
        self._connect = connect
        self._path = path
        self._connection: Connection | None = self._open()
        self._queue: queue.PriorityQueue[_Task] = queue.PriorityQueue()
        self._numbers = itertools.count()
        self._gate = threading.Lock()
        self._closing = False
        self._thread = threading.Thread(target=self._work, name="casefile-writer", daemon=True)
        self._plan_upkeep(_MERGED_IDLE)  # what the last closing cut short
        self._thread.start()

    def run(
        self, work: Callable[[Transaction], T], *, job: bool, record: bool
    ) -> tuple[T, tuple[RowChange, ...]]:
        """The result of ``work`` and the rows it changed (none unless ``record``). Whatever
        ``work`` raises is raised here after the transaction was rolled back; database errors as
        ``database.told`` words them."""
        if threading.current_thread() is self._thread:
            raise RuntimeError("a transaction cannot wait for another one")
        task = _Task(_JOB if job else _EDIT, next(self._numbers), work, record=record)
        with self._gate:
            if self._closing:
                raise UserError("case.closed")
            self._queue.put(task)
        return task.outcome.result()

    def close(self) -> None:
        """Finish the edits that wait, refuse the jobs that wait, empty the write-ahead log."""
        with self._gate:
            first = not self._closing
            self._closing = True
            if first:
                self._queue.put(_Task(_STOP, next(self._numbers)))
        self._thread.join()

    def _open(self) -> Connection:
        connection = self._connect()
        connection.execute(f"PRAGMA wal_autocheckpoint = {_LOGGED_TOO_LONG}")
        return connection

    def _work(self) -> None:
        while (task := self._queue.get()).priority != _STOP:
            if task.work is None:
                self._keep_up(task.merge)
            else:
                self._perform(task, task.work)
            del task  # what it holds must not live until the next one comes
        while not self._queue.empty():
            self._queue.get().outcome.set_exception(UserError("case.closed"))
        if self._connection is None:
            return
        # A full or absent disk: the log is complete and is replayed at the next opening.
        with contextlib.suppress(DatabaseError):
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._connection.close()

    def _keep_up(self, merge: int) -> None:
        """A step of what SQLite would else do within somebody's COMMIT: merge segments of the page
        index, empty the write-ahead log. Edits go before it, jobs after it, so that a long import
        neither delays edits nor lets segments and log grow."""
        connection = self._connection
        if connection is None:
            return
        # Whatever fails here fails again, and is told, when the next edit or job writes.
        with contextlib.suppress(DatabaseError):
            before = connection.total_changes
            connection.execute(
                "INSERT INTO page_fts (page_fts, rank) VALUES ('merge', ?)", (merge,)
            )
            merged = connection.total_changes - before > 1  # FTS5's sign that there was work
            _, logged, done = connection.execute("PRAGMA wal_checkpoint(NOOP)").fetchone()
            if logged - done >= _LOGGED:
                connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
            if merged and self._queue.empty():
                self._plan_upkeep(_MERGED_IDLE)

    def _plan_upkeep(self, merge: int) -> None:
        self._queue.put(_Task(_UPKEEP, next(self._numbers), merge=merge))

    def _perform(self, task: _Task, work: Callable[[Transaction], Any]) -> None:
        try:
            if self._connection is None:
                self._connection = self._open()
            self._connection.execute("BEGIN IMMEDIATE")
            transaction = Transaction(self._connection, record=task.record)
            result = work(transaction)
            changes = transaction.changes
            self._connection.execute("COMMIT")
        except BaseException as error:  # noqa: BLE001 - it belongs to the thread that waits
            failure = told(error, self._path)
            self._undo(reopen=is_damage(failure))
            if failure is not error:
                failure.__cause__ = error
            task.outcome.set_exception(failure)
        else:
            task.outcome.set_result((result, changes))
            if transaction.pages_indexed:
                self._plan_upkeep(_MERGED_PER_PAGE * transaction.pages_indexed)

    def _undo(self, *, reopen: bool) -> None:
        """Leave a failed transaction; a connection that met a damaged page is of no more use, and
        the next transaction opens another one."""
        if self._connection is None:
            return
        try:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
        except DatabaseError:
            reopen = True
        if reopen:
            self._connection.close()
            self._connection = None
