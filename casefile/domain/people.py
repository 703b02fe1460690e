"""Sources and the terms under which they speak."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Terms(StrEnum):
    """Attribution terms, from the freest to the strictest."""

    ON_RECORD = "on_record"
    BACKGROUND = "background"
    DEEP_BACKGROUND = "deep_background"
    OFF_RECORD = "off_record"


@dataclass(frozen=True, slots=True)
class Source:
    """A person or organisation that gives information. ``terms`` is the default for new quotes;
    a confidential source always has a code name."""

    id: str
    name: str
    code_name: str | None
    confidential: bool
    organisation: bool
    aliases: tuple[str, ...]
    terms: Terms
    attribution: str
    contacts: str
    notes: str
    created_at: str
    modified_at: str
    deleted_at: str | None

    @property
    def label(self) -> str:
        """What may be shown anywhere: the code name of a confidential source, else the name."""
        return (self.code_name or "") if self.confidential else self.name
