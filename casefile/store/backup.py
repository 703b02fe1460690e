"""Copies: a small one every day inside the case, and a whole one wherever the reporter wants it.

The daily copy is a store like any other (``backups/store-<date>.db``, same key) without what can be
derived again: page texts and the full-text indexes. The whole copy is a case folder.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from casefile.domain.errors import UserError
from casefile.domain.progress import JobContext
from casefile.store import documents, indexing, migrations
from casefile.store.database import (
    Connection,
    DatabaseError,
    connect,
    make_private,
    told,
    version_of,
    write_failure,
)
from casefile.store.folder import CaseFolder, flush_folder
from casefile.store.ids import now
from casefile.store.lock import FolderLock
from casefile.store.store import Store
from casefile.store.transaction import Transaction
from casefile.store.vault import names_in

#: Daily copies that are kept.
KEPT = 7
_DAILY = re.compile(r"store-(\d{4}-\d{2}-\d{2})\.db")
_DERIVED = ("page_fts", "item_fts", "item_text", "page_ocr", "request_ask", "request_summary")
_PAGE_COLUMNS = "id, document_seq, number, label, width, height, ocr, state"


@dataclass(frozen=True, slots=True)
class Backup:
    """A daily copy that opened and is whole. ``lacks`` counts the files in ``documents/`` that
    were imported after it and that nothing could open once it is brought back."""

    path: Path
    day: str
    documents: int
    lacks: int


@dataclass(frozen=True, slots=True)
class CaseCopy:
    """A whole copy of a case. ``missing`` are ids of documents whose file was not there to copy."""

    path: Path
    documents: int
    missing: tuple[str, ...]


# Every day ---------------------------------------------------------------------------------------


def back_up(store: Store, day: str) -> Path | None:
    """Write the copy of ``day`` (an ISO date) unless there is one, and drop the oldest beyond
    ``KEPT``. Returns its path, or None. Raises ``UserError("store.full" | ...)``; nothing
    half-written is left then."""
    folder = store.folder
    target = folder.backups / f"store-{day}.db"
    if store.read_only or target.exists():
        return None
    temporary = folder.backups / f".new-{secrets.token_hex(8)}.db"
    try:
        folder.backups.mkdir(mode=0o700, exist_ok=True)
        _write_small_copy(store, temporary)
        _settle(temporary, target)
    except DatabaseError as error:
        raise told(error, temporary) from error
    except OSError as error:
        raise write_failure(error) from error
    finally:
        _remove_database(temporary)
    for old in dailies(folder)[KEPT:]:
        old.unlink(missing_ok=True)
    return target


def dailies(folder: CaseFolder) -> list[Path]:
    """The daily copies, the newest first."""
    try:
        found = [p for p in folder.backups.iterdir() if _DAILY.fullmatch(p.name)]
    except OSError:
        return []
    return sorted(found, key=lambda path: path.name, reverse=True)


def newest_sound(folder: CaseFolder, database_key: bytes | bytearray) -> Backup | None:
    """The newest daily copy that opens and in which every page is as it was written."""
    for path in dailies(folder):
        with contextlib.suppress(UserError, DatabaseError):
            connection = connect(path, database_key, query_only=True, immutable=True)
            try:
                if version_of(connection) > migrations.LATEST or not _is_sound(connection):
                    continue
                counted = connection.execute("SELECT count(*) FROM document WHERE complete = 1")
                known = {r[0] for r in connection.execute("SELECT name FROM vault_file")}
                day = path.name[len("store-") : -len(".db")]
                lacks = len(names_in(folder.documents) - known)
                return Backup(path, day, counted.fetchone()[0], lacks)
            finally:
                connection.close()
    return None


def bring_back(folder: CaseFolder, backup: Path, database_key: bytes | bytearray) -> Path | None:
    """Put a daily copy in the place of ``store.db``; the case must not be open.

    The damaged store goes to ``backups/damaged-<time>.db`` (returned) and files that the copy does
    not know to ``backups/unknown/``: nothing is deleted. Page texts are empty afterwards
    (``documents.texts_lost``) and must be read from the documents again. Raises
    ``UserError("case.open_elsewhere" | "store.damaged" | "store.full" | ...)``.
    """
    lock = FolderLock(folder.lock_path)
    temporary = folder.backups / f".new-{secrets.token_hex(8)}.db"
    try:
        _copy_file(backup, temporary)
        known = _make_ready(temporary, database_key, folder)
        aside = _set_aside(folder)
        _settle(temporary, folder.store_path)
        unknown = names_in(folder.documents) - known
        if unknown:
            shelter = folder.backups / "unknown"
            shelter.mkdir(mode=0o700, exist_ok=True)
            for name in unknown:
                (folder.documents / name).rename(shelter / name)
    except DatabaseError as error:
        raise told(error, temporary) from error
    except OSError as error:
        raise write_failure(error) from error
    else:
        return aside
    finally:
        _remove_database(temporary)
        lock.release()


def _write_small_copy(store: Store, path: Path) -> None:
    """Everything but derived data, as it is at one moment, into a new database."""
    empty = connect(path, store.database_key, query_only=False, create=True)
    try:
        migrations.migrate(empty)
        tables = [
            row[0]
            for row in empty.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table'"
                " AND name NOT LIKE 'sqlite_%' AND name <> '_sqlite_migrations'"
            )
        ]
    finally:
        empty.close()
    connection = store.connect_copying()
    try:
        connection.execute("PRAGMA foreign_keys = OFF")
        specification = b"x'" + store.database_key.hex().encode("ascii") + b"'"
        connection.execute("ATTACH ? AS copy KEY ?", (str(path), specification))
        connection.execute("BEGIN")
        for table in tables:
            if not table.startswith(_DERIVED):
                _copy_table(connection, table)
        connection.execute("UPDATE copy.document SET text_lost = 1 WHERE pages_with_text > 0")
        connection.execute("COMMIT")
        connection.execute("DETACH copy")
    finally:
        connection.close()


def _copy_table(connection: Connection, table: str) -> None:
    if table == "page":
        columns, values = _PAGE_COLUMNS + ", text, joined", _PAGE_COLUMNS + ", '', ''"
    else:
        columns = ", ".join(
            row[0] for row in connection.execute("SELECT name FROM pragma_table_info(?)", (table,))
        )
        values = columns
    connection.execute(
        f"INSERT INTO copy.{table} ({columns}) SELECT {values} FROM main.{table}"  # noqa: S608
    )


def _make_ready(path: Path, key: bytes | bytearray, folder: CaseFolder) -> set[str]:
    """Bring a daily copy up to date and index it; returns the names of the files it knows."""
    connection = connect(path, key, query_only=False)
    try:
        version = version_of(connection)
        if version > migrations.LATEST:
            raise UserError("store.newer_version", version=version)
        if not _is_sound(connection):
            raise UserError("store.damaged", reason="the backup itself")
        if version < migrations.LATEST:
            migrations.migrate_existing(connection, folder, version)
        connection.execute("BEGIN IMMEDIATE")
        transaction = Transaction(connection, record=False)
        indexing.rebuild(transaction)
        transaction.execute("INSERT INTO page_fts (page_fts) VALUES ('rebuild')")
        known = {file.name for file in documents.all_files(transaction)}
        connection.execute("COMMIT")
        return known
    finally:
        connection.close()


def _set_aside(folder: CaseFolder) -> Path | None:
    """Move the store that is to be replaced, with its log, into ``backups/``."""
    if not folder.store_path.exists():
        return None
    aside = folder.backups / f"damaged-{re.sub('[^0-9]', '', now())}.db"
    if folder.wal_path.exists():
        folder.wal_path.rename(aside.with_name(aside.name + "-wal"))
    folder.wal_path.with_name("store.db-shm").unlink(missing_ok=True)
    folder.store_path.rename(aside)
    return aside


# Whole -------------------------------------------------------------------------------------------


def copy_case(store: Store, destination: Path, context: JobContext | None = None) -> CaseCopy:
    """Copy the case as it is at this moment into a new folder, safe beside a writer and from a
    store opened for reading only. Raises ``UserError("case.exists")`` if ``destination`` is not
    absent or an empty folder, and ``store.full`` and so on; no half copy is left then."""
    context = context or JobContext()
    with _new_folder(destination) as copy:
        connection = store.connect_copying()
        try:
            make_private(copy.store_path)
            connection.execute("VACUUM INTO ?", (str(copy.store_path),))
        except DatabaseError as error:
            raise told(error, copy.store_path) from error
        finally:
            connection.close()
        connection = connect(copy.store_path, store.database_key, query_only=True)
        try:
            files = connection.execute("SELECT name, document_id FROM vault_file").fetchall()
            counted = connection.execute("SELECT count(*) FROM document WHERE complete = 1")
            count = counted.fetchone()[0]
        finally:
            connection.close()
        missing = []
        for done, (name, document_id) in enumerate(files):
            context.report(done, len(files))
            source = store.folder.documents / name
            if source.is_file():
                _copy_file(source, copy.documents / name)
            else:
                missing.append(document_id)
        if store.folder.header_path.is_file():
            _copy_file(store.folder.header_path, copy.header_path)
            _copy_file(store.folder.header_path, copy.backups / copy.header_path.name)
        _flush(copy.store_path)
    return CaseCopy(destination, count, tuple(missing))


def restore_case(backup: Path, destination: Path, context: JobContext | None = None) -> CaseFolder:
    """Make a case folder out of a whole copy, which stays as it is. Raises
    ``UserError("case.not_found" | "case.exists" | "store.full" | ...)``."""
    context = context or JobContext()
    source = CaseFolder.locate(backup)
    found = [p for p in sorted(source.path.rglob("*")) if p.is_file() and not p.is_symlink()]
    with _new_folder(destination) as copy:
        for done, path in enumerate(found):
            context.report(done, len(found))
            inner = path.relative_to(source.path)
            if path.name.endswith("-shm") or path == source.lock_path:
                continue
            target = copy.path / inner
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _copy_file(path, target)
    return CaseFolder(destination)


@contextlib.contextmanager
def _new_folder(destination: Path) -> Iterator[CaseFolder]:
    """A case folder under a temporary name beside ``destination``, renamed to it at the end."""
    destination = Path(os.path.abspath(destination))  # noqa: PTH100 - it does not exist yet
    try:
        if destination.exists() and (not destination.is_dir() or any(destination.iterdir())):
            raise UserError("case.exists", folder=destination.name)
        partial = destination.with_name(f".{destination.name}-{secrets.token_hex(4)}")
        folder = CaseFolder.create(partial)
        try:
            yield folder
            flush_folder(folder.documents)
            flush_folder(folder.path)
            if destination.exists():
                destination.rmdir()
            partial.rename(destination)
            flush_folder(destination.parent)
        except BaseException:
            shutil.rmtree(partial, ignore_errors=True)
            raise
    except OSError as error:
        raise write_failure(error) from error


def _copy_file(source: Path, target: Path) -> None:
    make_private(target)
    shutil.copyfile(source, target)
    times = source.stat()
    os.utime(target, ns=(times.st_mtime_ns, times.st_mtime_ns))
    _flush(target)


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _settle(temporary: Path, target: Path) -> None:
    """Give a finished file its name, durably."""
    _flush(temporary)
    temporary.rename(target)
    flush_folder(target.parent)


def _is_sound(connection: Connection) -> bool:
    if connection.execute("PRAGMA cipher_integrity_check").fetchone() is not None:
        return False
    sound: bool = connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
    return sound


def _remove_database(path: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
