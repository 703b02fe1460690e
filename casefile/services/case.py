"""A case while it is open: made, opened, looked at from outside, closed."""

from __future__ import annotations

import contextlib
import secrets
import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeAlias

from casefile.domain.documents import DocumentState
from casefile.domain.errors import UserError
from casefile.security import header as headers
from casefile.security import kdf, slots
from casefile.security.header import CaseHeader
from casefile.security.kdf import KdfCost
from casefile.security.keys import CaseKey
from casefile.security.wiping import wipe
from casefile.services.claims import Claims
from casefile.services.leftovers import discard_leftovers
from casefile.services.sessions import Sessions
from casefile.store import custody, documents, folder, settings
from casefile.store.folder import CaseFolder
from casefile.store.store import Store
from casefile.store.tidying import tidy
from casefile.store.vault import Vault

if TYPE_CHECKING:
    from casefile.pdf.session import DocumentSession
    from casefile.pdf.workers import PdfWorkers
    from casefile.store.reader import Reader

_NAME_KEY = "case.name"


@dataclass(frozen=True, slots=True)
class Passphrase:
    """Opens a case by what the reporter types."""

    text: str

    def __repr__(self) -> str:
        return "Passphrase()"


@dataclass(frozen=True, slots=True)
class RecoveryCode:
    """Opens a case by its printed recovery code."""

    code: str

    def __repr__(self) -> str:
        return "RecoveryCode()"


@dataclass(frozen=True, slots=True)
class OsKeyring:
    """Opens a case by what this computer remembers."""


KeySource: TypeAlias = Passphrase | RecoveryCode | OsKeyring


@dataclass(frozen=True, slots=True)
class CasePeek:
    """What anyone who holds the folder can see."""

    folder: Path
    folder_name: str
    has_keyring: bool
    has_recovery: bool
    format_version: int


class Case:
    """An open case. Every part may be used from any thread.

    ``store`` and ``vault`` are the sealed store and document files; services use them, screens do
    not. Close it: that ends its processes and wipes its keys.
    """

    def __init__(
        self,
        where: CaseFolder,
        case_id: str,
        key: CaseKey,
        store: Store,
        workers: PdfWorkers | None = None,
    ) -> None:
        """Takes ``key``, ``store`` and ``workers`` over."""
        self.folder = where
        self.id = case_id
        self.key = key
        self.store = store
        self.claims = Claims()
        wrapping = key.subkey(b"documents")
        self.vault = Vault(where, wrapping)
        wipe(wrapping)
        self._workers = workers
        self._lock = threading.Lock()
        self._closed = False
        self._sessions = Sessions(self._open_session)

    @property
    def path(self) -> Path:
        return self.folder.path

    @property
    def read_only(self) -> bool:
        return self.store.read_only

    @property
    def closed(self) -> bool:
        return self._closed

    @property
    def name(self) -> str:
        """The case's real name; outside the store only the folder's name is known."""
        name = settings.read(self.reader(), _NAME_KEY)
        return name if isinstance(name, str) and name else self.path.name

    def rename(self, name: str) -> None:
        """Give the case another real name; the folder keeps its own."""
        self.store.write(lambda tx: settings.put(tx, _NAME_KEY, name.strip()))

    def reader(self) -> Reader:
        """The calling thread's query-only view of the store."""
        return self.store.reader()

    @property
    def workers(self) -> PdfWorkers:
        """Where documents are parsed; started when first needed."""
        from casefile.pdf.workers import PdfWorkers

        with self._lock:
            if self._closed:
                raise UserError("case.closed")
            if self._workers is None:
                self._workers = PdfWorkers()
            return self._workers

    def session(self, document_id: str, password: str | None = None) -> DocumentSession:
        """The open document, as it is shown: the original PDF, or the pinned rendition of anything
        else. Opened when needed, shared, and closed when too many are open: ask for it each time.

        Raises ``UserError``: ``document.not_found``, ``document.kept`` (nothing to show yet),
        ``document.needs_password``, ``document.wrong_password``, ``document.damaged``.
        """
        return self._sessions.get(document_id, password)

    def forget_session(self, document_id: str) -> None:
        """End the document's process: its last view was closed."""
        self._sessions.forget(document_id)

    def require_writing(self) -> None:
        """Raise ``UserError("case.read_only")`` where nothing can be changed."""
        if self.read_only:
            raise UserError("case.read_only")

    def close(self) -> None:
        """End every process, close the store, wipe the keys. Harmless when done twice."""
        with self._lock:
            first, self._closed = not self._closed, True
            workers, self._workers = self._workers, None
        if not first:
            return
        try:
            self._sessions.close()
            if workers is not None:
                workers.close()
            self.store.close()
        finally:
            self.vault.close()
            self.key.wipe()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _open_session(self, document_id: str, password: str | None) -> DocumentSession:
        reader = self.reader()
        document = documents.get(reader, document_id)
        if document.state == DocumentState.KEPT:
            raise UserError("document.kept", title=document.title)
        file = documents.shown_file(reader, document_id)
        if password is None:
            password = documents.password(reader, document_id)
        session = self.workers.open(self.vault.open(file), password=password, kind="pdf")
        if session.facts().needs_password:
            session.close()
            raise UserError("document.needs_password", name=document.title)
        return session


def create_case(
    path: Path,
    passphrase: str,
    name: str | None = None,
    cost: KdfCost | None = None,
    workers: PdfWorkers | None = None,
) -> Case:
    """Make an encrypted case in an absent or empty folder and open it. ``name`` is kept inside the
    encrypted store alone. Takes a second (the key derivation). The case takes over ``workers``
    that were started early, as ``open_case`` does.

    Raises ``UserError``: ``case.exists``, ``case.cannot_create``, ``store.full`` and those of an
    unfit passphrase; then nothing is left behind.
    """
    existed = path.exists()
    header, key = slots.new_header(secrets.token_hex(16), passphrase, cost or kdf.calibrate)
    where = None
    try:
        where = CaseFolder.create(path)
        store = _with_keys(key, lambda database, log: Store.create(where, database, log))
        case = Case(where, header.case_id, key, store, workers)
        try:
            case.store.write(lambda tx: settings.put(tx, _NAME_KEY, (name or "").strip()))
            case.store.write(lambda tx: custody.append(tx, store.custody_key, "case.made", {}))
            headers.write_header(where.header_path, header)
        except BaseException:
            case.close()
            raise
    except BaseException:
        key.wipe()
        if where is not None:
            _clear_away(where.path, keep_folder=existed)
        raise
    return case


def open_case(
    path: Path, source: KeySource, writing: bool = True, workers: PdfWorkers | None = None
) -> Case:
    """Open the case at ``path`` (its folder or the ``case.casefile`` in it). With ``writing`` no
    other process may have it open for writing; on a disk that cannot be written it opens
    ``read_only``. What a killed import left behind is removed. ``workers`` started before (that
    takes a second, during which the key is derived) are the case's from then on; where it does not
    open they are still the caller's.

    Raises ``UserError``: ``case.not_found``, ``case.open_elsewhere``, ``header.*``,
    ``passphrase.wrong``, ``recovery.*``, ``keyring.*``, ``store.damaged``, ``store.missing``,
    ``store.newer_version``.
    """
    where = CaseFolder.locate(path)
    header = headers.read_header(where.header_path)
    key = unlock(header, source)
    try:
        return open_unlocked(where, header.case_id, key, writing=writing, workers=workers)
    except BaseException:
        key.wipe()
        raise


def open_unlocked(
    where: CaseFolder,
    case_id: str,
    key: CaseKey,
    *,
    writing: bool,
    workers: PdfWorkers | None = None,
) -> Case:
    """Open a case whose key is known; the case takes ``key`` over. Raises as ``open_case``."""
    store = _with_keys(key, lambda database, log: Store.open(where, database, log, writing=writing))
    case = Case(where, case_id, key, store, workers)
    try:
        if not case.read_only:
            # On a full or damaged disk the case still opens; the next opening tries again.
            with contextlib.suppress(UserError, OSError):
                discard_leftovers(case)
                tidy(store, case.vault)
            # An older copy would still open with an older passphrase.
            with contextlib.suppress(UserError, OSError):
                headers.refresh_copy(where.header_path)
    except BaseException:
        case.close()
        raise
    return case


def unlock(header: CaseHeader, source: KeySource) -> CaseKey:
    """The case key; costs the full key derivation for a passphrase, right or wrong."""
    from casefile.services.keys import unlock_from_keyring

    match source:
        case Passphrase(text):
            return slots.unlock_with_passphrase(header, text)
        case RecoveryCode(code):
            return slots.unlock_with_recovery(header, code)
        case OsKeyring():
            return unlock_from_keyring(header)


def peek(path: Path) -> CasePeek:
    """What can be told of a case before it is unlocked. Raises ``UserError``: ``case.not_found``
    and ``header.*``."""
    where = CaseFolder.locate(path)
    header = headers.read_header(where.header_path)
    return CasePeek(
        where.path,
        where.path.name,
        bool(header.of_kind("keyring")),
        bool(header.of_kind("recovery")),
        header.format_version,
    )


def header_copy_offered(path: Path) -> bool:
    """Whether a sound copy of a damaged or lost ``case.casefile`` lies in ``backups/``."""
    return headers.read_copy(CaseFolder.locate(path).header_path) is not None


def restore_header(path: Path) -> None:
    """Put that copy in its place; the damaged file is kept beside it. Raises
    ``UserError("header.no_copy")``."""
    headers.restore_copy(CaseFolder.locate(path).header_path)


def suggested_folder_name(today: date, parent: Path) -> str:
    """A name that tells nothing about the case: ``Case 2026-11``, or with a number where that is
    taken."""
    plain = f"Case {today:%Y-%m}"
    name, number = plain, 1
    while (parent / name).exists():
        number += 1
        name = f"{plain} ({number})"
    return name


def folder_warnings(path: Path) -> list[str]:
    """Codes of what speaks against keeping a case at ``path``: it is copied to other computers
    (``folder.synced.*``) or lies on a network (``folder.network``)."""
    return folder.warnings(path)


def _with_keys(key: CaseKey, make: Callable[[bytearray, bytearray], Store]) -> Store:
    """Hand the store its keys (it copies them) and wipe ours."""
    database, log = key.subkey(b"database"), key.subkey(b"custody")
    try:
        return make(database, log)
    finally:
        wipe(database, log)


def _clear_away(path: Path, *, keep_folder: bool) -> None:
    """A case that could not be made leaves nothing that looks like one."""
    shutil.rmtree(path, ignore_errors=True)
    if keep_folder:
        path.mkdir(exist_ok=True)
