"""Which verbs can have other keys, and which keys they can have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from casefile.ui import keymap
from casefile.ui.desk_verbs import AT_THE_DESK
from casefile.ui.reader.actions import KEYS_OF, VERBS
from casefile.ui.window_verbs import ALWAYS

#: Keys that move about in pages, lists and fields, whatever else is chosen.
RESERVED = frozenset(
    key
    for name in ("Space", "Up", "Down", "Left", "Right", "PgUp", "PgDown", "Home", "End", "Tab")
    for key in (name, f"Shift+{name}")
) | {"Backspace", "Shift+Backtab", "J", "K"}


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A verb as its keys are chosen: ``where`` it works in words, ``own`` keys; ``on_page``: only
    while a page has the focus, so that a single letter does no harm."""

    id: str
    words: str
    where: str
    own: tuple[str, ...]
    on_page: bool = False
    fixed: bool = False

    @property
    def now(self) -> tuple[str, ...]:
        """The keys it has, or would have with single letters on."""
        return keymap.current().chosen(self.id, self.own)


def every() -> list[KeyRow]:
    """All verbs, those of the window first."""
    window = [
        KeyRow(verb.id, verb.words, "Window", verb.keys, fixed=verb.fixed)
        for verb in (*ALWAYS, *AT_THE_DESK)
    ]
    reader = [
        KeyRow(
            f"{KEYS_OF}{verb.id}",
            verb.words,
            "Page" if verb.on_page else "Reader",
            verb.keys,
            on_page=verb.on_page,
            fixed=verb.id == "step_out",
        )
        for verb in VERBS
    ]
    return window + reader


def refusal(row: KeyRow, key: str) -> str:
    """Why a verb cannot have a key; empty if it can."""
    if not key:
        return "Press a key first."
    if row.fixed:
        return f"“{row.words}” keeps its keys, so that there is always a way out."
    if key in RESERVED:
        return f"{keymap.shown([key])} moves about in pages and lists."
    if keymap.is_sign(key) and not row.on_page:
        return (
            f"{keymap.shown([key])} alone would be missing where words are typed. Add Ctrl or Alt."
        )
    return ""


def holder(rows: Sequence[KeyRow], row: KeyRow, key: str) -> KeyRow | None:
    """Another verb that has a key."""
    return next((other for other in rows if other.id != row.id and key in other.now), None)


def changed(rows: Sequence[KeyRow]) -> list[KeyRow]:
    """Verbs whose keys are not their own now."""
    return [row for row in rows if keymap.current().keys(row.id, row.own) != row.own]
