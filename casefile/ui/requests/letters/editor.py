"""One letter: its words, the blanks in it, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from casefile.domain.letters import Letter, unfilled
from casefile.domain.telltale import Finding
from casefile.ui.lists.flow import FlowLayout
from casefile.ui.lists.screen import scrolled
from casefile.ui.models.words import counted, day, visible
from casefile.ui.parts import Notice, button, caption, label
from casefile.ui.requests.letters.choices import ChoicesBox, Offer
from casefile.ui.requests.letters.findings import FindingsPanel, where
from casefile.ui.requests.letters.shelf import Draft
from casefile.ui.requests.letters.text_box import LetterText, plain
from casefile.ui.requests.letters.words import KINDS

_SENDS_NOTHING = "Casefile sends nothing: copy the letter or save it, and send it yourself."
_SHOWN_BLANKS = 4


class LetterEditor(QFrame):
    """``keep_wanted`` (Ctrl+Enter), ``copy_wanted``, ``save_wanted(form)``, ``left`` (Esc),
    ``discard_wanted``, ``anew_wanted`` (from the template), ``rechosen`` (what goes into it),
    ``template_wanted`` (to change it), ``log_wanted``."""

    keep_wanted = Signal()
    copy_wanted = Signal()
    save_wanted = Signal(str)
    discard_wanted = Signal()
    anew_wanted = Signal()
    rechosen = Signal()
    template_wanted = Signal()
    log_wanted = Signal()
    left = Signal()

    def __init__(self, *, read_only: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._read_only = read_only
        self._draft: Draft | None = None
        self.turn = 0  # another one for each letter that is opened, and for none
        self.setAccessibleName("Letter")
        self.heading = label("", "section")
        self.state = label("", "muted")
        self.title = QLineEdit()
        self.title.setAccessibleName("Title")
        self.title.setPlaceholderText("Title, for your list only")
        self.title.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)
        self.title.setReadOnly(read_only)
        self.choices = ChoicesBox()
        self.blanks = label("", "warning")
        self.next_blank = button("Next blank", self._choose_blank, tip="F3 in the letter")
        self.text = LetterText()
        self.text.setReadOnly(read_only)
        self.findings = FindingsPanel(read_only=read_only)
        self.notice = Notice("danger")
        self._make_buttons()
        self._lay_out()
        self.choices.changed.connect(self.rechosen)
        self.choices.changed.connect(self._changed)
        self.choices.again_wanted.connect(self.anew_wanted)
        self.findings.chosen.connect(self._choose_finding)
        self.findings.entered.connect(self.keep_wanted)
        self.text.textChanged.connect(self._changed)
        self.title.textEdited.connect(lambda _text: self._changed())

    def _make_buttons(self) -> None:
        self.back = button("Back to the letters", self.left.emit, icon="arrow-left", tip="Esc")
        self.keep = button("Keep", self.keep_wanted.emit, role="primary", tip="Ctrl+Enter")
        self.copy = button("Copy", self.copy_wanted.emit, icon="copy")
        self.save_text = button("Save as text…", lambda: self.save_wanted.emit("text"))
        self.save_pdf = button("Save as PDF…", lambda: self.save_wanted.emit("pdf"))
        self.log = button("Log it as sent…", self.log_wanted.emit, icon="send")
        self.anew = button("Start over from the template", self.anew_wanted.emit)
        self.template = button("Edit the template…", self.template_wanted.emit)
        self.discard = button("Discard", self.discard_wanted.emit)

    def _lay_out(self) -> None:
        inside = QWidget()
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(16, 10, 16, 16)
        self.column.setSpacing(8)
        row = FlowLayout(spacing=8)
        row.addWidget(self.blanks)
        row.addWidget(self.next_blank)
        out = FlowLayout(spacing=6)
        for made in (self.keep, self.copy, self.save_text, self.save_pdf, self.log):
            out.addWidget(made)
        more = FlowLayout(spacing=6)
        for made in (self.anew, self.template, self.discard):
            more.addWidget(made)
        self.column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeading)
        self.column.addWidget(self.heading)
        self.column.addWidget(self.state)
        self.column.addWidget(self.title)
        self.column.addWidget(self.choices)
        self.column.addLayout(row)
        self.column.addWidget(self.text, 1)
        self.column.addWidget(self.findings)
        self.column.addWidget(self.notice)
        self.column.addLayout(out)
        self.column.addLayout(more)
        self.column.addWidget(caption(_SENDS_NOTHING))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._page = scrolled(inside)
        outer.addWidget(self._page)

    # What is shown.

    def begin(self, draft: Draft, letter: Letter | None = None) -> None:
        """Show a letter that is being written; ``letter`` is what is kept of it."""
        self.end()
        self.findings.clear(draft.reason)
        self.heading.setText(KINDS[draft.kind])
        self.title.setText(draft.title)
        self.text.setPlainText(draft.text)
        self._draft = draft
        self._tell_state(letter)
        self._changed()
        self._page.verticalScrollBar().setValue(0)
        if not self.text.choose_blank():
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def end(self) -> None:
        """Show nothing; what was written lies elsewhere by now."""
        self.turn += 1
        self._draft = None
        self.title.clear()
        self.text.clear()
        self.choices.clear()
        self.findings.clear()
        self.notice.clear()

    @property
    def draft(self) -> Draft | None:
        """What is written right now."""
        if self._draft is None:
            return None
        return replace(
            self._draft,
            choices=self.choices.read(self._draft.choices),
            text=self.text.text,
            title=self.title.text().strip(),
            reason=self.findings.reason.text().strip(),
        )

    def offer(self, offer: Offer) -> None:
        """Let choose what goes into the letter that is open."""
        draft = self._draft
        if draft is None or self._read_only:
            return
        if draft.letter_id and draft.choices == draft.choices_before:
            # A kept letter does not say what was chosen for it.
            first = replace(draft.choices, checked=offer.first)
            self._draft = draft = replace(draft, choices=first, choices_before=first)
        more = bool(offer.items) or len(offer.fields) > 1
        opened = more and not draft.letter_id
        self.choices.offer(offer, draft.choices, opened=opened)
        if opened and self.text.hasFocus() and draft.before == self.text.text:
            self.choices.take_focus()
            self._page.verticalScrollBar().setValue(0)

    def kept(self, letter: Letter) -> None:
        """The letter is in the case as ``letter`` says; what was typed since stays."""
        draft = self.draft
        if draft is None:
            return
        self._draft = replace(
            draft, letter_id=letter.id, before=plain(letter.text), title_before=letter.title
        )
        if self.findings.has_keyboard:
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)
        self.findings.clear()
        self._tell_state(letter)
        self._changed()

    def show_findings(self, found: Sequence[Finding]) -> None:
        """Tell what keeps the letter from being kept."""
        self.findings.show_findings(found)
        self._changed()
        self._page.ensureWidgetVisible(self.findings)
        self.findings.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def draft_anew(self, text: str) -> None:
        """Other words from the template; Undo in the text brings the typed ones back."""
        if self._draft is not None:
            text = plain(text)
            before = self._draft.before if self._draft.letter_id else text
            self._draft = replace(self._draft, before=before)
            self.text.replace_all(text)
            self.choices.tell_stale(stale=False)
            self._changed()

    def _tell_state(self, letter: Letter | None) -> None:
        words = "Not kept yet"
        if letter is not None:
            words = f"Kept {day(letter.created_at)}"
            if letter.findings_reason:
                words += f". Kept as it is because: {visible(letter.findings_reason)}"
        self.state.setText(words)

    def _changed(self) -> None:
        draft = self.draft
        if draft is None:
            return
        is_new, editable = not draft.letter_id, not self._read_only
        stopped = not self.findings.isHidden()
        self.keep.setEnabled(editable and (is_new or draft.changed or stopped))
        self.discard.setVisible(editable and (is_new or draft.touched))
        self.discard.setText("Discard" if is_new else "Discard the changes")
        self.anew.setVisible(editable)
        self.template.setVisible(editable)
        as_kept = not is_new and not draft.changed
        self.copy.setEnabled(editable or as_kept)
        self.save_text.setEnabled(editable or as_kept)
        self.save_pdf.setEnabled(editable)
        self.log.setVisible(editable and as_kept)
        blanks = unfilled(draft.text)
        self.blanks.setText(_blank_words(blanks))
        self.blanks.setVisible(bool(blanks))
        self.next_blank.setVisible(bool(blanks))

    # Keys.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if self.keep.isEnabled():
                self.keep_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _choose_blank(self) -> None:
        self.text.choose_blank()
        self._page.ensureWidgetVisible(self.text)

    def _choose_finding(self, finding: Finding) -> None:
        place = where(finding, self.text.text)
        if place is not None:
            self.text.choose(*place)
            self._page.ensureWidgetVisible(self.text)


def _blank_words(blanks: tuple[str, ...]) -> str:
    told = " ".join(visible(each) for each in blanks[:_SHOWN_BLANKS])
    more = len(blanks) - _SHOWN_BLANKS
    return f"Still to fill in: {told}" + (f" and {counted(more, 'other')}" if more > 0 else "")
