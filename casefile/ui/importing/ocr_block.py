"""Reading scanned pages in the jobs panel: how far it is, what failed, Pause and Cancel."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from casefile.ui.announce import announce
from casefile.ui.importing.ocr_job import OcrJob
from casefile.ui.parts import ElidedLabel, button

_STEPS = 100


class OcrBlock(QFrame):
    """One line; a second one where pages could not be read."""

    def __init__(self, job: OcrJob, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.job = job
        self.words = ElidedLabel("", "section", Qt.TextElideMode.ElideMiddle)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, _STEPS)
        self.bar.setAccessibleName("Progress of OCR")
        self.pause_button = button("Pause", self._pause)
        self.cancel_button = button("Cancel", self._cancel)
        self.failed = ElidedLabel("", "warning", Qt.TextElideMode.ElideRight)
        self.again_button = button("Try again", job.try_again)
        self.again_button.setAccessibleName("Try again to read the pages that failed")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.words, 2)
        head.addWidget(self.bar, 1)
        head.addWidget(self.pause_button)
        head.addWidget(self.cancel_button)
        self._below = QWidget()
        below = QHBoxLayout(self._below)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(8)
        below.addWidget(self.failed, 1)
        below.addWidget(self.again_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self._below)
        job.moved.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        job = self.job
        self.words.set_text(job.summary)
        steps = round(_STEPS * job.done / job.total) if job.total else 0
        if steps != self.bar.value():
            self.bar.setValue(steps)
        self.bar.setVisible(job.running)
        had_focus = self.cancel_button.hasFocus()
        self.cancel_button.setVisible(job.running)
        self.pause_button.setVisible(job.running or job.waiting > 0)
        self.pause_button.setText(
            "Pause" if job.running else "Resume" if job.paused else "Read now"
        )
        self.pause_button.setAccessibleName(f"{self.pause_button.text()} OCR")
        if had_focus and not job.running and self.pause_button.isVisibleTo(self):
            self.pause_button.setFocus()
        failures = job.failures()
        self._below.setVisible(bool(failures))
        if failures:
            more = f" · and {len(failures) - 1} more" if len(failures) > 1 else ""
            self.failed.set_text(f"Not read: {failures[0]}{more}")
            self.failed.setToolTip("\n".join(failures[:20]))

    def enter(self) -> None:
        """Take the focus where something is to be done."""
        wanted = (self.cancel_button, self.pause_button, self.again_button)
        next((each for each in wanted if each.isVisibleTo(self)), self.words).setFocus()

    def _pause(self) -> None:
        if self.job.running:
            self.job.pause()
            announce("OCR paused", self)
        else:
            self.job.resume()

    def _cancel(self) -> None:
        self.job.cancel()
        announce("OCR stopped; pages that were read stay read", self)
