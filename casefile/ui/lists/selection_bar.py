"""What can be done with several selected documents at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QMenu, QPushButton, QWidget

from casefile.domain.documents import Provenance
from casefile.domain.people import Source
from casefile.ui.lists.flow import FlowLayout
from casefile.ui.models.words import PROVENANCES
from casefile.ui.parts import button, label


class TagField(QLineEdit):
    """A new tag: Enter gives it, Esc does not."""

    given = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText("New tag")
        self.setAccessibleName("New tag")
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.text().strip():
                self.given.emit(self.text().strip())
        else:
            super().keyPressEvent(event)


class SelectionBar(QFrame):
    """Signals say what is wanted for the documents that are selected: ``tag_wanted(name, on)``,
    ``read_wanted(bool)``, ``came_wanted(Provenance, source id or None)``, ``bundle_wanted``,
    ``delete_wanted``; ``left`` when the list is wanted again."""

    tag_wanted = Signal(str, bool)
    read_wanted = Signal(bool)
    came_wanted = Signal(object, object)
    bundle_wanted = Signal()
    delete_wanted = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Selected documents")
        self._told = label("", "section", wrap=False)
        self.tag = button("Tag", icon="tag")
        self.tag.setMenu(QMenu(self.tag))
        self.field = TagField()
        self.came = button("How it came")
        self.came.setMenu(QMenu(self.came))
        self.read = button("Mark read", lambda: self.read_wanted.emit(not self._all_read))
        self.bundle = button("Add to bundle", self.bundle_wanted.emit, icon="package")
        self.delete = button("Delete", self.delete_wanted.emit, icon="trash-2")
        self._all_read = False
        row = FlowLayout(self)
        for widget in (self._told, self.tag, self.field, self.came, self.read, self.bundle):
            row.addWidget(widget)
        row.addWidget(self.delete)
        self.field.given.connect(self._given)
        self.field.left.connect(self._leave_field)
        self.hide()

    def edits(self) -> tuple[QPushButton, ...]:
        """What changes the case, and so cannot be done where it is read only."""
        return self.tag, self.came, self.read, self.delete

    def show_for(
        self,
        count: int,
        tags: Sequence[tuple[str, bool]],
        sources: Sequence[Source],
        *,
        all_read: bool,
    ) -> None:
        """``tags`` are the tags in use, each with whether every selected document has it."""
        self._told.setText(f"{count} selected:")
        self._all_read = all_read
        self.read.setText("Mark unread" if all_read else "Mark read")
        fill_tags(self.tag.menu(), tags, self.tag_wanted.emit, self.begin_tag)
        fill_came(self.came.menu(), sources, self.came_wanted.emit)
        self.show()

    def begin_tag(self) -> None:
        """Ask for a new tag, in the bar."""
        self.show()
        self.field.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _given(self, name: str) -> None:
        self._leave_field()
        self.tag_wanted.emit(name, True)  # noqa: FBT003 - a signal has no keywords

    def _leave_field(self) -> None:
        self.field.clear()
        self.field.hide()
        self.left.emit()


def fill_tags(
    menu: QMenu,
    tags: Sequence[tuple[str, bool]],
    choose: Callable[[str, bool], object],
    begin: Callable[[], object],
) -> None:
    """The tags in use, ticked where every document has them, and a way to a new one."""
    menu.clear()
    for name, everywhere in tags:
        action = menu.addAction(name.replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(everywhere)
        action.triggered.connect(lambda on, name=name: choose(name, on))
    if tags:
        menu.addSeparator()
    menu.addAction("New tag…").triggered.connect(lambda _on=False: begin())


def fill_came(
    menu: QMenu,
    sources: Sequence[Source],
    choose: Callable[[Provenance, str | None], object],
) -> None:
    """The ways documents come; what a source gave asks for the source."""
    menu.clear()
    for provenance, word in PROVENANCES.items():
        if provenance is Provenance.GIVEN:
            below = menu.addMenu(word)
            for source in sources:
                below.addAction(source.label.replace("&", "&&")).triggered.connect(
                    lambda _on=False, key=source.id: choose(Provenance.GIVEN, key)
                )
            below.setEnabled(bool(sources))
        else:
            menu.addAction(word).triggered.connect(
                lambda _on=False, way=provenance: choose(way, None)
            )
