"""Keeps the letter in the editor, and hands it out: copied, saved as text or as a PDF."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from casefile.domain.changes import Change
from casefile.domain.errors import UserError
from casefile.domain.letters import Letter, unfilled
from casefile.domain.telltale import Finding
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
    """``kept(request_id, Draft)`` tells what was kept, under which name it was written before.

    A letter that was left meanwhile is kept all the same; what comes after that (its findings, the
    copy of it) comes only while it is open.
    """

    kept = Signal(str, object)

    def __init__(self, session: CaseSession, editor: LetterEditor) -> None:
        super().__init__(editor)
        self._session, self._editor = session, editor
        self._busy = False
        self._stopped: tuple[int, Then | None] | None = None
        self.request_id = ""

    def keep(self, then: Then | None = None) -> None:
        """Keep the letter, ``then`` go on."""
        draft, case, request_id = self._editor.draft, self._session.case, self.request_id
        if draft is None or self._busy or self._session.read_only:
            return
        turn = self._editor.turn
        if then is None and self._stopped is not None and self._stopped[0] == turn:
            then = self._stopped[1]
        self._stopped = None
        reason, seen = self._editor.findings.given, self._editor.findings.seen

        def work() -> Change:
            if reason:
                _require_seen(letters.findings(case, request_id, draft.text), seen)
            text, title = draft.text, draft.title
            if draft.letter_id:
                return letters.edit(case, draft.letter_id, text=text, title=title, reason=reason)
            return letters.keep(case, request_id, draft.kind, text, title, reason)

        def done(change: Change) -> None:
            self._busy = False
            self._session.toast.emit("Letter kept", OFFER_UNDO)
            self.kept.emit(request_id, draft)
            self._read_back(turn, draft.letter_id or change.ids("letter")[0], then)

        def failed(error: UserError) -> None:
            self._busy = False
            self._fail(turn, draft, error, then)

        self._busy = True
        self._editor.notice.clear()
        self._session.tasks.edit(work, done, failed, owner=self)

    def _fail(self, turn: int, draft: Draft, error: UserError, then: Then | None) -> None:
        """Tell why it could not be kept or handed out; where only a reason is missing, what was
        wanted is done once it is given."""
        case, request_id = self._session.case, self.request_id
        if turn != self._editor.turn:
            self._session.errors.emit(error)
            return
        if error.code != "letter.findings":
            self._editor.notice.show_error(error)
            return

        def show(found: tuple[Finding, ...]) -> None:
            if turn == self._editor.turn:
                self._stopped = (turn, then)
                self._editor.show_findings(found)

        self._session.tasks.run(
            lambda: letters.findings(case, request_id, draft.text), show,
            self._editor.notice.show_error, owner=self,
        )  # fmt: skip

    def _read_back(self, turn: int, letter_id: str, then: Then | None) -> None:
        case = self._session.case

        def done(letter: Letter) -> None:
            if turn == self._editor.turn:
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

        draft, case, turn = self._editor.draft, self._session.case, self._editor.turn
        if draft is None:
            return

        def put(words: Words) -> None:
            clipboard.put(self._session, words.text, sensitive=words.delicate)
            self._session.toast.emit(f"Letter copied{_blanks(draft)}", _ONLY_TELLS)

        self._editor.notice.clear()
        self._session.tasks.run(
            lambda: letter_out.letter_text(case, draft.letter_id),
            put, lambda error: self._fail(turn, draft, error, self._copy), owner=self,
        )  # fmt: skip

    def _save(self, form: LetterForm) -> None:
        from casefile.services.leaving import letter_out

        draft, case, turn = self._editor.draft, self._session.case, self._editor.turn
        if draft is None:
            return
        name = f"{KINDS[draft.kind]}.{_ENDINGS[form]}"
        out = file_dialog.choose_new_file(self._editor, "Save the letter", name)
        if out is None:
            return

        def done(path: Path) -> None:
            self._session.toast.emit(f"Letter saved as {path.name}{_blanks(draft)}", _ONLY_TELLS)

        def failed(error: UserError) -> None:
            self._fail(turn, draft, error, lambda: self._save(form))

        self._editor.notice.clear()
        self._session.tasks.run(
            lambda: letter_out.write_letter(case, draft.letter_id, out, form=form, force=True),
            done, failed, owner=self,
        )  # fmt: skip


def _require_seen(found: Iterable[Finding], seen: frozenset[str]) -> None:
    """A reason holds only for what was in sight when it was given."""
    new = [each.words for each in found if each.words not in seen]
    if new:
        raise UserError("letter.findings", count=len(new), words=new[0])


def _blanks(draft: Draft) -> str:
    found = len(unfilled(draft.text))
    return f", with {counted(found, 'blank')} still to fill in" if found else ""
