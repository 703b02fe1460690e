"""Reads the words of pages that are pictures: a queue that survives everything, two pages at a
time, the page in view first.

The queue is in the store: whatever was not read waits. A run goes through it until it is empty or
was cancelled; what is finished stays. A page that cannot be read is noted with its reason, leaves
the queue until somebody tries it again, and never stops the others.
"""

from __future__ import annotations

import contextlib
import threading
from collections import Counter, deque
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from casefile.domain.errors import Cancelled, UserError
from casefile.domain.progress import JobContext
from casefile.pdf import languages as models
from casefile.services.ocr import count_waiting, failed, reason_words, waits
from casefile.store import custody, documents
from casefile.store import ocr as rows
from casefile.store.ocr import FailedPage, WaitingPage

if TYPE_CHECKING:
    from casefile.domain.recognised import RecognisedPage
    from casefile.pdf.session import DocumentSession
    from casefile.services.case import Case
    from casefile.store.transaction import Transaction

#: A reporter's laptop has two cores.
AT_ONCE: Final = 2
#: How many waiting pages are looked up at once.
_BATCH: Final = 256
#: After these the next page would meet the same fate.
_STOPS: Final = {
    "store.full", "store.unreachable", "store.damaged", "case.read_only", "case.closed",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PageRead:
    """News of a run: a page that was begun, or is ``over``; ``done`` of ``total`` pages so far."""

    document_id: str
    title: str
    page: int
    over: bool
    done: int
    total: int


@dataclass(slots=True)
class OcrReport:
    """``done`` pages were read now. ``failed`` are the pages of the documents asked for that could
    not be read, now or before; page 0 stands for a document that did not open."""

    done: int = 0
    waiting: int = 0
    failed: list[FailedPage] = field(default_factory=list)
    cancelled: bool = False


class OcrRun:
    """One run through the queue, once. ``run`` blocks; ``first`` may be called from any thread."""

    def __init__(
        self,
        case: Case,
        context: JobContext | None = None,
        on_page: Callable[[PageRead], None] | None = None,
        only: Collection[str] | None = None,
    ) -> None:
        """``on_page`` hears of each page, from several threads; ``only`` names documents."""
        self._case = case
        self._context = context or JobContext()
        self._on_page = on_page or _nobody
        self._only = None if only is None else frozenset(only)
        self._lock = threading.Lock()
        self._queue: deque[WaitingPage] = deque()
        self._urgent: deque[tuple[str, int]] = deque()
        self._under_way: set[tuple[str, int]] = set()
        self._sessions: set[DocumentSession] = set()
        self._closed_documents: dict[str, str] = {}
        self._read: Counter[str] = Counter()
        self._done = self._total = 0
        self._stopped: BaseException | None = None

    def first(self, document_id: str, page: int) -> None:
        """Read this page next: somebody looks at it."""
        with self._lock:
            if (document_id, page) not in self._urgent:
                self._urgent.appendleft((document_id, page))
            while len(self._urgent) > 8:
                self._urgent.pop()

    def run(self) -> OcrReport:
        """Read until nothing waits or the context was cancelled: what is finished stays. Raises
        ``UserError`` where nothing can be written."""
        self._case.require_writing()
        self._total = count_waiting(self._case, self._only)
        self._context.on_cancel(self._cancel)
        threads = [
            threading.Thread(target=self._work, name=f"casefile-ocr-{n}")
            for n in range(min(AT_ONCE, self._total))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with contextlib.suppress(UserError):
            self._log()
        if self._stopped is not None:
            raise self._stopped
        return OcrReport(
            self._read.total(),
            count_waiting(self._case, self._only),
            failed(self._case, self._only) + self._never_opened(),
            self._context.cancelled,
        )

    def _work(self) -> None:
        """One thread: the pages of a document share a process until another document's turn."""
        session: DocumentSession | None = None
        opened = ""
        try:
            while (page := self._next(opened)) is not None:
                if page.document_id != opened:
                    self._end(session)
                    session, opened = None, page.document_id
                session = session or self._open(opened)
                if session is not None:
                    self._one(session, page)
        except Cancelled:
            pass
        except BaseException as error:  # noqa: BLE001 - raised again by the thread that waits
            self._stopped = error
        finally:
            self._end(session)

    def _next(self, opened: str) -> WaitingPage | None:
        """What somebody looks at, else the next page of the same document, else any."""
        with self._lock:
            if self._context.cancelled or self._stopped is not None:
                return None
            urgent = self._take_urgent()
            if urgent is not None:
                return self._take(urgent)
            if not self._queue:
                self._fill()
            if not self._queue:
                return None
            same = (page for page in self._queue if page.document_id == opened)
            page = next(same, self._queue[0])
            self._queue.remove(page)
            return self._take(page)

    def _take(self, page: WaitingPage) -> WaitingPage:
        self._under_way.add((page.document_id, page.page))
        return page

    def _take_urgent(self) -> WaitingPage | None:
        while self._urgent:
            document_id, number = self._urgent.popleft()
            if (document_id, number) in self._under_way or document_id in self._closed_documents:
                continue
            if self._only is not None and document_id not in self._only:
                continue
            for page in self._queue:
                if (page.document_id, page.page) == (document_id, number):
                    self._queue.remove(page)
                    return page
            if waits(self._case, document_id, number):
                document = documents.get(self._case.reader(), document_id)
                listed = documents.ocr_languages(self._case.reader(), document_id)
                return WaitingPage(document_id, number, document.title, listed)
        return None

    def _fill(self) -> None:
        asked = _BATCH + len(self._under_way)
        asked += sum(
            documents.get(self._case.reader(), one).pages for one in self._closed_documents
        )
        self._queue.extend(
            page
            for page in rows.waiting(self._case.reader(), self._only, limit=asked)
            if (page.document_id, page.page) not in self._under_way
            and page.document_id not in self._closed_documents
        )

    def _open(self, document_id: str) -> DocumentSession | None:
        """A process for this thread alone, which gives way to reading and editing; None where the
        document does not open: its pages wait on, and the report says why."""
        case, reader = self._case, self._case.reader()
        try:
            session = case.workers.open(
                case.vault.open(documents.shown_file(reader, document_id)),
                password=documents.password(reader, document_id),
                announce=self._announce,
                background=True,
            )
        except (UserError, OSError) as error:
            self._context.check()
            code = error.code if isinstance(error, UserError) else "document.damaged"
            if code in _STOPS:
                raise
            self._close_document(document_id, code)
            return None
        if session.facts().needs_password:
            self._end(session)
            self._close_document(document_id, "document.needs_password")
            return None
        return session

    def _close_document(self, document_id: str, code: str) -> None:
        with self._lock:
            self._closed_documents[document_id] = code
            self._queue = deque(p for p in self._queue if p.document_id != document_id)
            self._under_way = {each for each in self._under_way if each[0] != document_id}

    def _announce(self, session: DocumentSession) -> None:
        with self._lock:
            self._sessions.add(session)
        self._context.check()

    def _end(self, session: DocumentSession | None) -> None:
        if session is not None:
            with self._lock:
                self._sessions.discard(session)
            session.close()

    def _one(self, session: DocumentSession, page: WaitingPage) -> None:
        self._tell(page, over=False)
        try:
            wanted = models.parse(page.languages)
            found: RecognisedPage | None = session.ocr(page.page, wanted)
            reason = ""
        except UserError as error:
            self._context.check()
            found, reason = None, _reason(error)
        self._keep(page, found, wanted, reason)
        with self._lock:
            self._under_way.discard((page.document_id, page.page))
            self._done += 1
            if found is not None:
                self._read[page.document_id] += 1
        self._tell(page, over=True)

    def _keep(
        self,
        page: WaitingPage,
        found: RecognisedPage | None,
        wanted: tuple[str, ...],
        reason: str,
    ) -> None:
        def work(tx: Transaction) -> None:
            if found is None:
                rows.fail(tx, page.document_id, page.page, reason)
            else:
                rows.put(tx, page.document_id, page.page, found, wanted)

        self._case.store.write(work, job=True)

    def _tell(self, page: WaitingPage, *, over: bool) -> None:
        total = max(self._total, self._done)
        self._on_page(PageRead(page.document_id, page.title, page.page, over, self._done, total))
        if over:
            self._context.report(self._done, total, page.title)

    def _log(self) -> None:
        """One entry for each document of which pages were read."""
        read, key = dict(self._read), self._case.store.custody_key
        if not read:
            return

        def work(tx: Transaction) -> None:
            for document_id, pages in read.items():
                detail = {"document": document_id, "pages": pages}
                custody.append(tx, key, "document.ocr", detail)

        self._case.store.write(work, job=True)

    def _never_opened(self) -> list[FailedPage]:
        reader = self._case.reader()
        return [
            FailedPage(one, documents.get(reader, one).title, 0, reason_words(code))
            for one, code in self._closed_documents.items()
        ]

    def _cancel(self) -> None:
        with self._lock:
            sessions = list(self._sessions)
        for session in sessions:
            session.cancel()


def run(
    case: Case,
    only: Collection[str] | None = None,
    context: JobContext | None = None,
    on_page: Callable[[PageRead], None] | None = None,
) -> OcrReport:
    """Read every page that waits. Raises as ``OcrRun.run``."""
    return OcrRun(case, context, on_page, only).run()


def _reason(error: UserError) -> str:
    """A code and its one value, for the page's row."""
    detail = error.values.get("reason") or error.values.get("language") or ""
    return f"{error.code}|{detail}"


def _nobody(_news: PageRead) -> None:
    pass
