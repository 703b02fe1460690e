"""What goes into a bundle, after everything protected has been left out. Plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from casefile.domain.annotations import Annotation
from casefile.domain.quotes import Quote


class Recipient(StrEnum):
    """For whom a bundle is made."""

    EDITOR = "editor"
    CHECKER = "checker"
    LAWYER = "lawyer"
    COURT = "court"
    OTHER_SIDE = "other-side"
    PUBLICATION = "publication"


#: Nothing goes to these before the leak check exists.
REFUSED_WITHOUT_LEAK_CHECK = frozenset({Recipient.OTHER_SIDE, Recipient.PUBLICATION})


@dataclass(frozen=True, slots=True)
class BundleDocument:
    """A document that goes out. ``path`` is where its copy lies in the bundle; ``labels`` gives a
    page's printed label where it differs from its number."""

    id: str
    title: str
    path: str
    sha256: str
    format: str
    provenance: str
    pages: int
    labels: Mapping[int, str]
    marks: tuple[Annotation, ...]
    tags: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def page_name(self, page: int) -> str:
        """``BER-000012 (12 of 30)``, or ``12 of 30`` where nothing else is printed."""
        label = self.labels.get(page, "")
        place = f"{page} of {self.pages}"
        return f"{label} ({place})" if label and label != str(page) else place


@dataclass(frozen=True, slots=True)
class BundleQuote:
    """A quote that goes out. ``speaker`` is a code name where the source is confidential;
    ``picture`` is where the picture of a quoted part of a page lies in the bundle, else empty."""

    quote: Quote
    speaker: str
    attribution: str
    document: BundleDocument | None
    picture: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many things of one kind stay behind, and why: ``reason`` is a code of the catalogue
    (``left_out.<reason>``)."""

    reason: str
    count: int


@dataclass(frozen=True, slots=True)
class BundleContents:
    """Everything that is written; ``made_on`` is an ISO date."""

    recipient: Recipient
    made_on: str
    documents: tuple[BundleDocument, ...]
    quotes: tuple[BundleQuote, ...]
    left_out: tuple[LeftOut, ...]
    protected: frozenset[str] = frozenset()
