"""Adds pages to the ledger, or changes an entry: which, how many, and where they are."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from casefile.domain.errors import UserError
from casefile.domain.page_numbers import count_between, numbered
from casefile.domain.requests import Bucket, LedgerEntry
from casefile.ui.lists.flow import FlowLayout
from casefile.ui.lists.screen import bring_into_sight
from casefile.ui.models.words import counted, one_line, visible
from casefile.ui.parts import Notice, button, label
from casefile.ui.requests import log_fields as made
from casefile.ui.requests.log_fields import Field, Value
from casefile.ui.requests.pages.words import LOOKS

_NOT_PAGES = "That is no number of pages."
#: What is asked of one bucket only.
_OF_ONE = {"to_whom": Bucket.REFERRED, "duplicate_of": Bucket.DUPLICATE}


@dataclass(frozen=True, slots=True)
class PagesWish:
    """``entry_id`` is the entry that is changed, if it is not new; ``next`` asks for the form once
    more."""

    entry_id: str
    bucket: Bucket
    pages: int
    details: Mapping[str, Any]
    next: bool = False


class PagesForm(QWidget):
    """``wanted(PagesWish)`` with Ctrl+Enter or a button, ``cancelled`` with Esc."""

    wanted = Signal(object)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Pages of the ledger")
        self._entry_id = ""
        self._before: dict[str, Value] = {}
        self._fields: dict[str, Field] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.heading = label("", "section")
        self._column.addWidget(self.heading)
        self._add_fields()
        self._add_end()
        for line in (self.first, self.last):
            line.textEdited.connect(lambda _text: self._count())
        self.pages.textEdited.connect(self._typed_count)
        self.bucket.chosen.connect(lambda _bucket: self._ask())

    def _put(self, name: str, pair: tuple[Field, Any]) -> Any:
        self._fields[name] = pair[0]
        self._column.addWidget(pair[0].box)
        return pair[1]

    def _add_fields(self) -> None:
        self.first = self._put("first", made.line_field("First page", "Bates or page number"))
        self.last = self._put("last", made.line_field("Last page", "The same for one page"))
        self.pages = self._put("pages", made.number_field("How many", _NOT_PAGES))
        self.told = label("", "caption")
        self._column.addWidget(self.told)
        self.bucket = self._put("bucket", made.choice_field("Where they are"))
        self.bucket.offer([(look.word, key, look.icon, look.token) for key, look in LOOKS.items()])
        self.to_whom = self._put("to_whom", made.line_field("Referred to"))
        self.duplicate_of = self._put("duplicate_of", made.line_field("Duplicate of"))
        self.document = self._put("document_id", made.choice_field("Document", None))
        self.note = self._put("note", made.text_field("Note"))

    def _add_end(self) -> None:
        self.notice = Notice("danger")
        self._column.addSpacing(8)
        self._column.addWidget(self.notice)
        self.save = button("Add", self._save, role="primary", tip="Ctrl+Enter")
        self.save_next = button(
            "Add, then the next", lambda: self._save(again=True), tip="Ctrl+Shift+Enter"
        )
        row = FlowLayout(spacing=8)
        for each in (self.save, self.save_next, button("Cancel", self.cancelled.emit)):
            row.addWidget(each)
        self._column.addSpacing(8)
        self._column.addLayout(row)
        self._column.addStretch(1)

    # Beginning.

    def offer_documents(self, titles: Mapping[str, str]) -> None:
        """The documents among which is chosen, by id."""
        self.document.offer(
            [
                ("None", None, "", ""),
                *((visible(one_line(words, 80)), key, "", "") for key, words in titles.items()),
            ]
        )

    def begin(
        self,
        entry: LedgerEntry | None = None,
        draft: str = "",
        *,
        first: str = "",
        bucket: Bucket = Bucket.FULL,
    ) -> None:
        """Start afresh (with the number and the bucket that are likely), with an entry to be
        changed, or with what was typed before."""
        kept = _read(draft)
        self._entry_id = entry.id if entry is not None else ""
        self.heading.setText("Change pages" if entry is not None else "Add pages")
        self.save.setText("Change" if entry is not None else "Add")
        self.save_next.setVisible(entry is None)
        self._load(_values_of(entry) if entry is not None else {"first": first, "bucket": bucket})
        self._before = self._values()
        if kept:
            self._load(kept)
        self.notice.clear()
        self.first.setFocus(Qt.FocusReason.OtherFocusReason)
        self.first.selectAll()
        bring_into_sight(self.first)

    def draft(self) -> str:
        """What was typed, to be gone on with later; empty where nothing was."""
        values = self._values()
        if values == self._before:
            return ""
        return json.dumps({"entry": self._entry_id, "values": values})

    @property
    def _bucket(self) -> Bucket:
        return Bucket(self.bucket.value or Bucket.FULL)

    def _values(self) -> dict[str, Value]:
        values: dict[str, Value] = {}
        for name, each in self._fields.items():
            try:
                values[name] = each.read()
            except ValueError:
                values[name] = self.pages.text()
        return values

    def _load(self, values: Mapping[str, Any]) -> None:
        for name, each in self._fields.items():
            each.load(values.get(name))
        if not self.bucket.value:
            self.bucket.load(Bucket.FULL.value)
        self._by_hand = values.get("pages") is not None
        self._ask()
        self._count()

    # What is asked.

    def _ask(self) -> None:
        for name, bucket in _OF_ONE.items():
            self._fields[name].box.setVisible(self._bucket is bucket)

    def _typed_count(self, text: str) -> None:
        self._by_hand = bool(text.strip())
        self._count()

    def _count(self) -> None:
        """How many it is follows from the numbers, until somebody types it."""
        counts = self._between()
        if not self._by_hand:
            self._fields["pages"].load(counts if counts and counts > 0 else None)
        self.told.setText(self._tell(counts))
        self.told.setVisible(bool(self.told.text()))

    def _between(self) -> int | None:
        first, last = self.first.text().strip(), self.last.text().strip()
        return count_between(first, last) if first and last else None

    def _tell(self, counts: int | None) -> str:
        if counts is None or counts < 1:
            return ""
        typed = self.pages.text().strip()
        return "" if typed == str(counts) else f"The numbers make {counted(counts, 'page')}."

    # Ending.

    def show_error(self, error: UserError) -> None:
        """Why it was not done; what was typed stays."""
        self.notice.show_error(error)
        bring_into_sight(self.notice)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif enter and held == control:
            self._save()
        elif enter and held == control | shift and not self._entry_id:
            self._save(again=True)
        else:
            super().keyPressEvent(event)

    def following(self) -> str:
        """The number after the last one, which the next run is likely to begin with."""
        known = numbered(self.last.text() or self.first.text())
        return known.at(known.value + 1) if known is not None else ""

    def _save(self, *, again: bool = False) -> None:
        try:
            values = {name: each.read() for name, each in self._fields.items()}
        except ValueError as error:
            self._refuse(str(error), "Nothing was changed. Type it in figures.")
            return
        pages = values.pop("pages")
        values.pop("bucket")
        if not isinstance(pages, int):
            self._refuse("How many pages is it?", "Nothing was changed. Type the number.")
            return
        for name, bucket in _OF_ONE.items():
            if self._bucket is not bucket:
                values[name] = ""
        self.wanted.emit(PagesWish(self._entry_id, self._bucket, pages, values, again))

    def _refuse(self, what: str, rest: str) -> None:
        self.notice.show_words(what, rest)
        self.pages.setFocus(Qt.FocusReason.OtherFocusReason)
        bring_into_sight(self.notice)


def draft_of(draft: str) -> str:
    """The id of the entry that a draft changes; empty where it adds."""
    try:
        return str(json.loads(draft).get("entry", ""))
    except (ValueError, AttributeError):
        return ""


def _read(draft: str) -> dict[str, Any]:
    try:
        kept = json.loads(draft).get("values", {})
    except (ValueError, AttributeError):
        return {}
    return kept if isinstance(kept, dict) else {}


def _values_of(entry: LedgerEntry) -> dict[str, Any]:
    names = ("first", "last", "pages", "to_whom", "duplicate_of", "document_id", "note")
    return {name: getattr(entry, name) for name in names} | {"bucket": entry.bucket.value}
