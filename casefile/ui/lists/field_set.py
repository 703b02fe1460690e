"""Fields of one thing that save themselves, laid into a record: each knows the thing's field."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QCheckBox

from casefile.ui.lists.dates import OptionalMoment
from casefile.ui.lists.fields import AutosaveLine, AutosaveText
from casefile.ui.lists.record import Record


@dataclass(frozen=True, slots=True)
class Form:
    """How a value is typed: ``read`` raises ``ValueError`` for words that are none."""

    read: Callable[[str], object]
    show: Callable[[Any], str]


def _parts(typed: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in typed.split(",") if part.strip())


WORDS = Form(str, str)
LIST = Form(_parts, ", ".join)
NUMBER = Form(
    lambda typed: int(typed) if typed else None, lambda value: "" if value is None else str(value)
)


class FieldSet(QObject):
    """``edited(field, value)`` for each change that is worth saving, ``refused(name, words)`` for
    words that say no value: the field shows again what is saved."""

    edited = Signal(str, object)
    refused = Signal(str, str)

    def __init__(self, record: Record, *, read_only: bool = False) -> None:
        super().__init__(record)
        self._record = record
        self._read_only = read_only
        self._load: dict[str, Callable[[Any], None]] = {}
        self._thing: object | None = None

    def show(self, thing: object) -> None:
        """Show the fields of ``thing``; what is being typed right now is not touched."""
        self._thing = thing
        for field, load in self._load.items():
            load(getattr(thing, field))

    def line(self, field: str, name: str, hint: str = "", form: Form = WORDS) -> AutosaveLine:
        line = AutosaveLine(name, hint)
        line.setReadOnly(self._read_only)

        def committed(typed: str) -> None:
            try:
                value = form.read(typed.strip())
            except ValueError:
                self.refused.emit(name, typed.strip())
                line.load(form.show(getattr(self._thing, field)))
                return
            self.edited.emit(field, value)

        line.committed.connect(committed)
        self._load[field] = lambda value: line.load(form.show(value))
        self._record.add(name, line)
        return line

    def text(self, field: str, name: str, lines: int = 4) -> AutosaveText:
        text = AutosaveText(name, "", lines)
        text.setReadOnly(self._read_only)
        text.committed.connect(lambda typed: self.edited.emit(field, typed))
        self._load[field] = text.load
        self._record.add(name, text)
        return text

    def day(self, field: str, name: str, words: str) -> OptionalMoment:
        moment = OptionalMoment(name, words)
        moment.setEnabled(not self._read_only)
        moment.chosen.connect(lambda iso: self.edited.emit(field, iso))
        self._load[field] = moment.load
        self._record.column.addSpacing(8)
        self._record.column.addWidget(moment)
        return moment

    def box(self, field: str, words: str) -> QCheckBox:
        box = QCheckBox(words)
        box.setEnabled(not self._read_only)
        box.clicked.connect(lambda on: self.edited.emit(field, bool(on)))
        self._load[field] = box.setChecked
        self._record.column.addSpacing(4)
        self._record.column.addWidget(box)
        return box
