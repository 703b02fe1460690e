"""The open case: rail, list, reader, jobs, status. One is made for each unlocking."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from casefile.domain.changes import Change
from casefile.domain.errors import UserError
from casefile.services.wording import explain
from casefile.ui import theme
from casefile.ui.announce import announce
from casefile.ui.importing.jobs import ImportJob, Jobs
from casefile.ui.importing.panel import JobsPanel
from casefile.ui.panes import Panes
from casefile.ui.parts import Notice
from casefile.ui.places import BY_ID, PART_OF_RECORD, SHOWN_IN
from casefile.ui.readers import Readers
from casefile.ui.session import CaseSession
from casefile.ui.status_line import StatusLine
from casefile.ui.toast import Toast
from casefile.ui.top_bar import TopBar
from casefile.ui.trail import Trail

if TYPE_CHECKING:
    from casefile.ui.reader_area import ReaderArea

#: What the button of a toast says that can take a step back.
UNDO = "Undo"
#: What the button of a toast says that tells how an import ended.
SHOW = "Show"


class Desk(QWidget):
    """Shows a session. ``import_wanted(paths)`` asks the window for the import sheet."""

    import_wanted = Signal(list)
    went = Signal()

    def __init__(self, session: CaseSession, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session, self.jobs = session, jobs
        self._trail = Trail()
        self._screens: dict[str, QWidget] = {}
        self.setAcceptDrops(True)
        self.top = TopBar()
        self.panes = Panes()
        self.rail, self.middle = self.panes.rail, self.panes.middle
        self.readers = Readers(session, self.panes, self)
        self.error = Notice("danger")
        self.jobs_panel = JobsPanel(session, jobs)
        self.status = StatusLine(jobs)
        self._lay_out()
        self.toast = Toast(self)
        self._counting = QTimer(self)
        self._counting.setSingleShot(True)
        self._counting.setInterval(250)
        self._counting.timeout.connect(self._count)
        self._connect()
        self._count()

    def _lay_out(self) -> None:
        self.jobs_panel.hide()
        error_row = QHBoxLayout()
        error_row.setContentsMargins(8, 0, 8, 0)
        error_row.addWidget(self.error, 1)
        self.error.add_button("Dismiss", self.error.clear)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addLayout(error_row)
        column.addWidget(self.panes, 1)
        column.addWidget(self.jobs_panel)
        column.addWidget(self.status)

    def _connect(self) -> None:
        session = self.session
        self.rail.chosen.connect(self.go)
        self.rail.entered.connect(self.enter)
        self.top.back.clicked.connect(self.back)
        self.top.forward.clicked.connect(self.forward)
        self.top.jobs.clicked.connect(self.toggle_jobs)
        self.top.typed.connect(self._search)
        self.top.search.entered.connect(self._open_first)
        self.top.search.down.connect(self._into_results)
        self.top.search.left.connect(self.focus_middle)
        session.changed.connect(self._changed)
        session.days.turned.connect(self.read_again)
        session.toast.connect(self._toast)
        session.undo_stack.indexChanged.connect(self._step_taken)
        session.errors.connect(self.show_error)
        session.document_requested.connect(self.open_document)
        self.readers.emptied.connect(self._reader_emptied)
        self.readers.history_changed.connect(self.update_arrows)
        session.record_requested.connect(self.show_record)
        session.place_requested.connect(self.enter)
        session.new_requested.connect(self._new)
        session.search_requested.connect(self.search)
        session.import_requested.connect(self.import_wanted)
        self.jobs.added.connect(lambda: self.toast.withdraw(SHOW))  # it told of an older import
        self.jobs.ended.connect(self._job_ended)
        self.panes.arranged.connect(self.update_arrows)
        self.top.page.clicked.connect(self.toggle_list)

    # -- places -----------------------------------------------------------------------------

    @property
    def here(self) -> str:
        """The place that is shown."""
        return self._trail.here

    def screen_of(self, place: str) -> QWidget:
        """The screen of ``place``, made when it is first asked for."""
        if place not in self._screens:
            made = BY_ID[place].build(self.session, self.middle)
            self._screens[place] = made
            self.middle.addWidget(made)
            if callable(refresh := getattr(made, "refresh", None)):
                refresh()
        return self._screens[place]

    def go(self, place: str) -> None:
        """Show ``place`` and remember the way back."""
        self.top.forget_typing()
        self._trail.go(place)
        self._show(place)

    def enter(self, place: str) -> None:
        """Show ``place`` with the focus in it."""
        self.go(place)
        self.focus_middle()

    def focus_middle(self) -> None:
        self.readers.come_forward()
        self.panes.show_list()
        screen = self.screen_of(self.here or "today")
        if not _call(screen, "focus_list"):
            screen.setFocus()

    def back(self) -> None:
        if self.readers.have_focus and self.readers.call("back"):
            return
        if self._trail.can_go_back:
            self._show(self._trail.back())

    def forward(self) -> None:
        if self.readers.have_focus and self.readers.call("forward"):
            return
        if self._trail.can_go_forward:
            self._show(self._trail.forward())

    def _show(self, place: str) -> None:
        self.readers.come_forward()
        self.panes.show_list()
        self.middle.setCurrentWidget(self.screen_of(place))
        self.rail.show_place(BY_ID[place])
        self.update_arrows()
        announce(BY_ID[place].name, self)
        self.went.emit()

    def update_arrows(self) -> None:
        reader = self.reader
        back = bool(getattr(reader, "can_go_back", False))
        forward = bool(getattr(reader, "can_go_forward", False))
        self.top.back.setEnabled(self._trail.can_go_back or back)
        self.top.forward.setEnabled(self._trail.can_go_forward or forward)
        self.top.page.setVisible(self.panes.has_page)
        self.top.page.setChecked(not self.panes.page.isHidden() and self.middle.isHidden())

    def show_record(self, kind: str, item_id: str) -> None:
        """Show one thing in its own screen."""
        place = SHOWN_IN.get(kind)
        if place is not None:
            self.go(place)
            screen = self.screen_of(place)
            _call(screen, "show_record", item_id)
            if kind in PART_OF_RECORD:
                _call(screen, "turn_to", PART_OF_RECORD[kind])

    # -- reader -----------------------------------------------------------------------------

    def open_document(
        self,
        document_id: str,
        page: int | None = None,
        find: str | None = None,
        quads: object = None,
    ) -> None:
        self.readers.open(document_id, page, find, quads)  # type: ignore[arg-type]  # a signal's
        self.update_arrows()

    @property
    def reader(self) -> ReaderArea | None:
        """The reader beside the list, once a document was opened."""
        return self.readers.main

    def _reader_emptied(self) -> None:
        self.panes.drop_page()
        self.focus_middle()
        self.update_arrows()

    def _has_focus(self, pane: QWidget) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and (pane is focus or pane.isAncestorOf(focus))

    def toggle_list(self) -> None:
        """Give the page the whole width, or the list its part again."""
        self.panes.toggle()
        if self.reader is not None and self.middle.isHidden():
            self.reader.focus_page()
        elif self.panes.has_page:
            self.focus_middle()

    # -- search -----------------------------------------------------------------------------

    def search(self, query: str) -> None:
        """Search everywhere for ``query``."""
        self.top.search.setText(query)
        self._search(query)

    def _search(self, query: str) -> None:
        if query.strip() or self.here == "search":
            if self.here != "search":
                self.go("search")
            _call(self.screen_of("search"), "search", query)

    def _into_results(self) -> None:
        self._search(self.top.search.text())
        self.focus_middle()

    def _open_first(self) -> None:
        """Enter in the field: straight to the first hit."""
        self._search(self.top.search.text())
        if self.here == "search" and not _call(self.screen_of("search"), "open_first"):
            self.focus_middle()

    # -- the rest ---------------------------------------------------------------------------

    def toggle_jobs(self) -> None:
        self.jobs_panel.setVisible(self.jobs_panel.isHidden())
        if not self.jobs_panel.isHidden():
            self.jobs_panel.enter()

    def find_here(self) -> None:
        """Find in the document that has the focus, else filter the list."""
        if not (self.readers.have_focus and self.readers.call("open_find")):
            self.panes.show_list()
            self.call_screen("focus_filter")

    def call_screen(self, method: str) -> None:
        """Call ``method`` of the screen that is shown, if it has it."""
        _call(self.screen_of(self.here), method)

    def _new(self, place: str) -> None:
        self.go(place)
        self.call_screen("new_item")

    def stops(self) -> list[tuple[QWidget, Callable[[], object]]]:
        """What F6 goes round: each pane with the way to give it the focus."""
        window = self.readers.in_front
        if window is not None:
            return window.area.stops()
        every: list[tuple[QWidget, Callable[[], object]]] = [
            (self.top, self.top.search.setFocus),
            (self.rail, self.rail.view.setFocus),
            (self.middle, self.focus_middle),
            *self.readers.stops(),
            (self.jobs_panel, self.jobs_panel.enter),
        ]
        return [pane for pane in every if not pane[0].isHidden()]

    def next_pane(self, step: int) -> None:
        stops = self.stops()
        here = -1 if step > 0 else 0
        for index, (pane, _enter) in enumerate(stops):
            if self._has_focus(pane):
                here = index
        stops[(here + step) % len(stops)][1]()

    def _job_ended(self, job: ImportJob) -> None:
        """Where something needs the reporter, the panel says so; when all went well it folds
        itself, and the end is told in passing."""
        if job.needs_you:
            self.jobs_panel.show()
            announce(job.summary, self)
        elif job.error is None and not self._has_focus(self.jobs_panel):
            self.jobs_panel.hide()
            self.toast.show_message(job.ending, SHOW, self.toggle_jobs)
        else:
            announce(job.ending, self)

    def show_error(self, error: UserError) -> None:
        if not self.readers.tell_error(error):
            self.error.show_error(explain(error))

    def _toast(self, text: str, undoable: bool) -> None:
        undo = self.session.undo_stack.undo if undoable else None
        window = self.readers.in_front
        toast = self.toast if window is None else window.toast
        toast.show_message(text, UNDO if undoable else "", undo)

    @property
    def _toasts(self) -> list[Toast]:
        return [self.toast, *self.readers.toasts]

    def _step_taken(self) -> None:
        """Something was done or taken back since: an old Undo would take back the wrong step."""
        for toast in self._toasts:
            toast.withdraw(UNDO)

    def _changed(self, change: Change) -> None:
        for toast in self._toasts:
            toast.count_action()
        self.status.say_saved()
        if change.kinds:
            self._counting.start()

    def read_again(self) -> None:
        """Another day has begun: everything that counts from today is read anew."""
        for screen in self._screens.values():
            _call(screen, "refresh")
        self._count()

    def _count(self) -> None:
        case = self.session.case

        def work() -> dict[str, int]:
            from casefile.ui.today.reading import rail_counts

            return rail_counts(case)

        self.session.tasks.run(work, self.rail.set_counts, owner=self)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if not self.session.read_only and _dropped_files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if paths := _dropped_files(event):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.import_wanted.emit(paths)

    # -- remembering ------------------------------------------------------------------------

    def place(self) -> dict[str, object]:
        """Where the reporter is, as JSON: kept in the case over lock and restart."""
        return {
            "here": self.here,
            "sizes": self.panes.sizes(),
            "text_percent": theme.current().percent,
            "list_hidden": not self.panes.list_shown,
            "reader": self.readers.place(),
            "screens": {
                name: _ask(screen, "place") for name, screen in self._screens.items()
            },
        }  # fmt: skip

    def take_size(self, size: QSize) -> None:
        """Lay everything out for ``size`` at once: where the reporter was depends on it."""
        self.resize(size)
        layout = self.layout()
        if layout is not None:
            layout.activate()

    def let_go(self) -> None:
        """Forget every page image."""
        self.readers.let_go()

    def restore(self, place: object) -> None:
        """Go back to what ``place()`` told; anything odd in it is left out."""
        stored = place if isinstance(place, dict) else {}
        here = stored.get("here")
        self.go(here if isinstance(here, str) and here in BY_ID else "today")
        screens = stored.get("screens")
        if isinstance(screens, dict) and here in screens:
            _call(self.screen_of(self.here), "restore", screens[here])
        reader = stored.get("reader")
        if isinstance(reader, dict):
            self.readers.restore(reader)
        if self.panes.has_page:
            if stored.get("list_hidden") is not True:
                self.panes.show_list()
            sizes = stored.get("sizes")
            if isinstance(sizes, list) and len(sizes) == 3 and all(sizes):  # 0: one stood alone
                fitting = stored.get("text_percent") == theme.current().percent
                if fitting and not self.panes.narrow:
                    self.panes.setSizes([int(size) for size in sizes])


def _call(target: object, method: str, *arguments: object) -> bool:
    """Call an optional method. True if it exists and did not say that it did nothing."""
    found = getattr(target, method, None)
    if not callable(found):
        return False
    return found(*arguments) is not False


def _ask(target: object, method: str) -> object:
    """What an optional method answers; ``{}`` without it."""
    found = getattr(target, method, None)
    return found() if callable(found) else {}


def _dropped_files(event: QDragEnterEvent | QDropEvent) -> list[str]:
    urls = event.mimeData().urls()
    return [url.toLocalFile() for url in urls if url.isLocalFile()]
