"""The list on Today: headings and lines, with a far side that says when or where."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from casefile.ui import icons, keymap, theme
from casefile.ui.today.reading import Entry

_Index = QModelIndex | QPersistentModelIndex


class AgendaModel(QAbstractListModel):
    """Entries in the order of the page; headings can be neither chosen nor opened."""

    ENTRY = Qt.ItemDataRole.UserRole + 1

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.entries: list[Entry] = []

    def show_entries(self, entries: Sequence[Entry]) -> None:
        self.beginResetModel()
        self.entries = list(entries)
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.entries)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if not index.isValid() or self.entries[index.row()].kind == "heading":
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        entry = self.entries[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return entry.text
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join(part for part in (entry.text, entry.tail) if part)
            case Qt.ItemDataRole.ToolTipRole if entry.kind != "heading":
                return entry.text.replace("&", "&amp;").replace("<", "&lt;")
            case self.ENTRY:
                return entry
        return None


class AgendaDelegate(QStyledItemDelegate):
    """Draws a line as in the sketches: shape, words, and the far side in the state's colour."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        keeper = theme.current()
        entry = _entry(index)
        if entry.kind == "heading":
            metrics = QFontMetrics(keeper.font("section", bold=True))
            return QSize(120, metrics.height() + 24 if index.row() else metrics.height() + 8)
        return QSize(120, max(QFontMetrics(keeper.font()).height() + 10, keeper.pixels(26)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        entry = _entry(index)
        keeper = theme.current()
        tokens = keeper.tokens
        rect = QRect(option.rect)
        painter.save()
        if entry.kind == "heading":
            painter.setFont(keeper.font("section", bold=True))
            painter.setPen(tokens["text"])
            bottom = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeading
            painter.drawText(rect.adjusted(4, 0, -4, -4), bottom, entry.text)
            painter.restore()
            return
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(rect, tokens["selection"])
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, tokens["hover"])
        self._paint_line(painter, rect, entry, chosen=chosen)
        painter.restore()

    def _paint_line(self, painter: QPainter, rect: QRect, entry: Entry, *, chosen: bool) -> None:
        keeper = theme.current()
        tokens = keeper.tokens
        side = keeper.pixels(16)
        metrics = QFontMetrics(keeper.font())
        tail_wide = min(metrics.horizontalAdvance(entry.tail) + 4, rect.width() // 2)
        picture = QRect(rect.left() + 6, rect.center().y() - side // 2, side, side)
        tail = QRect(rect.right() - tail_wide - 6, rect.top(), tail_wide, rect.height())
        text = QRect(picture.right() + 9, rect.top(), 0, rect.height())
        text.setRight(tail.left() - 12)
        if theme.is_right_to_left():
            picture, tail, text = (_mirrored(box, rect) for box in (picture, tail, text))
        ratio = painter.device().devicePixelRatio()
        painter.drawPixmap(picture, icons.pixmap(entry.icon, entry.ink, side, ratio))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(keeper.serif() if entry.captured else keeper.font())
        painter.setPen(tokens["on_selection" if chosen else "text"])
        shown = QFontMetrics(painter.font()).elidedText(
            entry.text, Qt.TextElideMode.ElideRight, max(0, text.width())
        )
        painter.drawText(text, middle | Qt.AlignmentFlag.AlignLeading, shown)
        painter.setFont(keeper.font())
        painter.setPen(tokens["on_selection" if chosen else entry.ink])
        far = metrics.elidedText(entry.tail, Qt.TextElideMode.ElideMiddle, tail.width())
        painter.drawText(tail, middle | Qt.AlignmentFlag.AlignTrailing, far)


class Agenda(QListView):
    """Enter opens a line; D and S are the window's for done and snooze."""

    opened = Signal(object)
    done = Signal(object)
    snoozed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entries = AgendaModel(self)
        self.setModel(self.entries)
        self.setItemDelegate(AgendaDelegate(self))
        self.setAccessibleName("Today")
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setProperty("surface", "clear")
        self.doubleClicked.connect(lambda _index: self._tell(self.opened))
        theme.current().changed.connect(self.doItemsLayout)

    @property
    def chosen(self) -> Entry | None:
        """The line the reporter is on."""
        index = self.currentIndex()
        return _entry(index) if index.isValid() else None

    def choose_first(self) -> None:
        for row, entry in enumerate(self.entries.entries):
            if entry.kind != "heading":
                self.setCurrentIndex(self.entries.index(row))
                return

    def choose(self, item_id: str, row: int) -> None:
        """The line of ``item_id``, or what stands in its place now."""
        for number, entry in enumerate(self.entries.entries):
            if entry.item_id == item_id:
                self.setCurrentIndex(self.entries.index(number))
                return
        for number in (row, row - 1, row + 1):
            if 0 <= number < len(self.entries.entries):
                index = self.entries.index(number)
                if _entry(index).kind != "heading":
                    self.setCurrentIndex(index)
                    return
        self.choose_first()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        plain = plain and not keymap.current().is_off(event)
        keys = {
            Qt.Key.Key_Return: self.opened,
            Qt.Key.Key_Enter: self.opened,
            Qt.Key.Key_D: self.done,
            Qt.Key.Key_S: self.snoozed,
        }
        signal = keys.get(Qt.Key(event.key())) if plain else None
        if signal is None:
            super().keyPressEvent(event)
        else:
            self._tell(signal)

    def _tell(self, signal: object) -> None:
        if self.chosen is not None and self.chosen.kind != "heading":
            signal.emit(self.chosen)  # type: ignore[attr-defined]  # a bound Signal


def _entry(index: _Index) -> Entry:
    entry = index.data(AgendaModel.ENTRY)
    return entry if isinstance(entry, Entry) else Entry("heading", "")


def _mirrored(box: QRect, whole: QRect) -> QRect:
    return QRect(whole.left() + whole.right() - box.right(), box.top(), box.width(), box.height())
