"""What the reporter chose for this computer: look, text size, idle time, recent cases.

Kept as JSON in the user's configuration folder. Nothing about a case is written here, except the
folders of recent cases, and those only when the reporter has switched that on.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path

from PySide6.QtCore import QStandardPaths

from casefile.ui.theme import Look

#: Minutes without input after which the case locks.
IDLE_CHOICES = (2, 5, 10, 15, 30, 60)
MOST_RECENT = 8
#: How a document is zoomed when it is opened for the first time: fitted, or at its actual size.
FIRST_ZOOMS = ("width", "page", "actual")
#: How a document's pages stand when it is opened for the first time.
FIRST_PAGES = ("column", "spread", "single")
#: Keys that one verb may have.
MOST_KEYS = 4


@dataclass
class Preferences:
    """One reporter's choices; every field has a safe default."""

    look: str = Look.SYSTEM.value
    text_percent: int = 100
    idle_minutes: int = 10
    finish_jobs_when_idle: bool = True
    clear_clipboard_seconds: int = 60
    remember_recent: bool = False
    night_page: bool = False
    single_keys: bool = True
    ctrl_hints: bool = True
    first_zoom: str = "width"
    first_pages: str = "column"
    note_read: bool = True
    notify_due: bool = False
    keys: dict[str, list[str]] = field(default_factory=dict)
    recent: list[str] = field(default_factory=list)

    def note_recent(self, folder: Path) -> None:
        """Put ``folder`` first among the recent cases, if these are kept."""
        if not self.remember_recent:
            self.recent = []
            return
        name = str(folder)
        self.recent = [name, *(other for other in self.recent if other != name)][:MOST_RECENT]


class PreferenceFile:
    """Where the preferences lie. A file that cannot be read counts as absent; one that cannot be
    written is left as it is: neither may keep a case from opening."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path

    @property
    def path(self) -> Path:
        if self._path is None:
            place = QStandardPaths.StandardLocation.GenericConfigLocation
            folder = Path(QStandardPaths.writableLocation(place))
            self._path = folder / "casefile" / "preferences.json"
        return self._path

    def read(self) -> Preferences:
        with suppress(OSError, ValueError):
            stored = json.loads(self.path.read_text("utf-8"))
            if isinstance(stored, dict):
                return _checked(stored)
        return Preferences()

    def write(self, preferences: Preferences) -> None:
        with suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            fresh = self.path.with_suffix(".new")
            fresh.write_text(json.dumps(asdict(preferences), indent=1), "utf-8")
            fresh.replace(self.path)


class NoPreferences(PreferenceFile):
    """The defaults, written nowhere: for pictures of the window."""

    def read(self) -> Preferences:
        return Preferences()

    def write(self, preferences: Preferences) -> None:
        """Nothing is kept."""


def _checked(stored: Mapping[str, object]) -> Preferences:
    """Take over each value whose type is right."""
    result = Preferences()
    for each in fields(Preferences):
        value = stored.get(each.name)
        if type(value) is type(getattr(result, each.name)):
            setattr(result, each.name, value)
    if result.look not in set(Look):
        result.look = Look.SYSTEM.value
    result.text_percent = max(80, min(200, result.text_percent))
    result.idle_minutes = max(1, min(24 * 60, result.idle_minutes))
    result.clear_clipboard_seconds = max(5, min(3600, result.clear_clipboard_seconds))
    if result.first_zoom not in FIRST_ZOOMS:
        result.first_zoom = "width"
    if result.first_pages not in FIRST_PAGES:
        result.first_pages = "column"
    result.keys = _checked_keys(result.keys)
    result.recent = [str(name) for name in result.recent][:MOST_RECENT]
    return result


def _checked_keys(stored: Mapping[str, object]) -> dict[str, list[str]]:
    """What reads as keys of verbs."""
    return {
        str(verb): [str(key) for key in keys][:MOST_KEYS]
        for verb, keys in stored.items()
        if isinstance(keys, list)
    }
