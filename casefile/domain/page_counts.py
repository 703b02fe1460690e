"""Which pages of released documents, and of what was marked as withheld in them, stand nowhere in
the page ledger yet. No page counts twice.

A page is known by its printed number where that is a Bates number (``EPA-0012``), else by its
document and number. What an entry says without numbers counts against as many pages as it holds,
because they may be the same: pages too few in the ledger are seen at once, but one that counts
twice hides one that is missing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from casefile.domain.annotations import Annotation, Extent
from casefile.domain.number_runs import Runs, Series
from casefile.domain.page_numbers import Numbered, count_between, numbered
from casefile.domain.page_ranges import written
from casefile.domain.requests import Bucket, LedgerEntry

B = Bucket
#: Two letters before a number make it one that means the same page in every document.
_BATES = re.compile(r"[^\W\d_].*[^\W\d_]")
#: The series of the pages of a document counted from 1, whatever is printed on them.
_COUNTED = "#"
#: A longer list of pages is left out of a note.
_LONGEST = 200
#: The most open first: a page that came twice counts as what is known of it now.
_STATES = (B.FULL, B.PART, B.WITHHELD)
#: Which pages of its document an entry without numbers most likely means, in this order; None
#: stands for pages that were marked as never delivered.
_MEANT: Mapping[Bucket, tuple[Bucket | None, ...]] = {
    B.FULL: (B.FULL, B.PART, B.WITHHELD),
    B.PART: (B.PART, B.FULL, B.WITHHELD),
    B.WITHHELD: (B.WITHHELD, None, B.PART, B.FULL),
    B.REFERRED: (B.WITHHELD, None, B.FULL, B.PART),
    B.NON_RESPONSIVE: (B.WITHHELD, None, B.FULL, B.PART),
    B.DUPLICATE: (B.FULL, B.PART, B.WITHHELD),
    B.MISSING: (None,),
}
#: The same of an entry that names no document either.
_MEANT_ANYWHERE: Mapping[Bucket, tuple[Bucket | None, ...]] = {
    B.FULL: (B.FULL,),
    B.PART: (B.PART,),
    B.WITHHELD: (B.WITHHELD, None),
    B.MISSING: (None,),
}


@dataclass(frozen=True, slots=True)
class Released:
    """A released document: the printed number of each page in order, and its withholdings."""

    document_id: str
    labels: Sequence[str]
    marks: Sequence[Annotation] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """An entry that the ledger lacks."""

    bucket: Bucket
    pages: int
    document_id: str
    first: str = ""
    last: str = ""
    note: str = ""


@dataclass(slots=True)
class _Lot:
    """Pages of one document that are in one state: ``numbers`` of the document, or for pages never
    delivered (``state`` is None) a run that begins with ``first``, where it is known. ``taken`` of
    them stand in the ledger, nobody knows which."""

    document_id: str
    state: Bucket | None
    pages: int
    codes: tuple[str, ...] = ()
    numbers: Sequence[int] = ()
    first: Numbered | None = None
    taken: int = 0

    @property
    def left(self) -> int:
        return self.pages - self.taken

    @property
    def bucket(self) -> Bucket:
        """Where no code is cited for pages never delivered, nobody claims to withhold them."""
        return self.state or (B.WITHHELD if self.codes else B.MISSING)


def not_in_ledger(released: Sequence[Released], entries: Sequence[LedgerEntry]) -> list[Proposal]:
    """What the documents say and the ledger does not, document by document."""
    sheets, gaps = _sheets(released), _gaps(released)
    numbers = {series for each in released for series in _series_of(each)}
    numbers |= {_series(gap.first, gap.document_id) for gap in gaps if gap.first}
    runs, others = _ledger(entries, numbers)
    labels = {each.document_id: each.labels for each in released}
    lots = [
        *(_without(lot, runs, labels[lot.document_id]) for lot in sheets),
        *(piece for gap in gaps for piece in _pieces(gap, runs)),
    ]
    of_document: dict[str | None, list[_Lot]] = {key: [] for key in labels}
    for lot in lots:
        of_document[lot.document_id].append(lot)
    lots = [lot for own in of_document.values() for lot in own]
    for entry in others:
        if entry.document_id in labels:
            _count_off(entry, _MEANT[entry.bucket], of_document[entry.document_id])
    for entry in others:
        if entry.document_id not in labels:
            _count_off(entry, _MEANT_ANYWHERE.get(entry.bucket, ()), lots)
    return [_proposal(lot, labels[lot.document_id]) for lot in lots if lot.left > 0]


# What the documents say.


def _sheets(released: Sequence[Released]) -> list[_Lot]:
    """The pages of every document by their state; one that came twice counts once."""
    states = [_states(each) for each in released]
    best: dict[tuple[Series, int], tuple[int, int]] = {}
    for at, each in enumerate(released):
        for number, state in states[at].items():
            if (key := _bates_of(each, number)) is not None:
                rank = (_STATES.index(state), at)
                best[key] = min(best.get(key, rank), rank)
    lots = []
    for at, each in enumerate(released):
        counts = [
            number
            for number in states[at]
            if (key := _bates_of(each, number)) is None or best[key][1] == at
        ]
        for state in _STATES:
            numbers = [number for number in counts if states[at][number] is state]
            lots.append(_Lot(each.document_id, state, len(numbers), _codes(each, state), numbers))
    return lots


def _states(each: Released) -> dict[int, Bucket]:
    states = dict.fromkeys(range(1, len(each.labels) + 1), B.FULL)
    for mark in each.marks:
        state = _state(mark)
        if state is not None and mark.page in states and states[mark.page] is not B.WITHHELD:
            states[mark.page] = state
    return states


def _state(mark: Annotation) -> Bucket | None:
    """What a withholding makes of its own page."""
    return {Extent.AREA: B.PART, Extent.PAGE: B.WITHHELD}.get(mark.extent or Extent.AREA)


def _codes(each: Released, state: Bucket) -> tuple[str, ...]:
    marks = [mark for mark in each.marks if _state(mark) is state]
    return tuple(dict.fromkeys(code for mark in marks for code in mark.codes))


def _gaps(released: Sequence[Released]) -> list[_Lot]:
    """The pages that were marked as never delivered, each once, without those that came in another
    document."""
    came = Runs((series, value, value) for each in released for series, value in _printed(each))
    lots: list[_Lot] = []
    for each in released:
        told: Counter[int] = Counter()
        for mark in _ranges(each):
            lot = _gap(each, mark)
            if lot.first is None:  # it may mean the pages that other marks of this place name
                lot.pages = max(0, lot.pages - told[mark.page])
            told[mark.page] += lot.pages
            lots += _pieces(lot, came)
            if lot.first is not None:
                came.add(*_run_of(lot, lot.first))  # what another mark says of them is no more
    return lots


def _ranges(each: Released) -> list[Annotation]:
    """Marks with numbers and codes first: of two that mean one page, the one that says more
    counts."""
    marks = [mark for mark in each.marks if mark.extent is Extent.RANGE and mark.missing_count]
    return sorted(marks, key=lambda mark: (_first(mark) is None, not mark.codes))


def _gap(each: Released, mark: Annotation) -> _Lot:
    pages = mark.missing_count or 0
    return _Lot(each.document_id, None, pages, mark.codes, [mark.page], _first(mark))


def _run_of(gap: _Lot, first: Numbered) -> tuple[Series, int, int]:
    return _series(first, gap.document_id), first.value, first.value + gap.pages - 1


def _first(mark: Annotation) -> Numbered | None:
    """The number that a gap begins with, where it is known."""
    if (first := numbered(mark.missing_first)) is not None:
        return first
    last, count = numbered(mark.missing_last), mark.missing_count or 0
    if last is None or last.value < count:
        return None
    return numbered(last.at(last.value - count + 1))


# What the ledger says.


def _ledger(entries: Sequence[LedgerEntry], known: set[Series]) -> tuple[Runs, list[LedgerEntry]]:
    """The entries whose numbers can be compared with those ``known``, and the others."""
    runs: list[tuple[Series, int, int]] = []
    others = []
    for entry in entries:
        series, low, high = _run(entry, known)
        if series in known:
            runs.append((series, low, high))
        else:
            others.append(entry)
    return Runs(runs), others


def _run(entry: LedgerEntry, known: set[Series]) -> tuple[Series, int, int]:
    first = numbered(entry.first or entry.last)
    if first is None:
        return ("", "", ""), 0, 0
    counts = count_between(entry.first, entry.last) or entry.pages
    series = _series(first, entry.document_id or "")
    if series not in known and not (first.before or first.after):
        series = (_COUNTED, "", entry.document_id or "")
    low = first.value if entry.first else first.value - counts + 1
    return series, low, low + counts - 1


def _without(lot: _Lot, runs: Runs, labels: Sequence[str]) -> _Lot:
    """The lot without the pages that the ledger names."""
    left = []
    for number in lot.numbers:
        here = numbered(labels[number - 1])
        printed = here is not None and runs.holds(_series(here, lot.document_id), here.value)
        if not printed and not runs.holds((_COUNTED, "", lot.document_id), number):
            left.append(number)
    return _Lot(lot.document_id, lot.state, len(left), lot.codes, left)


def _pieces(gap: _Lot, runs: Runs) -> Iterator[_Lot]:
    """What of a gap lies outside ``runs``."""
    if gap.first is None:
        yield gap
        return
    for start, end in runs.outside(*_run_of(gap, gap.first)):
        first, pages = numbered(gap.first.at(start)), end - start + 1
        yield _Lot(gap.document_id, None, pages, gap.codes, gap.numbers, first)


def _count_off(entry: LedgerEntry, meant: Iterable[Bucket | None], lots: Sequence[_Lot]) -> None:
    """An entry without numbers stands for as many pages as it holds."""
    wanted = entry.pages
    for state in meant:
        for lot in lots:
            if lot.state is state:
                found = min(wanted, lot.left)
                lot.taken += found
                wanted -= found


# What is proposed.


def _proposal(lot: _Lot, labels: Sequence[str]) -> Proposal:
    """With numbers where they are a run; which pages it is stands in the note else."""
    first, last = _ends(lot, labels)
    told = "" if first or lot.taken else _told(lot)  # of some that are taken nobody knows which
    note = " · ".join(part for part in (told, ", ".join(lot.codes)) if part)
    return Proposal(lot.bucket, lot.left, lot.document_id, first, last, note)


def _ends(lot: _Lot, labels: Sequence[str]) -> tuple[str, str]:
    if lot.first is not None:
        ends = lot.first.at(lot.first.value), lot.first.at(lot.first.value + lot.pages - 1)
    elif lot.state is not None:
        ends = labels[lot.numbers[0] - 1], labels[lot.numbers[-1] - 1]
        if lot.numbers[-1] - lot.numbers[0] + 1 != lot.pages:
            return "", ""
    else:
        return "", ""
    return ends if not lot.taken and count_between(*ends) == lot.pages else ("", "")


def _told(lot: _Lot) -> str:
    if lot.state is None:
        return f"Never delivered, after page {lot.numbers[0]} of the document"
    which = written(lot.numbers)
    word = "Page" if lot.pages == 1 else "Pages"
    return f"{word} {which} of the document" if len(which) <= _LONGEST else ""


# Numbers.


def _series(number: Numbered, document_id: str) -> Series:
    own = "" if _BATES.search(number.before) else document_id
    return (number.before.casefold(), number.after.casefold(), own)


def _printed(each: Released) -> Iterator[tuple[Series, int]]:
    for label in each.labels:
        if (here := numbered(label)) is not None:
            yield _series(here, each.document_id), here.value


def _series_of(each: Released) -> Iterator[Series]:
    yield (_COUNTED, "", each.document_id)
    yield from {series for series, _value in _printed(each)}


def _bates_of(each: Released, number: int) -> tuple[Series, int] | None:
    here = numbered(each.labels[number - 1])
    if here is None or not _BATES.search(here.before):
        return None
    return _series(here, each.document_id), here.value
