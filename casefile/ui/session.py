"""An open case, as the window's screens see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from casefile.domain.changes import Change
from casefile.domain.errors import UserError
from casefile.ui.day_watching import DayWatch
from casefile.ui.importing.ocr_job import OcrJob
from casefile.ui.preferences import Preferences
from casefile.ui.tasks import Tasks
from casefile.ui.undo import EditCommand

if TYPE_CHECKING:
    from casefile.services.case import Case

UNDO_STEPS = 200


class CaseSession(QObject):
    """Hands screens the case, its threads and its undo stack, and carries their wishes to the
    window.

    ``changed(Change)``: an edit was made, undone or redone: refresh what it touches.
    ``about_to_lock()``: keep unfinished input with ``keep_draft`` now. ``locked()``: let go of
    everything. ``toast(str, bool)``: say it; ``True`` offers Undo. ``errors(UserError)``: tell it.
    """

    changed = Signal(object)
    about_to_lock = Signal()
    locked = Signal()
    toast = Signal(str, bool)
    errors = Signal(object)
    document_requested = Signal(str, object, object, object)
    record_requested = Signal(str, str)
    place_requested = Signal(str)
    new_requested = Signal(str)
    search_requested = Signal(str)
    import_requested = Signal(list)
    preferences_changed = Signal()

    def __init__(self, case: Case, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.case = case
        self.tasks = Tasks(self)
        self.undo_stack = QUndoStack(self)
        self.undo_stack.setUndoLimit(UNDO_STEPS)
        self.drafts: dict[str, str] = {}
        self.preferences = Preferences()
        self.tasks.edited.connect(self._edited)
        self.tasks.failed.connect(self.errors)
        self.ocr = OcrJob(self)
        self.days = DayWatch(self)

    @property
    def read_only(self) -> bool:
        read_only: bool = self.case.read_only
        return read_only

    def open_document(
        self,
        document_id: str,
        page: int | None = None,
        find: str | None = None,
        quads: object = None,
    ) -> None:
        """Show a document in the reader: at ``page`` (from 1), with ``find`` looked for, or with
        ``quads`` (a tuple of ``Quad``) in sight."""
        self.document_requested.emit(document_id, page, find, quads)

    def open_record(self, kind: str, item_id: str) -> None:
        """Show a ``source``, ``quote``, ``request``, ``followup`` or ``document`` in its screen."""
        self.record_requested.emit(kind, item_id)

    def show_place(self, place: str) -> None:
        """Go to a place of the rail: ``today``, ``documents``, ``quotes``, ``sources``,
        ``requests``, ``followups``, ``bundles``, ``trash``, ``search``."""
        self.place_requested.emit(place)

    def search(self, query: str) -> None:
        self.search_requested.emit(query)

    def request_import(self, paths: list[str] | None = None) -> None:
        """Open the import sheet, for ``paths`` or with its own file dialog."""
        self.import_requested.emit(paths or [])

    def keep_draft(self, key: str, text: str) -> None:
        """Remember unfinished input under ``key`` (empty text forgets it). It is written into the
        sealed store before the case locks and is there again with ``draft`` after unlocking."""
        if text:
            self.drafts[key] = text
        else:
            self.drafts.pop(key, None)

    def draft(self, key: str) -> str:
        return self.drafts.get(key, "")

    def restore(self, change: Change) -> None:
        """Undo ``change`` (or redo one, given reversed): its rows become what they were before."""
        case = self.case

        def work() -> Change:
            from casefile.services.undo import undo

            return undo(case, change)

        self.tasks.run(work, self.changed.emit, self._not_restored, lane="edit", owner=self)

    def _edited(self, change: Change) -> None:
        self.undo_stack.push(EditCommand(self, change))
        self.changed.emit(change)

    def _not_restored(self, error: UserError) -> None:
        """The stack no longer says what the store holds: forget it rather than guess."""
        self.undo_stack.clear()
        self.errors.emit(error)
