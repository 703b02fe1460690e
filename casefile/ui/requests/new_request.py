"""A new request: one page, of which only the agency must be filled."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QCompleter, QLineEdit, QPlainTextEdit, QWidget

from casefile.domain.laws import Law
from casefile.services import laws
from casefile.services.who_may_request import who_may
from casefile.ui.announce import announce
from casefile.ui.lists.dates import OptionalMoment
from casefile.ui.lists.record import Record
from casefile.ui.parts import Notice, button, label
from casefile.ui.requests.law_field import LawField
from casefile.ui.requests.money import hundredths
from casefile.ui.requests.words import BEHALF, law_note

_HINTS = Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText


class NewRequest(Record):
    """``wanted(dict)``, the fields of a request and ``sent_on``, ``received_on``, with Ctrl+Enter
    or the button; ``cancelled`` with Esc."""

    wanted = Signal(object)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("New request", parent)
        self.column.addWidget(label("New request", "heading"))
        self.agency = self._line("Agency")
        self.law = LawField()
        self.add("Law", self.law)
        self.law_note = label("", "caption")
        self.column.addWidget(self.law_note)
        self.may = QCheckBox()
        self.may.hide()
        self.add_plain(self.may, space=0)
        self.subject = self._line("Subject")
        self.numbers = self._line("Tracking numbers, separated by commas")
        self.requester = self._line("Requester of record")
        self.on_behalf_of = self._line("On behalf of")
        self.behalf_note = label(BEHALF, "caption")
        self.behalf_note.hide()
        self.column.addWidget(self.behalf_note)
        self.scope = self._text("Records asked for")
        self.text = self._text("Text of the request")
        self._dates()
        self._fees()
        self.notice = Notice("danger")
        self.column.addSpacing(8)
        self.column.addWidget(self.notice)
        self.add_button = button("Add request", self._add, role="primary", tip="Ctrl+Enter")
        self.add_plain(self.add_button, button("Cancel", self.cancelled.emit), space=12)
        self.column.addStretch(1)
        self.law.changed.connect(self._tell_law)
        self.on_behalf_of.setAccessibleDescription(BEHALF)
        self.on_behalf_of.textChanged.connect(self._tell_behalf)
        self._tell_law()

    def _dates(self) -> None:
        self.period_from = OptionalMoment("Period from", "Records from")
        self.period_to = OptionalMoment("Period to", "Records up to")
        self.sent = OptionalMoment("Sent", "Sent on")
        self.received = OptionalMoment("Received by the agency", "The agency had it on")
        self.column.addSpacing(8)
        for moment in (self.period_from, self.period_to, self.sent, self.received):
            self.column.addWidget(moment)

    def _fees(self) -> None:
        self.category = self._line("Fee category claimed")
        self.ceiling = self._line("Fee ceiling")
        self.ceiling.setPlaceholderText("What you pay unasked")
        self.currency = self._line("Currency")
        self.currency.setPlaceholderText("USD")
        self.waiver = QCheckBox("A fee waiver is asked for")
        self.expedited = QCheckBox("Expedited processing is asked for")
        self.certified = QCheckBox("Its statement is certified true")
        self.certified.setEnabled(False)
        self.expedited.toggled.connect(self._hasten)
        self.column.addSpacing(8)
        for box in (self.waiver, self.expedited, self.certified):
            self.column.addWidget(box)

    def begin(self, agencies: Sequence[str], laws: Iterable[Law], draft: str = "") -> None:
        """Start afresh, or with what was typed before the case was locked."""
        self.law.offer(laws)
        completer = QCompleter(list(agencies), self.agency)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.agency.setCompleter(completer)
        self.forget()
        if draft:
            self._fill(draft)
        self.agency.setFocus(Qt.FocusReason.OtherFocusReason)
        self.to_top()

    def forget(self) -> None:
        """Empty every field."""
        for line in self._lines.values():
            line.clear()
        self.scope.clear()
        self.text.clear()
        self.law.load("")
        for moment in (self.period_from, self.period_to, self.sent, self.received):
            moment.load(None)
        for box in (self.waiver, self.expedited, self.certified, self.may):
            box.setChecked(False)
        self.notice.clear()

    def draft(self) -> str:
        """What was typed, for after unlocking; empty when there is nothing to lose."""
        found = self._values()
        return json.dumps(found) if any(found.values()) else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif enter and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self._add()
        else:
            super().keyPressEvent(event)

    @property
    def _lines(self) -> dict[str, QLineEdit]:
        return {
            "agency": self.agency,
            "subject": self.subject,
            "numbers": self.numbers,
            "requester": self.requester,
            "on_behalf_of": self.on_behalf_of,
            "category": self.category,
            "fee_ceiling": self.ceiling,
            "currency": self.currency,
        }

    def _values(self) -> dict[str, Any]:
        values: dict[str, Any] = {name: line.text().strip() for name, line in self._lines.items()}
        values |= {
            "law": self.law.value,
            "scope": self.scope.toPlainText().strip(),
            "text": self.text.toPlainText().strip(),
            "period_from": self.period_from.value,
            "period_to": self.period_to.value,
            "sent_on": self.sent.value,
            "received_on": self.received.value,
            "waiver_asked": self.waiver.isChecked(),
            "expedited_asked": self.expedited.isChecked(),
            "expedited_certified": self.certified.isChecked() and self.expedited.isChecked(),
        }
        return values

    def _fill(self, draft: str) -> None:
        try:
            kept = json.loads(draft)
        except ValueError:
            return
        if not isinstance(kept, dict):
            return
        for name, line in self._lines.items():
            line.setText(str(kept.get(name, "")))
        self.law.load(str(kept.get("law", "")))
        self.scope.setPlainText(str(kept.get("scope", "")))
        self.text.setPlainText(str(kept.get("text", "")))
        self.period_from.load(kept.get("period_from"))
        self.period_to.load(kept.get("period_to"))
        self.sent.load(kept.get("sent_on"))
        self.received.load(kept.get("received_on"))
        self.waiver.setChecked(bool(kept.get("waiver_asked")))
        self.expedited.setChecked(bool(kept.get("expedited_asked")))
        self.certified.setChecked(bool(kept.get("expedited_certified")))

    def _add(self) -> None:
        if not self.agency.text().strip():
            self.notice.show_words("A request needs the agency's name.", "Type it above.")
            self.agency.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if not self.may.isHidden() and not self.may.isChecked():
            self.notice.show_words(
                "This law is not open to everyone.", "Tick above that the requester may ask."
            )
            self.may.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        values = self._values()
        try:
            values["fee_ceiling"] = hundredths(values["fee_ceiling"])
        except ValueError:
            self.notice.show_words("The fee ceiling is no amount.", "Type it like 25.00.")
            self.ceiling.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        values["currency"] = values["currency"].upper()
        numbers = values.pop("numbers")
        values["tracking_numbers"] = tuple(each.strip() for each in numbers.split(","))
        self.wanted.emit(values)

    def _tell_law(self) -> None:
        words = law_note(self.law.value)
        confirm = who_may(laws.get(self.law.value)).confirm if self.law.is_known else ""
        self.law_note.setText(words)
        self.law_note.setVisible(bool(words))
        wanted = f"The requester of record is {confirm}"
        if wanted != self.may.text():
            self.may.setChecked(False)  # what was said for one law says nothing for another
        self.may.setText(wanted)
        self.may.setAccessibleName(self.may.text())
        self.may.setVisible(bool(confirm))

    def _tell_behalf(self, text: str) -> None:
        if text and self.behalf_note.isHidden():
            announce(BEHALF, self)
        self.behalf_note.setVisible(bool(text))

    def _hasten(self, on: bool) -> None:
        self.certified.setEnabled(on)

    def _line(self, name: str) -> QLineEdit:
        line = QLineEdit()
        line.setAccessibleName(name)
        line.setInputMethodHints(_HINTS)
        self.add(name, line)
        return line

    def _text(self, name: str) -> QPlainTextEdit:
        text = QPlainTextEdit()
        text.setAccessibleName(name)
        text.setTabChangesFocus(True)
        text.setInputMethodHints(_HINTS | Qt.InputMethodHint.ImhMultiLine)
        text.setFixedHeight(text.fontMetrics().lineSpacing() * 4 + 20)
        self.add(name, text)
        return text
