"""What was deleted and can come back."""

from __future__ import annotations

from dataclasses import dataclass

from casefile.ui.models.columns import Column
from casefile.ui.models.words import KINDS, day, long_day, one_line, visible


@dataclass(frozen=True, slots=True)
class TrashEntry:
    """A deleted thing; ``label`` is safe to show (code names only)."""

    kind: str
    id: str
    label: str
    deleted_at: str

    @property
    def key(self) -> str:
        return f"{self.kind} {self.id}"


COLUMNS: tuple[Column[TrashEntry], ...] = (
    Column(
        "Deleted",
        lambda e: visible(one_line(e.label)),
        sort=lambda e: e.label.casefold(),
    ),
    Column(
        "Kind",
        lambda e: KINDS.get(e.kind, e.kind.capitalize()),
        tone=lambda _entry: "muted",
        sample="Document",
    ),
    Column(
        "When",
        lambda e: day(e.deleted_at),
        spoken=lambda e: long_day(e.deleted_at),
        sort=lambda e: e.deleted_at,
        sample="Wed 30 Nov",
    ),
)

WHEN = 2
