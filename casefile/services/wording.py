"""The words for errors and for what can be undone, read from ``resources/messages``.

One catalogue serves the window and the command line, and can be translated as data.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from casefile import shipped
from casefile.domain.errors import UserError


@dataclass(frozen=True, slots=True)
class Explanation:
    """A failure as the reporter reads it: what happened, what is safe, what to do."""

    what: str
    safe: str
    do: str

    def sentence(self) -> str:
        return " ".join(part for part in (self.what, self.safe, self.do) if part)


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """Every entry of ``resources/messages/*.toml``; a code is worded in one place only."""
    entries: dict[str, dict[str, str]] = {}
    for file in sorted(shipped.path("messages").glob("*.toml")):
        for code, words in tomllib.loads(file.read_text("utf-8")).items():
            if code in entries:
                raise ValueError(f"{code} is worded twice")
            entries[code] = words
    return entries


def explain(error: UserError) -> Explanation:
    """The words for ``error``, with its values filled in."""
    words = catalogue().get(error.code, {"what": error.code})
    values = {name: printable(str(value)) for name, value in error.values.items()}
    return Explanation(
        words["what"].format(**values),
        words.get("safe", "").format(**values),
        words.get("do", "").format(**values),
    )


def undo_name(what: str, count: int = 1) -> str:
    """What the undo menu calls an edit, e.g. ``Add highlight`` or ``Delete 12 highlights``."""
    words = catalogue().get(f"undo.{what}", {})
    text = words.get("many", words.get("what", "")) if count > 1 else words.get("what", "")
    return (text or what).format(count=count)


def printable(text: str) -> str:
    """Control and direction characters (a file name may hold any) made visible."""
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text)
