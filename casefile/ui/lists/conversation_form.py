"""A quote from a conversation: what was said, by whom, when, under which terms."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from casefile.domain.people import Source, Terms
from casefile.ui.lists.captured import CapturedText
from casefile.ui.lists.dates import OptionalMoment
from casefile.ui.lists.fields import ChoiceBox, terms_box
from casefile.ui.lists.quote_record import speaker_choices
from casefile.ui.lists.record import Record
from casefile.ui.models.words import today
from casefile.ui.parts import Notice, button, label


@dataclass(frozen=True, slots=True)
class ConversationWish:
    """What the form asks for; ``spoken_on`` is an ISO day."""

    text: str
    source_id: str | None
    spoken_on: str | None
    terms: Terms


class ConversationForm(Record):
    """``wanted(ConversationWish)`` with Ctrl+Enter or the button, ``cancelled`` with Esc."""

    wanted = Signal(object)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Quote from a conversation", parent)
        self._terms_of: dict[str, Terms] = {}
        self.column.addWidget(label("Quote from a conversation", "heading"))
        self.text = CapturedText("Words of the quote", "Word for word, as they were said")
        self.add("Words", self.text)
        self.speaker: ChoiceBox[str] = ChoiceBox("Speaker")
        self.speaker.chosen.connect(self._speaker_chosen)
        self.add("Speaker", self.speaker)
        self.spoken_on = OptionalMoment("Spoken on", "Day is known")
        self.add("Spoken on", self.spoken_on)
        self.terms = terms_box()
        self.add("Terms", self.terms)
        self.notice = Notice("danger")
        self.column.addSpacing(8)
        self.column.addWidget(self.notice)
        self.add_button = button("Add quote", self._add, role="primary", tip="Ctrl+Enter")
        self.add_plain(self.add_button, button("Cancel", self.cancelled.emit), space=12)
        self.column.addStretch(1)

    def begin(self, speakers: Sequence[Source], last: str | None, draft: str = "") -> None:
        """Start afresh with the last speaker, or with what was typed before the lock."""
        self._terms_of = {source.id: source.terms for source in speakers}
        self.speaker.offer(speaker_choices(speakers))
        try:
            kept = json.loads(draft) if draft else {}
        except ValueError:
            kept = {}
        self.text.load(str(kept.get("text", "")))
        speaker = kept.get("source_id", last)
        self.speaker.load(speaker if speaker in self._terms_of else None)
        self.terms.load(self._terms_of.get(str(speaker), Terms.ON_RECORD))
        self.spoken_on.load(today().isoformat())
        self.notice.clear()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def draft(self) -> str:
        text = self.text.toPlainText()
        if not text.strip():
            return ""
        return json.dumps({"text": text, "source_id": self.speaker.value})

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self._add()
        else:
            super().keyPressEvent(event)

    def _add(self) -> None:
        text = self.text.toPlainText().strip()
        if not text:
            self.notice.show_words("A quote needs words.", "Type them above.")
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        terms = self.terms.value or Terms.ON_RECORD
        self.wanted.emit(ConversationWish(text, self.speaker.value, self.spoken_on.value, terms))

    def _speaker_chosen(self, source_id: str | None) -> None:
        """A quote inherits the terms that were agreed with its speaker."""
        if source_id in self._terms_of:
            self.terms.load(self._terms_of[source_id])
