"""What goes into a letter: the grounds of an appeal, the withholdings it contests, own words.

The box only asks; whether the letter is drafted again is for others to decide.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from casefile.domain.letters import LetterKind, WithheldGround
from casefile.services import letter_grounds, letters, requests
from casefile.services.letter_grounds import Item
from casefile.services.letters import LetterChoices
from casefile.ui import icons
from casefile.ui.models.words import counted, today, visible
from casefile.ui.parts import button, label, set_tip
from casefile.ui.requests.log_fields import boxed

if TYPE_CHECKING:
    from casefile.services.case import Case

K = LetterKind
_CONTESTS = frozenset({K.APPEAL, K.COMPLAINT})
_OWN_WORDS: Mapping[LetterKind, str] = {
    K.CLARIFICATION_REPLY: "Your answer",
    K.NARROWING: "The narrower scope",
    K.FEE_OBJECTION: "In your own words",
    K.APPEAL: "In your own words",
    K.COMPLAINT: "In your own words",
}
#: The one code with which a body neither confirms nor denies: many, and seldom more than one.
_LIMB = "ncnd "
#: A pause in typing after which the letter is drafted again, in milliseconds.
PAUSE = 500


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be chosen for a letter. ``fields`` are names of ``LetterChoices`` with what is asked
    for; ``suggested`` are the items that the withholdings of the request speak for."""

    fields: tuple[tuple[str, str], ...] = ()
    items: tuple[Item, ...] = ()
    suggested: frozenset[str] = frozenset()
    withheld: tuple[WithheldGround, ...] = ()

    @property
    def first(self) -> tuple[str, ...]:
        """The suggested items, in the order of the list."""
        return tuple(item.id for item in self.items if item.id in self.suggested)


def offered(case: Case, request_id: str, kind: LetterKind) -> Offer:
    """Raises ``UserError("request.not_found")``."""
    request = requests.get(case, request_id)
    fields = [("answer", _OWN_WORDS[kind])] if kind in _OWN_WORDS else []
    if kind is K.FEE_WAIVER or (kind is K.REQUEST and request.waiver_asked):
        fields.append(("waiver_reason", "Why the fee should be waived"))
    if kind is K.REQUEST and request.expedited_asked:
        fields.append(("expedited_reason", "Why it is urgent"))
    if kind is K.COMPLAINT:
        fields.append(("reviewer", "Who it goes to, where the law leaves that open"))
    fields.append(("address", "Your address, under your name"))
    if kind not in _CONTESTS:
        return Offer(tuple(fields))
    facts = letters.facts_for(case, request_id, kind, LetterChoices(today()))
    return Offer(
        tuple(fields),
        letter_grounds.checklist(facts.law_id),
        letter_grounds.suggested(case, request_id, facts.law_id),
        facts.withheld,
    )


class ChoicesBox(QFrame):
    """``changed`` when something else was chosen; ``again_wanted`` when the letter is to be drafted
    again although its text was changed."""

    changed = Signal()
    again_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("What goes into the letter")
        self._offer: Offer | None = None
        self._base = LetterChoices(today())
        self.ticks: dict[str, Tick] = {}
        self.contested: dict[str, Tick] = {}
        self.fields: dict[str, QPlainTextEdit] = {}
        self.fold = button("", self._toggle, role="link")
        self.stale = label("The text was changed, so it was left as it is.", "warning")
        self.again = button("Draft again (your changes are lost)", self.again_wanted.emit)
        self._inside = QWidget()
        self._rows = QVBoxLayout(self._inside)
        self._rows.setContentsMargins(0, 0, 0, 4)
        self._rows.setSpacing(4)
        self._limbs = QWidget()
        self._all_limbs = button("", self._show_limbs, role="link")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(self._inside)
        column.addWidget(self.stale)
        column.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeading)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.changed)
        self.hide()

    def offer(self, offer: Offer, choices: LetterChoices, *, opened: bool) -> None:
        """Let choose among these, with ``choices`` as they were made so far."""
        self.clear()
        self._offer, self._base = offer, choices
        self._add_items(offer, choices)
        self._add_withheld(offer, choices)
        for name, words in offer.fields:
            self._add_field(name, words, getattr(choices, name))
        self._inside.setVisible(opened)
        self.show()
        self._tell()

    def take_focus(self) -> None:
        """Put the keyboard on what is asked first."""
        asked = [*(tick.box for tick in self.ticks.values()), *self.fields.values()]
        if asked:
            asked[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """Nothing can be chosen."""
        self._pause.stop()
        self._offer = None
        self.ticks, self.contested, self.fields = {}, {}, {}
        self.hide()
        self.tell_stale(stale=False)
        while (row := self._rows.takeAt(0)) is not None:
            if (widget := row.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def read(self, base: LetterChoices) -> LetterChoices:
        """What is chosen; ``base`` as long as nothing can be chosen yet."""
        if self._offer is None:
            return base
        words: dict[str, Any] = {name: each.toPlainText() for name, each in self.fields.items()}
        return replace(
            base,
            checked=tuple(key for key, tick in self.ticks.items() if tick.on),
            left_out=tuple(code for code, tick in self.contested.items() if not tick.on),
            **words,
        )

    def tell_stale(self, *, stale: bool) -> None:
        """Whether the letter does not say what is chosen."""
        self.stale.setVisible(stale)
        self.again.setVisible(stale)

    # The rows.

    def _add_items(self, offer: Offer, choices: LetterChoices) -> None:
        if not offer.items:
            return
        self._rows.addWidget(label("Grounds that belong to no page", "caption"))
        limbs = QVBoxLayout()
        limbs.setContentsMargins(0, 0, 0, 0)
        limbs.setSpacing(4)
        hidden = 0
        for item in offer.items:
            tick = self._tick(item.title, item.id in choices.checked, item.hint)
            self.ticks[item.id] = tick
            if item.id.startswith(_LIMB) and not tick.on:
                limbs.addWidget(tick)
                hidden += 1
            else:
                self._rows.addWidget(tick)
        if hidden:
            self._limbs, self._all_limbs = QWidget(), button("", self._show_limbs, role="link")
            self._limbs.setLayout(limbs)
            words = counted(hidden, "more section", "more sections")
            self._all_limbs.setText(f"Neither confirm nor deny: {words}…")
            self._rows.addWidget(self._all_limbs, 0, Qt.AlignmentFlag.AlignLeading)
            self._rows.addWidget(self._limbs)
            self._limbs.hide()

    def _add_withheld(self, offer: Offer, choices: LetterChoices) -> None:
        if not offer.withheld:
            return
        self._rows.addSpacing(4)
        self._rows.addWidget(label("Withholdings that are contested", "caption"))
        for ground in offer.withheld:
            on = ground.code not in choices.left_out
            tick = self._tick(ground.heading, on, "\n".join(ground.places))
            self.contested[ground.code] = tick
            self._rows.addWidget(tick)

    def _add_field(self, name: str, words: str, value: str) -> None:
        field = QPlainTextEdit()
        field.setAccessibleName(words)
        field.setTabChangesFocus(True)
        field.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhMultiLine
        )
        field.setFixedHeight(field.fontMetrics().lineSpacing() * 3 + 20)
        field.setPlainText(value)
        field.textChanged.connect(self._pause.start)
        self.fields[name] = field
        self._rows.addWidget(boxed(words, field)[0])

    def _tick(self, words: str, on: bool, hint: str) -> Tick:
        tick = Tick(words, hint)
        tick.box.setChecked(on)
        tick.box.toggled.connect(lambda _on: self._ticked())
        return tick

    def _ticked(self) -> None:
        self._tell()
        self.changed.emit()

    def _show_limbs(self) -> None:
        self._limbs.show()
        self._all_limbs.hide()
        first = self._limbs.findChild(QCheckBox)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    # Folding.

    def _toggle(self) -> None:
        self._inside.setVisible(self._inside.isHidden())
        self._tell()

    def _tell(self) -> None:
        told = ["What goes into the letter"]
        if self.ticks:
            told.append(counted(sum(tick.on for tick in self.ticks.values()), "ground"))
        if self.contested:
            told.append(counted(sum(t.on for t in self.contested.values()), "withholding"))
        self.fold.setText(told[0] + (f" ({', '.join(told[1:])})" if told[1:] else ""))
        shown = not self._inside.isHidden()
        icons.set_icon(self.fold, "chevron-down" if shown else "chevron-right", "accent")
        self.fold.setAccessibleDescription("Shown" if shown else "Folded away")


class Tick(QWidget):
    """A box to tick whose words may take several lines; ``hint`` says when it fits."""

    def __init__(self, words: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = QCheckBox()
        self.box.setAccessibleName(visible(words))
        self.box.setAccessibleDescription(visible(hint))
        set_tip(self, visible(hint))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(label(visible(words), "body"), 1)

    @property
    def on(self) -> bool:
        return self.box.isChecked()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The words are as good as the box."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.box.toggle()
        super().mouseReleaseEvent(event)
