"""A line of Today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "heading", "limit", "question", "late", "fact", "agency", "place", "followup", "quote",
    "document",
]  # fmt: skip
#: Lines that stand for something about a request.
OF_REQUESTS = frozenset({"limit", "question", "late", "fact", "agency"})


@dataclass(frozen=True)
class Entry:
    """``kind`` and ``item_id`` say what it opens; ``captured`` words are shown as such; ``tail``
    stands at the far side, ``detail`` on a second line. ``clock`` is that of a limit; ``next`` says
    that this is the next legal deadline."""

    kind: Kind
    text: str
    item_id: str = ""
    tail: str = ""
    icon: str = ""
    ink: str = "text"
    captured: bool = False
    document_id: str = ""
    page: int | None = None
    detail: str = ""
    clock: str = ""
    next: bool = False

    @property
    def spoken(self) -> str:
        return ", ".join(part for part in (self.text, self.tail, self.detail) if part)
