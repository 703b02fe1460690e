"""The documents that belong to an event: picked from the case's; dropped files are imported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QVBoxLayout, QWidget

from casefile.ui.lists.flow import FlowLayout
from casefile.ui.models.words import one_line, visible
from casefile.ui.parts import button, caption, leave_wheel
from casefile.ui.session import CaseSession


class Attachments(QWidget):
    """``ids`` are the documents attached. Files that are dropped go to the import sheet first, and
    are attached once they are in."""

    def __init__(self, session: CaseSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._titles: dict[str, str] = {}
        self._order: list[str] = []
        self._dropped: frozenset[str] = frozenset()
        self.ids: tuple[str, ...] = ()
        self.pick = QComboBox()
        self.pick.setAccessibleName("Document to attach")
        self.pick.setEditable(True)
        self.pick.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.pick.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.pick.setMinimumContentsLength(12)
        leave_wheel(self.pick)
        completer = self.pick.completer() or QCompleter(self.pick)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.pick.activated.connect(self._picked)
        self.chips = FlowLayout(spacing=6)
        self.hint = caption("Files dropped here are imported, then attached.")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self.chips)
        column.addWidget(self.pick)
        column.addWidget(self.hint)
        self.setAcceptDrops(not session.read_only)

    def begin(self, ids: Sequence[str]) -> None:
        """Start afresh: what was dropped for another event is not this one's."""
        self._dropped = frozenset()
        self.load(ids)

    def offer(self, titles: Mapping[str, str], names: Mapping[str, str]) -> None:
        """The documents of the case by id, those that are most likely meant first; ``names`` are
        their file names. What was dropped and has come in is attached."""
        new = [] if not self._dropped else [key for key in titles if key not in self._titles]
        came = [key for key in new if names.get(key) in self._dropped and key not in self.ids]
        self._dropped -= {names[key] for key in came}
        self._titles = {key: visible(one_line(title, 80)) for key, title in titles.items()}
        self._order = list(self._titles)
        self.pick.clear()
        self.pick.addItems([self._titles[key] for key in self._order])
        self._leave_empty()
        self.load((*self.ids, *came))

    def load(self, ids: Sequence[str]) -> None:
        self.ids = tuple(ids)
        while (item := self.chips.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for each in self.ids:
            title = self._titles.get(each, "…")
            chip = button(f"{title.replace('&', '&&')}  ×", partial(self._drop, each))
            chip.setAccessibleName(f"{title}. Do not attach it")
            self.chips.addWidget(chip)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self._dropped |= {Path(path).name for path in paths}
            self._session.request_import(paths)

    def _picked(self, row: int) -> None:
        if 0 <= row < len(self._order) and self._order[row] not in self.ids:
            self.load((*self.ids, self._order[row]))
        self._leave_empty()

    def _drop(self, document_id: str) -> None:
        self.load([each for each in self.ids if each != document_id])
        self.pick.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave_empty(self) -> None:
        self.pick.setCurrentIndex(-1)
        line = self.pick.lineEdit()
        if line is not None:
            line.clear()
            line.setPlaceholderText("Type a title…" if self._order else "No documents yet")
