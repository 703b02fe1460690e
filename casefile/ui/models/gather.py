"""What the list screens read of a case: one function for each list, run off the main thread."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from casefile.domain.people import Source
from casefile.domain.quotes import Quote
from casefile.services import documents, followups, labels, quoting, sources, trash
from casefile.services.leaving import log
from casefile.ui.models.bundles import BundleEntry, recipient_words
from casefile.ui.models.documents import DocumentEntry
from casefile.ui.models.followups import FollowUpEntry
from casefile.ui.models.quotes import QuoteEntry
from casefile.ui.models.sources import SourceEntry
from casefile.ui.models.trash import TrashEntry
from casefile.ui.models.words import visible

if TYPE_CHECKING:
    from casefile.services.case import Case

#: Quotes by the id of their speaker, the latest first.
Spoken = Mapping[str, Sequence[QuoteEntry]]


def document_entries(case: Case) -> list[DocumentEntry]:
    """Every document that is not in the trash, with what the case has made of it."""
    rows = documents.listing(case)
    titles = {row.document.id: row.document.title for row in rows}
    return [
        DocumentEntry(
            row.document,
            row.marks,
            row.quotes,
            row.pages_read,
            row.tags,
            row.source_label,
            row.request_label,
            titles.get(row.document.parent_id or "", ""),
            row.same_as,
            row.kinds,
        )
        for row in rows
    ]


def documents_and_sources(case: Case) -> tuple[list[DocumentEntry], list[Source]]:
    """Every document, and everybody who may have given one."""
    return document_entries(case), sources.listing(case)


def quotes_and_speakers(case: Case) -> tuple[list[QuoteEntry], list[Source]]:
    """Every quote with its speaker and the title of its document; and everybody who may speak."""
    known = sources.listing(case)
    speakers = {source.id: source for source in sources.everyone(case.reader())}
    every = quoting.listing(case)
    titles = _titles(case, every)
    return [
        QuoteEntry(
            quote, speakers.get(quote.source_id or ""), titles.get(quote.document_id or "", "")
        )
        for quote in every
    ], known


def _titles(case: Case, every: Sequence[Quote]) -> dict[str, str]:
    wanted = sorted({quote.document_id for quote in every if quote.document_id})
    named = labels.labels(case, [("document", document_id) for document_id in wanted])
    return {item_id: label for (_kind, item_id), label in named.items()}


def sources_and_quotes(case: Case) -> tuple[list[SourceEntry], Spoken]:
    """Every source, and what each has said."""
    spoken: dict[str, list[QuoteEntry]] = defaultdict(list)
    entries_of_all, known = quotes_and_speakers(case)
    for entry in entries_of_all:
        if entry.quote.source_id:
            spoken[entry.quote.source_id].append(entry)
    for entries in spoken.values():
        entries.sort(key=lambda entry: entry.quote.created_at, reverse=True)
    found = [
        SourceEntry(source, len(spoken[source.id]), _last(spoken[source.id])) for source in known
    ]
    return found, dict(spoken)


def _last(entries: Sequence[QuoteEntry]) -> str | None:
    days = [entry.quote.spoken_on or entry.quote.created_at for entry in entries]
    return max(days, default=None)


def followup_entries(case: Case, today: date) -> list[FollowUpEntry]:
    """Every follow-up with the name of what it is about."""
    every = followups.listing(case)
    linked = [(f.linked_kind, f.linked_id) for f in every if f.linked_kind and f.linked_id]
    named = labels.labels(case, sorted(set(linked)))
    return [
        FollowUpEntry(
            followup,
            visible(named.get((followup.linked_kind or "", followup.linked_id or ""), "")),
            today,
        )
        for followup in every
    ]


def trash_entries(case: Case) -> list[TrashEntry]:
    return [
        TrashEntry(item.kind, item.id, item.label, item.deleted_at) for item in trash.listing(case)
    ]


def bundle_entries(case: Case) -> list[BundleEntry]:
    """Every bundle that was made of this case."""
    return [
        BundleEntry(each.at, recipient_words(each.recipient), each.name, each.documents)
        for each in log.history(case)
    ]
