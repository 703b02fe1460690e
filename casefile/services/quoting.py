"""Quotes: verbatim words with a speaker, a place and terms.

A quote inherits the terms under which its speaker talks, unless others are given. The capture of a
page never changes; only words noted from a conversation can be corrected. An edited version stands
beside the capture, and differs from it by marked changes alone (``casefile.domain.quotations``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from casefile.domain import quotations
from casefile.domain.annotations import AnnotationKind
from casefile.domain.changes import Change
from casefile.domain.errors import UserError
from casefile.domain.geometry import Box, Quad
from casefile.domain.people import Terms
from casefile.domain.quotations import Difference
from casefile.domain.quotes import Quote, QuoteState
from casefile.services.keeping import KEEP, Kept, given
from casefile.services.marked_words import captured, check_page, found_places
from casefile.store import annotations as marks
from casefile.store import quotes, sources, trash
from casefile.store.ids import new_id, now

if TYPE_CHECKING:
    from casefile.services.case import Case
    from casefile.store.transaction import Transaction


def add_from_selection(
    case: Case,
    document_id: str,
    page: int,
    *,
    quads: Sequence[Quad],
    text: str,
    prefix: str = "",
    suffix: str = "",
    source_id: str | None = None,
    terms: Terms | None = None,
    note: str = "",
    annotation_id: str | None = None,
    edited: str = "",
) -> Change:
    """Quote words selected on a page; ``edited`` as in ``edit``. Raises ``UserError``:
    ``document.not_found``, ``page.not_found``, ``quote.empty``, ``quote.edit_unmarked``,
    ``source.not_found``."""
    check_page(case, document_id, page)
    return _add(
        case, text, document_id=document_id, page=page, quads=tuple(quads), prefix=prefix,
        suffix=suffix, source_id=source_id, terms=terms, note=note, annotation_id=annotation_id,
        edited=edited,
    )  # fmt: skip


def add_from_annotation(
    case: Case,
    annotation_id: str,
    *,
    source_id: str | None = None,
    terms: Terms | None = None,
    note: str = "",
) -> Change:
    """Quote the words under a mark; of a region its picture, with whatever words stand in it.
    Raises as ``add_from_selection``, and ``UserError("annotation.not_found")``."""
    mark = marks.get(case.reader(), annotation_id)
    return _add(
        case, mark.text, document_id=mark.document_id, page=mark.page, quads=mark.quads,
        prefix=mark.prefix, suffix=mark.suffix, source_id=source_id, terms=terms, note=note,
        annotation_id=mark.id, is_region=mark.kind is AnnotationKind.REGION,
    )  # fmt: skip


def add_from_region(
    case: Case,
    document_id: str,
    page: int,
    box: Box,
    *,
    source_id: str | None = None,
    terms: Terms | None = None,
    note: str = "",
    annotation_id: str | None = None,
    edited: str = "",
) -> Change:
    """Quote a part of a page as a picture, with whatever words stand in it (there may be none);
    ``edited`` as in ``edit``. Raises as ``add_from_selection``."""
    check_page(case, document_id, page)
    quads = (box.quad(),)
    words = captured(case, document_id, page, quads)
    return _add(
        case, words.text, document_id=document_id, page=page, quads=quads, prefix=words.prefix,
        suffix=words.suffix, source_id=source_id, terms=terms, note=note, is_region=True,
        annotation_id=annotation_id, edited=edited,
    )  # fmt: skip


def add_from_find(
    case: Case,
    document_id: str,
    page: int,
    needle: str,
    *,
    nth: int | None = None,
    source_id: str | None = None,
    terms: Terms | None = None,
    note: str = "",
) -> Change:
    """Quote words found on a page: the ``nth`` place where they stand, or the first, where places
    with the same capitals and whole words go before others. Raises as
    ``add_from_selection``, and ``UserError("find.nothing" | "find.nth")``."""
    places = found_places(case, document_id, page, needle, nth)
    wanted = " ".join(needle.split())
    quads, words = min(  # the first of the best
        places, key=lambda place: (not place[1].whole, " ".join(place[1].text.split()) != wanted)
    )
    return _add(
        case, words.text or needle, document_id=document_id, page=page, quads=quads,
        prefix=words.prefix, suffix=words.suffix, source_id=source_id, terms=terms, note=note,
    )  # fmt: skip


def add_from_conversation(
    case: Case,
    text: str,
    *,
    source_id: str | None = None,
    spoken_on: date | str | None = None,
    terms: Terms | None = None,
    note: str = "",
) -> Change:
    """Quote what somebody said, on a day (ISO). Raises ``UserError``: ``quote.empty``,
    ``source.not_found``, ``date.invalid``."""
    return _add(
        case, text, spoken_on=iso_date(spoken_on), source_id=source_id, terms=terms, note=note
    )


def edit(
    case: Case,
    quote_id: str,
    *,
    source_id: str | Kept | None = KEEP,
    terms: Terms | Kept = KEEP,
    note: str | Kept = KEEP,
    embargo_until: str | Kept | None = KEEP,
    spoken_on: str | Kept | None = KEEP,
    text: str | Kept = KEEP,
    edited: str | Kept = KEEP,
) -> Change:
    """Change what is given of a quote. Another speaker brings their terms along unless ``terms``
    are given too. ``text`` can be changed only where no page holds the words. ``edited`` is the
    version that is quoted instead of the capture, with every change marked (empty: none); what is
    typed freely gets its marks from ``quotations.marked``. Raises ``UserError``:
    ``quote.not_found``, ``quote.captured``, ``quote.empty``, ``source.not_found``,
    ``date.invalid``, ``quote.edit_unmarked`` (it differs from the capture, ``difference`` says
    where)."""
    fields = given(
        source_id=source_id, terms=terms, note=note, embargo_until=embargo_until, text=text
    )
    if spoken_on is not KEEP:
        fields["spoken_on"] = iso_date(spoken_on)
    if edited is not KEEP:
        fields["edited"] = quotations.tidied(edited)

    def work(tx: Transaction) -> None:
        old = quotes.get(tx, quote_id)
        if text is not KEEP and text != old.text:
            if old.page is not None:
                raise UserError("quote.captured")
            if not text.strip():
                raise UserError("quote.empty")
        if isinstance(source_id, str) and source_id != old.source_id and terms is KEEP:
            fields["terms"] = sources.get(tx, source_id).terms
        # replace() takes what the fields are named after; mypy cannot see through the dictionary.
        changed: Quote = replace(old, **fields, modified_at=now())  # type: ignore[arg-type]
        quotes.update(tx, _checked(changed))

    return case.store.edit("quote.edit", work)


def _checked(quote: Quote) -> Quote:
    """The quote, without an edited version that says what the capture says. Raises
    ``UserError("quote.edit_unmarked")``."""
    if not quote.edited:
        return quote
    if " ".join(quote.edited.split()) == " ".join(quote.text.split()):
        return replace(quote, edited="")
    found = quotations.difference(quote.text, quote.edited)
    if found is not None:
        raise UserError("quote.edit_unmarked", difference=_told(found))
    return quote


def _told(found: Difference) -> str:
    if not found.edited:
        return f"the capture goes on “{found.captured}”"
    if not found.captured:
        return f"“{found.edited}” has nothing to stand for"
    return f"“{found.edited}” stands where the capture says “{found.captured}”"


def set_state(
    case: Case,
    ids: Iterable[str],
    state: QuoteState,
    method: str = "",
    checked_on: date | str | None = None,
) -> Change:
    """Say how far quotes are checked. For ``VERIFIED`` a method ("read against the page") is kept
    in the note with its day. Raises ``UserError``: ``quote.not_found``, ``quote.method_needed``,
    ``date.invalid``."""
    if state == QuoteState.VERIFIED and not method.strip():
        raise UserError("quote.method_needed")
    day = iso_date(checked_on) or now()[:10]

    def work(tx: Transaction) -> None:
        for quote_id in ids:
            old = quotes.get(tx, quote_id)
            note = old.note
            if method.strip():
                line = f"{day}: {state.value.replace('_', ' ')}, {method.strip()}"
                note = f"{note}\n{line}" if note else line
            quotes.update(tx, replace(old, state=state, note=note, modified_at=now()))

    return case.store.edit("quote.state", work)


def delete(case: Case, ids: Iterable[str]) -> Change:
    """Move quotes to the trash."""
    return case.store.edit("quote.delete", lambda tx: trash.delete(tx, "quote", ids, now()))


def listing(
    case: Case,
    text: str = "",
    state: QuoteState | None = None,
    source_id: str | None = None,
    document_id: str | None = None,
) -> list[Quote]:
    """Quotes outside the trash, newest first; those that hold ``text`` (in any capitals), are in
    ``state``, by this speaker, from this document."""
    words = text.casefold().split()
    return [
        quote
        for quote in quotes.listing(case.reader())
        if (state is None or quote.state == state)
        and (source_id is None or quote.source_id == source_id)
        and (document_id is None or quote.document_id == document_id)
        and all(word in f"{quote.text} {quote.edited} {quote.note}".casefold() for word in words)
    ]


def get(case: Case, quote_id: str) -> Quote:
    """In the trash or not. Raises ``UserError("quote.not_found")``."""
    return quotes.get(case.reader(), quote_id)


def last_speaker(case: Case) -> str | None:
    """The speaker of the newest quote that has one and is not in the trash."""
    live = {source.id for source in sources.listing(case.reader())}
    found = (quote.source_id for quote in quotes.listing(case.reader()))
    return next((speaker for speaker in found if speaker in live), None)


def iso_date(day: date | str | None) -> str | None:
    """An ISO date as text. Raises ``UserError("date.invalid")``."""
    if day is None or day == "":
        return None
    try:
        return (day if isinstance(day, date) else date.fromisoformat(day)).isoformat()
    except ValueError:
        raise UserError("date.invalid", date=day) from None


def _add(
    case: Case,
    text: str,
    *,
    source_id: str | None,
    terms: Terms | None,
    note: str,
    document_id: str | None = None,
    page: int | None = None,
    quads: tuple[Quad, ...] = (),
    prefix: str = "",
    suffix: str = "",
    annotation_id: str | None = None,
    spoken_on: str | None = None,
    is_region: bool = False,
    edited: str = "",
) -> Change:
    if not text.strip() and not is_region:
        raise UserError("quote.empty")

    def work(tx: Transaction) -> None:
        agreed = terms
        if source_id is not None:
            speaker = sources.get(tx, source_id)
            agreed = speaker.terms if agreed is None else agreed
        at = now()
        quotes.insert(tx, _checked(Quote(
            new_id(), text, source_id, document_id, page, annotation_id, quads, prefix, suffix,
            spoken_on, agreed or Terms.ON_RECORD, None, QuoteState.UNVERIFIED, note, at, at, None,
            is_region=is_region, edited=quotations.tidied(edited),
        )))  # fmt: skip

    return case.store.edit("quote.add", work)
