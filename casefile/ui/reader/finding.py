"""Joins Find's field, its list of hits and the pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, Signal

from casefile.domain.geometry import Quad
from casefile.ui.announce import announce
from casefile.ui.reader.find import Finder, Found
from casefile.ui.reader.find_field import FindField
from casefile.ui.reader.page_view import PageView
from casefile.ui.reader.side_panel import SidePanel


class Finding(QObject):
    """``leaving()``: the reader is about to jump to a hit chosen from afar. ``arrived(page,
    quads)``: at a hit."""

    leaving = Signal()
    arrived = Signal(int, object)

    def __init__(self, view: PageView, finder: Finder, field: FindField, side: SidePanel) -> None:
        super().__init__(view)
        self._view = view
        self._finder = finder
        self._field = field
        self._side = side
        self._fresh = False
        self._waits: tuple[Found, Callable[[Sequence[Quad]], None]] | None = None
        field.typed.connect(self._typed)
        field.stepped.connect(lambda forward: self.step(forward=forward))
        field.left.connect(self._leave_field)
        side.hit_opened.connect(self._open)
        finder.changed.connect(self._changed)
        finder.jumped.connect(self._show)
        view.document.text_ready.connect(self._text_came)

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
        self._waits = None
        self._finder.clear()
        self._field.set_text("")

    def _typed(self, text: str) -> None:
        """The first jump of a search leads back to where the reader was; typing on does not."""
        self._fresh = self._fresh or not self._finder.needle
        self._finder.look_for(text, self._view.page, self._field.options)

    def _open(self, found: Found) -> None:
        self.leaving.emit()
        self._finder.go_to(found)

    def _show(self) -> None:
        found = self._finder.current
        if found is None:
            return
        if self._fresh:
            self._fresh = False
            self.leaving.emit()
        view = self._view
        if self._finder.quads_of(found) is None:
            view.go_to_page(found.page)  # the exact place follows with the page's text
        self._with_quads(found, lambda quads: self._arrive(found.page, quads))

    def _arrive(self, page: int, quads: Sequence[Quad]) -> None:
        self._view.show_quads(page, quads)
        self.arrived.emit(page, quads)

    def _with_quads(self, found: Found, use: Callable[[Sequence[Quad]], None]) -> None:
        """Call ``use`` with where a hit stands, now or as soon as that is known."""
        quads = self._finder.quads_of(found)
        if quads is None:
            self._waits = found, use
        else:
            self._waits = None
            use(quads)

    def _text_came(self, page: int) -> None:
        current = self._finder.current
        if current is not None and current.page == page:
            self._mark_hits()
        if self._waits is not None and self._waits[0].page == page:
            found, use = self._waits
            self._with_quads(found, use)

    def _mark_hits(self) -> None:
        finder, current = self._finder, self._finder.current
        quads = finder.quads_of(current) if current is not None else None
        at = (current.page, quads or ()) if current is not None else None
        self._view.set_hits(finder.quads(), at)

    def _changed(self) -> None:
        finder = self._finder
        self._mark_hits()
        self._field.tell(finder.summary(), found=finder.count > 0)
        if finder.complete and finder.needle:
            announce(finder.summary(), self._field)

    def _leave_field(self) -> None:
        """Back on the page, the hit that was reached is selected: a verb can follow at once."""
        found = self._finder.current
        if found is not None:
            select = self._view.selection.select_quads
            self._with_quads(found, lambda quads: select(found.page, quads))
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)
