"""The settings page: sections below each other, everything takes effect at once."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from casefile.ui import theme
from casefile.ui.parts import title
from casefile.ui.session import CaseSession
from casefile.ui.settings.appearance import AppearancePart
from casefile.ui.settings.keys import KeysPart
from casefile.ui.settings.locking import LockingPart
from casefile.ui.settings.notices import NoticesPart
from casefile.ui.settings.protections import ProtectionsPart
from casefile.ui.settings.reader import ReaderPart
from casefile.ui.settings.recognition import RecognitionPart
from casefile.ui.settings.shortcuts import ShortcutsPart


class SettingsScreen(QScrollArea):
    """What the reporter chose is kept in the preferences of this computer; keys in the case."""

    def __init__(self, session: CaseSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.appearance = AppearancePart(session)
        self.locking = LockingPart(session)
        self.keys = KeysPart(session)
        self.notices = NoticesPart(session)
        self.recognition = RecognitionPart(session)
        self.protections = ProtectionsPart(session)
        self.reader = ReaderPart(session)
        self.shortcuts = ShortcutsPart(session)
        self._holder = QWidget()
        column = QVBoxLayout(self._holder)
        column.setContentsMargins(24, 20, 24, 32)
        column.setSpacing(24)
        column.addWidget(title("Settings"))
        for part in (
            self.locking,
            self.keys,
            self.notices,
            self.reader,
            self.recognition,
            self.appearance,
            self.shortcuts,
            self.protections,
        ):
            column.addWidget(part)
        column.addStretch(1)
        outer = QWidget()
        row = QHBoxLayout(outer)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._holder, 100)
        row.addStretch(1)
        self.setWidget(outer)
        theme.current().changed.connect(self._fit)
        self._fit()

    def refresh(self) -> None:
        """Read again what is shown."""
        self.keys.refresh()
        self.recognition.refresh()
        self.protections.refresh()

    def focus_list(self) -> None:
        self.locking.idle.setFocus()

    def _fit(self) -> None:
        self._holder.setMaximumWidth(theme.current().pixels(680))
