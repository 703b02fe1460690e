"""Neutral code names for confidential sources: birds, which say nothing about anybody."""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection, Iterable
from functools import cache

from casefile import shipped

_WORD = re.compile(r"[^\W\d_]{3,}")


def fresh(taken: Collection[str], real_names: Iterable[str] = ()) -> str:
    """A code name that no source has and that repeats no word of the person's own names. ``taken``
    are the code names in use, in any capitals."""
    used = {name.casefold() for name in taken}
    real = tuple(real_names)
    free = [b for b in _birds() if b.casefold() not in used and not gives_away(b, real)]
    if free:
        return secrets.choice(free)
    number = 2
    while True:  # more sources than birds: HERON 2
        bird = f"{secrets.choice(_birds())} {number}"
        if bird.casefold() not in used and not gives_away(bird, real):
            return bird
        number += 1


def gives_away(code_name: str, real_names: Iterable[str]) -> bool:
    """Whether a code name shares a word of three letters or more with one of the real names."""
    coded = {word.casefold() for word in _WORD.findall(code_name)}
    return any(
        word.casefold() in coded for name in real_names for word in _WORD.findall(name)
    ) or any(name.strip().casefold() == code_name.strip().casefold() for name in real_names)


@cache
def _birds() -> tuple[str, ...]:
    lines = shipped.path("code-names.txt").read_text("utf-8").splitlines()
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))
