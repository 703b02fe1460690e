"""How the pages stand: two in a row, one at a time, turned; and whether they are night pages. Joins
the verbs to the view."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from casefile.ui.announce import announce
from casefile.ui.reader.actions import ReaderActions
from casefile.ui.reader.page_view import PageView
from casefile.ui.reader.thumbnails import Thumbnails

if TYPE_CHECKING:
    from casefile.ui.session import CaseSession


class Arranging(QObject):
    """The verbs about how pages stand; thumbnails are turned with the pages. Night pages are a
    choice for all documents, kept in the preferences."""

    def __init__(self, session: CaseSession, view: PageView, thumbnails: Thumbnails) -> None:
        super().__init__(view)
        self._session = session
        self._view = view
        self._thumbnails = thumbnails
        self._night: QAction | None = None

    def slots(self) -> dict[str, Callable[[], object]]:
        return {
            "turn": lambda: self._turn(90),
            "turn_back": lambda: self._turn(-90),
            "spread": self._toggle_spread,
            "single": self._toggle_single,
            "night": self._toggle_night,
        }

    def show_on(self, actions: ReaderActions) -> None:
        """Let the actions that switch something on show whether it is."""

        def show() -> None:
            arranged = self._view.arrangement
            actions["spread"].setChecked(arranged.spread)
            actions["single"].setChecked(arranged.single)
            self._thumbnails.set_turn(arranged.turn)

        self._night = actions["night"]
        self._view.moved.connect(show)
        # A method, so that the session lets go of it together with the document.
        self._session.preferences_changed.connect(self._show_night)
        show()
        self._show_night()

    def _show_night(self) -> None:
        night = self._session.preferences.night_page
        self._view.document.set_night(night)
        if self._night is not None:
            self._night.setChecked(night)

    def _turn(self, degrees: int) -> None:
        arranged = self._view.arrangement
        turn = (arranged.turn + degrees) % 360
        self._view.arrange(replace(arranged, turn=turn))
        announce(f"Pages turned by {turn} degrees" if turn else "Pages upright", self._view)

    def _toggle_spread(self) -> None:
        arranged = self._view.arrangement
        self._view.arrange(replace(arranged, spread=not arranged.spread))
        announce("One page in a row" if arranged.spread else "Two pages side by side", self._view)

    def _toggle_single(self) -> None:
        arranged = self._view.arrangement
        self._view.arrange(replace(arranged, single=not arranged.single))
        announce("All pages in one column" if arranged.single else "One page at a time", self._view)

    def _toggle_night(self) -> None:
        night = not self._session.preferences.night_page
        self._session.preferences.night_page = night
        self._session.preferences_changed.emit()
        announce("Night pages" if night else "White pages", self._view)
