"""Short names of things, safe to show anywhere."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from casefile.domain.errors import UserError
from casefile.services import requests as request_words
from casefile.store import annotations as marks
from casefile.store import documents, followups, quotes, requests, sources

if TYPE_CHECKING:
    from casefile.services.case import Case
    from casefile.store.database import Queryable

_LONGEST = 80


def labels(case: Case, things: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """The name of each thing, given as kind and id: a title, a label, the first words. What is not
    there (any more) is left out. A confidential source is its code name."""
    reader = case.reader()
    found = {}
    for kind, item_id in things:
        try:
            found[kind, item_id] = _short(_label(reader, kind, item_id))
        except UserError:
            continue
    return found


def _label(db: Queryable, kind: str, item_id: str) -> str:
    match kind:
        case "document":
            return documents.get(db, item_id).title
        case "annotation":
            mark = marks.get(db, item_id)
            document = documents.get(db, mark.document_id)
            return mark.text or mark.comment or f"{document.title} p. {mark.page}"
        case "quote":
            quote = quotes.get(db, item_id)
            return quote.words or f"Part of page {quote.page}"
        case "source":
            return sources.get(db, item_id).label
        case "followup":
            return followups.get(db, item_id).text
        case "request":
            return request_words.label(requests.get(db, item_id))
    raise UserError("link.invalid", kind=kind)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"
