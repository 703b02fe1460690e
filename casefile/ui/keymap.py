"""Which keys do what: each verb's own, unless the reporter chose others for it.

Every action of the window and of readers is bound here under its verb's id, and follows when the
reporter changes a key or switches single letters off (WCAG 2.1.4). Nothing of a case is in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

Chosen = Mapping[str, Sequence[str]]
#: How many actions are bound before those that are gone are looked for.
_ROOM = 200


class Keymap(QObject):
    """``changed()``: some keys are others now. Keys are in Qt's portable notation."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._chosen: dict[str, tuple[str, ...]] = {}
        self.letters = True
        self._bound: list[tuple[QAction, str, tuple[str, ...]]] = []
        self._room = _ROOM

    def bind(self, action: QAction, verb_id: str, keys: Sequence[str]) -> None:
        """Let ``action`` have the keys of a verb, whose own are ``keys``, from now on."""
        self._bound.append((action, verb_id, tuple(keys)))
        if len(self._bound) > self._room:  # not with every action: a reader binds fifty at once
            self._bound = [each for each in self._bound if isValid(each[0])]
            self._room = 2 * len(self._bound) + _ROOM
        self._give(action, verb_id, keys)

    def take(self, chosen: Chosen, *, letters: bool) -> None:
        """Use what the reporter chose; without ``letters`` no key that is a single sign works."""
        wanted = {verb: tuple(keys) for verb, keys in chosen.items()}
        if (wanted, letters) == (self._chosen, self.letters):
            return
        self._chosen, self.letters = wanted, letters
        self._bound = [each for each in self._bound if isValid(each[0])]
        for action, verb_id, keys in self._bound:
            self._give(action, verb_id, keys)
        self.changed.emit()

    def keys(self, verb_id: str, own: Sequence[str]) -> tuple[str, ...]:
        """The keys that a verb has now."""
        return tuple(key for key in self.chosen(verb_id, own) if self.letters or not is_sign(key))

    def chosen(self, verb_id: str, own: Sequence[str]) -> tuple[str, ...]:
        """The keys that a verb has, or would have with single signs on."""
        return self._chosen.get(verb_id, tuple(own))

    def is_off(self, event: QKeyEvent) -> bool:
        """Whether this press of a key is a single sign, and those are switched off. For lists,
        whose letters are no actions."""
        strong = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        sign = event.text().strip()
        return (
            not self.letters
            and bool(sign)
            and sign.isprintable()
            and not (event.modifiers() & strong)
        )

    def _give(self, action: QAction, verb_id: str, own: Sequence[str]) -> None:
        keys = self.keys(verb_id, own)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setToolTip(f"{action.text()} ({shown(keys[:1])})" if keys else action.text())


def is_sign(key: str) -> bool:
    """Whether a key is a letter, digit or other sign, with Shift at most: what dictation may say
    and a hand may brush against."""
    name = key.removeprefix("Shift+")
    return len(name) == 1


def shown(keys: Sequence[str]) -> str:
    """Keys as this system writes them."""
    native = QKeySequence.SequenceFormat.NativeText
    return ", ".join(QKeySequence(key).toString(native) for key in keys)


def current() -> Keymap:
    """The application's keymap, made at the first call."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise TypeError("keys need a QApplication")
    found = app.findChild(Keymap)
    return found if found is not None else Keymap(app)
