"""Settings: light or dark, and the size of text."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QCheckBox, QComboBox

from casefile.ui.parts import caption, leave_wheel
from casefile.ui.session import CaseSession
from casefile.ui.settings.part import Part
from casefile.ui.theme import TEXT_SIZES, Look

_LOOKS = {Look.SYSTEM: "As the system", Look.LIGHT: "Light", Look.DARK: "Dark"}


class AppearancePart(Part):
    """Takes effect as it is chosen."""

    def __init__(self, session: CaseSession) -> None:
        super().__init__("Appearance", session)
        self.look = QComboBox()
        for value, words in _LOOKS.items():
            self.look.addItem(words, value.value)
        self.look.setCurrentIndex(self.look.findData(session.preferences.look))
        self.text_size = QComboBox()
        for percent in sorted({*TEXT_SIZES, session.preferences.text_percent}):
            self.text_size.addItem(f"{percent} %", percent)
        self.text_size.setCurrentIndex(self.text_size.findData(session.preferences.text_percent))
        self.night = QCheckBox("&Night pages: dark paper, also in the light theme")
        self.night.setChecked(session.preferences.night_page)
        leave_wheel(self.look, self.text_size)
        self.line("&Theme", self.look)
        self.line("Te&xt size", self.text_size, "Pages keep their own zoom.")
        self.column.addWidget(self.night)
        self.column.addWidget(caption("Photographs keep their colours. Shift+N in a document."))
        self.night.toggled.connect(self._chosen)
        session.preferences_changed.connect(self._show_night)
        self.look.currentIndexChanged.connect(self._chosen)
        self.text_size.currentIndexChanged.connect(self._chosen)

    def _chosen(self) -> None:
        chosen = self.session.preferences
        chosen.look = str(self.look.currentData())
        chosen.text_percent = int(self.text_size.currentData())
        chosen.night_page = self.night.isChecked()
        self.session.preferences_changed.emit()

    def _show_night(self) -> None:
        """It can be switched in the reader as well."""
        with QSignalBlocker(self.night):
            self.night.setChecked(self.session.preferences.night_page)
