"""Search everywhere: every page and everything the reporter wrote, as it is typed."""

from __future__ import annotations

import re
from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from casefile.domain.changes import Change
from casefile.domain.errors import UserError
from casefile.services import searching
from casefile.ui.announce import announce
from casefile.ui.lists.links import open_linked
from casefile.ui.lists.screen import panel
from casefile.ui.models import hits as model
from casefile.ui.models.hits import HitRow, Hits, Row
from casefile.ui.models.tree import TreeModel
from casefile.ui.models.words import counted, visible
from casefile.ui.parts import ElidedLabel, EmptyState, Notice, label, make_clearable, title
from casefile.ui.search.hit_view import HitView
from casefile.ui.session import CaseSession
from casefile.ui.tasks import TaskHandle

_PAGES = 200
_OTHERS = 100
#: What has a screen to open it in.
_OTHER_KINDS = tuple(kind for _name, kinds in model.GROUPS for kind in kinds if kind != "page")
#: A pause after which what was found is read out, in milliseconds.
_QUIET = 700
_MOST_NAMED = 3
#: At least two letters of an alphabet (Chinese and Japanese need no more to be words) at the end.
_UNFINISHED = re.compile(r"[^\W_\u2e80-\u9fff\uf900-\ufaff\uff66-\uff9f]{2,}\Z")


def as_typed(text: str) -> str:
    """The query for what stands in the field: the word that is being typed may go on. A space, a
    closing quote or a * ends it."""
    unfinished = _UNFINISHED.search(text)
    open_phrase = text.count('"') % 2 == 1
    return f"{text.strip()}*" if unfinished and not open_phrase else text.strip()


class SearchField(QLineEdit):
    """Down and Enter go on to the hits, Esc empties it."""

    down = Signal()
    entered = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Search everywhere")
        self.setPlaceholderText('Words, "a phrase", begin*, -without')
        make_clearable(self)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.Key
        if event.key() == keys.Key_Down:
            self.down.emit()
        elif event.key() in (keys.Key_Return, keys.Key_Enter):
            self.entered.emit(bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        elif event.key() == keys.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class SearchScreen(QWidget):
    """The field, the hits in groups, and what could not be searched yet."""

    def __init__(self, session: CaseSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.setAccessibleName("Search everywhere")
        self._searcher = searching.Searcher(session.case)
        self._running: TaskHandle[Hits] | None = None
        self._hits = Hits("")
        self._seen: Change | None = None
        self._into_list = self._open_soon = False
        self._asked = ""
        self._build()
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(_QUIET)
        self._quiet.timeout.connect(lambda: announce(self._told.text(), self.field))
        self.field.textChanged.connect(lambda _text: self._search())
        self.field.textEdited.connect(session.search)  # the window's own field says the same
        self.field.down.connect(self.focus_list)
        self.field.entered.connect(self._open_first)
        self.view.opened.connect(self._open)
        self.view.left.connect(self.focus_filter)
        session.changed.connect(self.apply_change)

    def _build(self) -> None:
        self.field = SearchField()
        self._told = label("", "muted", wrap=False)
        self.notice = Notice("danger")
        self._model: TreeModel[Row] = TreeModel(model.COLUMNS, self)
        self.view = HitView(self._model)
        self.hint = EmptyState(
            "Type to search every page, quote, source, mark and follow-up.", icon="search"
        )
        self.nothing = EmptyState("", "Clear search", self._clear, icon="search")
        self.body = QStackedWidget()
        self._list = panel(self.view)
        for page in (self.hint, self._list, self.nothing):
            self.body.addWidget(page)
        self.waiting = ElidedLabel("", "muted")
        self.waiting.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 20, 20, 12)
        column.setSpacing(12)
        column.addWidget(title("Search everywhere"))
        column.addWidget(self.field)
        column.addWidget(self._told)
        column.addWidget(self.notice)
        column.addWidget(self.body, 1)
        column.addWidget(self.waiting)
        self._told.hide()

    # For the window.

    def search(self, query: str) -> None:
        """Search for ``query``, typed here or in the window's own field: the focus stays where it
        is, the next letter goes where this one came from."""
        if query == self.field.text():
            self._search()  # setting the same text again would move the caret
        else:
            self.field.setText(query)

    def refresh(self) -> None:
        self._search(again=True)
        self._look_for_waiting()

    def apply_change(self, change: Change) -> None:
        """What was found may have changed: search again, and keep the place in the list."""
        if change is not self._seen and self.isVisible():
            self._seen = change
            self.refresh()

    def place(self) -> dict[str, str]:
        return {"query": self.field.text()}

    def restore(self, place: Mapping[str, object]) -> None:
        query = place.get("query")
        if isinstance(query, str):
            self.field.setText(query)

    def focus_filter(self) -> None:
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def focus_list(self) -> None:
        self._into_list = self._hits.query != self.field.text().strip()
        if self.body.currentWidget() is not self._list or self._into_list:
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if not self.view.currentIndex().isValid():
            self.view.show_index(self.view.first())
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look_for_waiting()

    @property
    def hits(self) -> Hits:
        """What is shown at this moment."""
        return self._hits

    # Searching.

    def _search(self, again: bool = False) -> None:
        query, searcher = self.field.text().strip(), self._searcher
        if query == self._asked and not again:
            return
        self._asked, self._open_soon = query, False
        if self._running is not None:
            self._running.cancel()
        if not query:
            self._show(Hits(""), again=False)
            return

        asked = as_typed(self.field.text())

        def work() -> Hits:
            others = searcher.search(asked, _OTHERS, _OTHER_KINDS)
            pages = searcher.search(asked, _PAGES, ("page",))
            return Hits(
                query,
                (*pages.hits, *others.hits),
                pages.total,
                pages.total_is_exact,
                others.total,
                others.total_is_exact,
            )

        handle = self.session.tasks.run(
            work, lambda hits: self._show(hits, again), self._failed, owner=self, lane="search"
        )
        handle.context.on_cancel(searcher.interrupt)
        self._running = handle

    def _failed(self, error: UserError) -> None:
        self.notice.show_error(error)

    def _show(self, hits: Hits, again: bool) -> None:
        self.notice.clear()
        same = again and hits.query == self._hits.query
        self._hits = hits
        nodes = model.as_groups(hits)
        if same:
            self._model.set_nodes(nodes)
        else:
            self._model.replace_nodes(nodes)
            self.view.show_index(self.view.first())
        if not hits.query:
            page: QWidget = self.hint
        elif hits.hits:
            page = self._list
        else:
            page = self.nothing
            self.nothing.set_sentence(f"Nothing found for “{visible(hits.query)}”.")
        inside = self.view.hasFocus() and page is not self._list
        self.body.setCurrentWidget(page)
        if inside:
            self.focus_filter()
        self._told.setVisible(bool(hits.query))
        groups = " · ".join(
            f"{row.name} {row.count}"
            for row in (node.item for node in nodes)
            if isinstance(row, model.GroupRow)
        )
        self._told.setText(f"{hits.total_words}{':  ' if groups else ''}{groups}")
        if hits.query and not again:
            self._quiet.start()
        if self._open_soon and not again:
            self._open_soon = False
            self._open_first(apart=False)
        elif self._into_list and self.field.hasFocus():
            self.focus_list()  # it was asked for before there was anything

    def _clear(self) -> None:
        self.field.clear()
        self.focus_filter()

    # Opening.

    def open_first(self) -> None:
        """Enter in the window's own field: open the current hit or the first, as soon as what is
        typed there was looked for."""
        if self._hits.query == self.field.text().strip():
            self._open_first(apart=False)
        else:
            self._open_soon = True

    def _open_first(self, apart: bool) -> None:
        """Enter in the field: the hit that is current, or the first."""
        if self._hits.query == self.field.text().strip() and self._hits.hits:
            index = self.view.currentIndex()
            if not index.isValid() or not index.parent().isValid():
                index = self.view.first()
            self._open(self._model.key(index), apart)

    def _open(self, key: str, apart: bool) -> None:
        row = self._model.by_key(key)
        if not isinstance(row, HitRow):
            return
        hit = row.hit
        if hit.kind == "page" and hit.document_id:
            words = model.found_words(hit.snippet) or self._hits.query
            self.session.open_document(hit.document_id, hit.page, words)
        else:
            open_linked(self.session, hit.kind, hit.id, hit.page, self)
        if apart:  # its tab is there; the list goes on
            self.focus_list()

    # What is not searched yet.

    def _look_for_waiting(self) -> None:
        case = self.session.case
        self.session.tasks.run(lambda: searching.not_searched(case), self._show_waiting, owner=self)

    def _show_waiting(self, found: list[searching.NotSearched]) -> None:
        self.waiting.setVisible(bool(found))
        named = [
            f"{visible(each.title)}, {counted(each.pages, 'page')}" for each in found[:_MOST_NAMED]
        ]
        if len(found) > _MOST_NAMED:
            rest = found[_MOST_NAMED:]
            pages = counted(sum(each.pages for each in rest), "page")
            named.append(f"{counted(len(rest), 'more document')}, {pages}")
        self.waiting.set_text(f"Not searched yet, waiting for OCR: {'; '.join(named)}")
