"""The clocks of a request: the reporter's own first, those that are not open yet folded away."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from casefile.domain.clocks import Clock, ClockState, Party
from casefile.ui.lists.flow import FlowLayout
from casefile.ui.lists.menus import Verb, build_menu
from casefile.ui.models.words import day, today, visible
from casefile.ui.parts import button, label
from casefile.ui.requests.lines import Line, LinesView
from casefile.ui.requests.words import clock_tone, date_words, full_name, state_words

if TYPE_CHECKING:
    from casefile.services.deadlines import RequestView

_LATER = frozenset({ClockState.WAITING, ClockState.OFF, ClockState.NO_NUMBER})
_ENDED = frozenset({ClockState.MET, ClockState.GIVEN_UP})
_ICONS = {
    ClockState.WAITING: "circle-dashed",
    ClockState.RUNNING: "hourglass",
    ClockState.PAUSED: "pause",
    ClockState.LAPSED: "triangle-alert",
    ClockState.MET: "circle-check",
    ClockState.NO_DATE: "file-question-mark",
    ClockState.NO_NUMBER: "circle-dashed",
    ClockState.ASKS: "message-square",
    ClockState.OFF: "circle-slash",
    ClockState.NOT_YET: "hourglass",
    ClockState.OPEN: "circle-dot",
    ClockState.GIVEN_UP: "ban",
}
#: What can be done with a clock: letter, words.
WHY, SET, FACT, GIVE_UP = "W", "D", "F", "G"


def key_of(clock: Clock) -> str:
    """A clock that several letters start appears once for each."""
    started = clock.started_by.id if clock.started_by else ""
    return f"{clock.rule.id} {started}"


class ClockList(QWidget):
    """``asked(letter, Clock)``: W (or Enter) why this date, D set by hand, F answer its question,
    G give up."""

    asked = Signal(str, object)

    def __init__(self, *, read_only: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._read_only = read_only
        self._clocks: dict[str, Clock] = {}
        self.view = LinesView("Clocks", WHY + SET + FACT + GIVE_UP)
        self.none = label("No clock runs yet.", "muted")
        self.fold = button("", self._toggle, role="link")
        self.later = LinesView("Clocks that are not open", WHY + SET + FACT + GIVE_UP)
        self.later.hide()
        self._buttons = {
            WHY: button("Why this date?", lambda: self._ask(WHY), tip="W or Enter on a clock"),
            SET: button("Set by hand…", lambda: self._ask(SET), tip="D on a clock"),
            FACT: button("Answer…", lambda: self._ask(FACT), tip="F on a clock"),
            GIVE_UP: button("Give up…", lambda: self._ask(GIVE_UP), tip="G on a clock"),
        }
        row = FlowLayout(spacing=6)
        for made in self._buttons.values():
            row.addWidget(made)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.view)
        column.addWidget(self.none)
        column.addLayout(row)
        column.addWidget(self.fold)
        column.addWidget(self.later)
        self._connect()

    def _connect(self) -> None:
        for view in (self.view, self.later):
            view.opened.connect(lambda key: self._ask(WHY, key))
            view.verb_wanted.connect(self._ask)
            view.menu_wanted.connect(self._menu)
            view.current_changed.connect(lambda _key: self._enable())

    def show_request(self, view: RequestView) -> None:
        now = today()
        leading = view.leading
        self._clocks = {key_of(each): each for each in view.clocks}
        ranked = sorted(self._clocks.items(), key=lambda pair: _rank(pair[1], leading))
        shown = [(key, clock) for key, clock in ranked if clock.state not in _LATER]
        later = [(key, clock) for key, clock in ranked if clock.state in _LATER]
        self.view.show_lines([_line(key, clock, now) for key, clock in shown])
        self.later.show_lines([_line(key, clock, now) for key, clock in later])
        self.view.setVisible(bool(shown))
        self.none.setVisible(not shown)
        self.none.setText(_nothing(view))
        self.fold.setVisible(bool(later))
        self._tell_fold(opened=not self.later.isHidden())
        self.later.setVisible(bool(later) and not self.later.isHidden())
        self._enable()

    @property
    def current(self) -> Clock | None:
        """The clock under the keyboard, else the first."""
        view = self.later if self.later.hasFocus() else self.view
        return self._clocks.get(view.current)

    def clock(self, key: str) -> Clock | None:
        return self._clocks.get(key)

    def first_asking(self) -> Clock | None:
        asking = (c for c in self._clocks.values() if c.state is ClockState.ASKS)
        return next(asking, None)

    def menu_for_chosen(self) -> QMenu | None:
        clock = self.current
        if clock is None:
            return None
        verbs: list[Verb | None] = []
        for letter, made in self._buttons.items():
            possible = can(letter, clock, read_only=self._read_only)
            verbs.append((f"{made.text()}\t{letter}", partial(self._ask, letter), possible))
        return build_menu(self, verbs)

    def _menu(self, place: QPoint) -> None:
        menu = self.menu_for_chosen()
        if menu is not None:
            menu.popup(place)

    def _ask(self, letter: str, key: str = "") -> None:
        clock = self._clocks.get(key) if key else self.current
        if clock is not None and can(letter, clock, read_only=self._read_only):
            self.asked.emit(letter, clock)

    def _enable(self) -> None:
        clock = self.current
        for letter, made in self._buttons.items():
            possible = clock is not None and can(letter, clock, read_only=self._read_only)
            made.setEnabled(possible)
            made.setVisible((letter in (WHY, SET) and bool(self._clocks)) or possible)

    def _toggle(self) -> None:
        self.later.setVisible(self.later.isHidden())
        self.later.fit()
        self._tell_fold(opened=not self.later.isHidden())

    def _tell_fold(self, *, opened: bool) -> None:
        count = len(self.later.lines)
        verb = "Hide" if opened else "Show"
        self.fold.setText(f"{verb} {count} that {'is' if count == 1 else 'are'} not open")


def can(letter: str, clock: Clock, *, read_only: bool) -> bool:
    """Whether this can be done with a clock now."""
    live = clock.state not in _ENDED
    match letter:
        case "W":
            return True
        case "D":
            return not read_only and live and bool(clock.rule.citation or clock.due)
        case "F":
            return not read_only and bool(clock.rule.only_if)
        case _:
            own = clock.party is Party.REQUESTER
            return not read_only and own and clock.state in (ClockState.RUNNING, ClockState.LAPSED)


def _rank(clock: Clock, leading: Clock | None) -> tuple[int, date]:
    own = clock.party is Party.REQUESTER
    first = 0 if clock is leading or clock == leading else 1
    ended = clock.state in _ENDED
    group = 9 if ended else first if own or not first else 2
    return group, clock.drives or clock.due or date.max


def _line(key: str, clock: Clock, now: date) -> Line:
    doubts = []
    if clock.check_this:
        doubts.append("check this: not every figure was seen in a source")
    if clock.doubt and clock.state is not ClockState.OFF:
        doubts.append(clock.doubt)
    if clock.override is not None:
        doubts.append(f"by hand: {clock.override.reason}")
    pages = clock.started_by.note if clock.started_by else ""
    facts = [state_words(clock), pages, *doubts, _source(clock)]
    tone = clock_tone(clock, now) or ("verified" if clock.state is ClockState.MET else "muted")
    dated = clock.state not in _LATER
    return Line(
        key,
        full_name(clock),
        date_words(clock, now) if dated else "",
        visible(" · ".join(fact for fact in facts if fact)),
        _ICONS[clock.state],
        tone,
    )


def _source(clock: Clock) -> str:
    if clock.checked is None:
        return clock.source
    checked = f"checked on {day(clock.checked.isoformat())}"
    where = clock.rule.citation or clock.source
    return ", ".join(part for part in (where, checked if clock.rule.verified else "") if part)


def _nothing(view: RequestView) -> str:
    if view.law is None and view.request.law:
        return "Casefile does not know this law: only limits that letters name are shown."
    if view.law is None:
        return "No law is chosen for this request: only limits that letters name are shown."
    return "No clock runs yet."
