"""What happens within one transaction of the writer: changes to rows, recorded for undo."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from casefile.domain.changes import Change, RowChange
from casefile.store.database import Connection
from casefile.store.indexing import INDEXED_TABLES, index_row
from casefile.store.summaries import SUMMARISED_TABLES, drop_summary

if TYPE_CHECKING:
    from sqlite_utils import Database
    from sqlite_utils.db import Table

#: Tables whose key column is not ``id``.
_KEYS = {"case_setting": "key", "vault_file": "name"}


class Transaction:
    """Handed to the function that writes; of no use after it has returned.

    ``insert``, ``update`` and ``delete`` keep the full-text index of what the reporter wrote in
    step, and with ``record`` note each row before and after. ``execute`` and ``execute_many`` do
    neither: they are for pages, indexes and other derived things.
    """

    def __init__(self, connection: Connection, *, record: bool) -> None:
        self._connection = connection
        self._record = record
        self._changes: dict[tuple[str, str], RowChange] = {}
        self._utils: Database | None = None
        #: How many pages' words were indexed; the writer merges the index accordingly.
        self.pages_indexed = 0

    @property
    def changes(self) -> tuple[RowChange, ...]:
        """Every recorded row, once, as it was at first and as it is now."""
        return tuple(c for c in self._changes.values() if c.before != c.after)

    def query(self, sql: str, parameters: Any = ()) -> list[dict[str, Any]]:
        """All rows, each as a dictionary; sees what this transaction has done so far."""
        cursor = self._connection.execute(sql, parameters)
        if cursor.description is None:
            return []
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]

    def one(self, sql: str, parameters: Any = ()) -> dict[str, Any] | None:
        """The first row, or None."""
        return next(iter(self.query(sql, parameters)), None)

    def execute(self, sql: str, parameters: Any = ()) -> int:
        """Run a statement on derived data; returns how many rows it changed."""
        count: int = self._connection.execute(sql, parameters).rowcount
        return count

    def execute_many(self, sql: str, rows: Iterable[Any]) -> None:
        """Run a statement on derived data once for every row."""
        self._connection.executemany(sql, rows)

    def insert(self, table: str, row: Mapping[str, object]) -> None:
        """Add a row, which holds its own id."""
        self._table(table).insert(dict(row))
        self._after(table, str(row[_key(table)]), None)

    def insert_many(self, table: str, rows: Sequence[Mapping[str, object]]) -> None:
        """Add rows that have the same columns; quicker than one by one."""
        if not rows:
            return
        names = list(rows[0])
        self._connection.executemany(
            f'INSERT INTO "{table}" ({", ".join(names)})'  # noqa: S608 - constants
            f" VALUES ({', '.join('?' * len(names))})",
            [tuple(row[name] for name in names) for row in rows],
        )
        for row in rows:
            self._after(table, str(row[_key(table)]), None)

    def update(self, table: str, id: str, values: Mapping[str, object]) -> None:  # noqa: A002
        """Change some columns of a row. Raises ``KeyError`` if there is no such row."""
        before = self._row(table, id)
        if before is None:
            raise KeyError(f"{table} {id}")
        if values:
            # Not by sqlite-utils: it sets a savepoint, at which FTS5 writes out what it holds, and
            # deleting thousands of marks at once took half a minute.
            columns = ", ".join(f'"{name}" = ?' for name in values)
            self._connection.execute(
                f'UPDATE "{table}" SET {columns} WHERE "{_key(table)}" = ?',  # noqa: S608 - constants
                (*values.values(), id),
            )
            self._after(table, id, before)

    def delete(self, table: str, id: str) -> None:  # noqa: A002
        """Remove a row for good. Raises ``KeyError`` if there is no such row."""
        before = self._row(table, id)
        if before is None:
            raise KeyError(f"{table} {id}")
        self._table(table).delete(id)
        self._after(table, id, before)

    def apply(self, change: Change) -> None:
        """Make every row what ``change`` says it is afterwards. Of a row that goes on existing,
        only the columns that the change altered are touched: a job may meanwhile have altered
        others."""
        self._connection.execute("PRAGMA defer_foreign_keys = ON")
        for row in change.rows:
            here = self._row(row.table, row.id)
            if row.after is None:
                if here is not None:
                    self.delete(row.table, row.id)
            elif here is None:
                self.insert(row.table, row.after)
            else:
                before = row.before or {}
                altered = {k: v for k, v in row.after.items() if k not in before or before[k] != v}
                self.update(row.table, row.id, altered)

    def _row(self, table: str, row_id: str) -> dict[str, Any] | None:
        return self.one(f'SELECT * FROM "{table}" WHERE "{_key(table)}" = ?', (row_id,))  # noqa: S608

    def _after(self, table: str, row_id: str, before: dict[str, Any] | None) -> None:
        indexed = table in INDEXED_TABLES
        summarised = table in SUMMARISED_TABLES
        if not indexed and not summarised and not self._record:
            return
        after = self._row(table, row_id)
        if summarised:
            drop_summary(self, table, after or before or {})
        if indexed:
            index_row(self, table, row_id, after)
        if self._record:
            earlier = self._changes.get((table, row_id))
            first = earlier.before if earlier else before
            self._changes[table, row_id] = RowChange(table, row_id, first, after)

    def _table(self, name: str) -> Table:
        if self._utils is None:
            from sqlite_utils import Database

            self._utils = Database(self._connection, execute_plugins=False)
        return self._utils.table(name)


def _key(table: str) -> str:
    return _KEYS.get(table, "id")
