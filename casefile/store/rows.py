"""Values of the domain as columns, and back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from casefile.domain.annotations import Stroke
from casefile.domain.errors import UserError
from casefile.domain.geometry import Quad
from casefile.store.database import Queryable


def words_out(words: Iterable[str]) -> str:
    """A list of words as JSON."""
    return json.dumps(list(words), ensure_ascii=False)


def words_in(text: str) -> tuple[str, ...]:
    return tuple(str(word) for word in json.loads(text))


def quads_out(quads: Sequence[Quad]) -> str:
    """Positions as JSON: a list of lists of 8 numbers, to a thousandth of a point."""
    return json.dumps([[round(n, 3) for n in quad.numbers()] for quad in quads])


def quads_in(text: str) -> tuple[Quad, ...]:
    return tuple(Quad.of(numbers) for numbers in json.loads(text))


def strokes_out(strokes: Iterable[Stroke]) -> str:
    """Strokes of a pen as JSON: each a list of x, y, x, y ..., to a thousandth of a point."""
    return json.dumps([[round(n, 3) for point in stroke for n in point] for stroke in strokes])


def strokes_in(text: str) -> tuple[Stroke, ...]:
    return tuple(
        tuple(zip(numbers[::2], numbers[1::2], strict=True)) for numbers in json.loads(text)
    )


def fetch(db: Queryable, table: str, row_id: str) -> dict[str, Any]:
    """The row with this id, deleted or not. Raises ``UserError("<table>.not_found")``."""
    row = db.one(f'SELECT * FROM "{table}" WHERE id = ?', (row_id,))  # noqa: S608 - a constant
    if row is None:
        raise UserError(f"{table}.not_found", id=row_id)
    return row


def live(db: Queryable, table: str, *, deleted: bool, order: str) -> list[dict[str, Any]]:
    """All rows of ``table`` outside the trash, or those in it."""
    which = "NOT NULL" if deleted else "NULL"
    return db.query(
        f'SELECT * FROM "{table}" WHERE deleted_at IS {which} ORDER BY {order}'  # noqa: S608
    )
