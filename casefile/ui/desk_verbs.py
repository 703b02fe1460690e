"""The verbs of an open case with their words, icons and own keys, in one table."""

from __future__ import annotations

from casefile.ui.places import RAIL
from casefile.ui.window_verbs import WindowVerb

AT_THE_DESK = (
    WindowVerb("undo", "Undo", ("Ctrl+Z",), "undo-2"),
    WindowVerb("redo", "Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "redo-2"),
    *(
        WindowVerb(f"place.{place.id}", place.name, (f"Ctrl+{number}",))
        for number, place in enumerate(RAIL, 1)
    ),
    WindowVerb("import", "Import…", ("Ctrl+I",), "file-plus"),
    WindowVerb("jobs", "Jobs", ("Ctrl+J",), "download"),
    WindowVerb("settings", "Settings", ("Ctrl+,",), "settings"),
    WindowVerb("back", "Back", ("Alt+Left",)),
    WindowVerb("forward", "Forward", ("Alt+Right",)),
    WindowVerb("search", "Search everywhere", ("Ctrl+Shift+F",)),
    WindowVerb("palette", "Palette", ("Ctrl+K", "Ctrl+Shift+P")),  # some fields keep Ctrl+K
    WindowVerb("menu", "Menu of what can be done", ("Shift+F10",)),
    WindowVerb("find", "Find here", ("Ctrl+F",)),
    WindowVerb("new", "New", ("Ctrl+N",)),
    WindowVerb("next_part", "Next part", ("F6",)),
    WindowVerb("previous_part", "Part before", ("Shift+F6",)),
    WindowVerb("list", "Hide or show the list", ("F9",)),
    WindowVerb("next_document", "Next document", ("Ctrl+Tab",)),
    WindowVerb("previous_document", "Document before", ("Ctrl+Shift+Tab",)),
    WindowVerb("split", "Split view, or back in one", ("F8",), "columns-2"),
    WindowVerb("move_across", "Move to the other half"),
    WindowVerb("detach", "Own window, or back", ("Shift+F8",), "app-window"),
    WindowVerb("close", "Close document", ("Ctrl+W",)),
)
BY_ID = {verb.id: verb for verb in AT_THE_DESK}
