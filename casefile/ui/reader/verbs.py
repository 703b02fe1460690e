"""What a reporter does to a page: mark, comment, quote, copy. Each verb is one edit of the
services, run off the main thread and undone through the case's one undo stack."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from casefile.domain.annotations import COLOURS, Annotation, AnnotationKind
from casefile.domain.changes import Change
from casefile.domain.geometry import Box, Quad
from casefile.ui.announce import announce
from casefile.ui.reader.layout import Spot
from casefile.ui.reader.marks import KIND_NAMES, note_quad
from casefile.ui.reader.selection import Passage

if TYPE_CHECKING:
    from casefile.services.annotating import MarkPart
    from casefile.ui.reader.page_view import PageView
    from casefile.ui.session import CaseSession

#: A toast about something that can be undone.
OFFER_UNDO = True
COMMENT, FOLLOW_UP = "comment", "follow_up"
REDACTION_WORDS = (
    "Marked for redaction. It is blacked out in what you export; nothing is hidden here."
)


@dataclass(slots=True)
class Marked:
    """Words that were marked a moment ago; ``mark_ids``, page by page, as soon as they are kept."""

    passages: list[Passage]
    mark_ids: tuple[str, ...] = ()

    @property
    def mark_id(self) -> str:
        """The first of them."""
        return self.mark_ids[0] if self.mark_ids else ""


class Verbs(QObject):
    """The verbs of one page view. ``mark_made(str, str)``: the new mark's id, and what the reporter
    goes on to do with it (``COMMENT`` or ``FOLLOW_UP``)."""

    mark_made = Signal(str, str)

    def __init__(self, session: CaseSession, view: PageView) -> None:
        super().__init__(view)
        self._session = session
        self._view = view
        self.last_colour = next(iter(COLOURS))
        self._just: Marked | None = None
        view.selection.changed.connect(self._something_else)
        view.mark_selected.connect(self._something_else)
        view.document.marks_changed.connect(self._marks_changed)

    @property
    def chosen(self) -> Annotation | None:
        """The mark that is selected."""
        return self._view.document.marks.get(self._view.selected_mark)

    @property
    def just_marked(self) -> Marked | None:
        """What was marked last, while it is in view and nothing else was pointed at: the next verb
        is about it."""
        marked = self._just
        if marked is None or marked.passages[0].page not in self._view.pages_in_view():
            return None
        return marked

    def highlight(self, colour: str) -> None:
        """Highlight the selection; a selected mark takes the colour instead."""
        self.last_colour = colour
        if self._view.selection.ends is None and self.chosen is not None:
            self.recolour(self.chosen, colour)
        else:
            self._mark_selection(AnnotationKind.HIGHLIGHT)

    def underline(self) -> None:
        self._mark_selection(AnnotationKind.UNDERLINE)

    def strike_out(self) -> None:
        self._mark_selection(AnnotationKind.STRIKEOUT)

    def note_on_selection(self) -> None:
        """A note beside where the selection begins, about the selected words."""

        def make(passages: list[Passage]) -> None:
            if passages:
                first = passages[0]
                box = first.quads[0].box
                spot = Spot(first.page, box.x0 - 20, box.y0 - 4)
                self._add_note(spot, first)

        self._with_selection(make)

    def note_at(self, spot: Spot) -> None:
        self._add_note(spot, None)

    def area(self, kind: AnnotationKind, page: int, box: Box, then: str = COMMENT) -> None:
        """Frame a part of a page; the text in it becomes the mark's text. ``then`` is what the
        reporter goes on to do with it: ``COMMENT`` or ``FOLLOW_UP``."""
        from casefile.services import annotating

        case, document_id, colour = self._session.case, self._view.document.id, self.last_colour

        def done(change: Change) -> None:
            if kind is AnnotationKind.REDACTION:
                self._session.toast.emit(REDACTION_WORDS, OFFER_UNDO)
                return
            announce(f"{KIND_NAMES[kind]} added", self._view)
            self.mark_made.emit(change.ids("annotation")[0], then)

        self._session.tasks.edit(
            lambda: annotating.mark_box(case, document_id, page, box, kind=kind, colour=colour),
            done,
            owner=self,
        )

    def redact(self) -> None:
        """Mark the selected words to be redacted in what is exported."""
        self._mark_selection(AnnotationKind.REDACTION)

    def bookmark(self) -> None:
        """Bookmark the page that is being read, or take its bookmark away."""
        from casefile.services import annotating

        case, document_id, page = self._session.case, self._view.document.id, self._view.page
        colour = self.last_colour

        def done(change: Change) -> None:
            added = change.what == "bookmark.add"
            announce("Bookmark added" if added else "Bookmark removed", self._view)

        self._session.tasks.edit(
            lambda: annotating.toggle_bookmark(case, document_id, page, colour=colour),
            done,
            owner=self,
        )

    def recolour(self, mark: Annotation, colour: str) -> None:
        if mark.colour != colour:
            self.edit(mark.id, colour=colour)

    def edit(self, mark_id: str, *, colour: str | None = None, comment: str | None = None) -> None:
        from casefile.services import annotating

        case = self._session.case
        self._session.tasks.edit(
            lambda: annotating.edit(case, mark_id, colour=colour, comment=comment)
        )

    def delete_chosen(self) -> None:
        """Delete the selected mark, or what was just marked."""
        mark, marked = self.chosen, self.just_marked
        if mark is not None:
            self.delete([mark])
        elif marked is not None:
            found = (self._view.document.marks.get(mark_id) for mark_id in marked.mark_ids)
            self.delete([each for each in found if each is not None])

    def delete(self, marks: Sequence[Annotation]) -> None:
        from casefile.services import annotating

        case, ids = self._session.case, [mark.id for mark in marks]
        if not ids:
            return
        words = KIND_NAMES[marks[0].kind] if len(ids) == 1 else f"{len(ids)} marks"

        def done(_change: Change) -> None:
            self._session.toast.emit(f"{words} moved to Trash", OFFER_UNDO)

        self._view.select_mark(None)
        self._session.tasks.edit(lambda: annotating.delete(case, ids), done, owner=self)

    def copy(self, *, cited: bool = True) -> None:
        """The selected words, with their citation or bare, to the clipboard."""
        self._with_selection(partial(self._copy, cited))

    def with_selection(self, use: Callable[[list[Passage]], None]) -> None:
        """Call ``use`` with what is selected, which may take a moment; not at all without it."""
        self._with_selection(use)

    def _copy(self, cited: bool, passages: list[Passage]) -> None:
        from casefile.ui.reader.copying import copy_passages

        if passages:
            copy_passages(self._session, self._view.document, passages, cited=cited)

    def _with_selection(self, use: Callable[[list[Passage]], None]) -> None:
        if self._view.selection.ends is not None:
            self._view.selection.with_passages(use, self._session.errors.emit)

    def _mark_selection(self, kind: AnnotationKind) -> None:
        def make(passages: list[Passage]) -> None:
            if passages:
                marked = Marked(passages)
                self._add(kind, passages, marked)
                self._view.selection.clear()
                self._just = marked

        self._with_selection(make)

    def _something_else(self) -> None:
        if self._view.selection.caret is not None or self._view.selected_mark:
            self._just = None

    def _marks_changed(self) -> None:
        """A mark that was taken back is not quoted."""
        mark_id = self._just.mark_id if self._just is not None else ""
        if mark_id and self._view.document.marks.get(mark_id) is None:
            self._just = None

    def _add_note(self, spot: Spot, about: Passage | None) -> None:
        quad = note_quad(spot.x, spot.y, *self._view.document.size(spot.page))
        text, prefix, suffix = (about.text, about.prefix, about.suffix) if about else ("", "", "")
        passage = Passage(spot.page, text, (quad,), prefix, suffix)
        self._add(AnnotationKind.NOTE, [passage])
        self._view.selection.clear()

    def _add(
        self, kind: AnnotationKind, passages: Sequence[Passage], marked: Marked | None = None
    ) -> None:
        """Add marks; without ``marked``, to be written on."""
        from casefile.services import annotating

        case, document_id, colour = self._session.case, self._view.document.id, self.last_colour
        parts = [_part(passage) for passage in passages]

        def done(change: Change) -> None:
            if kind is AnnotationKind.REDACTION:
                self._session.toast.emit(REDACTION_WORDS, OFFER_UNDO)
            else:
                announce(f"{KIND_NAMES[kind]} added, {colour}", self._view)
            mark_id = change.ids("annotation")[0]
            if marked is None:
                self.mark_made.emit(mark_id, COMMENT)
            else:
                marked.mark_ids = change.ids("annotation")

        self._session.tasks.edit(
            lambda: annotating.add_many(case, document_id, kind, parts, colour=colour),
            done,
            owner=self,
        )


def _part(passage: Passage) -> MarkPart:
    from casefile.services.annotating import MarkPart

    quads: tuple[Quad, ...] = passage.quads
    return MarkPart(passage.page, quads, passage.text, passage.prefix, passage.suffix)
