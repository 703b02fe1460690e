"""Reading a document: its pages, their text and picture, words found in it, the place where the
reader was."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from casefile.domain.documents import PageState
from casefile.domain.geometry import Box, Quad
from casefile.domain.progress import JobContext
from casefile.pdf.values import (
    FileMark,
    OutlineItem,
    PageText,
    Pixels,
    TextLine,
    WorkerFailed,
)
from casefile.services import settings
from casefile.services.running_text import capture
from casefile.store import documents

if TYPE_CHECKING:
    from casefile.services.case import Case

__all__ = [
    "FileMark",
    "Hit",
    "OutlineItem",
    "PageHits",
    "PageShape",
    "PageText",
    "Pixels",
    "TextLine",
    "WorkerFailed",
    "file_marks",
    "find",
    "outline",
    "pages",
    "place",
    "remember_place",
    "render",
    "text",
]

#: How many pages are looked at before find gives the thread back: a few milliseconds' worth.
SLICE = 50
_STATES = {state.value: state for state in PageState}
_NOT_LETTERS = re.compile(r"[^\w]+", re.UNICODE)
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_LOWER = bytes(range(256)).lower()
_NO_LETTERS = bytes(code for code in range(128) if _NOT_LETTERS.match(chr(code)))


class PageShape(NamedTuple):
    """A page without its text; sizes as shown, in 1/72 inch."""

    number: int
    label: str
    width: float
    height: float
    state: PageState
    ocr: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """Where the words stand, and the text around them in reading order: the three together, as they
    are, read as the page does."""

    quads: tuple[Quad, ...]
    before: str
    match: str
    after: str


@dataclass(frozen=True, slots=True)
class PageHits:
    """The hits of one page, in reading order."""

    page: int
    hits: tuple[Hit, ...]


def pages(case: Case, document_id: str) -> tuple[PageShape, ...]:
    """Every page of a document, in one cheap query; needs no worker. Raises
    ``UserError("document.not_found")``."""
    return tuple(
        PageShape(
            row["number"],
            row["label"],
            row["width"],
            row["height"],
            _STATES[row["state"]],
            bool(row["ocr"]),
        )
        for row in documents.page_shapes(case.reader(), document_id)
    )


def outline(case: Case, document_id: str) -> tuple[OutlineItem, ...]:
    """The document's own table of contents. Raises as ``Case.session``."""
    return case.session(document_id).outline()


def text(case: Case, document_id: str, page: int) -> PageText:
    """The words of a page with their places. Raises as ``Case.session``, and ``WorkerFailed``."""
    return case.session(document_id).text(page)


def render(
    case: Case,
    document_id: str,
    page: int,
    scale: float,
    clip: Box | None = None,
    rotation: int = 0,
    annots: bool = True,
    grey: bool = False,
    night: bool = False,
) -> Pixels:
    """A page as a picture, ``scale`` pixels for 1/72 inch; with ``grey`` in one channel where the
    page has no colour, with ``night`` as a night page. Raises as ``Case.session``, and
    ``WorkerFailed``."""
    session = case.session(document_id)
    return session.render(page, scale, clip, rotation, annots=annots, grey=grey, night=night)


def file_marks(case: Case, document_id: str, page: int) -> list[FileMark]:
    """The annotations that were in the file when it came."""
    return case.session(document_id).file_marks(page)


def find(
    case: Case,
    document_id: str,
    needle: str,
    *,
    start_page: int = 1,
    context: JobContext | None = None,
) -> Iterator[PageHits]:
    """Every page with a hit, beginning at ``start_page`` and wrapping round; one after the other,
    so that the count can grow. In between, at least once in ``SLICE`` pages, a page without hits
    tells how far it has come, so that whoever goes through them can do something else meanwhile.

    Only pages whose stored text can hold the words are asked of the worker; a page that cannot be
    read is passed over. (The full-text index would not do: it knows whole words, and find also
    looks within them.) Raises ``Cancelled`` when ``context`` is cancelled, and as
    ``Case.session``."""
    wanted = _folded(needle)
    if not wanted:
        return
    count = documents.get(case.reader(), document_id).pages
    first = min(max(1, start_page), max(1, count))
    for start, end in ((first, count), (1, first - 1)):
        for number, may_hold in _candidates(case, document_id, wanted, start, end, context):
            yield PageHits(number, _hits(case, document_id, number, needle) if may_hold else ())


def place(case: Case, document_id: str) -> dict[str, Any] | None:
    """Where the reader was when ``remember_place`` was last called."""
    found = settings.get(case, f"place.{document_id}")
    return found if isinstance(found, dict) else None


def remember_place(case: Case, document_id: str, at: dict[str, Any]) -> None:
    """Keep a place (anything JSON can hold). Not an edit; nothing is kept where the case cannot be
    written."""
    settings.put(case, f"place.{document_id}", at)


def _candidates(
    case: Case, document_id: str, wanted: str, first: int, last: int, context: JobContext | None
) -> Iterator[tuple[int, bool]]:
    """Pages whose text, bare of everything but letters and digits, holds the words: that never
    misses a hit, whatever hyphens and line ends stand in between. At the end of a slice that is
    not the last, its last page and False."""
    for start in range(first, last + 1, SLICE):
        if context is not None:
            context.check()
        end = min(last, start + SLICE - 1)
        for page in documents.pages(case.reader(), document_id, first=start, last=end):
            if wanted in _folded(page.text):
                yield page.number, True
                if context is not None:
                    context.check()
        if end < last:
            yield end, False


def _hits(case: Case, document_id: str, number: int, needle: str) -> tuple[Hit, ...]:
    session = case.session(document_id)
    try:
        found = session.find(number, needle)
        words = session.text(number) if found else PageText(())
    except WorkerFailed:
        return ()
    hits = []
    for quads in found:
        found_words = capture(words, quads)
        before = found_words.prefix + " " * (found_words.gap_before and bool(found_words.prefix))
        after = " " * (found_words.gap_after and bool(found_words.suffix)) + found_words.suffix
        hits.append(Hit(tuple(quads), before, found_words.text, after))
    return tuple(hits)


class _Letters(dict[int, str]):
    """What is left of a character, worked out once each; for ``str.translate``."""

    def __missing__(self, code: int) -> str:
        plain = unicodedata.normalize("NFKD", chr(code)).casefold()
        left = _NOT_LETTERS.sub("", "".join(c for c in plain if not unicodedata.combining(c)))
        self[code] = left
        return left


_LETTERS = _Letters()


def _folded(words: str) -> str:
    """Letters and digits alone, without case, accents and ligatures. Whole documents are folded as
    somebody types, and most of what is in them is ASCII."""
    if not words.isascii():
        words = _BEYOND_ASCII.sub(lambda match: match.group().translate(_LETTERS), words)
    if not words.isascii():
        return words.translate(_LETTERS)
    return words.encode("ascii").translate(_LOWER, _NO_LETTERS).decode("ascii")
