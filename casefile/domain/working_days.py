"""Which days count: weekends of the place, its holidays, and further days on which it is closed."""

from __future__ import annotations

from datetime import date
from typing import Protocol


class Holidays(Protocol):
    """The public holidays of a place, of one calendar or of several together."""

    def names(self, day: date) -> tuple[str, ...]:
        """The names of the holidays on that day; empty: none."""
        ...
