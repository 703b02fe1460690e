"""The fields of the form that logs an event, by the name of what they fill in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from casefile.domain.requests import Way
from casefile.ui.lists.dates import OptionalMoment
from casefile.ui.lists.fields import ChoiceBox
from casefile.ui.parts import label
from casefile.ui.requests.money import hundredths, money
from casefile.ui.requests.words import OUTCOMES, WAYS

_HINTS = Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
Value = str | int | bool | None


@dataclass(frozen=True, slots=True)
class Field:
    """``box`` holds the label and the widget; ``read`` and ``load`` are its value."""

    box: QWidget
    name: QLabel
    read: Callable[[], Value]
    load: Callable[[Value], object]


def boxed(words: str, widget: QWidget) -> tuple[QWidget, QLabel]:
    """``widget`` under its name, to be shown and hidden together."""
    box = QWidget()
    named = label(words, "caption")
    named.setBuddy(widget)
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 4, 0, 0)
    column.setSpacing(4)
    column.addWidget(named)
    column.addWidget(widget)
    return box, named


def day_field(words: str) -> tuple[Field, OptionalMoment]:
    moment = OptionalMoment(words, "On")
    box, named = boxed(words, moment)

    def load(value: Value) -> None:
        moment.load(str(value) if value else None)

    return Field(box, named, lambda: moment.value, load), moment


def line_field(words: str, hint: str = "") -> tuple[Field, QLineEdit]:
    line = QLineEdit()
    line.setAccessibleName(words)
    line.setPlaceholderText(hint)
    line.setInputMethodHints(_HINTS)
    line.setMinimumWidth(60)
    box, named = boxed(words, line)
    return Field(
        box, named, lambda: line.text().strip(), lambda value: line.setText(str(value or ""))
    ), line


def number_field(words: str, what: str) -> tuple[Field, QLineEdit]:
    """A whole number; ``read`` raises ``ValueError(what)`` for anything else."""
    field, line = line_field(words)

    def read() -> Value:
        typed = line.text().strip().replace(",", "").replace("\u202f", "").replace("\u00a0", "")
        if not typed:
            return None
        if not typed.isdecimal():
            raise ValueError(what)
        return int(typed)

    def load(value: Value) -> None:
        line.setText("" if value is None else str(value))

    return Field(field.box, field.name, read, load), line


def money_field(words: str, what: str) -> tuple[Field, QLineEdit]:
    field, line = line_field(words, "420.00")

    def read() -> Value:
        try:
            return hundredths(line.text())
        except ValueError as error:
            raise ValueError(what) from error

    def load(value: Value) -> None:
        line.setText(money(value, "") if isinstance(value, int) else "")

    return Field(field.box, field.name, read, load), line


def text_field(words: str) -> tuple[Field, QPlainTextEdit]:
    text = QPlainTextEdit()
    text.setAccessibleName(words)
    text.setInputMethodHints(_HINTS | Qt.InputMethodHint.ImhMultiLine)
    text.setTabChangesFocus(True)
    text.setFixedHeight(text.fontMetrics().lineSpacing() * 3 + 20)
    box, named = boxed(words, text)
    return Field(
        box, named, lambda: text.toPlainText().strip(), lambda v: text.setPlainText(str(v or ""))
    ), text


def choice_field(words: str, none: str | None = "") -> tuple[Field, ChoiceBox[str]]:
    """A choice; ``none`` is its value while nothing is chosen."""
    choice: ChoiceBox[str] = ChoiceBox(words)
    box, named = boxed(words, choice)
    return Field(
        box,
        named,
        lambda: choice.value if choice.value is not None else none,
        lambda value: choice.load(None if value is None else str(value)),
    ), choice


def tick_field(words: str) -> tuple[Field, QCheckBox]:
    tick = QCheckBox(words)
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 4, 0, 0)
    column.addWidget(tick)
    return Field(box, QLabel(), tick.isChecked, lambda value: tick.setChecked(bool(value))), tick


def appeal_field() -> tuple[Field, ChoiceBox[str]]:
    """Whether it offers an appeal: yes, no, or nobody looked."""
    field, choice = choice_field("Does it offer an appeal?")
    choice.offer([("Yes", "yes", "", ""), ("No", "no", "", ""), ("Not looked yet", "", "", "")])
    known = {"yes": True, "no": False}
    words = {True: "yes", False: "no", None: ""}
    return Field(
        field.box,
        field.name,
        lambda: known.get(choice.value or ""),
        lambda value: choice.load(words[value if isinstance(value, bool) else None]),
    ), choice


def ways_field() -> tuple[Field, ChoiceBox[str]]:
    field, choice = choice_field("How it came")
    choice.offer([("Not said", "", "", ""), *((WAYS[way], way.value, "", "") for way in Way)])
    return field, choice


def outcome_field() -> tuple[Field, ChoiceBox[str]]:
    field, choice = choice_field("What was decided")
    choice.offer(
        [("Not said", "", "", ""), *((word, key, "", "") for key, word in OUTCOMES.items())]
    )
    return field, choice


def currency_of(country: str) -> str:
    """The currency of a country by its two letters: ``USD`` for ``US``."""
    territory = QLocale.codeToTerritory(country)
    if territory == QLocale.Country.AnyCountry:
        return ""
    locale = QLocale(QLocale.Language.AnyLanguage, territory)
    return locale.currencySymbol(QLocale.CurrencySymbolFormat.CurrencyIsoCode)
