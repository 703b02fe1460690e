"""What every list screen has in common: a title, a filter, a list beside a record, empty states.

A screen reads its rows off the main thread and lets the model change only where they changed, so
that selection, current row and focus stay. It loads when it is first seen and after every edit
that touches it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, TypeVar

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QMenu,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from casefile.domain.changes import Change
from casefile.ui import theme
from casefile.ui.lists.filter_bar import FilterBar
from casefile.ui.lists.flow import FlowLayout
from casefile.ui.lists.menus import Verb, build_menu
from casefile.ui.lists.view import ListView
from casefile.ui.models.words import counted
from casefile.ui.parts import EmptyState, Notice, label, title
from casefile.ui.session import CaseSession
from casefile.ui.tasks import TaskHandle

T = TypeVar("T")

#: Narrower than this (at 100 % text) the record goes under the list.
NARROW = 720
#: A toast about an edit carries an Undo button.
OFFER_UNDO = True


class ListScreen(QWidget):
    """Subclasses name what they show, fill ``head`` and ``filter``, call ``set_list`` once, and
    answer ``load`` (which starts reading) and ``counts``."""

    #: The name of the screen, what one row is called, and how two are.
    name: ClassVar[str]
    one: ClassVar[str]
    many: ClassVar[str]
    #: Tables whose rows change what is shown.
    kinds: ClassVar[frozenset[str]]

    def __init__(self, session: CaseSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._stale = True
        self._reading: TaskHandle[Any] | None = None
        self._wanted = ""
        self._seen: Change | None = None
        self.setAccessibleName(self.name)
        self._count = label("", "muted", wrap=False)
        self.head = FlowLayout(spacing=12)
        heading = title(self.name)
        heading.setWordWrap(False)
        self.head.addWidget(heading)
        self.head.addWidget(self._count)
        self.filter = FilterBar()
        self.notice = Notice("danger")
        self.above = QVBoxLayout()
        self.above.setSpacing(8)
        self.body = QStackedWidget()
        self.below = QVBoxLayout()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(28, 20, 20, 12)
        self.column.setSpacing(12)
        self.column.addLayout(self.head)
        self.column.addLayout(self.above)
        self.column.addWidget(self.filter)
        self.column.addWidget(self.notice)
        self.column.addWidget(self.body, 1)
        self.column.addLayout(self.below)
        session.changed.connect(self.apply_change)
        session.about_to_lock.connect(self.flush)

    def set_list(self, view: ListView, detail: QWidget | None, empty: EmptyState) -> None:
        """The list, the record beside it (if any), and what stands there while nothing is in it."""
        self.view = view
        self.empty = empty
        self.nothing = EmptyState(
            f"No {self.one} matches these filters.",
            "Clear filters",
            self._clear_filters,
            icon="filter-x",
        )
        frame = panel(view)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(12)
        self.splitter.setStyleSheet("QSplitter::handle { background: transparent; }")
        self.splitter.addWidget(frame)
        if detail is not None:
            self.splitter.addWidget(detail)
            self.splitter.setStretchFactor(0, 3)
            self.splitter.setStretchFactor(1, 2)
        for page in (self.splitter, empty, self.nothing):
            self.body.addWidget(page)
        view.filter_wanted.connect(self.focus_filter)
        view.menu_wanted.connect(self._menu)
        self.filter.left.connect(self.focus_list)
        self.filter.changed.connect(self._filtered)

    # For the window.

    def refresh(self) -> None:
        """Read everything again."""
        self._stale = False
        self.load()

    def apply_change(self, change: Change) -> None:
        """An edit was made or undone: read again if it touches what is shown."""
        if change is self._seen or not change.kinds & self.kinds:
            return
        self._seen = change
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True

    def show_record(self, item_id: str) -> None:
        """Show one item, as soon as it is there; filters that would hide it are cleared."""
        self._wanted = item_id
        self.refresh()

    def select(self, item_id: str) -> None:
        self.show_record(item_id)

    def place(self) -> dict[str, str]:
        """What is current, to be there again after unlocking."""
        return {"current": self.view.current()}

    def restore(self, place: Mapping[str, object]) -> None:
        current = place.get("current")
        if isinstance(current, str) and current:
            self.show_record(current)

    def new_item(self) -> None:
        """Begin a new item of this screen (nothing where none can be made by hand)."""

    def focus_filter(self) -> None:
        self.filter.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.field.selectAll()

    def focus_list(self) -> None:
        if self.body.currentWidget() is self.splitter:
            self.view.show_first()
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        elif isinstance(page := self.body.currentWidget(), EmptyState):
            page.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def menu_for_chosen(self) -> QMenu | None:
        """The verbs for what is selected, destructive ones last; ``None`` where there are none."""
        verbs = self.verbs() if self.view.current() else []
        return build_menu(self.view, verbs) if verbs else None

    def verbs(self) -> Sequence[Verb | None]:
        """What can be done with what is selected."""
        return ()

    def _menu(self, place: QPoint) -> None:
        menu = self.menu_for_chosen()
        if menu is not None:
            menu.popup(place)

    def flush(self) -> None:
        """Hand over what was typed but not yet saved."""

    # For subclasses.

    def load(self) -> None:
        """Start reading; ends in ``shown`` on the main thread."""
        raise AssertionError("every screen reads something")

    def counts(self) -> tuple[int, int]:
        """How many rows there are, and how many of them pass the filter."""
        every = self.view.rows.sourceModel().rowCount()
        return every, self.view.rows.rowCount()

    def read(self, fn: Callable[[], T], on_done: Callable[[T], object]) -> None:
        """Read off the main thread; an older reading under way is dropped."""
        if self._reading is not None:
            self._reading.cancel()
        self._reading = self.session.tasks.run(fn, on_done, owner=self)

    def edit(
        self,
        fn: Callable[[], Change],
        told: str = "",
        on_done: Callable[[Change], object] | None = None,
    ) -> None:
        """Make an edit off the main thread; ``told`` is what the toast says, with Undo."""

        def done(change: Change) -> None:
            if told:
                self.session.toast.emit(told, OFFER_UNDO)
            if on_done is not None:
                on_done(change)

        self.notice.clear()
        self.session.tasks.edit(fn, done, self.notice.show_error, owner=self)

    def shown(self) -> None:
        """Rows have been set: show them, or say why there are none."""
        every, passing = self.counts()
        self._tell_count(every, passing)
        page: QWidget = self.splitter
        if not every:
            page = self.empty
        elif not passing:
            page = self.nothing
        self._turn_to(page)
        self.filter.setVisible(bool(every) or self.filter.active)
        if self._wanted:
            self._show_wanted()
        elif page is self.splitter:
            self.view.show_first()

    def wanted_next(self, item_id: str) -> None:
        """After the next reading make this row current."""
        self._wanted = item_id

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where a document is open beside the list, the record goes under it."""
        super().resizeEvent(event)
        narrow = self.width() < theme.current().pixels(NARROW)
        way = Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        if hasattr(self, "splitter") and self.splitter.orientation() is not way:
            self.splitter.setOrientation(way)
            self.splitter.setSizes([1000, 1000] if narrow else [1200, 800])
        side = 12 if narrow else 28
        self.column.setContentsMargins(side, 12 if narrow else 20, 12 if narrow else 20, 12)

    def filtered(self) -> None:
        """The filter asks for something else; subclasses set the test of their rows here."""

    def _filtered(self) -> None:
        self.filtered()
        self.shown()

    def _clear_filters(self) -> None:
        self.filter.clear()
        self.focus_list()

    def _tell_count(self, every: int, passing: int) -> None:
        if every == passing:
            self._count.setText(counted(every, self.one, self.many) if every else "")
        else:
            self._count.setText(f"{passing} of {counted(every, self.one, self.many)}")

    def _turn_to(self, page: QWidget) -> None:
        before = self.body.currentWidget()
        if page is before:
            return
        focus = QApplication.focusWidget()
        inside = focus is not None and before is not None and before.isAncestorOf(focus)
        self.body.setCurrentWidget(page)
        if inside:
            self.focus_list()

    def _show_wanted(self) -> None:
        if self.view.show_key(self._wanted):
            self._wanted = ""
            return
        source = self.view.rows.sourceModel()
        known = source.index_of(self._wanted).isValid()  # type: ignore[attr-defined]
        if known and self.filter.active:
            self.filter.clear()  # comes back here with everything shown
        else:
            self._wanted = ""
            self.view.show_first()


def panel(widget: QWidget) -> QFrame:
    """``widget`` in the frame of a panel."""
    frame = QFrame()
    frame.setProperty("surface", "panel")
    inside = QVBoxLayout(frame)
    inside.setContentsMargins(1, 1, 1, 1)
    inside.addWidget(widget)
    return frame


def scrolled(widget: QWidget) -> QScrollArea:
    """``widget`` in an area that scrolls down only."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(widget)
    for surface in (widget, area.viewport()):
        surface.setAutoFillBackground(False)
    return area


def bring_into_sight(widget: QWidget) -> None:
    """Scroll to ``widget`` in the area around it, as soon as it has its place there."""
    area = widget.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    if area is not None:
        QTimer.singleShot(0, widget, lambda: area.ensureWidgetVisible(widget))
