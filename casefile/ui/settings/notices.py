"""Settings: whether the desktop says that a deadline is due."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox

from casefile.ui.notifying import TEXT
from casefile.ui.parts import caption
from casefile.ui.session import CaseSession
from casefile.ui.settings.part import Part


class NoticesPart(Part):
    """Takes effect as it is chosen."""

    def __init__(self, session: CaseSession) -> None:
        super().__init__("Notifications", session)
        self.due = QCheckBox("Let the desktop say when a limit of mine ends today")
        self.due.setChecked(session.preferences.notify_due)
        self.column.addWidget(self.due)
        self.column.addWidget(
            caption(
                f"Once a day, while the case is open, in these words and no others: “{TEXT}” "
                "Who can see your screen learns that much."
            )
        )
        self.due.toggled.connect(self._chosen)

    def _chosen(self, on: bool) -> None:
        self.session.preferences.notify_due = on
        self.session.preferences_changed.emit()
