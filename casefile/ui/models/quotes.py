"""The quotes of a case: captured words, who said them, where they stand, how sure they are."""

from __future__ import annotations

from dataclasses import dataclass

from casefile.domain.people import Source, Terms
from casefile.domain.quotes import Quote, QuoteState
from casefile.ui.models.columns import Column
from casefile.ui.models.words import (
    day,
    in_quotes,
    isolate,
    long_day,
    one_line,
    short_day,
    spoken_source,
    state_words,
    terms_words,
    visible,
)
from casefile.ui.parts import CHIPS


@dataclass(frozen=True, slots=True)
class QuoteEntry:
    """A quote with its speaker and the title of its document."""

    quote: Quote
    source: Source | None = None
    document_title: str = ""
    page_label: str = ""
    ocr: bool = False

    @property
    def id(self) -> str:
        return self.quote.id

    @property
    def speaker(self) -> str:
        return visible(self.source.label) if self.source else "No speaker yet"

    @property
    def where(self) -> str:
        """``Audit-2023 p. 41`` or ``conversation, Mon 9 Nov``."""
        quote = self.quote
        if quote.document_id:
            label = self.page_label or str(quote.page or "")
            page = f" p. {label}" if label else ""
            return f"{isolate(visible(self.document_title))}{page}"
        if quote.spoken_on:
            return f"conversation, {day(quote.spoken_on)}"
        return "conversation"

    @property
    def bar(self) -> str:
        """Why this quote cannot be published as it stands, or nothing."""
        if self.quote.terms == Terms.OFF_RECORD:
            return "Not for publication: off the record"
        if self.quote.embargo_until:
            return f"Embargoed until {day(self.quote.embargo_until)}"
        return ""


def _speaker_tone(entry: QuoteEntry) -> str | None:
    if entry.source is None:
        return "muted"
    return "confidential" if entry.source.confidential else None


#: What is quoted where the picture of a part of a page is, and no words stand in it.
PICTURE = "A part of the page, as a picture"

COLUMNS: tuple[Column[QuoteEntry], ...] = (
    Column(
        "Quote",
        lambda e: in_quotes(e.quote.words, 300) if e.quote.words.strip() else PICTURE,
        spoken=lambda e: one_line(e.quote.words) or PICTURE,
        sort=lambda e: e.quote.words.casefold(),
        tip=lambda e: one_line(e.quote.words, 1000) or PICTURE,
        captured=True,
    ),
    Column(
        "Speaker",
        lambda e: e.speaker,
        spoken=lambda e: spoken_source(e.source) if e.source else "none yet",
        sort=lambda e: e.source.label.casefold() if e.source else "\uffff",
        icon=lambda e: "diamond" if e.source and e.source.confidential else None,
        tone=_speaker_tone,
        sample="Elizabeth Montgomery",
        gives_way=4,
    ),
    Column(
        "Terms",
        lambda e: terms_words(e.quote.terms),
        spoken=lambda e: terms_words(e.quote.terms) + (f". {e.bar}" if e.bar else ""),
        sort=lambda e: list(Terms).index(e.quote.terms),
        tip=lambda e: e.bar or terms_words(e.quote.terms),
        icon=lambda e: CHIPS[e.quote.terms].icon,
        tone=lambda e: CHIPS[e.quote.terms].token,
        sample="Deep background ----",
        gives_way=2,
    ),
    Column(
        "Where",
        lambda e: e.where,
        spoken=lambda e: e.where.replace("\u2068", "").replace("\u2069", ""),
        sort=lambda e: f"{e.document_title.casefold()}\t{e.quote.page or 0:09d}",
        sample="conversation, Mon 9 Nov",
        gives_way=3,
    ),
    Column(
        "State",
        lambda e: state_words(e.quote.state),
        sort=lambda e: list(QuoteState).index(e.quote.state),
        icon=lambda e: CHIPS[e.quote.state].icon,
        tone=lambda e: CHIPS[e.quote.state].token,
        sample="Not for use ----",
    ),
    Column(
        "Added",
        lambda e: short_day(e.quote.created_at),
        spoken=lambda e: long_day(e.quote.created_at),
        sort=lambda e: e.quote.created_at,
        sample="30 Nov",
        gives_way=1,
    ),
)

ADDED = len(COLUMNS) - 1


@dataclass(frozen=True, slots=True)
class QuoteQuestion:
    """What the filter asks for."""

    words: str = ""
    state: QuoteState | None = None
    source_id: str | None = None

    @property
    def empty(self) -> bool:
        return self == QuoteQuestion()

    def holds(self, entry: QuoteEntry, with_state: bool = True) -> bool:
        """``with_state=False`` leaves the state out, to count how many each state would show."""
        quote = entry.quote
        return (
            (not with_state or self.state is None or quote.state == self.state)
            and (self.source_id is None or quote.source_id == self.source_id)
            and self._has_words(entry)
        )

    def _has_words(self, entry: QuoteEntry) -> bool:
        label = entry.source.label if entry.source else ""
        quote = entry.quote
        where = f"{quote.text} {quote.edited} {quote.note} {label} {entry.document_title}"
        folded = where.casefold()
        return all(word in folded for word in self.words.casefold().split())
