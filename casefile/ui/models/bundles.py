"""Bundles that left the case, as its custody log has them."""

from __future__ import annotations

from dataclasses import dataclass

from casefile.services.leaving.contents import Recipient
from casefile.ui.models.columns import Column
from casefile.ui.models.words import day, long_day, visible

#: Whom a bundle can be for, with what that means.
RECIPIENTS: tuple[tuple[Recipient, str], ...] = (
    (Recipient.EDITOR, "Editor"),
    (Recipient.CHECKER, "Fact-checker"),
    (Recipient.LAWYER, "Lawyer"),
    (Recipient.COURT, "Court"),
    (Recipient.PUBLICATION, "Publication"),
    (Recipient.OTHER_SIDE, "The other side"),
)


def recipient_words(code: str | None) -> str:
    """``Fact-checker``."""
    for recipient, words in RECIPIENTS:
        if recipient.value == code:
            return words
    return visible(code or "")


@dataclass(frozen=True, slots=True)
class BundleEntry:
    """``name`` is what the file or folder was called, not where it lies."""

    at: str
    recipient: str
    name: str
    documents: int

    @property
    def key(self) -> str:
        return f"{self.at} {self.name}"


COLUMNS: tuple[Column[BundleEntry], ...] = (
    Column("Bundle", lambda e: visible(e.name), icon=lambda _entry: "package"),
    Column("For", lambda e: e.recipient, sample="Fact-checker ----"),
    Column(
        "Documents",
        lambda e: str(e.documents),
        sort=lambda e: e.documents,
        right=True,
        sample="Documents",
        gives_way=1,
    ),
    Column(
        "Made",
        lambda e: day(e.at),
        spoken=lambda e: long_day(e.at),
        sort=lambda e: e.at,
        sample="Wed 30 Nov 2026",
    ),
)

MADE = len(COLUMNS) - 1
