"""What can be done at the desk, with its keys, and the menu that lists it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QMenu

from casefile.ui import icons
from casefile.ui.desk import Desk
from casefile.ui.palette.entries import PLACE, UNLISTED
from casefile.ui.places import RAIL
from casefile.ui.readers import Readers


class DeskActions:
    """Makes the actions of a desk. They live and die with it, so a locked window has none."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        stack = desk.session.undo_stack
        self.undo = stack.createUndoAction(desk, "Undo")
        self.undo.setShortcut(QKeySequence("Ctrl+Z"))
        self.redo = stack.createRedoAction(desk, "Redo")
        self.redo.setShortcuts([QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")])
        icons.set_icon(self.undo, "undo-2")
        icons.set_icon(self.redo, "redo-2")
        desk.addActions([self.undo, self.redo])
        self._add_places()
        self.import_files = self._add(
            "Import…", "Ctrl+I", lambda: desk.import_wanted.emit([]), icon="file-plus"
        )
        self.import_files.setEnabled(not desk.session.read_only)
        self.jobs = self._add("Jobs", "Ctrl+J", desk.toggle_jobs, icon="download")
        self.settings = self._add(
            "Settings", "Ctrl+,", lambda: desk.enter("settings"), icon="settings"
        )
        self._add("Back", "Alt+Left", desk.back)
        self._add("Forward", "Alt+Right", desk.forward)
        self._add("Search everywhere", "Ctrl+Shift+F", self._to_search)
        palette = self._add("Palette", "Ctrl+K", self._palette)
        palette.setShortcuts([QKeySequence("Ctrl+K"), QKeySequence("Ctrl+Shift+P")])
        menu_here = self._add("Menu of what can be done", "Shift+F10", _menu_here)
        for action in (palette, menu_here):
            action.setProperty(UNLISTED, True)  # noqa: FBT003 - a property's value
        self._add("Find here", "Ctrl+F", self._find)
        self._add("New", "Ctrl+N", lambda: desk.call_screen("new_item"))
        self._add("Next part", "F6", lambda: desk.next_pane(1))
        self._add("Part before", "Shift+F6", lambda: desk.next_pane(-1))
        self._add("Hide or show the list", "F9", desk.toggle_list)
        self._add("Next document", "Ctrl+Tab", lambda: desk.readers.call("next_tab", 1))
        self._add("Document before", "Ctrl+Shift+Tab", lambda: desk.readers.call("next_tab", -1))
        self._add_windows(desk.readers)
        menu = desk.top.menu
        menu.addActions([self.undo, self.redo])
        menu.addSeparator()
        menu.addActions([self.import_files, self.jobs, self.settings])

    def _add_places(self) -> None:
        for number, place in enumerate(RAIL, 1):
            action = self._add(place.name, f"Ctrl+{number}", partial(self._desk.enter, place.id))
            action.setProperty(PLACE, place.id)

    def _add_windows(self, readers: Readers) -> None:
        """Where a document is shown; its tab has these as a menu."""
        self.on_tab = [
            self._add("Split view, or back in one", "F8", readers.split, icon="columns-2"),
            self._add("Move to the other half", "", lambda: readers.call("move_across")),
            self._add("Own window, or back", "Shift+F8", readers.detach, icon="app-window"),
            self._add("Close document", "Ctrl+W", lambda: readers.call("close_current")),
        ]
        readers.menu_wanted.connect(self._tab_menu)

    def _tab_menu(self, place: QPoint) -> None:
        menu = QMenu(self._desk.readers.in_front or self._desk)
        menu.addActions(self.on_tab[:-1])
        menu.addSeparator()
        menu.addAction(self.on_tab[-1])
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)

    def _add(self, name: str, keys: str, act: Callable[[], object], *, icon: str = "") -> QAction:
        action = QAction(name, self._desk)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _checked=False: act())
        if icon:
            icons.set_icon(action, icon)
        self._desk.addAction(action)
        return action

    def _to_search(self) -> None:
        self._desk.top.search.setFocus()
        self._desk.top.search.selectAll()

    def _find(self) -> None:
        self._desk.find_here()

    def _palette(self) -> None:
        from casefile.ui.palette.entries import gather
        from casefile.ui.palette.palette import Palette

        focus = QApplication.focusWidget()
        window = self._desk.readers.in_front or self._desk.window()
        entries, menu = gather(self._desk, focus)
        palette = Palette(entries, window, focus)
        if menu is not None:
            palette.finished.connect(menu.deleteLater)
        palette.open()


def _menu_here() -> None:
    """As the Menu key: the context menu of what has the focus."""
    focus = QApplication.focusWidget()
    if focus is not None:
        place = focus.rect().center()
        reason = QContextMenuEvent.Reason.Keyboard
        QApplication.sendEvent(focus, QContextMenuEvent(reason, place, focus.mapToGlobal(place)))
