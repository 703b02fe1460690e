"""The first page: open a case, make one, or try the sample."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from casefile.ui.parts import Notice, button, caption, label, section, title
from casefile.ui.start.sheet import Sheet


class StartPage(Sheet):
    """Offers recent cases only when the reporter has asked for them to be remembered."""

    new_case = Signal()
    open_other = Signal()
    open_recent = Signal(str)
    sample_case = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.notice = Notice("danger")
        self.new_button = button(
            "New case…", self.new_case.emit, role="primary", icon="folder-plus"
        )
        self.open_button = button("Open a case…", self.open_other.emit, icon="folder-open")
        self.sample_button = button(
            "Try the sample case", self.sample_case.emit, icon="file-search"
        )
        self._recent = QWidget()
        self._recent_column = QVBoxLayout(self._recent)
        self._recent_column.setContentsMargins(0, 0, 0, 8)
        self._recent_column.setSpacing(4)
        self.working = caption("")
        self.working.hide()
        add = self.column.addWidget
        add(title("Casefile"))
        add(label("Keeps an investigation in one sealed folder on this computer.", "muted"))
        self.column.addSpacing(12)
        add(self.notice)
        add(self._recent)
        add(self.new_button)
        add(self.open_button)
        add(self.sample_button)
        add(self.working)
        add(
            caption(
                "The sample is a fictional case with documents, sources and quotes to look around "
                "in. Its passphrase is casefile-sample."
            )
        )

    def show_recent(self, folders: Sequence[str]) -> None:
        """List these case folders by name (nothing when there are none)."""
        while (item := self._recent_column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self._recent.setVisible(bool(folders))
        if not folders:
            return
        self._recent_column.addWidget(section("Recent"))
        for folder in folders:
            made = button(Path(folder).name, partial(self.open_recent.emit, folder), icon="lock")
            made.setAccessibleName(f"Open {Path(folder).name}")
            self._recent_column.addWidget(made)

    def set_working(self, words: str) -> None:
        """Say what is under way ("" for nothing); meanwhile the buttons rest."""
        self.working.setText(words)
        self.working.setVisible(bool(words))
        for each in (self.new_button, self.open_button, self.sample_button):
            each.setEnabled(not words)

    def enter(self) -> None:
        self.new_button.setFocus()
