"""What an edit did: enough for views to refresh themselves and for undo to restore rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Row = Mapping[str, object]

#: Rows that tell of another row; they are not what an edit is about.
_ABOUT_OTHERS = frozenset({"tag", "tagging"})


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row before and after an edit; ``None`` means that it did not exist."""

    table: str
    id: str
    before: Row | None
    after: Row | None


@dataclass(frozen=True, slots=True)
class Change:
    """``what`` names the edit for the undo menu (a code such as ``annotation.add``, see the message
    catalogue), ``count`` how many things it touched."""

    what: str
    rows: tuple[RowChange, ...]

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(row.table for row in self.rows)

    @property
    def count(self) -> int:
        things = [row for row in self.rows if row.table not in _ABOUT_OTHERS]
        return len(things) or len(self.ids("tagging"))

    def ids(self, table: str) -> tuple[str, ...]:
        return tuple(row.id for row in self.rows if row.table == table)

    def reversed(self) -> Change:
        """The change that restores every row."""
        return Change(
            self.what,
            tuple(RowChange(r.table, r.id, r.after, r.before) for r in reversed(self.rows)),
        )
