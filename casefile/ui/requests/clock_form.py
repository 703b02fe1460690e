"""What the reporter decides of a clock: another date, to let a limit go, an answer, later."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from casefile.domain.clocks import Clock
from casefile.ui.lists.dates import DayEdit
from casefile.ui.lists.record import Record
from casefile.ui.models.words import today, visible
from casefile.ui.parts import Notice, button, label
from casefile.ui.requests.log_fields import boxed
from casefile.ui.requests.words import date_words, full_name

if TYPE_CHECKING:
    from casefile.services.deadlines import RequestView


class Decision(StrEnum):
    SET = "set"
    GIVE_UP = "give_up"
    ANSWER = "answer"
    SNOOZE = "snooze"


@dataclass(frozen=True, slots=True)
class ClockWish:
    """``clock`` is the id of its rule, ``letter`` the event that started it; ``yes`` the answer to
    what it asks."""

    request_id: str
    decision: Decision
    clock: str = ""
    on: date | None = None
    reason: str = ""
    yes: bool = False
    letter: str | None = None


_HEADINGS = {
    Decision.SET: "Set the date by hand",
    Decision.GIVE_UP: "Give up this limit",
    Decision.ANSWER: "The clock asks",
    Decision.SNOOZE: "Look again later",
}
_MEANS = {
    Decision.SET: "The computed date stays in the explanation; your date and its reason stay in "
    "the history.",
    Decision.GIVE_UP: "It no longer stands on Today. The reason stays in the history.",
    Decision.ANSWER: "",
    Decision.SNOOZE: "Today shows it again from that day on. The clock itself does not change.",
}


class ClockForm(Record):
    """``wanted(ClockWish)``; ``cancelled`` with Esc."""

    wanted = Signal(object)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Decide about a clock", parent)
        self._request_id, self._clock = "", ""
        self._letter: str | None = None
        self._decision = Decision.SET
        self._untouched = ""
        self.heading = label("", "heading")
        self.about = label("", "body")
        self.means = label("", "muted")
        self.day = DayEdit("Day")
        self._day_box, self._day_name = boxed("Day", self.day)
        self.reason = QLineEdit()
        self.reason.setAccessibleName("Reason")
        self.reason.setPlaceholderText("Words that still make sense in a year")
        self.reason.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)
        self._reason_box, _ = boxed("Reason", self.reason)
        self.notice = Notice("danger")
        for widget in (self.heading, self.about, self.means, self._day_box, self._reason_box):
            self.column.addWidget(widget)
        self.column.addWidget(self.notice)
        self.save = button("Keep", lambda: self._keep(yes=True), role="primary", tip="Ctrl+Enter")
        self.no = button("No", lambda: self._keep(yes=False))
        self.add_plain(self.save, self.no, button("Cancel", self.cancelled.emit), space=12)
        self.column.addStretch(1)

    def begin(
        self,
        view: RequestView,
        decision: Decision,
        clock: Clock | None = None,
        draft: str = "",
    ) -> None:
        """Ask for a decision, afresh or with what was typed before the lock."""
        self._request_id = view.request.id
        self._clock = clock.rule.id if clock is not None else ""
        letter = clock.started_by.id if clock is not None and clock.started_by else ""
        self._letter = letter or None
        self._decision = decision
        asks = decision is Decision.ANSWER
        self.heading.setText(_HEADINGS[decision])
        self.about.setText(visible(_about(view, decision, clock)))
        self.means.setText(_MEANS[decision])
        self.means.setVisible(bool(_MEANS[decision]))
        self._day_box.setVisible(decision in (Decision.SET, Decision.SNOOZE))
        self._day_name.setText("Date that counts" if decision is Decision.SET else "Look again on")
        self.day.setAccessibleName(self._day_name.text())
        computed = clock.drives or clock.due if clock is not None else None
        later = today() + timedelta(days=30)
        self.day.set_day(computed or today() if decision is Decision.SET else later)
        self._reason_box.setVisible(decision in (Decision.SET, Decision.GIVE_UP))
        self.reason.clear()
        words = {Decision.GIVE_UP: "Give up", Decision.ANSWER: "Yes", Decision.SNOOZE: "Put off"}
        self.save.setText(words.get(decision, "Set date"))
        self.no.setVisible(asks)
        self.notice.clear()
        self._untouched = self._state()
        if draft:
            kept = json.loads(draft)
            self.day.set_day(date.fromisoformat(kept["on"]))
            self.reason.setText(kept["reason"])
        first = {Decision.GIVE_UP: self.reason, Decision.ANSWER: self.save}
        first.get(decision, self.day).setFocus(Qt.FocusReason.OtherFocusReason)

    def draft(self) -> str:
        """What was typed, for after the lock; nothing where nothing was."""
        state = self._state()
        return state if state != self._untouched else ""

    def _state(self) -> str:
        return json.dumps(
            {"request": self._request_id, "decision": self._decision.value, "clock": self._clock,
             "letter": self._letter, "on": self.day.day.isoformat(), "reason": self.reason.text()}
        )  # fmt: skip

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif enter and (
            self.reason.hasFocus() or event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self._keep(yes=True)
        else:
            super().keyPressEvent(event)

    def _keep(self, *, yes: bool) -> None:
        self.wanted.emit(
            ClockWish(
                self._request_id,
                self._decision,
                self._clock,
                self.day.day,
                self.reason.text().strip(),
                yes,
                self._letter,
            )
        )


def _about(view: RequestView, decision: Decision, clock: Clock | None) -> str:
    if clock is None:
        since = f", late since {view.late_since:%d %b %Y}" if view.late_since else ""
        return f"{view.request.agency}{since}"
    if decision is Decision.ANSWER:
        return f"{full_name(clock)}: does this hold? {clock.rule.only_if}"
    dates = date_words(clock, today())
    return f"{view.request.agency}: {full_name(clock)}" + (f", {dates}" if dates else "")
