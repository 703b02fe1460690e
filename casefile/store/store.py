"""The open store of a case: many readers, one writer."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
import threading
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from casefile.domain.changes import Change
from casefile.domain.errors import UserError
from casefile.store import migrations
from casefile.store.database import (
    Connection,
    DatabaseError,
    IntegrityError,
    connect,
    told,
    version_of,
    write_failure,
)
from casefile.store.folder import CaseFolder, flush_folder
from casefile.store.lock import FolderLock
from casefile.store.reader import Reader
from casefile.store.transaction import Transaction
from casefile.store.writer import Writer

T = TypeVar("T")


class Store:
    """Everything the case knows, behind two doors: ``reader()`` for the thread that asks, and
    ``write``/``edit`` for changes, which the writer's thread makes one after the other.

    Made by ``create`` or ``open``. ``read_only`` is true when it was opened without writing, or
    lies on a disk that cannot be written.
    """

    def __init__(
        self,
        folder: CaseFolder,
        database_key: bytes | bytearray,
        custody_key: bytes | bytearray,
        *,
        place: _Place,
        lock: FolderLock | None,
    ) -> None:
        self.folder = folder
        self.read_only = lock is None
        self.database_key = bytearray(database_key)
        self.custody_key = bytearray(custody_key)
        self._place = place
        self._lock = lock
        self._mine = threading.local()
        self._readers: weakref.WeakSet[Reader] = weakref.WeakSet()
        self._gate = threading.Lock()
        self._closed = False
        self._writer = None if lock is None else Writer(self._connect_writing, place.store_path)

    @classmethod
    def create(
        cls, folder: CaseFolder, database_key: bytes | bytearray, custody_key: bytes | bytearray
    ) -> Store:
        """Make an empty store in a case folder that has none and open it for writing."""
        if folder.store_path.exists():
            raise UserError("case.exists", folder=folder.path.name)
        lock = FolderLock(folder.lock_path)
        try:
            connection = connect(folder.store_path, database_key, query_only=False, create=True)
            _migrate(connection, folder.store_path)
            flush_folder(folder.path)
            return cls(folder, database_key, custody_key, place=_Place(folder), lock=lock)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def open(
        cls,
        folder: CaseFolder,
        database_key: bytes | bytearray,
        custody_key: bytes | bytearray,
        *,
        writing: bool,
    ) -> Store:
        """Open the store of ``folder``; the keys must come from a slot that opened.

        With ``writing`` on a disk that cannot be written the store opens ``read_only``. A store
        whose end was cut off is refused with ``writing``, and without it opens ``salvaged``: what
        is left can be read. Raises
        ``UserError``: ``case.open_elsewhere`` (another process writes), ``store.damaged``,
        ``store.missing``, ``store.newer_version``, ``store.older_version`` (only opening it for
        writing can bring it up to date).
        """
        if not folder.store_path.is_file():
            raise UserError("store.missing")
        lock = FolderLock(folder.lock_path) if writing and folder.is_writable() else None
        place = _Place(folder)
        try:
            place.prepare(database_key, migrate=lock is not None)
            return cls(folder, database_key, custody_key, place=place, lock=lock)
        except BaseException:
            place.leave()
            if lock is not None:
                lock.release()
            raise

    def reader(self) -> Reader:
        """The calling thread's own query-only view; opened when first asked for."""
        if self._closed:
            raise UserError("case.closed")
        mine: Reader | None = getattr(self._mine, "reader", None)
        if mine is None:
            with self._gate:
                if self._closed:
                    raise UserError("case.closed")
                mine = Reader(self._connect_reading, self._place.store_path, salvaged=self.salvaged)
                self._readers.add(mine)
            self._mine.reader = mine
        return mine

    def write(self, work: Callable[[Transaction], T], *, job: bool = False) -> T:
        """Run ``work`` in a transaction on the writer's thread and wait until it is committed.

        Edits overtake jobs; a job should come in slices of about 20 ms. Raises what ``work``
        raises, and ``UserError``: ``store.full``, ``store.damaged``, ``store.unreachable``,
        ``case.read_only``, ``case.closed``; nothing of the transaction is kept then.
        """
        return self._writing().run(work, job=job, record=False)[0]

    def edit(self, what: str, work: Callable[[Transaction], object]) -> Change:
        """Like ``write``, and returns every row as it was and as it is: enough to undo it."""
        return Change(what, self._writing().run(work, job=False, record=True)[1])

    def apply(self, change: Change) -> Change:
        """Make the rows what ``change`` says they are afterwards; undo is
        ``apply(change.reversed())``. Returns the change as it happened. Raises
        ``UserError("undo.conflict")`` if something newer stands in the way."""
        try:
            return self.edit(change.what, lambda tx: tx.apply(change))
        except (IntegrityError, KeyError) as error:
            raise UserError("undo.conflict") from error

    @property
    def salvaged(self) -> bool:
        """Whether the end of the store is missing, so that some queries will fail."""
        return self._place.salvaged

    @property
    def closed(self) -> bool:
        return self._closed

    def close(self) -> None:
        """Finish the edits that wait, close every connection and wipe the keys; harmless when
        done twice. Queries and jobs still running in other threads end with an error."""
        with self._gate:
            if self._closed:
                return
            self._closed = True
            readers = list(self._readers)
        for reader in readers:
            reader.close()
        if self._writer is not None:
            self._writer.close()
        if self._lock is not None:
            self._lock.release()
        self._place.leave()
        for key in (self.database_key, self.custody_key):
            key[:] = bytes(len(key))

    def connect_copying(self) -> Connection:
        """A connection of the caller's own that may attach and write other files (backups): the
        store itself must only be read through it."""
        return self._place.connect(self.database_key, query_only=False)

    def _connect_reading(self) -> Connection:
        return self._place.connect(self.database_key, query_only=True)

    def _connect_writing(self) -> Connection:
        connection = self._place.connect(self.database_key, query_only=False)
        try:
            # Already so, but for a store that came out of VACUUM INTO: a whole copy.
            connection.execute("PRAGMA journal_mode = WAL")
        except DatabaseError as error:
            connection.close()
            raise told(error, self._place.store_path) from error
        return connection

    def _writing(self) -> Writer:
        if self._closed:
            raise UserError("case.closed")
        if self._writer is None:
            raise UserError("case.read_only")
        return self._writer


class _Place:
    """Where the database is read from: the case folder; or, on a disk that cannot be written, the
    folder as an immutable file; or, if there a write-ahead log was left by a dirty unplug, a
    private copy of database and log (both ciphertext)."""

    def __init__(self, folder: CaseFolder) -> None:
        self._folder = folder
        self._copy: Path | None = None
        self._immutable = False
        self.salvaged = False
        if not folder.is_writable():
            if _size(folder.wal_path) == 0:
                self._immutable = True
            else:
                self._copy = Path(tempfile.mkdtemp(prefix="casefile-"))

    @property
    def store_path(self) -> Path:
        return self._folder.store_path if self._copy is None else self._copy / "store.db"

    def connect(self, key: bytes | bytearray, *, query_only: bool) -> Connection:
        return connect(
            self.store_path,
            key,
            query_only=query_only,
            immutable=self._immutable,
            salvage=self.salvaged,
        )

    def prepare(self, key: bytes | bytearray, *, migrate: bool) -> None:
        """Copy what must be copied, prove that the key fits, look at the version."""
        if self._copy is not None:
            try:
                for source in (self._folder.store_path, self._folder.wal_path):
                    shutil.copyfile(source, self._copy / source.name)
            except OSError as error:
                raise write_failure(error) from error
        try:
            self._look(key, migrate=migrate)
        except UserError as error:
            if migrate or error.code != "store.damaged":
                raise
            self.salvaged = True
            self._look(key, migrate=False)

    def _look(self, key: bytes | bytearray, *, migrate: bool) -> None:
        connection = self.connect(key, query_only=not migrate)
        try:
            version = version_of(connection)
            if version > migrations.LATEST:
                raise UserError("store.newer_version", version=version)
            if version == migrations.LATEST:
                if migrate:
                    migrations.drop_snapshots(self._folder)
                return
            if not migrate:
                raise UserError("store.older_version", version=version)
            migrations.migrate_existing(connection, self._folder, version)
        except DatabaseError as error:
            raise told(error, self.store_path) from error
        finally:
            connection.close()

    def leave(self) -> None:
        if self._copy is not None:
            shutil.rmtree(self._copy, ignore_errors=True)
            self._copy = None


def _migrate(connection: Connection, path: Path) -> None:
    try:
        migrations.migrate(connection)
    except DatabaseError as error:
        raise told(error, path) from error
    finally:
        connection.close()


def _size(path: Path) -> int:
    with contextlib.suppress(OSError):
        return path.stat().st_size
    return 0
