"""Brings files and folders into a case: two at a time, each whole or not at all.

A file that fails never stops the others. What was cancelled, or failed for want of room, is
finished by importing again: what is in the case already is recognised by its content.
"""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from casefile.domain.documents import DocumentState
from casefile.domain.errors import Cancelled, UserError
from casefile.domain.progress import JobContext
from casefile.services.import_file import FileImport, FileOutcome
from casefile.services.import_values import (
    Duplicate,
    FailedFile,
    FileProgress,
    FileState,
    ImportChoices,
    ImportedDocument,
    ImportReport,
    OcrChoice,
    OnFile,
)
from casefile.services.import_walk import FoundFile, find_files
from casefile.services.leftovers import discard_leftovers
from casefile.services.wording import catalogue, explain
from casefile.store import requests, sources

if TYPE_CHECKING:
    from casefile.services.case import Case

__all__ = [
    "Duplicate",
    "FailedFile",
    "FileProgress",
    "FileState",
    "ImportChoices",
    "ImportReport",
    "ImportedDocument",
    "JobContext",
    "OcrChoice",
    "OnFile",
    "import_paths",
    "kept_words",
    "retry_with_password",
]

#: Files at a time: a reporter's laptop has two cores, and more would only grow the memory needed.
_AT_ONCE: Final = 2
#: After these the next file would meet the same fate.
_STOPS: Final = {"store.unreachable", "store.damaged", "case.read_only", "case.closed"}


def import_paths(
    case: Case,
    paths: Iterable[Path],
    choices: ImportChoices,
    context: JobContext | None = None,
    on_file: OnFile | None = None,
) -> ImportReport:
    """Import files and everything in folders. ``on_file`` hears of each file, from several
    threads. ``context.cancel()`` stops within a second: files that are in stay in, and the report
    says ``cancelled``. Raises ``UserError``: ``case.read_only``, ``source.not_found``,
    ``request.not_found``; failures of single files are in the report."""
    case.require_writing()
    reader = case.reader()
    if choices.source_id is not None:
        sources.get(reader, choices.source_id)
    if choices.request_id is not None:
        requests.get(reader, choices.request_id)
    given = [Path(path) for path in paths]
    _ = case.workers  # they start up while files are looked for and hashed
    discard_leftovers(case)
    run = _Run(case, choices, context or JobContext(), on_file or _nobody)
    run.go(find_files(given, case.path))
    return run.report(_folders(given))


def retry_with_password(
    case: Case,
    path: Path,
    password: str,
    choices: ImportChoices,
    context: JobContext | None = None,
    on_file: OnFile | None = None,
) -> ImportReport:
    """Import one file again, with the password it needs. Raises as ``import_paths``."""
    tried = (password, *(other for other in choices.passwords if other != password))
    return import_paths(case, [path], replace(choices, passwords=tried), context, on_file)


def kept_words(reason: str | None) -> str:
    """A document's ``kept_reason`` as a sentence."""
    return catalogue().get(reason or "", {}).get("what", "")


class _Run:
    """One import: its queue of files, its threads, what has become of each file."""

    def __init__(
        self, case: Case, choices: ImportChoices, context: JobContext, on_file: OnFile
    ) -> None:
        self._case = case
        self._choices = choices
        self._context = context
        self._on_file = on_file
        self._lock = threading.Lock()
        self._running: set[FileImport] = set()
        self._waiting: queue.SimpleQueue[tuple[int, FoundFile]] = queue.SimpleQueue()
        self._outcomes: dict[int, FileOutcome | UserError] = {}
        self._files: list[FoundFile] = []
        self._stopped: UserError | None = None
        self._unexpected: list[Exception] = []
        self._bug: BaseException | None = None

    def go(self, files: list[FoundFile]) -> None:
        """Import all files; returns when the last one is done or the import was cancelled."""
        self._files = files
        self._context.on_cancel(self._cancel)
        for number, file in enumerate(files):
            self._on_file(FileProgress(file.path, FileState.QUEUED))
            self._waiting.put((number, file))
        threads = [
            threading.Thread(target=self._work, name=f"casefile-import-{n}")
            for n in range(min(_AT_ONCE, len(files)))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if self._bug is not None:
            raise self._bug

    def report(self, folders: list[Path]) -> ImportReport:
        """What became of the files, in the order in which they were found."""
        report = ImportReport(
            originals_left_in=folders,
            cancelled=self._context.cancelled,
            unexpected=self._unexpected,
        )
        for number, file in enumerate(self._files):
            match self._outcomes.get(number):
                case UserError() as error:
                    report.failed.append(FailedFile(file.path, error.code, explain(error).what))
                case FileOutcome(duplicate_of=None, documents=documents):
                    for document in documents:
                        kept = document.state == DocumentState.KEPT
                        (report.kept if kept else report.imported).append(
                            ImportedDocument(document, file.path)
                        )
                case FileOutcome(duplicate_of=there) if there is not None:
                    report.duplicates.append(Duplicate(file.path, there.id, there.title))
                case _:  # not reached before the import was cancelled
                    pass
        return report

    def _work(self) -> None:
        try:
            while not self._context.cancelled:
                number, file = self._waiting.get_nowait()
                self._one(number, file)
        except (queue.Empty, Cancelled):
            return
        except BaseException as error:  # noqa: BLE001 - raised again by the thread that waits
            self._bug = error

    def _one(self, number: int, file: FoundFile) -> None:
        outcome: FileOutcome | UserError
        if file.problem is not None:
            outcome = file.problem
        elif self._stopped is not None:
            outcome = self._stopped
        else:
            outcome = self._import(file.path)
        if isinstance(outcome, UserError) and outcome.code in _STOPS:
            self._stopped = outcome
        with self._lock:
            self._outcomes[number] = outcome
            done = len(self._outcomes)
        self._on_file(_progress(file.path, outcome))
        self._context.report(done, len(self._files), file.path.name)

    def _import(self, path: Path) -> FileOutcome | UserError:
        def tell(done: int, total: int) -> None:
            self._on_file(FileProgress(path, FileState.READING, done, total))

        work = FileImport(self._case, self._choices, self._context, tell)
        with self._lock:
            self._running.add(work)
        try:
            tell(0, 0)
            return work.run(path)
        except UserError as error:
            self._context.check()  # a process that was ended to cancel it may say anything
            return error
        except Cancelled:
            raise
        except Exception as error:  # noqa: BLE001 - one file must not stop the others
            with self._lock:
                self._unexpected.append(error)
            return UserError("import.unexpected", name=path.name, kind=type(error).__name__)
        finally:
            with self._lock:
                self._running.discard(work)

    def _cancel(self) -> None:
        with self._lock:
            running = list(self._running)
        for work in running:
            work.cancel()


def _progress(path: Path, outcome: FileOutcome | UserError) -> FileProgress:
    if isinstance(outcome, UserError):
        return FileProgress(path, FileState.FAILED, reason=explain(outcome).what)
    if outcome.duplicate_of is not None:
        return FileProgress(path, FileState.DUPLICATE, reason=outcome.duplicate_of.title)
    first = outcome.documents[0]
    if first.state == DocumentState.KEPT:
        return FileProgress(path, FileState.KEPT, reason=kept_words(first.kept_reason))
    return FileProgress(path, FileState.DONE, first.pages, first.pages)


def _folders(paths: list[Path]) -> list[Path]:
    """Where the originals still lie: the folders that were given, and those of single files."""
    folders: list[Path] = []
    for path in paths:
        # os.path never raises, whatever was given (a name that is too long).
        is_folder = os.path.isdir(path) and not os.path.islink(path)  # noqa: PTH112, PTH114
        folder = Path(os.path.abspath(path if is_folder else path.parent))  # noqa: PTH100
        if os.path.isdir(folder) and folder not in folders:  # noqa: PTH112
            folders.append(folder)
    return folders


def _nobody(_progress: FileProgress) -> None:
    pass
