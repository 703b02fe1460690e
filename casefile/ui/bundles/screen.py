"""Bundles: what was handed out so far, and making and checking them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from casefile.domain.changes import Change
from casefile.domain.errors import Cancelled, UserError
from casefile.domain.progress import JobContext
from casefile.services.leaving import bundle, verifying
from casefile.services.leaving.bundle import BundleReport
from casefile.services.leaving.verifying import VerifyReport
from casefile.ui import file_dialog
from casefile.ui.bundles.progress import Progress
from casefile.ui.bundles.report import Report
from casefile.ui.bundles.sheet import BundleSheet, BundleWish
from casefile.ui.lists.documents import BUNDLE_DRAFT
from casefile.ui.lists.screen import ListScreen, scrolled
from casefile.ui.lists.view import ListView
from casefile.ui.models import bundles as model
from casefile.ui.models import gather
from casefile.ui.models.bundles import BundleEntry
from casefile.ui.models.documents import DocumentEntry
from casefile.ui.models.table import RowFilter, TableModel
from casefile.ui.parts import EmptyState, button
from casefile.ui.session import CaseSession
from casefile.ui.tasks import TaskHandle


class BundlesScreen(ListScreen):
    """The list of bundles; over it, one after the other, the sheet, the progress, the report."""

    name, one, many = "Bundles", "bundle", "bundles"
    kinds = frozenset[str]()

    def __init__(self, session: CaseSession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._model: TableModel[BundleEntry] = TableModel(model.COLUMNS, lambda e: e.key, self)
        self._job: TaskHandle[Any] | None = None
        self._checked: Path | None = None
        view = ListView(RowFilter(self._model, self), model.COLUMNS, "Bundles", several=False)
        view.sortByColumn(model.MADE, Qt.SortOrder.DescendingOrder)
        empty = EmptyState(
            "No bundles yet. A bundle holds copies of documents with your marks and quotes.",
            "Make a bundle…",
            self.new_item,
            icon="package",
        )
        self.set_list(view, None, empty)
        self.sheet = BundleSheet(session)
        self.progress = Progress()
        self.report = Report()
        for page in (self.sheet, _padded(self.progress), _padded(self.report)):
            self.body.addWidget(page)
        self._build_head()
        self.sheet.wanted.connect(self._make)
        self.sheet.cancelled.connect(self._back)
        self.progress.cancelled.connect(self._cancel)
        self.report.closed.connect(self._back)
        self.report.verify_wanted.connect(self.check)
        session.about_to_lock.connect(self._cancel)

    def _build_head(self) -> None:
        self.check_button: QPushButton = button("Verify a bundle…", icon="shield-check")
        menu = QMenu(self.check_button)
        menu.addAction("Folder…").triggered.connect(lambda _on=False: self._choose(folder=True))
        menu.addAction("ZIP file…").triggered.connect(lambda _on=False: self._choose(folder=False))
        self.check_button.setMenu(menu)
        self.add_button = button("Make a bundle…", self.new_item, role="primary", icon="plus")
        self.head.push(self.check_button)
        self.head.push(self.add_button)

    # Reading and showing.

    def load(self) -> None:
        case = self.session.case
        self.read(lambda: gather.bundle_entries(case), self._loaded)

    def _loaded(self, entries: list[BundleEntry]) -> None:
        self._model.set_items(entries)
        self.shown()

    def shown(self) -> None:
        if self.body.currentWidget() in (self.splitter, self.empty, self.nothing):
            super().shown()

    def filtered(self) -> None:
        words = self.filter.words.casefold().split()

        def test(entry: object) -> bool:
            where = f"{entry.name} {entry.recipient}" if isinstance(entry, BundleEntry) else ""
            return all(word in where.casefold() for word in words)

        self.view.rows.set_test(test if words else None)

    def apply_change(self, change: Change) -> None:
        """No edit changes what has left already."""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.session.draft(BUNDLE_DRAFT):
            self.new_item()

    def flush(self) -> None:
        """A bundle that is being made is stopped by the lock; nothing half-made stays."""

    # The sheet.

    def new_item(self) -> None:
        """Begin a bundle, of the documents that wait for one if any do."""
        if self._job is not None:
            return
        case = self.session.case
        self.session.tasks.run(
            lambda: gather.document_entries(case), self._begin, self.notice.show_error, owner=self
        )

    def _begin(self, entries: list[DocumentEntry]) -> None:
        draft = self.session.draft(BUNDLE_DRAFT)
        self.session.keep_draft(BUNDLE_DRAFT, "")
        self._show(self.sheet)
        self.sheet.begin(entries, [key for key in draft.split(",") if key])

    def _show(self, page: QWidget) -> None:
        at_list = page in (self.splitter, self.empty)
        self.filter.setVisible(at_list and bool(self._model.rowCount()))
        self.add_button.setVisible(at_list)
        self.check_button.setVisible(at_list)
        self.body.setCurrentWidget(page)

    def _back(self) -> None:
        self._show(self.splitter)
        self.refresh()
        self.focus_list()

    # Making.

    def _make(self, wish: BundleWish) -> None:
        case, progress = self.session.case, self.progress

        def work(context: JobContext) -> BundleReport | None:
            told = JobContext(progress.report)
            context.on_cancel(told.cancel)
            if context.cancelled:
                return None
            try:
                return bundle.export_bundle(
                    case,
                    wish.out,
                    document_ids=wish.document_ids,
                    recipient=wish.recipient,
                    zipped=wish.zipped,
                    context=told,
                )
            except Cancelled:
                return None

        self._start("Making the bundle…")
        self._job = self.session.tasks.job(work, self._made, self._failed, owner=self)

    def _made(self, made: BundleReport | None) -> None:
        self._end()
        if made is None:
            self._show(self.sheet)
            self.sheet.make.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._show(self._page_of(self.report))
        self.report.show_made(made)

    def _failed(self, error: UserError) -> None:
        """Back to the sheet, with the reason beside the button that failed."""
        self._end()
        self._show(self.sheet)
        self.sheet.problem.show_error(error)
        self.sheet.make.setFocus(Qt.FocusReason.OtherFocusReason)

    def _start(self, heading: str) -> None:
        self._show(self._page_of(self.progress))
        self.progress.begin(heading)

    def _end(self) -> None:
        self._job = None
        self.progress.end()

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    # Checking.

    def _choose(self, *, folder: bool) -> None:
        if folder:
            chosen = file_dialog.choose_folder(self, "Verify a bundle")
        else:
            chosen = next(iter(file_dialog.choose_files(self, "Verify a bundle")), None)
        if chosen is not None:
            self.check(chosen)

    def check(self, path: Path) -> None:
        """Compare a bundle with its own hashes; it need not be of this case."""
        if self._job is not None:
            return
        self._checked = path
        progress = self.progress

        def work(context: JobContext) -> VerifyReport | None:
            told = JobContext(progress.report)
            context.on_cancel(told.cancel)
            try:
                return verifying.verify_bundle(path, told)
            except Cancelled:
                return None

        self._start("Comparing every file with its hash…")
        self._job = self.session.tasks.job(work, self._compared, self._not_compared, owner=self)

    def _compared(self, found: VerifyReport | None) -> None:
        self._end()
        if found is None or self._checked is None:
            self._back()
            return
        self._show(self._page_of(self.report))
        self.report.show_checked(self._checked, found)

    def _not_compared(self, error: UserError) -> None:
        self._end()
        self._show(self._page_of(self.report))
        self.report.show_failed(error, self._checked)

    def _page_of(self, widget: QWidget) -> QWidget:
        page = widget
        while (above := page.parentWidget()) is not None and above is not self.body:
            page = above
        return page


def _padded(widget: QWidget) -> QWidget:
    """``widget`` with room around it, at the top of a page."""
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(4, 8, 4, 8)
    column.addWidget(widget)
    return scrolled(page)
