"""A list of lines, each with a shape, words, a far side and more below; it is as high as what is in
it and scrolls with the record around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QListView, QScrollArea, QWidget

from casefile.ui import keymap, theme
from casefile.ui.requests.line_delegate import LineDelegate

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Line:
    """``text`` stands first, ``tail`` at the far side in the colour ``ink``, ``more`` below. A
    ``link`` opens with one click; ``inner`` stands further in."""

    key: str
    text: str
    tail: str = ""
    more: str = ""
    icon: str = "circle"
    ink: str = "muted"
    link: bool = False
    inner: bool = False

    @property
    def spoken(self) -> str:
        return ". ".join(part for part in (self.text, self.tail, self.more) if part)


class LinesModel(QAbstractListModel):
    """The lines of one list."""

    LINE = Qt.ItemDataRole.UserRole + 1

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[Line, ...] = ()

    def show_lines(self, lines: Sequence[Line]) -> None:
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return line.text
            case Qt.ItemDataRole.AccessibleTextRole:
                return line.spoken
            case self.LINE:
                return line
        return None


class LinesView(QListView):
    """Enter or double click ``opened``, Del ``delete_wanted``, a single letter given in ``verbs``
    ``verb_wanted(letter, key)``, Menu or right click ``menu_wanted`` with the place on screen.
    ``current_changed`` follows the current line. All carry its key."""

    opened = Signal(str)
    delete_wanted = Signal(str)
    verb_wanted = Signal(str, str)
    menu_wanted = Signal(QPoint)
    current_changed = Signal(str)

    def __init__(self, name: str, verbs: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._verbs = verbs
        self._model = LinesModel(self)
        self.setModel(self._model)
        self.setItemDelegate(LineDelegate(self))
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setProperty("surface", "clear")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.doubleClicked.connect(lambda _index: self._tell_opened())
        self.selectionModel().currentChanged.connect(self._moved)
        theme.current().changed.connect(self.fit)

    @property
    def lines(self) -> tuple[Line, ...]:
        return self._model.lines

    @property
    def current(self) -> str:
        index = self.currentIndex()
        return self.lines[index.row()].key if index.isValid() else ""

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these; the line that was current stays so, or what stands in its place now."""
        key, row = self.current, self.currentIndex().row()
        if tuple(lines) != self.lines:
            self._model.show_lines(lines)
            self.fit()
        if not self.choose(key) and self.lines:
            self.setCurrentIndex(self._model.index(min(max(row, 0), len(self.lines) - 1)))

    def choose(self, key: str) -> bool:
        for row, line in enumerate(self.lines):
            if line.key == key:
                self.setCurrentIndex(self._model.index(row))
                return True
        return False

    def fit(self) -> None:
        """As high as the lines are in this width."""
        self.doItemsLayout()
        wide = max(1, self.viewport().width())
        delegate = self.itemDelegate()
        tall = 0
        if isinstance(delegate, LineDelegate):
            tall = sum(delegate.height(line, wide) for line in self.lines)
        self.setFixedHeight(tall + 2 * self.frameWidth() + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def sizeHint(self) -> QSize:
        return QSize(200, self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if not (plain and self.current) or keymap.current().is_off(event):
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._tell_opened()
        elif event.key() == Qt.Key.Key_Delete:
            self.delete_wanted.emit(self.current)
        elif event.text() and event.text().upper() in self._verbs:
            self.verb_wanted.emit(event.text().upper(), self.current)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        if not self._verbs:  # where letters are verbs, they must not also jump about
            super().keyboardSearch(search)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        left = event.button() == Qt.MouseButton.LeftButton
        if left and index.isValid() and self.lines[index.row()].link:
            self.opened.emit(self.lines[index.row()].key)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if not self.current:
            return
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            place = self.visualRect(self.currentIndex()).bottomLeft()
            self.menu_wanted.emit(self.viewport().mapToGlobal(place))
        else:
            self.menu_wanted.emit(event.globalPos())

    def _tell_opened(self) -> None:
        if self.current:
            self.opened.emit(self.current)

    def _moved(self, current: QModelIndex, _before: QModelIndex) -> None:
        self.current_changed.emit(self.lines[current.row()].key if current.isValid() else "")
        around = self._around()
        inside = around.widget() if around is not None else None
        if around is not None and inside is not None and self.hasFocus():
            box = self.visualRect(current)
            place = self.viewport().mapTo(inside, box.center())
            around.ensureVisible(place.x(), place.y(), 0, box.height())

    def _around(self) -> QScrollArea | None:
        widget = self.parentWidget()
        while widget is not None and not isinstance(widget, QScrollArea):
            widget = widget.parentWidget()
        return widget
