"""Settings: how documents are read."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QComboBox

from casefile.ui.parts import leave_wheel
from casefile.ui.session import CaseSession
from casefile.ui.settings.part import Part

_ZOOMS = {"width": "Fit the width", "page": "Fit the page", "actual": "Actual size"}
_PAGES = {
    "column": "One below the other",
    "spread": "Two side by side",
    "single": "One at a time",
}


class ReaderPart(Part):
    """Takes effect as it is chosen."""

    def __init__(self, session: CaseSession) -> None:
        super().__init__("Reader", session)
        chosen = session.preferences
        self.zoom = QComboBox()
        for value, words in _ZOOMS.items():
            self.zoom.addItem(words, value)
        self.zoom.setCurrentIndex(self.zoom.findData(chosen.first_zoom))
        self.pages = QComboBox()
        for value, words in _PAGES.items():
            self.pages.addItem(words, value)
        self.pages.setCurrentIndex(self.pages.findData(chosen.first_pages))
        leave_wheel(self.zoom, self.pages)
        self.read = QCheckBox("Pages I stay with count as &read")
        self.read.setChecked(chosen.note_read)
        self.hints = QCheckBox("Holding Ctrl shows the keys of buttons")
        self.hints.setChecked(chosen.ctrl_hints)
        self.line("&First zoom", self.zoom)
        self.line("First &pages", self.pages, "A document you know opens as you left it.")
        self.column.addWidget(self.read)
        self.column.addWidget(self.hints)
        self.zoom.currentIndexChanged.connect(self._chosen)
        self.pages.currentIndexChanged.connect(self._chosen)
        self.read.toggled.connect(self._chosen)
        self.hints.toggled.connect(self._chosen)

    def _chosen(self) -> None:
        chosen = self.session.preferences
        chosen.first_zoom = str(self.zoom.currentData())
        chosen.first_pages = str(self.pages.currentData())
        chosen.note_read = self.read.isChecked()
        chosen.ctrl_hints = self.hints.isChecked()
        self.session.preferences_changed.emit()
