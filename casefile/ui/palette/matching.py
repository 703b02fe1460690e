"""How well typed letters fit a name. No Qt."""

from __future__ import annotations

import re
import unicodedata

#: From best to worst: begins so, a word of it begins so, holds it, holds the letters in this order
#: at the beginnings of words, holds them in this order.
BEGINS, WORD_BEGINS, HOLDS, INITIALS, LETTERS = range(5)
_WORD = re.compile(r"\w+")


def fit(typed: str, name: str) -> tuple[int, int] | None:
    """``(rank, spread)``, less is better; ``None`` where it does not fit. Each word that was typed
    must fit somewhere; the worst of them counts. Case and accents do not matter."""
    folded = plain(name)
    fits = [_fit_word(word, folded) for word in plain(typed).split()]
    found = [each for each in fits if each is not None]
    if len(found) < len(fits):
        return None
    return (max(f[0] for f in found), sum(f[1] for f in found)) if found else (BEGINS, 0)


def plain(text: str) -> str:
    """Lower case without accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c))


def _fit_word(typed: str, name: str) -> tuple[int, int] | None:
    if name.startswith(typed):
        return BEGINS, 0
    starts = [match.start() for match in _WORD.finditer(name)]
    if any(name.startswith(typed, start) for start in starts):
        return WORD_BEGINS, 0
    at = name.find(typed)
    if at >= 0:
        return HOLDS, at
    if _spread(typed, "".join(name[start] for start in starts)) is not None:
        return INITIALS, 0
    spread = _spread(typed, name)
    return None if spread is None else (LETTERS, spread)


def _spread(letters: str, name: str) -> int | None:
    """Over how much of ``name`` the letters lie, in their order; ``None`` if they do not."""
    at, first = -1, -1
    for letter in letters:
        at = name.find(letter, at + 1)
        if at < 0:
            return None
        first = at if first < 0 else first
    return at - first
