"""A new source: the few things that have to be known, in one form, saved with Enter."""

from __future__ import annotations

import json
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from casefile.domain.people import Terms
from casefile.ui.lists.fields import terms_box
from casefile.ui.lists.record import Record
from casefile.ui.lists.secret import HoldToReveal
from casefile.ui.parts import Notice, button, label

_HINTS = Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText


@dataclass(frozen=True, slots=True)
class SourceWish:
    """What the form asks for."""

    name: str
    code_name: str | None
    confidential: bool
    organisation: bool
    terms: Terms


class NewSource(Record):
    """``wanted(SourceWish)`` with Enter or the button, ``cancelled`` with Esc."""

    wanted = Signal(object)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("New source", parent)
        self.column.addWidget(label("New source", "heading"))
        self.confidential = QCheckBox("Confidential: shown by code name only")
        self.confidential.toggled.connect(self._protect)
        self.add_plain(self.confidential)
        # The name keeps its place when a source becomes confidential: a real name must not be
        # typed into the code name by habit, because every list and bundle shows that one.
        self.name = _line("Name")
        self._name_label = self.add("Name", self.name)
        self._reveal = HoldToReveal()
        self._reveal.held.connect(self._held)
        self.add_plain(self._reveal, space=4)
        self.code_name = _line("Code name")
        self._code_label = self.add("Code name", self.code_name)
        self.organisation = QCheckBox("This is an organisation")
        self.add_plain(self.organisation)
        self.terms = terms_box("Terms of new quotes")
        self.terms.load(Terms.ON_RECORD)
        self.add("Terms of new quotes", self.terms)
        self.notice = Notice("danger")
        self.column.addSpacing(8)
        self.column.addWidget(self.notice)
        self.add_button = button("Add source", self._add, role="primary")
        self.add_plain(self.add_button, button("Cancel", self.cancelled.emit), space=12)
        self.column.addStretch(1)
        for line in (self.code_name, self.name):
            line.returnPressed.connect(self._add)
        self._protect(on=False)

    def begin(self, suggested: str, draft: str = "") -> None:
        """Start afresh, or with what was typed before the case was locked."""
        try:
            kept = json.loads(draft) if draft else {}
        except ValueError:
            kept = {}
        self.confidential.setChecked(bool(kept.get("confidential", False)))
        self.organisation.setChecked(bool(kept.get("organisation", False)))
        self.code_name.setText(str(kept.get("code_name", suggested)))
        self.name.setText(str(kept.get("name", "")))
        self.terms.load(Terms.ON_RECORD)
        self.notice.clear()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Nothing that was typed stays in a hidden field."""
        self.name.clear()
        self.code_name.clear()
        self.notice.clear()

    def draft(self) -> str:
        """What was typed, for after unlocking; empty when there is nothing to lose."""
        if not self.name.text().strip():
            return ""
        return json.dumps(
            {
                "name": self.name.text(),
                "code_name": self.code_name.text(),
                "confidential": self.confidential.isChecked(),
                "organisation": self.organisation.isChecked(),
            }
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)

    def _add(self) -> None:
        protect = self.confidential.isChecked()
        name, code_name = self.name.text().strip(), self.code_name.text().strip()
        if protect and not code_name:
            self.notice.show_words("A confidential source needs a code name.", "Type one above.")
            self.code_name.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not name and not protect:
            self.notice.show_words("A source needs a name.", "Type it above.")
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.wanted.emit(
                SourceWish(
                    name,
                    code_name if protect else None,
                    protect,
                    self.organisation.isChecked(),
                    self.terms.value or Terms.ON_RECORD,
                )
            )

    def _protect(self, on: bool) -> None:
        for widget in (self.code_name, self._code_label, self._reveal):
            widget.setVisible(on)
        self._name_label.setText("Real name" if on else "Name")
        self.name.setAccessibleName("Real name" if on else "Name")
        self._held(held=False)
        if on and self.terms.value is Terms.ON_RECORD:
            self.terms.load(Terms.BACKGROUND)

    def _held(self, held: bool) -> None:
        mask = self.confidential.isChecked() and not held
        modes = QLineEdit.EchoMode
        self.name.setEchoMode(modes.Password if mask else modes.Normal)


def _line(name: str) -> QLineEdit:
    line = QLineEdit()
    line.setAccessibleName(name)
    line.setInputMethodHints(_HINTS)
    return line
