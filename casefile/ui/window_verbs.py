"""The verbs that work before a case is open as well, with their words and own keys. Those of an
open case are in ``desk_verbs``, those of a reader in ``reader.actions``."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WindowVerb:
    """``keys`` in Qt's portable notation; ``fixed`` ones cannot be changed: who cannot find a way
    out must be able to be told one."""

    id: str
    words: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    fixed: bool = False


ALWAYS = (
    WindowVerb("lock", "Lock", ("Ctrl+L",), fixed=True),
    WindowVerb("keys", "Keys", ("F1", "Ctrl+/"), fixed=True),
    WindowVerb("handbook", "Handbook", ("Shift+F1",)),
    WindowVerb("full_screen", "Full screen", ("F11",)),
    WindowVerb("quit", "Quit", ("Ctrl+Q",), fixed=True),
)
