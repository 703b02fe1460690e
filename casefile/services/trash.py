"""What was deleted, and how it comes back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casefile.domain.changes import Change
from casefile.services.documents import descendants
from casefile.store import trash

if TYPE_CHECKING:
    from casefile.services.case import Case
    from casefile.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class TrashItem:
    """A deleted thing; ``label`` never holds a confidential source's real name."""

    kind: str
    id: str
    label: str
    deleted_at: str


def listing(case: Case) -> list[TrashItem]:
    """Everything in the trash, the newest first."""
    return [
        TrashItem(item.kind, item.id, item.name, item.deleted_at)
        for item in trash.listing(case.reader())
    ]


def restore(case: Case, items: Iterable[tuple[str, str]]) -> Change:
    """Bring things back, each given as kind and id. A document brings back the attachments that
    went with it. Raises ``UserError("<kind>.not_found")``."""
    wanted = list(items)

    def work(tx: Transaction) -> None:
        for kind, item_id in wanted:
            ids = [item_id]
            if kind == "document":
                ids += descendants(tx, item_id, deleted_with=item_id)
            trash.restore(tx, kind, ids)

    return case.store.edit("trash.restore", work)
