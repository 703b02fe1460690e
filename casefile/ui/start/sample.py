"""Making the sample case from the start page."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from casefile.ui.file_dialog import start_folder
from casefile.ui.tasks import Tasks

#: The folder it is made in.
FOLDER = "Casefile sample"
#: Published: the sample protects nothing.
PASSPHRASE = "casefile-sample"  # noqa: S105 - published on purpose


class SampleMaker(QObject):
    """``made(folder, passphrase)`` when the sample is there (it is made only once)."""

    working = Signal(str)
    failed = Signal(object)
    made = Signal(str, str)

    def __init__(self, tasks: Tasks, parent: QObject, folder: Path | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._folder = folder or start_folder() / FOLDER

    def start(self) -> None:
        folder = self._folder
        self.working.emit("Making the sample case… about half a minute")

        def work() -> None:
            from casefile.services.sample_case import build_sample

            if not (folder / "case.casefile").exists():
                build_sample(folder)

        self._tasks.run(work, self._done, self._failed, owner=self)

    def _done(self, _none: object) -> None:
        self.working.emit("")
        self.made.emit(str(self._folder), PASSPHRASE)

    def _failed(self, error: object) -> None:
        self.working.emit("")
        self.failed.emit(error)
