"""Follow-ups: what still has to be done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from casefile.domain.changes import Change
from casefile.domain.errors import UserError
from casefile.domain.followup_lines import parse_line
from casefile.domain.followups import FollowUp
from casefile.services.keeping import KEEP, Kept
from casefile.services.quoting import iso_date
from casefile.store import annotations as marks
from casefile.store import documents, followups, quotes, requests, sources, trash
from casefile.store.ids import new_id, now

if TYPE_CHECKING:
    from casefile.services.case import Case
    from casefile.store.database import Queryable
    from casefile.store.transaction import Transaction

__all__ = ["add", "add_line", "delete", "edit", "get", "listing", "parse_line", "set_done"]


def add(
    case: Case,
    text: str,
    *,
    due: date | str | None = None,
    linked_kind: str | None = None,
    linked_id: str | None = None,
    linked_page: int | None = None,
) -> Change:
    """Add something to do, due on a day (ISO) or some time, about a thing of the case or nothing
    in particular. Raises ``UserError``: ``followup.empty``, ``date.invalid``, ``link.invalid``,
    ``<kind>.not_found``."""
    words, day = text.strip(), iso_date(due)
    if not words:
        raise UserError("followup.empty")
    if (linked_kind is None) != (linked_id is None):
        raise UserError("link.invalid", kind=linked_kind or "")

    def work(tx: Transaction) -> None:
        if linked_kind is not None and linked_id is not None:
            _require(tx, linked_kind, linked_id)
        at = now()
        followups.insert(tx, FollowUp(
            new_id(), words, day, linked_kind, linked_id, linked_page, None, at, at, None
        ))  # fmt: skip

    return case.store.edit("followup.add", work)


def add_line(
    case: Case,
    line: str,
    today: date,
    *,
    linked_kind: str | None = None,
    linked_id: str | None = None,
    linked_page: int | None = None,
) -> Change:
    """Add a follow-up typed as one line, "call HERON fri". Raises as ``add``."""
    text, due = parse_line(line, today)
    return add(
        case, text, due=due, linked_kind=linked_kind, linked_id=linked_id, linked_page=linked_page
    )


def edit(
    case: Case,
    followup_id: str,
    *,
    text: str | Kept = KEEP,
    due: date | str | Kept | None = KEEP,
) -> Change:
    """Change the words or the day (None: no day). Raises ``UserError``: ``followup.not_found``,
    ``followup.empty``, ``date.invalid``."""
    if text is not KEEP and not text.strip():
        raise UserError("followup.empty")
    day = None if due is KEEP else iso_date(due)

    def work(tx: Transaction) -> None:
        old = followups.get(tx, followup_id)
        followups.update(tx, replace(
            old,
            text=old.text if text is KEEP else text.strip(),
            due=old.due if due is KEEP else day,
            modified_at=now(),
        ))  # fmt: skip

    return case.store.edit("followup.edit", work)


def set_done(case: Case, ids: Iterable[str], done: bool) -> Change:
    """Tick follow-ups off, or open them again. Raises ``UserError("followup.not_found")``."""

    def work(tx: Transaction) -> None:
        for followup_id in ids:
            old = followups.get(tx, followup_id)
            if (old.done_at is not None) != done:
                at = now()
                followups.update(tx, replace(old, done_at=at if done else None, modified_at=at))

    return case.store.edit("followup.done" if done else "followup.undone", work)


def delete(case: Case, ids: Iterable[str]) -> Change:
    """Move follow-ups to the trash."""
    return case.store.edit("followup.delete", lambda tx: trash.delete(tx, "followup", ids, now()))


def listing(case: Case) -> list[FollowUp]:
    """Follow-ups outside the trash: open ones first, the soonest due before others."""
    return followups.listing(case.reader())


def get(case: Case, followup_id: str) -> FollowUp:
    """In the trash or not. Raises ``UserError("followup.not_found")``."""
    return followups.get(case.reader(), followup_id)


def _require(db: Queryable, kind: str, item_id: str) -> None:
    match kind:
        case "document":
            documents.get(db, item_id)
        case "annotation":
            marks.get(db, item_id)
        case "quote":
            quotes.get(db, item_id)
        case "source":
            sources.get(db, item_id)
        case "request":
            requests.get(db, item_id)
        case _:
            raise UserError("link.invalid", kind=kind)
