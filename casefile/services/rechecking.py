"""Compares the capture of quotes with what their pages say now.

The document never changes, but the words read from it may: a scan is read again by OCR, a page that
could not be read can be. Nothing is changed here; whether a quote is verified a person says.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from casefile.domain import anchoring
from casefile.domain.progress import JobContext
from casefile.domain.quotes import Quote
from casefile.pdf.values import PageText, WorkerFailed
from casefile.services import reading
from casefile.services.running_text import capture
from casefile.store import documents, quotes

if TYPE_CHECKING:
    from casefile.services.case import Case

#: Less of a passage than this is not shown as the one that differs.
_LIKE = 0.4


class Outcome(StrEnum):
    """What became of comparing."""

    SAME = "same"
    """The page says so, at its place or elsewhere on the page."""
    DIFFERS = "differs"
    """The page says something like it."""
    ABSENT = "absent"
    """The page says nothing like it."""
    NO_WORDS = "no_words"
    """The page has no words to compare with: it waits for OCR, or cannot be read."""
    PICTURE = "picture"
    """The picture of a part of the page is quoted, without words."""
    SPOKEN = "spoken"
    """Words of a conversation; there is no page."""
    GONE = "gone"
    """Its document is in the trash."""


@dataclass(frozen=True, slots=True)
class Recheck:
    """A quote and what its page says now (``now`` is empty unless it ``DIFFERS``). ``ocr`` tells
    that the words of the page were read from its picture."""

    quote: Quote
    outcome: Outcome
    now: str = ""
    ocr: bool = False

    @property
    def is_problem(self) -> bool:
        return self.outcome in (Outcome.DIFFERS, Outcome.ABSENT, Outcome.GONE)


def recheck(
    case: Case, ids: Iterable[str] | None = None, context: JobContext | None = None
) -> list[Recheck]:
    """Compare these quotes, or all outside the trash. Takes a moment: every page that is quoted is
    read. Raises ``UserError("quote.not_found")``, ``Cancelled``, and as ``Case.session``."""
    context = context or JobContext()
    reader = case.reader()
    chosen = quotes.listing(reader) if ids is None else [quotes.get(reader, each) for each in ids]
    found = []
    for done, quote in enumerate(chosen):
        context.report(done, len(chosen))
        found.append(_rechecked(case, quote))
    return found


def _rechecked(case: Case, quote: Quote) -> Recheck:
    if quote.document_id is None or quote.page is None:
        return Recheck(quote, Outcome.SPOKEN)
    document = documents.get(case.reader(), quote.document_id)
    if document.deleted_at is not None:
        return Recheck(quote, Outcome.GONE)
    if not quote.text:
        return Recheck(quote, Outcome.PICTURE)
    [page] = documents.pages(
        case.reader(), document.id, first=quote.page, last=quote.page, text=False
    )
    try:
        text = reading.text(case, document.id, quote.page)
    except WorkerFailed:
        text = PageText(())
    if not text.lines:
        return Recheck(quote, Outcome.NO_WORDS)
    outcome, now = _compared(text, quote)
    return Recheck(quote, outcome, now, page.ocr)


def _compared(page: PageText, quote: Quote) -> tuple[Outcome, str]:
    said = quote.text.split()
    here = capture(page, quote.quads).text
    if here.split() == said or " ".join(said) in " ".join(page.text.split()):
        return Outcome.SAME, ""
    wanted = anchoring.folded(quote.text)
    words = anchoring.words(page.text)
    match = anchoring.find(
        [word.folded for word in words], wanted, anchoring.folded(quote.prefix)[1:],
        anchoring.folded(quote.suffix)[:-1],
    )  # fmt: skip
    if here and _share(wanted, anchoring.folded(here)) >= _LIKE:
        return Outcome.DIFFERS, here
    if match is not None and match.likeness >= _LIKE:
        now = page.text[words[match.start].start : words[match.end - 1].end]
        return Outcome.DIFFERS, " ".join(now.split())
    return Outcome.ABSENT, ""


def _share(wanted: list[str], found: list[str]) -> float:
    """How many of the words are among those found."""
    return sum(word in found for word in wanted) / max(1, len(wanted))
