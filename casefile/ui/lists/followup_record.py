"""A follow-up's own record: what, when, about what."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from casefile.ui.lists.dates import OptionalMoment
from casefile.ui.lists.fields import AutosaveText
from casefile.ui.lists.record import Record
from casefile.ui.models.followups import FollowUpEntry
from casefile.ui.models.words import KINDS, day
from casefile.ui.parts import button, label


class FollowUpRecord(Record):
    """``edited(field, value)``, ``done_wanted(bool)``, ``link_wanted``, ``delete_wanted``."""

    edited = Signal(str, object)
    done_wanted = Signal(bool)
    link_wanted = Signal()
    delete_wanted = Signal()

    def __init__(self, read_only: bool = False, parent: QWidget | None = None) -> None:
        super().__init__("Follow-up", parent)
        self._entry: FollowUpEntry | None = None
        self.text = AutosaveText("What to do", "", 2)
        self.text.committed.connect(self._text_typed)
        self.add("What to do", self.text)
        self.done = QCheckBox("Done")
        self.done.clicked.connect(lambda on: self.done_wanted.emit(bool(on)))
        self.add_plain(self.done)
        self.due = OptionalMoment("Due", "On")
        self.due.chosen.connect(lambda iso: self.edited.emit("due", iso))
        self.add("Due", self.due)
        self.link = button("", self.link_wanted.emit, role="link", icon="link")
        self._link_label = self.add("About", self.link)
        self.delete = button("Delete follow-up", self.delete_wanted.emit, icon="trash-2")
        self.since = label("", "caption", wrap=False)
        row = self.add_plain(self.delete, space=12)
        row.addWidget(self.since)
        self.column.addStretch(1)
        self.text.setReadOnly(read_only)
        for widget in (self.done, self.due, self.delete):
            widget.setEnabled(not read_only)

    @property
    def entry(self) -> FollowUpEntry | None:
        return self._entry

    def show_followup(self, entry: FollowUpEntry) -> None:
        if self._entry is None or self._entry.id != entry.id:
            self.flush()
        self._entry = entry
        followup = entry.followup
        self.text.load(followup.text)
        self.done.setChecked(followup.done_at is not None)
        self.due.load(followup.due)
        linked = bool(followup.linked_id)
        for widget in (self.link, self._link_label):
            widget.setVisible(linked)
        if linked:
            page = f", page {followup.linked_page}" if followup.linked_page else ""
            kind = KINDS.get(followup.linked_kind or "", "")
            words = f"{kind}: {entry.linked or 'no longer there'}{page}"
            self.link.setText(words.replace("&", "&&"))
            self.link.setEnabled(bool(entry.linked))
        self.since.setText(f"Added {day(followup.created_at)}")

    def _text_typed(self, text: str) -> None:
        if text.strip():
            self.edited.emit("text", text.strip())
        elif self._entry is not None:
            self.text.load(self._entry.followup.text)
