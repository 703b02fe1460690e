"""The list on Today: headings and lines, with a far side that says when or where."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

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
from casefile.ui.today.entries import Entry

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
                return entry.spoken
            case Qt.ItemDataRole.ToolTipRole if entry.kind != "heading":
                whole = "\n".join(part for part in (entry.text, entry.tail, entry.detail) if part)
                return whole.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br>")
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
        height = max(QFontMetrics(keeper.font()).height() + 10, keeper.pixels(26))
        if entry.detail:
            height += QFontMetrics(keeper.font("caption")).height()
        return QSize(120, height)

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
        if entry.detail:
            below = QFontMetrics(keeper.font("caption")).height()
            self._paint_detail(painter, rect, entry, chosen=chosen)
            rect.setBottom(rect.bottom() - below)
        self._paint_line(painter, rect, entry, chosen=chosen)
        painter.restore()

    def _paint_detail(self, painter: QPainter, whole: QRect, entry: Entry, *, chosen: bool) -> None:
        keeper = theme.current()
        font = keeper.font("caption")
        metrics = QFontMetrics(font)
        rect = QRect(whole)
        rect.setTop(rect.bottom() - metrics.height() - 3)
        rect.setLeft(rect.left() + keeper.pixels(16) + 15)
        rect.setRight(rect.right() - 6)
        rect = theme.placed(rect, whole)
        painter.setFont(font)
        painter.setPen(keeper.tokens["on_selection" if chosen else "muted"])
        shown = metrics.elidedText(entry.detail, Qt.TextElideMode.ElideRight, rect.width())
        where = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        painter.drawText(rect, where, shown)

    def _paint_line(self, painter: QPainter, rect: QRect, entry: Entry, *, chosen: bool) -> None:
        keeper = theme.current()
        tokens = keeper.tokens
        side = keeper.pixels(16)
        metrics = QFontMetrics(keeper.font())
        most = rect.width() * 2 // 3 if entry.kind == "late" else rect.width() // 2
        tail_wide = min(metrics.horizontalAdvance(entry.tail) + 4, most)
        picture = QRect(rect.left() + 6, rect.center().y() - side // 2, side, side)
        tail = QRect(rect.right() - tail_wide - 6, rect.top(), tail_wide, rect.height())
        text = QRect(picture.right() + 9, rect.top(), 0, rect.height())
        text.setRight(tail.left() - 12)
        picture, tail, text = (theme.placed(box, rect) for box in (picture, tail, text))
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
    """Enter opens a line. D, S, Shift+S and G are the window's for done, until tomorrow, until a
    day to choose, and given up; L goes to the next legal deadline, C to the calendar."""

    opened = Signal(object)
    done = Signal(object)
    snoozed = Signal(object)
    put_off = Signal(object)
    given_up = Signal(object)
    calendar_wanted = Signal()

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

    def choose(self, entry: Entry, row: int) -> None:
        """The line of ``entry``, or what stands in its place now."""
        for number, each in enumerate(self.entries.entries):
            if _same(each, entry):
                self.setCurrentIndex(self.entries.index(number))
                return
        for number in (row, row - 1, row + 1):
            if 0 <= number < len(self.entries.entries):
                index = self.entries.index(number)
                if _entry(index).kind != "heading":
                    self.setCurrentIndex(index)
                    return
        self.choose_first()

    def open_next_limit(self) -> None:
        """Open the next legal deadline, wherever the reporter is in the list."""
        entries = self.entries.entries
        legal = [n for n, each in enumerate(entries) if each.kind in ("limit", "question")]
        legal.sort(key=lambda number: not entries[number].next)
        if legal:
            self.setCurrentIndex(self.entries.index(legal[0]))
            self._tell(self.opened)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        act = self._verb(event)
        if act is None:
            super().keyPressEvent(event)
        else:
            act()

    def _verb(self, event: QKeyEvent) -> Callable[[], None] | None:
        shift = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if keymap.current().is_off(event) or not (plain or shift):
            return None
        key = Qt.Key(event.key())
        if shift:
            return partial(self._tell, self.put_off) if key == Qt.Key.Key_S else None
        signals = {
            Qt.Key.Key_Return: self.opened,
            Qt.Key.Key_Enter: self.opened,
            Qt.Key.Key_D: self.done,
            Qt.Key.Key_S: self.snoozed,
            Qt.Key.Key_G: self.given_up,
        }
        if key in signals:
            return partial(self._tell, signals[key])
        if key == Qt.Key.Key_L:
            return self.open_next_limit
        return self.calendar_wanted.emit if key == Qt.Key.Key_C else None

    def _tell(self, signal: object) -> None:
        if self.chosen is not None and self.chosen.kind != "heading":
            signal.emit(self.chosen)  # type: ignore[attr-defined]  # a bound Signal


def _same(one: Entry, other: Entry) -> bool:
    return (one.kind, one.item_id, one.clock) == (other.kind, other.item_id, other.clock)


def _entry(index: _Index) -> Entry:
    entry = index.data(AgendaModel.ENTRY)
    return entry if isinstance(entry, Entry) else Entry("heading", "")
