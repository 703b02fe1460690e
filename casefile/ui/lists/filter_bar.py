"""The filter over a list: words, menus, and what is set as chips that can be taken off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton, QVBoxLayout, QWidget

from casefile.ui import icons, theme
from casefile.ui.lists.flow import FlowLayout
from casefile.ui.parts import button, make_clearable

#: A pause in typing after which the list follows, in milliseconds.
PAUSE = 120


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a menu of the filter: what it is called and what it stands for."""

    word: str
    value: str


class FilterField(QLineEdit):
    """Where the words are typed: Esc clears them, then leaves; Down and Enter go to the list."""

    left = Signal()

    def __init__(self, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(hint)
        self.setAccessibleName("Filter")
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        )
        icon = QAction("Filter", self)
        icons.set_icon(icon, "list-filter", "muted")
        self.addAction(icon, QLineEdit.ActionPosition.LeadingPosition)
        make_clearable(self)
        theme.current().changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.setFixedWidth(theme.current().pixels(240))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.Key
        if event.key() == keys.Key_Escape and self.text():
            self.clear()
        elif event.key() in (keys.Key_Escape, keys.Key_Down, keys.Key_Return, keys.Key_Enter):
            self.left.emit()
        else:
            super().keyPressEvent(event)


class FilterBar(QWidget):
    """``changed`` when something else is asked for; ``left`` when the list is wanted."""

    changed = Signal()
    left = Signal()

    def __init__(self, hint: str = "Filter…  /", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = FilterField(hint)
        self._menus: dict[str, QPushButton] = {}
        self._choices: dict[str, tuple[Choice, ...]] = {}
        self._several: dict[str, bool] = {}
        self._set: dict[str, list[str]] = {}
        self._row = FlowLayout()
        self._row.addWidget(self.field)
        self._chips = FlowLayout(spacing=6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._row)
        column.addLayout(self._chips)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.changed)
        self.field.textChanged.connect(lambda _text: self._pause.start())
        self.field.left.connect(self.left)

    # Menus.

    def add_menu(self, title: str, choices: Sequence[Choice], *, several: bool = False) -> None:
        """A menu of choices; with ``several`` more than one can hold at once."""
        made = button(title)
        made.setAccessibleName(f"Filter by {title}")
        menu = QMenu(made)
        menu.setAccessibleName(title)
        made.setMenu(menu)
        self._menus[title] = made
        self._several[title] = several
        self._set[title] = []
        self._row.addWidget(made)
        self.set_choices(title, choices)

    def add_widget(self, widget: QWidget) -> None:
        self._row.addWidget(widget)

    def set_choices(self, title: str, choices: Sequence[Choice]) -> None:
        """Other entries for a menu; what is no longer among them is no longer asked for."""
        fresh = tuple(choices)
        if self._choices.get(title) == fresh:
            return
        self._choices[title] = fresh
        known = {choice.value for choice in fresh}
        before = self._set[title]
        self._set[title] = [value for value in before if value in known]
        self._fill(title)
        self._menus[title].setVisible(bool(fresh))
        if self._set[title] != before:
            self._tell()

    def values(self, title: str) -> list[str]:
        return list(self._set.get(title, ()))

    def value(self, title: str) -> str | None:
        found = self._set.get(title)
        return found[0] if found else None

    def choose(self, title: str, value: str, on: bool = True) -> None:
        """Ask for ``value`` of a menu, or no longer."""
        before = self._set[title]
        if not on:
            after = [v for v in before if v != value]
        elif self._several[title]:
            after = before if value in before else [*before, value]
        else:
            after = [value]
        if after != before:
            self._set[title] = after
            self._fill(title)
            self._tell()

    # Words.

    @property
    def words(self) -> str:
        return self.field.text().strip()

    @property
    def active(self) -> bool:
        return bool(self.words) or any(self._set.values())

    def clear(self) -> None:
        """Ask for nothing in particular."""
        if not self.active:
            return
        self.field.clear()
        for title in self._set:
            self._set[title] = []
            self._fill(title)
        self._tell()

    def flush(self) -> None:
        """Do not wait for a pause in typing."""
        if self._pause.isActive():
            self._pause.stop()
            self.changed.emit()

    # Inside.

    def _tell(self) -> None:
        self._pause.stop()
        self._draw_chips()
        self.changed.emit()

    def _fill(self, title: str) -> None:
        menu = self._menus[title].menu()
        menu.clear()
        for choice in self._choices[title]:
            action = menu.addAction(choice.word.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(choice.value in self._set[title])
            action.triggered.connect(
                lambda on, value=choice.value: self.choose(title, value, bool(on))
            )

    def _draw_chips(self) -> None:
        had_focus = False
        while (item := self._chips.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                had_focus = had_focus or widget.hasFocus()
                widget.hide()
                widget.deleteLater()
        for title, values in self._set.items():
            words = {choice.value: choice.word for choice in self._choices[title]}
            for value in values:
                self._chips.addWidget(self._chip(title, value, words[value]))
        if self._chips.count():
            self._chips.addWidget(button("Clear filters", self.clear, role="link"))
        if had_focus:
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chip(self, title: str, value: str, word: str) -> QPushButton:
        words = f"{word.replace('&', '&&')}  ×"
        chip = button(words, lambda: self.choose(title, value, on=False))
        chip.setAccessibleName(f"{title}: {word}. Remove this filter")
        return chip
