"""Keeps the letter in the editor, and hands it out: copied, saved as text or as a PDF."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from casefile.domain.changes import Change
from casefile.domain.errors import UserError
from casefile.domain.letters import Letter, unfilled
from casefile.services import letters
from casefile.ui import clipboard, file_dialog
from casefile.ui.lists.screen import OFFER_UNDO
from casefile.ui.models.words import counted
from casefile.ui.requests.letters.editor import LetterEditor
from casefile.ui.requests.letters.shelf import Draft
from casefile.ui.requests.letters.words import KINDS

if TYPE_CHECKING:
    from casefile.services.leaving.door import Words
    from casefile.services.leaving.letter_out import LetterForm
    from casefile.ui.session import CaseSession

_ONLY_TELLS = False
_ENDINGS: dict[LetterForm, str] = {"text": "txt", "pdf": "pdf"}
Then = Callable[[], object]


class Keeping(QObject):
    """``kept(Draft)`` tells what was kept, under which name it was written before."""

    kept = Signal(object)

    def __init__(self, session: CaseSession, editor: LetterEditor) -> None:
        super().__init__(editor)
        self._session, self._editor = session, editor
        self._busy = False
        self.request_id = ""

    def keep(self, then: Then | None = None) -> None:
        """Keep the letter, ``then`` go on."""
        draft, case, request_id = self._editor.draft, self._session.case, self.request_id
        if draft is None or self._busy or self._session.read_only:
            return

        def work() -> Change:
            if draft.letter_id:
                return letters.edit(case, draft.letter_id, text=draft.text, title=draft.title)
            return letters.keep(case, request_id, draft.kind, draft.text, draft.title)

        def done(change: Change) -> None:
            self._busy = False
            self._session.toast.emit("Letter kept", OFFER_UNDO)
            self.kept.emit(draft)
            self._read_back(draft, draft.letter_id or change.ids("letter")[0], then)

        def failed(error: UserError) -> None:
            self._busy = False
            self._editor.notice.show_error(error)

        self._busy = True
        self._editor.notice.clear()
        self._session.tasks.edit(work, done, failed, owner=self)

    def _read_back(self, draft: Draft, letter_id: str, then: Then | None) -> None:
        case = self._session.case

        def done(letter: Letter) -> None:
            now = self._editor.draft
            if now is not None and now.name == draft.name:
                self._editor.kept(letter)
                if then is not None:
                    then()

        self._session.tasks.run(lambda: letters.get(case, letter_id), done, owner=self)

    def copy(self) -> None:
        """Put the letter on the clipboard; what is not kept yet is kept first."""
        self._as_kept(self._copy)

    def save(self, form: LetterForm) -> None:
        """Save the letter where the reporter says; what is not kept yet is kept first."""
        self._as_kept(lambda: self._save(form))

    def _as_kept(self, then: Then) -> None:
        draft = self._editor.draft
        if draft is None:
            return
        if draft.changed or not draft.letter_id:
            self.keep(then)
        else:
            then()

    def _copy(self) -> None:
        from casefile.services.leaving import letter_out

        draft, case = self._editor.draft, self._session.case
        if draft is None:
            return

        def put(words: Words) -> None:
            clipboard.put(self._session, words.text, sensitive=words.delicate)
            self._session.toast.emit(f"Letter copied{_blanks(draft)}", _ONLY_TELLS)

        self._editor.notice.clear()
        self._session.tasks.run(
            lambda: letter_out.letter_text(case, draft.letter_id),
            put, self._editor.notice.show_error, owner=self,
        )  # fmt: skip

    def _save(self, form: LetterForm) -> None:
        from casefile.services.leaving import letter_out

        draft, case = self._editor.draft, self._session.case
        if draft is None:
            return
        name = f"{KINDS[draft.kind]}.{_ENDINGS[form]}"
        out = file_dialog.choose_new_file(self._editor, "Save the letter", name)
        if out is None:
            return

        def done(path: Path) -> None:
            self._session.toast.emit(f"Letter saved as {path.name}{_blanks(draft)}", _ONLY_TELLS)

        self._editor.notice.clear()
        self._session.tasks.run(
            lambda: letter_out.write_letter(case, draft.letter_id, out, form=form, force=True),
            done, self._editor.notice.show_error, owner=self,
        )  # fmt: skip


def _blanks(draft: Draft) -> str:
    found = len(unfilled(draft.text))
    return f", with {counted(found, 'blank')} still to fill in" if found else ""
