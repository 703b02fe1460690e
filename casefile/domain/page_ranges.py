"""Pages as a person writes them: ``3-7, 9``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby

from casefile.domain.errors import UserError

_PART = re.compile(r"(\d{1,9})(?:\s*[-–—]\s*(\d{1,9}))?\Z")


def parse(text: str, count: int) -> tuple[int, ...]:
    """The pages that ``text`` names, in order, each once; they count from 1 to ``count``.

    Raises ``UserError("pages.not_understood")`` for anything else, also for pages there are none of
    and for a range that runs backwards.
    """
    found: set[int] = set()
    for part in re.split(r"[,;]", text):
        match = _PART.match(part.strip())
        first = int(match[1]) if match else 0
        last = int(match[2] or first) if match else 0
        if not 1 <= first <= last <= count:
            raise UserError("pages.not_understood", part=part.strip(), count=count)
        found.update(range(first, last + 1))
    return tuple(sorted(found))


def written(pages: Iterable[int]) -> str:
    """``3-7, 9`` of pages in rising order."""
    runs = groupby(enumerate(pages), key=lambda pair: pair[1] - pair[0])
    spans = [[page for _, page in run] for _, run in runs]
    return ", ".join(str(span[0]) if len(span) == 1 else f"{span[0]}-{span[-1]}" for span in spans)
