"""Takes into the ledger what the released documents say: which of them, and how many pages."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from casefile.domain.errors import UserError
from casefile.services.page_ledger import Proposed
from casefile.ui import theme
from casefile.ui.lists.flow import FlowLayout
from casefile.ui.lists.screen import bring_into_sight
from casefile.ui.models.words import counted, one_line, visible
from casefile.ui.parts import Notice, button, caption, label, set_tip
from casefile.ui.requests.pages.words import held, is_letter, left_out

_MEANS = "Adds every page that stands nowhere in the ledger, each once. A letter is no record."


class TakeForm(QWidget):
    """``wanted(ids of documents)`` with Ctrl+Enter or the button, ``cancelled`` with Esc."""

    wanted = Signal(list)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Pages from documents")
        self._proposed = Proposed(())
        self.ticks: dict[str, QCheckBox] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(2)
        self.left_out = caption()
        self.notice = Notice("danger")
        self.take = button("", self._take, role="primary", tip="Ctrl+Enter")
        row = FlowLayout(spacing=8)
        row.addWidget(self.take)
        row.addWidget(button("Cancel", self.cancelled.emit))
        column.addWidget(label("Take from documents", "section"))
        column.addWidget(label(_MEANS, "muted"))
        column.addSpacing(4)
        column.addLayout(self._lines)
        column.addWidget(self.left_out)
        column.addWidget(self.notice)
        column.addSpacing(8)
        column.addLayout(row)
        column.addStretch(1)

    def offer(self, proposed: Proposed, titles: Mapping[str, str]) -> None:
        """``titles`` are those of the released documents, by id. What calls itself a letter is
        left out at first."""
        self._proposed = proposed
        self._empty()
        for key in dict.fromkeys(each.document_id for each in proposed.entries):
            title = titles.get(key, "Document")
            self._add(key, visible(one_line(title)), not is_letter(title))
        self.left_out.setText(left_out(proposed))
        self.left_out.setVisible(bool(self.left_out.text()))
        self.notice.clear()
        self._tell()

    def begin(self) -> None:
        """Go to the first document."""
        first = next(iter(self.ticks.values()), self.take)
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        bring_into_sight(first)

    def _empty(self) -> None:
        self.ticks = {}
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def _add(self, key: str, title: str, ticked: bool) -> None:
        line = _Line(title, held([e for e in self._proposed.entries if e.document_id == key]))
        line.tick.setChecked(ticked)
        line.tick.toggled.connect(lambda _on: self._tell())
        self.ticks[key] = line.tick
        self._lines.addWidget(line)

    @property
    def chosen(self) -> list[str]:
        return [key for key, tick in self.ticks.items() if tick.isChecked()]

    def _tell(self) -> None:
        chosen = self.chosen
        pages = sum(e.pages for e in self._proposed.entries if e.document_id in chosen)
        self.take.setText(f"Take {counted(pages, 'page')}" if pages else "Take")
        self.take.setEnabled(bool(pages))

    def show_error(self, error: UserError) -> None:
        """Why it was not done; what was typed stays."""
        self.notice.show_error(error)
        bring_into_sight(self.notice)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._take()
        else:
            super().keyPressEvent(event)

    def _take(self) -> None:
        if self.chosen:
            self.wanted.emit(self.chosen)


class _Line(QWidget):
    """A document to tick, and below it what it says."""

    def __init__(self, title: str, says: str) -> None:
        super().__init__()
        self.tick = _Tick(title)
        self.tick.setAccessibleDescription(says)
        below = QHBoxLayout()
        below.addSpacing(theme.current().pixels(24))
        below.addWidget(caption(says), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(2)
        column.addWidget(self.tick)
        column.addLayout(below)


class _Tick(QCheckBox):
    """A box to tick whose words are cut where they do not fit."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._cut()

    def minimumSizeHint(self) -> QSize:
        return QSize(60, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        room = max(0, self.width() - self.fontMetrics().height() * 2)
        shown = self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, room)
        self.setText(shown.replace("&", "&&"))
        set_tip(self, "" if shown == self._words else self._words)
