"""The letters of a request: those that are kept, and those that are still being written."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from casefile.domain.letters import Letter, LetterKind
from casefile.ui.lists.flow import FlowLayout
from casefile.ui.lists.menus import build_menu
from casefile.ui.lists.screen import scrolled
from casefile.ui.models.words import day, visible
from casefile.ui.parts import EmptyState, Notice, button
from casefile.ui.requests.letters.shelf import Draft
from casefile.ui.requests.letters.words import KINDS
from casefile.ui.requests.lines import Line, LinesView


class LetterList(QWidget):
    """``opened(name)`` and ``delete_wanted(name)``: a letter's id, or the kind of one that is not
    kept; ``begin_wanted(LetterKind)`` from the menu."""

    opened = Signal(str)
    delete_wanted = Signal(str)
    begin_wanted = Signal(object)

    def __init__(self, *, read_only: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._read_only = read_only
        self.view = LinesView("Letters")
        self.notice = Notice("danger")
        self.new_button = button("New letter…", icon="plus")
        self.open_button = button("Open", lambda: self.opened.emit(self.view.current), tip="Enter")
        self.delete_button = button(
            "Delete", lambda: self.delete_wanted.emit(self.view.current), tip="Del"
        )
        self.empty = EmptyState(
            "No letters yet. A draft is filled in with what the case knows of the request.",
            "New letter…",
            icon="mail",
        )
        self._menus = [_menu_of(each) for each in (self.new_button, self.empty.button)]
        for each in (self.new_button, self.empty.button):
            each.setEnabled(not read_only)
        self._lay_out()
        self.view.opened.connect(self.opened)
        self.view.delete_wanted.connect(self._delete)
        self.view.menu_wanted.connect(self._menu)

    def _lay_out(self) -> None:
        row = FlowLayout(spacing=6)
        for made in (self.new_button, self.open_button, self.delete_button):
            row.addWidget(made)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 10, 16, 16)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.view)
        column.addStretch(1)
        self._pages = QStackedWidget()
        self._filled = scrolled(inside)
        self._none = scrolled(self.empty)
        self._pages.addWidget(self._none)
        self._pages.addWidget(self._filled)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.notice)
        outer.addWidget(self._pages, 1)

    def offer(self, first: Sequence[LetterKind]) -> None:
        """The kinds of letters, those that fit the request's state ``first``."""
        for menu in self._menus:
            menu.clear()
            rest = [kind for kind in LetterKind if kind not in first]
            for kind in (*first, None, *rest) if first else rest:
                if kind is None:
                    menu.addSeparator()
                    continue
                action = menu.addAction(KINDS[kind])
                action.triggered.connect(lambda _on=False, kind=kind: self.begin_wanted.emit(kind))

    def show_letters(self, kept: Sequence[Letter], drafts: Sequence[Draft]) -> None:
        changed = {draft.letter_id for draft in drafts if draft.letter_id}
        lines = [_line(letter, changed=letter.id in changed) for letter in kept]
        lines += [_draft_line(draft) for draft in drafts if not draft.letter_id]
        self.view.show_lines(lines)
        self._pages.setCurrentWidget(self._filled if lines else self._none)
        self.delete_button.setEnabled(not self._read_only)

    def take_focus(self) -> None:
        """Put the keyboard on the list, or on what begins a letter."""
        target = self.view if self.view.lines else self.empty.button
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def menu_for_chosen(self) -> QMenu | None:
        """The verbs of the current letter."""
        name = self.view.current
        if not name:
            return None
        return build_menu(
            self.view,
            [
                ("Open", lambda: self.opened.emit(name), True),
                None,
                ("Delete\tDel", lambda: self.delete_wanted.emit(name), not self._read_only),
            ],
        )

    def _delete(self, name: str) -> None:
        if not self._read_only:
            self.delete_wanted.emit(name)

    def _menu(self, place: QPoint) -> None:
        menu = self.menu_for_chosen()
        if menu is not None:
            menu.popup(place)


def _menu_of(owner: QPushButton) -> QMenu:
    menu = QMenu(owner)
    owner.setMenu(menu)
    return menu


def _line(letter: Letter, *, changed: bool) -> Line:
    kind = KINDS[letter.kind]
    more = [kind] if letter.title else []
    if changed:
        more.append("Changes that are not kept yet")
    if letter.findings_reason:
        more.append(f"Kept with a reason: {visible(letter.findings_reason)}")
    return Line(
        letter.id,
        visible(letter.title) or kind,
        day(letter.created_at),
        " · ".join(more),
        "shield-alert" if letter.findings_reason else "file-text",
        "warning" if letter.findings_reason else "muted",
    )


def _draft_line(draft: Draft) -> Line:
    kind = KINDS[draft.kind]
    more = kind if draft.title else ""
    return Line(draft.name, visible(draft.title) or kind, "not kept yet", more, "pencil", "warning")
