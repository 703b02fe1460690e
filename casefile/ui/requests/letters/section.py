"""The section of a request's record with its letters: the list, and the letter that is open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from casefile.domain.changes import Change
from casefile.domain.errors import UserError
from casefile.domain.letters import Letter, LetterKind
from casefile.services import letters
from casefile.services.letters import LetterChoices
from casefile.ui.lists.screen import OFFER_UNDO
from casefile.ui.models.words import today
from casefile.ui.requests.letters.choices import Offer, offered
from casefile.ui.requests.letters.editor import LetterEditor
from casefile.ui.requests.letters.keeping import Keeping
from casefile.ui.requests.letters.letter_list import LetterList
from casefile.ui.requests.letters.shelf import Draft, Shelf
from casefile.ui.requests.letters.template_form import TemplateForm
from casefile.ui.requests.letters.text_box import plain
from casefile.ui.requests.letters.words import SENT_AS, fitting

if TYPE_CHECKING:
    from casefile.services.case import Case
    from casefile.services.deadlines import RequestView
    from casefile.ui.session import CaseSession

T = TypeVar("T")

_TEMPLATE = "template "


class LettersSection(QWidget):
    """``log_wanted(EventKind)``: a letter was sent and is to be logged."""

    log_wanted = Signal(object)

    def __init__(self, session: CaseSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._view: RequestView | None = None
        self._kept: dict[str, Letter] = {}
        self._shelf = Shelf(session)
        self.setAccessibleName("Letters")
        self.list = LetterList(read_only=session.read_only)
        self.editor = LetterEditor(read_only=session.read_only)
        self.keeping = Keeping(session, self.editor)
        self.template = TemplateForm(session)
        self._pages = QStackedWidget()
        for page in (self.list, self.editor, self.template):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pages)
        self._connect()

    def _connect(self) -> None:
        self.list.opened.connect(self.open)
        self.list.begin_wanted.connect(self.begin)
        self.list.delete_wanted.connect(self._delete)
        editor, keeping = self.editor, self.keeping
        editor.left.connect(self.leave)
        editor.keep_wanted.connect(keeping.keep)
        editor.copy_wanted.connect(keeping.copy)
        editor.save_wanted.connect(keeping.save)
        editor.discard_wanted.connect(self._discard)
        editor.anew_wanted.connect(self._draft_anew)
        editor.rechosen.connect(self._rechosen)
        editor.template_wanted.connect(self._edit_template_of_draft)
        self.template.left.connect(self._leave_template)
        self.template.used.connect(self._leave_template)
        self.template.used.connect(self._rechosen)
        editor.log_wanted.connect(self._log)
        keeping.kept.connect(self._was_kept)

    @property
    def request_id(self) -> str:
        return self._view.request.id if self._view else ""

    @property
    def is_writing(self) -> bool:
        """Whether a letter is open."""
        return self.editor.draft is not None

    # For the record.

    def show_request(self, view: RequestView) -> None:
        """Show the letters of a request; one that was open there is open again."""
        if view.request.id != self.request_id:
            self.flush()
            self._to_list()
            self._kept = {}
            self.list.notice.clear()
        self._view = view
        self.keeping.request_id = view.request.id
        self.list.offer(fitting(view))
        self._read()

    def flush(self) -> None:
        """Put aside what is being written, to be open again with its request."""
        draft = self.editor.draft
        if self._view is None:
            return
        name = draft.name if draft is not None else ""
        if self.template.kind is not None:
            self.template.flush()
            name = f"{_TEMPLATE}{self.template.kind}"
        self._shelf.note_open(self.request_id, name)
        if draft is not None and not self._session.read_only:
            if draft.touched or not draft.letter_id:
                self._shelf.put(self.request_id, draft)
            else:
                self._shelf.forget(self.request_id, draft.name)

    def begin(self, kind: LetterKind | str) -> None:
        """Draft a letter, or take up the one of this kind that is not kept yet."""
        if self._view is None or self._session.read_only:
            return
        kind = LetterKind(kind)
        self._put_away()
        draft = self._shelf.get(self.request_id, kind)
        if draft is not None:
            self._edit(draft)
            return
        case, request_id, address = self._session.case, self.request_id, self._shelf.address
        self._run(request_id, lambda: _drafted(case, request_id, kind, address), self._edit, kind)

    # Reading.

    def _read(self) -> None:
        case, request_id = self._session.case, self.request_id
        self._run(request_id, lambda: letters.listing(case, request_id), self._listed)

    def _run(
        self,
        request_id: str,
        work: Callable[[], T],
        done: Callable[[T], object],
        kind: LetterKind | None = None,
    ) -> None:
        """Work for a request; an answer that comes when another one is shown is let go. ``kind`` is
        the kind of letter whose template may be at fault."""

        def told(found: T) -> None:
            if request_id == self.request_id:
                done(found)

        def failed(error: UserError) -> None:
            notice = self.editor.notice if self.is_writing else self.list.notice
            notice.show_error(error)
            if error.code == "letter.template" and kind is not None:
                notice.offer("Edit the template…", lambda: self._edit_template(kind))

        self._session.tasks.run(work, told, failed, owner=self)

    def _listed(self, found: list[Letter]) -> None:
        self._kept = {letter.id: letter for letter in found}
        self._show_list()
        draft = self.editor.draft
        if draft is not None and draft.letter_id:
            self._refresh(draft)
        elif draft is None and (name := self._shelf.open_of(self.request_id)):
            self._shelf.note_open(self.request_id, "")
            self.open(name)

    def _refresh(self, draft: Draft) -> None:
        """The letter that is open may have been changed, or taken away, by Undo."""
        letter = self._kept.get(draft.letter_id)
        if self.template.kind is not None:
            return
        if letter is None and draft.changed:
            self._show_draft(replace(draft, letter_id=""))  # it is one of its own now
        elif letter is None:
            self._to_list()
        elif not draft.changed and (plain(letter.text), letter.title) != (draft.text, draft.title):
            self._show_draft(_of(letter))

    def _show_list(self) -> None:
        self.list.show_letters(list(self._kept.values()), self._shelf.of(self.request_id))

    # Opening and leaving.

    def open(self, name: str) -> None:
        """Open a letter, with what was typed since it was kept."""
        if name.startswith(_TEMPLATE):
            self._edit_template(LetterKind(name.removeprefix(_TEMPLATE)))
            return
        letter = self._kept.get(name)
        draft = self._shelf.get(self.request_id, name)
        if draft is None and letter is not None:
            draft = _of(letter)
        if draft is not None:
            self._edit(draft)

    def leave(self) -> None:
        """Back to the list; what was typed and not kept stays there as a draft."""
        name = self.editor.draft.name if self.editor.draft else ""
        self._put_away()
        self.list.view.choose(name)
        self.list.take_focus()

    def _edit(self, draft: Draft) -> None:
        self._put_aside()
        self.template.end()
        self.list.notice.clear()
        self._pages.setCurrentWidget(self.editor)
        self._show_draft(draft)

    def _show_draft(self, draft: Draft) -> None:
        self.editor.begin(draft, self._kept.get(draft.letter_id))
        case, request_id, turn = self._session.case, self.request_id, self.editor.turn

        def done(offer: Offer) -> None:
            if turn == self.editor.turn:
                self.editor.offer(offer)

        self._run(request_id, lambda: offered(case, request_id, draft.kind), done)

    def _put_away(self) -> None:
        self._put_aside()
        self._to_list()

    def _put_aside(self) -> None:
        """What was typed and not kept lies on the shelf; what nobody touched does not."""
        draft = self.editor.draft
        if draft is None or self._session.read_only:
            return
        if draft.touched:
            self._shelf.put(self.request_id, draft)
        else:
            self._shelf.forget(self.request_id, draft.name)

    def _to_list(self) -> None:
        self.editor.end()
        self.template.end()
        self._pages.setCurrentWidget(self.list)
        self._show_list()

    def _was_kept(self, request_id: str, draft: Draft) -> None:
        aside = self._shelf.get(request_id, draft.name)
        if aside is None or (aside.text, aside.title) == (draft.text, draft.title):
            self._shelf.forget(request_id, draft.name)
        self._shelf.note_address(draft)

    # What can be done with a letter.

    def _discard(self) -> None:
        """Let go of what was typed; it can be brought back from where it stood."""
        draft = self.editor.draft
        if draft is None:
            return
        self._shelf.forget(self.request_id, draft.name)
        self._to_list()
        self.list.take_focus()
        if draft.touched:
            self._offer_back(draft)

    def _offer_back(self, draft: Draft) -> None:
        self.list.notice.show_words("The draft was discarded.", kind="done")
        self.list.notice.offer("Bring it back", lambda: self._edit(draft))

    def _rechosen(self) -> None:
        """Draft again what nobody has changed; what was changed is left until it is asked for."""
        draft = self.editor.draft
        if draft is None:
            return
        if draft.letter_id or draft.text != draft.before:
            self.editor.choices.tell_stale(stale=True)
        else:
            self._draft_again(draft, unasked=True)

    def _draft_anew(self) -> None:
        draft = self.editor.draft
        if draft is not None:
            self._draft_again(draft, unasked=False)

    def _draft_again(self, draft: Draft, *, unasked: bool) -> None:
        case, request_id, turn = self._session.case, self.request_id, self.editor.turn
        choices = replace(draft.choices, today=today())

        def done(text: str) -> None:
            now = self.editor.draft
            if now is None or turn != self.editor.turn or now.choices != draft.choices:
                return
            if unasked and now.text != draft.text:  # typed in the meantime
                self.editor.choices.tell_stale(stale=True)
            else:
                self.editor.draft_anew(text)

        self._run(
            request_id,
            lambda: letters.draft(case, request_id, draft.kind, choices),
            done,
            draft.kind,
        )

    def _delete(self, name: str) -> None:
        if name not in self._kept:
            draft = self._shelf.get(self.request_id, name)
            if draft is not None:
                self._shelf.forget(self.request_id, name)
                self._show_list()
                self._offer_back(draft)
            return
        case = self._session.case

        def done(_change: Change) -> None:
            self._session.toast.emit("Letter deleted", OFFER_UNDO)

        self._session.tasks.edit(
            lambda: letters.delete(case, [name]), done, self.list.notice.show_error, owner=self
        )

    def _log(self) -> None:
        draft = self.editor.draft
        if draft is not None:
            self.log_wanted.emit(SENT_AS[draft.kind])

    # The template.

    def _edit_template_of_draft(self) -> None:
        draft = self.editor.draft
        if draft is not None:
            self._edit_template(draft.kind)

    def _edit_template(self, kind: LetterKind) -> None:
        view = self._view
        if view is None or self._session.read_only:
            return
        law = view.law
        self._pages.setCurrentWidget(self.template)
        self.template.begin(view.request.law if law else "", law.law if law else "", kind)

    def _leave_template(self) -> None:
        """Back to the letter from which it was opened."""
        self.template.end()
        self._read()  # letters may have changed meanwhile
        if self.editor.draft is not None:
            self._pages.setCurrentWidget(self.editor)
            self.editor.template.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._to_list()
            self.list.take_focus()


def _drafted(case: Case, request_id: str, kind: LetterKind, address: str) -> Draft:
    """A letter as the case fills it in, with the grounds that its withholdings speak for."""
    offer = offered(case, request_id, kind)
    choices = LetterChoices(today(), address=address, checked=offer.first)
    text = plain(letters.draft(case, request_id, kind, choices))
    return Draft(kind, choices, choices, text, text)


def _of(letter: Letter) -> Draft:
    none, text = LetterChoices(today()), plain(letter.text)
    return Draft(letter.kind, none, none, text, text, letter.title, letter.title, letter.id)
