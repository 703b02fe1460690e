"""Following links inside the document, with a way back; what leads outside is shown, not opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMenu

from casefile.services.reading import PageLink, PageText
from casefile.services.running_text import capture
from casefile.services.wording import printable
from casefile.ui.announce import announce
from casefile.ui.parts import Notice
from casefile.ui.reader.copying import ONLY_TELLS, copy_address
from casefile.ui.reader.page_view import PageView
from casefile.ui.reader.place_of import link_target, short_page_name, shortened
from casefile.ui.reader.pointer import Pointer

if TYPE_CHECKING:
    from casefile.ui.session import CaseSession

#: Characters of a link's words, and of an address, in the menu.
MOST_WORDS, MOST_ADDRESS = 48, 72
#: Keys for the first links of the menu.
KEYS = "123456789"


class Following(QObject):
    """``leaving()``: the reader is about to jump. ``notice`` stands above the pages."""

    leaving = Signal()

    def __init__(self, session: CaseSession, view: PageView, pointer: Pointer) -> None:
        super().__init__(view)
        self._session = session
        self._view = view
        self._waits = 0
        self.notice = Notice("warning")
        leave = QShortcut(QKeySequence("Esc"), self.notice)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self.close)
        pointer.link_clicked.connect(self.follow)
        view.document.links.ready.connect(self._came)

    def follow(self, link: PageLink) -> None:
        """Go where a link leads, or say where that would be."""
        if link.page is None:
            self._show(link)
            return
        self.close()
        self.leaving.emit()
        self._view.show_point(link.page, link.x, link.y)
        announce(short_page_name(self._view.document.shapes, link.page), self._view)

    def choose(self) -> None:
        """A menu of the links on the pages in view, for whoever has no mouse at hand."""
        pages = self._view.pages_in_view()
        known = {page: self._view.document.links.on(page, urgent=True) for page in pages}
        if any(links is None for links in known.values()):
            self._waits = self._view.page
            return
        self._waits = 0
        links = [(page, link) for page, found in known.items() for link in found or ()]
        if not links:
            self._session.toast.emit("There are no links on this page.", ONLY_TELLS)
            return
        self.menu(links).popup(self._view.mapToGlobal(QPoint(24, 24)))

    def menu(self, links: list[tuple[int, PageLink]]) -> QMenu:
        """The links, each with its words and where it leads."""
        menu = QMenu(self._view)
        for number, (page, link) in enumerate(links):
            key = f"&{KEYS[number]}  " if number < len(KEYS) else ""
            action = menu.addAction(key + self._name(page, link).replace("&", "&&"))
            action.triggered.connect(lambda _checked=False, link=link: self.follow(link))
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def close(self) -> bool:
        """Take the notice away; False if there was none. The focus goes back to the page."""
        shown = not self.notice.isHidden()
        focus = QApplication.focusWidget()
        if focus is not None and self.notice.isAncestorOf(focus):
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.notice.clear()
        return shown

    def _came(self, _page: int) -> None:
        if self._waits and self._waits == self._view.page:
            self.choose()

    def _name(self, page: int, link: PageLink) -> str:
        text = self._view.document.text(page)
        words = capture(PageText(text.lines), (link.box.quad(),)).text if text is not None else ""
        leads = link_target(self._view.document.shapes, link, MOST_ADDRESS)
        words = shortened(words, MOST_WORDS)
        return f"{words}: {leads}" if words and words not in leads else leads

    def _show(self, link: PageLink) -> None:
        self.notice.show_words(
            "This link leads out of the document.",
            f"{printable(link.address)}\nCasefile opens no addresses.",
        )
        page = self._view.page
        copy = self.notice.offer("Copy address", lambda: self._copy(page, link))
        self.notice.offer("Close", self.close)
        copy.setFocus(Qt.FocusReason.OtherFocusReason)

    def _copy(self, page: int, link: PageLink) -> None:
        copy_address(self._session, self._view.document, page, link.address)
        self.close()
