"""Joins Find's field, its list of hits and the pages."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal

from casefile.ui.announce import announce
from casefile.ui.reader.find import Finder, Found
from casefile.ui.reader.find_field import FindField
from casefile.ui.reader.page_view import PageView
from casefile.ui.reader.side_panel import SidePanel


class Finding(QObject):
    """``leaving()``: the reader is about to jump to a hit chosen from afar."""

    leaving = Signal()

    def __init__(self, view: PageView, finder: Finder, field: FindField, side: SidePanel) -> None:
        super().__init__(view)
        self._view = view
        self._finder = finder
        self._field = field
        self._side = side
        field.typed.connect(lambda text: finder.look_for(text, view.page))
        field.stepped.connect(lambda forward: self.step(forward=forward))
        field.left.connect(self._leave_field)
        side.hit_opened.connect(self._open)
        finder.changed.connect(self._changed)
        finder.jumped.connect(self._show)

    def look_for(self, needle: str = "") -> None:
        """Put the caret into the field; with ``needle``, look for it at once."""
        if not needle:
            self._field.enter()
            return
        self._field.set_text(needle)
        self.leaving.emit()
        self._finder.look_for(needle, self._view.page, at_once=True)
        self._side.show_tab("hits")

    def step(self, *, forward: bool) -> None:
        """The next or previous hit; what was typed but not looked for yet is looked for."""
        if self._finder.is_pending:
            self._finder.look_for(self._finder.needle, self._view.page, at_once=True)
        else:
            self._finder.step(forward, self._view.page)

    @property
    def is_open(self) -> bool:
        """Whether something is looked for."""
        return bool(self._finder.needle)

    def clear(self) -> None:
        self._finder.clear()
        self._field.set_text("")

    def _open(self, found: Found) -> None:
        self.leaving.emit()
        self._finder.go_to(found)

    def _show(self) -> None:
        found = self._finder.current
        if found is not None:
            self._view.show_quads(found.page, found.hit.quads)

    def _changed(self) -> None:
        finder, current = self._finder, self._finder.current
        self._view.set_hits(
            finder.quads(), (current.page, current.hit.quads) if current is not None else None
        )
        self._field.tell(finder.summary(), found=finder.count > 0)
        if finder.complete and finder.needle:
            announce(finder.summary(), self._field)

    def _leave_field(self) -> None:
        """Back on the page, the hit that was reached is selected: a verb can follow at once."""
        found = self._finder.current
        if found is not None:
            self._view.selection.select_quads(found.page, found.hit.quads)
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)
