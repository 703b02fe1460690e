"""What kind a mark is, where it could be another."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from casefile.domain.annotations import Annotation, AnnotationKind
from casefile.ui.parts import leave_wheel
from casefile.ui.reader.marks import KIND_NAMES, kinds_for


class KindBox(QComboBox):
    """``chosen(AnnotationKind)``. Hidden where there is no choice."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Kind of mark")
        self.activated.connect(self._tell)
        leave_wheel(self)

    def show_marks(self, marks: Sequence[Annotation]) -> None:
        """What all of these can be; nothing is chosen where they are of several kinds."""
        families = [kinds_for(mark) for mark in marks]
        common = [kind for kind in families[0] if all(kind in family for family in families)]
        kinds = {mark.kind for mark in marks}
        with QSignalBlocker(self):
            self.clear()
            for kind in common:
                self.addItem(KIND_NAMES[kind], kind)
            only = next(iter(kinds)) if len(kinds) == 1 else None
            self.setCurrentIndex(common.index(only) if only in common else -1)
        self.setVisible(len(common) > 1)

    def _tell(self, index: int) -> None:
        self.chosen.emit(AnnotationKind(self.itemData(index)))
