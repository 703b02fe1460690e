"""One open document at work: tool bar, side panel, pages, inspector, and what joins them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from casefile.domain.annotations import COLOURS, Annotation
from casefile.domain.changes import Change
from casefile.domain.geometry import Quad
from casefile.ui import full_screen, theme
from casefile.ui.reader.actions import ANYWHERE, ON_MARK, ON_SELECTION, ReaderActions
from casefile.ui.reader.adjusting import Adjusting
from casefile.ui.reader.arranging import Arranging
from casefile.ui.reader.bar import ReaderBar
from casefile.ui.reader.carrying import Carrying
from casefile.ui.reader.document import OpenDocument
from casefile.ui.reader.file_marks import is_from_file
from casefile.ui.reader.find import Finder
from casefile.ui.reader.finding import Finding
from casefile.ui.reader.following import Following
from casefile.ui.reader.hand import Hand
from casefile.ui.reader.history import History, Place
from casefile.ui.reader.inspecting import Inspecting
from casefile.ui.reader.inspector import Inspector
from casefile.ui.reader.mark_form import MarkForm
from casefile.ui.reader.marks import MarkIndex
from casefile.ui.reader.marks_work import MarksWork
from casefile.ui.reader.page_view import PageView
from casefile.ui.reader.paging import Paging
from casefile.ui.reader.pointer import Pointer
from casefile.ui.reader.quote_work import QuoteWork
from casefile.ui.reader.read_progress import ReadProgress
from casefile.ui.reader.recognition import Recognition
from casefile.ui.reader.side_panel import SidePanel
from casefile.ui.reader.text_view import TextView
from casefile.ui.reader.tooling import Tooling
from casefile.ui.reader.tools import Tool
from casefile.ui.reader.verbs import Verbs
from casefile.ui.reader.withholding_work import WithholdingWork

if TYPE_CHECKING:
    from casefile.ui.session import CaseSession
    from casefile.ui.tasks import TaskHandle


#: Narrower than this, in screen units at 100 % text, there is no room beside the pages.
ROOM_FOR_PANEL = 860
#: An edit of more marks than these has all of them read anew.
MANY = 200
#: Lower than this, the same, there is none above them either.
ROOM_ABOVE = 220


class ReadingDesk(QWidget):
    """``history_changed()``: Back or Forward became possible or impossible."""

    history_changed = Signal()

    def __init__(
        self, session: CaseSession, document: OpenDocument, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.session = session
        self.document = document
        self.history = History()
        self._narrow: bool | None = None
        self._had_panel = True
        self._loading: TaskHandle[MarkIndex] | None = None
        self.view = PageView(document)
        self.stage = QStackedWidget()
        self.stage.addWidget(self.view)
        self.text = TextView(self.view, self.stage)
        self.pointer = Pointer(self.view)
        self.carrying = Carrying(session, self.view, self.pointer)
        self.hand = Hand(self.view)
        self.finder = Finder(document, self)
        self.verbs = Verbs(session, self.view)
        self.pointer.adjusting = Adjusting(session, self.view, self.verbs)
        self.side = SidePanel(document, self.finder)
        self.inspector = Inspector()
        self.inspecting = Inspecting(session, self.view, self.verbs, self.inspector)
        self.quoting = QuoteWork(session, self.view, self.verbs, self.inspecting)
        self.withholding = WithholdingWork(session, self.view, self.verbs, self.inspecting)
        self.marking = MarksWork(session, self.view, self.verbs, self.inspecting, self.side)
        self.tooling = Tooling(
            session, self.view, self.pointer, self.verbs, self.withholding, self.quoting
        )
        self.progress = ReadProgress(session, self.view)
        self.following = Following(session, self.view, self.pointer)
        self.recognition = Recognition(session, self.view)
        self.arranging = Arranging(session, self.view, self.side.thumbnails)
        self.actions_ = ReaderActions(self, self.view, self._slots(), read_only=session.read_only)
        self.text.edit.addActions(self.view.actions())
        self.bar = ReaderBar(self.actions_)
        self.paging = Paging(
            self.view, self.bar, self.side.thumbnails, self.progress, self.actions_["read"]
        )
        self.finding = Finding(self.view, self.finder, self.bar.finding, self.side)
        self._parts = QSplitter(Qt.Orientation.Horizontal)
        for widget in (self.side, self.stage, self.inspector):
            self._parts.addWidget(widget)
        self._parts.setStretchFactor(1, 1)
        self._parts.setChildrenCollapsible(False)
        self._parts.setSizes([280, 800, 300])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.following.notice)
        column.addWidget(self._parts, 1)
        self.arranging.show_on(self.actions_)
        self._wire()
        self._show_colour()
        self.reload_marks()
        self.reload_quotes()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow, the side panel waits to be asked for and the inspector opens below
        the pages."""
        super().resizeEvent(event)
        narrow = self.width() < theme.current().pixels(ROOM_FOR_PANEL)
        if narrow and self.height() < theme.current().pixels(ROOM_ABOVE):
            self.side.hide()
        if narrow == self._narrow:
            return
        self._narrow = narrow
        self._parts.setOrientation(Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal)
        if narrow:
            self._had_panel = not self.side.isHidden()
            self.side.hide()
            self._parts.setSizes([0, 2 * self.height() // 3, self.height() // 3])
        else:
            self.side.setVisible(self._had_panel)
            self._parts.setSizes([280, self.width() - 580, 300])

    # Going places

    def go_to_page(self, page: int) -> None:
        """Show a page; Back leads here again."""
        self._leave()
        self.view.go_to_page(page)

    def go_to_point(self, page: int, y: float | None) -> None:
        """Show a page from ``y`` points below its upper edge on; Back leads here again."""
        self._leave()
        self.view.show_point(page, None, y)

    def go_to(self, page: int, quads: Sequence[Quad] = ()) -> None:
        """Show a part of a page, outlined until something else is done; Back leads here again."""
        self._leave()
        self.view.show_quads(page, quads)
        if quads and not self.finder.needle:
            self.view.set_hits({}, (page, quads))

    def back(self) -> bool:
        return self._go(self.history.back(self.view.place()))

    def forward(self) -> bool:
        return self._go(self.history.forward(self.view.place()))

    def place(self) -> dict[str, object]:
        """Where the reader is, to be remembered."""
        shown = self._had_panel if self._narrow else not self.side.isHidden()
        panel = self.side.shown if shown else ""
        return {
            **self.view.place().as_dict(),
            "panel": panel,
            "tab": self.side.shown,
            "colour": self.verbs.last_colour,
            "unfinished": self.withholding.unfinished()
            or self.quoting.unfinished()
            or self.inspecting.unfinished(),
            "text": self.text.is_on,
        }

    def restore(self, place: dict[str, object]) -> None:
        """Go back to where the reader was."""
        self.view.go_to_place(Place.from_dict(place, self.document.pages))
        self._had_panel = bool(place.get("panel", "pages"))
        self.side.setVisible(self._had_panel and not self._narrow)
        self.side.show_tab(str(place.get("tab", "pages")))
        colour, unfinished = place.get("colour"), place.get("unfinished")
        if isinstance(colour, str) and colour in COLOURS:
            self.verbs.last_colour = colour
            self._show_colour()
        if place.get("text") is True and not self.text.is_on:
            self._toggle_text()
        if isinstance(unfinished, dict):
            if unfinished.get("form") == "withholding":
                self.withholding.take_up(unfinished)
            elif unfinished.get("form") == "quote":
                self.quoting.take_up(unfinished)
            else:
                self.inspecting.take_up(unfinished)

    def look_for(self, needle: str = "") -> None:
        """Put the caret into Find; with ``needle``, look for it at once."""
        self.finding.look_for(needle)

    # Changes

    def apply_change(self, change: Change) -> None:
        """An edit was made or undone somewhere."""
        from casefile.services import annotating

        many = len(change.ids("annotation")) > MANY
        touched = {} if many else annotating.touched(change, self.document.id)
        if many and self.document.touched_by(change, "annotation"):
            self.reload_marks()  # off the main thread
        elif touched and self._loading is None:
            self.document.replace_marks(touched)
        elif touched:
            self.reload_marks()  # what is being read may be older
        if self.document.touched_by(change, "quote"):
            self.reload_quotes()
        self.marking.apply_change(change)
        self.progress.apply_change(change)

    def reload_marks(self) -> None:
        from casefile.services import annotating

        case, document_id = self.session.case, self.document.id
        if self._loading is not None:
            self._loading.cancel()
        self._loading = self.session.tasks.run(
            lambda: MarkIndex(annotating.listing(case, document_id)), self._marks_loaded, owner=self
        )

    def _marks_loaded(self, marks: MarkIndex) -> None:
        self._loading = None
        self.document.set_marks(marks)

    def reload_quotes(self) -> None:
        from casefile.services import quoting

        case, document_id = self.session.case, self.document.id
        self.session.tasks.run(
            lambda: quoting.listing(case, document_id=document_id),
            self.document.set_quotes,
            owner=self,
        )

    def close_document(self, *, shared: bool = False) -> None:
        """Let go of everything; pictures of a ``shared`` document are still wanted elsewhere."""
        self.finder.clear()
        self.document.wipe(shared=shared)

    # Inside

    def _slots(self) -> dict[str, Callable[[], object]]:
        view, verbs = self.view, self.verbs
        return {
            **{f"colour.{name}": self._highlighting(name) for name in COLOURS},
            "highlight": lambda: verbs.highlight(verbs.last_colour),
            "underline": verbs.underline,
            "strike_out": verbs.strike_out,
            **self.tooling.slots(),
            "quote": self.quoting.quote,
            "open_quote": self.quoting.open_nearest,
            "follow_up": self.inspecting.follow_up,
            "copy": verbs.copy,
            "copy_bare": lambda: verbs.copy(cited=False),
            "select_all": lambda: view.selection.select_page(view.page),
            "adopt": self.marking.adopt,
            "delete": verbs.delete_chosen,
            "comment": self._enter,
            "next_mark": lambda: self._next_mark(forward=True),
            "previous_mark": lambda: self._next_mark(forward=False),
            "go_to_page": lambda: self.bar.page.enter(),  # noqa: PLW0108 - the bar comes later
            "outline": self._toggle_outline,
            **self.arranging.slots(),
            "links": self.following.choose,
            "read": self.progress.toggle,
            "fit_width": lambda: view.set_fit("width"),
            "fit_page": lambda: view.set_fit("page"),
            "zoom_100": lambda: view.set_zoom(1.0),
            "zoom_in": lambda: view.step_zoom(1),
            "zoom_out": lambda: view.step_zoom(-1),
            "next_hit": lambda: self.finding.step(forward=True),
            "previous_hit": lambda: self.finding.step(forward=False),
            "panel": lambda: self.side.setVisible(self.side.isHidden()),
            "text_view": self._toggle_text,
            "print": self._print,
            "step_out": self._step_out,
        }

    def _enter(self) -> None:
        if not self.tooling.end_drawing():
            self.inspecting.comment()

    def _wire(self) -> None:
        self.view.menu_wanted.connect(self._menu)
        self.pointer.tool_changed.connect(self._tool_taken)
        self.pointer.mark_clicked.connect(self.inspecting.mark_clicked)
        self.inspector.when_made(
            MarkForm, lambda form: form.withheld.connect(self.withholding.change)
        )
        self.pointer.quote_clicked.connect(self.quoting.open_quote)
        self.side.page_opened.connect(self.go_to_page)
        self.side.point_opened.connect(self.go_to_point)
        self.side.mark_opened.connect(self._open_mark)
        self.side.marks_deleted.connect(self.verbs.delete)
        self.view.mark_selected.connect(self.side.choose_mark)
        self.inspector.opened.connect(self._make_room)
        self.view.selection_changed.connect(self._something_else)
        self.paging.asked.connect(self.go_to_page)
        self.finding.leaving.connect(self._leave)
        self.finding.arrived.connect(self.text.select_quads)
        self.following.leaving.connect(self._leave)
        self.hand.back.connect(self.back)
        self.hand.forward.connect(self.forward)
        self.finder.failed.connect(self.session.errors)

    def _highlighting(self, colour: str) -> Callable[[], None]:
        def highlight() -> None:
            self.verbs.highlight(colour)
            self._show_colour()

        return highlight

    def _show_colour(self) -> None:
        self.bar.show_last_colour(self.verbs.last_colour)

    def _leave(self) -> None:
        self.history.leave(self.view.place())
        self.history_changed.emit()

    def _go(self, place: Place | None) -> bool:
        if place is None:
            return False
        self.view.go_to_place(place)
        self.history_changed.emit()
        return True

    def _make_room(self) -> None:
        """Below the pages, the inspector takes what its form needs, up to a half."""
        if self._narrow:
            whole = self._parts.height()
            wanted = min(self.inspector.wanted_height(), whole // 2)
            self._parts.setSizes([self._parts.sizes()[0], whole - wanted, wanted])

    def _something_else(self) -> None:
        """What was pointed out has been seen."""
        if self.view.current_hit is not None and not self.finder.needle:
            self.view.set_hits({}, None)

    def _print(self) -> None:
        from casefile.ui.printing.sheet import PrintSheet

        PrintSheet(self.session, self.document, self.view.page, self.window()).open()

    def _toggle_text(self) -> None:
        self.text.toggle()
        self.actions_["text_view"].setChecked(self.text.is_on)

    def _tool_taken(self, tool: Tool) -> None:
        """Tools work on the page."""
        if self.text.is_on and tool is not Tool.TEXT:
            self._toggle_text()
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_mark(self, mark: Annotation) -> None:
        """Go to a mark; one of the file is pointed out, until something else is done."""
        if is_from_file(mark):
            self.go_to(mark.page, mark.quads)
            return
        self._leave()
        self.view.show_quads(mark.page, mark.quads)
        self.view.select_mark(mark)

    def _next_mark(self, *, forward: bool) -> None:
        mark = self.document.marks.after(self.view.selected_mark, self.view.page, forward=forward)
        if mark is not None:
            self._open_mark(mark)

    def _toggle_outline(self) -> None:
        showing = not self.side.isHidden() and self.side.shown == "outline"
        self.side.setVisible(not showing)
        if not showing:
            self.side.show_tab("outline")
            self.side.outline.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    def _step_out(self) -> None:
        """Esc: one level out. A tool, the selection, the inspector, the hits."""
        if self.tooling.lay_down() or self.following.close():
            return
        if self.view.selection.ends is not None:
            self.view.selection.clear()
        elif self.view.selected_mark or self.inspector.form is not None:
            self.inspecting.close()
        elif self.text.is_on:
            self._toggle_text()
        elif self.finding.is_open:
            self.finding.clear()
        else:
            full_screen.leave(self)

    def menu_for_chosen(self) -> QMenu:
        """The verbs for what is selected; it goes away with its last use."""
        menu = QMenu(self)
        if self.view.selection.ends is not None:
            verbs: Sequence[str] = ON_SELECTION
        else:
            verbs = ON_MARK if self.view.selected_mark else ANYWHERE
        for verb in verbs:
            if verb:
                menu.addAction(self.actions_[verb])
            else:
                menu.addSeparator()
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _menu(self, position: QPoint) -> None:
        self.menu_for_chosen().popup(position)
