"""Imports under way: they outlive the desk that started them (an idle lock lets them finish)."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from casefile.domain.changes import Change, RowChange
from casefile.domain.errors import UserError
from casefile.domain.progress import JobContext
from casefile.services.import_values import (
    FileProgress,
    FileState,
    ImportChoices,
    ImportReport,
)
from casefile.services.wording import printable
from casefile.ui.importing.file_rows import FileRows
from casefile.ui.session import CaseSession
from casefile.ui.tasks import TaskHandle

#: How often (in ms) what the import tells is shown: each showing repaints part of the window.
_SHOW = 250
#: How often (in ms) lists are told that documents came in.
_REFRESH = 700


class ImportJob(QObject):
    """One import: its files, and what can be done about them. ``moved`` when anything is new."""

    moved = Signal()
    ended = Signal()

    def __init__(self, session: CaseSession, choices: ImportChoices, parent: QObject) -> None:
        super().__init__(parent)
        self.session, self._choices = session, choices
        self.files = FileRows(self)
        self.running = False
        self.cancelled = False
        self.originals_left_in: list[Path] = []
        self.error: UserError | None = None
        self._news: deque[FileProgress] = deque()
        self._handles: list[TaskHandle[ImportReport]] = []
        self._came_in = False
        self._show = QTimer(self)
        self._show.setInterval(_SHOW)
        self._show.timeout.connect(self._take_news)
        self._refresh = QTimer(self)
        self._refresh.setInterval(_REFRESH)
        self._refresh.timeout.connect(self._tell_lists)

    def start(self, paths: Sequence[Path]) -> None:
        """Bring ``paths`` (files and folders) in."""
        case, choices = self.session.case, self._choices

        def work(context: JobContext) -> ImportReport:
            from casefile.services.importing import import_paths

            return import_paths(case, list(paths), choices, context, self._news.append)

        self._run(work)

    def try_password(self, path: Path, password: str) -> None:
        """Try a protected file again; the password is not kept."""
        case, choices = self.session.case, replace(self._choices, passwords=())

        def work(context: JobContext) -> ImportReport:
            from casefile.services.importing import retry_with_password

            return retry_with_password(case, path, password, choices, context, self._news.append)

        self._run(work)

    def cancel(self) -> None:
        """Stop soon; files that are in stay in."""
        self.cancelled = True
        for handle in self._handles:
            handle.cancel()
        self.moved.emit()

    @property
    def summary(self) -> str:
        """Such as "96 added · 3 need you · 5 duplicates"."""
        files = self.files
        added = files.count(FileState.DONE, FileState.KEPT)
        if self.running:
            over = added + files.count(FileState.DUPLICATE, FileState.FAILED)
            word = "Stopping" if self.cancelled else "Importing"
            return f"{word}: {over} of {len(files.rows)} files"
        parts = [f"{added} added"]
        if needing := sum(row.needs_you for row in files.rows):
            parts.append(f"{needing} need you" if needing > 1 else "1 needs you")
        if doubles := files.count(FileState.DUPLICATE):
            parts.append(f"{doubles} already in the case")
        if self.cancelled:
            parts.append("stopped")
        return " · ".join(parts)

    @property
    def needs_you(self) -> bool:
        """Whether some file is not in, or not readable."""
        return any(row.needs_you for row in self.files.rows)

    @property
    def ending(self) -> str:
        """How it ended, with where unencrypted originals still lie."""
        folders = self.originals_left_in
        if not folders:
            return self.summary
        where = (
            f"“{printable(folders[0].name)}”" if len(folders) == 1 else f"{len(folders)} folders"
        )
        return f"{self.summary}. The originals are still in {where}, unencrypted."

    @property
    def progress(self) -> tuple[float, int]:
        """How many files are done (counting parts of those being read), of how many."""
        done = 0.0
        for row in self.files.rows:
            if row.state is FileState.READING:
                done += min(1.0, row.done / row.total) if row.total else 0.0
            elif row.state is not FileState.QUEUED:
                done += 1
        return done, len(self.files.rows)

    def report(self) -> str:
        """The whole import as text, for the reporter to copy."""
        rows = "\n".join(f"{printable(row.path.name)}\t{row.words}" for row in self.files.rows)
        lines = [f"Import: {self.summary}", rows]
        if self.originals_left_in:
            lines.append("Unencrypted originals are still in:")
            lines.extend(printable(str(folder)) for folder in self.originals_left_in)
        return "\n".join(lines)

    def _run(self, work: object) -> None:
        self.running, self.cancelled, self.error = True, False, None
        self._show.start()
        self._refresh.start()
        handle = self.session.tasks.job(work, self._done, self._failed, owner=self)  # type: ignore[arg-type]  # both functions above fit
        self._handles = [old for old in self._handles if not old.finished.is_set()]
        self._handles.append(handle)
        self.moved.emit()

    def _done(self, report: ImportReport) -> None:
        self._take_news()
        for failed in report.failed:
            self.files.give_reason(failed.path, failed.code, failed.reason)
        for folder in report.originals_left_in:
            if folder not in self.originals_left_in:
                self.originals_left_in.append(folder)
        self.cancelled = report.cancelled
        self._came_in = self._came_in or bool(report.all_in)
        self._end([entry.document.id for entry in report.all_in])

    def _failed(self, error: UserError) -> None:
        self._take_news()
        self.error = error
        self.session.errors.emit(error)
        self._end([])

    def _end(self, ids: list[str]) -> None:
        if any(not handle.finished.is_set() for handle in self._handles):
            return
        self.running = False
        self._show.stop()
        self._refresh.stop()
        self._tell_lists(ids)
        self.moved.emit()
        self.ended.emit()

    def _take_news(self) -> None:
        news = [self._news.popleft() for _ in range(len(self._news))]
        if not news:
            return
        self.files.take(news)
        shown = (FileState.DONE, FileState.KEPT)
        self._came_in = self._came_in or any(each.state in shown for each in news)
        self.moved.emit()

    def _tell_lists(self, ids: Sequence[str] = ()) -> None:
        if self._came_in:
            self._came_in = False
            rows = tuple(RowChange("document", one, None, None) for one in ids or ("",))
            self.session.changed.emit(Change("document.import", rows))


class Jobs(QObject):
    """The jobs of one session. ``changed`` when any moved, ``added`` and ``ended`` for each,
    ``idle`` when the last one ended."""

    changed = Signal()
    added = Signal(object)
    ended = Signal(object)
    idle = Signal()

    def __init__(self, session: CaseSession) -> None:
        super().__init__(session)
        self._session = session
        self.all: list[ImportJob] = []
        session.ocr.moved.connect(self.changed)

    def start_import(self, paths: Sequence[Path], choices: ImportChoices) -> ImportJob:
        job = ImportJob(self._session, choices, self)
        job.moved.connect(self.changed)
        job.ended.connect(self._one_ended)
        self.all.append(job)
        self.added.emit(job)
        job.start(paths)
        return job

    @property
    def running(self) -> int:
        return sum(job.running for job in self.all)

    def summary(self) -> str:
        """What runs now, for the status line; "" when nothing does."""
        running = [job.summary for job in self.all if job.running]
        if self._session.ocr.running:
            running.append(self._session.ocr.summary)
        return " · ".join(running)

    def forget(self, job: ImportJob) -> None:
        """Drop a job that has ended."""
        self.all.remove(job)
        job.deleteLater()
        self.changed.emit()

    def _one_ended(self) -> None:
        self.changed.emit()
        self._session.ocr.wake(0)
        job = self.sender()
        if isinstance(job, ImportJob):
            self.ended.emit(job)
        if not self.running:
            self.idle.emit()
