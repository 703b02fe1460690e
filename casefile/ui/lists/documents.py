"""Documents: everything that came in, how far it is read, what was made of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from casefile.domain.documents import DocumentState, Provenance
from casefile.domain.people import Source
from casefile.services import documents, ocr, tags
from casefile.ui.lists.filter_bar import Choice
from casefile.ui.lists.menus import build_menu
from casefile.ui.lists.preview import Preview
from casefile.ui.lists.rename import InlineRename
from casefile.ui.lists.screen import ListScreen
from casefile.ui.lists.selection_bar import SelectionBar, fill_came, fill_tags
from casefile.ui.lists.view import ListView
from casefile.ui.models import documents as model
from casefile.ui.models import gather
from casefile.ui.models.documents import DocumentEntry, DocumentQuestion
from casefile.ui.models.languages import language_name
from casefile.ui.models.table import RowFilter
from casefile.ui.models.tree import TreeModel
from casefile.ui.models.words import PROVENANCES, counted
from casefile.ui.parts import EmptyState, button
from casefile.ui.session import CaseSession

#: Under this draft the documents wait that go into the next bundle, ids with commas.
BUNDLE_DRAFT = "bundle.documents"
_CAME, _HAS, _TAG = "How it came", "Has", "Tag"
_HAS_CHOICES = (
    Choice("Quotes", "quotes"),
    Choice("Marks", "marks"),
    Choice("Withholdings", "withheld"),
    Choice("Marks for redaction", "redacted"),
    Choice("Pages awaiting OCR", "ocr"),
    Choice("Unread pages", "unread"),
    Choice("Kept, not readable yet", "kept"),
)


class DocumentsScreen(ListScreen):
    """The list with attachments under their mail, a preview, and a bar for several at once."""

    name, one, many = "Documents", "document", "documents"
    kinds = frozenset(
        {"document", "annotation", "quote", "tag", "tagging", "source", "page", "page_read"}
    )

    def __init__(self, session: CaseSession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._model: TreeModel[DocumentEntry] = TreeModel(model.COLUMNS, self)
        self._sources: list[Source] = []
        rows = RowFilter(self._model, self)
        rows.setRecursiveFilteringEnabled(True)
        view = ListView(rows, model.COLUMNS, "Documents", nested=True, least=38)
        view.sortByColumn(model.ADDED, Qt.SortOrder.DescendingOrder)
        self.preview = Preview(session)
        self.preview.hide()
        empty = EmptyState(
            "No documents yet. Drop files here, or import them.",
            "Import…",
            session.request_import,
            icon="file-plus",
        )
        empty.button.setEnabled(not session.read_only)
        self.set_list(view, self.preview, empty)
        self.add_button = button("Import…", self.new_item, role="primary", icon="plus")
        self.add_button.setEnabled(not session.read_only)
        self.head.push(self.add_button)
        self.filter.add_menu(
            _CAME, [Choice(word, way) for way, word in PROVENANCES.items()], several=False
        )
        self.filter.add_menu(_HAS, _HAS_CHOICES, several=True)
        self.filter.add_menu(_TAG, [])
        self.bar = SelectionBar()
        self.below.addWidget(self.bar)
        self._connect()

    def _connect(self) -> None:
        self.view.rows.rowsInserted.connect(self._expand)
        self.view.rows.modelReset.connect(self.view.expandAll)
        self.view.current_changed.connect(self._follow)
        self.view.chosen_changed.connect(self._chosen)
        self.view.opened.connect(self._open)
        self.view.previewed.connect(self._toggle_preview)
        self.view.rename_wanted.connect(self._rename)
        self.view.delete_wanted.connect(self._delete)
        self.preview.closed.connect(self._close_preview)
        self.preview.open_wanted.connect(self._open)
        bar = self.bar
        bar.tag_wanted.connect(self._tag)
        bar.read_wanted.connect(self._mark_read)
        bar.came_wanted.connect(self._came)
        bar.bundle_wanted.connect(self._bundle)
        bar.delete_wanted.connect(lambda: self._delete(self.view.chosen()))
        bar.left.connect(self._left_bar)
        for made in bar.edits():
            made.setEnabled(not self.session.read_only)

    # Reading and showing.

    def load(self) -> None:
        case = self.session.case
        self.read(lambda: gather.documents_and_sources(case), self._loaded)

    def _loaded(self, found: tuple[list[DocumentEntry], list[Source]]) -> None:
        entries, self._sources = found
        self._model.set_nodes(model.as_tree(entries))
        known = sorted({tag for entry in entries for tag in entry.tags})
        self.filter.set_choices(_TAG, [Choice(f"#{tag}", tag) for tag in known])
        self.shown()
        self._follow(self.view.current())
        self._chosen(self.view.chosen())

    def counts(self) -> tuple[int, int]:
        asked = self._question()
        entries = list(self._model.items)
        return len(entries), sum(asked.holds(entry) for entry in entries)

    def _question(self) -> DocumentQuestion:
        has = self.filter.values(_HAS)
        came = self.filter.value(_CAME)
        return DocumentQuestion(
            self.filter.words,
            Provenance(came) if came else None,
            self.filter.value(_TAG),
            "quotes" in has,
            "marks" in has,
            "ocr" in has,
            "kept" in has,
            "unread" in has,
            "withheld" in has,
            "redacted" in has,
        )

    def filtered(self) -> None:
        asked = self._question()
        self.view.rows.set_test(None if asked.empty else asked.holds)  # type: ignore[arg-type]
        self.view.expandAll()

    def _expand(self, parent: QModelIndex, first: int, last: int) -> None:
        """What came with an e-mail is in sight, until the reporter folds it."""
        if parent.isValid():
            self.view.expand(parent)
        for row in range(first, last + 1):
            self.view.expand(self.view.rows.index(row, 0, parent))

    def new_item(self) -> None:
        self.session.request_import()

    # Opening and looking.

    def _open(self, key: str) -> None:
        entry = self._model.by_key(key)
        if entry is None:
            return
        if entry.document.state is DocumentState.KEPT:
            self._show_preview(key)  # it says why there is nothing to open
        else:
            self.session.open_document(key)

    def _toggle_preview(self, key: str) -> None:
        if self.preview.isVisible():
            self._close_preview()
        else:
            self._show_preview(key)

    def _show_preview(self, key: str) -> None:
        entry = self._model.by_key(key)
        if entry is not None:
            self.preview.show()
            self.preview.show_document(entry)

    def _close_preview(self) -> None:
        self.preview.hide()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _follow(self, key: str) -> None:
        if self.preview.isVisible():
            if self._model.by_key(key) is None:
                self.preview.hide()
            else:
                self._show_preview(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.preview.isVisible():
            self._close_preview()
        else:
            super().keyPressEvent(event)

    # Changing.

    def _rename(self, key: str) -> None:
        entry = self._model.by_key(key)
        if entry is None or self.session.read_only:
            return
        case = self.session.case
        field = InlineRename(self.view, key, entry.document.title)
        field.renamed.connect(
            lambda key, title: self.edit(lambda: documents.rename(case, key, title))
        )

    def _entries(self, keys: Sequence[str]) -> list[DocumentEntry]:
        return [entry for key in keys if (entry := self._model.by_key(key))]

    def _tags(self, entries: Sequence[DocumentEntry]) -> list[tuple[str, bool]]:
        known = sorted({tag for entry in self._model.items for tag in entry.tags})
        return [(tag, all(tag in entry.tags for entry in entries)) for tag in known]

    def _chosen(self, keys: list[str]) -> None:
        entries = self._entries(keys)
        if len(entries) > 1:
            unread = any(entry.pages_read < entry.document.pages for entry in entries)
            self.bar.show_for(len(entries), self._tags(entries), self._sources, all_read=not unread)
        elif not self.bar.field.isVisible():
            self.bar.hide()

    def _begin_tag(self) -> None:
        """A new tag is typed in the bar, also for a single document."""
        entries = self._entries(self.view.chosen())
        self.bar.show_for(len(entries), self._tags(entries), self._sources, all_read=False)
        self.bar.begin_tag()

    def _left_bar(self) -> None:
        self._chosen(self.view.chosen())
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tag(self, name: str, on: bool) -> None:
        case, keys = self.session.case, self.view.chosen()
        if not keys:
            return
        told = f"{counted(len(keys), 'document')} {'tagged' if on else 'no longer tagged'} #{name}"
        change = tags.add if on else tags.remove
        self.edit(lambda: change(case, name, "document", keys), told)

    def _mark_read(self, read: bool) -> None:
        case, keys = self.session.case, self.view.chosen()
        told = f"{counted(len(keys), 'document')} marked {'read' if read else 'unread'}"
        self.edit(lambda: documents.set_read(case, keys, read), told)

    def _came(self, provenance: Provenance, source_id: str | None) -> None:
        case, keys = self.session.case, self.view.chosen()
        told = f"{counted(len(keys), 'document')}: {PROVENANCES[provenance].lower()}"
        self.edit(lambda: documents.set_provenance(case, keys, provenance, source_id), told)

    def _delete(self, keys: list[str]) -> None:
        if self.session.read_only or not keys:
            return
        case = self.session.case
        self.edit(
            lambda: documents.delete(case, keys),
            f"{counted(len(keys), 'document')} moved to Trash",
        )

    def _bundle(self) -> None:
        self.session.keep_draft(BUNDLE_DRAFT, ",".join(self.view.chosen()))
        self.session.show_place("bundles")

    def _fill_languages(self, menu: QMenu, entries: Sequence[DocumentEntry]) -> None:
        """The languages on this computer, ticked where the documents are read in them."""
        if not entries:
            return
        chosen = ocr.languages(self.session.case, entries[0].id)
        for code in sorted(ocr.installed(), key=language_name):
            action = menu.addAction(language_name(code))
            action.setCheckable(True)
            action.setChecked(code in chosen)
            action.triggered.connect(lambda on, code=code: self._read_in(chosen, code, on))

    def _read_in(self, before: Sequence[str], code: str, on: bool) -> None:
        case, keys = self.session.case, self.view.chosen()
        wanted = [each for each in before if each != code] + [code] * on
        if not wanted:
            return
        names = ", ".join(language_name(each) for each in wanted)
        told = f"{counted(len(keys), 'document')} read in {names}"
        self.edit(lambda: ocr.set_languages(case, keys, wanted), told)
        self.session.ocr.wake()

    def menu_for_chosen(self) -> QMenu:
        """The verbs for what is selected: the same as keys and bar."""
        keys, editable = self.view.chosen(), not self.session.read_only
        entries = self._entries(keys)
        current = self.view.current()
        single = len(entries) == 1
        unread = any(entry.pages_read < entry.document.pages for entry in entries)
        menu = build_menu(
            self.view,
            [
                ("Open\tEnter", lambda: self._open(current), single),
                ("Preview\tSpace", lambda: self._toggle_preview(current), single),
                None,
                ("Rename\tF2", lambda: self._rename(current), single and editable),
                (
                    "Mark read" if unread else "Mark unread",
                    lambda: self._mark_read(unread),
                    editable,
                ),
                ("Add to bundle", self._bundle, True),
                None,
                ("Delete\tDel", lambda: self._delete(keys), editable),
            ],
        )
        before = menu.actions()[4]
        tag = QMenu("Tag", menu)
        fill_tags(tag, self._tags(entries), self._tag, self._begin_tag)
        came = QMenu("How it came", menu)
        fill_came(came, self._sources, self._came)
        languages = QMenu("Languages of scanned pages", menu)
        self._fill_languages(languages, entries)
        for below in (tag, came, languages):
            below.setEnabled(editable)
            menu.insertMenu(before, below)
        return menu
