"""Several marks at once in the inspector: colour, kind, tags, deleting; each one step of undo."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from casefile.domain.annotations import Annotation, AnnotationKind
from casefile.ui.lists.flow import FlowLayout
from casefile.ui.parts import button, caption
from casefile.ui.reader.kind_box import KindBox
from casefile.ui.reader.mark_form import ColourRow
from casefile.ui.reader.tag_field import TagField


class BulkForm(QWidget):
    """``colour_chosen(marks, colour)``, ``kind_chosen(marks, kind)``, ``tag_given(marks, tag)``,
    ``tag_taken(marks, tag)``, ``deleted(marks)``, ``escaped()``, ``grew()``."""

    colour_chosen = Signal(object, str)
    kind_chosen = Signal(object, object)
    tag_given = Signal(object, str)
    tag_taken = Signal(object, str)
    deleted = Signal(object)
    escaped = Signal()
    grew = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.marks: list[Annotation] = []
        self._tags: tuple[str, ...] = ()
        self.told = caption()
        self.colours = ColourRow()
        self.colours.chosen.connect(lambda colour: self.colour_chosen.emit(self.marks, colour))
        self.kind = KindBox()
        self.kind.chosen.connect(self._choose_kind)
        self.tags = TagField("Tags that all of them carry")
        self.tags.changed.connect(self._tell_tags)
        self.tags.entered.connect(self.escaped)
        self.tags.escaped.connect(self.escaped)
        self.tags.grew.connect(self.grew)
        self.delete = button("Delete all", self._delete, icon="trash-2")
        buttons = FlowLayout(spacing=8)
        buttons.addWidget(self.delete)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.told, self.colours, self.kind, self.tags):
            column.addWidget(widget)
        column.addLayout(buttons)
        column.addStretch(1)

    def show_marks(
        self, marks: Sequence[Annotation], tags: Sequence[str], known: Sequence[str]
    ) -> None:
        """Show these; ``tags`` are what every one of them carries."""
        self.marks = list(marks)
        pages = sorted({mark.page for mark in marks})
        on = f"page {pages[0]}" if len(pages) == 1 else f"{len(pages)} pages"
        self.told.setText(f"{len(marks):,} marks on {on}")
        colours = {mark.colour for mark in marks}
        self.colours.set_colour(next(iter(colours)) if len(colours) == 1 else "")
        self.kind.show_marks(marks)
        self.tags.known = known
        self._tags = tuple(tags)
        if not self.tags.line.text() and self.tags.tokens != self._tags:
            self.tags.set_tokens(tags)

    def set_read_only(self, read_only: bool) -> None:
        self.tags.set_read_only(read_only)
        for widget in (self.colours, self.kind, self.delete):
            widget.setEnabled(not read_only)

    def _choose_kind(self, kind: AnnotationKind) -> None:
        self.kind_chosen.emit(self.marks, kind)

    def _tell_tags(self) -> None:
        before, now = set(self._tags), self.tags.tokens
        for tag in now:
            if tag not in before:
                self.tag_given.emit(self.marks, tag)
        for tag in self._tags:
            if tag not in now:
                self.tag_taken.emit(self.marks, tag)
        self._tags = now

    def _delete(self) -> None:
        self.deleted.emit(self.marks)
