"""Copies of a case, and how they come back.

A backup that the reporter asks for is a whole case folder, encrypted like the case. Besides, the
case keeps a small copy of its store for each of the last days: what the reporter wrote and the rows
and keys of documents. What the small copy lacks, the texts of pages, is read again from the
documents when it is brought back.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from casefile.domain.documents import PageState
from casefile.domain.errors import UserError
from casefile.domain.progress import JobContext
from casefile.pdf.values import ExtractedPage
from casefile.security import header as headers
from casefile.security.keys import CaseKey
from casefile.security.wiping import wipe
from casefile.services.case import KeySource, open_unlocked, unlock
from casefile.store import backup as copies
from casefile.store import documents
from casefile.store.folder import CaseFolder

if TYPE_CHECKING:
    from casefile.services.case import Case
    from casefile.store.transaction import Transaction

_DAILY = re.compile(r"store-(\d{4}-\d{2}-\d{2})\.db")
_SLICE: Final = 8


@dataclass(frozen=True, slots=True)
class BackupReport:
    """``missing`` are ids of documents whose file was not there to copy, or whose text could not
    be read again."""

    path: Path
    documents: int
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OfferedBackup:
    """The newest sound daily copy of a case whose store is damaged. ``lacks`` counts the sealed
    files that were imported after it."""

    path: Path
    day: str
    documents: int
    lacks: int


def backup(case: Case, destination: Path, context: JobContext | None = None) -> BackupReport:
    """Copy the whole case, as it is at this moment, into an absent or empty folder; safe while it
    is being worked on. Raises ``UserError``: ``case.exists``, ``store.full`` and so on (no half
    copy is left then), and ``Cancelled``."""
    destination = _absolute(destination)
    if case.path in (destination, *destination.parents):
        raise UserError("backup.inside_case")
    copied = copies.copy_case(case.store, destination, context)
    return BackupReport(copied.path, copied.documents, copied.missing)


def daily(case: Case, day: date) -> Path | None:
    """Keep the small copy of ``day`` unless there is one already. To be called once the case is
    open, off the main thread. Returns its path, or None."""
    return copies.back_up(case.store, day.isoformat())


def restore(
    source: Path, destination: Path, key_source: KeySource, context: JobContext | None = None
) -> BackupReport:
    """Make a case at ``destination`` (absent or an empty folder) out of a backup: a whole copy, or
    one of a case's daily copies (``backups/store-<date>.db``), whose page texts are then read from
    the documents again. The backup stays as it is.

    Raises ``UserError``: ``case.not_found``, ``case.exists``, ``passphrase.wrong``, ``header.*``,
    ``store.damaged``, ``store.full``; and ``Cancelled``.
    """
    destination = _absolute(destination)
    is_daily = source.is_file() and _DAILY.fullmatch(source.name) is not None
    whole = CaseFolder.locate(source.parent.parent if is_daily else source)
    header = headers.read_header(whole.header_path)
    key = unlock(header, key_source)
    try:
        folder = copies.restore_case(whole.path, destination, context)
        if is_daily:
            _put_in_place(folder, folder.backups / source.name, key)
        case = open_unlocked(folder, header.case_id, key, writing=True)
    except BaseException:
        key.wipe()
        raise
    with case:
        missing = read_texts_again(case, context)
        return BackupReport(destination, len(documents.listing(case.reader())), missing)


def offered(path: Path, key_source: KeySource) -> OfferedBackup | None:
    """The newest sound daily copy of the case at ``path``, to be offered where its store is
    damaged. Raises as ``restore``."""
    where = CaseFolder.locate(path)
    key = unlock(headers.read_header(where.header_path), key_source)
    try:
        return _newest(where, key)
    finally:
        key.wipe()


def restore_daily(path: Path, key_source: KeySource, context: JobContext | None = None) -> Case:
    """Put the newest sound daily copy in the place of a damaged store, which is kept in
    ``backups/``, and open the case. The texts of its pages are read again first. Raises as
    ``restore``, and ``UserError("backup.none")``."""
    where = CaseFolder.locate(path)
    header = headers.read_header(where.header_path)
    key = unlock(header, key_source)
    try:
        _put_in_place(where, _required(_newest(where, key)).path, key)
        case = open_unlocked(where, header.case_id, key, writing=True)
    except BaseException:
        key.wipe()
        raise
    try:
        read_texts_again(case, context)
    except BaseException:
        case.close()
        raise
    return case


def read_texts_again(case: Case, context: JobContext | None = None) -> tuple[str, ...]:
    """Read the page texts that a daily copy lacks from the documents; can be cancelled and called
    again. Returns the ids of documents that could not be read."""
    context = context or JobContext()
    lost = documents.texts_lost(case.reader())
    unread = []
    for number, document_id in enumerate(lost):
        context.report(number, len(lost))
        try:
            _read_again(case, document_id, context)
        except UserError:
            unread.append(document_id)
    return tuple(unread)


def _read_again(case: Case, document_id: str, context: JobContext) -> None:
    count = documents.get(case.reader(), document_id).pages
    session = case.session(document_id)
    waiting: list[ExtractedPage] = []

    def work(tx: Transaction) -> None:
        for page in waiting:
            documents.set_page_text(
                tx,
                document_id,
                page.facts.number,
                page.text,
                ocr=False,
                state=PageState(page.state),
            )

    try:
        for page in session.extract(1, count):
            context.check()
            waiting.append(page)
            if len(waiting) >= _SLICE or page.facts.number == count:
                case.store.write(work, job=True)
                waiting = []
        case.store.write(lambda tx: documents.text_found(tx, document_id), job=True)
    finally:
        case.forget_session(document_id)


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow links


def _newest(where: CaseFolder, key: CaseKey) -> OfferedBackup | None:
    database = key.subkey(b"database")
    try:
        found = copies.newest_sound(where, database)
    finally:
        wipe(database)
    if found is None:
        return None
    return OfferedBackup(found.path, found.day, found.documents, found.lacks)


def _required(found: OfferedBackup | None) -> OfferedBackup:
    if found is None:
        raise UserError("backup.none")
    return found


def _put_in_place(where: CaseFolder, daily_copy: Path, key: CaseKey) -> None:
    database = key.subkey(b"database")
    try:
        copies.bring_back(where, daily_copy, database)
    finally:
        wipe(database)
