"""Decides what goes into a bundle and what stays behind.

Until there is a leak check the rules are blunt, and doubt keeps a thing in the case: code names
only; nothing given by a confidential source, nor by one that was not named, nor what came inside
such a document; no quote that is off the record, under embargo or not for use, and no mark made for
one; no comment on what a confidential source is quoted with; no word and no picture of what is
marked for redaction.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from casefile.domain.annotations import Annotation, AnnotationKind
from casefile.domain.documents import Document, DocumentState, Provenance
from casefile.domain.errors import UserError
from casefile.domain.geometry import LARGEST_COORDINATE, Box, Quad, bounds, sort_key
from casefile.domain.people import Source, Terms
from casefile.domain.quotations import insertions
from casefile.domain.quotes import Quote, QuoteState
from casefile.services.leaving.contents import (
    REFUSED_WITHOUT_LEAK_CHECK,
    BundleContents,
    BundleDocument,
    BundleQuote,
    LeftOut,
    Recipient,
)
from casefile.services.leaving.names import CodeNames

if TYPE_CHECKING:
    from casefile.services.case import Case


def choose(
    case: Case,
    document_ids: Sequence[str] | None,
    recipient: Recipient,
    now: datetime | None = None,
) -> BundleContents:
    """What a bundle of these documents (ids or hashes; None for all) holds.

    Raises ``UserError``: ``export.refused`` for recipients that need the leak check,
    ``export.unknown_document``, ``export.nothing``.
    """
    if recipient in REFUSED_WITHOUT_LEAK_CHECK:
        from casefile.services.wording import catalogue

        raise UserError("export.refused", recipient=catalogue()[f"recipient.{recipient}"]["what"])
    from casefile.services import annotating, documents, quoting, sources, tags

    chosen = _chosen(case, document_ids)
    people = {source.id: source for source in sources.everyone(case.reader())}
    choice = _Choice(
        now or datetime.now(UTC),
        people,
        documents_closed=protected(case, documents.listing(case)),
        labels=sources.speaker_labels(case),
        names=CodeNames.of(people.values()),
        everything=document_ids is None,
    )
    quotes = quoting.listing(case)
    made = annotating.listing(case)
    choice.redacted = redacted_places(made)
    choice.tags = tags.of(case, "annotation")
    going = [document for document in chosen if choice.goes(document)]
    marks = choice.marks(made, quotes)
    out = [
        choice.document(case, document, number, marks.get(document.id, []))
        for number, document in enumerate(going, 1)
    ]
    said = choice.quotes(quotes, {document.id: document for document in out}, chosen)
    if not out and not said:
        raise UserError("export.nothing")
    return BundleContents(
        recipient,
        choice.now.astimezone().date().isoformat(),
        tuple(out),
        tuple(said),
        tuple(LeftOut(reason, count) for reason, count in sorted(choice.left_out.items())),
    )


def protected(case: Case, rows: Sequence[object]) -> frozenset[str]:
    """Ids of documents that do not leave in a bundle: given by a confidential source or by one who
    was not named, and whatever came inside them."""
    from casefile.services import documents, sources

    closed = set(sources.protected_documents(case))
    listed = [row.document for row in rows if isinstance(row, documents.DocumentRow)]
    closed |= {
        each.id for each in listed if each.provenance is Provenance.GIVEN and each.source_id is None
    }
    grown = True
    while grown:
        inside = {each.id for each in listed if each.parent_id in closed} - closed
        closed |= inside
        grown = bool(inside)
    return frozenset(closed)


def _chosen(case: Case, document_ids: Sequence[str] | None) -> list[Document]:
    from casefile.services import documents

    if document_ids is None:
        return [row.document for row in documents.listing(case)]
    found: dict[str, Document] = {}
    for each in document_ids:
        try:
            document = documents.find(case, each)
        except UserError as error:
            raise UserError("export.unknown_document", document=each) from error
        if document.deleted_at is not None:
            raise UserError("export.unknown_document", document=each)
        found[document.id] = document
    return list(found.values())


@dataclass
class _Choice:
    """The rules, with a count of what they kept back."""

    now: datetime
    people: dict[str, Source]
    documents_closed: frozenset[str]
    labels: dict[str, str]
    names: CodeNames
    everything: bool
    redacted: dict[tuple[str, int], list[Box]] = field(default_factory=dict)
    tags: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)

    def goes(self, document: Document) -> bool:
        if document.id in self.documents_closed:
            self.left_out["protected_documents"] += 1
        elif document.state is not DocumentState.READY or not document.pages:
            self.left_out["unreadable_documents"] += 1
        else:
            return True
        return False

    def document(
        self, case: Case, document: Document, number: int, marks: list[Annotation]
    ) -> BundleDocument:
        from casefile.services import reading

        title = self.names.replaced(document.title)
        if title != document.title:
            self.left_out["titles_replaced"] += 1
        return BundleDocument(
            document.id,
            title,
            f"data/documents/{number:03d} {file_name(title)}.pdf",
            document.sha256,
            document.format,
            document.provenance.value,
            document.pages,
            {page.number: page.label for page in reading.pages(case, document.id)},
            tuple(marks),
            {
                mark.id: tuple(self.names.replaced(tag) for tag in self.tags[mark.id])
                for mark in marks
                if mark.id in self.tags
                and not self._is_redacted(document.id, mark.page, mark.quads)
            },
        )

    def marks(
        self, marks: Sequence[Annotation], quotes: Sequence[Quote]
    ) -> dict[str, list[Annotation]]:
        barred = {q.annotation_id for q in quotes if q.annotation_id and self._kept_back(q)}
        confidential = [q for q in quotes if self._confidential(q)]
        found: dict[str, list[Annotation]] = {}
        for mark in marks:
            if mark.id in barred:
                continue
            comment = mark.comment
            if comment and any(belongs(mark, quote) for quote in confidential):
                self.left_out["comments"] += 1
                comment = ""
            if self.names.found_in(comment):
                self.left_out["names_replaced"] += 1
                comment = self.names.replaced(comment)
            shown = replace(mark, comment=comment)
            if self._is_redacted(mark.document_id, mark.page, mark.quads):
                self.left_out["redacted_words"] += bool(mark.text or comment)
                shown = replace(mark, text="", prefix="", suffix="", comment="")
            found.setdefault(mark.document_id, []).append(shown)
        return found

    def quotes(
        self,
        quotes: Sequence[Quote],
        going: dict[str, BundleDocument],
        chosen: Sequence[Document],
    ) -> list[BundleQuote]:
        wanted = {document.id for document in chosen}
        out: list[BundleQuote] = []
        for quote in quotes:
            if quote.document_id not in wanted and not (self.everything and not quote.document_id):
                continue
            reason = self._kept_back(quote)
            if reason:
                self.left_out[reason] += 1
            elif quote.document_id is None or quote.document_id in going:
                out.append(self._quote(quote, going.get(quote.document_id or "")))
        return sorted(out, key=_place)

    def _quote(self, quote: Quote, document: BundleDocument | None) -> BundleQuote:
        source = self.people.get(quote.source_id or "")
        return BundleQuote(
            quote,
            self.labels.get(quote.source_id or "", ""),
            self.names.replaced(source.attribution) if source else "",
            document,
        )

    def _kept_back(self, quote: Quote) -> str | None:
        """Why a quote stays behind, if it does."""
        if quote.document_id in self.documents_closed:
            return "protected_quotes"
        if quote.terms is Terms.OFF_RECORD:
            return "off_record_quotes"
        if under_embargo(quote.embargo_until, self.now):
            return "embargoed_quotes"
        if quote.state is QuoteState.NOT_FOR_USE:
            return "not_for_use_quotes"
        # The words of a page are what the page says; those of a conversation are ours to keep, and
        # so is what the reporter put in.
        ours = insertions(quote.edited) if quote.document_id else f"{quote.text} {quote.edited}"
        if self.names.found_in(ours):
            return "protected_quotes"
        if quote.page and self._is_redacted(quote.document_id or "", quote.page, quote.quads):
            return "redacted_quotes"
        return None

    def _is_redacted(self, document_id: str, page: int, quads: Sequence[Quad]) -> bool:
        boxes = self.redacted.get((document_id, page), ())
        return any(box.intersects(quad.box) for box in boxes for quad in quads)

    def _confidential(self, quote: Quote) -> bool:
        source = self.people.get(quote.source_id or "")
        return (source is None and quote.source_id is not None) or bool(
            source and source.confidential
        )


#: A redaction without a place takes out the page.
_EVERYWHERE = Box(-LARGEST_COORDINATE, -LARGEST_COORDINATE, LARGEST_COORDINATE, LARGEST_COORDINATE)


def redacted_places(marks: Sequence[Annotation]) -> dict[tuple[str, int], list[Box]]:
    """What is marked for redaction, by document and page."""
    found: dict[tuple[str, int], list[Box]] = {}
    for mark in marks:
        if mark.kind is AnnotationKind.REDACTION:
            there = found.setdefault((mark.document_id, mark.page), [])
            there += [quad.box for quad in mark.quads] or [_EVERYWHERE]
    return found


def _place(each: BundleQuote) -> tuple[str, str]:
    """In the order of the documents and their pages; conversations come last, by their day."""
    if each.document is None:
        return "~", each.quote.spoken_on or ""
    return each.document.path, sort_key(each.quote.page or 0, each.quote.quads)


def belongs(mark: Annotation, quote: Quote) -> bool:
    """Whether a mark stands for, or over, the words of a quote."""
    if quote.annotation_id == mark.id:
        return True
    if (quote.document_id, quote.page) != (mark.document_id, mark.page):
        return False
    if not quote.quads or not mark.quads:
        return bool(quote.text) and quote.text == mark.text
    return bounds(mark.quads).intersects(bounds(quote.quads))


def under_embargo(until: str | None, now: datetime) -> bool:
    """A date alone ends the embargo when that day begins here; what cannot be read never ends."""
    if not until:
        return False
    try:
        end = datetime.fromisoformat(until)
    except ValueError:
        return True
    if end.tzinfo is None:
        end = end.astimezone()
    return now < end


def file_name(title: str) -> str:
    """A title as a file name that every system takes, without its ending."""
    plain = unicodedata.normalize("NFC", re.sub(r"\.pdf\Z", "", title, flags=re.IGNORECASE))
    words = " ".join(plain.split())
    kept = "".join(c if c.isalnum() or c in " -_.,()+&'" else "_" for c in words)
    kept = kept[:80].strip(" .")
    while len(kept.encode()) > 180:
        kept = kept[:-1]
    return kept or "Document"
