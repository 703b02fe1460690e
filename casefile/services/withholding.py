"""What an agency kept back: an area, a whole page, pages never delivered, the whole answer.

It records, it never redacts. Codes are written as their law writes them; one that the law's list
does not know is kept as typed and told as unknown (``Entry.unknown``): laws change, and agencies
print what they like.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from casefile.domain.annotations import Annotation, AnnotationKind, Extent, Withheld
from casefile.domain.changes import Change
from casefile.domain.errors import UserError
from casefile.domain.geometry import Box
from casefile.domain.page_numbers import count_between, gap_between
from casefile.services import annotating, exemptions
from casefile.services.annotating import MarkPart, boxed, log
from casefile.services.keeping import KEEP, Kept
from casefile.store import annotations as marks
from casefile.store import documents, requests
from casefile.store.ids import now

if TYPE_CHECKING:
    from casefile.services.case import Case
    from casefile.services.exemptions import Code
    from casefile.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Entry:
    """One withholding in the index. ``page_label`` is the printed number of its page (of the page
    before the gap, for a range), ``codes`` what is known of each code it cites (None: the law's
    list does not have it), ``pages`` how many whole pages it takes (0 for an area or an answer;
    None for a range whose length is not known)."""

    mark: Annotation
    document_title: str
    page_label: str
    codes: tuple[tuple[str, Code | None], ...]
    pages: int | None

    @property
    def unknown(self) -> tuple[str, ...]:
        return tuple(code for code, known in self.codes if known is None)


def add(
    case: Case,
    document_id: str,
    page: int,
    *,
    box: Box | None = None,
    extent: Extent | None = None,
    codes: Iterable[str] = (),
    count: int | None = None,
    first: str = "",
    last: str = "",
    comment: str = "",
    colour: str = "yellow",
    tags: Iterable[str] = (),
    vocabulary: str | None = None,
    parts: Sequence[MarkPart] = (),
) -> Change:
    """Record a withholding. ``extent`` follows from the rest where it is not given: pages or
    numbers make a range (``page`` is then the one before the gap), a box an area, nothing a whole
    page. ``codes`` may be spelt in any way; ``vocabulary`` is theirs (``default_vocabulary``
    otherwise). ``parts`` stand for a box where the place is words, each a withholding of its
    own. Raises as ``annotating.add`` and ``withheld``; ``annotation.empty`` for an area without a
    place."""
    placed = tuple(parts)
    if not placed:
        placed = (MarkPart(page, ()) if box is None else boxed(case, document_id, page, box),)
    extent = extent or _extent(placed, count, first, last)
    if extent is Extent.AREA and not all(part.quads for part in placed):
        raise UserError("annotation.empty")
    kept_back = withheld(
        extent, count, first, last, vocabulary or default_vocabulary(case, document_id)
    )
    return annotating.add_many(
        case, document_id, AnnotationKind.WITHHOLDING, placed, colour=colour, comment=comment,
        codes=exemptions.normalised(codes, kept_back.vocabulary), tags=tags, withheld=kept_back,
    )  # fmt: skip


def edit(
    case: Case,
    annotation_id: str,
    *,
    extent: Extent | Kept = KEEP,
    codes: Iterable[str] | Kept = KEEP,
    count: int | Kept | None = KEEP,
    first: str | Kept = KEEP,
    last: str | Kept = KEEP,
    vocabulary: str | Kept = KEEP,
    comment: str | Kept = KEEP,
) -> Change:
    """Change what is given of a withholding. Raises ``UserError``: ``annotation.not_found``,
    ``annotation.kind`` (no withholding), ``annotation.empty`` (an area without a place), and as
    ``withheld``."""
    cited = codes if codes is KEEP else tuple(codes)

    def work(tx: Transaction) -> None:
        old = marks.get(tx, annotation_id)
        if old.kind is not AnnotationKind.WITHHOLDING:
            raise UserError("annotation.kind", kind=str(AnnotationKind.WITHHOLDING))
        wanted = (old.extent or Extent.AREA) if extent is KEEP else extent
        if wanted is Extent.AREA and not old.quads:
            raise UserError("annotation.empty")
        # New numbers count anew, unless a count comes with them.
        renumbered = first is not KEEP or last is not KEEP
        counted = (None if renumbered else old.missing_count) if count is KEEP else count
        kept_back = withheld(
            wanted,
            counted,
            old.missing_first if first is KEEP else first,
            old.missing_last if last is KEEP else last,
            old.vocabulary if vocabulary is KEEP else vocabulary,
        )
        mark = replace(
            old,
            codes=old.codes if cited is KEEP else exemptions.normalised(
                cited, kept_back.vocabulary
            ),
            comment=old.comment if comment is KEEP else comment,
            modified_at=now(),
        )  # fmt: skip
        marks.update(tx, kept_back.on(mark))
        log(case, tx, "mark.changed", {"annotations": [annotation_id]})

    return case.store.edit("annotation.edit", work)


def withheld(extent: Extent, count: int | None, first: str, last: str, vocabulary: str) -> Withheld:
    """What belongs to a withholding alone, checked; a count follows from the numbers where they
    are of one series. Raises ``UserError``: ``withholding.backwards``, ``withholding.count`` (other
    than the numbers say), ``withholding.range_needed`` (a range with neither)."""
    if extent is not Extent.RANGE:
        return Withheld(extent, vocabulary=vocabulary)
    first, last = " ".join(first.split()), " ".join(last.split())
    told = count_between(first, last) if first and last else None
    if told is not None and told < 1:
        raise UserError("withholding.backwards", first=first, last=last)
    if (count is not None and count < 1) or (count is None and not first and not last):
        raise UserError("withholding.range_needed")
    if count is not None and told not in (None, count):
        raise UserError("withholding.count", count=count, first=first, last=last, told=told)
    return Withheld(extent, told if count is None else count, first, last, vocabulary)


def default_vocabulary(case: Case, document_id: str) -> str:
    """The vocabulary of the law under which the document was asked for; else the one last used in
    this case; else the US federal one. Raises ``UserError("document.not_found")``."""
    reader = case.reader()
    request_id = documents.get(reader, document_id).request_id
    if request_id is not None:
        found = exemptions.for_law(requests.get(reader, request_id).law)
        if found is not None:
            return found.id
    return marks.last_vocabulary(reader) or exemptions.DEFAULT


def used_codes(case: Case) -> list[str]:
    """Codes cited in this case, the most often cited first: what ``exemptions.complete`` offers
    before others."""
    counts = Counter(code for mark in marks.withholdings(case.reader()) for code in mark.codes)
    return [code for code, _ in counts.most_common()]


def printed_codes(
    case: Case, document_id: str, page: int, box: Box, vocabulary: str
) -> tuple[str, ...]:
    """The codes that are printed inside an area. Raises as ``boxed``."""
    pages = documents.pages(case.reader(), document_id, first=page, last=page, text=False)
    read_by_ocr = any(each.ocr for each in pages)
    text = boxed(case, document_id, page, box).text
    return exemptions.printed_in(text, vocabulary, ocr=read_by_ocr)


def gap_after(case: Case, document_id: str, page: int) -> tuple[str, str, int] | None:
    """The first and last number that the printed page numbers leave out after a page, and how
    many pages that is; None where none are left out."""
    labels = [
        each.label
        for each in documents.pages(
            case.reader(), document_id, first=page, last=page + 1, text=False
        )
    ]
    return gap_between(*labels) if len(labels) == 2 else None


def index(
    case: Case, document_id: str | None = None, *, request_id: str | None = None
) -> list[Entry]:
    """The withholding index: of a document, of the documents of a request, or of the case; in the
    order of documents and pages. Raises ``UserError``: ``document.not_found``,
    ``request.not_found``."""
    reader = case.reader()
    if document_id is not None:
        documents.get(reader, document_id)
    if request_id is not None:
        requests.get(reader, request_id)
    held = {each.id: each for each in documents.listing(reader)}
    labels: dict[str, dict[int, str]] = {}
    defaults: dict[str, str] = {}
    entries = []
    for mark in marks.withholdings(reader, document_id):
        document = held.get(mark.document_id)
        if document is None or (request_id is not None and document.request_id != request_id):
            continue
        if document.id not in labels:
            pages = documents.pages(reader, document.id, text=False)
            labels[document.id] = {page.number: page.label for page in pages}
            defaults[document.id] = default_vocabulary(case, document.id)
        # A mark that only became a withholding later names no law.
        law = mark.vocabulary or defaults[document.id]
        entries.append(Entry(
            mark,
            document.title,
            labels[document.id].get(mark.page, ""),
            tuple((code, exemptions.lookup(code, law)) for code in mark.codes),
            mark.pages_withheld,
        ))  # fmt: skip
    return entries


def _extent(parts: Sequence[MarkPart], count: int | None, first: str, last: str) -> Extent:
    if count is not None or first or last:
        return Extent.RANGE
    return Extent.AREA if any(part.quads for part in parts) else Extent.PAGE
