"""How a store of an older format version becomes one of the present version.

The steps are run by sqlite-utils' ``Migrations`` and are explicit SQL: its ``transform()`` silently
drops triggers and generated columns. ``PRAGMA user_version`` repeats how many steps were taken, so
that opening an up-to-date store need not import sqlite-utils.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from casefile.domain.errors import UserError
from casefile.store import schema
from casefile.store.database import Connection, make_private
from casefile.store.folder import CaseFolder

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations

#: The schema version this program writes. One more for every step added below.
LATEST = 4


def _version_1(db: Database) -> None:
    run_script(db.conn, schema.VERSION_1)


def _version_2(db: Database) -> None:
    run_script(db.conn, schema.VERSION_2)
    if db.conn.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise UserError("store.damaged")


def _version_3(db: Database) -> None:
    run_script(db.conn, schema.VERSION_3)
    if db.conn.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise UserError("store.damaged")


def _version_4(db: Database) -> None:
    run_script(db.conn, schema.VERSION_4)


def steps() -> Migrations:
    """Every step from an empty database to ``LATEST``, in order."""
    from sqlite_utils import Migrations

    migrations = Migrations("casefile")
    migrations(name="1: the whole of format version 1")(_version_1)
    migrations(name="2: marks of every kind, text read from pictures")(_version_2)
    migrations(name="3: what happens to a request, letters, pages promised")(_version_3)
    migrations(name="4: lists of requests and Today read by line")(_version_4)
    return migrations


def migrate(connection: Connection) -> None:
    """Bring an opened store up to ``LATEST``. Each step is one transaction: a step that fails
    leaves the store as it was before it."""
    from sqlite_utils import Database

    # A table that others refer to can be made anew only while references are not looked after
    # (https://sqlite.org/lang_altertable.html); each such step checks them itself.
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        # strict: the table in which sqlite-utils notes the steps taken is STRICT like all others.
        steps().apply(Database(connection, strict=True, execute_plugins=False))
    finally:
        connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA user_version = {LATEST}")


def migrate_existing(connection: Connection, folder: CaseFolder, version: int) -> None:
    """Bring a store with content up to ``LATEST``, after a full snapshot of it.

    The snapshot ``backups/before-version-<n>.db`` is dropped by ``drop_snapshots`` at the next
    clean opening. Raises ``UserError("store.full")`` if there is no room for it, with the store
    unchanged.
    """
    snapshot = folder.backups / f"before-version-{version + 1}.db"
    folder.backups.mkdir(mode=0o700, exist_ok=True)
    if version > 0:
        needed = folder.store_path.stat().st_size * 5 // 4
        if shutil.disk_usage(folder.path).free < needed:
            raise UserError("store.full")
        snapshot.unlink(missing_ok=True)
        make_private(snapshot)
        connection.execute("VACUUM INTO ?", (str(snapshot),))
    migrate(connection)


def drop_snapshots(folder: CaseFolder) -> None:
    """Remove the snapshots that earlier migrations left: the store has opened since."""
    for snapshot in folder.backups.glob("before-version-*.db"):
        snapshot.unlink(missing_ok=True)


def run_script(connection: Connection, script: str) -> None:
    """Execute the statements of ``script`` within the open transaction (the driver's own
    ``executescript`` commits it first). A trigger's body keeps its semicolons."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if _is_complete(statement):
            connection.execute(statement)
            statement = ""


def _is_complete(statement: str) -> bool:
    ends = statement.rstrip().endswith(";")
    within_trigger = "CREATE TRIGGER" in statement and not statement.rstrip().endswith("END;")
    return ends and not within_trigger
