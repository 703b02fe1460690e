"""Rows of follow-ups."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casefile.domain.followups import FollowUp
from casefile.store.database import Queryable
from casefile.store.rows import fetch, live
from casefile.store.transaction import Transaction

_COLUMNS = (
    "id", "text", "due", "linked_kind", "linked_id", "linked_page", "done_at", "created_at",
    "modified_at", "deleted_at",
)  # fmt: skip


def followup_from(row: Mapping[str, Any]) -> FollowUp:
    return FollowUp(**{column: row[column] for column in _COLUMNS})


def row_of(followup: FollowUp) -> dict[str, object]:
    """Every column of a follow-up's row."""
    return {column: getattr(followup, column) for column in _COLUMNS}


def insert(tx: Transaction, followup: FollowUp) -> None:
    tx.insert("followup", row_of(followup))


def update(tx: Transaction, followup: FollowUp) -> None:
    """Write every column of a follow-up that exists."""
    tx.update("followup", followup.id, row_of(followup))


def get(db: Queryable, followup_id: str) -> FollowUp:
    """In the trash or not. Raises ``UserError("followup.not_found")``."""
    return followup_from(fetch(db, "followup", followup_id))


def listing(db: Queryable, *, deleted: bool = False) -> list[FollowUp]:
    """Follow-ups outside the trash (or in it): open ones first, the soonest due before others,
    those without a date last."""
    order = "done_at IS NOT NULL, due IS NULL, due, created_at"
    return [followup_from(row) for row in live(db, "followup", deleted=deleted, order=order)]
