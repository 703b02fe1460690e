"""The field for Find, with the count beside it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QToolButton, QWidget

from casefile.services.finding import FindOptions
from casefile.ui import icons, theme
from casefile.ui.parts import IconButton, label, make_clearable

#: What can be asked of a hit besides its letters; the names are those of ``FindOptions``.
HOW = {
    "words": "Whole &words",
    "case": "Match &case",
    "accents": "Match &accents",
    "pattern": "&Regular expression",
}
#: With Alt, in the field.
LETTERS = {
    Qt.Key.Key_W: "words",
    Qt.Key.Key_C: "case",
    Qt.Key.Key_A: "accents",
    Qt.Key.Key_R: "pattern",
}
#: What ``stepped`` says.
FORWARD = True


_NATIVE = QKeySequence.SequenceFormat.NativeText


class _Field(QLineEdit):
    """``switched(str)``: Alt and the letter of a way to look."""

    stepped = Signal(bool)
    left = Signal()
    switched = Signal(str)

    def event(self, event: QEvent) -> bool:
        """Alt and these letters are for the field while it is typed in, whatever they are for
        elsewhere."""
        overrides = event.type() is QEvent.Type.ShortcutOverride
        if overrides and isinstance(event, QKeyEvent) and _way(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.stepped.emit(not event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif _way(event):
            self.switched.emit(_way(event))
        else:
            super().keyPressEvent(event)


def _way(event: QKeyEvent) -> str:
    """Which way to look a key switches on or off, if any."""
    alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
    return LETTERS.get(Qt.Key(event.key()), "") if alt else ""


class HowToLook(IconButton):
    """A menu of what must agree besides the letters. ``changed()``."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("sliders-horizontal", "How to look")
        self.setParent(parent)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        keys = {name: QKeySequence(Qt.Modifier.ALT | key) for key, name in LETTERS.items()}
        self.actions_ = {
            name: menu.addAction(f"{words}\t{keys[name].toString(_NATIVE)}")
            for name, words in HOW.items()
        }
        for action in self.actions_.values():
            action.setCheckable(True)
            action.toggled.connect(self._changed)
        self.setMenu(menu)

    @property
    def options(self) -> FindOptions:
        return FindOptions(**{name: each.isChecked() for name, each in self.actions_.items()})

    def _changed(self) -> None:
        chosen = [HOW[name] for name, each in self.actions_.items() if each.isChecked()]
        words = ", ".join(["How to look", *(each.replace("&", "").lower() for each in chosen)])
        self.rename(words)
        icons.set_icon(self, "sliders-horizontal", "accent" if chosen else "text")
        self.changed.emit()


class FindField(QWidget):
    """``typed(str)``; ``stepped(forward)`` on Enter, Shift+Enter and the buttons; ``left()`` on
    Esc."""

    typed = Signal(str)
    stepped = Signal(bool)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._narrow = False
        self.field = _Field()
        self.field.setPlaceholderText("Find in document")
        self.field.setAccessibleName("Find in document")
        make_clearable(self.field)
        self.field.textChanged.connect(self.typed)
        self.field.stepped.connect(self.stepped)
        self.field.left.connect(self.left)
        self.how = HowToLook()
        self.field.switched.connect(lambda name: self.how.actions_[name].toggle())
        self.how.changed.connect(lambda: self.typed.emit(self.field.text()))
        self.count = label("", "caption", wrap=False)
        self.previous = IconButton("chevron-up", "Previous hit", "Shift+F3")
        self.next = IconButton("chevron-down", "Next hit", "F3")
        self.previous.clicked.connect(lambda: self.stepped.emit(not FORWARD))
        self.next.clicked.connect(lambda: self.stepped.emit(FORWARD))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.field, 1)
        row.addWidget(self.how)
        row.addWidget(self.count)
        row.addWidget(self.previous)
        row.addWidget(self.next)
        theme.current().changed.connect(self._fit)
        self._fit()
        self.tell("", found=False)

    @property
    def options(self) -> FindOptions:
        """How to look."""
        return self.how.options

    def tell(self, summary: str, *, found: bool) -> None:
        """Show the count, such as ``3 of 48 so far``."""
        self.count.setText(summary)
        self.count.setVisible(bool(summary))
        self.previous.setEnabled(found)
        self.next.setEnabled(found)

    def set_narrow(self, narrow: bool) -> None:
        """Where there is little room, hits are stepped through by key alone (Enter, F3)."""
        self._narrow = narrow
        self.previous.setVisible(not narrow)
        self.next.setVisible(not narrow)
        self._fit()

    def _fit(self) -> None:
        """Wide enough for what the empty field says, unless there is no room at all."""
        look = theme.current()
        words = self.field.fontMetrics().horizontalAdvance(self.field.placeholderText())
        least = look.pixels(90) if self._narrow else words + look.pixels(36)
        self.field.setMinimumWidth(least)
        self.field.setMaximumWidth(max(least, look.pixels(260)))

    def set_text(self, text: str) -> None:
        """Fill in what is looked for, without starting a search."""
        with QSignalBlocker(self.field):
            self.field.setText(text)

    def enter(self) -> None:
        """Put the caret into the field, its text selected."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
