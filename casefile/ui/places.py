"""The places of a case: what the rail lists, and how each screen is made.

Screens are imported when they are first shown, so that the window comes up at once.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from casefile.ui.session import CaseSession


@dataclass(frozen=True)
class Place:
    """``screen`` is the widget class in ``module`` that shows it."""

    id: str
    name: str
    icon: str
    module: str
    screen: str
    on_rail: bool = True

    def build(self, session: CaseSession, parent: QWidget) -> QWidget:
        made = getattr(importlib.import_module(self.module), self.screen)(session, parent)
        if not isinstance(made, QWidget):
            raise TypeError(f"{self.screen} is not a widget")
        return made


PLACES = (
    Place("today", "Today", "inbox", "casefile.ui.today.screen", "TodayScreen"),
    Place("documents", "Documents", "file-text", "casefile.ui.lists.documents", "DocumentsScreen"),
    Place("quotes", "Quotes", "quote", "casefile.ui.lists.quotes", "QuotesScreen"),
    Place("sources", "Sources", "user-round", "casefile.ui.lists.sources", "SourcesScreen"),
    Place("requests", "Requests", "landmark", "casefile.ui.requests.screen", "RequestsScreen"),
    Place(
        "followups", "Follow-ups", "list-checks", "casefile.ui.lists.followups", "FollowUpsScreen"
    ),
    Place("bundles", "Bundles", "package", "casefile.ui.bundles.screen", "BundlesScreen"),
    Place("trash", "Trash", "trash-2", "casefile.ui.lists.trash", "TrashScreen"),
    Place(
        "calendar",
        "Calendar",
        "calendar",
        "casefile.ui.calendar.screen",
        "CalendarScreen",
        on_rail=False,
    ),
    Place(
        "search",
        "Search everywhere",
        "search",
        "casefile.ui.search.everywhere",
        "SearchScreen",
        on_rail=False,
    ),
    Place(
        "settings",
        "Settings",
        "settings",
        "casefile.ui.settings.screen",
        "SettingsScreen",
        on_rail=False,
    ),
)
BY_ID = {place.id: place for place in PLACES}
RAIL = tuple(place for place in PLACES if place.on_rail)

#: Which place shows a record of this kind.
SHOWN_IN = {
    "document": "documents",
    "quote": "quotes",
    "source": "sources",
    "followup": "followups",
    "request": "requests",
    "letters": "requests",
}

#: The part of the record that shows it.
PART_OF_RECORD = {"letters": "letters"}
