"""The people and organisations of a case. A confidential source is its code name here: the real
name is in no role of any cell."""

from __future__ import annotations

from dataclasses import dataclass

from casefile.domain.people import Source, Terms
from casefile.ui.models.columns import Column
from casefile.ui.models.words import day, long_day, spoken_source, terms_words, visible
from casefile.ui.parts import CHIPS


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """A source with the number of its quotes and the day of the last one."""

    source: Source
    quotes: int = 0
    last: str | None = None

    @property
    def id(self) -> str:
        return self.source.id


def search_words(entry: SourceEntry) -> str:
    """What the filter looks in: never the real name of a confidential source."""
    source = entry.source
    parts = [source.label, terms_words(source.terms)]
    if not source.confidential:
        parts += source.aliases
    parts.append("confidential" if source.confidential else "")
    parts.append("organisation" if source.organisation else "")
    return " ".join(parts).casefold()


def _icon(entry: SourceEntry) -> str:
    if entry.source.confidential:
        return "diamond"
    return "building-2" if entry.source.organisation else "user-round"


COLUMNS: tuple[Column[SourceEntry], ...] = (
    Column(
        "Source",
        lambda e: visible(e.source.label),
        spoken=lambda e: spoken_source(e.source),
        sort=lambda e: e.source.label.casefold(),
        icon=_icon,
        tone=lambda e: "confidential" if e.source.confidential else None,
    ),
    Column(
        "Terms",
        lambda e: terms_words(e.source.terms),
        sort=lambda e: list(Terms).index(e.source.terms),
        icon=lambda e: CHIPS[e.source.terms].icon,
        tone=lambda e: CHIPS[e.source.terms].token,
        sample="Deep background ----",
        gives_way=3,
    ),
    Column(
        "Quotes",
        lambda e: str(e.quotes),
        sort=lambda e: e.quotes,
        right=True,
        sample="Quotes",
        gives_way=2,
    ),
    Column(
        "Last",
        lambda e: day(e.last) or "—",
        spoken=lambda e: long_day(e.last) or "no quote yet",
        sort=lambda e: e.last or "",
        sample="Wed 30 Nov 2026",
        gives_way=1,
    ),
)
