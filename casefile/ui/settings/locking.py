"""Settings: when the case locks, what the clipboard keeps, what this computer remembers."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QComboBox, QSpinBox

from casefile.ui.parts import caption, leave_wheel
from casefile.ui.preferences import IDLE_CHOICES
from casefile.ui.session import CaseSession
from casefile.ui.settings.part import Part


class LockingPart(Part):
    """Takes effect as it is chosen."""

    def __init__(self, session: CaseSession) -> None:
        super().__init__("Locking", session)
        chosen = session.preferences
        self.idle = QComboBox()
        for minutes in sorted({*IDLE_CHOICES, chosen.idle_minutes}):
            words = "1 minute" if minutes == 1 else f"{minutes} minutes"
            self.idle.addItem(words, minutes)
        self.idle.setCurrentIndex(self.idle.findData(chosen.idle_minutes))
        self.finish = QCheckBox("Let a running import finish behind the lock")
        self.finish.setChecked(chosen.finish_jobs_when_idle)
        self.clipboard = QSpinBox()
        self.clipboard.setRange(5, 600)
        self.clipboard.setSuffix(" seconds")
        self.clipboard.setValue(chosen.clear_clipboard_seconds)
        self.recent = QCheckBox("List recent cases on the first page")
        self.recent.setChecked(chosen.remember_recent)
        leave_wheel(self.idle, self.clipboard)
        self.line("&Lock after no input for", self.idle)
        add = self.column.addWidget
        add(self.finish)
        add(caption("Until it has finished, this case's keys stay in memory. Ctrl+L always locks "
                    "fully and at once, and so does sleep or locking the screen."))  # fmt: skip
        self.line(
            "&Clear copied words of sources after",
            self.clipboard,
            "Words copied from released documents stay on the clipboard until the case locks.",
        )
        add(self.recent)
        add(caption("Writes the folders of cases, never their names, to this computer."))
        self.idle.currentIndexChanged.connect(self._chosen)
        self.finish.toggled.connect(self._chosen)
        self.clipboard.valueChanged.connect(self._chosen)
        self.recent.toggled.connect(self._chosen)

    def _chosen(self) -> None:
        chosen = self.session.preferences
        chosen.idle_minutes = int(self.idle.currentData())
        chosen.finish_jobs_when_idle = self.finish.isChecked()
        chosen.clear_clipboard_seconds = self.clipboard.value()
        chosen.remember_recent = self.recent.isChecked()
        chosen.note_recent(self.session.case.path)
        self.session.preferences_changed.emit()
