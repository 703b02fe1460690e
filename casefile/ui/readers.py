"""Every reader of an open case: the one beside the list, and those in windows of their own.

A second window shows nothing that the lock would not take down: ``hide`` comes first of all when a
case locks. All windows share one shelf, one undo stack and the same actions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from casefile.domain.errors import UserError
from casefile.domain.geometry import Quad
from casefile.services.wording import explain
from casefile.ui.panes import Panes
from casefile.ui.session import CaseSession
from casefile.ui.toast import Toast

if TYPE_CHECKING:
    from casefile.ui.reader.reader_view import ReaderView
    from casefile.ui.reader_area import ReaderArea
    from casefile.ui.reader_window import ReaderWindow

Stop = tuple[QWidget, Callable[[], object]]


class Readers(QObject):
    """``emptied()``: no document is left beside the list; ``history_changed()``;
    ``menu_wanted(QPoint)``: about the current document. Nothing of the reader is imported before
    the first document is opened."""

    emptied = Signal()
    history_changed = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(self, session: CaseSession, panes: Panes, desk: QWidget) -> None:
        super().__init__(desk)
        self._session = session
        self._panes = panes
        self._desk = desk
        self._hidden = False
        self.main: ReaderArea | None = None
        self.windows: list[ReaderWindow] = []
        self._last: QWidget | None = None
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    # Which one is meant

    @property
    def in_front(self) -> ReaderWindow | None:
        """The second window that the reporter works in (or in a dialog of it), if any."""
        active = QApplication.activeWindow()  # none for a moment, when a dialog has closed
        front = _root(active) if active is not None else self._last
        return next((window for window in self.windows if window is front), None)

    @property
    def here(self) -> ReaderArea | None:
        """The reader of the window that the reporter works in."""
        window = self.in_front
        return window.area if window is not None else self.main

    @property
    def areas(self) -> list[ReaderArea]:
        first = [self.main] if self.main is not None else []
        return [*first, *(window.area for window in self.windows)]

    @property
    def views(self) -> list[ReaderView]:
        """Every open document, also in other windows."""
        return [view for area in self.areas for view in area.views]

    @property
    def have_focus(self) -> bool:
        """Whether keys go to a document, not to a list."""
        focus = QApplication.focusWidget()
        page = self._panes.page
        beside = focus is not None and (page is focus or page.isAncestorOf(focus))
        return self.in_front is not None or beside

    @property
    def toasts(self) -> list[Toast]:
        return [window.toast for window in self.windows]

    # Verbs

    def open(
        self,
        document_id: str,
        page: int | None = None,
        find: str | None = None,
        quads: Sequence[Quad] | None = None,
    ) -> None:
        """Show a document where it is open (in whichever window), else beside the list."""
        main = self._first()
        near = [self.here or main, *self.areas]
        area = next((area for area in near if area.view_of(document_id) is not None), main)
        if area is main:
            self._panes.show_page()
        area.open(document_id, page, find, quads)
        self._bring_forward(area)

    def show_view(self, view: ReaderView) -> None:
        """Bring an open document to the front, in its window."""
        for area in self.areas:
            if view in area.views:
                if area is self.main:
                    self._panes.show_page()
                area.show_view(view)
                self._bring_forward(area)
                view.focus_page()

    def call(self, method: str, *arguments: object) -> bool:
        """Call a method of the reader in front, while a document is open in it. False if there is
        none, or if it answers so."""
        area = self.here
        if area is None or not area.views:
            return False
        found: Callable[..., object] = getattr(area, method)
        return found(*arguments) is not False

    def split(self) -> None:
        """The document in two halves (the list gives way), or in one again."""
        area = self.here
        if area is None or not area.views:
            return
        if area.is_split:
            area.join()
            return
        if area is self.main and self._panes.list_shown:
            self._panes.toggle()
        area.split()

    def detach(self) -> None:
        """The current document into a window of its own; from there, back beside the list."""
        window, area = self.in_front, self.here
        view = area.current if area is not None else None
        if area is None or view is None:
            return
        area.take(view)
        if window is not None:
            self._come_back([view])
            return
        window = self._add_window()
        window.area.adopt(view)
        window.show()
        self.add_hints(window)
        window.activateWindow()
        view.focus_page()

    # Windows

    def add_hints(self, window: QWidget) -> None:
        """Let Ctrl show keys in a window, as long as the case is open."""
        from casefile.ui.hints import CtrlHints

        hints = CtrlHints(self._session, window)
        self._desk.destroyed.connect(hints.deleteLater)

    def _first(self) -> ReaderArea:
        if self.main is None:
            from casefile.ui.reader_area import ReaderArea

            self.main = self._wired(ReaderArea(self._session, self._panes.page))
            self.main.emptied.connect(self.emptied)
            self._panes.fill_page(self.main)
        return self.main

    def _wired(self, area: ReaderArea) -> ReaderArea:
        area.history_changed.connect(self.history_changed)
        area.menu_wanted.connect(self.menu_wanted)
        return area

    def _add_window(self) -> ReaderWindow:
        from casefile.ui.reader_window import ReaderWindow

        window = ReaderWindow(self._session, self._first().shelf)
        self._wired(window.area)
        window.area.emptied.connect(lambda: self._drop(window))
        window.closing.connect(lambda: self._closed(window))
        for holder in (self._desk.window(), self._desk):
            window.addActions(holder.actions())
        self.windows.append(window)
        return window

    def _closed(self, window: ReaderWindow) -> None:
        """By its own button: the documents come back beside the list."""
        if window in self.windows and not self._hidden:
            views = window.area.views
            for view in views:
                window.area.take(view)
            self._come_back(views)

    def _come_back(self, views: Sequence[ReaderView]) -> None:
        main = self._first()
        self._panes.show_page()
        for view in views:
            main.adopt(view)
        self._bring_forward(main)
        main.focus_page()

    def _drop(self, window: ReaderWindow) -> None:
        if window in self.windows:
            self.windows.remove(window)
            self._last = None
            window.hide()
            window.deleteLater()

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None:
            self._last = _root(new)

    def come_forward(self) -> None:
        """What is about to be shown lies in the first window."""
        if self.in_front is not None:
            self._desk.window().raise_()
            self._desk.window().activateWindow()

    def _bring_forward(self, area: ReaderArea) -> None:
        window = area.window()
        if self.windows and window is not QApplication.activeWindow():
            window.raise_()
            window.activateWindow()

    def stops(self) -> list[Stop]:
        """What F6 goes round in the reader beside the list: its halves."""
        shown = self.main is not None and not self._panes.page.isHidden()
        return self.main.stops() if self.main is not None and shown else []

    def tell_error(self, error: UserError) -> bool:
        """Show an error in the second window that the reporter works in; False if it is none."""
        window = self.in_front
        if window is not None:
            window.error.show_error(explain(error))
        return window is not None

    # Locking and remembering

    def hide(self) -> None:
        """The case locks: nothing of it stays on any screen."""
        self._hidden = True
        for window in self.windows:
            for dialog in window.findChildren(QDialog):  # a window of its own, that stays
                dialog.hide()
            window.hide()

    def let_go(self) -> None:
        """Forget every page image; the windows go."""
        for area in self.areas:
            area.wipe()
        for window in self.windows:
            window.hide()
            window.deleteLater()
        self.windows = []

    def place(self) -> dict[str, object]:
        """What is open where, as JSON."""
        if self.main is None:
            return {}
        return {**self.main.place(), "windows": [window.place() for window in self.windows]}

    def restore(self, place: dict[str, object]) -> None:
        """Open everything again where it was."""
        if place.get("tabs"):
            self._panes.show_page()
            self._first().restore(place)
        windows = place.get("windows")
        for stored in windows if isinstance(windows, list) else ():
            reader = stored.get("reader") if isinstance(stored, dict) else None
            if isinstance(reader, dict) and reader.get("tabs"):
                full = stored.get("full") is True
                window = self._add_window()
                window.restore(stored.get("frame"), reader, full=full)
                self.add_hints(window)
        if self.windows:
            self._desk.window().activateWindow()


def _root(widget: QWidget) -> QWidget:
    """The window that a widget, or the dialog it is in, belongs to."""
    while (holder := widget.parentWidget()) is not None:
        widget = holder
    return widget
