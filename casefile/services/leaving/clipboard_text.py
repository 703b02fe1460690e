"""Words for the clipboard and for dragging out: a quote or a selection with its citation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from casefile.domain.people import Terms
from casefile.domain.quotes import Quote
from casefile.services.leaving import door
from casefile.services.leaving.door import Words
from casefile.services.leaving.index_page import long_date
from casefile.services.wording import catalogue

if TYPE_CHECKING:
    from casefile.services.case import Case


def quotes_text(case: Case, quote_ids: Sequence[str]) -> Words:
    """Quotes, each with speaker, terms and place, parted by empty lines. A quote that is off the
    record or not for use says so in capitals."""
    from casefile.services import quoting

    quotes = [quoting.get(case, each) for each in quote_ids]
    text = "\n\n".join(_quote(case, quote) for quote in quotes)
    delicate = any(_delicate(case, quote) for quote in quotes)
    documents = tuple(dict.fromkeys(q.document_id for q in quotes if q.document_id))
    return door.leave_words(
        case,
        door.Departure("words", documents, detail=f"{len(quotes)} quotes"),
        text,
        delicate=delicate,
    )


def selection_text(
    case: Case, document_id: str, page: int, text: str, *, cited: bool = True
) -> Words:
    """Words selected on a page, with the place they stand at or bare."""
    return door.leave_words(
        case,
        door.Departure("words", (document_id,), detail=f"page {page}"),
        f"“{text}” ({_place(case, document_id, page)})" if cited else text,
        delicate=_delicate_document(case, document_id),
    )


def address_text(case: Case, document_id: str, page: int, address: str) -> Words:
    """The address that a link on a page leads to."""
    return door.leave_words(
        case,
        door.Departure("words", (document_id,), detail=f"page {page}, an address"),
        address,
        delicate=_delicate_document(case, document_id),
    )


def report_text(case: Case, text: str) -> Words:
    """What a job came to (file names, titles, reasons), to be pasted into a message."""
    return door.leave_words(
        case, door.Departure("words", detail="report of a job"), text, delicate=True
    )


def explanation_text(case: Case, text: str) -> Words:
    """Why a clock of a request has its date, to be read to the agency."""
    return door.leave_words(
        case, door.Departure("words", detail="why a date"), text, delicate=False
    )


def _quote(case: Case, quote: Quote) -> str:
    from casefile.services import sources

    words = catalogue()
    parts = [
        sources.speaker_label(case, quote.source_id),
        words[f"terms.{quote.terms.value}"]["what"] if quote.source_id else "",
    ]
    if quote.document_id:
        parts.append(_place(case, quote.document_id, quote.page))
    elif quote.spoken_on:
        parts.append(long_date(quote.spoken_on))
    words_said = f"“{quote.words}”" if quote.words else "Part of a page"
    line = f"{words_said} ({', '.join(part for part in parts if part)})"
    line = line.removesuffix(" ()")
    barred = quote.terms is Terms.OFF_RECORD or quote.state.value == "not_for_use"
    return f"{line} NOT FOR PUBLICATION" if barred else line


def _place(case: Case, document_id: str, page: int | None) -> str:
    from casefile.services import documents, ocr, reading

    document = documents.get(case, document_id)
    if not page:
        return document.title
    label = next((p.label for p in reading.pages(case, document_id) if p.number == page), "")
    place = f"{page} of {document.pages}"
    if label and label != str(page):
        place = f"{label} ({place})"
    sure = ocr.confidence(case, document_id, page)
    read = "" if sure is None else f", OCR {round(sure)} %"
    return f"{document.title}, p. {place}{read}"


def _delicate(case: Case, quote: Quote) -> bool:
    from casefile.services import sources

    if quote.document_id is None:
        return True
    return _delicate_document(case, quote.document_id) or sources.is_confidential(
        case, quote.source_id
    )


def _delicate_document(case: Case, document_id: str) -> bool:
    """Whether a document was given to the reporter, or its source is protected."""
    from casefile.domain.documents import Provenance
    from casefile.services import documents, sources

    document = documents.get(case, document_id)
    return document.provenance is Provenance.GIVEN or sources.protected(case, document_id)
