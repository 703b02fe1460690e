"""What an import is asked for, tells while it runs, and reports when it is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Literal, TypeAlias

from casefile.domain.documents import Document, Provenance

OcrChoice: TypeAlias = Literal["auto", "off", "all"]


@dataclass(frozen=True, slots=True)
class ImportChoices:
    """Asked once per import. ``passwords`` are tried on every file that needs one."""

    provenance: Provenance = Provenance.RELEASED
    source_id: str | None = None
    request_id: str | None = None
    passwords: tuple[str, ...] = ()
    ocr: OcrChoice = "auto"

    def __repr__(self) -> str:
        return f"ImportChoices(provenance={self.provenance!r}, ocr={self.ocr!r})"


class FileState(StrEnum):
    """Where one file of an import stands."""

    QUEUED = "queued"
    READING = "reading"
    DONE = "done"
    DUPLICATE = "duplicate"
    KEPT = "kept"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class FileProgress:
    """News of one file. ``done`` and ``total`` count its pages (0 until they are known);
    ``reason`` is a sentence for ``kept`` and ``failed``, and says where the first copy is for
    ``duplicate``."""

    path: Path
    state: FileState
    done: int = 0
    total: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ImportedDocument:
    """``path`` is the file it came in; attachments share the path of their e-mail."""

    document: Document
    path: Path


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A file whose bytes are in the case already, as ``document_id``, called ``title``."""

    path: Path
    document_id: str
    title: str


@dataclass(frozen=True, slots=True)
class FailedFile:
    """A file that is not in the case. ``code`` names the reason (see the message catalogue),
    ``reason`` says it in a sentence."""

    path: Path
    code: str
    reason: str


@dataclass(slots=True)
class ImportReport:
    """``imported`` can be read; ``kept`` is stored and returnable but not readable yet.
    ``originals_left_in`` are the folders where the unencrypted originals still lie. ``unexpected``
    are bugs that single files brought to light, for a bug report; those files are in ``failed``."""

    imported: list[ImportedDocument] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)
    failed: list[FailedFile] = field(default_factory=list)
    kept: list[ImportedDocument] = field(default_factory=list)
    originals_left_in: list[Path] = field(default_factory=list)
    cancelled: bool = False
    unexpected: list[Exception] = field(default_factory=list)

    @property
    def all_in(self) -> list[ImportedDocument]:
        return self.imported + self.kept


OnFile: TypeAlias = Callable[[FileProgress], None]
