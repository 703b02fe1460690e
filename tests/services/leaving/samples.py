"""Things that go into bundles, made by hand."""

from __future__ import annotations

from casefile.domain.annotations import Annotation, AnnotationKind
from casefile.domain.people import Terms
from casefile.domain.quotes import Quote, QuoteState
from casefile.services.leaving.contents import (
    BundleContents,
    BundleDocument,
    BundleQuote,
    Recipient,
)

TIME = "2026-11-22T10:00:00Z"


def mark(text: str = "words", comment: str = "", page: int = 2, colour: str = "pink") -> Annotation:
    return Annotation(
        "a" * 16, "d" * 16, page, AnnotationKind.HIGHLIGHT, colour, text, comment,
        (), "", "", (), TIME, TIME, None,
    )  # fmt: skip


def document(title: str = "Letter", marks: tuple[Annotation, ...] = ()) -> BundleDocument:
    return BundleDocument(
        "d" * 16, title, "data/documents/001 Letter.pdf", "0" * 64, "pdf", "released", 3,
        {1: "BER-000001", 2: "BER-000002"}, marks,
    )  # fmt: skip


def quote(
    text: str = "words", speaker: str = "HERON", page: int | None = None,
    of: BundleDocument | None = None,
) -> BundleQuote:  # fmt: skip
    return BundleQuote(
        Quote(
            "f" * 16, text, "5" * 16, of.id if of else None, page, None, (), "", "",
            None if of else "2026-11-09", Terms.BACKGROUND, None, QuoteState.VERIFIED, "", TIME,
            TIME, None,
        ),
        speaker,
        "a former official",
        of,
    )  # fmt: skip


def contents(*documents: BundleDocument, quotes: tuple[BundleQuote, ...] = ()) -> BundleContents:
    return BundleContents(Recipient.EDITOR, "2026-11-22", documents, quotes, ())
