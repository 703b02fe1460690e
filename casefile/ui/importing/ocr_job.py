"""Reading scanned pages while the case is open: by itself, giving way, the page in view first.

It is no import: it may be paused and cancelled at any time and goes on where it was, so nothing
waits for it, neither an idle lock nor closing the window.
"""

from __future__ import annotations

import time
from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from casefile.domain.changes import Change, RowChange
from casefile.domain.errors import UserError
from casefile.domain.progress import JobContext
from casefile.services.wording import printable

if TYPE_CHECKING:
    from casefile.services.ocr_run import OcrReport, OcrRun, PageRead
    from casefile.store.ocr import FailedPage
    from casefile.ui.session import CaseSession
    from casefile.ui.tasks import TaskHandle

#: How often (in ms) what was read is shown.
_SHOW = 250
#: How often (in ms) lists are told that pages have words now.
_REFRESH = 2000
#: After opening a case reading begins this late (in ms): first of all comes what the reporter does.
SOON = 2500
#: Pages after which the time that is left can be told.
_ENOUGH = 3


class OcrJob(QObject):
    """``moved``: anything is new. ``page_read(str, int)``: a page of a document has its words now
    (or has failed). ``page_begun(str, int)``: a page is being read."""

    moved = Signal()
    page_begun = Signal(str, int)
    page_read = Signal(str, int)

    def __init__(self, session: CaseSession) -> None:
        super().__init__(session)
        self._session = session
        self._handle: TaskHandle[OcrReport] | None = None
        self._run: OcrRun | None = None
        self._news: deque[PageRead] = deque()
        self._looked_at: tuple[str, int] | None = None
        self._began = 0.0
        self._stopped = False
        self._again = False
        self.paused = False
        self.waiting = 0
        self.done = self.total = 0
        self.title = ""
        self.failed: list[FailedPage] = []
        self.now: set[tuple[str, int]] = set()
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self._look)
        self._show = QTimer(self, interval=_SHOW)
        self._show.timeout.connect(self._take_news)
        self._refresh = QTimer(self, interval=_REFRESH)
        self._refresh.timeout.connect(self._tell_lists)
        self._unseen: set[str] = set()
        session.about_to_lock.connect(self._stop)

    # What can be done

    def wake(self, after: int | None = None) -> None:
        """Begin with what waits, in ``after`` milliseconds or soon, unless the reporter has
        switched that off or paused it."""
        if not self._session.read_only:
            self._soon.start(SOON if after is None else after)

    def look_at(self, document_id: str, page: int) -> None:
        """Somebody looks at this page: it comes next."""
        self._looked_at = (document_id, page)
        if self._run is not None:
            self._run.first(document_id, page)

    def pause(self) -> None:
        """Stop until ``resume``; also over a restart."""
        self.paused = True
        self._remember_pause()
        self._stop()

    def resume(self) -> None:
        """Go on, whatever was switched off."""
        self.paused = self._stopped = False
        self._remember_pause()
        self._start()

    def cancel(self) -> None:
        """Stop until the case is opened again, or until something new comes in. What is read stays;
        the rest waits."""
        self._stopped = True
        self._stop()

    def try_again(self) -> None:
        """Put every page that failed back into the queue, and read on."""
        case = self._session.case

        def work() -> int:
            from casefile.services import ocr

            return ocr.try_again(case)

        self.failed = []
        self._session.tasks.run(work, lambda _count: self.resume(), owner=self)

    # What there is to tell

    @property
    def running(self) -> bool:
        return self._handle is not None and not self._handle.finished.is_set()

    @property
    def worth_showing(self) -> bool:
        """Whether the jobs panel has a row for it."""
        return self.running or self.waiting > 0 or bool(self.failed)

    @property
    def summary(self) -> str:
        """Such as ``OCR Box-2.pdf · 412/1,204 pages · about 6 min``."""
        if self.running:
            name = f"OCR {printable(self.title)}".rstrip()
            parts = [name, f"{self.done:,}/{self.total:,} pages"]
            if (left := self._minutes_left()) is not None:
                parts.append("less than a minute" if left < 1 else f"about {left} min")
            return " · ".join(parts)
        if self.waiting:
            word = "paused" if self.paused else "stopped" if self._stopped else "not running"
            return f"OCR {word} · {_pages(self.waiting)} waiting"
        if self.failed:
            return f"OCR · {_pages(len(self.failed))} could not be read"
        return "OCR · every page is read"

    def failures(self) -> list[str]:
        """A line for each page that could not be read."""
        return [
            f"{printable(page.title)}{f', p. {page.page}' if page.page else ''}: {page.reason}"
            for page in self.failed
        ]

    def _minutes_left(self) -> int | None:
        if self.done < _ENOUGH:
            return None
        per_page = (time.monotonic() - self._began) / self.done
        return round(per_page * max(0, self.total - self.done) / 60)

    # The run

    def _look(self) -> None:
        """Find out whether there is anything to do, off the main thread."""
        case = self._session.case

        def work() -> tuple[int, bool, bool, list[FailedPage]]:
            from casefile.services import ocr

            waiting = ocr.count_waiting(case)
            return waiting, ocr.automatic(case), ocr.paused(case), ocr.failed(case)

        self._session.tasks.run(work, self._looked, owner=self)

    def _looked(self, found: tuple[int, bool, bool, list[FailedPage]]) -> None:
        self.waiting, automatic, self.paused, self.failed = found
        if self.waiting and automatic and not self.paused:
            self._stopped = False
            self._start()
        self.moved.emit()

    def _start(self) -> None:
        if self.running:
            self._again = True  # what came in meanwhile is read by the next run
            return
        if self._session.read_only:
            return
        case, looked_at = self._session.case, self._looked_at
        self.done, self.total, self.title = 0, max(1, self.waiting), ""
        self._began = time.monotonic()

        def work(context: JobContext) -> OcrReport:
            from casefile.services.ocr_run import OcrRun

            run = OcrRun(case, context, self._news.append)
            if looked_at is not None:
                run.first(*looked_at)
            self._run = run
            return run.run()

        self._handle = self._session.tasks.job(work, self._ended, self._failed, owner=self)
        self._show.start()
        self._refresh.start()
        self.moved.emit()

    def _stop(self) -> None:
        self._soon.stop()
        if self._handle is not None:
            self._handle.cancel()
        self.moved.emit()

    def _ended(self, report: OcrReport) -> None:
        self._finish()
        self.waiting, self.failed = report.waiting, report.failed
        self.moved.emit()
        if self._again and not self._stopped and not self.paused:
            self._again = False
            self.wake(0)

    def _failed(self, error: UserError) -> None:
        self._finish()
        self._stopped = True
        self._session.errors.emit(error)
        self.moved.emit()

    def _finish(self) -> None:
        self._handle = self._run = None
        self._show.stop()
        self._refresh.stop()
        self._take_news()
        for document_id, page in self.now:
            self.page_begun.emit(document_id, page)  # no longer
        self.now = set()
        self._tell_lists()

    def _take_news(self) -> None:
        news = [self._news.popleft() for _ in range(len(self._news))]
        for each in news:
            key = (each.document_id, each.page)
            self.done, self.total, self.title = each.done, each.total, each.title
            self.waiting = max(0, each.total - each.done)
            if each.over:
                self.now.discard(key)
                self._unseen.add(each.document_id)
                self.page_read.emit(*key)
            else:
                self.now.add(key)
                self.page_begun.emit(*key)
        if news:
            self.moved.emit()

    def _tell_lists(self) -> None:
        if self._unseen:
            rows = tuple(RowChange("document", one, None, None) for one in sorted(self._unseen))
            self._unseen = set()
            self._session.changed.emit(Change("document.ocr", rows))

    def _remember_pause(self) -> None:
        case, paused = self._session.case, self.paused

        def work() -> None:
            from casefile.services import ocr

            ocr.set_paused(case, on=paused)

        self._session.tasks.run(work)


def _pages(count: int) -> str:
    return "1 page" if count == 1 else f"{count:,} pages"
