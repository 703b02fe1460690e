"""Joins the Marks panel and what is done to many marks to the services; each one step of undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from casefile.domain.annotations import Annotation, AnnotationKind
from casefile.domain.changes import Change
from casefile.ui.announce import announce
from casefile.ui.reader.bulk_form import BulkForm
from casefile.ui.reader.file_marks import as_mark, is_from_file
from casefile.ui.reader.mark_form import MarkForm
from casefile.ui.reader.marks import MarkIndex
from casefile.ui.reader.verbs import OFFER_UNDO

if TYPE_CHECKING:
    from casefile.ui.reader.inspecting import Inspecting
    from casefile.ui.reader.marks_panel import MarksPanel
    from casefile.ui.reader.page_view import PageView
    from casefile.ui.reader.side_panel import SidePanel
    from casefile.ui.reader.verbs import Verbs
    from casefile.ui.session import CaseSession

Marks = Sequence[Annotation]


class MarksWork(QObject):
    """Between the panel, the forms for marks and the case."""

    def __init__(
        self,
        session: CaseSession,
        view: PageView,
        verbs: Verbs,
        inspecting: Inspecting,
        side: SidePanel,
    ) -> None:
        super().__init__(view)
        self._session = session
        self._view = view
        self._inspector = inspecting.inspector
        self._panel: MarksPanel | None = None
        self._sought = False
        self._verbs = verbs
        self._inspector.when_made(BulkForm, self._wire_bulk)
        self._inspector.when_made(MarkForm, self._wire_mark)
        side.marks_made.connect(self._wire_panel)
        document = view.document
        document.tags_changed.connect(self._chosen_changed)
        document.marks_changed.connect(self._marks_changed)
        self.reload_tags()

    def _wire_panel(self, panel: MarksPanel) -> None:
        self._panel = panel
        panel.list.recoloured.connect(self.recolour)
        panel.list.chosen_changed.connect(self._chosen_changed)
        panel.adopted.connect(self.adopt)
        panel.shown.connect(self.seek_file_marks)

    @property
    def _chosen(self) -> Marks:
        """What is chosen in the panel, once there is one."""
        return self._panel.list.chosen() if self._panel is not None else ()

    def _wire_bulk(self, form: BulkForm) -> None:
        form.set_read_only(self._session.read_only)
        form.colour_chosen.connect(self.recolour)
        form.kind_chosen.connect(self.change_kind)
        form.tag_given.connect(self.give_tag)
        form.tag_taken.connect(self.take_tag)
        form.deleted.connect(self._verbs.delete)

    def _wire_mark(self, form: MarkForm) -> None:
        form.kind_chosen.connect(lambda mark_id, kind: self._edit([mark_id], kind=kind))
        form.tags_changed.connect(self._set_tags)

    # What was done somewhere

    def apply_change(self, change: Change) -> None:
        """An edit was made or undone."""
        if any(row.table in ("tag", "tagging") for row in change.rows):
            self.reload_tags()
        adopted = (
            (row.after or row.before or {}).get("adopted_key")
            for row in change.rows
            if row.table == "annotation"
        )
        if self._sought and any(adopted):
            self._sought = False
            self.seek_file_marks()

    def reload_tags(self) -> None:
        from casefile.services import tags

        case = self._session.case

        def fetch() -> tuple[dict[str, tuple[str, ...]], list[str]]:
            return tags.of(case, "annotation"), tags.names(case)

        self._session.tasks.run(fetch, lambda got: self._view.document.set_tags(*got), owner=self)

    def seek_file_marks(self) -> None:
        """Look through the file for marks of other programs: once, when they may be seen."""
        from casefile.services import file_marks

        if self._sought:
            return
        self._sought = True
        case, document = self._session.case, self._view.document

        def fetch() -> MarkIndex:
            found = file_marks.listing(case, document.id)
            return MarkIndex(as_mark(mark, document.id) for mark in found)

        self._session.tasks.run(fetch, document.set_file_marks, owner=self)

    # What the reporter does

    def recolour(self, marks: Marks, colour: str) -> None:
        ids = [mark.id for mark in marks if not is_from_file(mark)]
        self._edit(ids, colour=colour)

    def change_kind(self, marks: Marks, kind: AnnotationKind) -> None:
        self._edit([mark.id for mark in marks], kind=kind)

    def give_tag(self, marks: Marks, name: str) -> None:
        from casefile.services import tags

        case, ids = self._session.case, [mark.id for mark in marks]
        self._do(lambda: tags.add(case, name, "annotation", ids), f"{_count(ids)} tagged {name}")

    def take_tag(self, marks: Marks, name: str) -> None:
        from casefile.services import tags

        case, ids = self._session.case, [mark.id for mark in marks]
        self._do(
            lambda: tags.remove(case, name, "annotation", ids), f"{name} taken from {_count(ids)}"
        )

    def adopt(self, marks: Marks | None = None) -> None:
        """Make marks of the file the case's own: these, or those that are chosen in the panel, or
        those on the page that is being read."""
        from casefile.services import file_marks

        if marks is None:
            chosen = [mark for mark in self._chosen if is_from_file(mark)]
            marks = chosen or self._view.document.file_marks.on(self._view.page)
        case, document_id = self._session.case, self._view.document.id
        keys = [mark.adopted_key for mark in marks if mark.adopted_key]
        if not keys and self._sought:
            announce("The file has no marks of its own here", self._view)
            return
        page = self._view.page

        def work() -> Change:
            wanted = keys or [mark.key for mark in file_marks.on_page(case, document_id, page)]
            return file_marks.adopt(case, document_id, wanted)

        def done(change: Change) -> None:
            count = _count(change.ids("annotation"))
            self._session.toast.emit(f"{count} of the file adopted", OFFER_UNDO)

        self._session.tasks.edit(work, done, owner=self)

    # Inside

    def _edit(
        self, ids: Sequence[str], *, colour: str | None = None, kind: AnnotationKind | None = None
    ) -> None:
        from casefile.services import annotating

        case = self._session.case
        if ids:
            self._do(
                lambda: annotating.edit_many(case, ids, colour=colour, kind=kind),
                f"{_count(ids)} changed",
            )

    def _set_tags(self, mark_id: str, names: Sequence[str]) -> None:
        from casefile.services import tags

        case = self._session.case
        self._do(lambda: tags.set_tags(case, names, "annotation", [mark_id]), "Tags kept")

    def _do(self, work: Callable[[], Change], said: str) -> None:
        self._session.tasks.edit(work, lambda _change: announce(said, self._view), owner=self)

    def _chosen_changed(self) -> None:
        """Several marks chosen in the panel: the inspector is about all of them."""
        chosen = [mark for mark in self._chosen if not is_from_file(mark)]
        if len(chosen) > 1:
            bulk = self._inspector.bulk
            tags = self._view.document.tags
            first, *others = (set(tags.get(mark.id, ())) for mark in chosen)
            common = first.intersection(*others)
            bulk.show_marks(chosen, sorted(common), self._view.document.tag_names)
            self._inspector.open(bulk, f"{len(chosen):,} marks")
        elif isinstance(self._inspector.form, BulkForm):
            self._inspector.close_form()

    def _marks_changed(self) -> None:
        if isinstance(self._inspector.form, BulkForm):
            self._chosen_changed()


def _count(ids: Sequence[str]) -> str:
    return "1 mark" if len(ids) == 1 else f"{len(ids):,} marks"
