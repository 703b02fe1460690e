"""Everything that happened to a request, day by day, with the documents that came with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from casefile.domain.clock_words import ground_words
from casefile.domain.requests import FROM_REPORTER, EventKind, RequestEvent, Way
from casefile.ui.lists.menus import Verb, build_menu
from casefile.ui.models.words import counted, day, visible
from casefile.ui.requests.lines import Line, LinesView
from casefile.ui.requests.money import money
from casefile.ui.requests.words import EVENTS, OUTCOMES, WAYS

if TYPE_CHECKING:
    from casefile.services.deadlines import RequestView

_ICONS = {
    EventKind.FEE_ESTIMATE: "pause",
    EventKind.ADVANCE_PAYMENT: "pause",
    EventKind.CLARIFICATION: "pause",
    EventKind.NARROWING: "pause",
    EventKind.DENIAL: "circle-x",
    EventKind.FINAL_RELEASE: "circle-check",
    EventKind.INTERIM_RELEASE: "contrast",
    EventKind.DETERMINATION: "stamp",
    EventKind.EXTENSION: "hourglass",
    EventKind.NOTE: "pencil",
    EventKind.OVERRIDE: "pencil",
    EventKind.FACT: "pencil",
    EventKind.SNOOZED: "clock",
    EventKind.GIVEN_UP: "ban",
    EventKind.SUIT: "landmark",
}


class Timeline(LinesView):
    """``edit_wanted`` and ``delete_wanted`` carry the id of an event, ``document_wanted`` that of a
    document, ``child_wanted`` that of the request that grew out of a referral."""

    edit_wanted = Signal(str)
    document_wanted = Signal(str)
    child_wanted = Signal(str)

    def __init__(self, *, read_only: bool = False, parent: QWidget | None = None) -> None:
        super().__init__("Timeline", parent=parent)
        self._read_only = read_only
        self.opened.connect(self._open)
        self.menu_wanted.connect(self._menu)

    def show_request(self, view: RequestView, titles: Mapping[str, str]) -> None:
        """``titles`` are the documents of the case by id."""
        self.show_lines([each for event in view.events for each in _lines(event, titles)])

    def event_id(self, key: str) -> str:
        """The event that a line is about."""
        return key.split(" ")[1] if key else ""

    def keyed(self, key: str) -> tuple[str, str]:
        kind, _, rest = key.partition(" ")
        return kind, rest.split(" ")[-1]

    def menu_for_chosen(self) -> QMenu | None:
        """The verbs of the current line."""
        if not self.current:
            return None
        kind, _ = self.keyed(self.current)
        event_id, editable = self.event_id(self.current), not self._read_only
        verbs: list[Verb | None] = []
        if kind != "event":
            words = "Open document" if kind == "document" else "Open that request"
            verbs.append((words, lambda: self._open(self.current), True))
        verbs += [
            ("Change event…", lambda: self.edit_wanted.emit(event_id), editable),
            None,
            ("Delete event\tDel", lambda: self.delete_wanted.emit(self.current), editable),
        ]
        return build_menu(self, verbs)

    def _menu(self, place: QPoint) -> None:
        menu = self.menu_for_chosen()
        if menu is not None:
            menu.popup(place)

    def _open(self, key: str) -> None:
        kind, target = self.keyed(key)
        signals = {"document": self.document_wanted, "child": self.child_wanted}
        signals.get(kind, self.edit_wanted).emit(target)


def _lines(event: RequestEvent, titles: Mapping[str, str]) -> list[Line]:
    told = Line(
        f"event {event.id}",
        EVENTS[event.kind],
        day(event.day),
        visible(details(event)),
        icon_of(event),
        "muted",
    )
    documents = [
        Line(f"document {event.id} {each}", visible(titles[each]), icon="file-text", link=True,
             inner=True)
        for each in event.documents if each in titles
    ]  # fmt: skip
    if event.child_id:
        documents.append(
            Line(f"child {event.id} {event.child_id}", "The request at the other agency",
                 icon="landmark", link=True, inner=True)
        )  # fmt: skip
    return [told, *documents]


def icon_of(event: RequestEvent) -> str:
    return _ICONS.get(event.kind, "arrow-right" if event.kind in FROM_REPORTER else "mail")


def details(event: RequestEvent) -> str:
    """How it came, its proof, who, how much, and the note."""
    parts = [
        *_dates(event),
        " ".join(part for part in (_way(event.way), event.proof) if part),
        event.person,
        counted(event.pages, "page") if event.pages is not None else "",
        "–".join(part for part in (event.bates_first, event.bates_last) if part),
        money(event.amount, event.currency),
        OUTCOMES.get(event.outcome, event.outcome),
        _ground(event),
        "after the office had closed" if event.after_hours else "",
        f"until {day(event.until)}" if event.until else "",
        f"answer by {day(event.limit_on)} (the letter's own limit)" if event.limit_on else "",
        {True: "offers appeal", False: "offers no appeal"}.get(event.appeal_offered, "")
        if event.appeal_offered is not None
        else "",
        event.note,
    ]
    return " · ".join(part for part in parts if part)


def _dates(event: RequestEvent) -> Sequence[str]:
    """The dates of a letter beside the one that it stands under."""
    named = (("sent", event.sent), ("received", event.received))
    return [f"{word} {day(on)}" for word, on in named if on and on != event.day]


def _way(way: str) -> str:
    return WAYS[Way(way)] if way in set(Way) else way


def _ground(event: RequestEvent) -> str:
    if not event.ground:
        return ""
    return ground_words(event.ground) + ("" if event.confirmed else " (claimed by the agency only)")
