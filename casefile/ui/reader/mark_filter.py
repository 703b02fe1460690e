"""Which marks of a document are listed: by words, kind, colour and tag."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton, QVBoxLayout, QWidget

from casefile.domain.annotations import COLOURS, Annotation, AnnotationKind
from casefile.ui.lists.flow import FlowLayout
from casefile.ui.parts import make_clearable
from casefile.ui.reader.file_marks import is_from_file
from casefile.ui.reader.marks import COLOURLESS, KIND_NAMES, NUMBERS, describe

#: What stands among the kinds for marks of other programs.
FROM_FILE = "from_file"


@dataclass(frozen=True, slots=True)
class MarkFilter:
    """``words`` (in small letters) must all stand in a mark's text, comment, tags or description;
    of ``kinds``, ``colours`` and ``tags`` it must have one each, where any are given."""

    words: tuple[str, ...] = ()
    kinds: frozenset[str] = frozenset()
    colours: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.words or self.kinds or self.colours or self.tags)

    def leaves(self, mark: Annotation, tags: Sequence[str]) -> bool:
        """Whether a mark with these tags is listed."""
        if self.kinds and kind_of(mark) not in self.kinds:
            return False
        if self.colours and (mark.colour not in self.colours or mark.kind in COLOURLESS):
            return False
        if self.tags and self.tags.isdisjoint(tags):
            return False
        if not self.words:
            return True
        text = f"{mark.text} {mark.comment} {describe(mark)} {' '.join(tags)}".casefold()
        return all(word in text for word in self.words)


def kind_of(mark: Annotation) -> str:
    """A mark's kind, or that it is the file's."""
    return FROM_FILE if is_from_file(mark) else str(mark.kind)


@dataclass(frozen=True, slots=True)
class Choice:
    """An entry of a menu: a value, what it is called, and how many marks have it."""

    value: str
    word: str
    count: int


def kinds_of(marks: Iterable[Annotation]) -> list[Choice]:
    """The kinds that there are, in their usual order."""
    counts = Counter(map(kind_of, marks))
    words = {**{str(kind): KIND_NAMES[kind] for kind in AnnotationKind}, FROM_FILE: "From the file"}
    return [Choice(kind, word, counts[kind]) for kind, word in words.items() if counts[kind]]


def colours_of(marks: Iterable[Annotation]) -> list[Choice]:
    counts = Counter(mark.colour for mark in marks if mark.kind not in COLOURLESS)
    return [
        Choice(name, f"{NUMBERS[name]} {name.capitalize()}", counts[name])
        for name in COLOURS
        if counts[name]
    ]


def tags_of(tags: Iterable[Sequence[str]]) -> list[Choice]:
    counts = Counter(name for names in tags for name in names)
    return [Choice(name, name, counts[name]) for name in sorted(counts, key=str.casefold)]


class FilterLine(QLineEdit):
    """``left()``: to the list."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.Key
        if event.key() == keys.Key_Escape and self.text():
            self.clear()
        elif event.key() in (keys.Key_Escape, keys.Key_Down, keys.Key_Return, keys.Key_Enter):
            self.left.emit()
        else:
            super().keyPressEvent(event)


class FilterMenu(QPushButton):
    """A button that shows what is asked for, with a menu of what there is. ``changed()``."""

    changed = Signal()

    def __init__(self, title: str, offered: Callable[[], Sequence[Choice]]) -> None:
        super().__init__(title)
        self._title = title
        self._offered = offered
        self.chosen: dict[str, str] = {}
        menu = QMenu(self)
        menu.setAccessibleName(title)
        menu.aboutToShow.connect(self._fill)
        self.setMenu(menu)
        self._tell()

    def clear(self) -> None:
        self.chosen.clear()
        self._tell()

    def choose(self, choice: Choice, *, on: bool) -> None:
        """Ask for a value, or no longer."""
        if on:
            self.chosen[choice.value] = choice.word
        else:
            self.chosen.pop(choice.value, None)
        self._tell()
        self.changed.emit()

    def _fill(self) -> None:
        menu = self.menu()
        menu.clear()
        offered = self._offered()
        for choice in offered:
            action = menu.addAction(f"{choice.word.replace('&', '&&')}  ({choice.count:,})")
            action.setCheckable(True)
            action.setChecked(choice.value in self.chosen)
            action.triggered.connect(lambda on, choice=choice: self.choose(choice, on=bool(on)))
        if not offered:
            menu.addAction(f"No {self._title.casefold()} yet").setEnabled(False)

    def _tell(self) -> None:
        words = ", ".join(self.chosen.values())
        self.setAccessibleName(f"Filter by {self._title}: {words or 'any'}")
        self.setToolTip(words)
        shown = words if len(self.chosen) == 1 and len(words) <= 14 else f"{len(self.chosen)}"
        self.setText(f"{self._title}: {shown}" if self.chosen else self._title)


class MarkFilterBar(QWidget):
    """``changed()``: something else is asked for; ``left()``: the list is wanted."""

    changed = Signal()
    left = Signal()

    def __init__(
        self,
        kinds: Callable[[], Sequence[Choice]],
        colours: Callable[[], Sequence[Choice]],
        tags: Callable[[], Sequence[Choice]],
    ) -> None:
        super().__init__()
        self.field = FilterLine()
        self.field.setPlaceholderText("Filter marks  /")
        self.field.setAccessibleName("Filter marks by text, comment, tag, colour or kind")
        make_clearable(self.field)
        self.kind = FilterMenu("Kind", kinds)
        self.colour = FilterMenu("Colour", colours)
        self.tag = FilterMenu("Tag", tags)
        row = FlowLayout(spacing=4)
        for menu in (self.kind, self.colour, self.tag):
            row.addWidget(menu)
            menu.changed.connect(self.changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(6)
        column.addWidget(self.field)
        column.addLayout(row)
        self.field.textChanged.connect(self.changed)
        self.field.left.connect(self.left)

    @property
    def asked(self) -> MarkFilter:
        return MarkFilter(
            tuple(self.field.text().casefold().split()),
            frozenset(self.kind.chosen),
            frozenset(self.colour.chosen),
            frozenset(self.tag.chosen),
        )

    def clear(self) -> None:
        """Ask for nothing in particular."""
        for menu in (self.kind, self.colour, self.tag):
            menu.clear()
        self.field.clear()
        self.changed.emit()
