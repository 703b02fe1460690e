"""Carries marks over to another release of the same record.

A mark on words is looked for by its words with what stands around them, on whatever page they are
now. A mark without words (a drawing, a bookmark, a box over a picture), and an area whose words are
gone or were never there, goes to the same place on the page that is most like its own. What cannot
be placed with some confidence is listed, never guessed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from casefile.domain import anchoring
from casefile.domain.anchoring import Shingle
from casefile.domain.annotations import Annotation, AnnotationKind
from casefile.domain.changes import Change
from casefile.domain.errors import UserError
from casefile.domain.geometry import Box, Quad, bounds
from casefile.domain.progress import JobContext
from casefile.pdf.quads import join
from casefile.pdf.values import PageText, WorkerFailed
from casefile.services import reading
from casefile.services.annotating import log
from casefile.services.running_text import capture
from casefile.store import annotations as marks
from casefile.store import documents
from casefile.store import tags as tag_rows
from casefile.store.ids import new_id, now

if TYPE_CHECKING:
    from casefile.domain.documents import Page
    from casefile.services.case import Case
    from casefile.store.transaction import Transaction

#: Places less sure than this are not taken.
LEAST: Final = 0.6
#: How sure a place is that only its page tells: never as sure as words.
_BY_PAGE: Final = 0.8
#: How many pages are looked at closely for one mark.
_CLOSELY: Final = 3
#: Pages that hold less than this part of what the best one holds are not looked at.
_NEARLY: Final = 0.7
_AREAS = frozenset({
    AnnotationKind.BOX, AnnotationKind.REGION, AnnotationKind.WITHHOLDING,
    AnnotationKind.REDACTION, AnnotationKind.NOTE,
})  # fmt: skip
#: A box may lie this far (1/72 inch) from the words that it was drawn around.
_PADDING: Final = 2.0


@dataclass(frozen=True, slots=True)
class Placed:
    """A mark (as it would be in the other document, without an id of its own yet) and the one it
    comes from; ``confidence`` from ``LEAST`` to 1."""

    old: Annotation
    new: Annotation
    confidence: float


@dataclass(frozen=True, slots=True)
class Plan:
    """What carrying over would do. ``there`` are marks that the other document has already,
    ``lost`` those that found no place."""

    placed: tuple[Placed, ...]
    there: tuple[Annotation, ...]
    lost: tuple[Annotation, ...]


def plan(
    case: Case,
    from_id: str,
    to_id: str,
    *,
    ids: Iterable[str] | None = None,
    least: float = LEAST,
    context: JobContext | None = None,
) -> Plan:
    """Where the marks of a document (or those of ``ids``) stand in another. Takes a moment.
    Raises ``UserError``: ``document.not_found``, ``carry.same``; as ``Case.session``;
    ``Cancelled``."""
    if documents.get(case.reader(), from_id).id == documents.get(case.reader(), to_id).id:
        raise UserError("carry.same")
    wanted = None if ids is None else set(ids)
    ours = [
        mark
        for mark in marks.listing(case.reader(), from_id)
        if wanted is None or mark.id in wanted
    ]
    search = _Search(case, from_id, to_id, context or JobContext())
    search.look_for(ours)
    there = {_likeness(mark) for mark in marks.listing(case.reader(), to_id)}
    placed: list[Placed] = []
    had: list[Annotation] = []
    lost: list[Annotation] = []
    for done, mark in enumerate(ours):
        search.context.report(done, len(ours))
        found = search.place(mark)
        if found is None or found.confidence < least:
            lost.append(mark)
        elif _likeness(found.new) in there:
            had.append(mark)
        else:
            placed.append(found)
    return Plan(tuple(placed), tuple(had), tuple(lost))


def carry(case: Case, carried: Plan) -> Change:
    """Make the marks of a plan in the other document, with their tags, as one edit; the new ids
    are in the order of ``carried.placed``. Raises ``UserError("carry.nothing")`` for a plan without
    any."""
    if not carried.placed:
        raise UserError("carry.nothing")

    def work(tx: Transaction) -> None:
        made = []
        for each in carried.placed:
            at = now()
            mark = replace(each.new, id=new_id(), created_at=at, modified_at=at)
            marks.insert(tx, mark)
            for name in tag_rows.on(tx, "annotation", each.old.id):
                tag_rows.add(tx, name, "annotation", [mark.id])
            made.append({"annotation": mark.id, "from": each.old.id, "page": mark.page})
        log(case, tx, "marks.carried", {"document": mark.document_id, "marks": made})

    return case.store.edit("annotation.carry", work)


def _likeness(mark: Annotation) -> tuple[object, ...]:
    """What two marks have in common that say the same of the same place."""
    place = mark.text or tuple(round(n) for quad in mark.quads for n in quad.numbers())
    return mark.kind, mark.colour, mark.page, place, mark.comment, mark.codes


@dataclass(frozen=True, slots=True)
class _Passage:
    """What is looked for: words, those before and behind, and all three together."""

    text: tuple[str, ...]
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()

    @property
    def whole(self) -> tuple[str, ...]:
        return (*self.before, *self.text, *self.after)


@dataclass
class _Search:
    """The other document, looked through once for everything that is wanted of it."""

    case: Case
    from_id: str
    to_id: str
    context: JobContext
    _passages: dict[str, _Passage] = field(default_factory=dict)
    _sheets: dict[int, Page] = field(default_factory=dict)
    _there: dict[int, Page] = field(default_factory=dict)
    #: For each thing looked for, how much of it each page holds, from 0 to 1.
    _shares: dict[object, dict[int, float]] = field(default_factory=dict)
    _texts: dict[int, PageText | None] = field(default_factory=dict)
    _spelt: dict[int, list[anchoring.Word]] = field(default_factory=dict)

    def look_for(self, ours: Sequence[Annotation]) -> None:
        """Learn which pages hold how much of each mark's words, and of each mark's page."""
        reader = self.case.reader()
        pages = documents.pages(reader, self.from_id, text=False)
        self._sheets = {page.number: page for page in pages}
        self._there = {
            page.number: page for page in documents.pages(reader, self.to_id, text=False)
        }
        wanted: dict[Shingle, list[object]] = defaultdict(list)
        sizes: dict[object, int] = {}

        def want(what: object, text: Sequence[str]) -> None:
            runs = set(anchoring.shingles(text))
            sizes[what] = len(runs)
            for run in runs:
                wanted[run].append(what)

        for mark in ours:
            passage = _passage(mark)
            self._passages[mark.id] = passage
            want(mark.id, passage.whole)
        for number in {mark.page for mark in ours if mark.kind in _AREAS or not mark.text}:
            [page] = documents.pages(reader, self.from_id, first=number, last=number)
            want(number, anchoring.folded(page.text))
        held = self._held(wanted)
        self._shares = {
            what: {page: count / sizes[what] for page, count in pages.items()}
            for what, pages in held.items()
        }

    def _held(self, wanted: dict[Shingle, list[object]]) -> dict[object, dict[int, int]]:
        from casefile.services.documents import page_texts

        held: dict[object, dict[int, int]] = defaultdict(dict)
        lengths = {len(run) for run in wanted}
        for done, page in enumerate(page_texts(self.case, self.to_id)):
            self.context.report(done, len(self._there))
            text = anchoring.folded(page.text)
            runs = {
                tuple(text[at : at + length])
                for length in lengths
                for at in range(len(text) - length + 1)
            }
            for run in runs & wanted.keys():
                for what in wanted[run]:
                    held[what][page.number] = held[what].get(page.number, 0) + 1
        return held

    def place(self, mark: Annotation) -> Placed | None:
        """The mark in the other document, as sure as can be told."""
        found = self._by_words(mark) if mark.text else None
        if found is not None and found.confidence >= LEAST:
            return found
        if mark.kind in _AREAS or not mark.text:
            return self._by_page(mark) or found
        return found

    def _by_words(self, mark: Annotation) -> Placed | None:
        passage = self._passages[mark.id]
        best: tuple[float, int, list[anchoring.Word], anchoring.Match] | None = None
        for number in self._likely(mark.id, mark.page):
            page = self._text(number)
            if page is None:
                continue
            spelt = self._spelt[number]
            match = anchoring.find(
                [word.folded for word in spelt], passage.text, passage.before, passage.after
            )
            if match is not None and (best is None or match.likeness > best[0]):
                best = match.likeness, number, spelt, match
        if best is None:
            return None
        likeness, number, spelt, match = best
        page = self._texts[number] or PageText(())
        quads = _quads(page, spelt[match.start].start, spelt[match.end - 1].end, mark.text)
        if mark.kind in _AREAS and mark.kind is not AnnotationKind.NOTE:
            quads = (self._area(mark, number, bounds(quads)).quad(),)
        words = capture(page, quads)
        if mark.kind is AnnotationKind.NOTE:
            quads = self._beside(mark, quads)
        new = replace(
            mark, document_id=self.to_id, page=number, quads=quads, adopted_key=None,
            text=words.text, prefix=words.prefix, suffix=words.suffix,
        )  # fmt: skip
        return Placed(mark, new, round(likeness, 3))

    def _by_page(self, mark: Annotation) -> Placed | None:
        likely = self._likely(mark.page, mark.page)
        share = self._shares.get(mark.page, {}).get(likely[0], 0.0) if likely else 0.0
        if not likely and not self._has_words(mark.page):
            likely = [mark.page] if len(self._there) == len(self._sheets) else []
            share = 0.75
        if not likely or not self._fits(mark, likely[0]):
            return None
        page = self._text(likely[0]) or PageText(())
        words = capture(page, mark.quads) if mark.quads and mark.text else None
        new = replace(
            mark, document_id=self.to_id, page=likely[0], adopted_key=None,
            text=words.text if words else "", prefix=words.prefix if words else "",
            suffix=words.suffix if words else "",
        )  # fmt: skip
        return Placed(mark, new, round(share * _BY_PAGE, 3))

    def _likely(self, what: object, near: int) -> list[int]:
        """The few pages that hold most of it; of equals the ones nearest to the old place."""
        shares = self._shares.get(what, {})
        enough = max(shares.values(), default=0.0) * _NEARLY
        far = len(self._there) / max(1, len(self._sheets))
        return sorted(
            (page for page, share in shares.items() if share >= enough),
            key=lambda page: (-shares[page], abs(page - near * far)),
        )[:_CLOSELY]

    def _has_words(self, number: int) -> bool:
        [page] = documents.pages(self.case.reader(), self.from_id, first=number, last=number)
        return bool(page.text.strip())

    def _fits(self, mark: Annotation, number: int) -> bool:
        sheet = self._there[number]
        if not mark.quads:
            return True
        box = bounds(mark.quads)
        return box.x1 <= sheet.width + 1 and box.y1 <= sheet.height + 1

    def _area(self, mark: Annotation, number: int, found: Box) -> Box:
        """The same box where the words stand in it still; else one around them."""
        old, sheet, there = bounds(mark.quads), self._sheets[mark.page], self._there[number]
        alike = abs(sheet.width - there.width) < 1 and abs(sheet.height - there.height) < 1
        inside = old.contains(found.x0 + _PADDING, found.y0 + _PADDING) and old.contains(
            found.x1 - _PADDING, found.y1 - _PADDING
        )
        if alike and inside:
            return old
        return Box(
            max(0.0, found.x0 - _PADDING), max(0.0, found.y0 - _PADDING),
            min(there.width, found.x1 + _PADDING), min(there.height, found.y1 + _PADDING),
        )  # fmt: skip

    def _beside(self, mark: Annotation, quads: tuple[Quad, ...]) -> tuple[Quad, ...]:
        """A note's sign, where the words that it is about begin."""
        if not mark.quads:
            return ()
        sign, first = bounds(mark.quads), quads[0].box
        return (Box(first.x0, first.y0, first.x0 + sign.width, first.y0 + sign.height).quad(),)

    def _text(self, number: int) -> PageText | None:
        if number not in self._texts:
            self.context.check()
            try:
                self._texts[number] = reading.text(self.case, self.to_id, number)
            except WorkerFailed:
                self._texts[number] = None
            page = self._texts[number]
            self._spelt[number] = anchoring.words(page.text) if page is not None else []
        return self._texts[number]


def _passage(mark: Annotation) -> _Passage:
    """A mark's words; of what stands around them only whole ones."""
    before, after = anchoring.folded(mark.prefix), anchoring.folded(mark.suffix)
    return _Passage(tuple(anchoring.folded(mark.text)), tuple(before[1:]), tuple(after[:-1]))


def _quads(page: PageText, start: int, end: int, text: str) -> tuple[Quad, ...]:
    """One quad for each line that the characters ``start`` to ``end`` of a page's text run over;
    with the punctuation that ``text`` begins and ends with, where it stands there too."""
    whole = page.text
    lead = len(text) - len(text.lstrip("([{“‘\"'«„¿¡"))
    tail = len(text) - len(text.rstrip(")]}”’\"'».,;:?!…"))
    if lead and whole[start - lead : start] == text[:lead]:
        start -= lead
    if tail and whole[end : end + tail] == text[-tail:]:
        end += tail
    quads, at = [], 0
    for line in page.lines:
        chosen = line.quads[max(0, start - at) : max(0, end - at)]
        if chosen:
            quads.append(join(chosen))
        at += len(line.text) + 1
    return tuple(quads)
