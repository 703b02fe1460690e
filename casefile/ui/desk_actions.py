"""What can be done at the desk, with its keys, and the menu that lists it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu

from casefile.ui import icons, keymap
from casefile.ui.desk import Desk
from casefile.ui.desk_verbs import BY_ID
from casefile.ui.palette.entries import PLACE, UNLISTED
from casefile.ui.places import RAIL
from casefile.ui.readers import Readers


class DeskActions:
    """Makes the actions of a desk. They live and die with it, so a locked window has none."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        stack = desk.session.undo_stack
        self.undo = self._bind("undo", stack.createUndoAction(desk, "Undo"))
        self.redo = self._bind("redo", stack.createRedoAction(desk, "Redo"))
        self._add_places()
        self.import_files = self._add("import", lambda: desk.import_wanted.emit([]))
        self.import_files.setEnabled(not desk.session.read_only)
        self.jobs = self._add("jobs", desk.toggle_jobs)
        self.settings = self._add("settings", lambda: desk.enter("settings"))
        self._add_ways()
        for action in (self._add("palette", self._palette), self._add("menu", _menu_here)):
            action.setProperty(UNLISTED, True)  # noqa: FBT003 - a property's value
        self._add("find", desk.find_here)
        self._add("new", lambda: desk.call_screen("new_item"))
        self._add("next_document", lambda: desk.readers.call("next_tab", 1))
        self._add("previous_document", lambda: desk.readers.call("next_tab", -1))
        self._add_windows(desk.readers)
        menu = desk.top.menu
        menu.addActions([self.undo, self.redo])
        menu.addSeparator()
        menu.addActions([self.import_files, self.jobs, self.settings])

    def _add_places(self) -> None:
        for place in RAIL:
            action = self._add(f"place.{place.id}", partial(self._desk.enter, place.id))
            action.setProperty(PLACE, place.id)

    def _add_ways(self) -> None:
        """What gets about in the window; buttons of the bar above tell these keys."""
        desk, top = self._desk, self._desk.top
        top.back.tell_key_of(self._add("back", desk.back))
        top.forward.tell_key_of(self._add("forward", desk.forward))
        top.page.tell_key_of(self._add("list", desk.toggle_list))
        top.jobs.tell_key_of(self.jobs)
        self._add("search", self._to_search)
        self._add("next_part", lambda: desk.next_pane(1))
        self._add("previous_part", lambda: desk.next_pane(-1))

    def _add_windows(self, readers: Readers) -> None:
        """Where a document is shown; its tab has these as a menu."""
        self.on_tab = [
            self._add("split", readers.split),
            self._add("move_across", lambda: readers.call("move_across")),
            self._add("detach", readers.detach),
            self._add("close", lambda: readers.call("close_current")),
        ]
        readers.menu_wanted.connect(self._tab_menu)

    def _tab_menu(self, place: QPoint) -> None:
        menu = QMenu(self._desk.readers.in_front or self._desk)
        menu.addActions(self.on_tab[:-1])
        menu.addSeparator()
        menu.addAction(self.on_tab[-1])
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)

    def _add(self, verb_id: str, act: Callable[[], object]) -> QAction:
        action = QAction(BY_ID[verb_id].words, self._desk)
        action.triggered.connect(lambda _checked=False: act())
        return self._bind(verb_id, action)

    def _bind(self, verb_id: str, action: QAction) -> QAction:
        verb = BY_ID[verb_id]
        keymap.current().bind(action, verb.id, verb.keys)
        if verb.icon:
            icons.set_icon(action, verb.icon)
        self._desk.addAction(action)
        return action

    def _to_search(self) -> None:
        self._desk.top.search.setFocus()
        self._desk.top.search.selectAll()

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
