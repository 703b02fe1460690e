"""Before a letter is kept: does it show what only a confidential source can have told?

The index of words says which pages hold a piece of the letter; only those are read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import PurePath
from typing import TYPE_CHECKING

from casefile import shipped
from casefile.domain import telltale
from casefile.domain.telltale import Finding, Given
from casefile.services import sources
from casefile.store import documents, phrases, quotes, requests

if TYPE_CHECKING:
    from casefile.domain.documents import Document
    from casefile.services.case import Case

#: Pages of one side that are read for one piece of a letter.
_MOST_READ = 3


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found, how many pages were read for it, and how many pages of confidential sources
    could not be looked at because they have no text yet."""

    findings: tuple[Finding, ...]
    pages_read: int
    pages_without_text: int


def findings(case: Case, text: str, known: Iterable[str] = ()) -> tuple[Finding, ...]:
    """What in a letter stands only in what confidential sources gave. ``known`` are texts that the
    agency has already: its own letters, numbers and days."""
    return check(case, text, known).findings


def check(case: Case, text: str, known: Iterable[str] = ()) -> Checked:
    """The same, with what was looked at."""
    reader = case.reader()
    protected = sources.protected_documents(case)
    held = {each.id: each for each in documents.listing(reader)}
    everything = held | {each.id: each for each in documents.listing(reader, deleted=True)}
    labels = _Labels(case, everything)
    given, elsewhere = _quotes(case, protected, labels)
    elsewhere += known
    pages = _Pages(case, protected, frozenset(held))
    titles = _titles(text, everything, protected, pages, labels, elsewhere)
    for document_id, page, words in pages.holding(_pieces(text)):
        if document_id in protected:
            given.append(Given(labels.of(document_id), words, document_id, page))
        else:
            elsewhere.append(words)
    return Checked(
        tuple(telltale.compare(text, given, elsewhere, titles, _our_own_words())),
        pages.read,
        sum(everything[each].pages_awaiting_ocr for each in protected),
    )


class _Labels:
    """What a document's confidential source may be called; an attachment's is its e-mail's."""

    def __init__(self, case: Case, held: dict[str, Document]) -> None:
        self._held = held
        self.by_source = sources.speaker_labels(case)

    def of(self, document_id: str) -> str:
        document = self._held.get(document_id)
        while document is not None:
            if document.source_id is not None:
                return self.by_source.get(document.source_id, "")
            document = self._held.get(document.parent_id or "")
        return ""


class _Pages:
    """The pages that hold a piece of the letter, each read once."""

    def __init__(self, case: Case, protected: frozenset[str], held: frozenset[str]) -> None:
        self._reader = case.reader()
        self._protected, self._held = protected, held
        self._texts: dict[tuple[str, int], str] = {}

    @property
    def read(self) -> int:
        return len(self._texts)

    def holding(self, pieces: Sequence[Sequence[str]]) -> list[tuple[str, int, str]]:
        """For each piece that a protected page holds, the first few pages that hold it, protected
        ones and others."""
        wanted: dict[tuple[str, int], None] = {}
        if not self._protected:
            return []
        for _, places in phrases.places(self._reader, pieces):
            given = [place for place in places if place[0] in self._protected]
            if given:
                others = self.others(places)
                wanted |= dict.fromkeys((*given[:_MOST_READ], *others[:_MOST_READ]))
        return [(*place, self.text(place)) for place in wanted]

    def others(self, places: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
        """Those of documents outside the trash that nobody protects."""
        return [p for p in places if p[0] not in self._protected and p[0] in self._held]

    def elsewhere(self, words: str) -> bool:
        """Whether an unprotected page holds the words in a row."""
        return any(
            telltale.row(words) in telltale.row(self.text(place))
            for _, places in phrases.places(self._reader, [[words]])
            for place in self.others(places)[:_MOST_READ]
        )

    def text(self, place: tuple[str, int]) -> str:
        if place not in self._texts:
            document_id, page = place
            read = documents.page_texts(self._reader, document_id, page, page)
            self._texts[place] = read[0][1] if read else ""
        return self._texts[place]


def _pieces(text: str) -> list[tuple[str, ...]]:
    """What the index is asked for, each once."""
    ours = _our_own_words()
    sought = (tell for tell in telltale.tells(text) if (tell.kind, tell.key) not in ours)
    return list(dict.fromkeys(telltale.spellings(tell, text) for tell in sought))


def _quotes(
    case: Case, protected: frozenset[str], labels: _Labels
) -> tuple[list[Given], list[str]]:
    """What confidential sources said or wrote, and what others did."""
    reader = case.reader()
    confidential = {each.id for each in sources.everyone(reader) if each.confidential}
    given, elsewhere = [], []
    for quote in quotes.listing(reader) + quotes.listing(reader, deleted=True):
        if quote.source_id in confidential:
            label = labels.by_source[quote.source_id or ""]
        elif quote.document_id in protected:
            label = labels.of(quote.document_id or "")
        else:
            if quote.deleted_at is None:
                elsewhere.append(quote.text)
            continue
        given.append(Given(label, quote.text, quote.document_id, quote.page))
    return given, elsewhere


def _titles(
    text: str,
    held: dict[str, Document],
    protected: frozenset[str],
    pages: _Pages,
    labels: _Labels,
    elsewhere: Sequence[str],
) -> list[Given]:
    """The titles and file names of protected documents that the letter names and nobody else
    does."""
    letter = telltale.row(text)
    candidates = [
        (document_id, name)
        for document_id in protected
        for name in dict.fromkeys(_names(held[document_id]))
        if telltale.row(name) in letter and telltale.named(text, name)
    ]
    if not candidates:
        return []
    open_names = [
        name
        for each in held.values()
        if each.id not in protected and each.deleted_at is None
        for name in _names(each)
    ]
    known = [telltale.row(each) for each in (*open_names, *elsewhere)]
    return [
        Given(labels.of(document_id), name, document_id, None, is_title=True)
        for document_id, name in candidates
        if not any(telltale.row(name) in each for each in known) and not pages.elsewhere(name)
    ]


def _names(document: Document) -> tuple[str, ...]:
    return (document.title, document.file_name, PurePath(document.file_name).stem)


@cache
def _our_own_words() -> frozenset[telltale.Key]:
    """What every letter of ours says is nobody's secret."""
    files = (each for each in shipped.path("letters").rglob("*") if each.is_file())
    return frozenset().union(*(telltale.keys(each.read_text("utf-8")) for each in sorted(files)))


def of_request(case: Case, request_id: str) -> tuple[Finding, ...]:
    """The same for what a request asks: places are in its subject, scope and text, one on a line
    each. Raises ``UserError("request.not_found")``."""
    request = requests.get(case.reader(), request_id)
    asked = f"{request.subject}\n{request.scope}\n{request.text}"
    return findings(case, asked, request.tracking_numbers)
