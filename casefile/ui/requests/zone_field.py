"""Time zones offered while one is typed: any part of the name finds it."""

from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QLineEdit


def complete_zones(line: QLineEdit) -> None:
    """Offer the names of the IANA time zones in ``line``."""
    completer = QCompleter(_zones(), line)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    line.setCompleter(completer)


@cache
def _zones() -> list[str]:
    """Those named after places; the rest are for machines."""
    return sorted(name for name in available_timezones() if "/" in name and "Etc/" not in name)
