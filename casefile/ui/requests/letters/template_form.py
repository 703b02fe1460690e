"""The template of one kind of letter for one law in this case: the reporter's own, or ours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from casefile.domain.changes import Change
from casefile.domain.letters import LetterKind
from casefile.services import letter_templates, letters
from casefile.ui.lists.flow import FlowLayout
from casefile.ui.lists.screen import OFFER_UNDO, scrolled
from casefile.ui.parts import Notice, button, label
from casefile.ui.requests.letters.text_box import LetterText
from casefile.ui.requests.letters.words import KINDS

if TYPE_CHECKING:
    from casefile.ui.session import CaseSession

_DRAFT = "requests.letter-template"
_MEANS = (
    "For every {kind} under this law in this case. Names in double braces are filled in; the "
    "handbook lists them under Letters."
)


@dataclass(frozen=True, slots=True)
class _Found:
    """The template that is used, and ours."""

    used: str
    ours: str


class TemplateForm(QFrame):
    """``left`` with Esc; ``used`` when letters are drafted from another template from now on."""

    left = Signal()
    used = Signal()

    def __init__(self, session: CaseSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._law_id = ""
        self._found: _Found | None = None
        self.kind: LetterKind | None = None
        self.setAccessibleName("Letter template")
        self.heading = label("", "section")
        self.means = label("", "muted")
        self.text = LetterText()
        self.text.setAccessibleName("Template")
        self.notice = Notice("danger")
        self.use = button("Use this template", self.keep, role="primary", tip="Ctrl+Enter")
        self.reset = button("Use Casefile's own again", self._reset)
        self.cancel = button("Cancel", self.left.emit, tip="Esc")
        row = FlowLayout(spacing=6)
        for made in (self.use, self.reset, self.cancel):
            row.addWidget(made)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 10, 16, 16)
        column.setSpacing(8)
        column.addWidget(self.heading)
        column.addWidget(self.means)
        column.addWidget(self.text, 1)
        column.addWidget(self.notice)
        column.addLayout(row)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(inside))
        self.text.textChanged.connect(self._tell)
        session.changed.connect(self._changed)

    def begin(self, law_id: str, law_name: str, kind: LetterKind) -> None:
        """Show the template of this kind for a law, with what was typed and not used yet."""
        self.end()
        self._law_id, self.kind = law_id, kind
        name = KINDS[kind]
        self.heading.setText(f"Template: {name}, {law_name}" if law_name else f"Template: {name}")
        self.means.setText(_MEANS.format(kind=f"“{name}”"))
        self._read()

    def end(self) -> None:
        """Show nothing; what was typed and not used is there again next time."""
        self.flush()
        self.kind, self._found = None, None
        self.text.clear()
        self.notice.clear()

    def flush(self) -> None:
        if self._found is not None:
            typed = self.text.text if self.text.text != self._found.used else ""
            self._session.keep_draft(self._key, typed)

    def keep(self) -> None:
        """Letters are drafted from this text from now on."""
        kind, law_id, text = self.kind, self._law_id, self.text.text
        if kind is None or not self.use.isEnabled():
            return
        case = self._session.case

        def done(_change: Change) -> None:
            self._told("Template changed", text)

        self.notice.clear()
        self._session.tasks.edit(
            lambda: letters.edit_template(case, law_id, kind, text),
            done, self.notice.show_error, owner=self,
        )  # fmt: skip

    def _reset(self) -> None:
        kind, law_id, found = self.kind, self._law_id, self._found
        if kind is None or found is None:
            return
        case = self._session.case

        def done(_change: Change) -> None:
            self._told("Casefile's own template is used again", found.ours)

        self.notice.clear()
        self._session.tasks.edit(
            lambda: letters.reset_template(case, law_id, kind),
            done, self.notice.show_error, owner=self,
        )  # fmt: skip

    def _told(self, words: str, text: str) -> None:
        if self._found is not None:
            self._found = _Found(text, self._found.ours)
            self.text.replace_all(text)
        self._session.toast.emit(words, OFFER_UNDO)
        self.used.emit()

    # Reading.

    @property
    def _key(self) -> str:
        return f"{_DRAFT} {self._law_id} {self.kind}"

    def _read(self) -> None:
        kind, law_id, case = self.kind, self._law_id, self._session.case
        if kind is None:
            return

        def work() -> _Found:
            used = letters.template(case, law_id, kind)
            return _Found(used, letter_templates.source(law_id, kind))

        def done(found: _Found) -> None:
            if (self.kind, self._law_id) == (kind, law_id):
                self._show(found)

        self._session.tasks.run(work, done, self.notice.show_error, owner=self)

    def _show(self, found: _Found) -> None:
        before, self._found = self._found, found
        if before is None:
            self.text.setPlainText(self._session.draft(self._key) or found.used)
        elif self.text.text == before.used != found.used:
            self.text.setPlainText(found.used)
        self._tell()
        if before is None:
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _changed(self, change: Change) -> None:
        if "letter_template" in change.kinds:
            self._read()

    def _tell(self) -> None:
        found = self._found
        self.text.setEnabled(found is not None)
        self.use.setEnabled(found is not None and self.text.text != found.used)
        self.reset.setEnabled(found is not None and found.used != found.ours)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.keep()
        else:
            super().keyPressEvent(event)
