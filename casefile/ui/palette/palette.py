"""The palette itself: a field, and what fits what is typed in it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from casefile.ui import theme
from casefile.ui.announce import announce
from casefile.ui.palette.entries import Entry, fitting
from casefile.ui.parts import label

Index = QModelIndex | QPersistentModelIndex
_GROUP, _KEYS = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
_MOVES = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 10, Qt.Key.Key_PageUp: -10}
WIDTH, HEIGHT, ROW = 600, 460, 30
#: As wide as the column of keys.
WIDEST = "Ctrl+Shift+W"


class _Rows(QAbstractListModel):
    def __init__(self, entries: Sequence[Entry]) -> None:
        super().__init__()
        self.entries = list(entries)

    def set_entries(self, entries: Sequence[Entry]) -> None:
        self.beginResetModel()
        self.entries = list(entries)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        entry = self.entries[index.row()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (entry.words, entry.keys, entry.group) if part)
        told = {Qt.ItemDataRole.DisplayRole: entry.words, _GROUP: entry.group, _KEYS: entry.keys}
        return told.get(role)


class _Row(QStyledItemDelegate):
    """Name, then what it is, and the key at the far end."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), theme.current().pixels(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        words, option.text = option.text, ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        air = theme.current().pixels(10)
        rect = option.rect.adjusted(air, 0, -air, 0)
        metrics, keys = QFontMetrics(option.font), str(index.data(_KEYS))
        way = option.direction
        start = QStyle.visualAlignment(
            way, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        end = QStyle.visualAlignment(
            way, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        )
        group, column = str(index.data(_GROUP)), metrics.horizontalAdvance(WIDEST) + air
        room = rect.width() - metrics.horizontalAdvance(group) - column - air
        painter.setFont(option.font)
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        painter.drawText(rect, start, metrics.elidedText(words, Qt.TextElideMode.ElideRight, room))
        painter.setPen(theme.colour("muted"))
        painter.drawText(rect, end, keys)
        left, right = (column, 0) if way is Qt.LayoutDirection.RightToLeft else (0, column)
        painter.drawText(rect.adjusted(left, 0, -right, 0), end, group)


class Palette(QDialog):
    """Does nothing before Enter (or a click); Esc, or a click elsewhere, gives the focus back."""

    def __init__(self, entries: Sequence[Entry], parent: QWidget, focus: QWidget | None) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Casefile")
        self.setAccessibleName("Palette")
        self.setObjectName("palette")
        self._focus = focus
        self._every = entries
        self._ending = False
        self.field = QLineEdit()
        self.field.setPlaceholderText("What do you want to do?")
        self.field.setAccessibleName("Palette: what do you want to do?")
        hints = Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        self.field.setInputMethodHints(hints)
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._typed)
        self._rows = _Rows(entries)
        self.list = QListView()
        self.list.setAccessibleName("What can be done")
        self.list.setModel(self._rows)
        self.list.setItemDelegate(_Row(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(self._choose)
        self.list.installEventFilter(self)
        self.nothing = label("Nothing fits.", "muted")
        self.nothing.setContentsMargins(10, 8, 10, 8)
        self.nothing.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        column.addWidget(self.field)
        column.addWidget(self.list, 1)
        column.addWidget(self.nothing, 1, Qt.AlignmentFlag.AlignTop)
        self._go_to(0, say=False)
        self._stand_in(parent)

    def _stand_in(self, window: QWidget) -> None:
        """In the upper middle of the window."""
        look = theme.current()
        width = min(look.pixels(WIDTH), window.width() - 32)
        height = min(look.pixels(HEIGHT), window.height() - 64)
        self.resize(width, height)
        corner = window.mapToGlobal(window.rect().topLeft())
        self.move(corner.x() + (window.width() - width) // 2, corner.y() + 48)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        left = event.type() is QEvent.Type.ActivationChange and not self.isActiveWindow()
        if left and not self._ending:  # for another window, which keeps the focus
            self._focus = None
            self.reject()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.list.currentIndex())
        elif watched is self.field and key in _MOVES:
            self._go_to(self.list.currentIndex().row() + _MOVES[key])
        else:
            return False
        return True

    def _typed(self, typed: str) -> None:
        self._rows.set_entries(fitting(self._every, typed))
        empty = not self._rows.entries
        self.list.setVisible(not empty)
        self.nothing.setVisible(empty)
        if empty:
            announce("Nothing fits", self.field)
        else:
            self._go_to(0)

    def _go_to(self, row: int, *, say: bool = True) -> None:
        """The focus stays in the field, so that a screen reader is told."""
        row = max(0, min(row, self._rows.rowCount() - 1))
        index = self._rows.index(row)
        self.list.setCurrentIndex(index)
        if say and index.isValid():
            announce(str(index.data(Qt.ItemDataRole.AccessibleTextRole)), self.field)

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            entry = self._rows.entries[index.row()]
            self.accept()
            entry.act()

    def done(self, result: int) -> None:
        """The focus goes back to where it was, before anything is done."""
        if self._ending:
            return
        self._ending = True
        super().done(result)
        focus = self._focus
        if focus is not None and isValid(focus):
            focus.window().activateWindow()
            focus.setFocus(Qt.FocusReason.OtherFocusReason)
