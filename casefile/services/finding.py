"""Words found in a document: page by page from its stored text, so that whole documents are looked
through without asking anybody to read a page; and where they stand on a page once it is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casefile.domain.finding import FindOptions, Matcher, Run
from casefile.domain.geometry import Quad
from casefile.domain.progress import JobContext
from casefile.pdf.quads import join
from casefile.pdf.values import TextLine
from casefile.services.running_text import Hyphens, joined
from casefile.store import documents

if TYPE_CHECKING:
    from casefile.services.case import Case

__all__ = ["FindOptions", "Hit", "Matcher", "PageHits", "find", "places"]

#: How many pages are looked at before find gives the thread back: a few milliseconds' worth.
SLICE = 50
#: Characters of context before and after a hit, and the lines they are taken from.
BEFORE, AFTER = 60, 100
_CONTEXT_LINES = 3


@dataclass(frozen=True, slots=True)
class Hit:
    """The words and the text around them in reading order: the three together, as they are, read as
    the page does."""

    before: str
    match: str
    after: str


@dataclass(frozen=True, slots=True)
class PageHits:
    """The hits of one page, in reading order."""

    page: int
    hits: tuple[Hit, ...]


def find(
    case: Case,
    document_id: str,
    matcher: Matcher,
    *,
    start_page: int = 1,
    context: JobContext | None = None,
) -> Iterator[PageHits]:
    """Every page with a hit, beginning at ``start_page`` and wrapping round; one after the other,
    so that the count can grow. In between, at least once in ``SLICE`` pages, a page without hits
    tells how far it has come, so that whoever goes through them can do something else meanwhile.

    (The full-text index would not do: it knows whole words, and find also looks within them.)
    Raises ``Cancelled`` when ``context`` is cancelled, ``UserError("document.not_found")``, and as
    ``Matcher.find``."""
    if not matcher:
        return
    count = documents.get(case.reader(), document_id).pages
    here = min(max(1, start_page), max(1, count))
    for first, last in ((here, count), (1, here - 1)):
        for start in range(first, last + 1, SLICE):
            if context is not None:
                context.check()
            end = min(last, start + SLICE - 1)
            for number, text in documents.page_texts(case.reader(), document_id, start, end):
                hits = _hits(text, matcher) if matcher.may_be_in(text) else ()
                if hits:
                    yield PageHits(number, hits)
                    if context is not None:
                        context.check()
            if end < last:
                yield PageHits(end, ())


def places(
    lines: Sequence[TextLine], matcher: Matcher, patience: float | None = None
) -> list[tuple[Quad, ...]]:
    """Where the words stand on a page that was read: for each hit, in the order of ``find``, one
    quad for each line it runs over. Raises as ``Matcher.find``."""
    found = matcher.find([line.text for line in lines], patience)
    return [tuple(join(lines[r.line].quads[r.start : r.end]) for r in runs) for runs in found]


def _hits(text: str, matcher: Matcher) -> tuple[Hit, ...]:
    lines = [TextLine(line, (), 0) for line in text.split("\n")]
    found = matcher.find([line.text for line in lines])
    if not found:
        return ()
    hyphens = Hyphens(lines)
    return tuple(_hit(lines, runs, hyphens) for runs in found)


def _hit(lines: Sequence[TextLine], runs: Sequence[Run], hyphens: Hyphens) -> Hit:
    """The words of one occurrence in running text."""

    def cut(line: int, start: int, end: int | None = None) -> TextLine:
        return TextLine(lines[line].text[start:end], (), 0)

    first, last = runs[0], runs[-1]
    ahead, behind = cut(first.line, 0, first.start), cut(last.line, last.end)
    before = joined([*lines[max(0, first.line - _CONTEXT_LINES) : first.line], ahead], hyphens)
    after = joined([behind, *lines[last.line + 1 : last.line + 1 + _CONTEXT_LINES]], hyphens)
    before, after = before[-BEFORE:], after[:AFTER]
    if before and (not ahead.text or ahead.text[-1].isspace()):
        before += " "
    if after and (not behind.text or behind.text[0].isspace()):
        after = f" {after}"
    return Hit(before, joined([cut(r.line, r.start, r.end) for r in runs], hyphens), after)
