"""The line at the foot: what runs, when the case locks, whether everything is saved."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from casefile.ui.importing.jobs import Jobs
from casefile.ui.parts import ElidedLabel


class StatusLine(QFrame):
    """Parts are joined with a dot, as one line that is read as a whole."""

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "status")
        self._jobs = jobs
        self._lock = ""
        self._saved = "All changes saved"
        self._line = ElidedLabel("", "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 3, 10, 3)
        row.addWidget(self._line, 1)
        jobs.changed.connect(self._write)
        self._write()

    @property
    def text(self) -> str:
        return self._line.whole_text

    def say_locks_in(self, minutes: int) -> None:
        self._lock = f"Locks in {minutes} min"
        self._write()

    def say_saved(self) -> None:
        self._saved = "All changes saved"
        self._write()

    def say_read_only(self) -> None:
        self._saved = "Read only: this case cannot be changed here"
        self._write()

    def _write(self) -> None:
        parts = (self._jobs.summary(), self._lock, self._saved)
        self._line.set_text("   ·   ".join(part for part in parts if part))
