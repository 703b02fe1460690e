"""The page ledger in words: its buckets, and whether the count comes out."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QLocale

from casefile.domain.requests import Bucket
from casefile.services.page_ledger import Totals
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
        are = "is" if missing == 1 else "are"
        words = f"Every promised page has its place, but {figure(missing)} of them {are} missing."
        return ChipLook("triangle-alert", words, "warning")
    return ChipLook("circle-check", "Every promised page has its place.", "verified")


def counts(totals: Totals) -> str:
    """``2 missing · 20 withheld in full``: how many pages each bucket holds."""
    if not totals.accounted:
        return ""
    held = [
        f"{figure(totals.by_bucket[bucket])} {look.word[:1].lower()}{look.word[1:]}"
        for bucket, look in LOOKS.items()
        if totals.by_bucket.get(bucket)
    ]
    return f"{counted(totals.accounted, 'page')} in the ledger: {' · '.join(held)}"
