"""The documents of a case as a tree: attachments stand under the e-mail they came with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from casefile.domain.annotations import AnnotationKind
from casefile.domain.documents import Document, DocumentState, Provenance
from casefile.ui.models.columns import Column
from casefile.ui.models.tree import Node
from casefile.ui.models.words import (
    PROVENANCES,
    came_from,
    counted,
    day,
    document_note,
    long_day,
    short_day,
    visible,
)


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """A document and what the case has made of it. Labels are safe to show: a confidential source
    is its code name. ``same_as`` is the title of an earlier document with the same bytes, ``kinds``
    are those of its marks."""

    document: Document
    marks: int = 0
    quotes: int = 0
    pages_read: int = 0
    tags: tuple[str, ...] = ()
    source_label: str = ""
    request_label: str = ""
    parent_title: str = ""
    same_as: str = ""
    kinds: frozenset[str] = frozenset()

    @property
    def id(self) -> str:
        return self.document.id

    @property
    def note(self) -> str:
        """What stands behind the title: kept, awaiting OCR, the same file as another."""
        words = [document_note(self.document)]
        if self.same_as:
            words.append(f"same file as {visible(self.same_as)}")
        return " · ".join(word for word in words if word)

    @property
    def read_share(self) -> float:
        """Between 0 and 1."""
        pages = self.document.pages
        return min(1.0, self.pages_read / pages) if pages else 0.0


@dataclass(frozen=True, slots=True)
class DocumentQuestion:
    """What the filter asks for; every field that is set must hold."""

    words: str = ""
    provenance: Provenance | None = None
    tag: str | None = None
    has_quotes: bool = False
    has_marks: bool = False
    awaiting_ocr: bool = False
    kept: bool = False
    unread: bool = False
    withheld: bool = False
    redacted: bool = False

    @property
    def empty(self) -> bool:
        return self == DocumentQuestion()

    def holds(self, entry: DocumentEntry) -> bool:
        document = entry.document
        return (
            (self.provenance is None or document.provenance == self.provenance)
            and (self.tag is None or self.tag in entry.tags)
            and (not self.has_quotes or entry.quotes > 0)
            and (not self.has_marks or entry.marks > 0)
            and (not self.awaiting_ocr or document.pages_awaiting_ocr > 0)
            and (not self.kept or document.state == DocumentState.KEPT)
            and (not self.unread or entry.pages_read < max(1, document.pages))
            and (not self.withheld or AnnotationKind.WITHHOLDING in entry.kinds)
            and (not self.redacted or AnnotationKind.REDACTION in entry.kinds)
            and self._has_words(entry)
        )

    def _has_words(self, entry: DocumentEntry) -> bool:
        where = " ".join(
            (
                entry.document.title,
                entry.document.file_name,
                came_from(entry.document, entry.source_label, entry.request_label),
                *entry.tags,
            )
        ).casefold()
        return all(word in where for word in self.words.casefold().split())


def _title(entry: DocumentEntry) -> str:
    note = f"  — {entry.note}" if entry.note else ""
    tags = "".join(f"  #{tag}" for tag in entry.tags)
    return f"{visible(entry.document.title)}{note}{tags}"


def _spoken_title(entry: DocumentEntry) -> str:
    parts = [visible(entry.document.title)]
    if entry.parent_title:
        parts.append(f"attached to {visible(entry.parent_title)}")
    if entry.note:
        parts.append(entry.note)
    if entry.tags:
        parts.append("tagged " + ", ".join(entry.tags))
    return ", ".join(parts)


def _tip(entry: DocumentEntry) -> str:
    lines = [_spoken_title(entry), visible(entry.document.file_name)]
    return "\n".join(dict.fromkeys(lines))


def _read(entry: DocumentEntry) -> str:
    if not entry.document.pages or not entry.pages_read:
        return "—"
    return f"{max(1, round(entry.read_share * 100))} %"


def _icon(entry: DocumentEntry) -> str:
    if entry.document.state == DocumentState.KEPT:
        return "file-question-mark"
    return "mail" if entry.document.format in ("eml", "mbox", "msg") else "file-text"


def _from(entry: DocumentEntry) -> str:
    return came_from(entry.document, entry.source_label, entry.request_label)


COLUMNS: tuple[Column[DocumentEntry], ...] = (
    Column(
        "Title",
        _title,
        spoken=_spoken_title,
        sort=lambda e: e.document.title.casefold(),
        tip=_tip,
        icon=_icon,
        tone=lambda e: "muted" if e.document.state == DocumentState.KEPT else None,
    ),
    Column(
        "Pages",
        lambda e: str(e.document.pages) if e.document.pages else "—",
        spoken=lambda e: counted(e.document.pages, "page") if e.document.pages else "none",
        sort=lambda e: e.document.pages,
        right=True,
        sample="Pages",
    ),
    Column(
        "Read",
        _read,
        spoken=lambda e: f"{round(e.read_share * 100)} percent",
        tip=lambda e: f"{entry_read(e)} read",
        sort=lambda e: e.read_share,
        right=True,
        sample="100 %",
        gives_way=3,
    ),
    Column(
        "Marks",
        lambda e: str(e.marks),
        sort=lambda e: e.marks,
        right=True,
        sample="Marks",
        gives_way=2,
    ),
    Column(
        "Quotes",
        lambda e: str(e.quotes),
        sort=lambda e: e.quotes,
        right=True,
        sample="Quotes",
        gives_way=4,
    ),
    Column(
        "From",
        _from,
        sort=lambda e: _from(e).casefold(),
        sample="Released · EPA R9 #2291",
        gives_way=5,
    ),
    Column(
        "Added",
        lambda e: short_day(e.document.added_at),
        spoken=lambda e: long_day(e.document.added_at),
        tip=lambda e: day(e.document.added_at),
        sort=lambda e: e.document.added_at,
        sample="30 Nov",
        gives_way=1,
    ),
)

#: Where a new list starts: what came last stands on top.
ADDED = len(COLUMNS) - 1


def entry_read(entry: DocumentEntry) -> str:
    """``12 of 412 pages``."""
    return (
        f"{min(entry.pages_read, entry.document.pages)} of {counted(entry.document.pages, 'page')}"
    )


def as_tree(entries: Iterable[DocumentEntry]) -> list[Node[DocumentEntry]]:
    """Entries with attachments under their parents. An attachment whose parent is not there (in the
    trash, say) stands by itself, so that no document is ever out of sight."""
    every = list(entries)
    ids = {entry.id for entry in every}
    under: dict[str | None, list[DocumentEntry]] = defaultdict(list)
    for entry in every:
        parent = entry.document.parent_id
        under[parent if parent in ids else None].append(entry)

    def grow(entry: DocumentEntry, above: frozenset[str]) -> Node[DocumentEntry]:
        inside = above | {entry.id}
        below = (child for child in under[entry.id] if child.id not in inside)
        return Node(entry.id, entry, tuple(grow(child, inside) for child in below))

    return [grow(entry, frozenset()) for entry in under[None]]


def provenance_choices() -> list[tuple[str, Provenance]]:
    return [(word, provenance) for provenance, word in PROVENANCES.items()]
