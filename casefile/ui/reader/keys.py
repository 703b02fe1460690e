"""Keys that move: scrolling the pages, and the caret of the selection with Shift."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from casefile.ui import keymap

if TYPE_CHECKING:
    from casefile.ui.reader.page_view import PageView

_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier
_Key = Qt.Key
#: How each key scrolls: by a share of the view, or by lines.
_SCREENS = {_Key.Key_PageDown: 1.0, _Key.Key_PageUp: -1.0}
_LINES = {_Key.Key_Down: 1, _Key.Key_J: 1, _Key.Key_Up: -1, _Key.Key_K: -1}
_SIDEWAYS = {_Key.Key_Left: -1, _Key.Key_Right: 1}
_CARET = {
    _Key.Key_Left: "left",
    _Key.Key_Right: "right",
    _Key.Key_Up: "up",
    _Key.Key_Down: "down",
    _Key.Key_Home: "line_start",
    _Key.Key_End: "line_end",
}


class Keys:
    """``press`` tells whether the key meant something here."""

    def __init__(self, view: PageView) -> None:
        self._view = view

    def press(self, event: QKeyEvent) -> bool:
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        if modifiers & _SHIFT and key in _CARET:
            self._move_caret(_CARET[key], by_word=bool(modifiers & _CONTROL))
            return True
        if key == _Key.Key_Space and not modifiers & _CONTROL:
            self._view.scroll_by(screens=-1.0 if modifiers & _SHIFT else 1.0)
            return True
        if modifiers & ~Qt.KeyboardModifier.KeypadModifier & ~_CONTROL:
            return False
        if key in (_Key.Key_Home, _Key.Key_End):
            self._view.go_to_end(last=key == _Key.Key_End)
            return True
        if modifiers & _CONTROL or keymap.current().is_off(event):
            return False
        return self._scroll(key)

    def _scroll(self, key: Qt.Key) -> bool:
        if key in _SCREENS:
            self._view.scroll_by(screens=_SCREENS[key])
        elif key in _LINES:
            self._view.scroll_by(lines=_LINES[key])
        elif key in _SIDEWAYS:
            bar = self._view.horizontalScrollBar()
            if bar.minimum() < bar.maximum() and not self._view.fit:
                bar.setValue(bar.value() + _SIDEWAYS[key] * bar.singleStep())
            else:  # all of the width is in sight: to the next page
                self._view.turn_over(forward=_SIDEWAYS[key] > 0)
        else:
            return False
        return True

    def _move_caret(self, how: str, *, by_word: bool) -> None:
        if by_word and how in ("left", "right"):
            how = f"word_{how}"
        self._view.move_caret(how)
