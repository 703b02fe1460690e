"""Connections to ``store.db``: SQLCipher, its settings, its failures in the reporter's words."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from pathlib import Path
from typing import Any, Protocol, TypeAlias
from urllib.parse import quote

import sqlcipher3
from sqlcipher3 import dbapi2

from casefile.domain.errors import Cancelled, UserError

# sqlite-utils catches the exceptions of the module it finds under this name, else those of the
# standard library, which SQLCipher's connections never raise. It must find this before it is
# imported the first time (it is imported late: it costs a noticeable part of a second).
sys.modules.setdefault("pysqlite3", sqlcipher3)
sys.modules.setdefault("pysqlite3.dbapi2", dbapi2)

Connection: TypeAlias = Any  # sqlcipher3 ships no types
DatabaseError: type[Exception] = dbapi2.DatabaseError
IntegrityError: type[Exception] = dbapi2.IntegrityError

#: "CFS1": tells a decrypted store from any other SQLite file.
APPLICATION_ID = 0x43465331
PAGE_BYTES = 4096
_BUSY_MILLISECONDS = 10_000
_CACHE_KIB = 32 * 1024

_FULL, _CORRUPT, _NOTADB, _READONLY = 13, 11, 26, 8
_IOERR, _BUSY, _LOCKED, _INTERRUPT, _CANTOPEN = 10, 5, 6, 9, 14
#: Free bytes below which a failed write is taken for a full disk.
_NEARLY_FULL = 8 << 20


class Queryable(Protocol):
    """Anything that answers queries: a ``Reader`` or a ``Transaction``."""

    def query(self, sql: str, parameters: Any = ()) -> list[dict[str, Any]]:
        """All rows, each as a dictionary."""

    def one(self, sql: str, parameters: Any = ()) -> dict[str, Any] | None:
        """The first row."""


def connect(
    path: Path,
    key: bytes | bytearray,
    *,
    query_only: bool,
    immutable: bool = False,
    create: bool = False,
    salvage: bool = False,
) -> Connection:
    """A connection to the encrypted database at ``path`` with the raw 32-byte ``key``.

    The driver never opens a transaction by itself: callers say BEGIN. The connection may be used
    and closed from any thread, one at a time. ``immutable`` promises that nothing changes the file
    (a read-only disk): then no lock and no ``-shm`` file are needed. ``salvage`` reads what is left
    of a database whose end was cut off. With a wrong key this call
    or the first query fails. Raises ``UserError`` as ``told`` does.
    """
    mode = "ro" if immutable else "rwc" if create else "rw"
    uri = f"file:{quote(str(path))}?mode={mode}" + ("&immutable=1" if immutable else "")
    try:
        if create:
            make_private(path)
        connection = dbapi2.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
        try:
            _unlock(connection, key)
            if salvage:
                # SQLite's own way to look past a file that is shorter than its header says.
                connection.execute("PRAGMA writable_schema = ON")
            _prepare(connection, query_only=query_only, create=create)
        except BaseException:
            connection.close()
            raise
    except DatabaseError as error:
        raise told(error, path) from error
    except OSError as error:
        raise write_failure(error) from error
    return connection


def make_private(path: Path) -> None:
    """An empty file that only its owner may read, for SQLite to fill; its log and its ``-shm``
    file take the same rights. Raises ``OSError`` if something is there already."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _unlock(connection: Connection, key: bytes | bytearray) -> None:
    connection.execute("PRAGMA cipher_log_level = NONE")  # it would write to standard error
    # set_key takes a buffer that can be wiped; in PRAGMA key the key would stay in the statement
    # cache as text.
    specification = bytearray(b"x'" + key.hex().encode("ascii") + b"'")
    connection.set_key(specification)
    specification[:] = bytes(len(specification))


def _prepare(connection: Connection, *, query_only: bool, create: bool) -> None:
    connection.execute(f"PRAGMA busy_timeout = {_BUSY_MILLISECONDS}")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    if query_only:
        connection.execute("PRAGMA query_only = ON")
        return
    connection.execute("PRAGMA secure_delete = ON")
    if create:
        connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA fullfsync = ON")  # heeded on macOS alone
    connection.execute("PRAGMA checkpoint_fullfsync = ON")


def version_of(connection: Connection) -> int:
    """The schema version of an opened store; the first query that proves the key.

    Raises ``UserError("store.damaged")`` when the file does not open with this key: whoever gets
    here has opened a key slot, so the key is right and the file is not.
    """
    try:
        found: int = connection.execute("PRAGMA user_version").fetchone()[0]
        if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise UserError("store.damaged", reason="not a store")
    except DatabaseError as error:
        raise told(error, None) from error
    return found


def told(error: BaseException, path: Path | None) -> BaseException:
    """``error`` as the reporter is told it, or ``error`` itself if it is a bug.

    ``store.damaged``: pages do not decrypt or contradict each other; ``store.full``: no room;
    ``store.unreachable``: the disk does not answer; ``case.read_only``; ``store.busy``: another
    process holds the database. An interrupted query is ``Cancelled``. ``path`` is the database's,
    looked at to tell a full disk from one that is gone.
    """
    code = getattr(error, "sqlite_errorcode", None)
    if not isinstance(error, DatabaseError) or code is None:
        return error
    kind = code & 0xFF  # the rest says more than the reporter needs
    if kind == _INTERRUPT:
        return Cancelled()
    if kind in (_CORRUPT, _NOTADB):
        return UserError("store.damaged", reason=str(error))
    if kind == _FULL or (kind == _IOERR and path is not None and _no_room(path)):
        return UserError("store.full")
    plain = {
        _IOERR: "store.unreachable",
        _CANTOPEN: "store.unreachable",
        _READONLY: "case.read_only",
        _BUSY: "store.busy",
        _LOCKED: "store.busy",
    }
    return UserError(plain[kind], reason=str(error)) if kind in plain else error


def write_failure(error: OSError) -> UserError:
    """What an ``OSError`` while writing to the case means."""
    if error.errno in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT):
        return UserError("store.full")
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return UserError("case.read_only")
    return UserError("store.unreachable", reason=error.strerror or str(error))


def is_damage(error: BaseException) -> bool:
    return isinstance(error, UserError) and error.code == "store.damaged"


def _no_room(path: Path) -> bool:
    """Whether a failed write near ``path`` is explained by a full disk or a limit on file sizes."""
    try:
        if shutil.disk_usage(path.parent).free < _NEARLY_FULL:
            return True
        if sys.platform == "win32":
            return False
        import resource

        limit = resource.getrlimit(resource.RLIMIT_FSIZE)[0]
        wal = path.with_name(path.name + "-wal")
        largest = max(p.stat().st_size for p in (path, wal) if p.exists())
    except (OSError, ValueError):
        return False
    return limit != resource.RLIM_INFINITY and largest + (1 << 20) > limit


def is_sized_right(path: Path, connection: Connection) -> bool:
    """Whether the file is as long as the database says: one that was cut or lengthened passes all
    of SQLite's own checks. Only meaningful right after a checkpoint or without a WAL."""
    pages: int = connection.execute("PRAGMA page_count").fetchone()[0]
    size: int = connection.execute("PRAGMA page_size").fetchone()[0] or PAGE_BYTES
    return os.stat(path).st_size == pages * int(size)  # noqa: PTH116 - one call, no object
