"""A query-only view of the store for one thread."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from casefile.domain.errors import UserError
from casefile.store.database import Connection, DatabaseError, is_damage, told


class Reader:
    """Answers queries for the thread that asked the store for it.

    Each query is a transaction of its own unless it runs within ``snapshot``. ``interrupt`` and
    ``close`` may be called from any thread. Queries raise ``Cancelled`` when interrupted,
    ``UserError("store.damaged")`` on a damaged page (the connection is then opened anew, because
    every later query on it would fail too) and ``UserError("case.closed")`` once closed.
    """

    def __init__(
        self, connect: Callable[[], Connection], path: Path, *, salvaged: bool = False
    ) -> None:
        self._salvaged = salvaged
        self._connect = connect
        self._path = path
        self._lock = threading.RLock()
        self._closed = False
        self._connection: Connection = connect()

    def query(self, sql: str, parameters: Any = ()) -> list[dict[str, Any]]:
        """All rows, each as a dictionary."""
        with self._lock, self._failures_told():
            cursor = self._usable().execute(sql, parameters)
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor]

    def one(self, sql: str, parameters: Any = ()) -> dict[str, Any] | None:
        """The first row, or None."""
        with self._lock, self._failures_told():
            cursor = self._usable().execute(sql, parameters)
            row = cursor.fetchone()
            if row is None:
                return None
            names = [column[0] for column in cursor.description]
            cursor.close()
            return dict(zip(names, row, strict=True))

    @contextmanager
    def snapshot(self) -> Iterator[Reader]:
        """Queries within see the store as it is now, whatever is written meanwhile. Keep it short:
        the write-ahead log cannot be emptied past it."""
        with self._lock:
            with self._failures_told():
                self._usable().execute("BEGIN")
            try:
                yield self
            finally:
                if not self._closed and self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")

    def interrupt(self) -> None:
        """Stop the query that runs at this moment, if any; it raises ``Cancelled``."""
        if not self._closed:
            self._connection.interrupt()

    def close(self) -> None:
        """Stop what runs and close; harmless when done twice."""
        self._closed = True
        self._connection.interrupt()
        with self._lock:
            self._connection.close()

    def _usable(self) -> Connection:
        if self._closed:
            raise UserError("case.closed")
        return self._connection

    @contextmanager
    def _failures_told(self) -> Iterator[None]:
        try:
            yield
        except DatabaseError as error:
            if self._closed:
                raise UserError("case.closed") from error
            failure = told(error, self._path)
            if self._salvaged and failure is error:
                failure = UserError("store.damaged", reason=str(error))  # a table's root is gone
            if is_damage(failure):
                self._connection.close()
                self._connection = self._connect()
            raise failure from error
