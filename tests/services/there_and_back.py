"""An edit, taken back and made again: what every edit of a case must bear."""

from __future__ import annotations

from collections.abc import Callable

from casefile.domain.changes import Change
from casefile.services.case import Case
from casefile.services.undo import undo
from casefile.services.wording import undo_name

TABLES = (
    "document", "annotation", "quote", "source", "followup", "request", "tag", "tagging",
    "page_read", "item_text", "agency", "request_event", "ledger_entry", "letter",
    "letter_template",
)  # fmt: skip

Rows = dict[str, list[dict[str, object]]]


def everything(case: Case) -> Rows:
    """All rows that edits touch, the index of what was written too."""
    found: Rows = {}
    for table in TABLES:
        hidden = "id" if table == "item_text" else ""
        rows = case.reader().query(f"SELECT * FROM {table}")  # noqa: S608 - one of TABLES
        found[table] = sorted(
            ({k: v for k, v in row.items() if k != hidden} for row in rows), key=str
        )
    return found


def there_and_back(case: Case, edit: Callable[[], Change]) -> Change:
    """Make an edit, undo it, redo it: each time every row is what it was."""
    before = everything(case)
    change = edit()
    after = everything(case)
    assert after != before
    assert undo_name(change.what, change.count) != change.what, "the undo menu has words for it"
    undone = undo(case, change)
    assert everything(case) == before
    assert undone.kinds == change.kinds
    undo(case, change.reversed())
    assert everything(case) == after
    return change
