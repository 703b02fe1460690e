"""Every screen there is, and how to get there: the tests of this package visit each of them.

A new screen is one line in ``SCREENS`` (or in ``BEFORE_A_CASE``): its name and a function that goes
there, with keys or through the window's own methods, and waits until it stands.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from casefile.domain.annotations import Annotation, AnnotationKind
from casefile.domain.letters import LetterKind
from casefile.services import annotating, requests, sources
from casefile.services.case import Case
from casefile.ui.bug_report import BugDialog
from casefile.ui.bundles.screen import BundlesScreen
from casefile.ui.desk import Desk
from casefile.ui.lists.documents import DocumentsScreen
from casefile.ui.lists.quotes import QuotesScreen
from casefile.ui.lists.screen import ListScreen
from casefile.ui.lists.sources import SourcesScreen
from casefile.ui.main_window import MainWindow
from casefile.ui.reader.reading_desk import ReadingDesk
from casefile.ui.reader_area import ReaderArea
from casefile.ui.requests.letters.section import LettersSection
from casefile.ui.requests.pages.section import PagesSection
from casefile.ui.requests.screen import RequestsScreen
from casefile.ui.requests.sections import SECTIONS
from casefile.ui.search.everywhere import SearchScreen
from casefile.ui.settings.recovery_sheet import RecoverySheet
from tests.journeys.driving import SHOTS, Reporter

#: A word that stands often in the sample's papers.
WORD = "Threshold"


class Visitor(Reporter):
    """Hands that know their way round the sample case. ``door`` is a second window without a case;
    ``papers`` are files that may be imported."""

    def __init__(self, window: MainWindow, door: MainWindow, papers: list[Path]) -> None:
        super().__init__(window)
        self.door, self.papers = door, papers
        self.at_door = False

    # -- where things are -------------------------------------------------------------------

    @property
    def desk(self) -> Desk:
        assert self.window.desk is not None
        return self.window.desk

    @property
    def case(self) -> Case:
        assert self.window.session is not None
        return self.window.session.case

    @property
    def root(self) -> QWidget:
        """What can be used now: the dialog in front, else the window."""
        dialog = QApplication.activeModalWidget()
        return dialog or (self.door if self.at_door else self.window)

    def _stay_in_front(self) -> None:
        if QApplication.activeWindow() is None or QApplication.activeModalWidget() is None:
            front = self.root
            if QApplication.activeWindow() is not front:
                front.activateWindow()
                QApplication.processEvents()

    def shoot(self, name: str) -> None:
        """A picture of what is in front, into the folder that CASEFILE_SHOTS names."""
        if SHOTS:
            self.root.grab().save(str(Path(SHOTS) / f"{name}.png"))

    # -- going there ------------------------------------------------------------------------

    def home(self) -> None:
        """Put away whatever lies over the desk."""
        self.at_door = False
        for window in (self.window, self.door):
            for dialog in window.findChildren(QDialog):
                dialog.close()
        self.door.hide()
        self.window.show()
        self.desk.jobs_panel.hide()
        self.desk.top.search.clear()
        self.desk.toast.dismiss()
        self.desk.error.clear()
        self.breathe()

    def place(self, place: str) -> None:
        """A place of the rail, with no document beside it."""
        self.home()
        area = self.desk.reader
        while isinstance(area, ReaderArea) and area.views:
            area.close_current()
        self.breathe()
        self.desk.enter(place)
        self.idle()

    def list_of(self, kind: type[ListScreen], place: str) -> ListScreen:
        """A list as it is when it is first seen: nothing filtered, one row chosen, no form."""
        self.place(place)
        screen = self.screen(kind)
        screen.filter.clear()
        preview, form = getattr(screen, "preview", None), getattr(screen, "form", None)
        if preview is not None and preview.isVisible():
            preview.closed.emit()
        if form is not None and form.isVisible():
            form.cancelled.emit()
        screen.view.clearSelection()
        screen.view.setCurrentIndex(QModelIndex())
        screen.focus_list()
        self.idle()
        return screen

    def read(self) -> ReadingDesk:
        """The most marked document of the case, the page alone, at its first marked page."""
        self.home()
        area = self.desk.reader
        if not (isinstance(area, ReaderArea) and area.views):
            self.desk.open_document(self.marked().document_id)
        reader = self.opened()
        if self.desk.panes.list_shown:
            self.desk.toggle_list()
        if isinstance(area, ReaderArea) and area.is_split:
            area.join()
            reader = self.opened()
        for verb in ("text_view", "night"):
            if reader.actions_[verb].isChecked():
                reader.actions_[verb].trigger()
        self.idle()
        reader.inspecting.close()
        reader.view.selection.clear()
        reader.finding.clear()
        reader.side.show()
        page = self.marked().page
        reader.view.go_to_page(page)
        self.until(
            lambda: reader.document.memory.has_any(reader.document.id, page), "the page drawn"
        )
        self.idle()
        return reader

    def marked(self) -> Annotation:
        """A mark with words and a comment, in the document that has the most."""
        marks = annotating.listing(self.case)
        fullest = max(
            {mark.document_id for mark in marks},
            key=lambda document: sum(mark.document_id == document for mark in marks),
        )
        return next(m for m in marks if m.document_id == fullest and m.text and m.comment)

    def panel(self, tab: str) -> ReadingDesk:
        reader = self.read()
        reader.side.show_tab(tab)
        self.idle()
        return reader


Go = Callable[[Visitor], object]


@dataclass(frozen=True)
class Screen:
    """``name`` names it in the tests."""

    name: str
    go: Go


# -- the desk ---------------------------------------------------------------------------------


def _several_documents(hands: Visitor) -> None:
    screen = hands.list_of(DocumentsScreen, "documents")
    screen.view.selectAll()
    hands.idle()


def _preview(hands: Visitor) -> None:
    screen = hands.list_of(DocumentsScreen, "documents")
    hands.press("Space")
    assert isinstance(screen, DocumentsScreen)
    hands.until(screen.preview.isVisible, "the preview")
    hands.idle()


def _filtered(hands: Visitor) -> None:
    screen = hands.list_of(DocumentsScreen, "documents")
    screen.filter.choose("Has", "marks")
    hands.press("/")
    hands.idle()


def _verify(hands: Visitor) -> None:
    screen = hands.list_of(QuotesScreen, "quotes")
    assert isinstance(screen, QuotesScreen)
    screen.record.begin_verify()
    hands.idle()


def _new_quote(hands: Visitor) -> None:
    screen = hands.list_of(QuotesScreen, "quotes")
    assert isinstance(screen, QuotesScreen)
    hands.press("Ctrl+N")
    hands.until(screen.form.isVisible, "the form for a new quote")


def _confidential_source(hands: Visitor) -> None:
    screen = hands.list_of(SourcesScreen, "sources")
    heron = next(source for source in sources.listing(hands.case) if source.confidential)
    screen.show_record(heron.id)
    hands.idle()


def _new_source(hands: Visitor) -> None:
    screen = hands.list_of(SourcesScreen, "sources")
    assert isinstance(screen, SourcesScreen)
    hands.press("Ctrl+N")
    hands.until(screen.form.isVisible, "the form for a new source")


def _request(hands: Visitor) -> RequestsScreen:
    """The record of the first request."""
    screen = hands.list_of(RequestsScreen, "requests")
    assert isinstance(screen, RequestsScreen)
    if (open_form := screen.detail.open_form) is not None:
        open_form.cancelled.emit()
    screen.view.setCurrentIndex(screen.view.model().index(0, 0))
    hands.until(lambda: screen.record.isVisible() and screen.record.view, "the record")
    hands.until(
        lambda: screen.record.view and screen.record.view.request.id == screen.view.current(),
        "the record of the first request",
    )
    screen.record.why.hide()
    screen.record.tabs.setCurrentIndex(0)
    hands.idle()
    return screen


def _request_part(part: str) -> Go:
    def go(hands: Visitor) -> None:
        section = _request(hands).record.section(part)
        assert section is not None
        if isinstance(section, PagesSection):
            section.leave_form()
        hands.breathe()  # a section reads when it is shown
        hands.idle()

    return go


def _request_form(begin: Callable[[RequestsScreen], object]) -> Go:
    def go(hands: Visitor) -> None:
        begin(_request(hands))
        hands.idle()

    return go


def _pages_form(begin: Callable[[PagesSection], object]) -> Go:
    def go(hands: Visitor) -> None:
        screen = _request(hands)
        screen.show_record(requests.listing(hands.case)[0].id)  # the one with a ledger
        section = screen.record.section("pages")
        assert isinstance(section, PagesSection)
        hands.until(section.view.current, "the page ledger")
        begin(section)
        hands.idle()

    return go


def _draft(hands: Visitor) -> None:
    section = _request(hands).record.section("letters")
    assert isinstance(section, LettersSection)
    section.begin(LetterKind.APPEAL)
    hands.until(lambda: section.editor.draft is not None, "the draft of an appeal")
    hands.idle()


def _template(hands: Visitor) -> None:
    _draft(hands)
    section = hands.screen(RequestsScreen).record.section("letters")
    assert isinstance(section, LettersSection)
    section.editor.template_wanted.emit()
    hands.until(section.template.isVisible, "the template of an appeal")
    hands.idle()


def _print_why(hands: Visitor) -> None:
    screen = _request(hands)
    screen.record.explain()
    screen.record.why.print_button.click()
    hands.until(lambda: QApplication.activeModalWidget() is not None, "the print sheet")
    hands.idle()


def _search(hands: Visitor) -> None:
    hands.place("today")
    hands.desk.search(WORD)
    screen = hands.screen(SearchScreen)
    hands.until(lambda: screen.hits.query == WORD and screen.hits.hits, "hits")
    screen.focus_list()
    hands.idle()


def _bundle_sheet(hands: Visitor) -> None:
    hands.place("bundles")
    screen = hands.screen(BundlesScreen)
    screen.new_item()
    hands.until(screen.sheet.isVisible, "the sheet for a bundle")
    hands.idle()


def _jobs(hands: Visitor) -> None:
    hands.place("today")
    hands.desk.toggle_jobs()
    hands.breathe()


def _error(hands: Visitor) -> None:
    from casefile.domain.errors import UserError

    hands.place("today")
    hands.desk.show_error(UserError("case.exists", folder="Harbor"))
    hands.desk.toast.show_message("12 moved to Trash", "Undo", hands.breathe)
    hands.breathe()


# -- dialogs ----------------------------------------------------------------------------------


def _dialog(open_it: Callable[[Visitor], object]) -> Go:
    def go(hands: Visitor) -> None:
        hands.place("today")
        open_it(hands)
        hands.until(lambda: QApplication.activeModalWidget() is not None, "a dialog")
        hands.idle()

    return go


# -- the reader -------------------------------------------------------------------------------


def _reading_beside(hands: Visitor) -> None:
    hands.read()
    hands.desk.enter("documents")
    hands.idle()


def _hits(hands: Visitor) -> None:
    reader = hands.panel("hits")
    hands.press("Ctrl+F", "Ctrl+A")
    hands.type(WORD)
    hands.until(lambda: reader.finder.count and reader.finder.complete, "hits in the document")


def _mark_form(hands: Visitor) -> None:
    reader = hands.panel("marks")
    reader.view.select_mark(hands.marked())
    hands.until(reader.inspector.mark.isVisible, "the form of a mark")
    hands.idle()


def _quote_form(hands: Visitor) -> None:
    reader = hands.panel("marks")
    reader.view.select_mark(hands.marked())
    reader.view.setFocus()
    hands.press("Q")
    hands.until(reader.inspector.quote.isVisible, "the form of a quote")
    hands.idle()


def _withholding_form(hands: Visitor) -> None:
    reader = hands.panel("marks")
    marks = annotating.listing(hands.case, reader.document.id)
    reader.view.select_mark(next(m for m in marks if m.kind is AnnotationKind.WITHHOLDING))
    hands.until(lambda: reader.inspector.form is not None, "the form of a withholding")
    hands.idle()


def _several_marks(hands: Visitor) -> None:
    reader = hands.panel("marks")
    reader.side.marks.list.setFocus()
    hands.press("Ctrl+A")
    hands.until(lambda: reader.inspector.form is not None, "the form of several marks")
    hands.idle()


def _page_with(verb: str) -> Go:
    def go(hands: Visitor) -> None:
        reader = hands.read()
        reader.view.setFocus()
        reader.actions_[verb].trigger()
        hands.idle()

    return go


def _split(hands: Visitor) -> None:
    hands.read()
    hands.press("F8")
    hands.idle()


def _palette(hands: Visitor) -> None:
    hands.read().view.setFocus()
    hands.press("Ctrl+K")
    hands.until(lambda: QApplication.activeModalWidget() is not None, "the palette")
    hands.idle()


def _print_sheet(hands: Visitor) -> None:
    hands.read().view.setFocus()
    hands.press("Ctrl+P")
    hands.until(lambda: QApplication.activeModalWidget() is not None, "the print sheet")
    hands.idle()


def _follow_up_form(hands: Visitor) -> None:
    reader = hands.panel("marks")
    reader.view.setFocus()
    hands.press("F")
    hands.until(reader.inspector.followup.isVisible, "the form of a follow-up")


# -- before a case ----------------------------------------------------------------------------


def _door(show: Callable[[MainWindow], object]) -> Go:
    def go(hands: Visitor) -> None:
        hands.home()
        hands.at_door = True
        hands.door.resize(hands.window.size())
        hands.window.hide()
        hands.door.drop_extras()
        hands.door.show()
        hands.door.activateWindow()
        show(hands.door)
        hands.breathe()

    return go


def _start(door: MainWindow) -> None:
    door.show_start()
    door.start_page.show_recent([str(Path("/papers/Case 2026-11")), str(Path("/papers/Harbor"))])


def _unlock(door: MainWindow) -> None:
    from casefile.domain.errors import UserError

    door.show_unlock(Path("/papers/Case 2026-11"))
    door.unlock_page.show_error(UserError("passphrase.wrong"))


def _recovery(door: MainWindow) -> None:
    door.show_unlock(Path("/papers/Case 2026-11"))
    door.show_recovery()


BEFORE_A_CASE = (
    Screen("start", _door(_start)),
    Screen("unlock", _door(_unlock)),
    Screen("new case", _door(lambda door: door.show_new_case())),
    Screen("recovery", _door(_recovery)),
)

CODE = "ABCD-EFGH-JKLM-NPQR-STUV-WXYZ-2345"

SCREENS = (
    *BEFORE_A_CASE,
    Screen("today", lambda hands: hands.place("today")),
    Screen("documents", partial(Visitor.list_of, kind=DocumentsScreen, place="documents")),
    Screen("several documents", _several_documents),
    Screen("preview", _preview),
    Screen("filtered", _filtered),
    Screen("quotes", partial(Visitor.list_of, kind=QuotesScreen, place="quotes")),
    Screen("verify", _verify),
    Screen("new quote", _new_quote),
    Screen("sources", partial(Visitor.list_of, kind=SourcesScreen, place="sources")),
    Screen("confidential source", _confidential_source),
    Screen("new source", _new_source),
    Screen("calendar", lambda hands: hands.place("calendar")),
    Screen("requests", lambda hands: hands.place("requests")),
    Screen("follow-ups", lambda hands: hands.place("followups")),
    Screen("bundles", lambda hands: hands.place("bundles")),
    Screen("bundle sheet", _bundle_sheet),
    Screen("trash", lambda hands: hands.place("trash")),
    Screen("search", _search),
    Screen("settings", lambda hands: hands.place("settings")),
    Screen("jobs", _jobs),
    Screen("error and toast", _error),
    Screen("import sheet", _dialog(lambda h: h.window.show_import([str(p) for p in h.papers]))),
    Screen("key sheet", _dialog(lambda h: h.window.show_keys())),
    Screen("handbook", _dialog(lambda h: h.window.show_handbook())),
    Screen("recovery code", _dialog(lambda h: RecoverySheet(CODE, h.window).open())),
    Screen("bug report", _dialog(lambda h: BugDialog("ValueError in x.py", h.window).open())),
    Screen("beside the list", _reading_beside),
    Screen("thumbnails", lambda hands: hands.panel("pages")),
    Screen("outline", lambda hands: hands.panel("outline")),
    Screen("marks", lambda hands: hands.panel("marks")),
    Screen("hits", _hits),
    Screen("mark form", _mark_form),
    Screen("quote form", _quote_form),
    Screen("follow-up form", _follow_up_form),
    Screen("withholding form", _withholding_form),
    Screen("several marks", _several_marks),
    Screen("night page", _page_with("night")),
    Screen("text view", _page_with("text_view")),
    Screen("split view", _split),
    Screen("palette", _palette),
    Screen("print sheet", _print_sheet),
    # Last, because every widget that was ever made is dressed anew with each look.
    Screen("a request", _request),
    *(Screen(f"a request: {each.id}", _request_part(each.id)) for each in SECTIONS),
    Screen("add pages", _pages_form(PagesSection.begin_adding)),
    Screen("take pages from documents", _pages_form(PagesSection.begin_taking)),
    Screen("a draft of an appeal", _draft),
    Screen("the template of an appeal", _template),
    Screen("new request", _request_form(RequestsScreen.new_item)),
    Screen("log a reply", _request_form(RequestsScreen.log_reply)),
    Screen("why this date", _request_form(lambda screen: screen.record.explain())),
    Screen("print why", _print_why),
)  # fmt: skip
