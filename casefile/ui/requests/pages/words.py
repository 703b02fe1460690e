"""The page ledger in words: its buckets, and whether the count comes out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from PySide6.QtCore import QLocale

from casefile.domain.page_counts import Proposal
from casefile.domain.requests import Bucket
from casefile.services.page_ledger import Proposed, Totals
from casefile.ui.models.words import counted
from casefile.ui.parts import ChipLook

#: The buckets, those that need attention first.
LOOKS: Mapping[Bucket, ChipLook] = {
    Bucket.MISSING: ChipLook("triangle-alert", "Missing", "danger"),
    Bucket.REFERRED: ChipLook("arrow-right", "Referred elsewhere", "warning"),
    Bucket.WITHHELD: ChipLook("eye-off", "Withheld in full", "text"),
    Bucket.PART: ChipLook("contrast", "Released in part", "text"),
    Bucket.FULL: ChipLook("circle-check", "Released in full", "verified"),
    Bucket.DUPLICATE: ChipLook("copy", "Duplicate", "muted"),
    Bucket.NON_RESPONSIVE: ChipLook("circle-slash", "Not responsive", "muted"),
}


def figure(number: int) -> str:
    """``1,204``."""
    return QLocale().toString(number)


def verdict(totals: Totals) -> ChipLook:
    """Whether every page that the letters speak of has its place, as a sentence with its shape."""
    missing = totals.by_bucket.get(Bucket.MISSING, 0)
    if not totals.promised:
        return ChipLook("file-question-mark", "The letters speak of no pages.", "muted")
    if totals.difference > 0:
        are = "is" if totals.difference == 1 else "are"
        promised = counted(totals.promised, "page")
        words = f"{figure(totals.difference)} of {promised} the letters speak of {are} nowhere"
        return ChipLook("triangle-alert", f"{words} in the ledger.", "danger")
    if totals.difference < 0:
        more = counted(-totals.difference, "page")
        words = f"The ledger holds {more} more than the letters speak of."
        return ChipLook("triangle-alert", words, "warning")
    if missing:
        words = f"Every promised page stands in the ledger, {figure(missing)} of them as missing."
        return ChipLook("triangle-alert", words, "warning")
    return ChipLook("circle-check", "Every promised page has its place.", "verified")


def counts(totals: Totals) -> str:
    """``22 pages in the ledger: 2 missing · 20 withheld in full``: what each bucket holds."""
    if not totals.accounted:
        return ""
    return f"{counted(totals.accounted, 'page')} in the ledger: {_by_bucket(totals.by_bucket)}"


def held(proposals: Iterable[Proposal]) -> str:
    """``6 released in full · 2 withheld in full``: what would be taken."""
    pages: Counter[Bucket] = Counter()
    for each in proposals:
        pages[each.bucket] += each.pages
    return _by_bucket(pages)


def is_letter(title: str) -> bool:
    """Whether a document calls itself a letter: those are no records, as a rule."""
    return "letter" in title.casefold()


def to_take(proposed: Proposed, titles: Mapping[str, str]) -> str:
    """What the released documents (their titles by id) say and the ledger does not."""
    records = [e for e in proposed.entries if not is_letter(titles.get(e.document_id, ""))]
    pages = sum(each.pages for each in records)
    are = "is" if pages == 1 else "are"
    told = f"{counted(pages, 'page')} of the released documents {are} not in the ledger."
    return " ".join(part for part in (told if pages else "", left_out(proposed)) if part)


def left_out(proposed: Proposed) -> str:
    """What cannot be counted."""
    gaps, documents = proposed.uncounted, proposed.unreadable
    parts = [
        f"{counted(gaps, 'marked gap')} without a count" if gaps else "",
        f"{counted(documents, 'document')} without readable pages" if documents else "",
    ]
    words = " and ".join(part for part in parts if part)
    return f"Not counted: {words}." if words else ""


def _by_bucket(pages: Mapping[Bucket, int]) -> str:
    return " · ".join(
        f"{figure(pages[bucket])} {look.word[:1].lower()}{look.word[1:]}"
        for bucket, look in LOOKS.items()
        if pages.get(bucket)
    )
