"""Drives the inspector: which form is open, and what saving it does."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QDateTime, QLocale, QObject, Qt, QTimer

from casefile.domain.annotations import Annotation
from casefile.domain.changes import Change
from casefile.domain.errors import UserError
from casefile.domain.geometry import Quad
from casefile.services.reading import PageShape
from casefile.ui.reader.followup_form import FollowUpForm
from casefile.ui.reader.inspector import Inspector
from casefile.ui.reader.mark_form import MarkForm
from casefile.ui.reader.marks import describe
from casefile.ui.reader.place_of import pages_name
from casefile.ui.reader.verbs import FOLLOW_UP, OFFER_UNDO, Verbs

if TYPE_CHECKING:
    from casefile.ui.reader.page_view import PageView
    from casefile.ui.session import CaseSession


class Inspecting(QObject):
    """Between the page view, the verbs and the inspector of one reader."""

    def __init__(
        self, session: CaseSession, view: PageView, verbs: Verbs, inspector: Inspector
    ) -> None:
        super().__init__(view)
        self._session = session
        self._view = view
        self._verbs = verbs
        self.inspector = inspector
        self._to_comment, self._to_write, self._to_follow_up = "", True, False
        self._followup_page, self._followup_mark = 1, ""
        inspector.closed.connect(self.close)
        inspector.when_made(MarkForm, self._wire)
        inspector.when_made(FollowUpForm, lambda form: form.saved.connect(self._save_followup))
        view.mark_selected.connect(self._mark_selected)
        view.document.marks_changed.connect(self._marks_changed)
        view.document.tags_changed.connect(self._show_tags)
        verbs.mark_made.connect(self._mark_made)
        session.about_to_lock.connect(self.keep_drafts)

    def _wire(self, form: MarkForm) -> None:
        form.comment_changed.connect(self._save_comment)
        form.colour_chosen.connect(lambda mark_id, colour: self._verbs.edit(mark_id, colour=colour))
        form.deleted.connect(self._delete)
        form.escaped.connect(self._to_page)
        form.set_read_only(self._session.read_only)

    # What the reader asks for

    def comment(self) -> None:
        """Write about the selected mark."""
        mark = self._verbs.chosen
        if mark is not None:
            self._show_mark(mark)
            self.inspector.mark.write()

    def mark_clicked(self) -> None:
        """What is typed after a click on a mark is about the mark, not a key of the page."""
        if not self._session.read_only:
            self.comment()

    def follow_up(self) -> None:
        """One line about the selected mark, else about the selection's page or the one that is
        being read."""
        ends, mark = self._view.selection.ends, self._verbs.chosen
        if ends is None and mark is not None:
            self.follow_up_on(mark)
            return
        self._open_follow_up(ends[0].page if ends is not None else self._view.page)

    def close(self) -> None:
        """Save what is open, hide the inspector, and be on the page again."""
        self.inspector.close_form()
        self._view.select_mark(None)
        self._to_page()

    def _to_page(self) -> None:
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def keep_drafts(self) -> None:
        """Before locking: what was typed and not saved yet."""
        form = self.inspector.made(MarkForm)
        if form is not None and form.mark is not None and form.unsaved is not None:
            self._session.keep_draft(_comment_draft(form.mark.id), form.unsaved)

    def unfinished(self) -> dict[str, object]:
        """What is open and being written, to be taken up again later."""
        form = self.inspector.form
        if isinstance(form, MarkForm) and form.mark is not None:
            return {"mark": form.mark.id, "writing": form.is_being_written}
        if isinstance(form, FollowUpForm):
            line = form.line.text()
            about = {"page": self._followup_page, "about": self._followup_mark}
            return {"form": "followup", "line": line, **about}
        return {}

    def take_up(self, stored: Mapping[str, object]) -> None:
        """Go on with what ``unfinished`` told."""
        mark, page, line = (stored.get(name) for name in ("mark", "page", "line"))
        pages = self._view.document.pages
        if isinstance(mark, str):
            self._to_comment, self._to_write = mark, stored.get("writing") is True
            self._marks_changed()
        elif isinstance(line, str) and line and isinstance(page, int) and 1 <= page <= pages:
            about = stored.get("about")
            self._open_follow_up(page, line, about if isinstance(about, str) else "")

    # Marks

    def _mark_selected(self, mark_id: str) -> None:
        mark = self._view.document.marks.get(mark_id)
        if mark is not None:
            self._show_mark(mark)
        elif isinstance(self.inspector.form, MarkForm):
            self.inspector.close_form()
            self.inspector.mark.forget()

    def _show_mark(self, mark: Annotation) -> None:
        draft = self._session.draft(_comment_draft(mark.id))
        made = QLocale().toString(_local(mark.created_at), "ddd d MMM yyyy, HH:mm")
        self.inspector.mark.show_mark(mark, f"{self.where(mark.page)}\nMade {made}", draft)
        self._show_tags()
        if not isinstance(self.inspector.form, MarkForm):
            self.keep_in_sight(mark.page, mark.quads)
        self.inspector.open(self.inspector.mark, describe(mark))

    def _show_tags(self) -> None:
        form, document = self.inspector.made(MarkForm), self._view.document
        mark = form.mark if form is not None else None
        if mark is not None:
            self.inspector.mark.show_tags(document.tags.get(mark.id, ()), document.tag_names)

    def _mark_made(self, mark_id: str, then: str) -> None:
        """A mark was made to go on with: as soon as it is in the list."""
        self._to_comment, self._to_write = mark_id, True
        self._to_follow_up = then == FOLLOW_UP
        self._marks_changed()

    def _marks_changed(self) -> None:
        marks = self._view.document.marks
        made = marks.get(self._to_comment)
        if made is not None:
            self._to_comment = ""
            self._view.select_mark(made)
            if self._to_follow_up:
                self._to_follow_up = False
                self.follow_up_on(made)
            elif self._to_write:
                self.comment()
            return
        if not self._view.selected_mark:
            return
        mark = marks.get(self._view.selected_mark)
        if mark is None:
            self.inspector.mark.forget()
            self._view.select_mark(None)
        elif isinstance(self.inspector.form, MarkForm):
            self._show_mark(mark)

    def _save_comment(self, mark_id: str, text: str) -> None:
        self._session.keep_draft(_comment_draft(mark_id), "")
        self._verbs.edit(mark_id, comment=text)

    def _delete(self, mark: Annotation) -> None:
        self._verbs.delete([mark])
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    # Follow-ups

    def follow_up_on(self, mark: Annotation) -> None:
        """One line about a mark."""
        self._open_follow_up(mark.page, mark_id=mark.id)

    def _open_follow_up(self, page: int, line: str = "", mark_id: str = "") -> None:
        self._followup_page, self._followup_mark = page, mark_id
        form = self.inspector.followup
        mark = self._view.document.marks.get(mark_id)
        about = f"{describe(mark)}, {self.where(page)}" if mark is not None else self.where(page)
        form.begin(f"About {about}", _today(), line)
        self.inspector.open(form, "Follow-up")
        form.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save_followup(self, line: str) -> None:
        from casefile.services import followups

        case, document_id, page = self._session.case, self._view.document.id, self._followup_page
        today, mark_id = _today(), self._followup_mark

        def save() -> Change:
            return followups.add_line(
                case,
                line,
                today,
                linked_kind="annotation" if mark_id else "document",
                linked_id=mark_id or document_id,
                linked_page=page,
            )

        self.save(save, "Follow-up added", self.inspector.followup.notice.show_error)

    def save(
        self, work: Callable[[], Change], said: str, failed: Callable[[UserError], None]
    ) -> None:
        """Save and go back to the page at once; if it fails the form comes back with the reason."""
        form, field = self.inspector.form, self.inspector.window().focusWidget()

        def done(_change: Change) -> None:
            self._session.toast.emit(said, OFFER_UNDO)

        def sorry(error: UserError) -> None:
            if form is not None:
                self.inspector.open(form, "Not saved")
            if self.inspector.isAncestorOf(field):
                field.setFocus(Qt.FocusReason.OtherFocusReason)
            failed(error)

        self._session.tasks.edit(work, done, sorry, owner=self)
        self.inspector.close_form()
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def keep_in_sight(self, page: int, quads: Sequence[Quad]) -> None:
        """The inspector takes room: what it is about stays in view."""
        view = self._view
        QTimer.singleShot(0, view, lambda: view.show_quads(page, quads))

    @property
    def _shapes(self) -> Sequence[PageShape]:
        return self._view.document.shapes

    def where(self, page: int, last: int | None = None) -> str:
        pages = pages_name(self._shapes, page, last or page)
        sure = self._view.document.confidence(page)
        ocr = "" if sure is None else f" · OCR {round(sure)} %"
        return f"p. {pages}{ocr} · {self._view.document.document.title}"


def _today() -> date:
    now = QDate.currentDate()
    return date(now.year(), now.month(), now.day())


def _local(iso: str) -> QDateTime:
    return QDateTime.fromString(iso, Qt.DateFormat.ISODate).toLocalTime()


def _comment_draft(mark_id: str) -> str:
    return f"reader.comment.{mark_id}"
