"""Finds words on a page: whatever the case, the accents, ligatures, and breaks at a line's end.

The page's letters and the needle are folded alike (compatibility decomposition, accents dropped,
case folded); white space matches any white space, a line's end included; between two letters a
hyphen or soft hyphen at a line's end may stand. A needle's own hyphen may be any hyphen.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

MAX_NEEDLE = 2_000
MAX_HITS = 10_000
_SOFT_HYPHEN = "\u00ad"
_HYPHENS = "-\u2010\u2011\u2012\u00ad\ufffd"
#: Between two letters: a hyphen and a line's end, or an end without one where scripts have no
#: blanks, or stray soft hyphens.
_BREAK = "(?:[-\u2010\u2011\u00ad]?\n|\u00ad)?"
_QUOTES = str.maketrans({"‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "−": "-",
                         "–": "-", "—": "-", "\u2010": "-", "\u2011": "-"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Run:
    """Characters ``start`` to ``end`` (exclusive) of line ``line``."""

    line: int
    start: int
    end: int


def find(lines: Sequence[str], needle: str) -> list[tuple[Run, ...]]:
    """Where ``needle`` stands in the lines of a page: for each occurrence its part of each line."""
    pattern = _pattern(needle[:MAX_NEEDLE])
    if pattern is None:
        return []
    folded, origins = _fold_lines(lines)
    found: list[tuple[Run, ...]] = []
    for match in pattern.finditer(folded):
        runs = _runs(origins, match.start(), match.end())
        if runs:
            found.append(runs)
        if len(found) >= MAX_HITS:
            break
    return found


def _fold_lines(lines: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """All lines folded and joined by newlines; for every folded character where it came from
    (line and character; character -1 for the newline)."""
    parts: list[str] = []
    origins: list[tuple[int, int]] = []
    for number, line in enumerate(lines):
        for at, character in enumerate(line):
            folded = fold(character)
            parts.append(folded)
            origins += [(number, at)] * len(folded)
        parts.append("\n")
        origins.append((number, -1))
    return "".join(parts), origins


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Letters as they are compared."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.translate(_QUOTES).casefold())
    return "".join(c for c in apart if not unicodedata.combining(c)).casefold()


@lru_cache(maxsize=64)
def _pattern(needle: str) -> re.Pattern[str] | None:
    words = [
        fold(word.replace(_SOFT_HYPHEN, ""))
        for word in unicodedata.normalize("NFC", needle).split()
    ]
    spelled = [_BREAK.join(_letter(letter) for letter in word) for word in words if word]
    return re.compile(r"\s+".join(spelled)) if spelled else None


def _letter(letter: str) -> str:
    """A hyphen in the needle may end a line in the page."""
    return f"[{_HYPHENS}]" if letter == "-" else re.escape(letter)


def _runs(origins: Sequence[tuple[int, int]], start: int, end: int) -> tuple[Run, ...]:
    """The stretch of each line that a match covers, blanks and newlines around it left out."""
    reach: dict[int, tuple[int, int]] = {}
    for line, at in origins[start:end]:
        if at >= 0:
            low, high = reach.get(line, (at, at))
            reach[line] = (min(low, at), max(high, at))
    return tuple(Run(line, low, high + 1) for line, (low, high) in reach.items())
