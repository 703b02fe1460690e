"""Settings: whether scanned pages are read by themselves, and in which languages they can be."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QCheckBox

from casefile.services import ocr
from casefile.ui.models.languages import language_names
from casefile.ui.parts import caption
from casefile.ui.session import CaseSession
from casefile.ui.settings.part import Part


class RecognitionPart(Part):
    """Takes effect as it is chosen; kept in the case."""

    def __init__(self, session: CaseSession) -> None:
        super().__init__("Scanned pages", session)
        self.automatic = QCheckBox("Read the words of scanned pages by itself (OCR)")
        self.automatic.setChecked(True)
        self.automatic.setEnabled(not session.read_only)
        self.automatic.toggled.connect(self._chosen)
        there = language_names(ocr.installed()) or "none"
        self.languages = caption(
            f"Languages on this computer: {there}. More come with Tesseract's packages; choose a "
            "document's in the list's menu."
        )
        self.column.addWidget(self.automatic)
        self.column.addWidget(
            caption(
                "Two pages at a time, giving way to your work. Jobs (Ctrl+J) shows how far it is."
            )
        )
        self.column.addWidget(self.languages)
        self.refresh()

    def refresh(self) -> None:
        """Read again what is shown."""
        case = self.session.case
        self.session.tasks.run(lambda: ocr.automatic(case), self._show, owner=self)

    def _show(self, automatic: bool) -> None:
        with QSignalBlocker(self.automatic):
            self.automatic.setChecked(automatic)

    def _chosen(self, on: bool) -> None:
        case, job = self.session.case, self.session.ocr

        def work() -> None:
            ocr.set_automatic(case, on=on)

        def done(_none: None) -> None:
            job.wake(0) if on else job.cancel()

        self.session.tasks.run(work, done, owner=self)
