"""What the palette lists: the verbs of what is selected, of where the focus is, and of the window;
then places and open documents. Gathered anew each time it opens."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from casefile.services.wording import printable
from casefile.ui.palette.matching import fit
from casefile.ui.places import PLACES

if TYPE_CHECKING:
    from casefile.ui.desk import Desk

#: The property of an action that goes to a place: it is listed as one.
PLACE = "place"
#: The property of an action that makes no sense in the palette.
UNLISTED = "unlisted"


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: ``group`` says what it is ("Selection", "Here", "Window", "Place", "Document")."""

    words: str
    group: str
    keys: str
    act: Callable[[], object]


def gather(desk: Desk, focus: QWidget | None) -> tuple[list[Entry], QMenu | None]:
    """Everything that can be done now, most at hand first; and the context menu that some of it
    comes from, to be deleted when the entries are no longer wanted."""
    window = focus.window() if focus is not None else desk.window()
    chain = list(_chain(focus))
    menu = _menu(chain)
    seen: set[QAction] = set()
    entries = list(_of_actions(menu.actions(), "Selection", seen)) if menu is not None else []
    here = [widget for widget in chain if widget not in (window, desk)]
    for widget in here:
        entries += _of_actions(widget.actions(), "Here", seen)
    general = [*desk.actions(), *desk.window().actions()]
    places = [action for action in general if action.property(PLACE)]
    entries += _of_actions([a for a in general if a not in places], "Window", seen)
    return [*entries, *_of_places(desk, places), *_of_documents(desk)], menu


def fitting(entries: Sequence[Entry], typed: str) -> list[Entry]:
    """Those that fit what was typed, the best first; among equals the order stays."""
    found = [(rank, entry) for entry in entries if (rank := fit(typed, entry.words)) is not None]
    return [entry for _rank, entry in sorted(found, key=lambda pair: pair[0])]


def _chain(widget: QWidget | None) -> Iterator[QWidget]:
    """A widget and what holds it, up to its window."""
    while widget is not None:
        yield widget
        widget = None if widget.isWindow() else widget.parentWidget()


def _menu(chain: Sequence[QWidget]) -> QMenu | None:
    """The context menu of what is selected: the palette begins with the same verbs."""
    for widget in chain:
        make: Callable[[], QMenu | None] | None = getattr(widget, "menu_for_chosen", None)
        if make is not None:
            return make()
    return None


def _of_actions(
    actions: Iterable[QAction], group: str, seen: set[QAction], before: str = ""
) -> Iterator[Entry]:
    for action in actions:
        words, _, key = action.text().replace("&&", "&").partition("\t")
        if action.isSeparator() or not action.isEnabled() or not words or action in seen:
            continue
        if action.property(UNLISTED):
            continue
        seen.add(action)
        below = action.menu()
        if isinstance(below, QMenu):
            yield from _of_actions(below.actions(), group, seen, f"{words}: ")
            continue
        yield Entry(f"{before}{words}", group, key or shown_keys(action), action.trigger)


def _of_places(desk: Desk, actions: Sequence[QAction]) -> Iterator[Entry]:
    keys = {action.property(PLACE): shown_keys(action) for action in actions}
    for place in PLACES:
        yield Entry(place.name, "Place", keys.get(place.id, ""), partial(desk.enter, place.id))


def _of_documents(desk: Desk) -> Iterator[Entry]:
    for view in desk.readers.views:
        if view.title:
            yield Entry(
                printable(view.title),
                "Document",
                "",
                partial(desk.readers.show_view, view),
            )


def shown_keys(action: QAction) -> str:
    """The first key of an action, as this system writes it."""
    return QKeySequence(action.shortcut()).toString(QKeySequence.SequenceFormat.NativeText)
