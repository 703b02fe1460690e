"""Gives a document's original back, byte for byte."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from casefile.domain.errors import UserError
from casefile.services.leaving import door
from casefile.store import documents

if TYPE_CHECKING:
    from casefile.services.case import Case


@dataclass(frozen=True, slots=True)
class OriginalReport:
    path: Path
    sha256: str


def write_original(
    case: Case, document_id: str, out: Path, *, force: bool = False
) -> OriginalReport:
    """Write the original's bytes to ``out``, checked against the hash they came in with.

    Raises ``UserError``: ``document.not_found``, ``document.damaged``,
    ``leaving.original_changed``, ``leaving.*``; nothing is left at ``out`` then.
    """
    reader = case.reader()
    document = documents.get(reader, document_id)
    file = documents.file(reader, document_id, "original")
    if file is None:
        raise UserError("document.file_missing", id=document_id)

    def write(target: BinaryIO) -> None:
        digest = hashlib.sha256()
        for chunk in case.vault.read(file):
            digest.update(chunk)
            target.write(chunk)
        if digest.hexdigest() != document.sha256:
            raise UserError("leaving.original_changed")

    path = door.leave_file(
        case, door.Departure("original", (document_id,)), out, write, force=force
    )
    return OriginalReport(path, document.sha256)
