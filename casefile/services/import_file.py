"""Brings one file into the case, whole or not at all.

The bytes are hashed; content that is there already is a duplicate. Then they are sealed, and only
when the sealed file is safe on the disk a row tells of it, marked incomplete. What is not a PDF
gets its rendition, sealed beside it. Pages are read by a sandboxed process and written in slices.
One last transaction makes the document, its attachments and their entries in the custody log
visible together. Killed anywhere before that, nothing shows, and the next opening clears it away.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from casefile.domain.documents import Document, DocumentState, Page, PageState
from casefile.domain.errors import UserError
from casefile.domain.progress import JobContext
from casefile.pdf import kinds
from casefile.pdf.values import ExtractedPage
from casefile.services.import_pages import PageSlices
from casefile.services.import_source import PIECE, from_the_start, opened
from casefile.services.import_values import ImportChoices
from casefile.services.import_walk import unreadable
from casefile.services.leftovers import discard
from casefile.store import custody, documents, trash
from casefile.store.ids import new_id, now
from casefile.store.vault import VaultFile

if TYPE_CHECKING:
    from casefile.pdf.session import DocumentSession
    from casefile.services.case import Case
    from casefile.store.transaction import Transaction

#: Larger documents are kept, but not opened: SECURITY.md, "Hostile input".
LARGEST_SHOWN: Final = 1 << 30
#: E-mails within e-mails within mailboxes; deeper ones are kept as they are.
DEEPEST: Final = 6
#: Why a file that cannot be read is kept nevertheless. Anything else that is wrong with it keeps it
#: out, except an attachment.
_KEPT: Final = {
    "document.unsupported": "kept.unsupported",
    "page.undrawable": "kept.too_hard",
}
_KEPT_ATTACHMENT: Final = {
    **_KEPT,
    "document.needs_password": "kept.needs_password",
    "document.wrong_password": "kept.needs_password",
    "document.empty": "kept.empty",
}
#: How long a cancelled or failed import may tidy up before it leaves that to the next one.
_TIDY_SECONDS: Final = 0.4


@dataclass(slots=True)
class _Begun:
    """A document whose row is there but does not show yet."""

    id: str
    title: str
    values: dict[str, object]
    files: list[VaultFile] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """``documents`` are the file's own and its attachments, or none; then ``duplicate_of`` is the
    document that has the same content."""

    documents: tuple[Document, ...] = ()
    duplicate_of: Document | None = None


class FileImport:
    """One file's way into the case. Use it once, in a thread of its own; ``cancel`` from any."""

    def __init__(
        self,
        case: Case,
        choices: ImportChoices,
        context: JobContext,
        tell: Callable[[int, int], None],
    ) -> None:
        """``tell`` hears how many of how many pages are in."""
        self._case = case
        self._choices = choices
        self._context = context
        self._tell = tell
        self._begun: list[_Begun] = []
        self._session: DocumentSession | None = None

    def run(self, path: Path) -> FileOutcome:
        """Import ``path``. Raises ``UserError`` with the reason why it is not in the case, and
        ``Cancelled``; then nothing of it shows."""
        try:
            with opened(path) as source:
                length = os.fstat(source.fileno()).st_size
                if length == 0:
                    raise UserError("document.empty", name=path.name)
                sha256 = self._hash(source, length, path)
                with self._case.claims.claim(sha256):
                    self._context.check()
                    there = documents.by_hash(self._case.reader(), sha256)
                    if there is not None and there.deleted_at is not None:
                        there = None  # what is in the trash does not count
                    if there is not None and there.state != DocumentState.KEPT:
                        return FileOutcome(duplicate_of=there)
                    source.seek(0)
                    self._bring_in(source, length, sha256, path.name, parent_id=None, depth=0)
                    # What could not be read once may be readable now; if not, it is there already.
                    if there is not None and "kept_reason" in self._begun[0].values:
                        return FileOutcome(duplicate_of=there)
                    return FileOutcome(self._show(instead_of=there))
        except OSError as error:
            raise unreadable(path, error) from error
        finally:
            self._give_up()

    def cancel(self) -> None:
        """Wake the thread if it waits for a process."""
        session = self._session
        if session is not None:
            session.cancel()

    def _hash(self, source: BinaryIO, length: int, path: Path) -> str:
        digest, count = hashlib.sha256(), 0
        while piece := source.read(PIECE):
            digest.update(piece)
            count += len(piece)
            self._context.check()
        if count != length:
            raise UserError("document.changed_while_read", name=path.name)
        return digest.hexdigest()

    # One document ------------------------------------------------------------------------------

    def _bring_in(
        self,
        source: BinaryIO,
        length: int,
        sha256: str,
        name: str,
        *,
        parent_id: str | None,
        depth: int,
    ) -> None:
        """Seal, note, read; attachments too. An attachment that cannot be read is kept, because
        its e-mail would not be whole without it."""
        head = source.read(kinds.PROBE)
        kind = kinds.recognise(head, name)
        begun = self._begin(from_the_start(head, source), length, sha256, name, kind, parent_id)
        reason = self._unreadable_for_us(kind, length)
        if reason is not None:
            self._keep(begun, reason)
            return
        try:
            self._read(begun, kind, depth)
        except UserError as error:
            if error.code in _KEPT or parent_id is not None:
                self._keep(begun, _KEPT_ATTACHMENT.get(error.code, "kept.damaged"))
            else:
                raise

    def _unreadable_for_us(self, kind: str, length: int) -> str | None:
        if length > LARGEST_SHOWN:
            return "kept.too_large"
        if kind not in kinds.SHOWN_AS_IT_IS | kinds.RENDERED:
            return "kept.unsupported"
        return None

    def _begin(
        self,
        pieces: Iterator[bytes],
        length: int,
        sha256: str,
        name: str,
        kind: str,
        parent_id: str | None,
    ) -> _Begun:
        # What OCR is wanted for waits with the document for the queue that does it.
        begun = _Begun(new_id(), name, {"facts": {"ocr": self._choices.ocr}})
        file = self._case.vault.add(self._checked(pieces), begun.id, "original", length=length)
        begun.files.append(file)
        self._begun.append(begun)
        self._case.claims.begin(begun.id)
        if file.sha256 != sha256:
            raise UserError("document.changed_while_read", name=name)
        document = Document(
            id=begun.id, title=name, file_name=name, sha256=sha256, bytes=length, format=kind,
            provenance=self._choices.provenance, source_id=self._choices.source_id,
            request_id=self._choices.request_id, parent_id=parent_id, state=DocumentState.READY,
            kept_reason=None, pages=0, pages_with_text=0, pages_awaiting_ocr=0,
            has_rendition=False, added_at=now(), deleted_at=None,
        )  # fmt: skip

        def work(tx: Transaction) -> None:
            documents.begin_import(tx, document)
            documents.add_file(tx, file)

        self._case.store.write(work, job=True)
        return begun

    def _keep(self, begun: _Begun, reason: str) -> None:
        """Stored and returnable, but not readable yet."""
        begun.values |= {"state": str(DocumentState.KEPT), "kept_reason": reason}

    def _read(self, begun: _Begun, kind: str, depth: int) -> None:
        original = begun.files[0]
        if kind in kinds.SHOWN_AS_IT_IS:
            with self._worker(original, kind) as session:
                self._pages(begun, session, session.facts().pages)
            return
        with self._worker(original, kind) as session:
            if kind in kinds.MAIL:
                self._mail(begun, session, kind, depth)
            plain = bytearray().join(self._checked(session.convert()))
        rendition = self._case.vault.add(plain, begun.id, "rendition")
        begun.files.append(rendition)
        self._case.store.write(lambda tx: documents.add_file(tx, rendition), job=True)
        begun.values |= {"has_rendition": 1, "engine": self._case.workers.engine()}
        with self._worker(rendition, "pdf") as session:
            self._pages(begun, session, session.facts().pages)

    def _pages(self, begun: _Begun, session: DocumentSession, count: int) -> None:
        if count == 0:
            raise UserError("document.damaged_pdf", name=begun.title)
        slices = PageSlices(self._case.store, begun.id, lambda done: self._tell(done, count))
        self._tell(0, count)
        for page in session.extract(1, count):
            self._context.check()
            slices.add(_page_row(begun.id, page))
        slices.flush()

    def _mail(self, begun: _Begun, session: DocumentSession, kind: str, depth: int) -> None:
        """A message's subject is its title; attachments, or a mailbox's messages, become documents
        of their own, below it."""
        mail = session.mail()
        headers = dict(mail.headers)
        if kind == "eml" and headers.get("Subject", "").strip():
            begun.values["title"] = documents.storable(" ".join(headers["Subject"].split()))
        begun.values["facts"] = {"ocr": self._choices.ocr, "mail": headers}
        if depth >= DEEPEST:
            return
        for number, part in enumerate(mail.attachments):
            self._context.check()
            plain = bytearray().join(self._checked(session.attachment(number)))
            name = part.name or f"attachment {number + 1}"
            self._bring_in(
                io.BytesIO(plain), len(plain), hashlib.sha256(plain).hexdigest(), name,
                parent_id=begun.id, depth=depth + 1,
            )  # fmt: skip

    @contextlib.contextmanager
    def _worker(self, file: VaultFile, kind: str) -> Iterator[DocumentSession]:
        """A process for this document alone, opened with the password that fits."""
        outer = self._session
        session = None
        try:
            session = self._open(file, kind)
            yield session
        finally:
            self._session = outer
            if session is not None:
                session.close()

    def _open(self, file: VaultFile, kind: str) -> DocumentSession:
        """Without a password if that opens it, else with the first that fits."""
        sealed = self._case.vault.open(file)
        session = self._case.workers.open(
            sealed, kind=kind, announce=self._announce, background=True
        )
        if not session.facts().needs_password:
            return session
        session.close()
        for password in self._choices.passwords:
            try:
                session = self._case.workers.open(
                    sealed, password=password, kind=kind, announce=self._announce, background=True
                )
            except UserError as error:
                if error.code != "document.wrong_password":
                    raise
            else:
                self._begun[-1].values["password"] = password
                return session
        tried = "document.wrong_password" if self._choices.passwords else "document.needs_password"
        raise UserError(tried)

    def _announce(self, session: DocumentSession) -> None:
        """From here on ``cancel`` reaches the process; a cancel that came before is met here."""
        self._session = session
        self._context.check()

    def _checked(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            self._context.check()
            yield piece

    # The end ------------------------------------------------------------------------------------

    def _show(self, instead_of: Document | None) -> tuple[Document, ...]:
        """The one moment at which the file's documents come into being; the one that they replace
        goes to the trash."""
        begun = list(self._begun)
        key = self._case.store.custody_key

        def work(tx: Transaction) -> list[Document]:
            shown = []
            for each in begun:
                document = documents.finish_import(tx, each.id, **each.values)
                custody.append(tx, key, "document.imported", {
                    "document": document.id, "sha256": document.sha256, "bytes": document.bytes,
                    "format": document.format, "provenance": str(document.provenance),
                    "parent": document.parent_id,
                })  # fmt: skip
                shown.append(document)
            if instead_of is not None:
                trash.delete(tx, "document", [instead_of.id], now())
            return shown

        shown = self._case.store.write(work, job=True)
        for each in begun:
            self._case.claims.end(each.id)
        self._begun.clear()
        return tuple(shown)

    def _give_up(self) -> None:
        """Clear away what does not show, attachments before their e-mail; what takes too long, or
        cannot be done on a full disk, is left to the next import or opening."""
        until = time.monotonic() + _TIDY_SECONDS
        for begun in reversed(self._begun):
            try:
                gone = discard(self._case, begun.id, until)
            except UserError:
                gone = False
            if gone:
                for file in begun.files:
                    with contextlib.suppress(OSError):
                        self._case.vault.remove(file)
            self._case.claims.end(begun.id)
        self._begun.clear()


def _page_row(document_id: str, page: ExtractedPage) -> Page:
    facts = page.facts
    return Page(
        document_id, facts.number, facts.label, facts.width, facts.height, page.text,
        ocr=False, state=PageState(page.state),
    )  # fmt: skip
