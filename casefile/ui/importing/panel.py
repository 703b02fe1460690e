"""The jobs panel at the foot of the window (Ctrl+J): never one message box per file."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from casefile.ui import theme
from casefile.ui.focus_back import FocusBack
from casefile.ui.importing.job_block import JobBlock, no_jobs
from casefile.ui.importing.jobs import ImportJob, Jobs
from casefile.ui.importing.ocr_block import OcrBlock
from casefile.ui.parts import IconButton, section
from casefile.ui.session import CaseSession


class JobsPanel(QFrame):
    """Imports, the newest first. It shows itself when one starts and when one needs the
    reporter."""

    def __init__(self, session: CaseSession, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "foot")
        self.setAccessibleName("Jobs")
        FocusBack(self)
        self._session, self._jobs = session, jobs
        self.blocks: list[JobBlock] = []
        self.close_button = IconButton("x", "Hide jobs", "Ctrl+J")
        self.close_button.clicked.connect(self.hide)
        head = QHBoxLayout()
        head.setContentsMargins(12, 6, 8, 0)
        head.addWidget(section("Jobs"), 1)
        head.addWidget(self.close_button)
        self.ocr = OcrBlock(session.ocr)
        self._empty = no_jobs()
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        self._column.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.ocr)
        column.addLayout(self._column, 1)
        for job in jobs.all:
            self._add(job)
        jobs.added.connect(self._started)
        session.ocr.moved.connect(self._show_ocr)
        self._show_ocr()
        theme.current().changed.connect(self._fit)
        self._fit()

    def enter(self) -> None:
        """Give the focus to the newest job."""
        if self.blocks and (self.blocks[0].job.running or self.blocks[0].job.needs_you):
            self.blocks[0].enter()
        elif not self.ocr.isHidden():
            self.ocr.enter()
        elif self.blocks:
            self.blocks[0].enter()
        else:
            self.close_button.setFocus()

    def _show_ocr(self) -> None:
        shown = self._session.ocr.worth_showing
        self.ocr.setVisible(shown)
        self._empty.setVisible(not shown and not self.blocks)
        self._fit()

    def _started(self, job: ImportJob) -> None:
        self._add(job)
        self._fit()
        QTimer.singleShot(0, self.show)  # a turn of its own: the block was just made

    def _add(self, job: ImportJob) -> None:
        block = JobBlock(job)
        block.dismissed.connect(self._dismiss)
        for older in self.blocks:
            if not older.job.running:
                older.hide()
        self.blocks.insert(0, block)
        self._column.insertWidget(0, block, 1)
        self._empty.hide()

    def _dismiss(self, job: ImportJob) -> None:
        for block in [block for block in self.blocks if block.job is job]:
            self.blocks.remove(block)
            block.hide()
            block.deleteLater()
        self._jobs.forget(job)
        if self.blocks:
            self.blocks[0].show()
        else:
            self._show_ocr()
            self.hide()

    def _fit(self) -> None:
        """A list of files needs room; OCR alone does with its line."""
        alone = not self.blocks and not self.ocr.isHidden()
        least = self.sizeHint().height() if alone else theme.current().pixels(110) + 40
        self.setMinimumHeight(least)
        self.setMaximumHeight(max(least, 0 if alone else theme.current().pixels(190) + 70))
